"""When a plan asks for reports: who reports to whom, how often, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.source import Source


class Frequency(StrEnum):
    """How often a reporting rule falls due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    ONCE = "once"
    ADHOC = "adhoc"


@dataclass(frozen=True, slots=True)
class MonthlyDue:
    """A day of every month; ``before`` (trước ngày) makes the day before it the last one."""

    day: int
    before: bool


@dataclass(frozen=True, slots=True)
class YearlyDue:
    """The same dates every year, each "MM-DD"."""

    dates: tuple[str, ...]
    before: bool


@dataclass(frozen=True, slots=True)
class OnceDue:
    """One date."""

    date: date
    before: bool


@dataclass(frozen=True, slots=True)
class QuarterWeekDue:
    """The last (or first) week of a quarter's last month."""

    quarter_week: str = "last"


Due = MonthlyDue | YearlyDue | OnceDue | QuarterWeekDue


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """A clause that says who reports when (chế độ báo cáo). ``due`` is None where the plan states no date."""

    rule: str
    frequency: Frequency
    source: Source
    due: Due | None = None
    reporters: str | None = None
    to: str | None = None
    via: str | None = None
