"""The audit trail, and the few values the program keeps about itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuditRow(Base):
    """Who changed what, when, through which channel. Rows are added and never touched again.

    A person is an id here, never a name or an account: the trail survives the right to be forgotten.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "record", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    record: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class SettingRow(Base):
    """One value the program keeps about itself, by name."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[dict[str, Any]]
