"""The plans as the bot looks things up in them: the records' snapshot, and the index that follows them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge.plan import Plan
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf, ShelvedPlan
from storage.names import key_of
from storage.storable import storable
from storage.store import Store
from storage.work import UnitOfWork


class Library:
    """Keeps one snapshot of the records for all chats, and renews it when a plan, a target or an approval changes."""

    def __init__(self, index: PlanIndex, answerer: Answerer) -> None:
        self.index = index
        self._answerer = answerer
        self._shelf = Shelf(())
        self._version: object = None
        self._seen: tuple[Shelf, dict[str | None, Shelf]] = self._shelf, {}
        self._embedding = asyncio.Lock()

    async def shelf(self, unit: UnitOfWork) -> Shelf:
        """The present snapshot; one small query where nothing has changed."""
        version = await unit.plans.version()
        if version != self._version:
            self._shelf, self._version = await unit.plans.shelf(), version
        return self._shelf

    def answers(self, shelf: Shelf, asker: str | None, today: date) -> Callable[[str], Answer] | None:
        """A function that answers questions for one asker; None while there is no plan at all.

        Plans are public; what was reported on them belongs to their authority and to the one above it.
        """
        if not shelf.plans:
            return None
        seen = self._seen_by(shelf, asker)
        return lambda question: self._answerer.answer(question, seen, asker=asker, today=today)

    def _seen_by(self, shelf: Shelf, asker: str | None) -> Shelf:
        """``shelf`` with the reported figures that ``asker`` may hear; one object as long as the shelf is the same."""
        if self._seen[0] is not shelf:
            self._seen = shelf, {}
        seen = self._seen[1]
        key = None if asker is None else key_of(asker)
        if key not in seen:
            seen[key] = Shelf(tuple(_without_figures(plan, key) for plan in shelf.plans))
        return seen[key]

    async def put(self, key: str, plan: Plan, *, file_name: str, authority: str) -> None:
        """Bring one plan into the index: its words at once, its vectors when ``embed`` next runs."""
        # The index keeps what the records keep.
        plan, file_name = storable(plan), storable(file_name)
        await asyncio.to_thread(self.index.replace, key, plan, file_name=file_name, authority=authority, vectors=False)

    async def catch_up(self, store: Store) -> int:
        """Bring in plans that the index lacks, and drop what the records no longer have; how many of both.

        A plan is stored first and put into the index afterwards, and the program can die in between. Cheap where
        nothing is missing: keys alone are compared.
        """
        # In this order, so that a plan which another process stores and puts meanwhile is not taken for a leftover.
        known = self.index.entries().keys()
        async with store.reading() as unit:
            kept = await unit.plans.index_keys()
            missing = await unit.plans.for_index(kept - known) if kept - known else ()
        for key in known - kept:
            await asyncio.to_thread(self.index.remove, key)
        for entry in missing:
            await self.put(entry.key, entry.plan, file_name=entry.file_name, authority=entry.authority)
        return len(known - kept) + len(missing)

    async def warm(self, store: Store, today: date) -> None:
        """Prepare the plans in force, so that the first question after a start is answered as fast as the next."""
        async with store.reading() as unit:
            shelf = await self.shelf(unit)
        await asyncio.to_thread(self._answerer.warm, shelf, today)

    async def embed(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Compute the vectors that are still missing; how many. Slow, and safe to interrupt."""
        async with self._embedding:
            return await asyncio.to_thread(self.index.embed_pending, progress)


def _without_figures(plan: ShelvedPlan, asker: str | None) -> ShelvedPlan:
    allowed = asker is not None and asker in (key_of(plan.authority), key_of(plan.parent or ""))
    return plan if allowed or not plan.reported else replace(plan, reported={})
