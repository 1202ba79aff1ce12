"""What a handler may look at for one message, by the rights of who speaks and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef, Incoming
from handlers.view import (
    Desk,
    Doubt,
    PersonView,
    PlanView,
    Role,
    Standing,
    View,
)
from knowledge.checks import of_lead
from reporting.entry import EntryState, Figure
from reporting.period import Period
from storage.books import Line, Shelved, lines_of, rules_of
from storage.chats import Chats
from storage.desks import Office, Offices
from storage.models import (
    AuthorityRow,
    ChatRow,
    InviteRow,
    PlanRow,
    PlanState,
    UnitRow,
)
from storage.people import Member, People
from storage.plan_rows import amendment_of, lost_of
from storage.speaking import (
    Speaker,
    authority_of_group,
    invite_in,
    invite_view,
    only_authority,
    person_view,
    speaker_of,
)


class Views:
    """Loads views; the number of queries does not depend on how much there is to see."""

    def __init__(self, session: AsyncSession, shelved: Shelved | None = None) -> None:
        self._session = session
        self._offices = Offices(session, shelved)
        self._people = People(session)

    async def load(self, incoming: Incoming, now: datetime) -> View:
        """The view for one message; a typed number must have been translated to its choice before.

        What only the program around knows (``answer``, ``fresh_code``, the links) is left for the caller to fill.
        """
        chat = await Chats(self._session).row(incoming.chat) if incoming.group else None
        speaker = await speaker_of(self._session, incoming)
        invite = await invite_in(self._session, incoming)
        if incoming.group:
            authority = authority_of_group(chat, speaker)
        elif speaker is not None:
            authority = speaker.authority
        else:
            authority = invite[1].authority_id if invite else await only_authority(self._session)
        if authority is None:
            return View(now)
        return await self._of(authority, incoming, now, chat, speaker, invite)

    async def _of(
        self,
        authority: int,
        incoming: Incoming,
        now: datetime,
        chat: ChatRow | None,
        speaker: Speaker | None,
        invite: tuple[InviteRow, UnitRow] | None,
    ) -> View:
        name = await self._session.scalar(select(AuthorityRow.name).where(AuthorityRow.id == authority))
        group = chat if incoming.group and chat is not None and chat.authority_id == authority else None
        inside = speaker is not None and speaker.authority == authority
        if not inside and group is None and invite is None:
            return View(now, authority=name)
        seen = _units_in_view(speaker) if inside and speaker is not None else ()
        office = await self._offices.load(authority, now.date(), of=None if group is not None else seen)
        refs = {unit.id: unit for unit in office.units}
        person = person_view(speaker, refs) if speaker is not None and inside else None
        view = View(now, authority=name, person=person, next_period=_next_period(office, ()))
        if invite is not None:
            view = replace(view, invite=invite_view(*invite, refs))
        if group is not None:
            view = replace(
                view,
                group_registered=True,
                standing=_standing(office, shown=_SHOWN_TO_GROUPS),
                group_unit=refs.get(group.unit_id) if group.unit_id is not None else None,
            )
        if person is None:
            return replace(view, plan=await self._plan_view(office.plan, office) if group is not None else None)
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
        desks = tuple(desk for unit in person.reports_for for desk in office.desks_at(unit))
        view = replace(view, desks=desks, next_period=_next_period(office, desks))
        if not (person.has(Role.COORDINATOR) or person.has(Role.LEADER)):
            return view
        own = frozenset(unit.id for unit in person.reports_for)
        view = replace(view, standing=_standing(office, shown=_SHOWN_TO_REVIEWERS, own=own))
        if not person.has(Role.COORDINATOR):
            return replace(view, rows=await self._rows(office.plan, office))
        pending = await self._pending(authority)
        rows = await self._rows(pending or office.plan, office)
        return replace(
            view,
            pending=await self._plan_view(pending, office),
            waiting=tuple(_blanked(desk, _SHOWN_TO_REVIEWERS) for desk in office.waiting()),
            doubts=tuple(doubt for row in rows for doubt in _asked(row)),
            rows=rows,
        )

    async def standing(self, authority: int, now: datetime) -> Standing | None:
        """How the open period stands for all units, figures included: for reminders and reports, not for a chat."""
        return _standing(await self._offices.load(authority, now.date()), shown=frozenset(EntryState))

    async def standings(self, authority: int, now: datetime) -> Sequence[Standing]:
        """The same for each period that takes reports, earliest first: where two plans are in force there are two."""
        office = await self._offices.load(authority, now.date())
        return [Standing(period, office.desks_of(plan, period)) for plan, period in office.windows]

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
        lines = await self._lines(plan, office)
        rules = office.book.rules.get(plan.id)
        if rules is None:
            rules = (await rules_of(self._session, [plan.id]))[plan.id]
        return PlanView(
            id=plan.id,
            number=plan.number,
            date=plan.date,
            title=plan.title,
            issuer=plan.issuer,
            adopted=plan.state == PlanState.ADOPTED,
            indicators=len(lines),
            groups=len({line.group for line in lines if line.group}),
            rules=tuple(rules),
            units=tuple(dict.fromkeys(name for line in lines for name in line.lead)),
            amends=amendment_of(plan),
            lost=lost_of(plan),
        )

    async def _lines(self, plan: PlanRow, office: Office) -> Sequence[Line]:
        known = office.book.lines.get(plan.id)
        return known if known is not None else (await lines_of(self._session, [plan.id]))[plan.id]

    async def _rows(self, plan: PlanRow | None, office: Office) -> tuple[Doubt, ...]:
        lines = await self._lines(plan, office) if plan is not None else ()
        return tuple(
            Doubt(
                line.id,
                line.no,
                line.name,
                line.target,
                line.printed,
                line.doubts,
                line.place,
                above=line.above,
                elsewhere=line.elsewhere,
                lead=line.lead,
                leads_elsewhere=line.leads_elsewhere,
                repairs=line.repairs,
                name_doubt=line.name_doubt,
            )
            for line in lines
        )


def _units_in_view(speaker: Speaker) -> Collection[int] | None:
    """The units whose figures somebody sees in their own chat: all for who coordinates or leads, else their own."""
    roles = {row.role for row in speaker.memberships}
    if Role.COORDINATOR in roles or Role.LEADER in roles:
        return None
    return {row.unit_id for row in speaker.memberships}


def _asked(row: Doubt) -> Iterator[Doubt]:
    """What a person is asked about one row: its target, then its lead."""
    about = {True: tuple(filter(of_lead, row.reasons)), False: tuple(r for r in row.reasons if not of_lead(r))}
    for about_lead in (False, True):
        if about[about_lead]:
            yield replace(row, reasons=about[about_lead], about_lead=about_lead)


_SHOWN_TO_GROUPS = frozenset({EntryState.APPROVED})
_SHOWN_TO_REVIEWERS = frozenset({EntryState.APPROVED, EntryState.SUBMITTED, EntryState.RETURNED})


def _standing(office: Office, *, shown: frozenset[EntryState], own: frozenset[int] = frozenset()) -> Standing | None:
    """All desks of the period that opened last; figures in a state that is not ``shown`` are blanked, except those of
    the units in ``own``."""
    if not office.windows:
        return None
    plan, period = office.windows[-1]
    desks = office.desks_of(plan, period)
    return Standing(period, tuple(desk if desk.unit.id in own else _blanked(desk, shown) for desk in desks))


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
