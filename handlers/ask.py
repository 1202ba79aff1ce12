"""Questions over the plans; whatever is no command and no answer to the bot is taken as one."""

from __future__ import annotations

import re

from handlers.message import Choice, Outgoing
from handlers.step import Step
from handlers.texts import asking as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Item
from handlers.wording import target_text
from knowledge.repair import strip_marks
from retrieval.answer import AnswerKind

# Longer passages are cut when shown in full: what is kept for "Xem nguyên văn" travels in the state of the chat.
VERBATIM_LIMIT = 1500
# Of a scan's print, which only shows how it looks.
_SCANNED_LIMIT = 160
# A question needs at least this many letters; "a?" is a slip of the finger.
_FEWEST_LETTERS = 3
# What makes a question one about the indicator that is being asked for, folded.
_THIS_ONE = ("chi tieu nay", "cau nay", "cai nay", "so nay", "muc nay", "o tren", "tinh the nao", "tinh sao")
# What makes a message a question for the plans, folded; a figure or a reason never holds these.
_ASKING = (
    "?",
    "bao nhieu",
    "la gi",
    "the nao",
    "nhu nao",
    "khi nao",
    "bao gio",
    "o dau",
    "tai sao",
    "vi sao",
    "la sao",
)
# As many choices as a phone shows without scrolling.
_MOST_OPTIONS = 4


def asks(text: str) -> bool:
    """True for words that only a question holds, whatever the conversation waits for."""
    folded = strip_marks(text)
    return any(words in folded for words in _ASKING)


def answer(turn: Turn) -> Step:
    """Answer from the plans, with the place; what was begun stays begun."""
    reply, verbatim = reply_to(turn, turn.message.text)
    return Step(turn.state.with_slots(**verbatim), (reply,))


def answer_about(turn: Turn, item: Item) -> Step:
    """A question asked while an indicator waits for its figure: about that indicator where it says so, or where the
    plans say nothing else.
    """
    folded = strip_marks(turn.message.text)
    if turn.view.answer is not None and not any(words in folded for words in _THIS_ONE):
        found = turn.view.answer(turn.message.text)
        if found.kind is not AnswerKind.NONE:
            return answer(turn)
    plan = turn.view.plan.named if turn.view.plan else ""
    printed = " ".join(item.printed.split())[:VERBATIM_LIMIT]
    if _readable(item):
        said = texts.ABOUT_ITEM.format(plan=plan, place=item.place, printed=printed)
    else:
        shown = printed if len(printed) <= _SCANNED_LIMIT else printed[:_SCANNED_LIMIT].rsplit(" ", 1)[0] + "…"
        target = target_text(item.target)
        said = texts.ABOUT_SCANNED.format(plan=plan, place=item.place, name=item.name, target=target, printed=shown)
    if item.doubts:
        said += texts.ABOUT_DOUBTFUL.format(target=target_text(item.target))
    if item.beside:
        said += f"\n{item.beside}"
    return turn.stay(said)


def _readable(item: Item) -> bool:
    """Whether the plan's print says the indicator's name as it was understood, and need not be told in other words."""
    return _words(item.name) <= _words(item.printed)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


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
