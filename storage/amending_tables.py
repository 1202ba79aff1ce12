"""An amendment in force: the reporting rules, results and lines of money that it sets anew in the plan it amends.

As with indicators, the old words move to the amendment (``withdrawn_from``), and what is set anew is cited from the
amending document. A rule keeps the day from which it holds: reports that were due before are due as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.amended_rules import amended_rules, rule_in_place_of
from knowledge.amended_tables import SUM_OUTDATED, amended_table, row_in_place_of
from knowledge.plan import BudgetLine, Plan, Result
from knowledge.reporting_rule import ReportingRule
from knowledge.source import Origin
from storage.models import BudgetLineRow, PlanRow, ReportingRuleRow, ResultRow
from storage.plan_rows import rule_of, rule_row
from storage.table_rows import budget_line_of, budget_line_row, result_of, result_row

Part = TypeVar("Part", ReportingRuleRow, ResultRow, BudgetLineRow)
Said = TypeVar("Said", ReportingRule, Result, BudgetLine)
# Above every row number: rows are renumbered by way of numbers that no row has.
_ABOVE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class TouchedPart:
    """One row of the amended plan that came (``before`` empty), ended (``after`` empty) or says something else, for the
    trail."""

    record: str
    id: int
    before: dict[str, Any]
    after: dict[str, Any]


async def parts_of(session: AsyncSession, table: type[Part], plan: int) -> list[Part]:
    """The rows of a plan that are its own, in order: without those that an amendment took out of another plan."""
    rows = await session.scalars(
        select(table).where(table.plan_id == plan, table.withdrawn_from.is_(None)).order_by(table.position)
    )
    return list(rows)


async def amend_parts(
    session: AsyncSession, base: PlanRow, amendment: PlanRow, read: Plan, origin: Origin, since: date
) -> list[TouchedPart]:
    """Let what ``read``, kept as ``amendment``, says of reporting, results and money take effect in ``base``, reporting
    from the day ``since`` on; once more changes nothing."""
    touched = await _amend_rules(session, base, amendment, read, origin, since)
    results = await parts_of(session, ResultRow, base.id)
    found = amended_table([result_of(row) for row in results], read.results)
    place = {
        one: result_row(base.id, 0, _cited(row_in_place_of(read.results[two], result_of(results[one])), origin))
        for one, two in found.pairs
    }
    added = [result_row(base.id, 0, _cited(read.results[at], origin)) for at in found.added]
    touched += await _exchange(session, ResultRow, base, amendment, results, place, added)
    money = await parts_of(session, BudgetLineRow, base.id)
    table = amended_table([budget_line_of(row) for row in money], read.budget)
    lines = {
        one: budget_line_row(base.id, 0, _cited(row_in_place_of(read.budget[two], budget_line_of(money[one])), origin))
        for one, two in table.pairs
    }
    more = [budget_line_row(base.id, 0, _cited(read.budget[at], origin)) for at in table.added]
    for at in table.outdated:
        money[at].checks = list(dict.fromkeys((*money[at].checks, SUM_OUTDATED)))
    return touched + await _exchange(session, BudgetLineRow, base, amendment, money, lines, more)


async def _amend_rules(
    session: AsyncSession, base: PlanRow, amendment: PlanRow, read: Plan, origin: Origin, since: date
) -> list[TouchedPart]:
    olds = await parts_of(session, ReportingRuleRow, base.id)
    rules = amended_rules([rule_of(row) for row in olds], read)
    place = {
        one: rule_row(base.id, 0, _cited(rule_in_place_of(read.reporting[two], rule_of(olds[one])), origin))
        for one, two in rules.pairs
    }
    added = [rule_row(base.id, 0, _cited(read.reporting[at], origin)) for at in rules.added]
    for row in (*place.values(), *added):
        row.since = since
    for at in (*place, *rules.ended):
        olds[at].until = since
    return await _exchange(session, ReportingRuleRow, base, amendment, olds, place, added, rules.ended)


async def _exchange(
    session: AsyncSession,
    table: type[Part],
    base: PlanRow,
    amendment: PlanRow,
    olds: Sequence[Part],
    place: Mapping[int, Part],
    added: Sequence[Part],
    ended: Sequence[int] = (),
) -> list[TouchedPart]:
    """Put the rows ``place`` where those of ``olds`` stood, ``added`` behind them; what stood there, and ``ended``, is
    kept behind the rows of the amendment."""
    if not (place or added or ended):
        return []
    kept = await session.scalars(select(table.position).where(table.plan_id == amendment.id))
    free = max(kept.all(), default=-1) + 1
    for at in sorted({*place, *ended}):
        olds[at].plan_id, olds[at].withdrawn_from, olds[at].position = amendment.id, base.id, free
        free += 1
    await session.flush()
    rows = [place.get(at, old) for at, old in enumerate(olds) if at not in ended]
    rows += added
    for at, row in enumerate(rows):
        row.position = _ABOVE + at
    session.add_all([*place.values(), *added])
    await session.flush()
    for at, row in enumerate(rows):
        row.position = at
    await session.flush()
    record: str = table.__tablename__
    return [
        *(TouchedPart(record, place[at].id, _summary(olds[at]), _summary(place[at])) for at in sorted(place)),
        *(TouchedPart(record, row.id, {}, _summary(row)) for row in added),
        *(TouchedPart(record, olds[at].id, _summary(olds[at]), {}) for at in ended),
    ]


def _cited(said: Said, origin: Origin) -> Said:
    return replace(said, source=replace(said.source, origin=origin))


def _summary(row: Part) -> dict[str, Any]:
    if isinstance(row, ReportingRuleRow):
        return {"frequency": row.frequency, "due": row.due, "rule": row.rule}
    if isinstance(row, ResultRow):
        return {"name": row.name, "result": row.text}
    return {"name": row.name, "amounts": row.amounts, "unit": row.measure}
