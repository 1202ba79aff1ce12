"""Plans are kept without loss, once, and give way to newer versions without losing what people reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.changes import (
    AdoptPlan,
    ApproveEntries,
    ConfirmTarget,
    CorrectTarget,
    DiscardPlan,
    ReadPlan,
    SaveDraft,
    SetReportingRule,
    SubmitReport,
)
from handlers.message import Attachment
from knowledge.plan import Indicator, Plan
from knowledge.reporting_rule import Frequency, MonthlyDue, ReportingRule
from knowledge.source import Source
from reporting.entry import EntryState, Figure
from reporting.errors import NotAllowed
from storage.errors import Outdated
from storage.models import PlanState
from storage.store import Store
from tests.storage.commune import HEALTH, QUARTER, Commune, indicator, percent, plan, save

CHOSEN = ReportingRule("Cán bộ chọn", Frequency.MONTHLY, Source(0, 0, ""), MonthlyDue(25, False))


async def test_a_plan_comes_back_as_it_was_read(store: Store) -> None:
    saved = await save(store, plan(), b"mot")
    async with store.reading() as unit:
        assert await unit.plans.load(saved.id) == plan()
        assert await unit.plans.content(saved.id) == b"mot"
        (entry,) = await unit.plans.for_index()
    assert (entry.key, entry.plan.chunks, entry.authority) == (saved.key, plan().chunks, "UBND xã Hòa Mẫu")


async def test_the_same_bytes_are_the_same_plan(store: Store) -> None:
    first = await save(store, plan(), b"mot", adopt=False)
    second = await save(store, plan(), b"mot", adopt=False)
    assert (first.fresh, second.fresh, second.id) == (True, False, first.id)
    assert second.state is PlanState.PENDING
    adopted = await save(store, plan(), b"mot")
    assert (adopted.id, adopted.state) == (first.id, PlanState.ADOPTED)
    async with store.reading() as unit:
        version = await unit.plans.version()
    await save(store, plan(), b"mot")
    async with store.reading() as unit:
        assert await unit.plans.version() == version
        assert len((await unit.plans.shelf()).plans) == 1


async def test_a_commune_stands_below_its_province(store: Store) -> None:
    await save(store, plan(), b"xa")
    province = plan(issuer="UBND tỉnh Quảng Mẫu", number="121/KH-UBND", title="Kế hoạch của tỉnh")
    await save(store, province, b"tinh")
    async with store.reading() as unit:
        shelf = await unit.plans.shelf()
    assert [(p.authority, p.parent) for p in shelf.plans] == [
        ("UBND xã Hòa Mẫu", "UBND tỉnh Quảng Mẫu"),
        ("UBND tỉnh Quảng Mẫu", None),
    ]


async def test_units_are_one_however_they_are_written(store: Store) -> None:
    rows = (
        indicator("1", "Một", percent("1"), "Phòng Văn hóa - Xã hội"),
        indicator("2", "Hai", percent("2"), "PHÒNG VĂN HOÁ- XÃ HỘI xã", "Công an xã"),
        indicator("3", "Ba", percent("3"), "Công an", "Công an tỉnh"),
    )
    saved = await save(store, replace(plan(), indicators=rows), b"mot")
    async with store.unit() as unit:
        names = [name for _, name in await unit.authorities.units(saved.authority)]
        assert names == ["Phòng Văn hóa - Xã hội", "Công an xã", "Công an tỉnh"]
        office = await unit.authorities.ensure_unit(saved.authority, "Văn phòng HĐND và UBND")
        await unit.authorities.add_alias(saved.authority, office, "VP HĐND&UBND")
        assert await unit.authorities.ensure_unit(saved.authority, "vp hdnd & ubnd") == office


async def test_the_shelf_holds_confirmed_targets_and_approved_figures(commune: Commune) -> None:
    doubtful, first = await commune.indicator("4"), await commune.indicator("1")
    async with commune.store.reading() as unit:
        before = await unit.plans.version()
        assert (await unit.plans.shelf()).plans[0].confirmed == frozenset()
    await commune.apply("mai", CorrectTarget(doubtful, percent("65")))
    figure = Figure(Decimal("76.3"), "%")
    await commune.apply("hoa", SaveDraft(first, commune.units[HEALTH], commune.period, figure))
    await commune.apply("hoa", SubmitReport(commune.units[HEALTH], commune.period))
    async with commune.store.reading() as unit:
        assert (await unit.plans.shelf()).plans[0].reported == {}
    entry = (await commune.view("hoa")).desks[0].items[0].entry
    assert entry is not None
    await commune.apply("mai", ApproveEntries((entry.id or 0,)))
    async with commune.store.reading() as unit:
        assert await unit.plans.version() > before
        (shelved,) = (await unit.plans.shelf()).plans
    assert shelved.confirmed == {3}
    assert shelved.plan.indicators[3].target == percent("65")
    assert shelved.plan.indicators[3].repairs == plan().indicators[3].repairs
    assert (shelved.reported[0].value, shelved.reported[0].text) == (Decimal("76.3"), "76,3 %")
    assert shelved.reported[0].period == QUARTER.label
    # The first row of the appendix, and the place in the text that states the same.
    assert shelved.reported.keys() == {0, 4}


async def test_a_doubt_is_settled_by_one_tap(commune: Commune) -> None:
    doubtful = await commune.indicator("4")
    await commune.apply("mai", ConfirmTarget(doubtful))
    view = await commune.view("mai")
    assert view.doubts == ()
    (desk,) = view.desks
    assert (desk.items[0].doubts, desk.items[0].target) == ((), percent("60"))


async def test_a_correction_is_not_undone_by_an_old_confirmation(commune: Commune) -> None:
    doubtful = await commune.indicator("4")
    await commune.apply("mai", CorrectTarget(doubtful, percent("65")))
    await commune.apply("mai", ConfirmTarget(doubtful))
    assert (await commune.view("mai")).desks[0].items[0].target == percent("65")


async def test_only_the_coordinator_decides_on_plans(commune: Commune) -> None:
    saved = await save(commune.store, plan(number="21/KH-UBND"), b"hai", adopt=False)
    for change in (
        AdoptPlan(saved.id),
        DiscardPlan(saved.id),
        ConfirmTarget(await commune.indicator("4")),
        CorrectTarget(await commune.indicator("4"), percent("1")),
        SetReportingRule(saved.id, CHOSEN),
        ReadPlan(Attachment("f", "ke-hoach.pdf")),
    ):
        with pytest.raises(NotAllowed):
            await commune.apply("hoa", change)
    assert (await commune.view("hoa")).pending is None
    pending = (await commune.view("mai")).pending
    assert pending is not None
    assert (pending.id, pending.adopted) == (saved.id, False)


async def test_a_discarded_plan_waits_again_when_it_is_sent_again(commune: Commune) -> None:
    saved = await save(commune.store, plan(number="21/KH-UBND"), b"hai", adopt=False)
    await commune.apply("mai", DiscardPlan(saved.id), DiscardPlan(saved.id))
    assert (await commune.view("mai")).pending is None
    with pytest.raises(Outdated):
        await commune.apply("mai", AdoptPlan(saved.id))
    await save(commune.store, plan(number="21/KH-UBND"), b"hai", adopt=False)
    await commune.apply("mai", AdoptPlan(saved.id), AdoptPlan(saved.id))
    view = await commune.view("mai")
    assert view.pending is None
    assert view.plan is not None
    assert view.plan.id == saved.id
    with pytest.raises(Outdated):
        await commune.apply("mai", DiscardPlan(saved.id))


async def test_a_rule_that_the_coordinator_chose_comes_first(commune: Commune) -> None:
    await commune.apply("mai", SetReportingRule(commune.plan, CHOSEN))
    again = replace(CHOSEN, due=MonthlyDue(20, True))
    await commune.apply("mai", SetReportingRule(commune.plan, again))
    async with commune.store.reading() as unit:
        assert await unit.plans.rules(commune.plan) == [again, *plan().reporting]


def second_version() -> Plan:
    """Amended: row 1 has a higher target, row 2 is printed with one letter wrong, row 3 is gone, row 5 is new."""
    first, second, _, fourth, _ = plan().indicators
    rows: tuple[Indicator, ...] = (
        indicator("5", "Số tổ công nghệ số cộng đồng", percent("100"), HEALTH),
        replace(first, target=percent("85"), no="6"),
        replace(second, name="Bệnh án điện tư tại trạm", no="7"),
        replace(fourth, no="8"),
    )
    return replace(plan(date=date(2026, 5, 4), number="58/KH-UBND"), indicators=rows)


async def test_a_newer_version_keeps_what_was_reported(commune: Commune) -> None:
    first, second = await commune.indicator("1"), await commune.indicator("2")
    unit = commune.units[HEALTH]
    for number in (first, second):
        await commune.apply("hoa", SaveDraft(number, unit, commune.period, Figure(Decimal(61), "%")))
    await commune.apply("hoa", SubmitReport(unit, commune.period))
    await commune.apply("mai", ConfirmTarget(await commune.indicator("4")))

    saved = await save(commune.store, second_version(), b"ban thu hai")

    (desk,) = (await commune.view("hoa")).desks
    assert desk.period.id == commune.period
    assert [item.target for item in desk.items[:2]] == [percent("100"), percent("85")]
    assert [item.entry.state if item.entry else None for item in desk.items] == [
        None,
        EntryState.SUBMITTED,
        EntryState.SUBMITTED,
    ]
    coordinator = await commune.view("mai")
    assert coordinator.doubts == ()
    assert coordinator.plan is not None
    assert coordinator.plan.id == saved.id
    with pytest.raises(Outdated):
        await commune.apply("hoa", SaveDraft(first, unit, commune.period, Figure(Decimal(62), "%")))
    async with commune.store.unit() as work:
        shelf = await work.plans.shelf()
        await work.periods.save(saved.id, [QUARTER])
        assert [p.id for p in await work.periods.of(saved.id) if p.key == QUARTER.key] == [commune.period]
    assert [p.superseded for p in shelf.plans] == [True, False]


async def test_an_older_version_that_arrives_late_takes_nothing_over(commune: Commune) -> None:
    late = await save(commune.store, plan(date=date(2026, 1, 5), number="3/KH-UBND"), b"ban cu")
    assert late.state is PlanState.SUPERSEDED
    view = await commune.view("hoa")
    assert view.plan is not None
    assert view.plan.id == commune.plan
    assert len(view.desks[0].items) == 3


async def test_two_different_plans_of_a_year_stand_side_by_side(commune: Commune) -> None:
    other = replace(
        plan(number="68/KH-UBND", title="Triển khai nghị quyết về đột phá khoa học trên địa bàn xã"),
        indicators=(indicator("1", "Số sáng kiến được công nhận", percent("5"), HEALTH),),
    )
    await save(commune.store, other, b"ke hoach khac")
    async with commune.store.reading() as unit:
        assert [p.superseded for p in (await unit.plans.shelf()).plans] == [False, False]
        assert len(await unit.plans.in_force()) == 2


async def test_this_years_plan_is_in_force_beside_next_years(commune: Commune) -> None:
    coming = plan(number="90/KH-UBND", year=2027, date=date(2026, 6, 1), title="Kế hoạch chuyển đổi số năm 2027")
    await save(commune.store, coming, b"nam sau")
    view = await commune.view("hoa")
    assert view.plan is not None
    assert view.plan.id == commune.plan


async def test_a_plan_of_an_unread_issuer_is_kept_apart(store: Store) -> None:
    await save(store, plan(issuer=None, province=None), b"mo")
    async with store.reading() as unit:
        (shelved,) = (await unit.plans.shelf()).plans
    assert shelved.authority == "Chưa rõ cơ quan ban hành"


async def test_what_no_database_takes_is_left_out(store: Store) -> None:
    read = plan()
    torn = replace(
        read,
        document=replace(read.document, title="Kế\udc81 hoạch\x00 mẫu"),
        units=("Trạm\ud800 Y tế",),
        indicators=(replace(read.indicators[0], name="Tỷ lệ\udfff hộ", lead=("Trạm\ud800 Y tế",)),),
        chunks=(replace(read.chunks[0], text="một\udc81 dòng"),),
    )
    saved = await save(store, torn, b"rach")
    async with store.reading() as unit:
        kept = await unit.plans.load(saved.id)
    assert (kept.document.title, kept.units) == ("Kế hoạch mẫu", ("Trạm Y tế",))
    assert (kept.indicators[0].name, kept.indicators[0].lead) == ("Tỷ lệ hộ", ("Trạm Y tế",))
    assert kept.chunks[0].text == "một dòng"
    assert kept.indicators[0].target == read.indicators[0].target


async def test_the_index_is_told_the_keys_of_what_it_should_hold(store: Store) -> None:
    kept = await save(store, plan(), b"mot")
    other = plan(number="9/KH-UBND", title="Việc khác")
    waiting = await save(store, other, b"hai", adopt=False)
    dropped = await save(store, other, b"ba", adopt=False)
    async with store.unit() as unit:
        await unit.plans.discard(dropped.id)
    async with store.reading() as unit:
        assert await unit.plans.index_keys() == {kept.key, waiting.key}
        (entry,) = await unit.plans.for_index({waiting.key})
    assert (entry.key, entry.plan.document.number) == (waiting.key, "9/KH-UBND")
