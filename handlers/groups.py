"""What the bot does in a group: only when addressed, never a person's name, never a figure that is not approved."""

from __future__ import annotations

from handlers.ask import reply_to
from handlers.changes import RegisterGroup
from handlers.commands import find_command
from handlers.desk import handed_in, units_with_items
from handlers.message import MessageKind, Outgoing
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common
from handlers.texts import overview as texts
from handlers.turn import Turn
from handlers.view import Role, Standing
from handlers.wording import short_day

SILENT = Step(IDLE)


def on_group(turn: Turn) -> Step:
    """Progress, registration and questions; everything else belongs in a private chat."""
    if not turn.message.addressed or turn.message.kind not in (MessageKind.TEXT, MessageKind.CHOICE):
        return SILENT
    command = find_command(turn.message.text)
    name = command.name if command else None
    if name == "register_group":
        return register(turn)
    if not turn.view.group_registered:
        return turn.say(texts.GROUP_NOT_REGISTERED)
    if name == "progress":
        return turn.say(_progress(turn))
    if name is not None:
        return turn.say(private_words(turn))
    reply, _ = reply_to(turn, turn.message.text)
    return Step(IDLE, (Outgoing(reply.text),))


def register(turn: Turn) -> Step:
    """A coordinator makes a group the authority's own; it then gets the reminders for all units."""
    person = turn.view.person
    if person is None or not person.has(Role.COORDINATOR):
        return turn.say(common.NOT_ALLOWED)
    said = texts.GROUP_REGISTERED.format(owner=turn.view.authority)
    return turn.say(said, changes=(RegisterGroup(),))


def outside_group(turn: Turn) -> Step:
    """ "đăng ký nhóm" typed in a private chat."""
    return turn.stay(texts.GROUP_ONLY)


def _progress(turn: Turn) -> str:
    standing = turn.view.standing
    if standing is None:
        return texts.NO_PERIOD
    return f"{group_standing(standing)}\n{private_words(turn)}"


def group_standing(standing: Standing) -> str:
    """Who has handed in, by unit."""
    desks = units_with_items(standing)
    missing = [desk.unit.name for desk in desks if not handed_in(desk)]
    text = texts.GROUP_HEAD.format(
        period=standing.period.label,
        due=short_day(standing.period.due),
        done=len(desks) - len(missing),
        total=len(desks),
    )
    tail = texts.MISSING_UNITS.format(units=", ".join(missing)) if missing else texts.EVERYONE_SUBMITTED
    return f"{text} {tail}"


def private_words(turn: Turn) -> str:
    """Where to report instead of the group."""
    if turn.view.bot_link:
        return texts.GROUP_PRIVATE.format(link=turn.view.bot_link)
    return texts.GROUP_PRIVATE_PLAIN
