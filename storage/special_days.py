"""Days off and days worked that were decided for this place, over what the calendar knows by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.calendar import SpecialDay
from storage.models import SpecialDayRow
from storage.upsert import insert_or_update


class SpecialDays:
    """The days that a person entered; ``scheduler.calendar.Calendar`` takes them as they come."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list(self) -> Sequence[SpecialDay]:
        """All of them, earliest first."""
        rows = await self._session.scalars(select(SpecialDayRow).order_by(SpecialDayRow.day))
        return [SpecialDay(row.day, row.off, row.reason, row.decision) for row in rows]

    async def put(self, special: SpecialDay) -> None:
        """Enter a day, in place of what was entered for it before."""
        values = {"day": special.day, "off": special.off, "reason": special.reason, "decision": special.decision}
        await insert_or_update(self._session, SpecialDayRow, values, ("day",))

    async def remove(self, day: date) -> None:
        """The day is again what the calendar says."""
        await self._session.execute(delete(SpecialDayRow).where(SpecialDayRow.day == day))
