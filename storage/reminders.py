"""The ledger of reminders: which was due, and what became of it. A key is said once, however often it is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef
from scheduler.clock import Clock
from storage.chats import Chats
from storage.models import ChatRow, ReminderRow, ReminderState
from storage.upsert import insert_if_new


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

    async def sent(self, key: str) -> None:
        """Its message is in the outbox."""
        await self._settle(key, ReminderState.SENT, None)

    async def skipped(self, key: str, reason: str) -> None:
        """There was nothing left to say ("all submitted", "overtaken by a later one")."""
        await self._settle(key, ReminderState.SKIPPED, reason)

    async def failed(self, key: str, reason: str) -> None:
        """Its message could not be made."""
        await self._settle(key, ReminderState.FAILED, reason)

    async def _settle(self, key: str, state: ReminderState, reason: str | None) -> None:
        await self._session.execute(
            update(ReminderRow)
            .where(ReminderRow.key == key)
            .values(state=state, reason=reason, settled_at=self._clock.now())
        )

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
