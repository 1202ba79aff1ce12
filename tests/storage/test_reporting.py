"""A figure's way from draft to approved, and who may move it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from handlers.changes import (
    AddEvidence,
    ApproveEntries,
    KeepReturned,
    RecordDelay,
    ReturnEntry,
    SaveDraft,
    Snooze,
    SubmitReport,
)
from handlers.message import Attachment
from handlers.view import Item, Role
from knowledge.errors import Refused
from reporting.entry import EntryState, Figure, Milestone
from reporting.errors import NotAllowed, NothingToSubmit, PeriodClosed
from scheduler.clock import HANOI
from storage.errors import NotRegistered, Outdated
from storage.models import DelayRow, MembershipRow
from tests.storage.commune import CULTURE, HEALTH, LAST, NEXT, NOW, POLICE, QUARTER, Commune, actor

HALF = Figure(Decimal("50"), "%")
PHOTO = Attachment("file-1", "anh.jpg", 1234, "image/jpeg")


async def draft(
    commune: Commune, no: str, unit: str = HEALTH, figure: Figure = HALF, note: str | None = None
) -> SaveDraft:
    return SaveDraft(await commune.indicator(no), commune.units[unit], commune.period, figure, note)


async def item(commune: Commune, no: str, account: str = "hoa", now: datetime = NOW) -> Item:
    indicator = await commune.indicator(no)
    view = await commune.view(account, now=now)
    desks = view.standing.desks if view.standing else view.desks
    return next(i for desk in desks for i in desk.items if i.indicator == indicator)


async def submitted(commune: Commune, no: str = "1", **more: object) -> int:
    """Submit one figure of the health station; the entry's id."""
    await commune.apply(
        "hoa",
        await draft(commune, no, **more),  # type: ignore[arg-type]
        SubmitReport(commune.units[HEALTH], commune.period),
    )
    entry = (await item(commune, no)).entry
    assert entry is not None
    assert entry.id is not None
    return entry.id


async def test_a_draft_is_there_for_its_reporter_at_once(commune: Commune) -> None:
    figure = Figure(Decimal("76.3"), "%", Decimal(4390), Decimal(5753))
    await commune.apply("hoa", await draft(commune, "1", figure=figure, note="theo sổ"))
    await commune.apply("hoa", await draft(commune, "2", figure=Figure(milestone=Milestone.DONE)))
    first, second = await item(commune, "1"), await item(commune, "2")
    assert first.entry is not None
    assert (first.entry.figure, first.entry.state, first.entry.note) == (figure, EntryState.DRAFT, "theo sổ")
    assert second.entry is not None
    assert second.entry.figure.milestone is Milestone.DONE
    assert not first.open


async def test_a_new_figure_replaces_a_draft_and_a_submitted_one(commune: Commune) -> None:
    entry = await submitted(commune)
    await commune.apply("hoa", await draft(commune, "1", figure=Figure(Decimal(61), "%")))
    after = (await item(commune, "1")).entry
    assert after is not None
    assert (after.id, after.state, after.figure.value) == (entry, EntryState.DRAFT, Decimal(61))


async def test_submitting_takes_the_units_drafts_and_no_others(commune: Commune) -> None:
    await commune.apply("hoa", await draft(commune, "1"), await draft(commune, "3"))
    await commune.apply("cong", await draft(commune, "3", POLICE))
    await commune.apply("hoa", SubmitReport(commune.units[HEALTH], commune.period))
    states = {no: (await item(commune, no)).entry for no in ("1", "3")}
    assert all(entry is not None and entry.state is EntryState.SUBMITTED for entry in states.values())
    police = (await item(commune, "3", "cong")).entry
    assert police is not None
    assert police.state is EntryState.DRAFT


async def test_submitting_nothing_is_refused_in_words(commune: Commune) -> None:
    with pytest.raises(NothingToSubmit) as refusal:
        await commune.apply("hoa", SubmitReport(commune.units[HEALTH], commune.period))
    assert "Chưa có số liệu" in refusal.value.sentence


async def test_an_approved_figure_stands(commune: Commune) -> None:
    entry = await submitted(commune)
    await commune.apply("mai", ApproveEntries((entry,)))
    approved = (await item(commune, "1")).entry
    assert approved is not None
    assert approved.counts
    with pytest.raises(NotAllowed, match="đã được duyệt"):
        await commune.apply("hoa", await draft(commune, "1", figure=Figure(Decimal(1), "%")))
    await commune.apply("mai", ApproveEntries((entry,)))


async def test_a_returned_figure_comes_back_with_its_reason_and_can_be_kept(commune: Commune) -> None:
    entry = await submitted(commune)
    await commune.apply("mai", ReturnEntry(entry, "chưa khớp kỳ trước"))
    returned = await item(commune, "1")
    assert returned.open
    assert returned.entry is not None
    assert returned.entry.reason == "chưa khớp kỳ trước"
    unit = commune.units[HEALTH]
    await commune.apply("hoa", KeepReturned(returned.indicator, unit, commune.period, "đã rà soát"))
    kept = (await item(commune, "1")).entry
    assert kept is not None
    assert (kept.state, kept.note, kept.figure) == (EntryState.SUBMITTED, "đã rà soát", HALF)


async def test_an_old_button_changes_nothing(commune: Commune) -> None:
    entry = await submitted(commune)
    await commune.apply("hoa", await draft(commune, "1", figure=Figure(Decimal(61), "%")))
    for change in (ApproveEntries((entry,)), ReturnEntry(entry, "vì sao")):
        with pytest.raises(Outdated):
            await commune.apply("mai", change)
    with pytest.raises(Outdated):
        await commune.apply("mai", ApproveEntries((987654,)))
    after = (await item(commune, "1")).entry
    assert after is not None
    assert after.state is EntryState.DRAFT


async def test_only_the_unit_reports_and_only_the_coordinator_reviews(commune: Commune) -> None:
    entry = await submitted(commune)
    unit, period = commune.units[HEALTH], commune.period
    indicator = await commune.indicator("1")
    for account, change in (
        ("cong", await draft(commune, "1")),
        ("mai", await draft(commune, "1")),
        ("cong", await draft(commune, "1", POLICE)),
        ("cong", SubmitReport(unit, period)),
        ("cong", AddEvidence(unit, period, PHOTO)),
        ("cong", KeepReturned(indicator, unit, period, "x")),
        ("cong", RecordDelay(unit, period, "x")),
        ("cong", Snooze(unit, period, NOW + timedelta(hours=5))),
        ("hoa", ApproveEntries((entry,))),
        ("hoa", ReturnEntry(entry, "x")),
    ):
        with pytest.raises(NotAllowed):
            await commune.apply(account, change)
    with pytest.raises(NotRegistered, match="mã mời"):
        await commune.apply("khach", ApproveEntries((entry,)))
    after = (await item(commune, "1")).entry
    assert after is not None
    assert (after.state, after.figure) == (EntryState.SUBMITTED, HALF)


async def test_who_has_left_the_unit_changes_nothing_any_more(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        await unit.session.execute(
            update(MembershipRow).where(MembershipRow.unit_id == commune.units[HEALTH]).values(ends=NOW)
        )
    with pytest.raises(NotAllowed):
        await commune.apply("hoa", await draft(commune, "1"))
    assert (await commune.view("hoa")).person is None


async def test_figures_are_taken_from_the_opening_to_the_closing_day(commune: Commune) -> None:
    change = await draft(commune, "1")

    async def at(day: datetime) -> None:
        await commune.apply("hoa", change, now=day)

    first, last = (datetime(d.year, d.month, d.day, 23, 59, tzinfo=HANOI) for d in (QUARTER.opens, QUARTER.closes))
    with pytest.raises(PeriodClosed, match="chưa mở"):
        await at(first - timedelta(days=1))
    with pytest.raises(PeriodClosed, match="đã khóa"):
        await at(last + timedelta(days=1))
    await at(first)
    await at(last)


async def test_a_whole_message_is_refused_when_one_change_is(commune: Commune) -> None:
    with pytest.raises(Refused):
        await commune.apply("hoa", await draft(commune, "1"), await draft(commune, "4"))
    assert (await item(commune, "1")).entry is None


async def test_evidence_is_counted_beside_its_figure_and_fetched_later(commune: Commune) -> None:
    unit, period = commune.units[HEALTH], commune.period
    await commune.apply(
        "hoa", AddEvidence(unit, period, PHOTO, await commune.indicator("1")), AddEvidence(unit, period, PHOTO)
    )
    assert (await item(commune, "1")).evidence == 1
    assert (await item(commune, "2")).evidence == 0
    async with commune.store.unit() as work:
        first, second = await work.evidence.unfetched()
        assert (first.channel, first.attachment) == ("console", PHOTO)
        await work.evidence.fetched(first.id, b"jpeg")
        await work.evidence.fetched(second.id, None)
    async with commune.store.reading() as work:
        assert await work.evidence.unfetched() == []
        assert await work.evidence.content(first.id) == b"jpeg"
        assert len(await work.evidence.of(unit, period)) == 2


async def test_a_delay_is_kept_in_the_units_own_words(commune: Commune) -> None:
    await commune.apply("hoa", RecordDelay(commune.units[HEALTH], commune.period, "mất điện"))
    async with commune.store.reading() as unit:
        assert (await unit.session.scalars(select(DelayRow.reason))).all() == ["mất điện"]


async def test_a_snooze_is_one_line_of_the_ledger(commune: Commune) -> None:
    until = NOW + timedelta(hours=5)
    for _ in range(2):
        await commune.apply("hoa", Snooze(commune.units[HEALTH], commune.period, until))
    async with commune.store.reading() as unit:
        (line,) = await unit.reminders.list()
    assert line.due_at == until
    assert line.chat == actor("hoa").chat
    assert line.facts == {"kind": "snooze", "unit": commune.units[HEALTH], "period": commune.period}


async def test_the_last_approved_figure_stands_beside_the_question(commune: Commune) -> None:
    async with commune.store.reading() as unit:
        before = next(p.id for p in await unit.periods.of(commune.plan) if p.key == LAST.key)
    assert before is not None
    change = replace(await draft(commune, "1", figure=Figure(Decimal("71.3"), "%")), period=before)
    march = datetime(2026, 3, 20, 9, tzinfo=HANOI)
    await commune.apply("hoa", change, SubmitReport(commune.units[HEALTH], before), now=march)
    assert (await item(commune, "1")).last is None
    entry = (await item(commune, "1", now=march)).entry
    assert entry is not None
    assert entry.id is not None
    await commune.apply("mai", ApproveEntries((entry.id,)), now=march)
    now = await item(commune, "1")
    assert now.entry is None
    assert now.last is not None
    assert (now.last.figure.value, now.last_period) == (Decimal("71.3"), LAST.label)
    assert (await item(commune, "2")).last is None


async def test_between_periods_there_is_no_desk_but_the_next_period(commune: Commune) -> None:
    view = await commune.view("hoa", now=datetime(2026, 8, 1, 9, tzinfo=HANOI))
    assert view.desks == ()
    assert view.next_period is not None
    assert view.next_period.key == NEXT.key
    assert (await commune.view("mai", now=datetime(2026, 8, 1, 9, tzinfo=HANOI))).standing is None


async def test_a_coordinator_reports_for_the_own_unit(commune: Commune) -> None:
    await commune.apply("mai", await draft(commune, "4", CULTURE), SubmitReport(commune.units[CULTURE], commune.period))
    (desk,) = (await commune.view("mai")).desks
    assert desk.items[0].entry is not None
    assert desk.items[0].entry.state is EntryState.SUBMITTED


async def test_a_leader_reports_nothing(commune: Commune) -> None:
    await commune.join("binh", HEALTH, Role.LEADER)
    with pytest.raises(NotAllowed):
        await commune.apply("binh", await draft(commune, "1"))


async def test_what_was_submitted_is_reviewed_even_after_the_period_closed(commune: Commune) -> None:
    entry = await submitted(commune)
    august = datetime(2026, 8, 1, 9, tzinfo=HANOI)
    view = await commune.view("mai", now=august)
    assert view.standing is None
    (desk,) = view.waiting
    assert (desk.unit.name, desk.period.id) == (HEALTH, commune.period)
    with pytest.raises(PeriodClosed):
        await commune.apply("mai", ReturnEntry(entry, "muộn"), now=august)
    await commune.apply("mai", ApproveEntries((entry,)), now=august)
    assert (await commune.view("mai", now=august)).waiting == ()


async def test_a_reporter_has_nothing_to_review(commune: Commune) -> None:
    await submitted(commune)
    assert (await commune.view("hoa")).waiting == ()
    assert [desk.unit.name for desk in (await commune.view("mai")).waiting] == [HEALTH]
