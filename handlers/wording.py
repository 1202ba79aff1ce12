"""How figures, targets, days and names are put into the sentences of ``handlers.texts``."""

from __future__ import annotations

from datetime import date, datetime

from handlers.view import Item
from knowledge.plan import Kind, Operator, Target
from reporting.display import figure_text, number_text
from reporting.entry import Entry, Milestone

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# A name in a list or on a button: longer ones are cut at a word, the full name stands in the question itself.
SHORT_NAME = 60

_OPERATOR_WORDS = {
    Operator.EQUAL: "",
    Operator.AT_LEAST: "từ ",
    Operator.MORE: "trên ",
    Operator.AT_MOST: "không quá ",
    Operator.LESS: "dưới ",
}


def day(when: date) -> str:
    """26/6/2026."""
    return f"{when.day}/{when.month}/{when.year}"


def weekday(when: date) -> str:
    """thứ Sáu 26/6/2026."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def short_day(when: date) -> str:
    """26/6."""
    return f"{when.day}/{when.month}"


def clock(at: datetime) -> str:
    """14:32."""
    return f"{at:%H:%M}"


def target_text(target: Target) -> str:
    """A target as people write it: "60 %", "trên 1,5 %", "hoàn thành"."""
    if target.kind is Kind.MILESTONE or target.value is None:
        return lower_first(target.text) if target.text else "hoàn thành"
    unit = f" {target.unit}" if target.unit else ""
    return f"{_OPERATOR_WORDS[target.operator or Operator.EQUAL]}{number_text(target.value)}{unit}"


def entry_text(entry: Entry | None, missing: str) -> str:
    """A reported figure as people write it, or the words for none."""
    return missing if entry is None else figure_text(entry.figure)


def lower_first(text: str) -> str:
    """The words inside a sentence; an abbreviation keeps its capitals."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def short_name(name: str, limit: int = SHORT_NAME) -> str:
    """A name cut at a word."""
    if len(name) <= limit:
        return name
    return name[: limit + 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"


def example_for(item: Item) -> str:
    """An example of what to type, close to what the unit typed last time."""
    last = item.last.figure if item.last else None
    if item.target.kind is Kind.PERCENT:
        if last and last.numerator is not None and last.denominator is not None:
            return f"{int(last.numerator)}/{int(last.denominator)}"
        return "76,3 hoặc 430/560"
    return "12"


def milestone_text(stage: Milestone) -> str:
    """hoàn thành, đang thực hiện, chưa thực hiện."""
    return {
        Milestone.DONE: "hoàn thành",
        Milestone.UNDER_WAY: "đang thực hiện",
        Milestone.NOT_STARTED: "chưa thực hiện",
    }[stage]
