"""Which reminder is due when, to whom, and for which reason. Pure: values in, values out, the same for the same day.

The rows of the ledger are ``ReminderDraft``s under their unique ``key``: planning again adds nothing that is there.
What a reminder says is composed when it is sent, from the figures of that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.clock import HANOI


class ReminderKind(StrEnum):
    """Why somebody is reminded. ``DIGEST`` tells the coordinator who is late; ``SNOOZED`` was asked for by the chat."""

    OPENING = "opening"
    BEFORE = "before"
    DUE_DAY = "due_day"
    OVERDUE = "overdue"
    DIGEST = "digest"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Policy:
    """When reminders go out.

    ``before``, ``overdue`` and ``digest`` are working days before and after the due day. ``opening`` is how many
    working days before it the first word comes, should the period not open later; None for none. Nothing leaves outside
    ``sends_at`` to ``quiet_from`` on a working day: office hours, never a night, never Tết. ``afternoon`` is what
    "nhắc lại chiều nay" means.
    """

    opening: int | None = 10
    before: tuple[int, ...] = (5, 3, 1)
    overdue: tuple[int, ...] = (1, 3)
    digest: tuple[int, ...] = (1, 3)
    sends_at: time = time(8, 0)
    quiet_from: time = time(17, 0)
    afternoon: time = time(14, 0)


DEFAULT_POLICY: Final = Policy()
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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A reminder that will never be sent, and why, for the ledger and the operator."""

    draft: ReminderDraft
    reason: str


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What becomes of the reminders whose moment has come: ``send`` now, ``skip`` for good; the others wait."""

    send: tuple[ReminderDraft, ...]
    skip: tuple[Skipped, ...]


def catch_up(
    drafts: Iterable[ReminderDraft],
    now: datetime,
    calendar: Calendar,
    policy: Policy = DEFAULT_POLICY,
    *,
    owing: Set[tuple[str, int]],
) -> CatchUp:
    """Decide on the unsent reminders of the ledger: at most one per chat and period goes out, the latest.

    ``owing`` are the pairs of period key and unit that still owe something, read at this moment. Outside sending hours
    nothing is sent, and nothing skipped but what has lost its reason. What goes out speaks for all units of its chat
    whose reminders it replaces, and its ``days`` are those of ``now``. The drafts of one call belong to one authority.
    """
    due = [draft for draft in drafts if draft.at <= now]
    skip: list[Skipped] = []
    waiting: dict[tuple[str, str], list[ReminderDraft]] = {}
    for draft in due:
        reason = _pointless(draft, now, owing)
        if reason is not None:
            skip.append(Skipped(draft, reason))
        else:
            waiting.setdefault((draft.chat, draft.period.key), []).append(draft)
    if not may_send(now, calendar, policy):
        return CatchUp((), tuple(skip))
    send: list[ReminderDraft] = []
    for group in waiting.values():
        latest = max(group, key=lambda draft: (draft.at, _WEIGHT[draft.kind], draft.key))
        units = tuple(sorted({u for draft in group for u in draft.units if (draft.period.key, u) in owing}))
        days = _days_at(latest, now, calendar)
        send.append(replace(latest, units=units if latest.units else (), days=days))
        skip.extend(Skipped(draft, f"replaced by {latest.key}") for draft in group if draft is not latest)
    return CatchUp(tuple(send), tuple(skip))


def may_send(now: datetime, calendar: Calendar, policy: Policy = DEFAULT_POLICY) -> bool:
    """True in the hours in which a reminder may disturb people: a working day, ``sends_at`` to ``quiet_from``."""
    local = now.astimezone(HANOI)
    return calendar.is_working(local.date()) and policy.sends_at <= local.time() < policy.quiet_from


def next_moment(moment: datetime, calendar: Calendar, policy: Policy = DEFAULT_POLICY) -> datetime:
    """The first moment from ``moment`` on at which a reminder may be sent."""
    local = moment.astimezone(HANOI)
    if may_send(local, calendar, policy):
        return local
    day = local.date()
    if not calendar.is_working(day) or local.time() >= policy.quiet_from:
        day = calendar.on_or_after(day + timedelta(days=1))
    return datetime.combine(day, policy.sends_at, HANOI)


def snooze_until(now: datetime, calendar: Calendar, policy: Policy = DEFAULT_POLICY) -> datetime:
    """When "nhắc lại chiều nay" is: this afternoon, or the next working morning once the afternoon has begun."""
    local = now.astimezone(HANOI)
    afternoon = datetime.combine(local.date(), policy.afternoon, HANOI)
    if local < afternoon and calendar.is_working(local.date()):
        return afternoon
    return next_moment(datetime.combine(local.date() + timedelta(days=1), time(), HANOI), calendar, policy)


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


# Which reason speaks when two fall on one moment: the nearer to the due day, and the one that names all.
_WEIGHT: Final = {kind: weight for weight, kind in enumerate(ReminderKind)} | {
    ReminderKind.SNOOZED: 1,
    ReminderKind.DIGEST: 9,
}


# These speak of a day to come; once it is over, the overdue reminders have the word.
_IN_TIME: Final = frozenset({ReminderKind.OPENING, ReminderKind.BEFORE, ReminderKind.DUE_DAY})


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
    whom = f"unit{units[0]}" if units else "authority"
    return "/".join(part for part in (scope, period.key, whom, reason, chat) if part)


def _pointless(draft: ReminderDraft, now: datetime, owing: Set[tuple[str, int]]) -> str | None:
    key, today = draft.period.key, now.astimezone(HANOI).date()
    if today > draft.period.closes:
        return "period closed"
    if draft.kind in _IN_TIME and today > draft.period.due:
        return "due day over"
    if draft.units:
        return None if any((key, unit) in owing for unit in draft.units) else "everything submitted"
    return None if any(period == key for period, _ in owing) else "everybody submitted"


def _days_at(draft: ReminderDraft, now: datetime, calendar: Calendar) -> int:
    """The working days that the reason names, counted anew: a reminder that comes a day late must not say "3"."""
    left = calendar.days_left(now.astimezone(HANOI).date(), draft.period.due)
    if draft.kind is ReminderKind.BEFORE:
        return left
    return -left if draft.kind in (ReminderKind.OVERDUE, ReminderKind.DIGEST) else draft.days


def _distinct(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    return tuple({recipient.chat: recipient for recipient in recipients}.values())
