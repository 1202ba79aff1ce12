"""A ``Plan`` as the JSON object of ``dondoc plan FILE --json``; the shape is a contract of the command line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.plan import Amendment, BudgetLine, Indicator, Plan, Result, Target, Task
from knowledge.reporting_rule import Due, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from knowledge.source import Box, Source


def number(value: Decimal | None) -> int | float | None:
    """A decimal as the plain JSON number a reader expects: 60, not 60.0; 18.7 as it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def box(area: Box | None) -> list[float] | None:
    """A box as [left, top, right, bottom], shares of the page; the turn behind them where the words lie otherwise."""
    if area is None:
        return None
    return [area.left, area.top, area.right, area.bottom, *([area.turn] if area.turn else [])]


def source(place: Source) -> dict[str, Any]:
    """A place: page, lines [first, last], quote, and the box where the reader has one."""
    shape: dict[str, Any] = {"page": place.page, "lines": [place.first, place.last], "quote": place.quote}
    if place.box is not None:
        shape["box"] = box(place.box)
    return shape


def due(when: Due | None) -> dict[str, Any] | None:
    """The due of a reporting rule, one of the four shapes of the contract, or None."""
    match when:
        case None:
            return None
        case MonthlyDue(day, before):
            return {"day": day, "before": before}
        case YearlyDue(dates, before):
            return {"dates": list(dates), "before": before}
        case OnceDue(date, before):
            return {"date": date.isoformat(), "before": before}
        case QuarterWeekDue(week):
            return {"quarter_week": week}


def indicator(row: Indicator) -> dict[str, Any]:
    """One indicator, with its repairs beside the fields of the contract."""
    return {
        "no": row.no,
        "group": row.group,
        "name": row.name,
        "operator": row.target.operator.value if row.target.operator else None,
        "value": number(row.target.value),
        "unit": row.target.unit,
        "kind": row.target.kind.value,
        "text_value": row.target.text,
        "lead": list(row.lead),
        "coop": list(row.coop),
        "due": row.due,
        "where": row.where,
        "needs_check": row.needs_check,
        "checks": list(row.checks),
        "name_doubt": row.name_doubt,
        "repairs": [
            {
                "field": r.field,
                "original": r.original,
                "understood": r.understood,
                "reason": r.reason,
                "confidence": r.confidence,
            }
            for r in row.repairs
        ],
        "same_as": row.same_as,
        "source": source(row.source),
    }


def task(row: Task) -> dict[str, Any]:
    """One task."""
    return {
        "name": row.name,
        "result": row.result,
        "due": row.due,
        "lead": list(row.lead),
        "coop": list(row.coop),
        "where": row.where,
        "needs_check": row.needs_check,
        "checks": list(row.checks),
        "source": source(row.source),
    }


def goal(target: Target | None) -> dict[str, Any] | None:
    """The goal that a result is measured by."""
    if target is None:
        return None
    return {
        "operator": target.operator.value if target.operator else None,
        "value": number(target.value),
        "unit": target.unit,
        "kind": target.kind.value,
        "text_value": target.text,
    }


def result(row: Result) -> dict[str, Any]:
    """One row of a table of results."""
    return {
        "no": row.no,
        "group": row.group,
        "name": row.name,
        "lead": list(row.lead),
        "result": row.text,
        "value": number(row.value),
        "unit": row.unit,
        "year": row.year,
        "assessment": row.assessment.value if row.assessment else None,
        "goal": goal(row.goal),
        "where": row.where,
        "needs_check": row.needs_check,
        "checks": list(row.checks),
        "source": source(row.source),
    }


def budget_line(row: BudgetLine) -> dict[str, Any]:
    """One row of a table of money."""
    return {
        "no": row.no,
        "group": row.group,
        "name": row.name,
        "amounts": [{"column": a.column, "value": number(a.value), "text": a.text} for a in row.amounts],
        "unit": row.unit,
        "total": row.total,
        "lead": list(row.lead),
        "note": row.note,
        "where": row.where,
        "needs_check": row.needs_check,
        "checks": list(row.checks),
        "source": source(row.source),
    }


def amendment(of: Amendment | None) -> dict[str, Any] | None:
    """Which plan is amended, what is dropped from it, how each of the reporting rules is stated, and which reports end
    (by their frequency); None for a plan of its own."""
    if of is None:
        return None
    return {
        "number": of.number,
        "date": of.date.isoformat() if of.date else None,
        "removed": [{"no": one.no, "name": one.name, "source": source(one.source)} for one in of.removed],
        "reporting": [manner.value for manner in of.manners],
        "ended": [{"frequency": one.name, "source": source(one.source)} for one in of.ended],
    }


def reporting_rule(rule: ReportingRule) -> dict[str, Any]:
    """One reporting rule."""
    return {
        "rule": rule.rule,
        "frequency": rule.frequency.value,
        "due": due(rule.due),
        "reporters": rule.reporters,
        "to": rule.to,
        "via": rule.via,
        "source": source(rule.source),
    }


def plan(read: Plan) -> dict[str, Any]:
    """The whole plan; chunks are left out, since they repeat the document."""
    head = read.document
    return {
        "document": {
            "number": head.number,
            "date": head.date.isoformat() if head.date else None,
            "issuer": head.issuer,
            "province": head.province,
            "title": head.title,
            "signer": head.signer,
            "signer_title": head.signer_title,
            "year": head.year,
            "legal_basis": [
                {"number": b.number, "date": b.date.isoformat() if b.date else None} for b in head.legal_basis
            ],
            "checks": list(head.checks),
            "lost": list(head.lost),
        },
        "indicators": [indicator(row) for row in read.indicators],
        "tasks": [task(row) for row in read.tasks],
        "results": [result(row) for row in read.results],
        "budget": [budget_line(row) for row in read.budget],
        "reporting": [reporting_rule(rule) for rule in read.reporting],
        "units": list(read.units),
        "amends": amendment(read.amends),
    }
