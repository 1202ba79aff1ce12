"""Authorities and the units in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AuthorityRow, UnitAliasRow, UnitRow
from storage.names import key_of, unit_key
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose plans and reports these are; ``parent`` is the id of the province's."""

    id: int
    name: str
    parent: int | None


class Authorities:
    """Finds and makes authorities and units, each under one name however it is written."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list(self) -> Sequence[Authority]:
        """All of them, parents before their children where they were made so."""
        rows = await self._session.scalars(select(AuthorityRow).order_by(AuthorityRow.id))
        return [Authority(row.id, row.name, row.parent_id) for row in rows]

    async def name(self, authority: int) -> str:
        """The authority's name."""
        return (await self._session.scalars(select(AuthorityRow.name).where(AuthorityRow.id == authority))).one()

    async def find(self, name: str) -> Authority | None:
        """The authority of this name, written with or without marks, "UBND" or in full."""
        row = (await self._session.scalars(select(AuthorityRow).where(AuthorityRow.key == key_of(name)))).one_or_none()
        return None if row is None else Authority(row.id, row.name, row.parent_id)

    async def ensure(self, name: str, parent: int | None = None) -> Authority:
        """The authority of this name, made where there is none; a known parent is never replaced."""
        values = {"name": name.strip(), "key": key_of(name), "parent_id": parent}
        await insert_if_new(self._session, AuthorityRow, values, ("key",))
        row = (await self._session.scalars(select(AuthorityRow).where(AuthorityRow.key == values["key"]))).one()
        if row.parent_id is None and parent is not None and parent != row.id:
            row.parent_id = parent
            await self._session.flush()
        return Authority(row.id, row.name, row.parent_id)

    async def units(self, authority: int) -> Sequence[tuple[int, str]]:
        """Id and name of the authority's units, in the order in which they were met."""
        rows = await self._session.execute(
            select(UnitRow.id, UnitRow.name).where(UnitRow.authority_id == authority).order_by(UnitRow.id)
        )
        return [(row.id, row.name) for row in rows]

    async def find_unit(self, authority: int, name: str) -> int | None:
        """The unit of this name or alias."""
        key = await self._unit_key(authority, name)
        found = await self._session.scalar(
            select(UnitRow.id).where(UnitRow.authority_id == authority, UnitRow.key == key)
        )
        if found is not None:
            return found
        return await self._session.scalar(
            select(UnitAliasRow.unit_id).where(UnitAliasRow.authority_id == authority, UnitAliasRow.key == key)
        )

    async def ensure_unit(self, authority: int, name: str) -> int:
        """The unit of this name or alias, made where there is none."""
        if (found := await self.find_unit(authority, name)) is not None:
            return found
        key = await self._unit_key(authority, name)
        values = {"authority_id": authority, "name": name.strip(), "key": key}
        made = await insert_if_new(self._session, UnitRow, values, ("authority_id", "key"))
        if made is not None:
            return made
        again = await self.find_unit(authority, name)
        assert again is not None, "another process made it in between"
        return again

    async def add_alias(self, authority: int, unit: int, alias: str) -> None:
        """Let ``alias`` mean the unit; an alias that means another one already keeps its meaning."""
        values = {"authority_id": authority, "unit_id": unit, "key": await self._unit_key(authority, alias)}
        await insert_if_new(self._session, UnitAliasRow, values, ("authority_id", "key"))

    async def _unit_key(self, authority: int, name: str) -> str:
        row = await self._session.get_one(AuthorityRow, authority)
        return unit_key(name, row.key)
