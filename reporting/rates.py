"""Reading a rate: one number, or a part and its whole; what lies above 100 % and what was counted is asked back."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from reporting.display import figure_text, number_text, plain, rate, with_unit
from reporting.entry import Figure
from reporting.typed import Amount, Counts, Typed
from reporting.understood import HUNDRED, Asked, Reading, Understood, ask, ask_between, distinct, known, option

# A share such as 0,85 is asked about once the target or the last figure is at least this: it may be Excel's 85 %.
_SHARE_DOUBT_FROM: Final = Decimal(10)


def rate_alone(amount: Amount, typed: Typed, asked: Asked) -> Understood:
    """One number where a rate is wanted."""
    if amount.scaled or (typed.things and not amount.percent):
        return _count_for_rate(amount, asked)
    possible = [value for value in amount.values if value <= asked.ceiling]
    if not possible:
        return _over_the_ceiling(amount, asked)
    if amount.values[0] not in possible:
        return _two_readings(amount, asked)
    if len(possible) > 1:
        return ask_between(amount, possible, asked)
    value = possible[0]
    if 0 < value < 1 and value != value.quantize(Decimal(1)) and _usually_large(asked):
        as_share, as_rate = asked.value(value), asked.value(value * HUNDRED)
        question = f"Anh/chị muốn nói {figure_text(as_share)} hay {figure_text(as_rate)}?"
        return ask(question, option(as_share), option(as_rate))
    return known(asked.value(value))


def _usually_large(asked: Asked) -> bool:
    usual = (asked.target.value if asked.target else None, asked.last.value if asked.last else None)
    return any(value is not None and value >= _SHARE_DOUBT_FROM for value in usual)


def _count_for_rate(amount: Amount, asked: Asked) -> Understood:
    if len(amount.values) > 1 or amount.values[0] != amount.values[0].to_integral_value():
        return ask(f"Chỉ tiêu này ghi bằng tỷ lệ. {asked.please}")
    options = count_options(amount.values[0], asked)
    return ask(f"Chỉ tiêu này ghi bằng tỷ lệ. Tổng số là bao nhiêu để tính ra %? {asked.please}", *options)


def count_options(count: Decimal, asked: Asked) -> tuple[Reading, ...]:
    """The count against the total of the last period, where that is possible; else the count with its total to come."""
    whole = asked.last.denominator if asked.last else None
    if whole and count <= whole:
        return (option(from_counts(count, whole, asked)),)
    return (Reading(with_unit(number_text(count), asked.counted), Figure(unit=asked.unit, numerator=plain(count))),)


def _over_the_ceiling(amount: Amount, asked: Asked) -> Understood:
    value = amount.values[0]
    opening = f"Số {number_text(value)} lớn hơn {number_text(asked.ceiling)} %."
    if value != value.to_integral_value():
        return ask(f"{opening} {asked.please}")
    shown, shifted = _with_point(value, asked)
    if amount.percent:
        return ask(f"{opening} Anh/chị muốn nói {shown} %?", option(asked.value(shifted)))
    counts = count_options(value, asked)
    question = f"{opening} Anh/chị muốn nói {shown} % hay {counts[0].label}?"
    return ask(question, option(asked.value(shifted)), *counts)


def _with_point(value: Decimal, asked: Asked) -> tuple[str, Decimal]:
    """The whole number with the comma it may have lost: 7630 gives "76,30"; every digit typed is kept in the words."""
    places = 0
    while value.scaleb(-places) > asked.ceiling:
        places += 1
    shifted = value.scaleb(-places)
    whole, _, decimals = f"{shifted:f}".partition(".")
    return f"{whole},{decimals}", shifted


def _two_readings(amount: Amount, asked: Asked) -> Understood:
    """ "7.630" for a rate: a count of thousands typed where a rate was asked, or seven and a half per cent."""
    usual, other = amount.values
    shifted = asked.value(_with_point(usual, asked)[1])
    options = distinct(option(asked.value(other)), option(shifted), *count_options(usual, asked))
    *first, final = (reading.label for reading in options)
    named = f"{', '.join(first)} hay {final}"
    opening = f"Số {number_text(usual)} lớn hơn {number_text(asked.ceiling)} %."
    return ask(f"{opening} Anh/chị muốn nói {named}?", *options)


def from_counts(part: Decimal, whole: Decimal, asked: Asked) -> Figure:
    """The rate that two counts give, with the counts."""
    return Figure(value=rate(part, whole), unit=asked.unit, numerator=plain(part), denominator=plain(whole))


def rate_of_counts(counts: Counts, asked: Asked) -> Understood:
    """A part and its whole where a rate is wanted."""
    if counts.part.percent or (counts.whole.percent and counts.part.values[0] > HUNDRED):
        return ask(f"Tôi chưa rõ số đạt và tổng số. {asked.please}")
    part, whole = as_count(counts.part), as_count(counts.whole)
    if whole == 0:
        return ask("Tổng số không thể là 0. Anh/chị nhập lại số đạt/tổng số, ví dụ 4300/5753.")
    if part * HUNDRED / whole <= asked.ceiling:
        figure = from_counts(part, whole, asked)
        return _reached_of_target(part, figure, asked) if _may_be_target(part, whole, asked) else known(figure)
    shown = f"{number_text(part)}/{number_text(whole)}"
    question = f"Số đạt {number_text(part)} lớn hơn tổng số {number_text(whole)}. Anh/chị kiểm tra lại giúp {shown}?"
    if part == 0 or asked.ceiling > HUNDRED:
        return ask(question)
    return ask(question, option(from_counts(whole, part, asked)))


def _may_be_target(part: Decimal, whole: Decimal, asked: Asked) -> bool:
    """True where "75/80" may mean 75 % reached of the 80 % aimed at: the whole is the target, or there are decimals."""
    goal = asked.target.value if asked.target else None
    if whole > HUNDRED and part > HUNDRED:
        return False
    decimals = any(count != count.to_integral_value() for count in (part, whole))
    return decimals or (goal == whole and whole < HUNDRED)


def _reached_of_target(part: Decimal, figure: Figure, asked: Asked) -> Understood:
    reached = asked.value(part)
    question = f"Anh/chị muốn nói {figure_text(figure)}, hay đã đạt {figure_text(reached)}?"
    return ask(question, option(figure), option(reached))


def as_count(amount: Amount) -> Decimal:
    """The whole-number reading where there is one: in a pair, "4,390" and "4.390" are both four thousand."""
    whole = [value for value in amount.values if value == value.to_integral_value()]
    return whole[0] if whole else amount.values[0]
