"""What a reviewer should look at twice."""

from __future__ import annotations

from reporting.comparison import oddity

from handlers.view import Item


def warning_of(item: Item) -> str | None:
    """Why this figure is odd beside its target and its last period, in words; None when it is not."""
    if item.entry is None:
        return None
    return oddity(item.entry.figure, item.last.figure if item.last else None, item.target)
