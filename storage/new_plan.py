"""A plan that was just read becomes rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Plan
from storage.models import PlanFileRow, PlanRow, PlanState
from storage.plan_rows import head_of, indicator_row, pack_chunks, rule_row, task_row
from storage.table_rows import budget_line_row, result_row


async def insert_plan(
    session: AsyncSession, plan: Plan, owner: int, file_name: str, content_hash: str, content: bytes, now: datetime
) -> PlanRow:
    """Keep ``plan`` and the file it was read from for the authority ``owner``; it waits to be put in force."""
    document = plan.document
    row = PlanRow(
        authority_id=owner,
        content_hash=content_hash,
        file_name=file_name,
        state=PlanState.PENDING,
        number=document.number,
        date=document.date,
        issuer=document.issuer,
        title=document.title,
        year=document.year,
        head=head_of(document, plan.amends),
        units=list(plan.units),
        damaged=plan.damaged,
        pages=plan.pages,
        read_at=now,
    )
    session.add(row)
    await session.flush()
    row.series_id = row.id
    session.add(PlanFileRow(plan_id=row.id, content=content, chunks=pack_chunks(plan.chunks)))
    session.add_all(indicator_row(row.id, at, read) for at, read in enumerate(plan.indicators))
    session.add_all(task_row(row.id, at, read) for at, read in enumerate(plan.tasks))
    session.add_all(result_row(row.id, at, read) for at, read in enumerate(plan.results))
    session.add_all(budget_line_row(row.id, at, read) for at, read in enumerate(plan.budget))
    session.add_all(rule_row(row.id, at, read) for at, read in enumerate(plan.reporting))
    await session.flush()
    return row
