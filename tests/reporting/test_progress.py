"""A period added up over units, groups and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from knowledge.plan import Kind, Operator, Target
from reporting.comparison import Reach
from reporting.entry import Entry, EntryState, Figure
from reporting.progress import Line, progress

DUE = date(2026, 6, 26)
CLINIC, POLICE = "Trạm Y tế xã", "Công an xã"


def line(number: int, unit: str, goal: int, value: str | None, state: EntryState, day: int = 23) -> Line:
    target = Target(Operator.EQUAL, Decimal(goal), "%", Kind.PERCENT, f"{goal} %")
    entry = None
    if value is not None:
        at = datetime(2026, 6, day, 7, 32, tzinfo=UTC)
        entry = Entry(Figure(Decimal(value), "%"), state, at=at)
    return Line(number, f"Chỉ tiêu {number}", target, unit, entry, "Xã hội số" if number < 4 else None)


LINES = (
    line(1, CLINIC, 80, "76.3", EntryState.APPROVED),
    line(2, CLINIC, 15, "6.1", EntryState.APPROVED),
    line(3, CLINIC, 60, "60", EntryState.SUBMITTED),
    line(4, POLICE, 95, "96", EntryState.APPROVED),
    line(5, POLICE, 50, "40", EntryState.DRAFT),
    line(6, POLICE, 50, "40", EntryState.RETURNED),
    line(7, POLICE, 50, None, EntryState.DRAFT),
)


def test_figures_are_counted_by_how_far_they_have_come() -> None:
    tally = progress(LINES, DUE).tally
    assert (tally.total, tally.with_figure, tally.approved) == (7, 4, 3)
    assert (tally.missing, tally.drafted, tally.returned, tally.submitted) == (1, 1, 1, 1)
    assert (tally.met, tally.not_met) == (1, 2)
    assert tally.owed == 3


def test_only_approved_figures_are_held_against_their_target_largest_gap_first() -> None:
    gaps = progress(LINES, DUE).gaps
    assert [(gap.line.indicator, gap.reach) for gap in gaps] == [(2, Reach.FAR), (1, Reach.NOT_MET)]


def test_figures_held_against_a_target_that_nobody_confirmed_are_counted_apart() -> None:
    doubtful = [replace(one, doubtful=one.indicator in (1, 3, 4)) for one in LINES]
    tally = progress(doubtful, DUE).tally
    assert (tally.met, tally.not_met, tally.unsure) == (1, 2, 2)


def test_units_are_complete_and_in_time_by_their_last_figure() -> None:
    result = progress(LINES, DUE)
    clinic, police = result.units
    assert (clinic.unit, clinic.tally.complete, clinic.handed_in, clinic.in_time) == (
        CLINIC,
        True,
        date(2026, 6, 23),
        True,
    )
    assert (police.tally.complete, police.handed_in, police.in_time) == (False, None, None)
    assert result.complete_units == (CLINIC,)
    assert result.late_units == (POLICE,)


def test_a_figure_after_the_due_day_makes_its_unit_late() -> None:
    (unit,) = progress([line(1, CLINIC, 80, "80", EntryState.SUBMITTED, day=29)], DUE).units
    assert unit.in_time is False


def test_the_due_day_itself_is_in_time_by_vietnamese_time() -> None:
    evening = datetime(2026, 6, 26, 18, 0, tzinfo=UTC)  # already the 27th in Vietnam
    target = Target(Operator.EQUAL, Decimal(80), "%", Kind.PERCENT, "80 %")
    late = Line(1, "Chỉ tiêu", target, CLINIC, Entry(Figure(Decimal(80), "%"), EntryState.SUBMITTED, at=evening))
    (unit,) = progress([late], DUE).units
    assert unit.in_time is False


def test_groups_are_added_up_in_the_order_of_the_plan() -> None:
    ((group, tally),) = progress(LINES, DUE).groups
    assert (group, tally.total, tally.with_figure) == ("Xã hội số", 3, 3)


def test_an_empty_period_is_nothing_and_complete_for_nobody() -> None:
    result = progress([], DUE)
    assert result.tally.total == 0
    assert not result.tally.complete
    assert result.units == result.gaps == ()
