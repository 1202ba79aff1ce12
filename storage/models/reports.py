"""Periods, what was reported in them, and the ledger of reminders."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from storage.models.base import Base


class PeriodRow(Base):
    """One period of a series of plan versions (``plan_id`` is the first of them)."""

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    key: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(200))
    opens: Mapped[dt.date]
    due: Mapped[dt.date]
    closes: Mapped[dt.date]


class EntryRow(Base):
    """One unit's value of one indicator in one period, as it stands now; how it came to stand so is in the audit."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("indicator_id", "unit_id", "period_id"),
        Index(None, "period_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    value: Mapped[Decimal | None]
    measure: Mapped[str | None] = mapped_column(String(200))
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    milestone: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]


class EvidenceRow(Base):
    """A photo or file behind a report; ``content`` is empty until it was fetched from the channel."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "period_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    channel: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None]
    fetched: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class DelayRow(Base):
    """Why a unit is late, in its own words."""

    __tablename__ = "delay"
    __table_args__ = (Index(None, "period_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    reason: Mapped[str] = mapped_column(Text)
    said_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]


class ReminderState(StrEnum):
    """PLANNED is due some day; SENT is in the outbox; SKIPPED had nothing left to say; FAILED could not be made."""

    PLANNED = "planned"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class ReminderRow(Base):
    """One message due to one chat for one reason; the unique key is what keeps it from being said twice."""

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20), default=ReminderState.PLANNED)
    reason: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class SpecialDayRow(Base):
    """A day off or a day worked that the calendar does not know by itself."""

    __tablename__ = "special_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    off: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
