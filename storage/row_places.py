"""Where the rows of a plan are printed, for whoever must look at them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.source import Source
from storage.models import IndicatorRow, PlanRow, PlanState
from storage.plan_rows import indicator_of, open_checks


async def doubtful_places(session: AsyncSession, indicator: int) -> tuple[int, dict[int, Source]]:
    """The plan whose file prints an indicator, and where it prints that one and all others of the file that wait for a
    person, by their id. What an amendment set is printed in the amendment's file; no places where that is gone."""
    asked = await session.get_one(IndicatorRow, indicator)
    origin = asked.source.get("origin")
    rows = await session.scalars(select(IndicatorRow).where(IndicatorRow.plan_id == asked.plan_id))
    printed = asked.plan_id if not origin else await _amendment(session, asked.plan_id, origin)
    if printed is None:
        return asked.plan_id, {}
    return printed, {
        row.id: indicator_of(row).source
        for row in rows
        if row.source.get("origin") == origin and (row.id == indicator or open_checks(row))
    }


async def _amendment(session: AsyncSession, amended: int, origin: list[str | None]) -> int | None:
    """The amendment in force that a row of the amended plan is cited from."""
    series = select(PlanRow.series_id).where(PlanRow.id == amended).scalar_subquery()
    number, _, file_name = origin
    return await session.scalar(
        select(PlanRow.id)
        .where(
            PlanRow.series_id == series,
            PlanRow.state == PlanState.AMENDMENT,
            PlanRow.file_name == file_name,
            PlanRow.number.is_(None) if number is None else PlanRow.number == number,
        )
        .order_by(PlanRow.id.desc())
        .limit(1)
    )
