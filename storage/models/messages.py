"""Chats, conversations, and the two boxes that messages pass through."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from storage.models.base import Base


class ChatRow(Base):
    """An address in a channel: the private chat of a person, or a group of an authority or of one unit.

    ``leaving`` marks the chat of someone who asked to be forgotten: it goes once the last word has been said.
    """

    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    leaving: Mapped[bool] = mapped_column(default=False)


class ConversationRow(Base):
    """Where one account's conversation in one chat stands."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("chat_id", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"))
    account: Mapped[str] = mapped_column(String(200))
    state: Mapped[dict[str, Any]]
    menu: Mapped[dict[str, Any] | None]
    updated_at: Mapped[datetime]


class InboxState(StrEnum):
    """NEW waits for its handler; QUARANTINED could not be handled and will not be tried again."""

    NEW = "new"
    DONE = "done"
    QUARANTINED = "quarantined"


class InboxRow(Base):
    """One update of a messenger. The body is erased once it was handled; the identity stays, against repetition."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "identity"), Index(None, "channel", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    identity: Mapped[str] = mapped_column(String(200))
    body: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(20), default=InboxState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class OutboxState(StrEnum):
    """WAITING is to be sent; SENDING was handed to the messenger; UNCERTAIN may have arrived and is not sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class OutboxRow(Base):
    """One message to one chat. ``not_before`` is when it is meant to go, ``retry_at`` when a failed one is tried
    again; ``urgency`` is the number of a ``scheduler.delivery.Urgency``."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), index=True)
    payload: Mapped[dict[str, Any]]
    document: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    in_reply_to: Mapped[str | None] = mapped_column(String(200))
    # The default is for rows written before there was the column; the program always says it.
    urgency: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    sent_message: Mapped[str | None] = mapped_column(String(200))
    settled_at: Mapped[datetime | None]
