"""Persons, what they are in which unit, how they were invited, and where they can be reached."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef
from handlers.view import Role
from storage.actor import Actor
from storage.models import AccountRow, AuthorityRow, ChatRow, InviteRow, MembershipRow, PersonRow, UnitRow

# Without 0/O, 1/I/L and U: a code is read from a screen and typed on a phone.
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
# 30^10 codes: guessing one of a few hundred open invites is hopeless, and ten signs can still be typed.
_CODE_LENGTH: Final = 10


def fresh_code() -> str:
    """An invite code that nobody has: letters and at least one digit, so that no word is taken for one."""
    while True:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        if not code.isalpha():
            return code


@dataclass(frozen=True, slots=True)
class Member:
    """One membership in force, for lists. ``chats`` are the person's private chats, ``since`` when it began."""

    person: int
    name: str | None
    unit: int
    role: Role
    chats: tuple[ChatRef, ...]
    since: datetime


class People:
    """Who is who."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_account(self, channel: str, account: str) -> int | None:
        """The person with this account."""
        return await self._session.scalar(
            select(AccountRow.person_id).where(AccountRow.channel == channel, AccountRow.account == account)
        )

    async def authority_of(self, actor: Actor) -> str | None:
        """The name of the authority that the sender of a message belongs to now; the newest, should there be two."""
        return await self._session.scalar(
            select(AuthorityRow.name)
            .join(UnitRow, UnitRow.authority_id == AuthorityRow.id)
            .join(MembershipRow, MembershipRow.unit_id == UnitRow.id)
            .join(AccountRow, AccountRow.person_id == MembershipRow.person_id)
            .where(
                AccountRow.channel == actor.channel,
                AccountRow.account == actor.account,
                MembershipRow.ends.is_(None),
            )
            .order_by(MembershipRow.id.desc())
            .limit(1)
        )

    async def invite(
        self, unit: int, role: Role, *, now: datetime, expires: datetime, code: str | None = None, by: int | None = None
    ) -> str:
        """Make an invite for one person; its code. ``by`` is the person who invites, None for the operator."""
        code = code or fresh_code()
        row = InviteRow(
            code=code, key=code.lower(), unit_id=unit, role=role, created_at=now, created_by=by, expires=expires
        )
        self._session.add(row)
        await self._session.flush()
        return code

    async def members(self, authority: int) -> Sequence[Member]:
        """Everybody who is something in the authority now."""
        rows = await self._session.execute(
            select(
                MembershipRow.person_id,
                PersonRow.name,
                MembershipRow.unit_id,
                MembershipRow.role,
                MembershipRow.starts,
                ChatRow.channel,
                ChatRow.address,
            )
            .join(UnitRow, UnitRow.id == MembershipRow.unit_id)
            .join(PersonRow, PersonRow.id == MembershipRow.person_id)
            .outerjoin(ChatRow, ChatRow.person_id == MembershipRow.person_id)
            .where(UnitRow.authority_id == authority, MembershipRow.ends.is_(None))
            .order_by(MembershipRow.id, ChatRow.id)
        )
        found: dict[tuple[int, int, str], Member] = {}
        for person, name, unit, role, since, channel, address in rows:
            known = found.get((person, unit, role))
            chats = known.chats if known else ()
            if channel is not None:
                chats = (*chats, ChatRef(channel, address))
            found[person, unit, role] = Member(person, name, unit, Role(role), chats, since)
        return list(found.values())

    async def groups(self, authority: int) -> Sequence[tuple[ChatRef, int | None]]:
        """The authority's groups, each with its unit where it belongs to one."""
        rows = await self._session.execute(
            select(ChatRow.channel, ChatRow.address, ChatRow.unit_id)
            .where(ChatRow.authority_id == authority)
            .order_by(ChatRow.id)
        )
        return [(ChatRef(row.channel, row.address), row.unit_id) for row in rows]
