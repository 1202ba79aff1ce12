"""Joining with an invite, inviting, and the person's own data."""

from __future__ import annotations

from datetime import timedelta

from handlers.changes import AcceptInvite, CreateInvite, LeaveAndForget
from handlers.message import Choice
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common, joining
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import InviteView, Role
from handlers.wording import day, weekday

# Two weeks: long enough for somebody on leave, short enough that a forwarded code does not open the door for ever.
INVITE_VALID = timedelta(days=14)


def greet_stranger(turn: Turn) -> Step:
    """Somebody who is not registered: an invite opens the door, everything else hears how to get one."""
    invite = turn.view.invite
    if invite is not None:
        return offer(turn, invite)
    if looks_like_code(turn.message.text):
        return turn.say(joining.INVITE_UNKNOWN)
    return turn.say(common.NOT_REGISTERED)


def offer(turn: Turn, invite: InviteView) -> Step:
    """Say what the invite is for and what is kept, and ask for consent; nothing is stored before it."""
    refusal = _why_not(turn, invite)
    if refusal:
        return turn.say(refusal)
    text = joining.GREETING.format(
        authority=turn.view.authority, unit=invite.unit.name, role=joining.ROLES[invite.role.value]
    )
    return turn.say(
        text,
        Choice(joining.AGREE, f"join:{invite.code}"),
        Choice(joining.NOT_ME, f"notme:{invite.code}"),
        state=IDLE.at("join", "consent", code=invite.code),
    )


def accept(turn: Turn, code: str) -> Step:
    """The person agreed: they are a member from now on."""
    invite = turn.view.invite
    if invite is None or invite.code != code:
        return turn.say(joining.INVITE_UNKNOWN)
    refusal = _why_not(turn, invite)
    if refusal:
        return turn.say(refusal)
    name = turn.message.account_name or invite.unit.name
    change = AcceptInvite(code, name, joining.CONSENT_VERSION)
    upcoming = turn.view.next_period
    if invite.role is Role.REPORTER:
        text = joining.JOINED.format(unit=invite.unit.name, count=invite.unit.indicators)
        text += (
            joining.NEXT_PERIOD.format(label=upcoming.label, due=weekday(upcoming.due))
            if upcoming
            else joining.NO_PERIOD_YET
        )
        taps = [Choice(joining.SEE_INDICATORS.format(count=invite.unit.indicators), "list")]
        if upcoming and upcoming.opens <= turn.view.today:
            taps.append(Choice(common.MENU_REPORT, "report"))
        return turn.say(text, *taps, changes=(change,))
    text = joining.JOINED_OVERSEER.format(
        role=joining.ROLES[invite.role.value], authority=turn.view.authority or invite.unit.name
    )
    return turn.say(text, Choice(common.MENU_PROGRESS, "progress"), Choice(common.MENU_HELP, "help"), changes=(change,))


def decline(turn: Turn, code: str) -> Step:
    """Not the person who was meant: nothing is kept."""
    return turn.say(joining.DECLINED)


def _why_not(turn: Turn, invite: InviteView) -> str | None:
    if turn.view.person is not None and any(
        m.unit.id == invite.unit.id and m.role is invite.role for m in turn.view.person.memberships
    ):
        return joining.ALREADY_MEMBER
    if invite.used:
        return joining.INVITE_USED
    if invite.expires <= turn.view.now:
        return joining.INVITE_EXPIRED.format(day=day(invite.expires.date()))
    return None


def looks_like_code(text: str) -> bool:
    """True for what can only be meant as an invite code: one short word with both letters and digits, or all digits."""
    word = text.strip()
    return 6 <= len(word) <= 16 and word.isascii() and word.isalnum() and any(c.isdigit() for c in word)


def ask_unit(turn: Turn) -> Step:
    """Whom to invite: first the unit."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(joining.INVITE_OF_COMMUNE_ONLY)
    if not turn.view.units:
        return turn.stay(joining.INVITE_NO_UNITS)
    return turn.say(
        joining.INVITE_WHICH_UNIT, *(Choice(unit.name, f"inviteunit:{unit.id}") for unit in turn.view.units)
    )


def ask_role(turn: Turn, unit: str) -> Step:
    """Then what the person will do there."""
    chosen = next((u for u in turn.view.units if u.id == id_of(unit)), None)
    if chosen is None or not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.STALE_CHOICE)
    return turn.say(
        joining.INVITE_WHICH_ROLE.format(unit=chosen.name),
        *(Choice(words, f"invite:{chosen.id}:{role}") for role, words in joining.INVITE_ROLES.items()),
    )


def invite(turn: Turn, unit: str, role: str) -> Step:
    """The invite itself, ready to be forwarded."""
    chosen = next((u for u in turn.view.units if u.id == id_of(unit)), None)
    if chosen is None or role not in joining.ROLES or not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.STALE_CHOICE)
    expires = turn.view.now + INVITE_VALID
    code = turn.view.fresh_code
    link = turn.view.invite_link(code)
    text = joining.INVITE_READY.format(unit=chosen.name, role=joining.ROLES[role], code=code, day=day(expires.date()))
    text += joining.INVITE_LINK.format(link=link) if link else joining.INVITE_HOW
    return turn.say(text, changes=(CreateInvite(code, chosen.id, Role(role), expires),))


def show_my_data(turn: Turn) -> Step:
    """What is kept about the person (Luật 91/2025/QH15: the right to see it)."""
    person = turn.person
    text = joining.MY_DATA.format(
        name=person.name,
        units="; ".join(f"{m.unit.name} ({joining.ROLES[m.role.value]})" for m in person.memberships),
        joined=day(person.joined_at.date()),
        channel=joining.CHANNELS.get(turn.message.chat.channel, turn.message.chat.channel),
    )
    return turn.stay(text, Choice(joining.ERASE, "erase"), Choice(joining.KEEP, "keepdata"))


def ask_erase(turn: Turn) -> Step:
    """Make sure before anything is erased."""
    return turn.stay(joining.ERASE_SURE, Choice(joining.ERASE_YES, "eraseyes"), Choice(joining.KEEP, "keepdata"))


def erase(turn: Turn) -> Step:
    """Erase the name and the accounts; the unit's figures stay."""
    return turn.say(joining.ERASED, changes=(LeaveAndForget(),))


def keep_data(turn: Turn) -> Step:
    """Nothing is erased."""
    return turn.stay(joining.KEPT)


CHOICES: dict[str, OnChoice] = {
    "inviteunit": ask_role,
    "invite": invite,
    "erase": ask_erase,
    "eraseyes": erase,
    "keepdata": keep_data,
}
# The two choices that somebody who is not yet registered may press.
STRANGER_CHOICES: dict[str, OnChoice] = {"join": accept, "notme": decline}
