"""When reports are due: the periods that ``scheduler`` computed, kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from reporting.period import Period
from storage.models import DelayRow, EntryRow, EvidenceRow, PeriodRow, PlanRow, PlanState
from storage.upsert import insert_or_update


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period that takes reports, and the plan in force that it belongs to."""

    authority: int
    plan: int
    period: Period


def period_of(row: PeriodRow) -> Period:
    """The row as a value."""
    return Period(row.key, row.label, row.opens, row.due, row.closes, row.id)


class Periods:
    """Periods belong to a series of plan versions: a new version of a plan goes on with them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def save(
        self, plan: int, periods: Sequence[Period], *, nothing_else_from: date | None = None
    ) -> Sequence[Period]:
        """Keep the computed calendar, whole; safe to repeat. The same periods with their ids.

        Periods are known by their key and get the new dates. Those within the computed span that are no longer in
        it, and those due from the day ``nothing_else_from`` on, go, unless something was reported in them.
        """
        series = await self._series(plan)
        for period in periods:
            values = {
                "plan_id": series,
                "key": period.key,
                "label": period.label,
                "opens": period.opens,
                "due": period.due,
                "closes": period.closes,
            }
            await insert_or_update(self._session, PeriodRow, values, ("plan_id", "key"))
        spans = [PeriodRow.opens >= min(p.opens for p in periods)] if periods else []
        spans += [PeriodRow.due >= nothing_else_from] if nothing_else_from is not None else []
        if spans:
            await self._session.execute(
                delete(PeriodRow).where(
                    PeriodRow.plan_id == series,
                    or_(*spans),
                    PeriodRow.key.not_in([p.key for p in periods]),
                    *(PeriodRow.id.not_in(select(used.period_id)) for used in (EntryRow, EvidenceRow, DelayRow)),
                )
            )
        return await self.of(plan)

    async def of(self, plan: int) -> Sequence[Period]:
        """All periods of a plan, earliest first."""
        rows = await self._session.scalars(
            select(PeriodRow).where(PeriodRow.plan_id == await self._series(plan)).order_by(PeriodRow.due, PeriodRow.id)
        )
        return [period_of(row) for row in rows]

    async def open_at(self, day: date) -> Sequence[OpenPeriod]:
        """The periods of all authorities that take reports on ``day``, late ones included."""
        rows = await self._session.execute(
            select(PlanRow.authority_id, PlanRow.id, PeriodRow)
            .join(PeriodRow, PeriodRow.plan_id == PlanRow.series_id)
            .where(PlanRow.state == PlanState.ADOPTED, PeriodRow.opens <= day, PeriodRow.closes >= day)
            .order_by(PlanRow.authority_id, PeriodRow.opens, PeriodRow.id)
        )
        return [OpenPeriod(authority, plan, period_of(row)) for authority, plan, row in rows]

    async def _series(self, plan: int) -> int:
        return (await self._session.scalars(select(PlanRow.series_id).where(PlanRow.id == plan))).one() or plan
