"""Coming with an invite, inviting, registering a group, and being forgotten."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from handlers.changes import AcceptInvite, CreateInvite, LeaveAndForget, RegisterGroup, SaveDraft, SubmitReport
from handlers.message import ChatRef, Outgoing
from handlers.state import IDLE
from handlers.view import Role
from reporting.entry import Figure
from reporting.errors import NotAllowed
from storage.actor import OPERATOR, Actor
from storage.errors import BadInvite, NotRegistered
from storage.models import AccountRow, AuditRow, ChatRow, ConsentRow, ConversationRow, OutboxRow, PersonRow
from tests.storage.commune import CLOCK, CULTURE, HEALTH, NOW, POLICE, Commune, actor, private

WEEK = timedelta(days=7)


async def invited(commune: Commune, unit: str = HEALTH, role: Role = Role.REPORTER) -> str:
    async with commune.store.unit() as work:
        return await work.people.invite(commune.units[unit], role, now=NOW, expires=NOW + WEEK)


def in_group(account: str) -> Actor:
    return Actor("console", account, ChatRef("console", "group"), group=True)


async def test_who_accepts_an_invite_is_a_member_from_then_on(commune: Commune) -> None:
    code = await invited(commune)
    await commune.apply("lan", AcceptInvite(code.lower(), "Nguyễn Thị Lan", "2026-01"))
    view = await commune.view("lan")
    assert view.person is not None
    assert view.person.name == "Nguyễn Thị Lan"
    assert [(m.unit.name, m.role) for m in view.person.memberships] == [(HEALTH, Role.REPORTER)]
    assert view.person.joined_at == NOW
    assert private("lan") in ((await commune.view("mai")).reporters or {})[commune.units[HEALTH]]
    async with commune.store.reading() as unit:
        consent = (await unit.session.scalars(select(ConsentRow).order_by(ConsentRow.id.desc()))).first()
        assert consent is not None
        assert (consent.version, consent.given_at, consent.withdrawn_at) == ("2026-01", NOW, None)
        assert await unit.people.authority_of(actor("lan")) == "UBND xã Hòa Mẫu"


async def test_an_invite_is_for_one_person_and_a_week(commune: Commune) -> None:
    code = await invited(commune)
    await commune.apply("lan", AcceptInvite(code, "Lan", "1"))
    await commune.apply("lan", AcceptInvite(code, "Lan", "1"))
    with pytest.raises(BadInvite, match="đã được dùng"):
        await commune.apply("khach", AcceptInvite(code, "Khách", "1"))
    with pytest.raises(BadInvite, match="không đúng"):
        await commune.apply("khach", AcceptInvite("SAI234", "Khách", "1"))
    late = await invited(commune)
    with pytest.raises(BadInvite, match="hết hạn"):
        await commune.apply("khach", AcceptInvite(late, "Khách", "1"), now=NOW + WEEK)
    assert (await commune.view("khach")).person is None


async def test_an_invite_is_not_accepted_in_front_of_a_group(commune: Commune) -> None:
    code = await invited(commune)
    with pytest.raises(NotAllowed, match="riêng"):
        async with commune.store.unit() as unit:
            await unit.apply(AcceptInvite(code, "Khách", "1"), in_group("khach"), NOW)


async def test_a_member_may_take_on_a_second_unit(commune: Commune) -> None:
    await commune.apply("hoa", AcceptInvite(await invited(commune, POLICE), "Hoa", "1"))
    view = await commune.view("hoa")
    assert {desk.unit.name for desk in view.desks} == {HEALTH, POLICE}


async def test_only_a_coordinator_invites_and_only_into_the_own_authority(commune: Commune) -> None:
    change = CreateInvite("ABC234XYZ", commune.units[POLICE], Role.REPORTER, NOW + WEEK)
    with pytest.raises(NotAllowed):
        await commune.apply("hoa", change)
    with pytest.raises(NotRegistered):
        await commune.apply("khach", change)
    await commune.apply("mai", change)
    await commune.apply("khach", AcceptInvite("abc234xyz", "Khách", "1"))
    assert (await commune.view("khach")).person is not None
    async with commune.store.unit() as unit:
        other = await unit.authorities.ensure("UBND xã Tân Mẫu")
        foreign = await unit.authorities.ensure_unit(other.id, POLICE)
        await unit.apply(CreateInvite("ZZZ234ZZZ", foreign, Role.COORDINATOR, NOW + WEEK), OPERATOR, NOW)
    with pytest.raises(NotAllowed):
        await commune.apply("mai", CreateInvite("YYY234YYY", foreign, Role.REPORTER, NOW + WEEK))


async def test_a_group_is_registered_by_a_coordinator_or_for_the_own_unit(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        for account, change in (("hoa", RegisterGroup()), ("hoa", RegisterGroup(commune.units[POLICE]))):
            with pytest.raises(NotAllowed):
                await unit.apply(change, in_group(account), NOW)
        with pytest.raises(NotAllowed):
            await unit.apply(RegisterGroup(), actor("mai"), NOW)
        await unit.apply(RegisterGroup(commune.units[HEALTH]), in_group("hoa"), NOW)
        assert await unit.people.groups(commune.authority) == [(ChatRef("console", "group"), commune.units[HEALTH])]


async def test_a_group_of_one_authority_is_not_taken_over_by_another(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        await unit.apply(RegisterGroup(), in_group("mai"), NOW)
        other = await unit.authorities.ensure("UBND xã Tân Mẫu")
        foreign = await unit.authorities.ensure_unit(other.id, CULTURE)
        code = await unit.people.invite(foreign, Role.COORDINATOR, now=NOW, expires=NOW + WEEK)
        await unit.apply(AcceptInvite(code, "Lan", "1"), actor("lan"), NOW)
        with pytest.raises(NotAllowed):
            await unit.apply(RegisterGroup(), in_group("lan"), NOW)
        assert await unit.people.groups(other.id) == []


async def test_who_leaves_is_forgotten_and_the_figures_stay(commune: Commune) -> None:
    figure = Figure(Decimal(61), "%")
    change = SaveDraft(await commune.indicator("1"), commune.units[HEALTH], commune.period, figure)
    await commune.apply("hoa", change, SubmitReport(commune.units[HEALTH], commune.period))
    async with commune.store.unit() as unit:
        await unit.outbox.add(private("hoa"), Outgoing("Chào chị Hoa"))
        await unit.conversations.save(private("hoa"), "hoa", IDLE.at("report", name="Hoa"), None)
        await unit.reminders.add_if_new("k", private("hoa"), NOW, {})

    # As dispatch does it: the change, then the state and the last word, in one transaction.
    async with commune.store.unit() as unit:
        await unit.apply(LeaveAndForget(), actor("hoa"), NOW)
        await unit.conversations.save(private("hoa"), "hoa", IDLE, None)
        farewell = await unit.outbox.add(private("hoa"), Outgoing("Đã xóa dữ liệu của anh/chị"))

    view = await commune.view("hoa")
    assert view.person is None
    seen = await commune.view("mai")
    assert commune.units[HEALTH] not in (seen.reporters or {})
    assert seen.standing is not None
    kept = [i.entry for d in seen.standing.desks for i in d.items if d.unit.name == HEALTH and i.entry is not None]
    assert [entry.figure for entry in kept] == [figure]

    async with commune.store.unit() as unit:
        (parcel,) = await unit.outbox.due(CLOCK.now())
        assert parcel.id == farewell
        assert await unit.outbox.sending(farewell)
        await unit.outbox.sent(farewell, "m1")
    async with commune.store.reading() as unit:
        session = unit.session
        person = (await session.scalars(select(PersonRow).where(PersonRow.forgotten_at.is_not(None)))).one()
        assert person.name is None
        assert (await session.scalars(select(AccountRow).where(AccountRow.account == "hoa"))).all() == []
        assert (await session.scalars(select(ChatRow).where(ChatRow.address == private("hoa").address))).all() == []
        assert (await session.scalars(select(ConversationRow))).all() == []
        assert (await session.scalars(select(OutboxRow))).all() == []
        consent = (await session.scalars(select(ConsentRow).where(ConsentRow.person_id == person.id))).one()
        assert (consent.version, consent.withdrawn_at) == ("2026-01", NOW)


async def test_the_trail_names_nobody(commune: Commune) -> None:
    await commune.apply("hoa", LeaveAndForget())
    async with commune.store.reading() as unit:
        rows = (await unit.session.scalars(select(AuditRow))).all()
    said = " ".join(f"{row.before} {row.after}" for row in rows)
    assert "hoa" not in said
    assert "Người" not in said


async def test_who_was_forgotten_may_come_back_as_somebody_new(commune: Commune) -> None:
    before = (await commune.view("hoa")).person
    await commune.apply("hoa", LeaveAndForget())
    await commune.join("hoa", HEALTH, Role.REPORTER)
    after = (await commune.view("hoa")).person
    assert before is not None
    assert after is not None
    assert after.id != before.id
    async with commune.store.reading() as unit:
        chat = await unit.chats.row(private("hoa"))
        assert chat is not None
        assert not chat.leaving
