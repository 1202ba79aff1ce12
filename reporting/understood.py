"""What comes of reading a typed figure, and what the reading may lean on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from knowledge.plan import Kind, Operator, Target
from reporting.display import figure_text, number_text, plain
from reporting.entry import Figure
from reporting.typed import Amount

# Buttons beyond this many no longer fit a phone's screen without scrolling.
MAX_OPTIONS: Final = 4

HUNDRED: Final = Decimal(100)
# A rate whose target lies above 100 % may pass its target, but not by this factor: that is a slip of the comma.
_TIMES_TARGET: Final = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the person may have meant, to be tapped.

    ``figure`` is None for "nothing to record yet": the indicator stays open. A figure with a numerator alone is a count
    whose total has still to be asked for.
    """

    label: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood. Either ``figure`` is set, or ``question`` asks back, with the readings there may be.

    ``echo`` is the figure as it is shown to the person; empty while it is asked.
    """

    figure: Figure | None
    echo: str
    question: str | None = None
    options: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the unit of measure and sort of value, and the evidence at hand."""

    measure: str | None
    kind: Kind
    target: Target | None
    last: Figure | None
    counted: str

    @property
    def unit(self) -> str | None:
        """The unit that the figure carries; a rate without one is in per cent."""
        return self.measure or ("%" if self.kind is Kind.PERCENT else None)

    @property
    def please(self) -> str:
        """The sentence that says what to type."""
        if self.kind is Kind.PERCENT:
            return "Anh/chị nhập tỷ lệ (ví dụ 76,3) hoặc số đạt/tổng số (ví dụ 4300/5753)."
        if self.kind is Kind.MILESTONE:
            return "Anh/chị chọn: hoàn thành, đang thực hiện hoặc chưa thực hiện."
        in_unit = f" tính bằng {self.measure}" if self.measure else ""
        return f"Anh/chị nhập một con số{in_unit}, ví dụ 85."

    @property
    def ceiling(self) -> Decimal:
        """The highest rate that is believed without asking."""
        goal = self.target.value if self.target else None
        more = self.target is not None and self.target.operator is Operator.MORE
        if goal is None or goal < HUNDRED or (goal == HUNDRED and not more):
            return HUNDRED
        return goal * _TIMES_TARGET

    def value(self, value: Decimal) -> Figure:
        """A figure of this value."""
        return Figure(value=plain(value), unit=self.unit)


def ask(question: str, *options: Reading) -> Understood:
    """Ask back."""
    return Understood(None, "", question, options[:MAX_OPTIONS])


def known(figure: Figure) -> Understood:
    """The figure is clear."""
    return Understood(figure, figure_text(figure))


def option(figure: Figure) -> Reading:
    """A figure to tap."""
    return Reading(figure_text(figure), figure)


def ask_between(amount: Amount, values: Sequence[Decimal], asked: Asked) -> Understood:
    """Ask which of the values that a numeral allows was meant."""
    named = " hay ".join(number_text(value) for value in values)
    question = f"Số {amount.text} có hai cách hiểu. Anh/chị muốn nói {named}?"
    return ask(question, *(option(asked.value(value)) for value in values))


def distinct(*readings: Reading) -> tuple[Reading, ...]:
    """The readings, each label once."""
    return tuple({reading.label: reading for reading in readings}.values())
