"""The calendar may be computed again and again; what people reported keeps its period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from handlers.changes import SaveDraft
from reporting.entry import Figure
from tests.storage.commune import HEALTH, LAST, NEXT, QUARTER, Commune


async def test_computing_the_calendar_again_changes_nothing(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        before = await unit.periods.of(commune.plan)
        assert await unit.periods.save(commune.plan, [LAST, QUARTER, NEXT]) == before
    assert [replace(period, id=None) for period in before] == [LAST, QUARTER, NEXT]


async def test_a_moved_deadline_keeps_its_period(commune: Commune) -> None:
    moved = replace(QUARTER, due=date(2026, 6, 30), label="Quý hai")
    async with commune.store.unit() as unit:
        await unit.periods.save(commune.plan, [LAST, moved, NEXT])
    (desk,) = (await commune.view("hoa")).desks
    assert desk.period == replace(moved, id=commune.period)


async def test_a_new_rhythm_drops_empty_periods_and_keeps_reported_ones(commune: Commune) -> None:
    change = SaveDraft(await commune.indicator("1"), commune.units[HEALTH], commune.period, Figure(Decimal(1), "%"))
    await commune.apply("hoa", change)
    monthly = [replace(LAST, key="2026-03"), replace(NEXT, key="2026-09")]
    async with commune.store.unit() as unit:
        kept = await unit.periods.save(commune.plan, monthly)
    assert [period.key for period in kept] == ["2026-03", QUARTER.key, "2026-09"]


async def test_a_period_is_open_from_its_first_day_to_its_last(commune: Commune) -> None:
    async with commune.store.reading() as unit:
        for day, key in (
            (date(2026, 6, 14), None),
            (QUARTER.opens, QUARTER.key),
            (QUARTER.closes, QUARTER.key),
            (date(2026, 7, 11), None),
        ):
            found = await unit.periods.open_at(day)
            assert [period.period.key for period in found] == ([key] if key else [])
        (found_now,) = await unit.periods.open_at(QUARTER.due)
    assert (found_now.authority, found_now.plan) == (commune.authority, commune.plan)


async def test_each_open_period_has_its_own_standing(commune: Commune) -> None:
    from tests.storage.commune import NOW

    async with commune.store.unit() as unit:
        overlapping = replace(NEXT, key="2026-06", opens=date(2026, 6, 20))
        await unit.periods.save(commune.plan, [LAST, QUARTER, overlapping])
        standings = await unit.views.standings(commune.authority, NOW)
    assert [standing.period.key for standing in standings] == [QUARTER.key, "2026-06"]
    assert all(desk.period == standing.period for standing in standings for desk in standing.desks)
    # A reporter sees both, the earlier one first: that is what is asked for first.
    assert [desk.period.key for desk in (await commune.view("hoa")).desks] == [QUARTER.key, "2026-06"]
