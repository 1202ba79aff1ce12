"""Finding one's way on a unit's desk: which items wait, what a desk looks like after a change of this very turn."""

from __future__ import annotations

from dataclasses import replace

from handlers.changes import SaveDraft
from handlers.view import Desk, Item, Standing, View
from reporting.entry import Entry, EntryState


def desk_of(view: View, unit: int, period: int) -> Desk | None:
    """The person's own desk of this unit and period, if it is still open."""
    return next((d for d in view.desks if d.unit.id == unit and d.period.id == period), None)


def current(view: View) -> tuple[Desk, ...]:
    """The desk that each of the person's units is to report on now, where there is something to report: in the earliest
    open period that it has not finished, else in the latest."""
    by_unit: dict[int, Desk] = {}
    for desk in view.desks:
        known = by_unit.get(desk.unit.id)
        if desk.items and (known is None or handed_in(known)):
            by_unit[desk.unit.id] = desk
    return tuple(by_unit.values())


def item_of(desk: Desk, indicator: int) -> Item | None:
    """One indicator on a desk."""
    return next((item for item in desk.items if item.indicator == indicator), None)


def with_draft(desk: Desk, change: SaveDraft) -> Desk:
    """The desk as it is once the draft is saved, for what is said in the same turn."""
    entry = Entry(change.figure, EntryState.DRAFT, note=change.note)
    items = tuple(replace(i, entry=entry) if i.indicator == change.indicator else i for i in desk.items)
    return replace(desk, items=items)


def waiting(desk: Desk) -> tuple[Item, ...]:
    """Items that still need a figure from the unit."""
    return tuple(item for item in desk.items if item.open)


def drafts(desk: Desk) -> tuple[Item, ...]:
    """Items with a figure that has not been submitted."""
    return tuple(i for i in desk.items if i.entry is not None and i.entry.state is EntryState.DRAFT)


def filled(desk: Desk) -> tuple[Item, ...]:
    """Items with a figure in any state that stands for the unit (a returned one does not)."""
    return tuple(item for item in desk.items if not item.open)


def in_state(desk: Desk, *states: EntryState) -> tuple[Item, ...]:
    """Items whose entry is in one of these states."""
    return tuple(i for i in desk.items if i.entry is not None and i.entry.state in states)


def handed_in(desk: Desk) -> bool:
    """True when every indicator was submitted or approved."""
    return bool(desk.items) and len(in_state(desk, EntryState.SUBMITTED, EntryState.APPROVED)) == len(desk.items)


def units_with_items(standing: Standing) -> tuple[Desk, ...]:
    """The desks that owe a report at all."""
    return tuple(desk for desk in standing.desks if desk.items)
