"""Reporting rules in the forms that plans have, for tests and for hypothesis."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from knowledge.source import Source
from scheduler.clock import HANOI


def rule(frequency: Frequency, due: Due | None = None) -> ReportingRule:
    """A rule of this rhythm and date."""
    return ReportingRule("Báo cáo theo quy định của xã", frequency, Source(1, 1, "Báo cáo"), due)


MONTHLY_13 = rule(Frequency.MONTHLY, MonthlyDue(13, before=True))
QUARTER_WEEK = rule(Frequency.QUARTERLY, QuarterWeekDue("last"))
HALF_YEARS = rule(Frequency.SEMIANNUAL, YearlyDue(("06-10", "12-10"), before=False))

_month_days = st.builds(lambda m, d: f"{m:02}-{d:02}", st.integers(1, 12), st.integers(1, 31))
_rhythms = st.sampled_from([Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.SEMIANNUAL, Frequency.ANNUAL])
_once = st.builds(OnceDue, st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.booleans())

any_rule = st.one_of(
    st.builds(rule, _rhythms),
    st.builds(rule, _rhythms, st.builds(MonthlyDue, st.integers(1, 31), st.booleans())),
    st.builds(
        rule,
        _rhythms,
        st.builds(YearlyDue, st.lists(_month_days, min_size=1, max_size=6).map(tuple), st.booleans()),
    ),
    st.builds(rule, st.just(Frequency.QUARTERLY), st.builds(QuarterWeekDue, st.sampled_from(["first", "last"]))),
    st.builds(rule, st.just(Frequency.ONCE), _once),
    st.builds(rule, st.sampled_from([Frequency.ADHOC, Frequency.ONCE])),
)


def any_moment(first: date, last: date) -> st.SearchStrategy[datetime]:
    """A moment of Vietnamese time within these days."""
    return st.builds(lambda day, hour: datetime.combine(day, hour, HANOI), st.dates(first, last), st.times())
