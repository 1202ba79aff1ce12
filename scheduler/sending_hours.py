"""When a reminder may disturb people: office hours of working days, and the moments that are moved into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from scheduler.calendar import Calendar
from scheduler.clock import HANOI


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
