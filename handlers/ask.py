"""Questions over the plans; whatever is no command and no answer to the bot is taken as one."""

from __future__ import annotations

from handlers.message import Choice, Outgoing
from handlers.step import Step
from handlers.texts import asking as texts
from handlers.turn import OnChoice, Turn, id_of

# Longer passages are cut when shown in full: what is kept for "Xem nguyên văn" travels in the state of the chat.
VERBATIM_LIMIT = 1500
# A question needs at least this many letters; "a?" is a slip of the finger.
_FEWEST_LETTERS = 3
# As many choices as a phone shows without scrolling.
_MOST_OPTIONS = 4


def answer(turn: Turn) -> Step:
    """Answer from the plans, with the place; what was begun stays begun."""
    reply, verbatim = reply_to(turn, turn.message.text)
    return Step(turn.state.with_slots(**verbatim), (reply,))


def reply_to(turn: Turn, question: str) -> tuple[Outgoing, dict[str, object]]:
    """The answer as a message, and the slots that its buttons need."""
    if turn.view.answer is None:
        return Outgoing(texts.NO_PLANS), {}
    if sum(c.isalpha() for c in question) < _FEWEST_LETTERS:
        return Outgoing(texts.QUESTION_TOO_SHORT), {}
    found = turn.view.answer(question)
    slots: dict[str, object] = {}
    taps: list[Choice] = []
    if found.options:
        options = found.options[:_MOST_OPTIONS]
        slots["options"] = [option.question for option in options]
        taps = [Choice(option.label, f"option:{n}") for n, option in enumerate(options)]
    elif found.citations:
        place = found.citations[0]
        text = found.verbatim or place.quote
        slots["verbatim"] = text[:VERBATIM_LIMIT]
        slots["place"] = place.document or place.file_name
        taps = [Choice(texts.VERBATIM, "verbatim")]
    return Outgoing(found.text, tuple(taps)), slots


def verbatim(turn: Turn) -> Step:
    """The words of the plan as printed."""
    text = turn.state.slots.get("verbatim")
    if not text:
        return turn.stay(texts.VERBATIM_GONE)
    return turn.stay(texts.VERBATIM_HEAD.format(place=turn.state.slots.get("place"), text=text))


def option(turn: Turn, number: str) -> Step:
    """One reading of an ambiguous question."""
    questions = turn.state.slots.get("options") or []
    if id_of(number) >= len(questions):
        return turn.stay(texts.VERBATIM_GONE)
    reply, slots = reply_to(turn, questions[id_of(number)])
    return Step(turn.state.with_slots(**slots), (reply,))


CHOICES: dict[str, OnChoice] = {"verbatim": verbatim, "option": option}
