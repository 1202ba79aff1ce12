"""An ``Entry`` as a row and back again."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row

from reporting.entry import Entry, EntryState, Figure, Milestone
from storage.models import EntryRow

# What an entry is made of, with the columns that say whose it is; as plain columns, since a desk has dozens of them.
ENTRY_COLUMNS: Final = (
    EntryRow.id,
    EntryRow.indicator_id,
    EntryRow.unit_id,
    EntryRow.period_id,
    EntryRow.value,
    EntryRow.measure,
    EntryRow.numerator,
    EntryRow.denominator,
    EntryRow.milestone,
    EntryRow.state,
    EntryRow.note,
    EntryRow.reason,
    EntryRow.at,
)


def figure_columns(figure: Figure) -> dict[str, Any]:
    """A figure as column values."""
    return {
        "value": figure.value,
        "measure": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "milestone": figure.milestone,
    }


def figure_of(row: EntryRow | Row[*tuple[Any, ...]]) -> Figure:
    """The figure of a row."""
    milestone = None if row.milestone is None else Milestone(row.milestone)
    return Figure(row.value, row.measure, row.numerator, row.denominator, milestone)


def entry_of(row: EntryRow | Row[*tuple[Any, ...]]) -> Entry:
    """The entry of a row."""
    return Entry(figure_of(row), EntryState(row.state), row.note, row.reason, row.at, row.id)


def entry_json(row: EntryRow) -> dict[str, Any]:
    """An entry for the audit trail: plain JSON, decimals as text so that no digit is lost."""
    shape: dict[str, Any] = {
        "indicator": row.indicator_id,
        "unit": row.unit_id,
        "period": row.period_id,
        "state": row.state,
        "milestone": row.milestone,
        "measure": row.measure,
        "note": row.note,
        "reason": row.reason,
    }
    for name in ("value", "numerator", "denominator"):
        number = getattr(row, name)
        shape[name] = None if number is None else format(number, "f")
    return {name: value for name, value in shape.items() if value is not None}
