"""Plans as they were read, and as people confirmed them."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class PlanState(StrEnum):
    """PENDING waits for the coordinator; SUPERSEDED gave way to a newer version; DISCARDED was dropped unread.

    AMENDMENT is in force by what it changed in the plan that it amends."""

    PENDING = "pending"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"
    AMENDMENT = "amendment"


# What is in force, or was.
IN_USE: Final = (PlanState.ADOPTED, PlanState.SUPERSEDED, PlanState.AMENDMENT)


class PlanRow(Base):
    """A plan. ``series_id`` is the first of the versions that followed one another (its own id when alone); periods
    belong to the series, so that a new version keeps them."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("authority_id", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20))
    number: Mapped[str | None] = mapped_column(String(100))
    date: Mapped[dt.date | None]
    issuer: Mapped[str | None] = mapped_column(String(300))
    title: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]
    head: Mapped[dict[str, Any]]
    units: Mapped[list[Any]]
    damaged: Mapped[bool]
    pages: Mapped[int | None]
    read_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]


class PlanFileRow(Base):
    """The file a plan was read from, and its passages; apart, since few look at them. ``chunks`` is zlib'd JSON."""

    __tablename__ = "plan_file"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    chunks: Mapped[bytes] = mapped_column(LargeBinary)


class IndicatorRow(Base):
    """One indicator as read; the ``confirmed_*`` columns hold the target a person confirmed or corrected, and
    ``confirmed_lead`` the lead units.

    ``withdrawn_from`` is the plan that the row was a row of until the amendment ``plan_id`` changed or dropped it.
    """

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    no: Mapped[str | None] = mapped_column(String(40))
    group_name: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text, index=True)
    operator: Mapped[str | None] = mapped_column(String(2))
    value: Mapped[Decimal | None]
    measure: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    target_text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    source: Mapped[dict[str, Any]]
    lead: Mapped[list[Any]]
    coop: Mapped[list[Any]]
    due: Mapped[str | None] = mapped_column(Text)
    checks: Mapped[list[Any]]
    repairs: Mapped[list[Any]]
    same_as: Mapped[int | None]
    confirmed_operator: Mapped[str | None] = mapped_column(String(2))
    confirmed_value: Mapped[Decimal | None]
    confirmed_measure: Mapped[str | None] = mapped_column(String(200))
    confirmed_kind: Mapped[str | None] = mapped_column(String(20))
    confirmed_text: Mapped[str | None] = mapped_column(Text)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    name_doubt: Mapped[str | None] = mapped_column(Text)
    confirmed_lead: Mapped[list[Any] | None]
    lead_confirmed_at: Mapped[datetime | None]
    withdrawn_from: Mapped[int | None] = mapped_column(index=True)


class IndicatorUnitRow(Base):
    """A unit that leads an indicator; made when the plan is adopted."""

    __tablename__ = "indicator_unit"
    __table_args__ = (Index(None, "unit_id"),)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class IndicatorLinkRow(Base):
    """The same indicator one level up: the commune's is ``lower_id``, the province's ``upper_id``. Computed from the
    plans that are kept; see ``storage.links``."""

    __tablename__ = "indicator_link"
    __table_args__ = (Index(None, "upper_id"),)

    lower_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True, autoincrement=False)
    upper_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))


class TaskRow(Base):
    """One task as read."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    source: Mapped[dict[str, Any]]
    result: Mapped[str | None] = mapped_column(Text)
    due: Mapped[str | None] = mapped_column(Text)
    lead: Mapped[list[Any]]
    coop: Mapped[list[Any]]
    checks: Mapped[list[Any] | None]


class ResultRow(Base):
    """One row of a table of results as read; ``goal`` is the target that it is measured by, as JSON.

    ``withdrawn_from`` as of an indicator; so it is of lines of money and of reporting rules."""

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    no: Mapped[str | None] = mapped_column(String(40))
    group_name: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    value: Mapped[Decimal | None]
    measure: Mapped[str | None] = mapped_column(String(200))
    year: Mapped[int | None]
    assessment: Mapped[str | None] = mapped_column(String(20))
    goal: Mapped[dict[str, Any] | None]
    place: Mapped[str] = mapped_column(Text)
    source: Mapped[dict[str, Any]]
    lead: Mapped[list[Any]]
    checks: Mapped[list[Any]]
    withdrawn_from: Mapped[int | None]


class BudgetLineRow(Base):
    """One row of a table of money as read; ``amounts`` are [column, value as text, printed text]."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    no: Mapped[str | None] = mapped_column(String(40))
    group_name: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    amounts: Mapped[list[Any]]
    measure: Mapped[str | None] = mapped_column(String(200))
    total: Mapped[bool]
    place: Mapped[str] = mapped_column(Text)
    source: Mapped[dict[str, Any]]
    lead: Mapped[list[Any]]
    note: Mapped[str | None] = mapped_column(Text)
    checks: Mapped[list[Any]]
    withdrawn_from: Mapped[int | None]


class ReportingRuleRow(Base):
    """One reporting clause; ``chosen_by`` names the coordinator who set it where the plan is silent.

    ``since`` is the day from which it holds where an amendment set it, ``until`` the day from which it holds no more,
    where one ended it; None for ever."""

    __tablename__ = "reporting_rule"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(Text)
    frequency: Mapped[str] = mapped_column(String(20))
    source: Mapped[dict[str, Any]]
    due: Mapped[dict[str, Any] | None]
    reporters: Mapped[str | None] = mapped_column(Text)
    to: Mapped[str | None] = mapped_column(Text)
    via: Mapped[str | None] = mapped_column(Text)
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    withdrawn_from: Mapped[int | None] = mapped_column(index=True)
