"""Rows of a plan's tables of results and of money as records, and back again, without loss."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.plan import Amount, Assessment, BudgetLine, Kind, Operator, Result, Target
from storage.models import BudgetLineRow, ResultRow
from storage.source_json import source_json, source_of


def result_row(plan: int, position: int, read: Result) -> ResultRow:
    """A row for a result."""
    return ResultRow(
        plan_id=plan,
        position=position,
        no=read.no,
        group_name=read.group,
        name=read.name,
        text=read.text,
        value=read.value,
        measure=read.unit,
        year=read.year,
        assessment=read.assessment,
        goal=_goal_json(read.goal),
        place=read.where,
        source=source_json(read.source),
        lead=list(read.lead),
        checks=list(read.checks),
    )


def result_of(row: ResultRow) -> Result:
    """The result of a row."""
    return Result(
        name=row.name,
        text=row.text,
        where=row.place,
        source=source_of(row.source),
        no=row.no,
        group=row.group_name,
        lead=tuple(row.lead),
        value=row.value,
        unit=row.measure,
        year=row.year,
        assessment=Assessment(row.assessment) if row.assessment is not None else None,
        goal=_goal_of(row.goal),
        checks=tuple(row.checks),
    )


def _goal_json(goal: Target | None) -> dict[str, Any] | None:
    if goal is None:
        return None
    return {
        "operator": goal.operator,
        "value": _text(goal.value),
        "unit": goal.unit,
        "kind": goal.kind,
        "text": goal.text,
    }


def _goal_of(shape: dict[str, Any] | None) -> Target | None:
    if shape is None:
        return None
    operator = Operator(shape["operator"]) if shape["operator"] is not None else None
    return Target(operator, _decimal(shape["value"]), shape["unit"], Kind(shape["kind"]), shape["text"])


def budget_line_row(plan: int, position: int, read: BudgetLine) -> BudgetLineRow:
    """A row for a line of money."""
    return BudgetLineRow(
        plan_id=plan,
        position=position,
        no=read.no,
        group_name=read.group,
        name=read.name,
        amounts=[[amount.column, _text(amount.value), amount.text] for amount in read.amounts],
        measure=read.unit,
        total=read.total,
        place=read.where,
        source=source_json(read.source),
        lead=list(read.lead),
        note=read.note,
        checks=list(read.checks),
    )


def budget_line_of(row: BudgetLineRow) -> BudgetLine:
    """The line of money of a row."""
    return BudgetLine(
        name=row.name,
        where=row.place,
        source=source_of(row.source),
        no=row.no,
        group=row.group_name,
        amounts=tuple(Amount(column, _decimal(value), text) for column, value, text in row.amounts),
        unit=row.measure,
        total=row.total,
        lead=tuple(row.lead),
        note=row.note,
        checks=tuple(row.checks),
    )


def _text(value: Decimal | None) -> str | None:
    """A decimal digit for digit: JSON knows binary fractions only."""
    return None if value is None else format(value, "f")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
