"""A figure as understood, as the JSON object of ``dondoc value TEXT --unit UNIT --json``; the shape is a contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reporting.understood import Understood


def understood_json(understood: Understood, unit: str | None) -> dict[str, Any]:
    """``{"value", "numerator", "denominator", "unit", "understood", "question"}``; null for what is not known.

    ``value`` stays null while ``question`` asks. A milestone has no value; its stage stands in ``understood``.
    """
    figure = understood.figure
    return {
        "value": _number(figure.value if figure else None),
        "numerator": _number(figure.numerator if figure else None),
        "denominator": _number(figure.denominator if figure else None),
        "unit": (figure.unit if figure else None) or unit,
        "understood": understood.echo or None,
        "question": understood.question,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
