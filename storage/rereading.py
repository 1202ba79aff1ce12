"""The same file again: known by its bytes, and read anew where an older reader read it.

A new reading takes the place of the old one with everything that people put there: reported figures, evidence,
confirmed targets, the reporting rule that somebody chose. The old reading is dropped, not shown beside the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Plan
from storage.amending import amendments_of, rows_of
from storage.authorities import Authorities
from storage.models import (
    IN_USE,
    BudgetLineRow,
    IndicatorRow,
    PlanFileRow,
    PlanRow,
    PlanState,
    ReportingRuleRow,
    ResultRow,
)
from storage.plans import Plans, SavedPlan
from storage.shelving import bump_version
from storage.superseding import carry_over

_READER: Final = "reader"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A plan whose file is kept. ``reader`` is the stamp of the reader that read it, None for one before stamps."""

    id: int
    authority: int
    state: PlanState
    reader: str | None


async def kept_file(session: AsyncSession, content_hash: str, authority: int | None = None) -> KeptFile | None:
    """The plan that was read from these bytes, in force before waiting before dropped; of ``authority`` where given."""
    rows = (
        await session.scalars(select(PlanRow).where(PlanRow.content_hash == content_hash).order_by(PlanRow.id))
    ).all()
    own = [row for row in rows if authority is None or row.authority_id == authority]
    if not own:
        return None
    order = [PlanState.ADOPTED, PlanState.AMENDMENT, PlanState.SUPERSEDED, PlanState.PENDING, PlanState.DISCARDED]
    row = min(own, key=lambda row: order.index(PlanState(row.state)))
    return KeptFile(row.id, row.authority_id, PlanState(row.state), row.head.get(_READER))


async def stamp(session: AsyncSession, plan: int, reader: str) -> None:
    """Note which reader read the plan."""
    row = await session.get_one(PlanRow, plan)
    row.head = {**row.head, _READER: reader}
    await session.flush()


async def replace_reading(
    session: AsyncSession, plans: Plans, old: int, read: Plan, *, file_name: str, content: bytes, adopt: bool
) -> SavedPlan:
    """Keep ``read``, a new reading of the file of plan ``old``, in its place; in force where that one was."""
    before = await session.get_one(PlanRow, old)
    was, content_hash = before.state, before.content_hash
    # The bytes name the new reading from now on, in the records and in the index.
    before.content_hash = sha256(f"{content_hash} {old}".encode()).hexdigest()
    before.state = PlanState.DISCARDED
    await session.flush()
    saved = await plans.save(
        read,
        file_name=file_name,
        content_hash=content_hash,
        content=content,
        authority=await Authorities(session).name(before.authority_id),
        adopt=adopt or was in IN_USE,
    )
    after = await session.get_one(PlanRow, saved.id)
    after.series_id = before.series_id
    if after.state == PlanState.ADOPTED:
        for amendment in await amendments_of(session, after.series_id):
            await plans.take_amendment(after, amendment)
    if after.state == PlanState.AMENDMENT:
        await _carry_withdrawn(session, old, saved.id)
    await carry_over(session, await rows_of(session, old), await rows_of(session, saved.id))
    await _carry_rule(session, old, saved.id)
    await session.execute(delete(PlanFileRow).where(PlanFileRow.plan_id == old))
    await bump_version(session)
    return saved


async def _carry_withdrawn(session: AsyncSession, old: int, new: int) -> None:
    """What the old reading of an amendment took out of the plan that it amends stays out of force by the new one."""
    for table in (IndicatorRow, ReportingRuleRow, ResultRow, BudgetLineRow):
        last = await session.scalar(select(func.max(table.position)).where(table.plan_id == new))
        await session.execute(
            update(table)
            .where(table.plan_id == old, table.withdrawn_from.is_not(None))
            .values(plan_id=new, position=table.position + (0 if last is None else last + 1))
        )
    await session.flush()


async def _carry_rule(session: AsyncSession, old: int, new: int) -> None:
    last = await session.scalar(select(func.max(ReportingRuleRow.position)).where(ReportingRuleRow.plan_id == new))
    await session.execute(
        update(ReportingRuleRow)
        .where(ReportingRuleRow.plan_id == old, ReportingRuleRow.chosen_by.is_not(None))
        .values(plan_id=new, position=0 if last is None else last + 1)
    )
    await session.flush()
