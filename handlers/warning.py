"""What a figure should be looked at twice for: said to the reporter as a sentence, to the reviewer in short."""

from __future__ import annotations

from handlers.view import Item
from reporting.comparison import Caution, cautions
from reporting.entry import Figure


def warning_of(item: Item) -> str | None:
    """Why this figure is odd beside its target and its last period, for the reviewer; None when it is not."""
    if item.entry is None:
        return None
    return "; ".join(caution.short for caution in _cautions(item.entry.figure, item)) or None


def oddity(figure: Figure, item: Item) -> str | None:
    """The gravest oddity of a figure just typed, as a sentence for the person; None for an ordinary one."""
    found = _cautions(figure, item)
    return found[0].sentence if found else None


def _cautions(figure: Figure, item: Item) -> tuple[Caution, ...]:
    return cautions(figure, item.last.figure if item.last else None, item.target)
