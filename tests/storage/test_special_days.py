"""Days that were decided here reach the calendar."""

from __future__ import annotations

from datetime import date

from scheduler.calendar import Calendar, SpecialDay
from storage.store import Store

SWAPPED = SpecialDay(date(2026, 6, 26), True, "nghỉ bù", "12/TB-UBND")


async def test_a_decided_day_off_is_no_working_day(store: Store) -> None:
    async with store.unit() as unit:
        await unit.special_days.put(SpecialDay(SWAPPED.day, False, "làm bù"))
        await unit.special_days.put(SWAPPED)
        await unit.special_days.put(SpecialDay(date(2026, 6, 27), False, "làm bù"))
    async with store.reading() as unit:
        special = await unit.special_days.list()
    assert special[0] == SWAPPED
    calendar = Calendar(special)
    assert not calendar.is_working(date(2026, 6, 26))
    assert calendar.is_working(date(2026, 6, 27))


async def test_a_removed_day_is_an_ordinary_one(store: Store) -> None:
    async with store.unit() as unit:
        await unit.special_days.put(SWAPPED)
        await unit.special_days.remove(SWAPPED.day)
        assert await unit.special_days.list() == []
