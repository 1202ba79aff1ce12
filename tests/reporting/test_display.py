"""Figures, targets and days as people in Vietnam read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan import Kind, Operator, Target
from reporting.display import (
    day_text,
    difference_text,
    figure_text,
    number_text,
    plain,
    points_text,
    rate,
    rounded_text,
    target_text,
)
from reporting.entry import Figure, Milestone
from reporting.numeral import readings


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("60.50", "60,5"),
        ("1234", "1.234"),
        ("1234567.89", "1.234.567,89"),
        ("1E+2", "100"),
        ("-0.25", "-0,25"),
    ],
)
def test_numbers_have_dots_between_thousands_and_a_comma_before_decimals(value: str, text: str) -> None:
    assert number_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("76.308", "76,3"), ("60", "60"), ("99.98", "99,98"), ("99.9983", "99,998"), ("0.04", "0,04"), ("12.5", "12,5")],
)
def test_a_rounded_rate_never_looks_whole_when_it_is_not(value: str, text: str) -> None:
    assert rounded_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(Decimal("60.5"), "%"), "60,5 %"),
        (Figure(rate(Decimal(4390), Decimal(5753)), "%", Decimal(4390), Decimal(5753)), "76,3 % (4.390/5.753)"),
        (Figure(rate(Decimal(5752), Decimal(5753)), "%", Decimal(5752), Decimal(5753)), "99,98 % (5.752/5.753)"),
        (Figure(Decimal(1234), "hồ sơ"), "1.234 hồ sơ"),
        (Figure(Decimal(60), "% dân số"), "60 % dân số"),
        (Figure(milestone=Milestone.UNDER_WAY), "đang thực hiện"),
        (Figure(unit="%", numerator=Decimal(7630)), "7.630/?"),
        (Figure(), "chưa có số liệu"),
    ],
)
def test_figures(figure: Figure, text: str) -> None:
    assert figure_text(figure) == text


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Target(Operator.EQUAL, Decimal(80), "%", Kind.PERCENT, "80%"), "80 %"),
        (Target(Operator.AT_LEAST, Decimal(40), "Mbit/s", Kind.NUMBER, ""), "tối thiểu 40 Mbit/s"),
        (Target(Operator.MORE, Decimal(65), None, Kind.PERCENT, "> 65%"), "trên 65 %"),
        (Target(Operator.AT_MOST, Decimal(5), "%", Kind.PERCENT, ""), "tối đa 5 %"),
        (Target(None, None, None, Kind.MILESTONE, "Hoàn thành"), "Hoàn thành"),
        (Target(None, None, None, Kind.MILESTONE, ""), "hoàn thành"),
    ],
)
def test_targets(target: Target, text: str) -> None:
    assert target_text(target) == text


def test_differences_are_points_for_rates_and_units_for_numbers() -> None:
    assert points_text(Decimal("5.006")) == "5,0 điểm"
    assert difference_text(Decimal("-59.3019"), "%") == "59,3 điểm"
    assert difference_text(Decimal(-120), "hồ sơ") == "120 hồ sơ"


def test_days() -> None:
    due = date(2026, 6, 26)
    assert day_text(due) == "26/6/2026"
    assert day_text(due, weekday=True) == "thứ Sáu 26/6/2026"
    assert day_text(due, year=False) == "26/6"
    assert day_text(date(2026, 6, 28), weekday=True, year=False) == "Chủ nhật 28/6"


@given(st.decimals(0, 10**9, places=3))
def test_a_shown_number_can_be_read_as_itself(value: Decimal) -> None:
    assert value in readings(number_text(value))
    assert plain(value) == value
