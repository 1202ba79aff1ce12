"""What the plan that waits changes in the one in force, compared once and remembered while neither changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

from handlers.view import View
from knowledge.amended import revise
from knowledge.plan_diff import PlanDiff
from storage.versions import versions
from storage.work import UnitOfWork

# Waiting plans of so many authorities at a time.
_MOST_KEPT: Final = 32


class Revisions:
    """Asked for each message of a coordinator while a plan waits; comparing takes a tenth of a second."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], PlanDiff | None] = OrderedDict()

    async def of(self, unit: UnitOfWork, view: View) -> PlanDiff | None:
        """The revision that the waiting plan of this view is; None without one, and where it replaces nothing."""
        if view.pending is None:
            return None
        key = (view.pending.id, await unit.plans.version())
        if key not in self._kept:
            pair = await versions(unit.session, view.pending.id)
            self._kept[key] = await asyncio.to_thread(revise, *pair) if pair else None
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]
