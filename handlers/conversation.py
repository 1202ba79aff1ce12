"""The one door of every message: decides which handler takes it. Pure: no clock, no database, no network.

Order: a group's message; a stranger's; a pressed choice (its value is complete in itself); a command; what the flow
waits for; and whatever is left is a question over the plans.
"""

from __future__ import annotations

from inspect import signature

from handlers import (
    ask,
    doubts,
    groups,
    help,
    join,
    overview,
    plans,
    report,
    returning,
    review,
    submission,
    typed_figure,
)
from handlers.commands import Command, find_command, is_slash
from handlers.message import Incoming, MessageKind
from handlers.question import again
from handlers.state import State
from handlers.step import Step
from handlers.texts import common
from handlers.turn import ForeignChoice, OnChoice, OnMessage, Turn
from handlers.view import Role, View


def _merged(*tables: dict[str, OnChoice]) -> dict[str, OnChoice]:
    """One table of verbs; a verb that two files claim is a mistake found at start."""
    merged: dict[str, OnChoice] = {}
    for table in tables:
        twice = merged.keys() & table.keys()
        if twice:
            raise ValueError(f"choice verbs claimed twice: {sorted(twice)}")
        merged |= table
    return merged


_CHOICES = _merged(
    help.CHOICES,
    join.CHOICES,
    report.CHOICES,
    typed_figure.CHOICES,
    submission.CHOICES,
    review.CHOICES,
    returning.CHOICES,
    overview.CHOICES,
    ask.CHOICES,
    plans.CHOICES,
    doubts.CHOICES,
    {"invitewho": join.ask_unit},
)
_COMMANDS: dict[str, OnMessage] = {
    "report": report.start,
    "list": report.show_list,
    "progress": overview.show,
    "review": review.start,
    "plan": plans.show,
    "invite": join.ask_unit,
    "my_data": join.show_my_data,
    "erase": join.ask_erase,
    "register_group": groups.outside_group,
    "stop": report.stop,
    "help": help.show_help,
}
# What a flow does with words and photos at each step; None from a handler means "not for me, perhaps a question".
_FLOWS = {
    ("report", "figure"): typed_figure.on_message,
    ("report", "which"): typed_figure.on_doubt,
    ("report", "odd"): typed_figure.on_doubt,
    ("report", "reason"): typed_figure.on_reason,
    ("report", "total"): typed_figure.on_total,
    ("submission", "review"): submission.on_message,
    ("submission", "evidence"): submission.on_message,
    ("explain", "reason"): submission.on_explanation,
    ("delay", "reason"): report.on_delay,
    ("review", "which"): returning.on_which,
    ("review", "why"): returning.on_why,
    ("review", "words"): returning.on_words,
    ("plan", "check"): doubts.on_check,
    ("plan", "correct"): doubts.on_correction,
}
# Words that are an answer to a step before they are a command: "dừng lại" moves inside a report too, but "báo cáo"
# does not.
_FLOW_FIRST = frozenset({("explain", "reason"), ("delay", "reason"), ("report", "reason")})


def converse(state: State, message: Incoming, view: View) -> Step:
    """One message in; the new state, what is said and what is changed out."""
    turn = Turn(state, message, view)
    if message.kind is MessageKind.EVENT:
        return plans.on_event(turn)
    if message.group:
        return groups.on_group(turn)
    if view.person is None:
        return _from_stranger(turn)
    if message.kind is MessageKind.START:
        return join.offer(turn, view.invite) if view.invite else help.show_help(turn)
    if message.kind is MessageKind.CHOICE and message.choice:
        return _pressed(turn, message.choice)
    if message.kind is MessageKind.UNSUPPORTED:
        return turn.stay(common.UNSUPPORTED)
    command = find_command(message.text) if message.kind is MessageKind.TEXT else None
    step = (state.flow, state.step)
    if command is not None and (step not in _FLOW_FIRST or command.name in ("stop", "help")):
        return _command(turn, command)
    if message.kind is MessageKind.TEXT and is_slash(message.text):
        return turn.stay(common.UNKNOWN_COMMAND.format(command=message.text.split()[0][:30]))
    on_step = _FLOWS.get((state.flow or "", state.step or ""))
    taken = on_step(turn) if on_step is not None else None
    return taken if taken is not None else _otherwise(turn)


def _from_stranger(turn: Turn) -> Step:
    verb, _, rest = (turn.message.choice or "").partition(":")
    if turn.message.kind is MessageKind.CHOICE and verb in join.STRANGER_CHOICES:
        return join.STRANGER_CHOICES[verb](turn, rest)
    return join.greet_stranger(turn)


def _pressed(turn: Turn, choice: str) -> Step:
    verb, *arguments = choice.split(":")
    if verb in join.STRANGER_CHOICES:
        return join.STRANGER_CHOICES[verb](turn, *arguments)
    handler = _CHOICES.get(verb)
    if handler is None or not _takes(handler, arguments):
        return turn.stay(common.STALE_CHOICE)
    try:
        return handler(turn, *arguments)
    except ForeignChoice:
        return turn.stay(common.STALE_CHOICE)


def _takes(handler: OnChoice, arguments: list[str]) -> bool:
    """False for a value with too few or too many parts: forged, or of another version."""
    try:
        signature(handler).bind(None, *arguments)
    except TypeError:
        return False
    return True


def _command(turn: Turn, command: Command) -> Step:
    if not command.suits(turn.view.person):
        return turn.stay(common.NOT_ALLOWED)
    return _COMMANDS[command.name](turn)


def _otherwise(turn: Turn) -> Step:
    """No flow wanted it: a file, a photo without a purpose, an invite code, a list of figures, or a question."""
    message = turn.message
    if message.kind is MessageKind.FILE:
        return plans.receive(turn)
    if message.kind is MessageKind.PHOTO:
        if turn.person.has(Role.COORDINATOR):
            return plans.receive(turn)
        return turn.stay(common.PHOTO_WITHOUT_PURPOSE)
    if turn.view.invite is not None:
        return join.offer(turn, turn.view.invite)
    several = typed_figure.on_list(turn)
    if several is not None:
        return several
    place = report.here(turn) if turn.state.step == "figure" else None
    if place is None:
        return ask.answer(turn)
    desk, item, queue, at = place
    step = ask.answer_about(turn, item)
    return Step(step.state, (again(desk, item, at + 1, len(queue), step.replies[0].text),), step.changes)
