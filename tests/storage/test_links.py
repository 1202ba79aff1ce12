"""A commune's indicators know what its province sets, whichever plan came first, and forget it when it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select

from handlers.changes import ConfirmTarget, CorrectTarget
from knowledge.plan import UNREAD, Kind, Operator, Plan, Target
from reporting.levels import Above
from storage.actor import OPERATOR
from storage.models import IndicatorLinkRow, SettingRow
from storage.store import Store
from tests.storage.commune import NOW, Commune, indicator, percent, plan, save

HEALTH_BOOK = "Tỷ lệ người dân có sổ sức khỏe điện tử"
COVERAGE = "Tỷ lệ phủ sóng 5G"
SHARED = ("Tỷ lệ người dân có Sổ sức khoẻ điện tử trên ứng dụng", "Tỷ lệ phủ sóng 5G")


def commune_plan(name: str, *, year: int = 2026, book: str = "80") -> Plan:
    read = plan(issuer=f"UBND xã {name}", number=f"2/KH-{name}", title=f"Kế hoạch xã {name}", year=year)
    rows = (replace(read.indicators[0], target=percent(book)), *read.indicators[1:4])
    return replace(read, indicators=(*rows, replace(read.indicators[4], target=percent(book))))


def province_plan(book: str = "83", *, number: str = "121/KH-UBND", day: date = date(2025, 12, 31)) -> Plan:
    read = plan(
        issuer="UBND tỉnh Quảng Mẫu", number=number, date=day, title="Kế hoạch chuyển đổi số tỉnh Quảng Mẫu", year=2026
    )
    rows = (
        indicator("1", SHARED[1], percent("60"), "Sở Mẫu"),
        indicator("2", SHARED[0], percent(book), "Sở Mẫu", checks=("số in mờ",)),
        indicator("3", "Tỷ lệ hồ sơ công việc xử lý trên môi trường điện tử", percent("100"), "Sở Mẫu"),
    )
    return replace(read, indicators=rows)


async def above(store: Store, number: int) -> dict[str, Above]:
    """What the level above sets, by the commune's name for it; an indicator stated twice must not differ."""
    async with store.reading() as unit:
        found = await unit.links.above([number])
        named: dict[str, Above] = {}
        for row in await unit.plans.indicator_rows(number):
            if row.id in found:
                assert named.setdefault(row.name, found[row.id]) == found[row.id]
    return named


async def links(store: Store) -> list[tuple[int, int]]:
    async with store.reading() as unit:
        rows = await unit.session.execute(select(IndicatorLinkRow.lower_id, IndicatorLinkRow.upper_id))
        return sorted((row.lower_id, row.upper_id) for row in rows)


async def test_the_commune_that_comes_second_is_linked(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    saved = await save(store, commune_plan("Mot"), b"xa")
    found = await above(store, saved.id)
    assert set(found) == {HEALTH_BOOK, COVERAGE}
    assert found[HEALTH_BOOK] == Above("xã", "tỉnh", "121/KH-UBND", "Phụ lục, dòng 2", percent("83"), doubtful=True)
    assert not found[COVERAGE].doubtful


async def test_the_province_that_comes_second_links_all_its_communes(store: Store) -> None:
    communes = [await save(store, commune_plan(name), name.encode()) for name in ("Mot", "Hai", "Ba")]
    assert await links(store) == []
    await save(store, province_plan(), b"tinh")
    for saved in communes:
        assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}


async def test_a_plan_that_waits_is_linked_and_one_that_is_dropped_is_not(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    saved = await save(store, commune_plan("Mot"), b"xa", adopt=False)
    assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}
    async with store.unit() as unit:
        await unit.plans.discard(saved.id)
    assert await links(store) == []
    await save(store, commune_plan("Mot"), b"xa", adopt=False)
    assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}


async def test_a_provinces_plan_that_waits_tells_nothing_yet(store: Store) -> None:
    saved = await save(store, commune_plan("Mot"), b"xa")
    waiting = await save(store, province_plan(), b"tinh", adopt=False)
    assert await above(store, saved.id) == {}
    async with store.unit() as unit:
        await unit.plans.adopt(waiting.id)
    assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}


async def test_a_newer_plan_of_the_province_takes_the_links_over(store: Store) -> None:
    await save(store, province_plan("83"), b"tinh")
    saved = await save(store, commune_plan("Mot"), b"xa")
    await save(store, province_plan("90", number="7/KH-UBND", day=date(2026, 5, 5)), b"tinh sua doi")
    found = (await above(store, saved.id))[HEALTH_BOOK]
    assert (found.plan, found.target.value) == ("7/KH-UBND", Decimal(90))


async def test_a_newer_plan_of_the_commune_leaves_no_link_of_the_old_one(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    old = await save(store, commune_plan("Mot"), b"xa")
    newer = commune_plan("Mot", book="85")
    new = await save(store, replace(newer, document=replace(newer.document, date=date(2026, 4, 1))), b"xa sua doi")
    assert await above(store, old.id) == {}
    assert set(await above(store, new.id)) == {HEALTH_BOOK, COVERAGE}


async def test_plans_of_different_years_are_not_compared(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    saved = await save(store, commune_plan("Mot", year=2027), b"xa")
    assert await above(store, saved.id) == {}


async def test_a_province_knows_the_nations_plan(store: Store) -> None:
    nation = replace(
        province_plan("95"),
        document=replace(province_plan().document, issuer="Thủ tướng Chính phủ", province=None, number="9/QĐ-TTg"),
    )
    province = await save(store, province_plan(), b"tinh")
    await save(store, nation, b"nuoc")
    assert (await above(store, province.id))[SHARED[0]].level == "Trung ương"


async def test_repeating_writes_nothing_new(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    saved = await save(store, commune_plan("Mot"), b"xa")
    before = await links(store)
    async with store.unit() as unit:
        await unit.links.settle(saved.authority, below=True)
        assert not unit.session.dirty
        await unit.links.renew()
    assert await links(store) == before != []


async def test_records_of_an_older_program_are_linked_when_it_is_replaced(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    saved = await save(store, commune_plan("Mot"), b"xa")
    async with store.unit() as unit:
        await unit.session.execute(delete(IndicatorLinkRow))
        await unit.session.execute(delete(SettingRow).where(SettingRow.name == "links"))
    await store.migrate()
    assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}


async def test_a_target_that_a_person_reads_for_the_scan_is_linked(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    read = commune_plan("Mot")
    unread = Target(None, None, None, Kind.MILESTONE, UNREAD)
    coverage = replace(read.indicators[3], target=unread, checks=("không đọc được số",))
    saved = await save(store, replace(read, indicators=(*read.indicators[:3], coverage, read.indicators[4])), b"xa")
    assert set(await above(store, saved.id)) == {HEALTH_BOOK}
    async with store.unit() as unit:
        row = (await unit.plans.indicator_rows(saved.id))[3]
        await unit.apply(CorrectTarget(row.id, percent("55", Operator.EQUAL)), OPERATOR, NOW)
    assert set(await above(store, saved.id)) == {HEALTH_BOOK, COVERAGE}


async def test_people_see_what_the_province_sets_beside_their_own(commune: Commune) -> None:
    await save(commune.store, province_plan(), b"tinh")
    (desk,) = (await commune.view("hoa")).desks
    assert desk.items[0].beside == "Tỉnh đặt 83 %; xã đặt thấp hơn tỉnh 3 điểm. Số của tỉnh chưa được xác nhận."
    assert desk.items[1].beside is None
    rows = {row.name: row for row in (await commune.view("mai")).rows}
    assert rows[COVERAGE].beside == "Tỉnh cũng đặt 60 %. Số của xã chưa được xác nhận."
    await commune.apply("mai", ConfirmTarget(await commune.indicator("4")))
    rows = {row.name: row for row in (await commune.view("mai")).rows}
    assert rows[COVERAGE].beside == "Tỉnh cũng đặt 60 %."


async def test_a_plan_that_is_only_looked_at_is_compared_without_being_kept(store: Store) -> None:
    await save(store, province_plan(), b"tinh")
    read = commune_plan("Moi")
    async with store.reading() as unit:
        found = await unit.links.beside(read)
    assert {at: one.target.value for at, one in found.items()} == {0: Decimal(83), 3: Decimal(60), 4: Decimal(83)}
    assert await links(store) == []


async def test_links_are_known_by_plan_key_and_place(store: Store) -> None:
    upper = await save(store, province_plan(), b"tinh")
    lower = await save(store, commune_plan("Mot"), b"xa")
    async with store.reading() as unit:
        places = await unit.links.places()
    assert [(one.lower_key, one.lower, one.upper_key, one.upper) for one in places] == [
        (lower.key, 0, upper.key, 1),
        (lower.key, 3, upper.key, 0),
        (lower.key, 4, upper.key, 1),
    ]
