"""What a person types while an indicator waits for its figure: a figure, a word, several at once, or a question."""

from __future__ import annotations

import json
from dataclasses import replace

from handlers.ask import asks
from handlers.changes import Change, SaveDraft
from handlers.desk import current, waiting, with_draft
from handlers.figure_slots import from_slots, to_slots
from handlers.fingerprint import fingerprint
from handlers.message import Choice, MessageKind, Outgoing
from handlers.question import again, here_of
from handlers.report import ask, at_question, back_here, here, keep_here, resumed, skip_here, start, stop, take
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common
from handlers.texts import reporting as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk, Item
from handlers.warning import oddity
from handlers.wording import example_for, upper_first
from knowledge.repair import strip_marks
from reporting.comparison import movement
from reporting.display import figure_text, number_text
from reporting.entry import Figure
from reporting.figure import read_figure
from reporting.several import read_many
from reporting.understood import Understood
from reporting.unit_of_measure import share_of

# Words that move through the questions, as people type them, folded.
_WORDS = {
    "giu nhu ky truoc": keep_here,
    "giu nguyen": keep_here,
    "nhu ky truoc": keep_here,
    "nhu cu": keep_here,
    "giu": keep_here,
    "bo qua": skip_here,
    "bo": skip_here,
    "qua": skip_here,
    "quay lai": back_here,
    "lui lai": back_here,
    "truoc": back_here,
    "dung lai": stop,
}
# A message of this many words that is no figure is a sentence, and so a question.
_QUESTION_WORDS = 4
# What is quoted back of a message that was not understood.
_QUOTED = 30


def on_message(turn: Turn) -> Step | None:
    """Take what came while a figure is awaited; None when it is a question for the plans."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, item, queue, at = place
    if turn.message.kind in (MessageKind.PHOTO, MessageKind.FILE):
        said = texts.PHOTO_FOR_FIGURE.format(example=example_for(item))
        return Step(turn.state, (again(desk, item, at + 1, len(queue), said),))
    folded = " ".join(strip_marks(turn.message.text).strip(" .!").split())
    if folded in _WORDS:
        return _WORDS[folded](turn)
    if asks(folded):
        return None
    several = read_many(turn.message.text)
    if several is not None:
        return _several(turn, desk, several)
    understood = _read(turn.message.text, item)
    if understood.figure is not None:
        return judge(turn, understood.figure)
    if understood.options:
        return _which(turn, here_of(desk, item), understood)
    if len(folded.split()) >= _QUESTION_WORDS and not any(c.isdigit() for c in folded):
        return None
    said = understood.question or texts.NOT_A_FIGURE.format(example=example_for(item))
    return Step(turn.state, (again(desk, item, at + 1, len(queue), said),))


def _read(text: str, item: Item) -> Understood:
    last = item.last.figure if item.last else None
    counted = share_of(item.name) or texts.COUNTED
    return read_figure(
        text, unit=item.target.unit, kind=item.target.kind, target=item.target, last=last, counted=counted
    )


def _which(turn: Turn, asked: str, understood: Understood) -> Step:
    readings = [to_slots(option.figure) if option.figure else None for option in understood.options]
    seen = _seen(readings)
    choices = [Choice(option.label, f"reading:{asked}:{n}:{seen}") for n, option in enumerate(understood.options)]
    state = replace(turn.state.with_slots(readings=readings), step="which")
    question = Outgoing(
        understood.question or "", (*choices, Choice(texts.ENTER_AGAIN, f"again:{asked}")), awaits_figure=True
    )
    return Step(state, (question,))


def _seen(shown: object) -> str:
    """What the figures in the slots were; their keys in one order, whatever kept them."""
    return fingerprint(json.dumps(shown, sort_keys=True))


def _stands(turn: Turn, step: str, indicator: str, unit: str, period: str) -> bool:
    """True while the doubt that a button belongs to is the one that stands."""
    place = here(turn) if turn.state.step == step else None
    return place is not None and here_of(place[0], place[1]) == f"{indicator}:{unit}:{period}"


def chosen(turn: Turn, indicator: str, unit: str, period: str, number: str, seen: str) -> Step:
    """One of the readings that were offered for an unclear figure."""
    readings = turn.state.slots.get("readings")
    if not readings or not _stands(turn, "which", indicator, unit, period) or _seen(readings) != seen:
        return turn.stay(common.STALE_CHOICE)
    if id_of(number) >= len(readings):
        return turn.stay(common.STALE_CHOICE)
    reading = readings[id_of(number)]
    turn = turn.at(resumed(turn))
    return skip_here(turn) if reading is None else judge(turn, from_slots(reading))


def enter_again(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """Ask the button's question once more."""
    turn, open_ = at_question(turn, indicator, unit, period)
    place = here(turn)
    if not open_ or place is None:
        return turn.say(common.STALE_CHOICE)
    desk, _, queue, at = place
    return ask(turn, desk, queue, at)


def judge(turn: Turn, figure: Figure) -> Step:
    """Keep a figure that looks right; have an odd one confirmed with a reason, a count completed with its total."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, item, _, _ = place
    again_ = Choice(texts.ENTER_AGAIN, f"again:{here_of(desk, item)}")
    if figure.numerator is not None and figure.denominator is None:
        state = replace(turn.state.with_slots(count=str(figure.numerator)), step="total")
        question = texts.ASK_TOTAL.format(count=number_text(figure.numerator))
        return Step(state, (Outgoing(question, (again_,), awaits_figure=True),))
    warning = oddity(figure, item)
    if warning is None:
        return take(turn, figure, said_of(figure, item))
    pending = to_slots(figure)
    state = replace(turn.state.with_slots(pending=pending), step="odd")
    choices = (Choice(texts.ODD_YES, f"odd:{here_of(desk, item)}:{_seen(pending)}"), again_)
    return Step(state, (Outgoing(texts.ODD.format(warning=warning), choices, awaits_figure=True),))


def on_total(turn: Turn) -> Step | None:
    """The total that a count is a part of; the rate is computed from both."""
    count = turn.state.slots["count"]
    turn = turn.at(resumed(turn))
    typed = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or "/" in typed or not any(c.isdigit() for c in typed):
        return on_message(turn)
    return on_message(turn.about(replace(turn.message, text=f"{count}/{typed}")))


def said_of(figure: Figure, item: Item) -> str:
    """The echo of a figure, with the change since last period."""
    moved = movement(figure, item.last.figure if item.last else None)
    said = texts.UNDERSTOOD.format(figure=figure_text(figure))
    return said if moved is None else said + texts.MOVED.format(movement=upper_first(moved.text))


def confirm_odd(turn: Turn, indicator: str, unit: str, period: str, seen: str) -> Step:
    """The odd figure is right, if it is still the one that the button stood under."""
    if not _stands(turn, "odd", indicator, unit, period) or _seen(turn.state.slots.get("pending")) != seen:
        return turn.stay(common.STALE_CHOICE)
    return _ask_reason(turn)


def _ask_reason(turn: Turn) -> Step:
    """The reason that goes with an odd figure."""
    return Step(replace(turn.state, step="reason"), (Outgoing(texts.ASK_REASON),))


def on_reason(turn: Turn) -> Step:
    """The reason for an odd figure; a bare number is taken as a new figure instead."""
    text = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or not any(c.isalpha() for c in text):
        return turn.stay(texts.REASON_NEEDS_WORDS)
    figure = from_slots(turn.state.slots["pending"])
    turn = turn.at(resumed(turn))
    place = here(turn)
    if place is None:
        return start(turn)
    return take(turn, figure, said_of(figure, place[1]), text)


def on_doubt(turn: Turn) -> Step | None:
    """Words typed while a doubt about a figure stands: yes, or a new figure."""
    folded = strip_marks(turn.message.text).strip(" .!")
    if turn.state.step == "odd" and folded in ("dung", "dung vay", "co", "u", "vang", "ok", "phai", "xac nhan"):
        return _ask_reason(turn)
    return on_message(turn.at(resumed(turn)))


def on_list(turn: Turn) -> Step | None:
    """Figures for several indicators, typed while nothing is awaited; None for anything else."""
    several = read_many(turn.message.text)
    desks = current(turn.view)
    if several is None or len(desks) != 1:
        return None
    desk = desks[0]
    queue = [item.indicator for item in waiting(desk)]
    state = IDLE.at("report", "figure", unit=desk.unit.id, period=desk.period.id, queue=queue, at=0)
    return _several(turn.at(state), desk, several)


def _several(turn: Turn, desk: Desk, several: list[tuple[int, str]]) -> Step:
    """Figures for several indicators of the unit's list at once, by their numbers."""
    by_number = {item.number: item for item in desk.items}
    changes: list[Change] = []
    taken: list[str] = []
    unclear: list[str] = []
    for number, typed in several:
        item = by_number.get(number)
        understood = _read(typed, item) if item else None
        figure = understood.figure if understood else None
        if item is None or figure is None or oddity(figure, item):
            words = _why_not(item, figure)
            unclear.append(words.format(number=number, figure=typed.strip()[:_QUOTED], last=len(desk.items)))
            continue
        change = SaveDraft(item.indicator, desk.unit.id, desk.period.id or 0, figure)
        changes.append(change)
        desk = with_draft(desk, change)
        taken.append(texts.SEVERAL_LINE.format(number=number, figure=figure_text(figure)))
    left = waiting(desk)
    said = texts.SEVERAL.format(count=len(taken), lines="; ".join(taken)) if taken else texts.SEVERAL_NONE
    if left:
        said += texts.SEVERAL_LEFT.format(left=len(left))
    said = "\n".join((said, *unclear))
    if not left:
        return ask(turn, desk, (), 0, said, tuple(changes))
    there = f"{desk.unit.id}:{desk.period.id}"
    choices = (Choice(texts.CONTINUE, f"report:{there}"), Choice(texts.REVIEW_AGAIN, f"look:{there}"))
    queue = [item.indicator for item in left]
    state = replace(turn.state, step="figure", slots={**resumed(turn).slots, "queue": queue, "at": 0})
    return Step(state, (Outgoing(said, choices, awaits_figure=True),), tuple(changes))


def _why_not(item: Item | None, figure: Figure | None) -> str:
    if item is None:
        return texts.SEVERAL_NO_LINE
    return texts.SEVERAL_UNCLEAR if figure is None else texts.SEVERAL_ODD


CHOICES: dict[str, OnChoice] = {"reading": chosen, "again": enter_again, "odd": confirm_odd}
