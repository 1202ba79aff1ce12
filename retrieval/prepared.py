"""The prepared plans of a process: made when first asked about, made anew when the index or the record changed."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from retrieval.index import PlanIndex
from retrieval.places import PreparedPlan
from retrieval.shelf import ShelvedPlan

# Prepared plans in memory, 3 to 7 MB each: a commune needs two, a province's process all 97 of them.
KEPT: Final = 128


class Prepared:
    """The prepared plans of a process, the last used ones kept."""

    def __init__(self, index: PlanIndex) -> None:
        self._index = index
        self._kept: OrderedDict[str, tuple[int, ShelvedPlan, PreparedPlan]] = OrderedDict()
        self._lock = Lock()

    def of(self, shelved: ShelvedPlan) -> PreparedPlan:
        """``shelved`` prepared; made anew when the index or the record changed."""
        entry = self._index.entries().get(shelved.key)
        generation = entry.generation if entry else -1
        with self._lock:
            kept = self._kept.get(shelved.key)
            if kept is not None and kept[0] == generation and _same(kept[1], shelved):
                self._kept.move_to_end(shelved.key)
                return kept[2]
        prepared = PreparedPlan(shelved, *self._index.passages_and_words(shelved.key))
        with self._lock:
            self._kept[shelved.key] = (generation, shelved, prepared)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return prepared


def _same(kept: ShelvedPlan, now: ShelvedPlan) -> bool:
    # The plan is compared by identity first: equality of some hundred rows on every question would cost milliseconds.
    return (
        (kept.plan is now.plan or kept.plan == now.plan)
        and kept.confirmed == now.confirmed
        and kept.withdrawn == now.withdrawn
        and kept.reported == now.reported
        and kept.file_name == now.file_name
    )
