"""An amendment in the records: which rows it takes the place of, what becomes of the old ones, what the trail says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.changes import SettleLead
from knowledge.plan import Amendment, Plan, Removal
from knowledge.source import Source
from storage.errors import Outdated
from storage.models import PlanState
from storage.plan_rows import lead_of
from storage.rereading import replace_reading
from tests.storage.commune import CULTURE, HEALTH, POLICE, Commune, indicator, percent, plan, save

OF_20 = Amendment("20/KH-UBND", date(2026, 2, 3))
BOOK = "Tỷ lệ người dân có sổ sức khỏe điện tử"


def amendment(*removed: Removal, number: str = "45/KH-UBND", book: str = "85", of: Amendment = OF_20) -> Plan:
    read = plan(number=number, date=date(2026, 6, 20), title="Sửa đổi một số chỉ tiêu")
    rows = (indicator("1", BOOK, percent(book), HEALTH), indicator("2", "Tỷ lệ thôn có camera", percent("50"), POLICE))
    return replace(read, indicators=rows, tasks=(), reporting=(), amends=replace(of, removed=removed))


async def test_a_changed_row_speaks_for_every_place_that_stated_it(commune: Commune) -> None:
    before = await commune.indicator("1")
    await save(commune.store, amendment(), b"sua doi")
    async with commune.store.reading() as unit:
        rows = await unit.plans.indicator_rows(commune.plan)
        shelf = await unit.plans.shelf()
        trail = await unit.audit.entries(record="indicator", record_id=before)
    books = [row for row in rows if row.name == BOOK]
    assert [(row.id, row.value) for row in books] == [(before, Decimal(85))]
    assert [row.position for row in rows] == list(range(5))
    assert rows[-1].name == "Tỷ lệ thôn có camera"
    own = next(shelved for shelved in shelf.plans if shelved.plan.document.number == "20/KH-UBND")
    assert {(401, 402), (50, 51)} <= own.withdrawn
    assert own.plan.indicators[0].source.origin is not None
    (entry,) = [line for line in trail if line.action == "amend_indicator"]
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["target"], entry.after["target"]) == ("80%", "85%")


async def test_the_same_amendment_again_changes_nothing(commune: Commune) -> None:
    await save(commune.store, amendment(), b"sua doi")
    async with commune.store.reading() as unit:
        first = [(row.id, row.name, row.target_text) for row in await unit.plans.indicator_rows(commune.plan)]
    await save(commune.store, amendment(), b"sua doi, quet lai")
    async with commune.store.reading() as unit:
        assert first == [(row.id, row.name, row.target_text) for row in await unit.plans.indicator_rows(commune.plan)]


async def test_a_dropped_row_is_out_of_force_and_not_lost(commune: Commune) -> None:
    gone = await commune.indicator("3")
    saved = await save(commune.store, amendment(Removal("3", None, Source(20, 20, "Bãi bỏ chỉ tiêu số 3"))), b"bo")
    assert saved.state is PlanState.AMENDMENT
    async with commune.store.reading() as unit:
        assert gone not in [row.id for row in await unit.plans.indicator_rows(commune.plan)]
        (row,) = [row for row in await unit.plans.indicator_rows(saved.id) if row.id == gone]
    assert row.withdrawn_from == commune.plan


async def test_without_the_amended_plan_nothing_is_put_in_force(commune: Commune) -> None:
    with pytest.raises(Outdated, match="99/KH-UBND"):
        await save(commune.store, amendment(of=Amendment("99/KH-UBND")), b"cua ai")


async def test_what_is_amended_comes_back_as_it_was_read(commune: Commune) -> None:
    read = amendment(Removal(None, "Bệnh án điện tử tại trạm", Source(21, 21, "Bỏ chỉ tiêu")))
    saved = await save(commune.store, read, b"cho", adopt=False)
    async with commune.store.reading() as unit:
        assert await unit.plans.load(saved.id) == read


async def test_a_settled_lead_is_written_down_and_asked_from_now_on(commune: Commune) -> None:
    number = await commune.indicator("4")
    await commune.apply("mai", SettleLead(number, (POLICE,)))
    async with commune.store.reading() as unit:
        rows = {row.id: row for row in await unit.plans.indicator_rows(commune.plan)}
        (entry,) = await unit.audit.entries(record="indicator", record_id=number)
    assert lead_of(rows[number]) == (POLICE,)
    assert (entry.action, entry.before, entry.after) == ("correct_lead", {"lead": [CULTURE]}, {"lead": [POLICE]})
    view = await commune.view("mai")
    assert view.standing is not None
    (desk,) = [desk for desk in view.standing.desks if desk.unit.id == commune.units[POLICE]]
    assert "Tỷ lệ phủ sóng 5G" in [item.name for item in desk.items]


async def test_a_new_reading_of_the_amendment_keeps_the_old_words_out_of_force(commune: Commune) -> None:
    saved = await save(commune.store, amendment(), b"sua doi")
    async with commune.store.unit() as unit:
        again = await replace_reading(
            unit.session, unit.plans, saved.id, amendment(), file_name="a.txt", content=b"sua doi", adopt=True
        )
    async with commune.store.reading() as unit:
        shelf = await unit.plans.shelf()
        (gone,) = [row for row in await unit.plans.indicator_rows(again.id) if row.withdrawn_from and row.no == "1"]
    own = next(shelved for shelved in shelf.plans if shelved.plan.document.number == "20/KH-UBND")
    assert {(401, 402), (50, 51)} <= own.withdrawn
    assert gone.target_text == "80%"
