"""Periods of the reporting clauses that plans have."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reporting_rule import Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from scheduler.calendar import Calendar
from scheduler.decree import data_window
from scheduler.periods import periods_of, periods_of_plan
from tests.scheduler.rules import HALF_YEARS, MONTHLY_13, QUARTER_WEEK, any_rule, rule

CALENDAR = Calendar()


def listed(reporting: ReportingRule, years: int | range = 2026) -> list[tuple[str, str, date]]:
    return [(p.key, p.label, p.due) for p in periods_of(reporting, years, CALENDAR)]


def test_before_a_day_of_the_month_is_the_day_before() -> None:
    june = listed(MONTHLY_13)[5]
    assert june == ("2026-06", "Tháng 6/2026", date(2026, 6, 12))
    assert len(listed(MONTHLY_13)) == 12


def test_on_a_day_of_the_month_is_that_day_or_the_month_s_last() -> None:
    dues = [due for _, _, due in listed(rule(Frequency.MONTHLY, MonthlyDue(31, before=False)))]
    assert dues[:2] == [date(2026, 1, 31), date(2026, 2, 28)]


def test_the_first_days_of_a_month_report_the_month_before() -> None:
    assert listed(rule(Frequency.MONTHLY, MonthlyDue(5, before=True)))[5] == (
        "2026-05",
        "Tháng 5/2026",
        date(2026, 6, 4),
    )
    assert listed(rule(Frequency.MONTHLY, MonthlyDue(1, before=True)))[5][0] == "2026-06"


def test_the_last_week_of_a_quarter_ends_on_its_last_friday() -> None:
    assert listed(QUARTER_WEEK) == [
        ("2026-Q1", "Quý I/2026", date(2026, 3, 27)),
        ("2026-Q2", "Quý II/2026", date(2026, 6, 26)),
        ("2026-Q3", "Quý III/2026", date(2026, 9, 25)),
        ("2026-Q4", "Quý IV/2026", date(2026, 12, 25)),
    ]


def test_the_first_week_of_a_quarter_s_last_month_ends_on_its_first_friday() -> None:
    first = rule(Frequency.QUARTERLY, QuarterWeekDue("first"))
    assert [due for _, _, due in listed(first)][1] == date(2026, 6, 5)


def test_two_dates_a_year_are_the_halves() -> None:
    assert listed(HALF_YEARS) == [
        ("2026-H1", "6 tháng đầu năm 2026", date(2026, 6, 10)),
        ("2026-H2", "6 tháng cuối năm 2026", date(2026, 12, 10)),
    ]


def test_an_annual_rule_with_two_dates_reports_half_a_year_and_the_year() -> None:
    assert listed(rule(Frequency.ANNUAL, YearlyDue(("06-01", "11-15"), before=True))) == [
        ("2026-H1", "6 tháng đầu năm 2026", date(2026, 5, 31)),
        ("2026", "Năm 2026", date(2026, 11, 14)),
    ]


def test_a_date_in_january_is_about_the_year_before() -> None:
    assert listed(rule(Frequency.ANNUAL, YearlyDue(("01-15",), before=True))) == [
        ("2025", "Năm 2025", date(2026, 1, 14))
    ]


def test_before_new_year_is_the_last_day_of_the_old_one() -> None:
    assert listed(rule(Frequency.ANNUAL, YearlyDue(("01-01",), before=True))) == [
        ("2026", "Năm 2026", date(2026, 12, 31))
    ]


def test_once_is_one_period() -> None:
    once = rule(Frequency.ONCE, OnceDue(date(2025, 12, 5), before=True))
    assert listed(once, 2025) == [("2025-12-05", "Báo cáo một lần, hạn 4/12/2025", date(2025, 12, 4))]
    assert listed(once, 2026) == []


@pytest.mark.parametrize(
    ("frequency", "first", "count"),
    [
        (Frequency.MONTHLY, ("2026-01", "Tháng 1/2026", date(2026, 1, 15)), 12),
        (Frequency.QUARTERLY, ("2026-Q1", "Quý I/2026", date(2026, 3, 16)), 4),
        (Frequency.SEMIANNUAL, ("2026-H1", "6 tháng đầu năm 2026", date(2026, 6, 15)), 2),
        (Frequency.ANNUAL, ("2026", "Năm 2026", date(2026, 12, 15)), 1),
    ],
)
def test_without_a_date_the_decree_s_dates_hold(frequency: Frequency, first: tuple[str, str, date], count: int) -> None:
    found = listed(rule(frequency))
    assert found[0] == first
    assert len(found) == count


def test_without_a_date_tet_moves_the_sending_day() -> None:
    # Data close on 14/2/2026, the first day of Tết's row of days off.
    assert listed(rule(Frequency.MONTHLY))[1][2] == date(2026, 2, 23)


@pytest.mark.parametrize("frequency", [Frequency.ADHOC, Frequency.ONCE])
def test_no_rhythm_and_no_date_is_no_period(frequency: Frequency) -> None:
    assert listed(rule(frequency)) == []


def test_the_due_day_stays_the_plan_s_on_a_day_off() -> None:
    april = listed(MONTHLY_13)[3]
    assert april[2] == date(2026, 4, 12)
    assert not CALENDAR.is_working(april[2])


def test_a_day_that_no_month_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no month has"):
        listed(rule(Frequency.MONTHLY, MonthlyDue(45, before=False)))
    with pytest.raises(ValueError):
        listed(rule(Frequency.ANNUAL, YearlyDue(("13-10",), before=False)))


@pytest.mark.parametrize(
    ("reporting", "at", "window"),
    [
        (MONTHLY_13, 5, (date(2026, 5, 15), date(2026, 6, 14))),
        (MONTHLY_13, 0, (date(2025, 12, 15), date(2026, 1, 14))),
        (QUARTER_WEEK, 1, (date(2026, 3, 15), date(2026, 6, 14))),
        (QUARTER_WEEK, 0, (date(2025, 12, 15), date(2026, 3, 14))),
        (HALF_YEARS, 0, (date(2025, 12, 15), date(2026, 6, 14))),
        (HALF_YEARS, 1, (date(2026, 6, 15), date(2026, 12, 14))),
        (rule(Frequency.ANNUAL), 0, (date(2025, 12, 15), date(2026, 12, 14))),
    ],
)
def test_data_are_counted_from_the_fifteenth_to_the_fourteenth(
    reporting: ReportingRule, at: int, window: tuple[date, date]
) -> None:
    assert data_window(periods_of(reporting, 2026, CALENDAR)[at]) == window


def test_a_report_asked_for_once_has_no_window_of_its_own() -> None:
    once = rule(Frequency.ONCE, OnceDue(date(2026, 12, 5), before=True))
    assert data_window(periods_of(once, 2026, CALENDAR)[0]) is None


def test_the_rules_of_a_plan_name_each_period_once() -> None:
    later = rule(Frequency.MONTHLY, MonthlyDue(20, before=True))
    periods = periods_of_plan([later, MONTHLY_13, HALF_YEARS], 2026, CALENDAR)
    keys = [period.key for period in periods]
    assert len(keys) == len(set(keys)) == 14
    assert next(period for period in periods if period.key == "2026-06").due == date(2026, 6, 12)


@given(any_rule)
def test_periods_follow_each_other_without_overlap_or_gap(reporting: ReportingRule) -> None:
    periods = periods_of(reporting, range(2025, 2029), CALENDAR)
    assert len({period.key for period in periods}) == len(periods)
    for period in periods:
        assert period.opens <= period.due <= period.closes
    for one, next_one in pairwise(periods):
        assert one.due < next_one.due
        assert (next_one.opens - one.closes).days == 1


@given(any_rule, st.integers(2025, 2028))
def test_asking_for_other_years_gives_the_same_periods(reporting: ReportingRule, year: int) -> None:
    alone = periods_of(reporting, year, CALENDAR)
    within = [p for p in periods_of(reporting, range(2024, 2031), CALENDAR) if p.due.year == year]
    assert list(alone) == within
