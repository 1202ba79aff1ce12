"""A ``Plan`` as rows and back again, without loss."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from knowledge import plan_json
from knowledge.checks import of_lead
from knowledge.plan import (
    Amendment,
    Chunk,
    Document,
    Indicator,
    Kind,
    LegalBasis,
    Manner,
    Operator,
    Plan,
    Removal,
    Repair,
    Target,
    Task,
)
from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from storage.models import BudgetLineRow, IndicatorRow, PlanRow, ReportingRuleRow, ResultRow, TaskRow
from storage.names import key_of
from storage.source_json import source_json, source_of
from storage.table_rows import budget_line_of, result_of


def head_of(document: Document, amends: Amendment | None = None) -> dict[str, Any]:
    """What a plan says of itself that no query asks for."""
    return {
        "amends": amends and _amendment_json(amends),
        "province": document.province,
        "signer": document.signer,
        "signer_title": document.signer_title,
        "legal_basis": [[b.number, b.date.isoformat() if b.date else None] for b in document.legal_basis],
        "checks": list(document.checks),
        "lost": list(document.lost),
    }


def document_of(row: PlanRow) -> Document:
    """The document fields of a plan's row."""
    head = row.head
    return Document(
        number=row.number,
        date=row.date,
        issuer=row.issuer,
        province=head["province"],
        title=row.title,
        signer=head["signer"],
        signer_title=head["signer_title"],
        year=row.year,
        legal_basis=tuple(
            LegalBasis(number, date.fromisoformat(day) if day else None) for number, day in head["legal_basis"]
        ),
        checks=tuple(head["checks"]),
        lost=lost_of(row),
    )


def lost_of(row: PlanRow) -> tuple[str, ...]:
    """What to say of the pages of a plan's file that could not be read."""
    return tuple(row.head.get("lost", ()))


def _amendment_json(amends: Amendment) -> dict[str, Any]:
    return {
        "number": amends.number,
        "date": amends.date.isoformat() if amends.date else None,
        "removed": [_removal_json(one) for one in amends.removed],
        "manners": list(amends.manners),
        "ended": [_removal_json(one) for one in amends.ended],
    }


def _removal_json(one: Removal) -> list[Any]:
    return [one.no, one.name, source_json(one.source)]


def _removals_of(shape: Sequence[Any]) -> tuple[Removal, ...]:
    return tuple(Removal(no, name, source_of(source)) for no, name, source in shape)


def amendment_of(row: PlanRow) -> Amendment | None:
    """Which plan a plan amends; None for one that stands by itself."""
    shape = row.head.get("amends")
    if shape is None:
        return None
    return Amendment(
        shape["number"],
        date.fromisoformat(shape["date"]) if shape["date"] else None,
        _removals_of(shape["removed"]),
        # An amendment that an earlier release read says nothing of reporting.
        tuple(map(Manner, shape.get("manners", ()))),
        _removals_of(shape.get("ended", ())),
    )


def indicator_row(plan: int, position: int, read: Indicator) -> IndicatorRow:
    """A row for an indicator as read."""
    return IndicatorRow(
        plan_id=plan,
        position=position,
        no=read.no,
        group_name=read.group,
        name=read.name,
        key=key_of(read.name),
        operator=read.target.operator,
        value=read.target.value,
        measure=read.target.unit,
        kind=read.target.kind,
        target_text=read.target.text,
        place=read.where,
        source=source_json(read.source),
        lead=list(read.lead),
        coop=list(read.coop),
        due=read.due,
        checks=list(read.checks),
        repairs=[asdict(repair) for repair in read.repairs],
        same_as=read.same_as,
        name_doubt=read.name_doubt,
    )


def _operator(sign: str | None) -> Operator | None:
    return None if sign is None else Operator(sign)


def read_target_of(row: IndicatorRow) -> Target:
    """The target as it was read."""
    return Target(_operator(row.operator), row.value, row.measure, Kind(row.kind), row.target_text)


def target_of(row: IndicatorRow) -> Target:
    """The target that holds: the confirmed one over the one that was read."""
    if row.confirmed_at is None or row.confirmed_kind is None or row.confirmed_text is None:
        return read_target_of(row)
    return Target(
        _operator(row.confirmed_operator),
        row.confirmed_value,
        row.confirmed_measure,
        Kind(row.confirmed_kind),
        row.confirmed_text,
    )


def lead_of(row: IndicatorRow) -> tuple[str, ...]:
    """The lead units that hold: the confirmed ones over those that were read."""
    return tuple(row.lead if row.confirmed_lead is None else row.confirmed_lead)


def open_checks(row: IndicatorRow) -> tuple[str, ...]:
    """The reasons to check a row that no person has settled yet: of its target, of its lead."""
    settled = {True: row.lead_confirmed_at is not None, False: row.confirmed_at is not None}
    return tuple(reason for reason in row.checks if not settled[of_lead(reason)])


def repairs_of(row: IndicatorRow) -> tuple[Repair, ...]:
    """What was understood of the row's print."""
    return tuple(Repair(**repair) for repair in row.repairs)


def indicator_of(row: IndicatorRow) -> Indicator:
    """The indicator with the target and the lead that hold. ``checks`` of the target and ``repairs`` stay as they were
    read; those of a lead that a person settled are gone."""
    settled = row.lead_confirmed_at is not None
    return Indicator(
        name=row.name,
        target=target_of(row),
        where=row.place,
        source=source_of(row.source),
        no=row.no,
        group=row.group_name,
        lead=lead_of(row),
        coop=tuple(row.coop),
        due=row.due,
        checks=tuple(reason for reason in row.checks if not (settled and of_lead(reason))),
        repairs=repairs_of(row),
        same_as=row.same_as,
        name_doubt=row.name_doubt,
    )


def task_row(plan: int, position: int, read: Task) -> TaskRow:
    """A row for a task."""
    return TaskRow(
        plan_id=plan,
        position=position,
        name=read.name,
        place=read.where,
        source=source_json(read.source),
        result=read.result,
        due=read.due,
        lead=list(read.lead),
        coop=list(read.coop),
        checks=list(read.checks),
    )


def task_of(row: TaskRow) -> Task:
    """The task of a row."""
    return Task(
        row.name,
        row.place,
        source_of(row.source),
        row.result,
        row.due,
        tuple(row.lead),
        tuple(row.coop),
        tuple(row.checks or ()),
    )


def rule_row(plan: int, position: int, read: ReportingRule, chosen_by: int | None = None) -> ReportingRuleRow:
    """A row for a reporting rule."""
    return ReportingRuleRow(
        plan_id=plan,
        position=position,
        rule=read.rule,
        frequency=read.frequency,
        source=source_json(read.source),
        due=plan_json.due(read.due),
        reporters=read.reporters,
        to=read.to,
        via=read.via,
        chosen_by=chosen_by,
    )


def _due_of(shape: dict[str, Any] | None) -> Due | None:
    match shape:
        case None:
            return None
        case {"day": day, "before": before}:
            return MonthlyDue(day, before)
        case {"dates": dates, "before": before}:
            return YearlyDue(tuple(dates), before)
        case {"date": day, "before": before}:
            return OnceDue(date.fromisoformat(day), before)
        case {"quarter_week": week}:
            return QuarterWeekDue(week)
        case _:
            raise ValueError(f"no due of a reporting rule: {shape}")


def rule_of(row: ReportingRuleRow) -> ReportingRule:
    """The reporting rule of a row."""
    return ReportingRule(
        row.rule,
        Frequency(row.frequency),
        source_of(row.source),
        _due_of(row.due),
        row.reporters,
        row.to,
        row.via,
    )


def pack_chunks(chunks: Iterable[Chunk]) -> bytes:
    """Chunks as compressed JSON; they repeat the whole document, twice where it was repaired."""
    shapes = [[list(c.path), c.text, c.repaired, source_json(c.source)] for c in chunks]
    return zlib.compress(json.dumps(shapes, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_chunks(packed: bytes) -> tuple[Chunk, ...]:
    """The chunks of ``pack_chunks``."""
    shapes = json.loads(zlib.decompress(packed))
    return tuple(Chunk(tuple(path), text, repaired, source_of(source)) for path, text, repaired, source in shapes)


def plan_of(
    row: PlanRow,
    indicators: Sequence[IndicatorRow],
    tasks: Sequence[TaskRow],
    rules: Sequence[ReportingRuleRow],
    results: Sequence[ResultRow] = (),
    budget: Sequence[BudgetLineRow] = (),
    chunks: tuple[Chunk, ...] = (),
) -> Plan:
    """The plan of its rows, each sequence in the order of its positions."""
    return Plan(
        document=document_of(row),
        indicators=tuple(indicator_of(i) for i in indicators),
        tasks=tuple(task_of(t) for t in tasks),
        results=tuple(result_of(r) for r in results),
        budget=tuple(budget_line_of(b) for b in budget),
        reporting=tuple(rule_of(r) for r in rules),
        units=tuple(row.units),
        chunks=chunks,
        damaged=row.damaged,
        pages=row.pages,
        amends=amendment_of(row),
    )
