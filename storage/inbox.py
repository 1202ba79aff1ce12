"""Updates as the messengers sent them, each kept once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.clock import Clock
from storage.models import InboxRow, InboxState
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True)
class Received:
    """One update that waits. ``attempts`` counts the tries that ended without a word, by a crash."""

    id: int
    channel: str
    identity: str
    body: dict[str, Any]
    received_at: datetime
    attempts: int


def _received(row: InboxRow) -> Received:
    return Received(row.id, row.channel, row.identity, row.body or {}, row.received_at, row.attempts)


class Inbox:
    """First in, first handled; what was handled is known by its identity for good."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def add(self, channel: str, identity: str, body: Mapping[str, Any]) -> bool:
        """Keep an update; False when it is there already, handled or not."""
        values = {
            "channel": channel,
            "identity": identity,
            "body": dict(body),
            "state": InboxState.NEW,
            "attempts": 0,
            "received_at": self._clock.now(),
        }
        return await insert_if_new(self._session, InboxRow, values, ("channel", "identity")) is not None

    async def take(self, channel: str, identity: str, body: Mapping[str, Any]) -> Received | None:
        """Keep an update and give it back as it will wait; None when it is there already."""
        if not await self.add(channel, identity, body):
            return None
        row = (
            await self._session.scalars(
                select(InboxRow).where(InboxRow.channel == channel, InboxRow.identity == identity)
            )
        ).one()
        return _received(row)

    async def waiting(self, channel: str, limit: int | None = 100) -> Sequence[Received]:
        """Updates not handled yet, oldest first; all of them without a ``limit``."""
        rows = await self._session.scalars(
            select(InboxRow)
            .where(InboxRow.channel == channel, InboxRow.state == InboxState.NEW)
            .order_by(InboxRow.id)
            .limit(limit)
        )
        return [_received(row) for row in rows]

    async def is_new(self, channel: str, identity: str) -> bool:
        """True while the update still waits for its handler; ask inside the transaction that handles it."""
        state = await self._session.scalar(
            select(InboxRow.state).where(InboxRow.channel == channel, InboxRow.identity == identity)
        )
        return state == InboxState.NEW

    async def tried(self, channel: str, identity: str) -> int:
        """Count one more try, in a transaction of its own before the handling; the number of tries so far."""
        return (
            await self._session.execute(
                update(InboxRow)
                .where(InboxRow.channel == channel, InboxRow.identity == identity)
                .values(attempts=InboxRow.attempts + 1)
                .returning(InboxRow.attempts)
            )
        ).scalar_one()

    async def untried(self, channel: str, identity: str) -> None:
        """Take one try back: it was ended by a stop of the program, and says nothing about the update."""
        await self._session.execute(
            update(InboxRow)
            .where(InboxRow.channel == channel, InboxRow.identity == identity, InboxRow.attempts > 0)
            .values(attempts=InboxRow.attempts - 1)
        )

    async def done(self, channel: str, identity: str) -> None:
        """The update was handled; its words are erased, its identity stays."""
        await self._settle(channel, identity, state=InboxState.DONE, body=None)

    async def quarantine(self, channel: str, identity: str, reason: str) -> None:
        """The update cannot be handled; it is kept with the reason for whoever mends the program."""
        await self._settle(channel, identity, state=InboxState.QUARANTINED, reason=reason)

    async def _settle(self, channel: str, identity: str, **values: Any) -> None:
        await self._session.execute(
            update(InboxRow)
            .where(InboxRow.channel == channel, InboxRow.identity == identity)
            .values(settled_at=self._clock.now(), **values)
        )

    async def last_identity(self, channel: str) -> str | None:
        """The identity of the update that was stored last, from which a channel goes on."""
        return await self._session.scalar(
            select(InboxRow.identity).where(InboxRow.channel == channel).order_by(InboxRow.id.desc()).limit(1)
        )

    async def quarantined(self) -> Sequence[tuple[str, str, str | None]]:
        """Channel, identity and reason of everything that could not be handled."""
        rows = await self._session.execute(
            select(InboxRow.channel, InboxRow.identity, InboxRow.reason)
            .where(InboxRow.state == InboxState.QUARANTINED)
            .order_by(InboxRow.id)
        )
        return [(row.channel, row.identity, row.reason) for row in rows]

    async def prune(self, before: datetime) -> None:
        """Forget handled updates from before a moment when no messenger repeats them any more.

        The newest of each channel stays: the channel goes on from it.
        """
        newest = select(InboxRow.channel, InboxRow.id).order_by(InboxRow.id.desc())
        latest: dict[str, int] = {}
        for row in await self._session.execute(newest.where(InboxRow.state == InboxState.DONE)):
            latest.setdefault(row.channel, row.id)
        await self._session.execute(
            delete(InboxRow).where(
                InboxRow.state == InboxState.DONE,
                InboxRow.received_at < before,
                InboxRow.id.not_in(list(latest.values())),
            )
        )
