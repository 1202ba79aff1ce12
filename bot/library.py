"""The plans as the bot looks things up in them: the records' snapshot, and the index that follows them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

import structlog

from knowledge.plan import Plan
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf
from storage.work import UnitOfWork

log = structlog.get_logger()


class Library:
    """Keeps one snapshot of the records for all chats, and renews it when a plan, a target or an approval changes."""

    def __init__(self, index: PlanIndex, answerer: Answerer) -> None:
        self.index = index
        self._answerer = answerer
        self._shelf = Shelf(())
        self._version: object = None
        self._embedding = asyncio.Lock()

    async def shelf(self, unit: UnitOfWork) -> Shelf:
        """The present snapshot; one small query where nothing has changed."""
        version = await unit.plans.version()
        if version != self._version:
            self._shelf, self._version = await unit.plans.shelf(), version
        return self._shelf

    def answers(self, shelf: Shelf, asker: str | None, today: date) -> Callable[[str], Answer] | None:
        """A function that answers questions for one asker; None while there is no plan at all."""
        if not shelf.plans:
            return None
        return lambda question: self._answerer.answer(question, shelf, asker=asker, today=today)

    async def put(self, key: str, plan: Plan, *, file_name: str, authority: str) -> None:
        """Bring one plan into the index: its words at once, its vectors when ``embed`` next runs."""
        await asyncio.to_thread(self.index.replace, key, plan, file_name=file_name, authority=authority, vectors=False)

    async def embed(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Compute the vectors that are still missing; how many. Slow, and safe to interrupt."""
        async with self._embedding:
            return await asyncio.to_thread(self.index.embed_pending, progress)
