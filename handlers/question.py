"""Showing one indicator to the person who reports it."""

from __future__ import annotations

from handlers.message import Choice, Outgoing
from handlers.texts import reporting as texts
from handlers.view import Desk, Item
from handlers.wording import entry_text, example_for, target_text
from reporting.entry import EntryState, Milestone


def show(desk: Desk, item: Item, position: int, total: int, before: str = "") -> Outgoing:
    """The question for one indicator: target and last value in view, and what can be tapped.

    ``before`` is what was just understood; it comes first, so that one message answers and asks.
    """
    target = target_text(item.target)
    lines = [
        texts.QUESTION_HEAD.format(position=position, total=total, name=item.name),
        (texts.QUESTION_TARGET_DOUBTFUL if item.doubts else texts.QUESTION_TARGET).format(target=target)
        + _last(item)
        + _current(item),
        _what_to_enter(item),
    ]
    text = "\n".join(([before] if before else []) + lines)
    return Outgoing(text, taps(desk, item, position), awaits_figure=not item.is_milestone)


def again(desk: Desk, item: Item, position: int, total: int, before: str) -> Outgoing:
    """The taps of a question that was interrupted, without repeating all of it."""
    back = texts.BACK_TO.format(position=position, total=total)
    return Outgoing(f"{before}\n{back}", taps(desk, item, position), awaits_figure=not item.is_milestone)


def here_of(desk: Desk, item: Item) -> str:
    """How a choice names a question: its indicator, unit and period."""
    return f"{item.indicator}:{desk.unit.id}:{desk.period.id}"


def taps(desk: Desk, item: Item, position: int) -> tuple[Choice, ...]:
    """Choices of a question; each names its indicator, so that an old button cannot answer a new question."""
    here = here_of(desk, item)
    choices: list[Choice] = []
    if item.is_milestone:
        choices += [Choice(texts.MILESTONES[stage.value], f"stage:{stage.value}:{here}") for stage in _STAGES]
    elif item.last is not None:
        choices.append(Choice(texts.KEEP_LAST, f"keep:{here}"))
    choices.append(Choice(texts.SKIP, f"skip:{here}"))
    if position > 1:
        choices.append(Choice(texts.GO_BACK, f"back:{here}"))
    choices.append(Choice(texts.STOP, "stop"))
    return tuple(choices)


_STAGES = (Milestone.DONE, Milestone.UNDER_WAY, Milestone.NOT_STARTED)


def _last(item: Item) -> str:
    if item.last is None:
        return texts.QUESTION_NO_LAST
    return texts.QUESTION_LAST.format(figure=entry_text(item.last, texts.REVIEW_MISSING))


def _current(item: Item) -> str:
    if item.entry is None:
        return ""
    said = texts.QUESTION_DRAFT.format(figure=entry_text(item.entry, texts.REVIEW_MISSING))
    if item.entry.state is EntryState.RETURNED and item.entry.reason:
        said += texts.QUESTION_RETURNED.format(reason=item.entry.reason.rstrip("."))
    return said


def _what_to_enter(item: Item) -> str:
    if item.is_milestone:
        return texts.ASK_MILESTONE
    if item.target.unit == "%":
        return texts.ASK_PERCENT.format(example=example_for(item))
    return texts.ASK_NUMBER.format(unit=item.target.unit) if item.target.unit else texts.ASK_NUMBER_PLAIN
