"""The database, opened; its units of work are transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from scheduler.clock import Clock, SystemClock
from storage.books import Shelved
from storage.database import connect
from storage.errors import AppendOnly
from storage.migration import upgrade
from storage.models import AuditRow
from storage.work import UnitOfWork


class Records(Session):
    """A session that refuses to rewrite the audit trail, whatever the database."""


@event.listens_for(Records, "before_flush")
def _keep_trail(session: Session, _flush: UOWTransaction, _instances: Any) -> None:
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, AuditRow) and (row in session.deleted or session.is_modified(row)):
            raise AppendOnly("the audit trail is append-only")


@event.listens_for(Records, "do_orm_execute")
def _keep_trail_in_bulk(call: ORMExecuteState) -> None:
    if (call.is_update or call.is_delete) and call.bind_mapper is not None and call.bind_mapper.class_ is AuditRow:
        raise AppendOnly("the audit trail is append-only")


class Store:
    """All records of one installation.

    ``clock`` stamps what has no moment of its own (when a message was queued). One store per event loop.
    """

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.engine = connect(url)
        self._clock = clock or SystemClock()
        self._reader = connect(url, read_only=True)
        # SQLite's lock is not fair: within one process, writers take turns in the order they came.
        self._turn = asyncio.Lock()
        self._shelved: Shelved = {}

    @property
    def _is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    async def migrate(self) -> None:
        """Bring the schema, and what is computed from the records, to this program's version; safe to repeat."""
        async with self.engine.begin() as connection:
            await connection.run_sync(upgrade)
        async with self.reading() as unit:
            current = await unit.links.current()
        if not current:
            async with self.unit() as unit:
                await unit.links.renew()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitOfWork]:
        """One transaction that may write: commits at the end of the block, rolls back on an exception.

        On SQLite only one is open at a time; do not open a second inside the first, and do no network in it.
        """
        async with AsyncExitStack() as stack:
            if self._is_sqlite:
                await stack.enter_async_context(self._turn)
            session = await stack.enter_async_context(self._session(self.engine))
            await stack.enter_async_context(session.begin())
            yield UnitOfWork(session, self._clock)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """One consistent picture of the records that waits for no writer; the database refuses to write in it."""
        async with self._session(self._reader) as session:
            yield UnitOfWork(session, self._clock, self._shelved)

    @staticmethod
    def _session(engine: Any) -> AsyncSession:
        return AsyncSession(engine, sync_session_class=Records, expire_on_commit=False)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._reader.dispose()
        await self.engine.dispose()
