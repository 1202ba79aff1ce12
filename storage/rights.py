"""Who may change what, asked again at the moment of the change: a button may be a month old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.view import Role
from reporting.errors import NotAllowed
from storage.actor import Actor
from storage.errors import NotRegistered, Outdated
from storage.models import AccountRow, MembershipRow, PlanRow, UnitRow

NOT_REGISTERED: Final = "Anh/chị chưa đăng ký. Anh/chị gửi mã mời do người đầu mối tổng hợp gửi để tham gia."
_NOT_OF_UNIT: Final = 'Anh/chị không phụ trách số liệu của đơn vị này. Anh/chị gõ "trợ giúp" để xem việc của mình.'
_NOT_COORDINATOR: Final = "Việc này do người đầu mối tổng hợp của xã, phường thực hiện. Anh/chị liên hệ giúp."
GONE: Final = 'Nội dung này không còn nữa. Anh/chị gõ "trợ giúp" để xem việc có thể làm.'


@dataclass(frozen=True, slots=True)
class Standing:
    """One membership in force: the unit, its authority, the role."""

    unit: int
    authority: int
    role: Role


@dataclass(frozen=True, slots=True)
class Rights:
    """What the actor is, right now. ``person`` is None for the operator."""

    actor: Actor
    person: int | None
    memberships: Sequence[Standing]

    def of_unit(self, unit: int) -> None:
        """Refuse unless the actor reports for the unit (a coordinator reports for their own unit too)."""
        if self.actor.operator:
            return
        if not any(m.unit == unit and m.role is not Role.LEADER for m in self.memberships):
            raise NotAllowed(_NOT_OF_UNIT)

    def coordinates(self, authority: int) -> None:
        """Refuse unless the actor coordinates the authority."""
        if self.actor.operator:
            return
        if not any(m.authority == authority and m.role is Role.COORDINATOR for m in self.memberships):
            raise NotAllowed(_NOT_COORDINATOR)

    def coordinates_something(self) -> int:
        """The authority that the actor coordinates, the newest first; refuse when there is none."""
        for membership in reversed(self.memberships):
            if membership.role is Role.COORDINATOR:
                return membership.authority
        raise NotAllowed(_NOT_COORDINATOR)


async def rights_of(session: AsyncSession, actor: Actor) -> Rights:
    """Look the actor up; a stranger has no rights but is no error here."""
    if actor.operator:
        return Rights(actor, None, ())
    rows = (
        await session.execute(
            select(AccountRow.person_id, MembershipRow.unit_id, MembershipRow.role, UnitRow.authority_id)
            .outerjoin(MembershipRow, (MembershipRow.person_id == AccountRow.person_id) & MembershipRow.ends.is_(None))
            .outerjoin(UnitRow, UnitRow.id == MembershipRow.unit_id)
            .where(AccountRow.channel == actor.channel, AccountRow.account == actor.account)
            .order_by(MembershipRow.id)
        )
    ).all()
    if not rows:
        return Rights(actor, None, ())
    memberships = [Standing(row.unit_id, row.authority_id, Role(row.role)) for row in rows if row.unit_id is not None]
    return Rights(actor, rows[0].person_id, memberships)


def registered(rights: Rights) -> None:
    """Refuse strangers."""
    if rights.person is None and not rights.actor.operator:
        raise NotRegistered(NOT_REGISTERED)


async def authority_of_unit(session: AsyncSession, unit: int) -> int:
    """The unit's authority; an unknown unit is an outdated button."""
    found = await session.scalar(select(UnitRow.authority_id).where(UnitRow.id == unit))
    if found is None:
        raise Outdated(GONE)
    return found


async def authority_of_plan(session: AsyncSession, plan: int) -> int:
    """The plan's authority; an unknown plan is an outdated button."""
    found = await session.scalar(select(PlanRow.authority_id).where(PlanRow.id == plan))
    if found is None:
        raise Outdated(GONE)
    return found
