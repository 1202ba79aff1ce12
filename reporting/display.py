"""Figures, targets and days as people in Vietnam read them: "76,3 % (4.390/5.753)", "1.234 hồ sơ", "hoàn thành".

What is shown of a typed figure reads back as the same figure (``reporting.figure.read_figure``).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from knowledge.plan import Kind, Operator, Target
from reporting.entry import Figure, Milestone
from reporting.unit_of_measure import kind_of_unit

MILESTONE_WORDS: Final = {
    Milestone.NOT_STARTED: "chưa thực hiện",
    Milestone.UNDER_WAY: "đang thực hiện",
    Milestone.DONE: "hoàn thành",
}

_OPERATOR_WORDS: Final = {
    Operator.AT_LEAST: "tối thiểu ",
    Operator.MORE: "trên ",
    Operator.AT_MOST: "tối đa ",
    Operator.LESS: "dưới ",
}

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# Rates computed from counts are kept to this many decimals: enough to tell 57.529 from 57.530 people.
RATE_STEP: Final = Decimal("0.0001")


def number_text(value: Decimal) -> str:
    """A number with all its decimals, dots between thousands and a comma before decimals: "1.234", "60,5", "-0,25"."""
    plain = f"{abs(value):f}"
    whole, _, decimals = plain.partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent: 60.50 is 60.5, 1E+2 is 100."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def rate(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The percentage that the counts give, to ``RATE_STEP``. The denominator must not be 0."""
    return plain((numerator * 100 / denominator).quantize(RATE_STEP, ROUND_HALF_UP))


def rounded_text(value: Decimal) -> str:
    """A computed value to one decimal, to more where one would make it look whole: 76.308 is "76,3", 99.98 "99,98"."""
    for places in range(1, 5):
        short = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if short != short.to_integral_value() or short == value:
            return number_text(short)
    return number_text(value)


def points_text(difference: Decimal) -> str:
    """The size of a difference between two rates, always with one decimal: "5,0 điểm"."""
    size = abs(difference).quantize(Decimal("0.1"), ROUND_HALF_UP)
    whole, _, decimals = f"{size:f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + f",{decimals} điểm"


def with_unit(number: str, unit: str | None) -> str:
    """A number before its unit of measure: "60 %", "60 % dân số", "1.234 hồ sơ"."""
    return f"{number} {unit}" if unit else number


def figure_text(figure: Figure) -> str:
    """A figure as it is shown to people; "chưa có số liệu" for an empty one.

    A rate with its counts is shown to one decimal, since the counts say the rest; a typed rate with all its decimals.
    A count without its total ("7.630/?") is shown as such.
    """
    if figure.milestone is not None:
        return MILESTONE_WORDS[figure.milestone]
    if figure.numerator is not None and figure.denominator is not None and figure.value is not None:
        counts = f"{number_text(figure.numerator)}/{number_text(figure.denominator)}"
        return f"{with_unit(rounded_text(figure.value), figure.unit)} ({counts})"
    if figure.value is not None:
        return with_unit(number_text(figure.value), figure.unit)
    if figure.numerator is not None:
        return f"{number_text(figure.numerator)}/?"
    return "chưa có số liệu"


def target_text(target: Target) -> str:
    """A target as it is shown beside a figure: "80 %", "tối thiểu 90 %", "trên 65 %", "hoàn thành"."""
    if target.value is None:
        return target.text or MILESTONE_WORDS[Milestone.DONE]
    unit = target.unit or ("%" if target.kind is Kind.PERCENT else None)
    words = _OPERATOR_WORDS.get(target.operator, "") if target.operator else ""
    return words + with_unit(number_text(target.value), unit)


def difference_text(difference: Decimal, unit: str | None) -> str:
    """The size of a change in the unit's own words: points for rates, the unit itself for numbers."""
    if kind_of_unit(unit) is Kind.PERCENT:
        return points_text(difference)
    return with_unit(number_text(abs(difference)), unit)


def day_text(day: date, *, weekday: bool = False, year: bool = True) -> str:
    """A day: "26/6/2026", "thứ Sáu 26/6/2026", "26/6"."""
    text = f"{day.day}/{day.month}/{day.year}" if year else f"{day.day}/{day.month}"
    return f"{_WEEKDAYS[day.weekday()]} {text}" if weekday else text
