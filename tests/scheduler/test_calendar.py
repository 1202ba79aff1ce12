"""Working days: the week, Tết, swaps, and an authority's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import Calendar, SpecialDay

CALENDAR = Calendar()
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 2),  # swapped with 10/1
        date(2026, 2, 16),
        date(2026, 2, 20),
        date(2026, 4, 27),  # 10/3 lunar fell on a Sunday
        date(2026, 4, 30),
        date(2026, 8, 31),
        date(2026, 9, 2),
        date(2027, 2, 6),
        date(2030, 2, 2),  # Tết a day before China's
        date(2026, 6, 13),
        date(2026, 6, 14),
    ],
)
def test_a_day_off_says_why(day: date) -> None:
    assert not CALENDAR.is_working(day)
    assert CALENDAR.why_off(day)


@pytest.mark.parametrize("day", [date(2026, 1, 10), date(2026, 8, 22), date(2026, 6, 12), date(2026, 2, 13)])
def test_working_days_include_saturdays_worked_in_exchange(day: date) -> None:
    assert CALENDAR.is_working(day)
    assert CALENDAR.why_off(day) is None


def test_the_deciding_document_is_known() -> None:
    assert CALENDAR.decision(date(2026, 1, 2)) == "12729/VPCP-KGVX ngày 25/12/2025"
    assert CALENDAR.decision(date(2026, 6, 12)) is None


def test_the_day_of_culture_is_a_setting() -> None:
    assert not Calendar().is_working(date(2026, 11, 24))
    assert Calendar(culture_day=False).is_working(date(2026, 11, 24))
    # 24/11/2029 is a Saturday: without the holiday there is no Monday off in its stead.
    assert Calendar(culture_day=False).is_working(date(2029, 11, 26))


def test_an_authority_s_own_days_come_first() -> None:
    own = Calendar(
        [
            SpecialDay(date(2026, 6, 15), off=True, reason="Ngày hội của xã", decision="15/TB-UBND"),
            SpecialDay(date(2026, 1, 2), off=False, reason="Xã làm việc bình thường"),
        ]
    )
    assert own.why_off(date(2026, 6, 15)) == "Ngày hội của xã"
    assert own.decision(date(2026, 6, 15)) == "15/TB-UBND"
    assert own.is_working(date(2026, 1, 2))
    assert CALENDAR.is_working(date(2026, 6, 15))


def test_years_that_were_not_announced_are_told_apart() -> None:
    assert CALENDAR.is_settled(2026)
    assert not CALENDAR.is_settled(2027)


def test_counting_leaps_over_tet() -> None:
    # Tết 2026 is off from Saturday 14/2 to Sunday 22/2.
    assert CALENDAR.after(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert CALENDAR.before(date(2026, 2, 23), 1) == date(2026, 2, 13)
    assert CALENDAR.on_or_before(date(2026, 2, 18)) == date(2026, 2, 13)
    assert CALENDAR.on_or_after(date(2026, 2, 18)) == date(2026, 2, 23)
    assert CALENDAR.days_left(date(2026, 2, 12), date(2026, 2, 24)) == 3
    assert CALENDAR.days_left(date(2026, 2, 24), date(2026, 2, 12)) == -3


def test_a_calendar_without_working_days_is_refused_not_searched_for_ever() -> None:
    closed = Calendar(SpecialDay(date(2026, 3, 1) + timedelta(days=n), off=True, reason="Nghỉ") for n in range(200))
    with pytest.raises(ValueError, match="days off in a row"):
        closed.on_or_after(date(2026, 3, 1))


@given(days, st.integers(1, 30))
def test_going_forth_and_back_by_working_days_returns(day: date, count: int) -> None:
    start = CALENDAR.on_or_after(day)
    end = CALENDAR.after(start, count)
    assert CALENDAR.is_working(end)
    assert CALENDAR.before(end, count) == start
    assert CALENDAR.days_left(start, end) == count
    assert CALENDAR.days_left(end, start) == -count
