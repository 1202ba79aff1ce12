"""Figures beside targets and beside the last period."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan import Kind, Operator, Target
from reporting.comparison import Alarm, Reach, cautions, movement, reach, shortfall
from reporting.display import rate
from reporting.entry import Figure, Milestone


def percent(value: str) -> Figure:
    return Figure(Decimal(value), "%")


def of_counts(part: int, whole: int) -> Figure:
    return Figure(rate(Decimal(part), Decimal(whole)), "%", Decimal(part), Decimal(whole))


def target(operator: Operator | None, value: str | None, unit: str | None = "%") -> Target:
    kind = Kind.MILESTONE if value is None else Kind.PERCENT if unit == "%" else Kind.NUMBER
    return Target(operator, Decimal(value) if value else None, unit, kind, value or "Hoàn thành")


@pytest.mark.parametrize(
    ("operator", "goal", "value", "expected"),
    [
        (Operator.EQUAL, "60", "60", Reach.MET),
        (Operator.EQUAL, "60", "75", Reach.MET),
        (Operator.EQUAL, "60", "59,9", Reach.NOT_MET),
        (Operator.EQUAL, "15", "6,1", Reach.FAR),
        (Operator.MORE, "65", "65", Reach.NOT_MET),
        (Operator.MORE, "65", "65,1", Reach.MET),
        (Operator.AT_LEAST, "90", "90", Reach.MET),
        (Operator.AT_MOST, "5", "5", Reach.MET),
        (Operator.AT_MOST, "5", "6", Reach.NOT_MET),
        (Operator.LESS, "5", "5", Reach.NOT_MET),
        (None, "80", "76,3", Reach.NOT_MET),
    ],
)
def test_a_target_is_reached_as_its_operator_says(
    operator: Operator | None, goal: str, value: str, expected: Reach
) -> None:
    assert reach(percent(value.replace(",", ".")), target(operator, goal)) is expected


def test_counts_decide_before_rounding() -> None:
    assert reach(of_counts(9499999, 10000000), target(Operator.AT_LEAST, "95")) is Reach.NOT_MET


def test_a_milestone_is_reached_when_it_is_done() -> None:
    done = target(None, None, None)
    assert reach(Figure(milestone=Milestone.DONE), done) is Reach.MET
    assert reach(Figure(milestone=Milestone.UNDER_WAY), done) is Reach.NOT_MET
    assert reach(Figure(milestone=Milestone.NOT_STARTED), done) is Reach.FAR


def test_what_cannot_be_compared_is_not_judged() -> None:
    assert reach(Figure(unit="%", numerator=Decimal(7630)), target(Operator.EQUAL, "80")) is None
    assert reach(percent("80"), target(None, None)) is None


def test_the_way_from_the_last_period_is_told_in_points_or_units() -> None:
    moved = movement(of_counts(4390, 5753), of_counts(4102, 5753))
    assert moved is not None
    assert moved.text == "tăng 5,0 điểm"
    fewer = movement(Figure(Decimal(880), "hồ sơ"), Figure(Decimal(1000), "hồ sơ"))
    assert fewer is not None
    assert fewer.text == "giảm 120 hồ sơ"
    same = movement(percent("60"), percent("60"))
    assert same is not None
    assert same.text == "không đổi"
    assert movement(percent("60"), None) is None


def test_a_sharp_fall_is_told_with_both_figures() -> None:
    (caution,) = cautions(percent("12"), of_counts(4102, 5753))
    assert caution.alarm is Alarm.SHARP_FALL
    assert caution.short == "giảm 59,3 điểm"
    assert caution.sentence == "Kỳ trước là 71,3 %, nay 12 %: giảm 59,3 điểm."


@pytest.mark.parametrize(
    ("figure", "last", "alarms"),
    [
        (percent("76.3"), percent("71.3"), []),
        (percent("61"), percent("93.2"), [Alarm.SHARP_FALL]),
        (percent("95"), percent("40"), [Alarm.SHARP_RISE]),
        (percent("112"), None, [Alarm.OVER_HUNDRED]),
        (of_counts(430, 575), of_counts(4102, 5753), [Alarm.DENOMINATOR]),
        (of_counts(4390, 5800), of_counts(4102, 5753), []),
        (Figure(Decimal(500), "hồ sơ"), Figure(Decimal(1000), "hồ sơ"), [Alarm.SHARP_FALL]),
        (Figure(Decimal(4000), "hồ sơ"), Figure(Decimal(1000), "hồ sơ"), [Alarm.SHARP_RISE]),
        (Figure(Decimal(40), "hồ sơ"), Figure(Decimal(0), "hồ sơ"), []),
        (Figure(milestone=Milestone.UNDER_WAY), Figure(milestone=Milestone.DONE), [Alarm.STEP_BACK]),
        (Figure(milestone=Milestone.DONE), Figure(milestone=Milestone.UNDER_WAY), []),
        (percent("60"), None, []),
    ],
)
def test_what_looks_wrong_is_named_and_the_rest_is_not(
    figure: Figure, last: Figure | None, alarms: list[Alarm]
) -> None:
    found = cautions(figure, last)
    assert [caution.alarm for caution in found] == alarms
    assert all(caution.short and caution.sentence.endswith(".") for caution in found)


def test_a_plan_that_counts_beyond_a_hundred_is_believed() -> None:
    assert cautions(percent("112"), None, target(Operator.MORE, "100")) == ()
    assert cautions(percent("112"), None, target(Operator.EQUAL, "100")) != ()


@given(st.decimals(0, 200, places=1), st.sampled_from(Operator), st.decimals(0, 150, places=1))
def test_nothing_is_missing_exactly_when_the_target_is_reached(
    value: Decimal, operator: Operator, goal: Decimal
) -> None:
    figure, aim = Figure(value, "%"), Target(operator, goal, "%", Kind.PERCENT, "")
    missing = shortfall(figure, aim)
    assert missing is not None
    if reach(figure, aim) is Reach.MET:
        assert missing == 0
    else:
        assert missing >= 0
