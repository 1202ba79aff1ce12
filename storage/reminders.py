"""The ledger of reminders: which was due, and what became of it. A key is said once, however often it is planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef
from scheduler.clock import Clock
from storage.chats import Chats
from storage.models import ChatRow, ReminderRow, ReminderState
from storage.upsert import insert_all_new, insert_if_new

# Chats looked up in one statement: SQLite was long built to take 999 values at most.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One reminder. ``facts`` is the plain JSON from which its words are made when it is sent."""

    id: int
    key: str
    chat: ChatRef
    due_at: datetime
    facts: Mapping[str, Any]
    state: ReminderState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that is to be written into the ledger."""

    key: str
    chat: ChatRef
    due_at: datetime
    facts: Mapping[str, Any]


class Reminders:
    """Plan, look up what is due, and say what became of it."""

    def __init__(self, session: AsyncSession, chats: Chats, clock: Clock) -> None:
        self._session = session
        self._chats = chats
        self._clock = clock

    async def add_if_new(self, key: str, chat: ChatRef, due_at: datetime, facts: Mapping[str, Any]) -> bool:
        """Plan a reminder; False when this key was planned before, whatever became of it."""
        values = {
            "key": key,
            "chat_id": (await self._chats.ensure(chat)).id,
            "due_at": due_at,
            "facts": dict(facts),
            "state": ReminderState.PLANNED,
            "made_at": self._clock.now(),
        }
        return await insert_if_new(self._session, ReminderRow, values, ("key",)) is not None

    async def add_all(self, planned: Iterable[Planned]) -> None:
        """Plan many at once; keys that were planned before stay as they are.

        A chat that is not there (forgotten a moment ago) is not made again: nobody is to be reminded there.
        """
        lines = list(planned)
        chats = await self._chat_ids({line.chat for line in lines})
        now = self._clock.now()
        rows = [
            {
                "key": line.key,
                "chat_id": chats[line.chat],
                "due_at": line.due_at,
                "facts": dict(line.facts),
                "state": ReminderState.PLANNED,
                "made_at": now,
            }
            for line in lines
            if line.chat in chats
        ]
        await insert_all_new(self._session, ReminderRow, rows, ("key",))

    async def _chat_ids(self, chats: Iterable[ChatRef]) -> Mapping[ChatRef, int]:
        by_channel: dict[str, list[str]] = {}
        for chat in chats:
            by_channel.setdefault(chat.channel, []).append(chat.address)
        found: dict[ChatRef, int] = {}
        for channel, addresses in by_channel.items():
            for start in range(0, len(addresses), _AT_ONCE):
                some = ChatRow.address.in_(addresses[start : start + _AT_ONCE])
                rows = await self._session.execute(
                    select(ChatRow.address, ChatRow.id).where(ChatRow.channel == channel, some)
                )
                found |= {ChatRef(channel, address): id_ for address, id_ in rows}
        return found

    async def keys(self, scope: str) -> frozenset[str]:
        """The keys of a scope ("period12") that the ledger has, whatever became of them."""
        found = await self._session.scalars(
            select(ReminderRow.key).where(ReminderRow.key.startswith(f"{scope}/", autoescape=True))
        )
        return frozenset(found)

    async def due(self, now: datetime) -> Sequence[LedgerLine]:
        """What is planned for a moment that has come, earliest first."""
        return await self._lines(ReminderRow.state == ReminderState.PLANNED, ReminderRow.due_at <= now)

    async def next_due(self) -> datetime | None:
        """When the next planned reminder is due."""
        return await self._session.scalar(
            select(func.min(ReminderRow.due_at, type_=ReminderRow.due_at.type)).where(
                ReminderRow.state == ReminderState.PLANNED
            )
        )

    async def list(self, state: ReminderState | None = None) -> Sequence[LedgerLine]:
        """The whole ledger, or what is in one state, earliest first."""
        return await self._lines(*(() if state is None else (ReminderRow.state == state,)))

    async def sent(self, key: str) -> bool:
        """Its message goes into the outbox with this transaction; False when it must not: it was settled before."""
        return await self._settle(key, ReminderState.SENT, None)

    async def skipped(self, key: str, reason: str) -> bool:
        """There was nothing left to say ("all submitted", "overtaken by a later one")."""
        return await self._settle(key, ReminderState.SKIPPED, reason)

    async def failed(self, key: str, reason: str) -> bool:
        """Its message could not be made."""
        return await self._settle(key, ReminderState.FAILED, reason)

    async def _settle(self, key: str, state: ReminderState, reason: str | None) -> bool:
        """Settle what is still planned; False when somebody was faster."""
        settled = await self._session.execute(
            update(ReminderRow)
            .where(ReminderRow.key == key, ReminderRow.state == ReminderState.PLANNED)
            .values(state=state, reason=reason, settled_at=self._clock.now())
            .returning(ReminderRow.id)
        )
        return settled.scalar_one_or_none() is not None

    async def _lines(self, *conditions: Any) -> Sequence[LedgerLine]:
        rows = await self._session.execute(
            select(ReminderRow, ChatRow.channel, ChatRow.address)
            .join(ChatRow, ChatRow.id == ReminderRow.chat_id)
            .where(*conditions)
            .order_by(ReminderRow.due_at, ReminderRow.id)
        )
        return [
            LedgerLine(
                row.id, row.key, ChatRef(channel, address), row.due_at, row.facts, ReminderState(row.state), row.reason
            )
            for row, channel, address in rows
        ]
