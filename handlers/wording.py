"""How figures, targets, days and names are put into the sentences of ``handlers.texts``."""

from __future__ import annotations

from datetime import date, datetime

from handlers.view import Item
from knowledge.plan import Kind, Target
from reporting import display
from reporting.display import day_text, figure_text
from reporting.entry import Entry

# A name in a list or on a button: longer ones are cut at a word, the full name stands in the question itself.
SHORT_NAME = 60


def day(when: date) -> str:
    """26/6/2026."""
    return day_text(when)


def weekday(when: date) -> str:
    """thứ Sáu 26/6/2026."""
    return day_text(when, weekday=True)


def short_day(when: date) -> str:
    """26/6."""
    return day_text(when, year=False)


def clock(at: datetime) -> str:
    """14:32."""
    return f"{at:%H:%M}"


def target_text(target: Target) -> str:
    """A target inside a sentence: "60 %", "trên 1,5 %", "hoàn thành"."""
    return lower_first(display.target_text(target))


def entry_text(entry: Entry | None, missing: str) -> str:
    """A reported figure as people write it, or the words for none."""
    return missing if entry is None else figure_text(entry.figure)


def lower_first(text: str) -> str:
    """The words inside a sentence; an abbreviation keeps its capitals."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The words at the start of a sentence."""
    return text[:1].upper() + text[1:]


def short_name(name: str, limit: int = SHORT_NAME) -> str:
    """A name cut at a word."""
    if len(name) <= limit:
        return name
    return name[: limit + 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"


def example_for(item: Item) -> str:
    """An example of what to type. Never a figure of the unit's own: people would send it back."""
    return "76,3 hoặc 430/560" if item.target.kind is Kind.PERCENT else "12"
