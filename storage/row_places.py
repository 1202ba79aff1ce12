"""Where the rows of a plan are printed, for whoever must look at them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Source
from storage.models import IndicatorRow
from storage.plan_rows import indicator_of, open_checks


async def doubtful_places(session: AsyncSession, indicator: int) -> tuple[int, dict[int, Source]]:
    """The plan of an indicator, and where it prints that one and all others that wait for a person, by their id."""
    plan = (await session.get_one(IndicatorRow, indicator)).plan_id
    rows = await session.scalars(select(IndicatorRow).where(IndicatorRow.plan_id == plan))
    return plan, {
        row.id: indicator_of(row).source
        for row in rows
        # What an amendment set is printed in another file.
        if not row.source.get("origin") and (row.id == indicator or open_checks(row))
    }
