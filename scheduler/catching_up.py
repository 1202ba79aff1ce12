"""What becomes of the reminders whose moment has come: one word a chat, the latest, however long nothing was sent."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from scheduler.calendar import Calendar
from scheduler.clock import HANOI
from scheduler.reminders import ReminderDraft, ReminderKind
from scheduler.sending_hours import DEFAULT_POLICY, Policy, may_send

# Which reason speaks when two fall on one moment: the nearer to the due day, and the one that names all.
_WEIGHT: Final = {kind: weight for weight, kind in enumerate(ReminderKind)} | {
    ReminderKind.SNOOZED: 1,
    ReminderKind.DIGEST: 9,
}


# These speak of a day to come; once it is over, the overdue reminders have the word.
_IN_TIME: Final = frozenset({ReminderKind.OPENING, ReminderKind.BEFORE, ReminderKind.DUE_DAY})


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
