"""The shelf of ``retrieval``: a snapshot of all plans, targets as confirmed, with the latest approved figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from reporting.display import figure_text
from reporting.entry import EntryState
from retrieval.shelf import Reported, Shelf, ShelvedPlan
from storage.entry_rows import figure_of
from storage.models import (
    IN_USE,
    AuthorityRow,
    BudgetLineRow,
    EntryRow,
    IndicatorRow,
    PeriodRow,
    PlanRow,
    PlanState,
    ReportingRuleRow,
    ResultRow,
    SettingRow,
    TaskRow,
)
from storage.plan_rows import amendment_of, plan_of
from storage.restated import groups_of
from storage.upsert import insert_or_update

_VERSION: Final = "shelf_version"
# What a plan is made of.
_TABLES: Final = (IndicatorRow, TaskRow, ReportingRuleRow, ResultRow, BudgetLineRow)
# Of these, what an amendment sets in the plan that it amends; its tasks are its own.
_AMENDED: Final = (IndicatorRow, ReportingRuleRow, ResultRow, BudgetLineRow)
# How much of a content hash names a plan in the index: 80 bits tell all plans of the world apart.
KEY_LENGTH: Final = 20


def key_in_index(content_hash: str) -> str:
    """A plan's name in the index: made of its bytes, so that an index that outlives its database never lies."""
    return content_hash[:KEY_LENGTH]


async def shelf_version(session: AsyncSession) -> int:
    """Grows whenever the shelf would come out differently."""
    row = await session.scalar(select(SettingRow.value).where(SettingRow.name == _VERSION))
    return 0 if row is None else int(row["version"])


async def bump_version(session: AsyncSession) -> None:
    """Say that the shelf changed, within the transaction that changes it."""
    value = {"version": await shelf_version(session) + 1}
    await insert_or_update(session, SettingRow, {"name": _VERSION, "value": value}, ("name",))


async def load_shelf(session: AsyncSession) -> Shelf:
    """All plans that are in force or were; seven queries, however many plans there are."""
    parent = aliased(AuthorityRow)
    shown = PlanRow.state.in_(IN_USE)
    plans = (
        await session.execute(
            select(PlanRow, AuthorityRow.name, parent.name)
            .join(AuthorityRow, AuthorityRow.id == PlanRow.authority_id)
            .outerjoin(parent, parent.id == AuthorityRow.parent_id)
            .where(shown)
            .order_by(PlanRow.id)
        )
    ).all()
    rows: dict[type[Any], dict[int, list[Any]]] = {}
    for table in _TABLES:
        found = await session.scalars(
            select(table)
            .join(PlanRow, PlanRow.id == table.plan_id)
            .where(shown)
            .order_by(table.plan_id, table.position)
        )
        rows[table] = _by_plan(found)
    reported = await _reported(session)
    withdrawn = _withdrawn(plans, [rows[table] for table in _AMENDED])
    for row, _, _ in plans:
        for table in _AMENDED:
            rows[table][row.id] = _in_force(row, rows[table][row.id])
    return Shelf(
        tuple(
            ShelvedPlan(
                key=key_in_index(row.content_hash),
                authority=authority,
                file_name=row.file_name,
                plan=plan_of(
                    row,
                    rows[IndicatorRow][row.id],
                    rows[TaskRow][row.id],
                    rows[ReportingRuleRow][row.id],
                    rows[ResultRow][row.id],
                    rows[BudgetLineRow][row.id],
                ),
                parent=above,
                confirmed=frozenset(i.position for i in rows[IndicatorRow][row.id] if i.confirmed_at is not None),
                reported=_at_every_place(rows[IndicatorRow][row.id], reported[row.id]),
                superseded=row.state == PlanState.SUPERSEDED,
                withdrawn=frozenset(withdrawn[row.id]),
            )
            for row, authority, above in plans
        )
    )


def _in_force(plan: PlanRow, rows: list[Any]) -> list[Any]:
    """The rows that a plan answers with; those of an amendment are in force in the plan that it amends."""
    return [] if amendment_of(plan) is not None else rows


def _withdrawn(
    plans: Iterable[Any], tables: Iterable[Mapping[int, Sequence[Any]]]
) -> Mapping[int, set[tuple[int, int]]]:
    """The lines of each plan that say something else now, in another document; for an amendment those of its rows,
    which are cited as rows of the amended plan."""
    lines: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for rows in tables:
        for plan, _, _ in plans:
            for row in rows[plan.id]:
                own = row.withdrawn_from is None
                if (not own and not row.source.get("origin")) or (own and amendment_of(plan) is not None):
                    lines[row.withdrawn_from or plan.id].add((row.source["first"], row.source["last"]))
    return lines


def _at_every_place(rows: Sequence[IndicatorRow], reported: Mapping[int, Reported]) -> dict[int, Reported]:
    """A figure is reported for one row; it speaks for every place that states the same indicator."""
    everywhere: dict[int, Reported] = {}
    for group in groups_of(rows).values():
        figure = next((reported[row.position] for row in group if row.position in reported), None)
        if figure is not None:
            everywhere.update({row.position: figure for row in group})
    return everywhere


def _by_plan(found: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.plan_id].append(row)
    return grouped


async def _reported(session: AsyncSession) -> dict[int, dict[int, Reported]]:
    """The latest approved figure of every indicator, by plan and position."""
    rank = (
        func.row_number()
        .over(partition_by=EntryRow.indicator_id, order_by=(PeriodRow.due.desc(), EntryRow.at.desc()))
        .label("rank")
    )
    ranked = (
        select(EntryRow.id, rank)
        .join(PeriodRow, PeriodRow.id == EntryRow.period_id)
        .where(EntryRow.state == EntryState.APPROVED)
        .subquery()
    )
    rows = await session.execute(
        select(EntryRow, PeriodRow.label, IndicatorRow.plan_id, IndicatorRow.position)
        .join(ranked, ranked.c.id == EntryRow.id)
        .join(PeriodRow, PeriodRow.id == EntryRow.period_id)
        .join(IndicatorRow, IndicatorRow.id == EntryRow.indicator_id)
        .where(ranked.c.rank == 1)
    )
    reported: dict[int, dict[int, Reported]] = defaultdict(dict)
    for entry, label, plan, position in rows:
        figure = figure_of(entry)
        reported[plan][position] = Reported(figure.value, figure_text(figure), label, entry.at.date())
    return reported
