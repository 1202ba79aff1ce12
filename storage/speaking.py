"""Who speaks, with which invite in hand, and for whose bot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import Incoming
from handlers.view import InviteView, Membership, PersonView, Role, UnitRef
from storage.models import AccountRow, ChatRow, InviteRow, MembershipRow, PersonRow, UnitRow

# What may be an invite code in a message or behind a choice's verb; whether it is one, the look-up says.
_CODE = re.compile(r"[A-Za-z0-9_-]{6,64}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, before anything else is known."""

    person: PersonRow
    memberships: Sequence[MembershipRow]
    authority: int


async def speaker_of(session: AsyncSession, incoming: Incoming) -> Speaker | None:
    """The registered person who sent a message, with their memberships in the authority they joined last."""
    rows = (
        await session.execute(
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
    return Speaker(rows[0][0], own, authority) if own else None


async def invite_in(session: AsyncSession, incoming: Incoming) -> tuple[InviteRow, UnitRow] | None:
    """The invite whose code was sent, or stands behind the pressed choice."""
    if incoming.group:
        return None
    words = [incoming.text.strip(), *(incoming.choice or "").split(":")]
    codes = [word.lower() for word in words if _CODE.fullmatch(word)]
    if not codes:
        return None
    row = (
        await session.execute(
            select(InviteRow, UnitRow)
            .join(UnitRow, UnitRow.id == InviteRow.unit_id)
            .where(InviteRow.key.in_(codes))
            .limit(1)
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


async def only_authority(session: AsyncSession) -> int | None:
    """The authority whose bot this is, where that is plain: the only one that ever had members or invites."""
    found = (
        await session.scalars(
            select(UnitRow.authority_id)
            .where(UnitRow.id.in_(select(MembershipRow.unit_id)) | UnitRow.id.in_(select(InviteRow.unit_id)))
            .distinct()
            .limit(2)
        )
    ).all()
    return found[0] if len(found) == 1 else None


def authority_of_group(chat: ChatRow | None, speaker: Speaker | None) -> int | None:
    """Whose a group is; one that was never registered concerns only a coordinator, who may register it."""
    if chat is not None and chat.authority_id is not None:
        return chat.authority_id
    if speaker is not None and any(row.role == Role.COORDINATOR for row in speaker.memberships):
        return speaker.authority
    return None


def person_view(speaker: Speaker, refs: Mapping[int, UnitRef]) -> PersonView:
    """The speaker as the handlers see them."""
    memberships = tuple(
        Membership(refs.get(row.unit_id) or UnitRef(row.unit_id, ""), Role(row.role)) for row in speaker.memberships
    )
    return PersonView(speaker.person.id, speaker.person.name or "", memberships, speaker.person.joined_at)


def invite_view(row: InviteRow, unit: UnitRow, refs: Mapping[int, UnitRef]) -> InviteView:
    """The invite as the handlers see it; of another authority's unit only the name is told."""
    return InviteView(
        row.code, refs.get(unit.id) or UnitRef(unit.id, unit.name), Role(row.role), row.expires, row.used_at is not None
    )
