"""From a reporting rule to its periods: "trước ngày 13 hằng tháng" gives "Tháng 6/2026", due on 12/6, and so on.

A period is named after what is reported, and its windows follow each other without a gap and without overlapping: the
next one opens the day after the last one closes. The due day is always the plan's own, holiday or not; what a holiday
moves is the reminder (``scheduler.reminders``).

Where a plan names a frequency and no date ("định kỳ 06 tháng"), the period ends as NĐ 09/2019/NĐ-CP, Điều 12 has it,
on the 14th of its last month, and the report is due one working day later (Điều 8 khoản 5, the least it allows).
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from knowledge.reporting_rule import Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.decree import CLOSING_DAY, SENDING_DAYS

_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4

# How many days after the due day a late report is still taken as this period's: long enough for the last overdue
# reminder (three working days, nine days at Tết), short enough to leave most of the next window to its own period.
_LATE_DAYS: Final = {1: 12, 3: 21, 6: 31, 12: 31}
# A report asked for once has no period before it; it is open this long before its date.
_ONCE_OPEN_DAYS: Final = 60

_ROMAN: Final = ("I", "II", "III", "IV")


def periods_of(rule: ReportingRule, years: int | range, calendar: Calendar) -> tuple[Period, ...]:
    """The periods of ``rule`` whose due day lies in ``years``, by due day. Empty for a rule without a rhythm or a date
    ("đột xuất").

    Keys and labels depend on the rule alone, so that asking again, or for other years, names the same periods.
    """
    wanted = range(years, years + 1) if isinstance(years, int) else years
    if not wanted:
        return ()
    if isinstance(rule.due, OnceDue):
        period = _once(rule.due)
        return (period,) if period.due.year in wanted else ()
    # One year more on each side: a window opens where the one before it closed.
    around = range(wanted.start - 1, wanted.stop + 1)
    spans = _distinct(sorted((_named(rule, due) for due in _due_days(rule, around, calendar)), key=lambda s: s.due))
    return tuple(period for period in _windows(spans) if period.due.year in wanted)


def periods_of_plan(rules: Iterable[ReportingRule], years: int | range, calendar: Calendar) -> tuple[Period, ...]:
    """The periods of all rules of one plan, by due day, each key once.

    Of two rules that report the same period, the one that is due first rules: whoever keeps it keeps the other.
    """
    by_key: dict[str, Period] = {}
    for rule in rules:
        for period in periods_of(rule, years, calendar):
            known = by_key.get(period.key)
            if known is None or period.due < known.due:
                by_key[period.key] = period
    return tuple(sorted(by_key.values(), key=lambda period: (period.due, period.key)))


@dataclass(frozen=True, slots=True)
class _Span:
    """A period before its window is known; ``length`` is in months."""

    key: str
    label: str
    due: date
    length: int


def _once(due: OnceDue) -> Period:
    last = due.date - _DAY if due.before else due.date
    label = f"Báo cáo một lần, hạn {last.day}/{last.month}/{last.year}"
    opens = last - timedelta(days=_ONCE_OPEN_DAYS)
    return Period(due.date.isoformat(), label, opens, last, last + timedelta(days=_LATE_DAYS[12]))


# --- due days --------------------------------------------------------------------------------------------------------


def _due_days(rule: ReportingRule, years: range, calendar: Calendar) -> Iterator[date]:
    """Every last day in time of the rule, "trước ngày" already taken off."""
    match rule.due:
        case MonthlyDue(day, before):
            if not 1 <= day <= 31:
                raise ValueError(f"no month has a day {day}")
            for year in years:
                for month in _months_due(rule.frequency):
                    yield _in_month(year, month, day) - (_DAY if before else timedelta())
        case YearlyDue(dates, before):
            for year in years:
                for text in dates:
                    month, day = (int(part) for part in text.split("-"))
                    yield _in_month(year, month, day) - (_DAY if before else timedelta())
        case QuarterWeekDue(week):
            for year in years:
                for month in (3, 6, 9, 12):
                    yield _friday(year, month, last=week != "first")
        case None:
            for year in years:
                for month in _last_months(rule.frequency):
                    yield calendar.after(date(year, month, CLOSING_DAY), SENDING_DAYS)


def _in_month(year: int, month: int, day: int) -> date:
    """The day, or the month's last where it has fewer ("ngày 31" of June is the 30th)."""
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _friday(year: int, month: int, *, last: bool) -> date:
    """The end of a month's last (first) week: its last (first) Friday, so that the whole week lies in the month."""
    if last:
        end = date(year, month, months.monthrange(year, month)[1])
        return end - _DAY * ((end.weekday() - _FRIDAY) % 7)
    start = date(year, month, 1)
    return start + _DAY * ((_FRIDAY - start.weekday()) % 7)


def _months_due(frequency: Frequency) -> Iterable[int]:
    """The months in which a day of the month falls due: each, or the last of the quarter, half year or year."""
    return range(1, 13) if frequency is Frequency.MONTHLY else _last_months(frequency) or range(1, 13)


def _last_months(frequency: Frequency) -> tuple[int, ...]:
    match frequency:
        case Frequency.MONTHLY:
            return tuple(range(1, 13))
        case Frequency.QUARTERLY:
            return (3, 6, 9, 12)
        case Frequency.SEMIANNUAL:
            return (6, 12)
        case Frequency.ANNUAL:
            return (12,)
        case _:
            return ()


# --- names -----------------------------------------------------------------------------------------------------------


def _named(rule: ReportingRule, due: date) -> _Span:
    """What is reported on a due day.

    A due day in the first sixth of a period (up to the 5th of a month, the 15th of a quarter's first month, January or
    July of a half year, January or February of a year) reports the period before: "trước ngày 15/01 hằng năm" is
    about last year.
    """
    length = _length(rule, due)
    if length == 1:
        month = _month_before(due) if due.day <= 5 else due.replace(day=1)
        return _Span(f"{month:%Y-%m}", f"Tháng {month.month}/{month.year}", due, length)
    if length == 12:
        year = due.year - 1 if due.month <= 2 else due.year
        return _Span(f"{year}", f"Năm {year}", due, length)
    index = due.year * (12 // length) + (due.month - 1) // length
    in_period = (due.month - 1) % length
    if in_period == 0 and (length == 6 or due.day <= 15):
        index -= 1
    year, part = divmod(index, 12 // length)
    if length == 3:
        return _Span(f"{year}-Q{part + 1}", f"Quý {_ROMAN[part]}/{year}", due, length)
    half = "đầu" if part == 0 else "cuối"
    return _Span(f"{year}-H{part + 1}", f"6 tháng {half} năm {year}", due, length)


def _length(rule: ReportingRule, due: date) -> int:
    """Months that a report covers. An annual rule with a date before autumn reports half a year there ("01/6 và
    15/11 hằng năm").
    """
    match rule.frequency:
        case Frequency.MONTHLY:
            return 1
        case Frequency.QUARTERLY:
            return 3
        case Frequency.SEMIANNUAL:
            return 6
        case _:
            several = isinstance(rule.due, YearlyDue) and len(rule.due.dates) > 1
            return 6 if several and 3 <= due.month <= 8 else 12


def _month_before(day: date) -> date:
    return (day.replace(day=1) - _DAY).replace(day=1)


def _distinct(spans: list[_Span]) -> list[_Span]:
    """Two due days of one period become two periods, told apart by their day."""
    seen: set[str] = set()
    distinct: list[_Span] = []
    for span in spans:
        if distinct and distinct[-1].due == span.due:
            continue
        if span.key in seen:
            span = replace(
                span,
                key=f"{span.key}-{span.due:%m%d}",
                label=f"{span.label} (hạn {span.due.day}/{span.due.month})",
            )
        seen.add(span.key)
        distinct.append(span)
    return distinct


def _windows(spans: list[_Span]) -> Iterator[Period]:
    opens: date | None = None
    for at, span in enumerate(spans):
        closes = span.due + timedelta(days=_LATE_DAYS[span.length])
        if at + 1 < len(spans):
            # Dates that stand close together share the time between them.
            gap = (spans[at + 1].due - span.due).days
            closes = min(closes, span.due + timedelta(days=gap // 2))
        if opens is None:
            opens = span.due - timedelta(days=_LATE_DAYS[span.length])
        yield Period(span.key, span.label, opens, span.due, closes)
        opens = closes + _DAY
