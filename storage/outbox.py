"""Messages that are to be sent: rows first, sent after the commit, each at most once where nobody can be sure.

waiting ──sending──▶ sending ──sent──▶ sent
   ▲                    │ ├──failed──▶ failed (pointless to try again, or ``give_up``: too late for its words)
   └──────retry─────────┘ └──uncertain──▶ uncertain (the messenger may have it: never sent again)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, undefer

from handlers.message import ChatRef, Choice, Document, Outgoing
from scheduler.clock import Clock
from scheduler.delivery import Urgency
from scheduler.reminders import OUTBOX_KEY
from storage.chats import Chats
from storage.models import ChatRow, ConversationRow, OutboxRow, OutboxState, ReminderRow, ReminderState
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way. ``attempts`` counts the tries so far."""

    id: int
    chat: ChatRef
    message: Outgoing
    attempts: int
    created_at: datetime
    in_reply_to: str | None = None
    urgency: Urgency = Urgency.NOTICE


def _urgency(message: Outgoing, in_reply_to: str | None) -> Urgency:
    if in_reply_to is not None:
        return Urgency.REPLY
    is_reminder = message.key is not None and message.key.startswith(OUTBOX_KEY)
    return Urgency.REMINDER if is_reminder else Urgency.NOTICE


def _payload(message: Outgoing) -> dict[str, Any]:
    document = message.document
    return {
        "text": message.text,
        "choices": [[c.label, c.value] for c in message.choices],
        "awaits_figure": message.awaits_figure,
        "document": None if document is None else [document.name, document.media_type],
    }


def _message(row: OutboxRow, chat: ChatRef) -> Outgoing:
    payload = row.payload
    document = None
    if payload["document"] is not None and row.document is not None:
        name, media_type = payload["document"]
        document = Document(name, media_type, row.document)
    return Outgoing(
        payload["text"],
        tuple(Choice(label, value) for label, value in payload["choices"]),
        to=chat,
        awaits_figure=payload["awaits_figure"],
        document=document,
        key=row.key,
    )


_ORDER = func.coalesce(OutboxRow.not_before, OutboxRow.created_at)


def _held_back(put_off: Callable[[type[OutboxRow]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """True where the chat is just being written to, or an earlier message of the same urgency was put off."""
    earlier = aliased(OutboxRow)
    order = func.coalesce(earlier.not_before, earlier.created_at)
    return (
        select(earlier.id)
        .where(
            earlier.chat_id == OutboxRow.chat_id,
            or_(
                earlier.state == OutboxState.SENDING,
                and_(
                    earlier.state == OutboxState.WAITING,
                    earlier.urgency == OutboxRow.urgency,
                    put_off(earlier),
                    or_(order < _ORDER, and_(order == _ORDER, earlier.id < OutboxRow.id)),
                ),
            ),
        )
        .correlate(OutboxRow)
        .exists()
    )


class Outbox:
    """The queue of every chat. Within a chat the urgent go first, then in the order in which they are due, then were
    written; one that waits for another try holds back those of its urgency behind it, so that a reminder put off to the
    next morning never mutes a conversation."""

    def __init__(self, session: AsyncSession, chats: Chats, clock: Clock) -> None:
        self._session = session
        self._chats = chats
        self._clock = clock

    async def add(
        self,
        chat: ChatRef,
        message: Outgoing,
        *,
        in_reply_to: str | None = None,
        not_before: datetime | None = None,
    ) -> int:
        """Queue a message; its id. A message whose key is there already is not queued again: the first one's id.

        ``in_reply_to`` is the identity of the update that caused it, where one did.
        """
        values = {
            "chat_id": (await self._chats.ensure(chat)).id,
            "payload": _payload(message),
            "document": message.document.content if message.document else None,
            "key": message.key,
            "in_reply_to": in_reply_to,
            "urgency": _urgency(message, in_reply_to),
            "created_at": self._clock.now(),
            "not_before": not_before,
            "state": OutboxState.WAITING,
            "attempts": 0,
        }
        if message.key is None:
            row = OutboxRow(**values)
            self._session.add(row)
            await self._session.flush()
            return row.id
        made = await insert_if_new(self._session, OutboxRow, values, ("key",))
        if made is not None:
            return made
        return (await self._session.scalars(select(OutboxRow.id).where(OutboxRow.key == message.key))).one()

    async def due(self, now: datetime, limit: int = 100, *, channels: Sequence[str] | None = None) -> Sequence[Parcel]:
        """Messages whose time has come, in sending order; several of one chat may be among them. Only those of
        ``channels``, where given.

        Left out is what stands behind a message of the same chat and urgency that waits for another try, and every
        chat that is just being written to.
        """
        rows = await self._session.execute(
            select(OutboxRow, ChatRow.channel, ChatRow.address)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(
                OutboxRow.state == OutboxState.WAITING,
                or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= now),
                or_(OutboxRow.retry_at.is_(None), OutboxRow.retry_at <= now),
                *(() if channels is None else (ChatRow.channel.in_(channels),)),
                ~_held_back(lambda earlier: earlier.retry_at > now),
            )
            .order_by(OutboxRow.urgency, _ORDER, OutboxRow.id)
            .limit(limit)
            .options(undefer(OutboxRow.document))
        )
        parcels = []
        for row, channel, address in rows:
            chat = ChatRef(channel, address)
            message = _message(row, chat)
            urgency = Urgency(row.urgency)
            parcels.append(Parcel(row.id, chat, message, row.attempts, row.created_at, row.in_reply_to, urgency))
        return parcels

    async def next_due(self, now: datetime) -> datetime | None:
        """The next moment after ``now`` at which a waiting message comes due; None when none is known."""
        wait = func.coalesce(OutboxRow.retry_at, OutboxRow.not_before, type_=OutboxRow.not_before.type)
        return await self._session.scalar(
            select(func.min(wait, type_=OutboxRow.not_before.type)).where(
                OutboxRow.state == OutboxState.WAITING, wait > now
            )
        )

    async def sending(self, parcel: int) -> bool:
        """Take a message for sending; False when it is not to be sent now: somebody else has it or had it, its
        chat is being written to, or an earlier one of its urgency was put off in the meantime."""
        taken = await self._session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.id == parcel,
                OutboxRow.state == OutboxState.WAITING,
                ~_held_back(lambda earlier: earlier.retry_at.is_not(None)),
            )
            .values(state=OutboxState.SENDING, attempts=OutboxRow.attempts + 1, retry_at=None)
            .returning(OutboxRow.id)
        )
        return taken.scalar_one_or_none() is not None

    async def sent(self, parcel: int, message: str) -> None:
        """The messenger has it, under this name. Its file is let go; a chat that asked to be forgotten as well."""
        await self._settle(parcel, OutboxState.SENT, sent_message=message, document=None, error=None)

    async def failed(self, parcel: int, reason: str) -> None:
        """It did not arrive and never will (a blocked bot, an unknown chat)."""
        await self._settle(parcel, OutboxState.FAILED, error=reason)

    async def give_up(self, parcel: Parcel, reason: str) -> bool:
        """It did not arrive in time, and later its words would be stale: a reminder of yesterday counts wrong days.

        A reminder goes back into the ledger, where the next look at the time words it anew or finds that nothing is
        left to say. Take the message with ``sending`` before, so that nobody else sends it; False, and nothing done,
        where it is not being sent.
        """
        given_up = await self._session.scalar(
            select(OutboxRow.id).where(OutboxRow.id == parcel.id, OutboxRow.state == OutboxState.SENDING)
        )
        if given_up is None:
            return False
        settled: dict[str, Any] = {"error": reason}
        if parcel.urgency is Urgency.REMINDER:
            # The key is free again, or the reminder that is worded anew would be taken for this one.
            settled["key"] = None
            key = str(parcel.message.key)
            await self._session.execute(
                update(ReminderRow)
                .where(ReminderRow.key == key.removeprefix(OUTBOX_KEY), ReminderRow.state == ReminderState.SENT)
                .values(state=ReminderState.PLANNED, reason=reason, settled_at=None)
            )
        await self._settle(parcel.id, OutboxState.FAILED, **settled)
        return True

    async def uncertain(self, parcel: int, reason: str) -> None:
        """It may have arrived; it is not sent again."""
        await self._settle(parcel, OutboxState.UNCERTAIN, error=reason)

    async def retry(self, parcel: int, at: datetime, reason: str | None = None) -> None:
        """It did not arrive for now; the chat's later messages of its urgency wait with it."""
        await self._session.execute(
            update(OutboxRow).where(OutboxRow.id == parcel).values(state=OutboxState.WAITING, retry_at=at, error=reason)
        )

    async def recover(self) -> Sequence[int]:
        """At the start of the only sender: what was being sent when the program died becomes uncertain; the ids."""
        found = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == OutboxState.SENDING)
            .values(
                state=OutboxState.UNCERTAIN,
                error="the program ended while this was being sent",
                settled_at=self._clock.now(),
            )
            .returning(OutboxRow.id)
        )
        return sorted(found.scalars())

    async def count(self, state: OutboxState) -> int:
        """How many messages are in a state."""
        return (await self._session.scalars(select(func.count()).where(OutboxRow.state == state))).one()

    async def prune(self, before: datetime) -> None:
        """Delete what was settled before a moment; messages hold names and figures, and are kept no longer than
        needed."""
        await self._session.execute(
            delete(OutboxRow).where(
                OutboxRow.state.in_((OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN)),
                OutboxRow.settled_at < before,
            )
        )

    async def _settle(self, parcel: int, state: OutboxState, **values: Any) -> None:
        chat = (
            await self._session.execute(
                update(OutboxRow)
                .where(OutboxRow.id == parcel)
                .values(state=state, settled_at=self._clock.now(), **values)
                .returning(OutboxRow.chat_id)
            )
        ).scalar_one_or_none()
        if chat is not None:
            await self._let_go(chat)

    async def _let_go(self, chat: int) -> None:
        """Delete a leaving chat once nothing waits for it."""
        if not await self._session.scalar(select(ChatRow.leaving).where(ChatRow.id == chat)):
            return
        open_states = (OutboxState.WAITING, OutboxState.SENDING)
        pending = select(OutboxRow.id).where(OutboxRow.chat_id == chat, OutboxRow.state.in_(open_states)).limit(1)
        if await self._session.scalar(pending) is None:
            for row in (OutboxRow, ConversationRow):
                await self._session.execute(delete(row).where(row.chat_id == chat))
            await self._session.execute(delete(ChatRow).where(ChatRow.id == chat))
