"""What a handler may look at for one message, by the rights of who speaks and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef, Incoming
from handlers.view import (
    Desk,
    Doubt,
    InviteView,
    Membership,
    PersonView,
    PlanView,
    Role,
    Standing,
    UnitRef,
    View,
)
from reporting.entry import EntryState, Figure
from reporting.period import Period
from storage.desks import Office, Offices
from storage.models import (
    AccountRow,
    AuthorityRow,
    ChatRow,
    IndicatorRow,
    InviteRow,
    MembershipRow,
    PersonRow,
    PlanRow,
    PlanState,
    ReportingRuleRow,
    UnitRow,
)
from storage.people import Member, People
from storage.place import place_of
from storage.plan_rows import rule_of, target_of

# What may be an invite code in a message or behind a choice's verb; whether it is one, the look-up says.
_CODE = re.compile(r"[A-Za-z0-9_-]{6,64}")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who speaks, before anything else is known."""

    person: PersonRow
    memberships: Sequence[MembershipRow]
    authority: int


class Views:
    """Loads views; the number of queries does not depend on how much there is to see."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._offices = Offices(session)
        self._people = People(session)

    async def load(self, incoming: Incoming, now: datetime) -> View:
        """The view for one message; a typed number must have been translated to its choice before.

        What only the program around knows (``answer``, ``fresh_code``, the links) is left for the caller to fill.
        """
        chat = (
            await self._session.scalars(
                select(ChatRow).where(
                    ChatRow.channel == incoming.chat.channel, ChatRow.address == incoming.chat.address
                )
            )
        ).one_or_none()
        speaker = await self._speaker(incoming)
        invite = await self._invite(incoming)
        if incoming.group:
            authority = _of_group(chat, speaker)
        elif speaker is not None:
            authority = speaker.authority
        else:
            authority = invite[1].authority_id if invite else await self._only_authority()
        if authority is None:
            return View(now)
        return await self._of(authority, incoming, now, chat, speaker, invite)

    async def _of(
        self,
        authority: int,
        incoming: Incoming,
        now: datetime,
        chat: ChatRow | None,
        speaker: _Speaker | None,
        invite: tuple[InviteRow, UnitRow] | None,
    ) -> View:
        registered_group = incoming.group and chat is not None and chat.authority_id == authority
        inside = speaker is not None and speaker.authority == authority
        office = await self._offices.load(authority, now.date(), figures=inside or registered_group)
        refs = {unit.id: unit for unit in office.units}
        person = None if speaker is None else _person(speaker, refs)
        name = await self._session.scalar(select(AuthorityRow.name).where(AuthorityRow.id == authority))
        view = View(now, authority=name, person=person, next_period=_next_period(office, ()))
        if invite is not None and invite[1].authority_id == authority:
            view = replace(view, invite=_invite_view(invite[0], refs[invite[1].id]))
        if registered_group and chat is not None:
            view = replace(
                view,
                standing=_standing(office, shown=_SHOWN_TO_GROUPS),
                group_unit=refs.get(chat.unit_id) if chat.unit_id is not None else None,
            )
        if not inside or person is None:
            return replace(view, plan=await self._plan_view(office.plan, office) if registered_group else None)
        coordinators, reporters = _chats(await self._people.members(authority))
        view = replace(
            view,
            plan=await self._plan_view(office.plan, office),
            units=office.units,
            coordinators=coordinators,
            reporters=reporters,
        )
        return view if incoming.group else await self._private(view, person, office, authority)

    async def _private(self, view: View, person: PersonView, office: Office, authority: int) -> View:
        """What is shown in the person's own chat only."""
        desks = tuple(desk for unit in person.units if (desk := office.desk(unit, until_approved=False)) is not None)
        view = replace(view, desks=desks, next_period=_next_period(office, desks))
        if person.has(Role.COORDINATOR) or person.has(Role.LEADER):
            own = frozenset(unit.id for unit in person.units)
            view = replace(view, standing=_standing(office, shown=_SHOWN_TO_REVIEWERS, own=own))
        if person.has(Role.COORDINATOR):
            pending = await self._pending(authority)
            view = replace(
                view,
                pending=await self._plan_view(pending, office),
                doubts=await self._doubts(pending or office.plan, office),
            )
        return view

    async def standing(self, authority: int, now: datetime) -> Standing | None:
        """How the open period stands for all units, figures included: for reminders and reports, not for a chat."""
        return _standing(await self._offices.load(authority, now.date()), shown=frozenset(EntryState))

    async def _speaker(self, incoming: Incoming) -> _Speaker | None:
        rows = (
            await self._session.execute(
                select(PersonRow, MembershipRow, UnitRow.authority_id)
                .join(AccountRow, AccountRow.person_id == PersonRow.id)
                .outerjoin(MembershipRow, (MembershipRow.person_id == PersonRow.id) & MembershipRow.ends.is_(None))
                .outerjoin(UnitRow, UnitRow.id == MembershipRow.unit_id)
                .where(AccountRow.channel == incoming.chat.channel, AccountRow.account == incoming.account)
                .order_by(MembershipRow.id)
            )
        ).all()
        if not rows:
            return None
        # Somebody who changed communes sees the new one.
        authority = rows[-1][2]
        own = [membership for _, membership, of in rows if membership is not None and of == authority]
        return _Speaker(rows[0][0], own, authority) if own else None

    async def _invite(self, incoming: Incoming) -> tuple[InviteRow, UnitRow] | None:
        """The invite whose code was sent, or stands behind the pressed choice."""
        if incoming.group:
            return None
        words = [incoming.text.strip(), *(incoming.choice or "").split(":")]
        codes = [word.lower() for word in words if _CODE.fullmatch(word)]
        if not codes:
            return None
        row = (
            await self._session.execute(
                select(InviteRow, UnitRow)
                .join(UnitRow, UnitRow.id == InviteRow.unit_id)
                .where(InviteRow.key.in_(codes))
                .limit(1)
            )
        ).one_or_none()
        return None if row is None else (row[0], row[1])

    async def _only_authority(self) -> int | None:
        """The authority whose bot this is, where that is plain: the only one that ever had members or invites."""
        found = (
            await self._session.scalars(
                select(UnitRow.authority_id)
                .where(UnitRow.id.in_(select(MembershipRow.unit_id)) | UnitRow.id.in_(select(InviteRow.unit_id)))
                .distinct()
                .limit(2)
            )
        ).all()
        return found[0] if len(found) == 1 else None

    async def _pending(self, authority: int) -> PlanRow | None:
        return (
            await self._session.scalars(
                select(PlanRow)
                .where(PlanRow.authority_id == authority, PlanRow.state == PlanState.PENDING)
                .order_by(PlanRow.id.desc())
                .limit(1)
            )
        ).one_or_none()

    async def _plan_view(self, plan: PlanRow | None, office: Office) -> PlanView | None:
        if plan is None:
            return None
        rows = await self._indicators(plan, office)
        rules = await self._session.scalars(
            select(ReportingRuleRow)
            .where(ReportingRuleRow.plan_id == plan.id)
            .order_by(ReportingRuleRow.chosen_by.is_(None), ReportingRuleRow.position)
        )
        return PlanView(
            id=plan.id,
            number=plan.number,
            date=plan.date,
            title=plan.title,
            issuer=plan.issuer,
            adopted=plan.state == PlanState.ADOPTED,
            indicators=len(rows),
            groups=len({row.group_name for row in rows if row.group_name}),
            rules=tuple(rule_of(row) for row in rules),
            units=tuple(dict.fromkeys(name for row in rows for name in row.lead)),
        )

    async def _indicators(self, plan: PlanRow, office: Office) -> Sequence[IndicatorRow]:
        if plan.id in office.rows:
            return office.rows[plan.id]
        return (
            await self._session.scalars(
                select(IndicatorRow)
                .where(IndicatorRow.plan_id == plan.id, IndicatorRow.same_as.is_(None))
                .order_by(IndicatorRow.position)
            )
        ).all()

    async def _doubts(self, plan: PlanRow | None, office: Office) -> tuple[Doubt, ...]:
        if plan is None:
            return ()
        return tuple(
            Doubt(row.id, row.no, row.name, target_of(row), row.source["quote"], tuple(row.checks), place_of(row))
            for row in await self._indicators(plan, office)
            if row.checks and row.confirmed_at is None
        )


def _of_group(chat: ChatRow | None, speaker: _Speaker | None) -> int | None:
    """Whose a group is; one that was never registered concerns only a coordinator, who may register it."""
    if chat is not None and chat.authority_id is not None:
        return chat.authority_id
    if speaker is not None and any(row.role == Role.COORDINATOR for row in speaker.memberships):
        return speaker.authority
    return None


_SHOWN_TO_GROUPS = frozenset({EntryState.APPROVED})
_SHOWN_TO_REVIEWERS = frozenset({EntryState.APPROVED, EntryState.SUBMITTED, EntryState.RETURNED})


def _standing(office: Office, *, shown: frozenset[EntryState], own: frozenset[int] = frozenset()) -> Standing | None:
    """All desks; figures in a state that is not ``shown`` are blanked, except those of the units in ``own``."""
    if not office.windows:
        return None
    desks = (office.desk(unit, until_approved=True) for unit in office.units)
    return Standing(
        office.windows[-1][1],
        tuple(desk if desk.unit.id in own else _blanked(desk, shown) for desk in desks if desk is not None),
    )


def _blanked(desk: Desk, shown: frozenset[EntryState]) -> Desk:
    return replace(
        desk,
        items=tuple(
            item
            if item.entry is None or item.entry.state in shown
            else replace(item, entry=replace(item.entry, figure=Figure(), note=None, reason=None))
            for item in desk.items
        ),
    )


def _next_period(office: Office, desks: Sequence[Desk]) -> Period | None:
    """The next period that will be asked for: an open one that is on no desk of theirs, else the next to open."""
    if desks or not office.windows:
        return office.upcoming
    return office.windows[-1][1]


def _person(speaker: _Speaker, refs: dict[int, UnitRef]) -> PersonView:
    memberships = tuple(
        Membership(refs.get(row.unit_id) or UnitRef(row.unit_id, ""), Role(row.role)) for row in speaker.memberships
    )
    return PersonView(speaker.person.id, speaker.person.name or "", memberships, speaker.person.joined_at)


def _invite_view(row: InviteRow, unit: UnitRef) -> InviteView:
    return InviteView(row.code, unit, Role(row.role), row.expires, row.used_at is not None)


def _chats(members: Sequence[Member]) -> tuple[tuple[ChatRef, ...], dict[int, tuple[ChatRef, ...]]]:
    coordinators: dict[ChatRef, None] = {}
    reporters: dict[int, dict[ChatRef, None]] = defaultdict(dict)
    for member in members:
        for chat in member.chats:
            if member.role is Role.COORDINATOR:
                coordinators[chat] = None
            elif member.role is Role.REPORTER:
                reporters[member.unit][chat] = None
    return tuple(coordinators), {unit: tuple(chats) for unit, chats in reporters.items()}
