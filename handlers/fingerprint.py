"""A few letters that stand for what somebody saw, so that a button cannot act on what has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from handlers.figure_slots import to_slots
from handlers.view import Item

# Four bytes: a changed figure passes unseen once in four thousand million, and a choice's value has 64 bytes in all.
_LETTERS = 8


def fingerprint(seen: object) -> str:
    """The same letters for whatever reads the same: plain values only."""
    return sha256(repr(seen).encode()).hexdigest()[:_LETTERS]


def of_figures(items: Iterable[Item]) -> str:
    """What the figures of these items were when they were shown."""
    return fingerprint(
        [(i.entry.id, i.entry.at, sorted(to_slots(i.entry.figure).items())) for i in items if i.entry is not None]
    )
