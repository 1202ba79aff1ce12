"""Which reminder is due when, to whom, and for which reason. Pure: values in, values out, the same for the same day.

The rows of the ledger are ``ReminderDraft``s under their unique ``key``: planning again adds nothing that is there.
What a reminder says is composed when it is sent, from the figures of that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.clock import HANOI
from scheduler.sending_hours import DEFAULT_POLICY, Policy, next_moment


class ReminderKind(StrEnum):
    """Why somebody is reminded. ``DIGEST`` tells the coordinator who is late; ``SNOOZED`` was asked for by the chat."""

    OPENING = "opening"
    BEFORE = "before"
    DUE_DAY = "due_day"
    OVERDUE = "overdue"
    DIGEST = "digest"
    SNOOZED = "snoozed"


# A reminder's key in the outbox is this and its key in the ledger.
OUTBOX_KEY: Final = "reminder "


@dataclass(frozen=True, slots=True)
class Recipient:
    """A chat that may be written to, as "channel:address".

    ``since`` is the moment from which it may be reminded (when it joined, or its plan came into force): reminders of an
    earlier moment do not exist for it, so that nobody's first message is an old one.
    """

    chat: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What planning has to know of one unit in one period: who hears for it, and whether it still owes anything.

    ``settled`` is True once every indicator of the unit was submitted, or when it has none to report.
    """

    unit: int
    settled: bool
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """One message due to one chat for one reason.

    ``units`` holds the units it speaks for, empty for the authority as a whole. ``days`` is the number of working days
    that the reason names: left for BEFORE, since for OVERDUE and DIGEST, else 0. ``at`` is in Vietnamese time.
    """

    key: str
    kind: ReminderKind
    period: Period
    units: tuple[int, ...]
    chat: str
    at: datetime
    days: int = 0


def plan_reminders(
    period: Period,
    desks: Iterable[DeskFacts],
    coordinators: Iterable[Recipient],
    now: datetime,
    calendar: Calendar,
    policy: Policy = DEFAULT_POLICY,
    *,
    scope: str = "",
) -> tuple[ReminderDraft, ...]:
    """All reminders of a period, past moments included, ordered by moment; none once it has closed.

    Past ones are there so that an outage is noticed: what the ledger has already is known by its key, the rest goes
    through ``catch_up``. Units that are settled get none, and the coordinators' digest exists only while a unit owes.
    ``scope`` goes into the keys: what makes a period's key unique beyond its plan ("plan12").
    """
    if now.astimezone(HANOI).date() > period.closes:
        return ()
    owing = [desk for desk in desks if not desk.settled]
    drafts: list[ReminderDraft] = []
    for desk in owing:
        for moment in _unit_moments(period, calendar, policy):
            for recipient in _distinct(desk.recipients):
                drafts.extend(_draft(moment, period, (desk.unit,), recipient, scope))
    if owing:
        for moment in _after(period, ReminderKind.DIGEST, policy.digest, calendar, policy):
            for recipient in _distinct(coordinators):
                drafts.extend(_draft(moment, period, (), recipient, scope))
    return tuple(sorted(drafts, key=lambda draft: (draft.at, draft.key)))


def snoozed(
    period: Period,
    unit: int,
    chat: str,
    until: datetime,
    calendar: Calendar,
    policy: Policy = DEFAULT_POLICY,
    *,
    scope: str = "",
) -> ReminderDraft:
    """The reminder that a chat asked for; ``until`` is moved into sending hours. Asking twice for one moment is one."""
    at = next_moment(until, calendar, policy)
    reason = f"{ReminderKind.SNOOZED}{at:%Y%m%dT%H%M}"
    return ReminderDraft(_key(scope, period, (unit,), reason, chat), ReminderKind.SNOOZED, period, (unit,), chat, at)


# --- moments ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    day: date
    kind: ReminderKind
    days: int
    at: datetime


def _unit_moments(period: Period, calendar: Calendar, policy: Policy) -> tuple[_Moment, ...]:
    """A unit's moments, one a day at most: a later reason takes the day of an earlier one."""
    last_day = calendar.on_or_before(period.due)
    by_day: dict[date, _Moment] = {}
    if policy.opening is not None:
        opens = max(calendar.before(last_day, policy.opening), calendar.on_or_after(period.opens))
        if opens < last_day:
            by_day[opens] = _moment(opens, ReminderKind.OPENING, 0, policy)
    for count in sorted(policy.before, reverse=True):
        day = calendar.before(last_day, count)
        if day >= period.opens:  # a window may be shorter than the reminders of a longer rule
            by_day[day] = _moment(day, ReminderKind.BEFORE, count, policy)
    if last_day >= period.opens:
        by_day[last_day] = _moment(last_day, ReminderKind.DUE_DAY, 0, policy)
    first = min((moment.day for moment in by_day.values() if moment.kind is not ReminderKind.OPENING), default=None)
    early = {day: m for day, m in by_day.items() if m.kind is not ReminderKind.OPENING or first is None or day < first}
    return (*early.values(), *_after(period, ReminderKind.OVERDUE, policy.overdue, calendar, policy))


def _after(
    period: Period, kind: ReminderKind, counts: tuple[int, ...], calendar: Calendar, policy: Policy
) -> Iterator[_Moment]:
    for count in sorted(set(counts)):
        day = calendar.after(period.due, count)
        if day <= period.closes:
            yield _moment(day, kind, count, policy)


def _moment(day: date, kind: ReminderKind, days: int, policy: Policy) -> _Moment:
    return _Moment(day, kind, days, datetime.combine(day, policy.sends_at, HANOI))


def _draft(
    moment: _Moment, period: Period, units: tuple[int, ...], recipient: Recipient, scope: str
) -> Iterator[ReminderDraft]:
    if recipient.since is not None and moment.at < recipient.since:
        return
    reason = f"{moment.kind}{moment.days}" if moment.days else str(moment.kind)
    key = _key(scope, period, units, reason, recipient.chat)
    yield ReminderDraft(key, moment.kind, period, units, recipient.chat, moment.at, moment.days)


def _key(scope: str, period: Period, units: tuple[int, ...], reason: str, chat: str) -> str:
    # A deadline that moves is another one: what was said of the old day does not silence the new one's reminders.
    deadline = f"{period.key}@{period.due:%Y%m%d}"
    whom = f"unit{units[0]}" if units else "authority"
    return "/".join(part for part in (scope, deadline, whom, reason, chat) if part)


def _distinct(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    return tuple({recipient.chat: recipient for recipient in recipients}.values())
