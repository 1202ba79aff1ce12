"""A closer look at the best passages: do the words asked for stand near each other, and is there an answer in shape?

BM25 over pairs sees neighbours in the asked order only. "5G phủ sóng" and "phủ sóng mạng 5G" are near, too; counting
that ranked better on most sets it was measured on, damaged and clean, and worse on one.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from sys import intern
from typing import Final

from retrieval.answer_shape import expected_shape
from retrieval.fusion import best
from retrieval.lexical import LAYOUT, Scores
from retrieval.passages import Entry, Passages
from retrieval.segments import words_of

# How many of the best are read; 30, 50 and 100 were measured to rank alike.
_LOOK: Final = 30
# Passages kept as syllables, some 1.5 KB each.
_CACHED: Final = 4_096
# Two words farther apart than this belong to different phrases; 3 to 16 were measured to rank alike.
_WINDOW: Final = 8
# How much two near words count beside the BM25 score of a term as rare as the commoner of them.
_WEIGHT: Final = 0.7
# How much a number counts where a number is asked for, as a share of the rarest possible word's weight; 0.1 to 0.4 rank
# nearly alike.
_SHAPE: Final = 0.25


class CloserLook:
    """Reads the best of ``passages``. Safe to share by threads."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._cache: OrderedDict[tuple[str, int, int], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def add(
        self,
        question: Sequence[str],
        rarity: Mapping[str, float],
        entries: Mapping[str, Entry],
        scores: Mapping[str, Scores],
    ) -> None:
        """Add to ``scores``, in place, what the best earn; ``rarity`` says how much each word tells."""
        if len(question) < 2:
            return
        shaped = expected_shape(question)
        bonus = _SHAPE * math.log1p(sum(len(s) for s in scores.values()))
        for key, position in sorted(best(scores, _LOOK)):
            passage = self._syllables(entries[key], position)
            scores[key][position] += nearness(question, passage, rarity)
            if shaped is not None and shaped(passage):
                scores[key][position] += bonus

    def _syllables(self, entry: Entry, position: int) -> tuple[str, ...]:
        identity = (entry.key, entry.generation, position)
        with self._lock:
            if (cached := self._cache.get(identity)) is not None:
                self._cache.move_to_end(identity)
                return cached
        stored = self._passages.words(entry.key, position) if entry.layout == LAYOUT else None
        if not stored:
            stored = " ".join(words_of(self._passages.chunks(entry.key, [position])))
        read = tuple(map(intern, stored.split()))
        with self._lock:
            self._cache[identity] = read
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return read


def nearness(question: Sequence[str], passage: Sequence[str], rarity: Mapping[str, float]) -> float:
    """What ``passage`` earns on top of its BM25 score, at least 0; both texts as search syllables.

    Each pair of neighbours in the question gives the rarity of its commoner word, divided by the distance at which the
    two stand in the passage.
    """
    wanted = set(question)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(passage):
        if word in wanted:
            places.setdefault(word, []).append(at)
    earned = 0.0
    for one, other in set(pairwise(question)):
        if one != other and one in places and other in places:
            apart = _distance(places[one], places[other])
            if apart <= _WINDOW:
                earned += min(rarity.get(one, 0.0), rarity.get(other, 0.0)) / apart
    return _WEIGHT * earned


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    """The smallest distance between two ascending lists of places, in one pass."""
    i = j = 0
    least = abs(one[0] - other[0])
    while i < len(one) and j < len(other):
        least = min(least, abs(one[i] - other[j]))
        if one[i] < other[j]:
            i += 1
        else:
            j += 1
    return least
