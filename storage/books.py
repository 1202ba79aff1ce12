"""What an authority's plans in force say, ready for desks: read once for each version of the plans, then remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Repair, Target
from knowledge.reporting_rule import ReportingRule
from reporting.levels import Above
from scheduler.ruled_periods import RuleInTime
from storage.links import Links
from storage.models import IndicatorRow, IndicatorUnitRow, PlanRow, PlanState, ReportingRuleRow
from storage.place import place_under_plan
from storage.plan_rows import lead_of, open_checks, repairs_of, rule_of, target_of
from storage.restated import one_each_with_others
from storage.shelving import shelf_version


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it is asked for and reviewed; ``doubts`` is empty once the target is certain or confirmed.
    ``above`` is the same indicator of the level above, where its plan has it; ``elsewhere`` and ``leads_elsewhere`` are
    targets and leads that the plan states for it at other places and that differ."""

    id: int
    no: str | None
    key: str
    name: str
    group: str | None
    target: Target
    place: str
    printed: str
    doubts: tuple[str, ...]
    lead: tuple[str, ...]
    above: Above | None = None
    elsewhere: tuple[Target, ...] = ()
    leads_elsewhere: tuple[tuple[str, ...], ...] = ()
    repairs: tuple[Repair, ...] = ()
    name_doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The adopted plans of one authority. ``lines`` has each indicator once, however often it is stated; ``led`` has
    the lines of each plan by lead unit; ``rules`` begins with the one that a coordinator chose."""

    plans: tuple[PlanRow, ...]
    lines: Mapping[int, Sequence[Line]]
    led: Mapping[int, Mapping[int, Sequence[Line]]]
    rules: Mapping[int, Sequence[ReportingRule]]


Shelved = dict[int, tuple[int, Book]]
"""Books by authority, each with the version of the plans that it was read at."""


async def book_of(session: AsyncSession, authority: int, shelved: Shelved | None) -> Book:
    """The authority's book.

    ``shelved`` remembers books; it may be given in a read-only transaction alone, since a transaction that writes sees
    versions that may never be committed.
    """
    if shelved is None:
        return await _read(session, authority)
    version = await shelf_version(session)
    known = shelved.get(authority)
    if known is None or known[0] != version:
        known = shelved[authority] = (version, await _read(session, authority))
    return known[1]


async def _read(session: AsyncSession, authority: int) -> Book:
    plans = (
        await session.scalars(
            select(PlanRow)
            .where(PlanRow.authority_id == authority, PlanRow.state == PlanState.ADOPTED)
            .order_by(PlanRow.id)
        )
    ).all()
    ids = [plan.id for plan in plans]
    lines = await lines_of(session, ids)
    units: dict[int, list[int]] = defaultdict(list)
    for link in await session.execute(
        select(IndicatorUnitRow.indicator_id, IndicatorUnitRow.unit_id)
        .join(IndicatorRow, IndicatorRow.id == IndicatorUnitRow.indicator_id)
        .where(IndicatorRow.plan_id.in_(ids))
    ):
        units[link.indicator_id].append(link.unit_id)
    led: dict[int, dict[int, list[Line]]] = {plan: defaultdict(list) for plan in ids}
    for plan, own in lines.items():
        for line in own:
            for unit in units.get(line.id, ()):
                led[plan][unit].append(line)
    return Book(tuple(plans), lines, led, await rules_of(session, ids))


async def lines_of(session: AsyncSession, plans: Sequence[int]) -> dict[int, list[Line]]:
    """The lines of some plans, each in the plan's order."""
    rows: dict[int, list[IndicatorRow]] = {plan: [] for plan in plans}
    for row in await session.scalars(
        select(IndicatorRow)
        .where(IndicatorRow.plan_id.in_(plans))
        .order_by(IndicatorRow.plan_id, IndicatorRow.position)
    ):
        rows[row.plan_id].append(row)
    above = await Links(session).above(plans)
    return {
        plan: [_line(row, others, above.get(row.id)) for row, others in one_each_with_others(own)]
        for plan, own in rows.items()
    }


def _line(row: IndicatorRow, others: Sequence[IndicatorRow], above: Above | None) -> Line:
    target, lead = target_of(row), lead_of(row)
    led = (units for units in map(lead_of, others) if units and units != lead)
    differing = (other for other in map(target_of, others) if other.value not in (None, target.value))
    return Line(
        row.id,
        row.no,
        row.key,
        row.name,
        row.group_name,
        target,
        place_under_plan(row),
        row.source["quote"],
        open_checks(row),
        lead,
        above,
        tuple(dict.fromkeys(differing)),
        tuple(dict.fromkeys(led)),
        repairs_of(row),
        row.name_doubt,
    )


async def rules_of(session: AsyncSession, plans: Sequence[int]) -> dict[int, list[ReportingRule]]:
    """The reporting rules of some plans; one that a coordinator chose comes first."""
    found: dict[int, list[ReportingRule]] = {plan: [] for plan in plans}
    for row in await session.scalars(
        select(ReportingRuleRow)
        .where(ReportingRuleRow.plan_id.in_(plans), ReportingRuleRow.withdrawn_from.is_(None))
        .order_by(ReportingRuleRow.chosen_by.is_(None), ReportingRuleRow.position)
    ):
        found[row.plan_id].append(rule_of(row))
    return found


async def rules_in_time(session: AsyncSession, plan: int) -> list[RuleInTime]:
    """The rules of a plan and those that amendments ended, each with the days between which it holds. Where a
    coordinator chose one, those that the plan has stay beside it."""
    rows = await session.scalars(
        select(ReportingRuleRow)
        .where(
            or_(
                and_(ReportingRuleRow.plan_id == plan, ReportingRuleRow.withdrawn_from.is_(None)),
                ReportingRuleRow.withdrawn_from == plan,
            )
        )
        .order_by(ReportingRuleRow.chosen_by.is_(None), ReportingRuleRow.position, ReportingRuleRow.id)
    )
    return [RuleInTime(rule_of(row), row.since, row.until) for row in rows]
