"""The words of a reminder, from the figures of the moment at which it is sent."""

from __future__ import annotations

from datetime import date

from handlers.desk import handed_in, in_state, units_with_items
from handlers.message import ChatRef, Choice, Outgoing
from handlers.texts import common
from handlers.texts import reminding as texts
from handlers.view import Desk, Standing
from handlers.wording import short_day, weekday
from reporting.entry import EntryState
from reporting.period import Period
from scheduler.reminders import ReminderDraft, ReminderKind

# Measured on our own demo: a figure takes some twenty seconds to look up and type; said in whole minutes.
SECONDS_FOR_ONE = 20
# After this hour "this afternoon" is over before it begins.
_AFTERNOON_FROM = 14


def remind(draft: ReminderDraft, standing: Standing, to: ChatRef, hour: int, today: date) -> Outgoing | None:
    """The message of one reminder; None when there is nothing left to say.

    A draft without units is the coordinators' digest; one for a group speaks of the authority as a whole.
    """
    if draft.kind is ReminderKind.DIGEST:
        return _digest(standing, to, today)
    desks = [d for d in units_with_items(standing) if d.unit.id in draft.units and not handed_in(d)]
    if not desks:
        return None
    texts_of_units = [_for_unit(draft, desk, today) for desk in desks]
    desk = desks[0]
    here = f"{desk.unit.id}:{desk.period.id}"
    now = Choice(texts.REPORT_NOW, f"report:{here}" if len(desks) == 1 else "report")
    if draft.kind is ReminderKind.OVERDUE:
        second = Choice(texts.GIVE_REASON, f"delay:{here}")
    else:
        words = texts.THIS_AFTERNOON if hour < _AFTERNOON_FROM else texts.TOMORROW
        second = Choice(words, f"snooze:{here}")
    return Outgoing("\n".join(texts_of_units), (now, second), to=to)


def _for_unit(draft: ReminderDraft, desk: Desk, today: date) -> str:
    total = len(desk.items)
    left = total - len(in_state(desk, EntryState.SUBMITTED, EntryState.APPROVED))
    words = {
        ReminderKind.OPENING: texts.OPENING,
        ReminderKind.BEFORE: texts.BEFORE,
        ReminderKind.DUE_DAY: texts.TODAY,
        ReminderKind.OVERDUE: texts.OVERDUE,
        ReminderKind.SNOOZED: texts.AGAIN,
    }[draft.kind]
    return words.format(
        period=desk.period.label,
        unit=desk.unit.name,
        left=left,
        total=total,
        due=weekday(desk.period.due) if draft.kind is ReminderKind.OPENING else short_day(desk.period.due),
        days=_late(desk.period, today) if draft.kind is ReminderKind.OVERDUE else draft.days,
        minutes=max(1, round(left * SECONDS_FOR_ONE / 60)),
    )


def _late(period: Period, today: date) -> int:
    """Late is counted in plain days: that is how people count them."""
    return (today - period.due).days


def _digest(standing: Standing, to: ChatRef, today: date) -> Outgoing | None:
    desks = units_with_items(standing)
    late = [desk.unit.name for desk in desks if not handed_in(desk)]
    if not late:
        return None
    text = texts.DIGEST.format(
        period=standing.period.label,
        days=_late(standing.period, today),
        count=len(late),
        total=len(desks),
        units=", ".join(late),
    )
    return Outgoing(text, (Choice(common.MENU_PROGRESS, "progress"),), to=to)


def remind_group(draft: ReminderDraft, standing: Standing, to: ChatRef) -> Outgoing | None:
    """What a group hears: how many units have handed in, before and on the due day; never who said what."""
    desks = units_with_items(standing)
    done = sum(1 for desk in desks if handed_in(desk))
    if done == len(desks) or draft.kind not in (ReminderKind.BEFORE, ReminderKind.DUE_DAY):
        return None
    words = texts.GROUP_BEFORE if draft.kind is ReminderKind.BEFORE else texts.GROUP_TODAY
    text = words.format(
        days=draft.days,
        period=standing.period.label,
        due=short_day(standing.period.due),
        done=done,
        total=len(desks),
    )
    return Outgoing(text, to=to)
