"""Two versions of one plan side by side, as people settled them: what a new one is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Plan
from storage.amending import plan_amended_by, rows_of
from storage.amending_tables import parts_of
from storage.authorities import Authorities
from storage.models import BudgetLineRow, IndicatorRow, PlanRow, PlanState, ReportingRuleRow, ResultRow
from storage.plan_rows import amendment_of, head_of, indicator_row, open_checks, plan_of
from storage.superseding import is_version_of, others_in_force


async def versions(session: AsyncSession, plan: int) -> tuple[Plan, Plan] | None:
    """The version in force that a waiting plan would replace, and that plan; None where it is the first of its kind.

    Targets are as confirmed, and those that a person settled carry no doubt any more.
    """
    row = await session.get_one(PlanRow, plan)
    own = await rows_of(session, plan)
    found = await _in_force(session, row, own)
    return None if found is None else (found, await _settled(session, row, own))


async def version_in_force(session: AsyncSession, plan: Plan, authority: str | None = None) -> Plan | None:
    """The version in force of a plan that was read and not kept; of the ``authority`` of this name, else its issuer."""
    owner = await Authorities(session).find(authority or plan.document.issuer or "")
    if owner is None:
        return None
    document = plan.document
    # Never added to the session: rows only because versions are told apart by rows.
    row = PlanRow(
        authority_id=owner.id,
        number=document.number,
        date=document.date,
        title=document.title,
        year=document.year,
        head=head_of(document, plan.amends),
        state=PlanState.PENDING,
    )
    own = [indicator_row(0, at, read) for at, read in enumerate(plan.indicators)]
    for at, one in enumerate(own):
        one.id = -1 - at
    return await _in_force(session, row, own)


async def _in_force(session: AsyncSession, row: PlanRow, own: Sequence[IndicatorRow]) -> Plan | None:
    if amendment_of(row) is not None:
        amended = await plan_amended_by(session, row, own)
        return None if amended is None else await _settled(session, amended, await rows_of(session, amended.id))
    for other in await others_in_force(session, row):
        others = await rows_of(session, other.id)
        if is_version_of(row, own, other, others):
            return await _settled(session, other, others)
    return None


async def _settled(session: AsyncSession, row: PlanRow, rows: Sequence[IndicatorRow]) -> Plan:
    rules = await parts_of(session, ReportingRuleRow, row.id)
    results, budget = await parts_of(session, ResultRow, row.id), await parts_of(session, BudgetLineRow, row.id)
    plan = plan_of(row, rows, (), rules, results, budget)
    settled = (replace(one, checks=open_checks(kept)) for one, kept in zip(plan.indicators, rows, strict=True))
    return replace(plan, indicators=tuple(settled))
