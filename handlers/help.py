"""Help: what this person can do here."""

from __future__ import annotations

from handlers.commands import COMMANDS
from handlers.message import Choice
from handlers.step import Step
from handlers.texts import common
from handlers.turn import OnChoice, Turn
from handlers.view import Role


def show_help(turn: Turn) -> Step:
    """The commands that suit the person, and an example of a question; nothing that was begun is lost."""
    lines = [f"• {command.words[0]}: {command.purpose}" for command in COMMANDS if command.is_told(turn.view.person)]
    return turn.stay("\n".join([common.HELP_HEAD, *lines, common.HELP_TAIL]), *first_taps(turn))


def first_taps(turn: Turn) -> tuple[Choice, ...]:
    """The two or three things that this person most likely wants next."""
    person = turn.view.person
    if person is None:
        return ()
    taps = []
    if any(desk.items for desk in turn.view.desks):
        taps.append(Choice(common.MENU_REPORT, "report"))
    if person.has(Role.COORDINATOR):
        taps.append(Choice(common.MENU_REVIEW, "review"))
    taps.append(Choice(common.MENU_PROGRESS, "progress"))
    return tuple(taps)


CHOICES: dict[str, OnChoice] = {"help": show_help}
