"""What each person gets to see, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import event

from handlers.changes import ApproveEntries, RegisterGroup, SaveDraft, SubmitReport
from handlers.message import ChatRef, Incoming, MessageKind
from handlers.view import Item, Role, View
from reporting.entry import EntryState, Figure
from reporting.period import Period
from storage.actor import Actor
from storage.models import PlanRow, PlanState
from tests.storage.commune import (
    CULTURE,
    HEALTH,
    LAST,
    NEXT,
    NOW,
    POLICE,
    QUARTER,
    Commune,
    plan,
    private,
    save,
)

GROUP = ChatRef("console", "group")


def in_group(account: str) -> Incoming:
    return Incoming(GROUP, f"g-{account}", account, MessageKind.TEXT, "tiến độ", group=True)


async def group_view(commune: Commune, account: str) -> View:
    async with commune.store.reading() as unit:
        return await unit.views.load(in_group(account), NOW)


def items(view: View) -> dict[str, Item]:
    assert view.standing is not None
    return {f"{desk.unit.name}/{item.number}": item for desk in view.standing.desks for item in desk.items}


async def three_states(commune: Commune) -> None:
    """The health station has an approved figure, a submitted one and a draft."""
    unit = commune.units[HEALTH]
    for number, no in enumerate(("1", "2", "3")):
        change = SaveDraft(await commune.indicator(no), unit, commune.period, Figure(Decimal(no), "%"), "ghi chú")
        await commune.apply("hoa", change)
        if number < 2:
            await commune.apply("hoa", SubmitReport(unit, commune.period))
    desk = (await commune.view("hoa")).desks[0]
    entry = desk.items[0].entry
    assert entry is not None
    assert entry.id is not None
    await commune.apply("mai", ApproveEntries((entry.id,)))


async def test_a_reporter_sees_the_own_desk_in_the_plans_order(commune: Commune) -> None:
    view = await commune.view("hoa")
    (desk,) = view.desks
    assert desk.unit.name == HEALTH
    assert desk.period.label == QUARTER.label
    assert [item.name for item in desk.items] == [
        "Tỷ lệ người dân có sổ sức khỏe điện tử",
        "Bệnh án điện tử tại trạm",
        "Tỷ lệ người dân được tuyên truyền",
    ]
    assert [item.number for item in desk.items] == [1, 2, 3]
    assert desk.items[0].place == "Phụ lục, dòng 1"
    assert desk.items[1].is_milestone
    assert view.person is not None
    assert view.person.name == "Người hoa"
    assert view.authority == "UBND xã Hòa Mẫu"
    assert view.plan is not None
    assert (view.plan.number, view.plan.indicators, view.plan.groups) == ("20/KH-UBND", 4, 1)
    assert view.plan.units == (HEALTH, POLICE, CULTURE)
    assert view.coordinators == (private("mai"),)
    assert (view.standing, view.pending, view.doubts) == (None, None, ())


async def test_an_indicator_of_two_units_is_on_both_desks(commune: Commune) -> None:
    (desk,) = (await commune.view("cong")).desks
    assert [(item.number, item.name) for item in desk.items] == [(1, "Tỷ lệ người dân được tuyên truyền")]


async def test_the_coordinator_sees_all_desks_and_the_doubtful_target(commune: Commune) -> None:
    view = await commune.view("mai")
    assert view.standing is not None
    assert {desk.unit.name for desk in view.standing.desks} == {HEALTH, POLICE, CULTURE}
    (doubt,) = view.doubts
    assert (doubt.number, doubt.reasons, doubt.place) == ("4", ("tỷ lệ lớn hơn 100 %",), "Phụ lục, dòng 4")
    assert [row.number for row in view.rows] == ["1", "2", "3", "4"]
    assert [row for row in view.rows if row.reasons] == [doubt]
    assert {unit.name: unit.indicators for unit in view.units} == {HEALTH: 3, POLICE: 1, CULTURE: 1}
    assert view.reporters == {commune.units[HEALTH]: (private("hoa"),), commune.units[POLICE]: (private("cong"),)}


async def test_nobody_outside_the_unit_sees_a_draft(commune: Commune) -> None:
    await three_states(commune)
    await commune.join("binh", CULTURE, Role.LEADER)
    for account in ("mai", "binh"):
        seen = items(await commune.view(account))
        assert [seen[f"{HEALTH}/{number}"].entry.figure.value for number in (1, 2, 3)] == [  # type: ignore[union-attr]
            Decimal(1),
            Decimal(2),
            None,
        ]
        draft = seen[f"{HEALTH}/3"].entry
        assert draft is not None
        assert (draft.state, draft.note) == (EntryState.DRAFT, None)
    own = (await commune.view("hoa")).desks[0].items[2].entry
    assert own is not None
    assert (own.figure.value, own.note) == (Decimal(3), "ghi chú")


async def test_a_group_sees_approved_figures_only_whoever_asks(commune: Commune) -> None:
    await three_states(commune)
    async with commune.store.unit() as unit:
        await unit.apply(RegisterGroup(), Actor.of(in_group("mai")), NOW)
    for account in ("mai", "hoa", "khach"):
        view = await group_view(commune, account)
        seen = items(view)
        assert [seen[f"{HEALTH}/{number}"].entry.figure.value for number in (1, 2, 3)] == [  # type: ignore[union-attr]
            Decimal(1),
            None,
            None,
        ]
        assert seen[f"{HEALTH}/2"].entry.state is EntryState.SUBMITTED  # type: ignore[union-attr]
        assert view.desks == ()
        assert view.doubts == ()


async def test_a_group_that_nobody_registered_belongs_to_no_authority(commune: Commune) -> None:
    assert (await group_view(commune, "hoa")).authority is None
    assert (await group_view(commune, "khach")).authority is None
    asked_by_coordinator = await group_view(commune, "mai")
    assert asked_by_coordinator.authority == "UBND xã Hòa Mẫu"
    assert asked_by_coordinator.standing is None
    assert not asked_by_coordinator.group_registered


async def test_a_registered_group_is_known_as_one(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        await unit.apply(RegisterGroup(), Actor.of(in_group("mai")), NOW)
    assert (await group_view(commune, "khach")).group_registered


async def test_every_open_period_of_a_unit_is_on_a_desk_the_earliest_first(commune: Commune) -> None:
    month = Period("2026-06", "Tháng 6/2026", date(2026, 6, 20), date(2026, 6, 30), date(2026, 7, 10))
    async with commune.store.unit() as unit:
        await unit.periods.save(commune.plan, [LAST, QUARTER, month, NEXT])
    desks = (await commune.view("hoa")).desks
    assert [(desk.unit.name, desk.period.key) for desk in desks] == [(HEALTH, QUARTER.key), (HEALTH, month.key)]
    change = SaveDraft(desks[1].items[0].indicator, desks[1].unit.id, desks[1].period.id or 0, Figure(Decimal(7), "%"))
    await commune.apply("hoa", change)
    entries = [desk.items[0].entry for desk in (await commune.view("hoa")).desks]
    assert entries[0] is None
    assert entries[1] is not None


async def test_a_leader_reads_the_whole_table_and_reports_nothing(commune: Commune) -> None:
    await commune.join("binh", HEALTH, Role.LEADER)
    view = await commune.view("binh")
    assert [row.number for row in view.rows] == ["1", "2", "3", "4"]
    assert (view.desks, view.doubts, view.waiting) == ((), (), ())


async def test_a_leader_does_not_see_the_drafts_of_the_own_unit(commune: Commune) -> None:
    await three_states(commune)
    await commune.join("binh", HEALTH, Role.LEADER)
    draft = items(await commune.view("binh"))[f"{HEALTH}/3"].entry
    assert draft is not None
    assert draft.figure == Figure()


async def test_a_stranger_learns_whose_bot_it_is_and_nothing_else(commune: Commune) -> None:
    view = await commune.view("khach")
    assert view.authority == "UBND xã Hòa Mẫu"
    assert (view.person, view.plan, view.desks, view.standing, view.units) == (None, None, (), None, ())
    assert view.coordinators == ()


async def test_an_invite_shows_where_it_leads(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        code = await unit.people.invite(commune.units[HEALTH], Role.REPORTER, now=NOW, expires=NOW + timedelta(days=1))
    for view in (
        await commune.view("khach", f" {code.lower()} "),
        await commune.view("khach", "", choice=f"join:{code}"),
    ):
        assert view.invite is not None
        assert (view.invite.code, view.invite.used) == (code, False)
        assert (view.invite.unit.name, view.invite.unit.indicators) == (HEALTH, 3)
        assert view.next_period is not None
        assert view.next_period.key == QUARTER.key
    assert (await commune.view("khach", "ABC234")).invite is None


async def test_another_authoritys_people_see_nothing_of_this_one(commune: Commune) -> None:
    other = await save(commune.store, plan(issuer="UBND xã Tân Mẫu", number="9/KH-UBND"), b"xa khac")
    async with commune.store.unit() as unit:
        (station,) = [number for number, name in await unit.authorities.units(other.authority) if name == HEALTH]
        code = await unit.people.invite(station, Role.COORDINATOR, now=NOW, expires=NOW + timedelta(days=1))
    neighbour = Commune(commune.store, other.id, other.authority, {HEALTH: station}, commune.period)
    await neighbour.join("lan", HEALTH, Role.COORDINATOR)
    view = await neighbour.view("lan")
    assert view.authority == "UBND xã Tân Mẫu"
    assert view.coordinators == (private("lan"),)
    assert view.standing is None
    assert view.plan is not None
    assert view.plan.number == "9/KH-UBND"
    assert (await commune.view("khach", code)).authority == "UBND xã Tân Mẫu"
    assert (await commune.view("khach")).authority is None


async def test_a_plan_that_names_no_lead_unit_is_the_coordinators_to_report(commune: Commune) -> None:
    read = plan(number="7/KH-UBND", year=2025, title="Kế hoạch khác")
    bare = replace(read, indicators=tuple(replace(row, lead=()) for row in read.indicators))
    async with commune.store.unit() as unit:
        for row in await unit.plans.in_force():
            (await unit.session.get_one(PlanRow, row.id)).state = PlanState.DISCARDED
        saved = await unit.plans.save(bare, file_name="b.txt", content_hash="b" * 64, content=b"b", adopt=True)
        await unit.periods.save(saved.id, [QUARTER])
    (desk,) = (await commune.view("mai")).desks
    assert (desk.unit.name, len(desk.items)) == (CULTURE, 4)
    assert (await commune.view("hoa")).desks == ()
    change = SaveDraft(desk.items[0].indicator, desk.unit.id, desk.period.id or 0, Figure(Decimal(5), "%"))
    await commune.apply("mai", change)
    assert (await commune.view("mai")).desks[0].items[0].entry is not None


async def test_the_number_of_queries_does_not_grow_with_the_plan(commune: Commune) -> None:
    asked: list[str] = []
    event.listen(
        commune.store.engine.sync_engine,
        "before_cursor_execute",
        lambda conn, cursor, statement, *rest: asked.append(statement),
    )
    await commune.view("mai")
    few = len(asked)
    await three_states(commune)
    asked.clear()
    await commune.view("mai")
    assert len(asked) == few


async def test_a_goal_of_the_text_that_the_appendix_repeats_is_asked_of_the_lead_unit(commune: Commune) -> None:
    read = plan(number="77/KH-UBND", title="Kế hoạch khác hẳn về dữ liệu", year=2025)
    goal = replace(read.indicators[4], same_as=None, name="Tỷ lệ dữ liệu được số hóa")
    row = replace(read.indicators[0], same_as=0, name="Tỷ lệ dữ liệu được số hóa", lead=(POLICE,))
    saved = await save(commune.store, replace(read, indicators=(goal, row)), b"khac")
    async with commune.store.unit() as unit:
        (await unit.session.get_one(PlanRow, commune.plan)).state = PlanState.DISCARDED
        await unit.periods.save(saved.id, [QUARTER])
    view = await commune.view("cong")
    (desk,) = view.desks
    assert [(item.place, item.name) for item in desk.items] == [("Phụ lục, dòng 1", "Tỷ lệ dữ liệu được số hóa")]
    assert view.plan is not None
    assert view.plan.indicators == 1
