"""From the reporting rules of the plans in force to the periods in the records; safe to repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.ruled_periods import RuleInTime, ruled_periods
from storage.plans import PlanInForce
from storage.work import UnitOfWork

log = structlog.get_logger()


async def keep_calendar(unit: UnitOfWork, calendar: Calendar, now: datetime) -> bool:
    """Bring the periods of every plan in force up to its rules.

    A plan whose calendar cannot be kept keeps the periods that it has, is logged, and stops nobody else's. False where
    the database refused one, which may be tried again; rules that make no sense make none a minute later.
    """
    written = True
    for plan in await unit.plans.in_force():
        try:
            async with unit.session.begin_nested():
                await _keep(unit, plan, calendar, now)
        except SQLAlchemyError:
            written = False
            log.exception("calendar_not_written", plan=plan.id, authority=plan.authority)
        except Exception:
            log.exception("calendar_not_kept", plan=plan.id, authority=plan.authority)
    return written


async def _keep(unit: UnitOfWork, plan: PlanInForce, calendar: Calendar, now: datetime) -> None:
    rules = await unit.plans.rules_in_time(plan.id)
    periods = periods_for(rules, plan.year, calendar, now)
    # Where a rule ended and none came in its place, nothing is due any more from that day on.
    ended = max((one.until for one in rules if one.until is not None), default=None)
    if periods or ended is not None:
        await unit.periods.save(plan.id, periods, nothing_else_from=ended)


def periods_for(rules: Sequence[RuleInTime], year: int | None, calendar: Calendar, now: datetime) -> tuple[Period, ...]:
    """The periods of one plan: those about its year, wherever their due day lies (the last one often in January).

    A plan whose year is not known is taken to run now. A rule that a coordinator chose comes first, and rules alone.
    """
    about = year or now.year
    periods = ruled_periods(rules, range(about, about + 2), calendar)
    own = tuple(period for period in periods if period.key.startswith(str(about)))
    return own or periods
