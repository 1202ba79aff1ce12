"""A figure as plain JSON, for the slots of a conversation's state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reporting.entry import Figure, Milestone

Slots = dict[str, str | None]


def to_slots(figure: Figure) -> Slots:
    """Decimals as text, so that nothing is rounded on the way."""
    return {
        "value": _text(figure.value),
        "unit": figure.unit,
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "milestone": figure.milestone.value if figure.milestone else None,
    }


def from_slots(slots: Mapping[str, str | None]) -> Figure:
    """The figure that ``to_slots`` wrote."""
    milestone = slots["milestone"]
    return Figure(
        value=_decimal(slots["value"]),
        unit=slots["unit"],
        numerator=_decimal(slots["numerator"]),
        denominator=_decimal(slots["denominator"]),
        milestone=Milestone(milestone) if milestone else None,
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
