"""The periods of a plan whose reporting rules changed within the year: what was due stays due, what is to come follows
the new rule, and no period is asked for twice or lost between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.reporting_rule import ReportingRule
from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.periods import periods_of, periods_of_plan


@dataclass(frozen=True, slots=True)
class RuleInTime:
    """A reporting rule that holds from the day ``since`` on and no more from ``until`` on; None for no such day."""

    rule: ReportingRule
    since: date | None = None
    until: date | None = None


def ruled_periods(rules: Sequence[RuleInTime], years: range, calendar: Calendar) -> tuple[Period, ...]:
    """The periods of all rules of one plan, by due day, each key once.

    A rule asks for what falls due while it holds. A period that both the old and the new rule report, and whose day
    under the new one had passed when that came into force, stays due on its old day.
    """
    lasting = [one for one in rules if one.until is None]
    known = {
        period.key: period
        for period in periods_of_plan([one.rule for one in lasting if one.since is None], years, calendar)
    }
    named = set(known)
    for one in lasting:
        if one.since is None:
            continue
        for period in periods_of(one.rule, years, calendar):
            named.add(period.key)
            if period.due >= one.since and (period.key not in known or period.due < known[period.key].due):
                known[period.key] = period
    # The latest to end has the last word on what was due before.
    for one in sorted((one for one in rules if one.until is not None), key=lambda one: one.until or date.max)[::-1]:
        for period in periods_of(one.rule, years, calendar):
            over = one.until is not None and period.due < one.until
            begun = one.since is None or period.due >= one.since
            if begun and (over or period.key in named):
                known.setdefault(period.key, period)
    return tuple(sorted(known.values(), key=lambda period: (period.due, period.key)))
