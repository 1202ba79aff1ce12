"""Reading a plain number in its unit of measure: "1,2 triệu", "12 500 người"."""

from __future__ import annotations

from reporting.display import figure_text
from reporting.rates import as_count
from reporting.typed import Amount, Counts
from reporting.understood import Asked, Understood, ask, ask_between, known, option
from reporting.unit_of_measure import magnitude_of, only_whole


def number_alone(amount: Amount, asked: Asked) -> Understood:
    """One number, its magnitude turned into that of the unit: "3 tỷ" is 3.000 triệu đồng."""
    if amount.percent:
        return ask(f"Chỉ tiêu này không tính bằng %. {asked.please}")
    values = amount.values
    if amount.scaled:
        values = tuple(value / magnitude_of(asked.measure) for value in values)
    if only_whole(asked.measure):
        values = tuple(value for value in values if value == value.to_integral_value())
        if not amount.scaled:
            values = tuple(sorted(values)[-1:])  # whole things: "1.000" and "1,000" are both a thousand
        if not values:
            return ask(
                f"Số {asked.measure} phải là số nguyên, tôi nhận được {amount.text}. Anh/chị nhập lại, ví dụ 85."
            )
    if len(values) == 1:
        return known(asked.value(values[0]))
    if asked.measure is None and values[0] == values[0].to_integral_value():
        return known(asked.value(values[0]))
    return ask_between(amount, values, asked)


def part_of_counts(counts: Counts, asked: Asked) -> Understood:
    """A part and its whole where one number is wanted: asked back."""
    part = as_count(counts.part)
    question = f"Chỉ tiêu này cần một con số, không phải phân số {counts.part.text}/{counts.whole.text}."
    if only_whole(asked.measure) or asked.measure is None:
        figure = asked.value(part)
        return ask(f"{question} Anh/chị muốn ghi {figure_text(figure)}?", option(figure))
    return ask(f"{question} {asked.please}")
