"""Rules that change within a year: nothing is lost between the old and the new one, nothing is asked for twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.reporting_rule import Frequency, MonthlyDue
from scheduler.calendar import Calendar
from scheduler.ruled_periods import RuleInTime, ruled_periods
from tests.scheduler.rules import MONTHLY_13, QUARTER_WEEK, any_rule, rule

CALENDAR = Calendar()
YEARS = range(2026, 2027)
DAY = date(2026, 6, 15)


def due(*rules: RuleInTime) -> dict[str, date]:
    return {period.key: period.due for period in ruled_periods(rules, YEARS, CALENDAR)}


def changed(old: MonthlyDue, new: MonthlyDue) -> dict[str, date]:
    return due(RuleInTime(rule(Frequency.MONTHLY, new), since=DAY), RuleInTime(rule(Frequency.MONTHLY, old), until=DAY))


def test_a_later_day_holds_from_the_month_that_it_can_still_move() -> None:
    months = changed(MonthlyDue(13, before=True), MonthlyDue(20, before=True))
    assert len(months) == 12
    assert (months["2026-05"], months["2026-06"]) == (date(2026, 5, 12), date(2026, 6, 19))


def test_an_earlier_day_leaves_the_month_that_it_came_too_late_for() -> None:
    months = changed(MonthlyDue(20, before=True), MonthlyDue(13, before=True))
    assert len(months) == 12
    assert (months["2026-06"], months["2026-07"]) == (date(2026, 6, 19), date(2026, 7, 12))


def test_another_rhythm_begins_with_its_first_day_to_come() -> None:
    both = due(RuleInTime(MONTHLY_13, since=DAY), RuleInTime(QUARTER_WEEK, until=DAY))
    assert list(both) == ["2026-Q1", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]


def test_a_second_change_follows_the_first() -> None:
    later = date(2026, 9, 1)
    months = due(
        RuleInTime(rule(Frequency.MONTHLY, MonthlyDue(25, before=True)), since=later),
        RuleInTime(rule(Frequency.MONTHLY, MonthlyDue(20, before=True)), since=DAY, until=later),
        RuleInTime(MONTHLY_13, until=DAY),
    )
    assert [months[f"2026-{month:02}"].day for month in (5, 6, 8, 9)] == [12, 19, 19, 24]


@given(any_rule, any_rule, st.dates(date(2025, 12, 1), date(2027, 1, 31)))
def test_whatever_changes_into_whatever_each_period_is_there_once(old: object, new: object, day: date) -> None:
    periods = ruled_periods([RuleInTime(new, since=day), RuleInTime(old, until=day)], YEARS, CALENDAR)  # type: ignore[arg-type]
    keys = [period.key for period in periods]
    assert len(keys) == len(set(keys))
    assert list(periods) == sorted(periods, key=lambda period: (period.due, period.key))
