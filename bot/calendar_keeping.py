"""From the reporting rules of the plans in force to the periods in the records; safe to repeat."""

from __future__ import annotations

from datetime import datetime

from knowledge.plan import ReportingRule
from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.periods import periods_of_plan
from storage.work import UnitOfWork


async def keep_calendar(unit: UnitOfWork, calendar: Calendar, now: datetime) -> None:
    """Bring the periods of every plan in force up to its rules."""
    for plan in await unit.plans.in_force():
        periods = periods_for(await unit.plans.rules(plan.id), plan.year, calendar, now)
        if periods:
            await unit.periods.save(plan.id, periods)


def periods_for(rules: list[ReportingRule], year: int | None, calendar: Calendar, now: datetime) -> tuple[Period, ...]:
    """The periods of one plan: those about its year, wherever their due day lies (the last one often in January).

    A plan whose year is not known is taken to run now. A rule that a coordinator chose comes first, and rules alone.
    """
    about = year or now.year
    periods = periods_of_plan(rules, range(about, about + 2), calendar)
    own = tuple(period for period in periods if period.key.startswith(str(about)))
    return own or periods
