"""What a new version, or an amendment, changes beside the indicators, a line each: reporting, money, results."""

from __future__ import annotations

from handlers.texts import planning as texts
from handlers.wording import short_name
from knowledge.amended_rules import RuleChange
from knowledge.amended_tables import RowChange
from knowledge.plan import BudgetLine, Result
from knowledge.reporting_rule import Due, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue

_NAME = 60
_WORDS = 90  # letters of a clause without a date


def rule_line(change: RuleChange) -> str:
    """One reporting rule before and after, by its times."""
    if change.after is None:
        return texts.RULE_ENDED.format(old=when(change.before) if change.before else "")
    if change.before is None:
        return (texts.RULE_UNSURE if change.unsure else texts.RULE_ADDED).format(new=_whose(change.after))
    return texts.RULE_CHANGED.format(old=when(change.before), new=when(change.after))


def when(rule: ReportingRule) -> str:
    """The times of a rule in a few words ("hằng tháng, trước ngày 20")."""
    every, due = texts.EVERY[rule.frequency], _due(rule.due)
    if isinstance(rule.due, OnceDue):
        return due
    if not due and rule.due is None and rule.frequency.value == "adhoc":
        return short_name(rule.rule.rstrip("."), _WORDS)
    return f"{every}, {due}" if due else every


def _whose(rule: ReportingRule) -> str:
    return f"{when(rule)} ({short_name(rule.reporters, _NAME)})" if rule.reporters else when(rule)


def _due(due: Due | None) -> str:
    match due:
        case MonthlyDue(day, before):
            return texts.ON_DAY[before].format(day=day)
        case YearlyDue(dates, before):
            days = [f"{int(day)}/{int(month)}" for month, day in (each.split("-") for each in dates)]
            return texts.ON_DAY[before].format(day=" và ".join(days))
        case OnceDue(day, before):
            return texts.ON_DAY[before].format(day=f"{day:%d/%m/%Y}")
        case QuarterWeekDue(week):
            return texts.WEEK[week]
        case None:
            return ""


def row_line(change: RowChange) -> str:
    """One row of results or of money before and after."""
    after, before = change.after, change.before
    what = texts.MONEY if isinstance(after, BudgetLine) else texts.RESULT
    name, new = short_name(after.name, _NAME), _said(after)
    if before is None:
        line = texts.ROW_ADDED.format(what=what, name=name, new=new)
    else:
        line = texts.ROW_CHANGED.format(what=what, name=name, old=_said(before), new=new)
    return line + (texts.ROW_UNSURE if after.needs_check else "")


def _said(row: Result | BudgetLine) -> str:
    if isinstance(row, Result):
        return short_name(row.text, _NAME) or texts.NOT_READ
    amounts = [amount for amount in row.amounts if amount.text]
    if not amounts:
        return texts.NOT_READ
    several = len(amounts) > 1
    said = "; ".join(f"{a.column} {a.text}" if several and a.column else a.text for a in amounts)
    return f"{said} {row.unit}" if row.unit else said
