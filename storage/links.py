"""Indicators linked across levels: a commune's to its province's, a province's to the nation's.

Links are computed from the plans that are kept, so they can be made anew at any time: when a plan is read, put in force
or pushed aside, and when a person says that a target is of another sort than was read. They lead from plans that wait
or are in force to plans in force of the same year, and to no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from knowledge.checks import of_lead
from knowledge.counterparts import Statement, counterparts
from knowledge.plan import Kind, Plan
from reporting.levels import Above, level_of
from storage.models import AuthorityRow, IndicatorLinkRow, IndicatorRow, PlanRow, PlanState, SettingRow
from storage.names import is_national, is_province, key_of, province_authority
from storage.place import place_of
from storage.plan_rows import open_checks, target_of
from storage.restated import groups_of, spokesman
from storage.shelving import bump_version, key_in_index
from storage.source_json import origin_number
from storage.upsert import insert_all_new, insert_or_update

# Grows whenever ``knowledge.counterparts`` or its catalogue links otherwise: what is stored is then made anew.
_MADE_BY: Final = 1
_SETTING: Final = "links"
_LIVING: Final = (PlanState.PENDING, PlanState.ADOPTED)


@dataclass(frozen=True, slots=True)
class LinkedPlaces:
    """One link for whoever knows plans by their key in the index and indicators by their position in the plan."""

    lower_key: str
    lower: int
    upper_key: str
    upper: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """A plan as far as linking looks at it."""

    id: int
    authority: int
    year: int | None
    state: str
    date: date | None


@dataclass(frozen=True, slots=True)
class _Stated:
    """An indicator as far as linking looks at it."""

    id: int
    position: int
    same_as: int | None
    no: str | None
    lead: Sequence[Any]
    statement: Statement


class Links:
    """Keeps the links, and tells what the level above sets."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def settle(self, authority: int, *, below: bool) -> None:
        """Bring the links of the authority's plans up to date; with ``below`` those of the authorities under it too,
        which a change of a plan in force asks for. Once more changes nothing."""
        row = await self._session.get_one(AuthorityRow, authority)
        uppers = await self._uppers([row])
        await self._take_turns(authority, uppers[authority])
        plans = await self._plans(PlanRow.authority_id == authority)
        lower = [row]
        if below:
            years = {plan.year for plan in plans}
            under = await self._under(row)
            lower += under
            uppers |= {one.id: (authority,) for one in under}
            plans += [
                plan
                for plan in await self._plans(PlanRow.authority_id.in_([one.id for one in under]))
                if plan.year in years
            ]
        await self._relink(plans, uppers)

    async def current(self) -> bool:
        """False where another version of this program made the links, or none did: they are to be renewed."""
        made = await self._session.scalar(select(SettingRow.value).where(SettingRow.name == _SETTING))
        return made is not None and made["version"] == _MADE_BY

    async def renew(self) -> None:
        """Make all links anew."""
        authorities = (await self._session.scalars(select(AuthorityRow))).all()
        await self._relink(await self._plans(), await self._uppers(authorities))
        await insert_or_update(self._session, SettingRow, {"name": _SETTING, "value": {"version": _MADE_BY}}, ("name",))
        await bump_version(self._session)

    async def above(self, plans: Collection[int]) -> dict[int, Above]:
        """What the level above sets, by the id of the indicator, for every place of some plans that has it."""
        lower, lower_plan, lower_authority = aliased(IndicatorRow), aliased(PlanRow), aliased(AuthorityRow)
        rows = await self._session.execute(
            select(IndicatorLinkRow.lower_id, IndicatorRow, PlanRow, AuthorityRow.name, lower_authority.name)
            .join(IndicatorRow, IndicatorRow.id == IndicatorLinkRow.upper_id)
            .join(PlanRow, PlanRow.id == IndicatorRow.plan_id)
            .join(AuthorityRow, AuthorityRow.id == PlanRow.authority_id)
            .join(lower, lower.id == IndicatorLinkRow.lower_id)
            .join(lower_plan, lower_plan.id == lower.plan_id)
            .join(lower_authority, lower_authority.id == lower_plan.authority_id)
            .where(lower.plan_id.in_(plans))
        )
        return {below: _above(upper, plan, name, own) for below, upper, plan, name, own in rows}

    async def beside(self, read: Plan) -> dict[int, Above]:
        """The same for a plan that is not kept, by the index of its indicators: nothing is written."""
        issuer, province = read.document.issuer, read.document.province
        if issuer is None:
            return {}
        keys = [key_of(province_authority(province))] if province and not is_province(issuer) else []
        everyone = (await self._session.scalars(select(AuthorityRow))).all()
        known = next((row for row in everyone if row.key == key_of(issuer)), None)
        uppers = [
            row.id
            for row in everyone
            if row.key in keys
            or (known is not None and row.id == known.parent_id)
            or (is_province(issuer) and is_national(row.name))
        ]
        plans = await self._plans(PlanRow.authority_id.in_(uppers), PlanRow.year == read.document.year)
        adopted = [plan for plan in plans if plan.state == PlanState.ADOPTED]
        stated = await self._stated(plan.id for plan in adopted)
        own = [
            _Stated(at, at, one.same_as, one.no, one.lead, Statement.of(one)) for at, one in enumerate(read.indicators)
        ]
        found = _linked(own, [stated[plan.id] for plan in _newest_first(adopted)])
        rows = await self._session.execute(
            select(IndicatorRow, PlanRow, AuthorityRow.name)
            .join(PlanRow, PlanRow.id == IndicatorRow.plan_id)
            .join(AuthorityRow, AuthorityRow.id == PlanRow.authority_id)
            .where(IndicatorRow.id.in_(set(found.values())))
        )
        above = {upper.id: _above(upper, plan, name, issuer) for upper, plan, name in rows}
        return {at: above[upper] for at, upper in found.items()}

    async def places(self) -> list[LinkedPlaces]:
        """All links, for the shelf of ``retrieval``."""
        lower, lower_plan = aliased(IndicatorRow), aliased(PlanRow)
        rows = await self._session.execute(
            select(lower_plan.content_hash, lower.position, PlanRow.content_hash, IndicatorRow.position)
            .select_from(IndicatorLinkRow)
            .join(lower, lower.id == IndicatorLinkRow.lower_id)
            .join(lower_plan, lower_plan.id == lower.plan_id)
            .join(IndicatorRow, IndicatorRow.id == IndicatorLinkRow.upper_id)
            .join(PlanRow, PlanRow.id == IndicatorRow.plan_id)
            .order_by(lower_plan.id, lower.position)
        )
        return [
            LinkedPlaces(key_in_index(below), position, key_in_index(above), upper)
            for below, position, above, upper in rows
        ]

    # --- which plan is above which -----------------------------------------------------------------------------------

    async def _take_turns(self, authority: int, uppers: Collection[int]) -> None:
        """Two transactions may put a commune's and its province's plan in force at once; the second has to see the
        first. SQLite has one writer at a time anyway."""
        own = select(AuthorityRow.id).where(AuthorityRow.id == authority).with_for_update(key_share=True)
        await self._session.execute(own)
        for upper in sorted(uppers):
            await self._session.execute(
                select(AuthorityRow.id).where(AuthorityRow.id == upper).with_for_update(read=True)
            )

    async def _uppers(self, authorities: Sequence[AuthorityRow]) -> dict[int, tuple[int, ...]]:
        """The authorities above each of some."""
        found: dict[int, tuple[int, ...]] = {}
        for row in authorities:
            if row.parent_id is not None:
                found[row.id] = (row.parent_id,)
            elif is_province(row.name):
                found[row.id] = tuple(one.id for one in await self._national())
            else:
                found[row.id] = ()
        return found

    async def _national(self) -> list[AuthorityRow]:
        return [row for row in await self._session.scalars(select(AuthorityRow)) if is_national(row.name)]

    async def _under(self, authority: AuthorityRow) -> list[AuthorityRow]:
        if is_national(authority.name):
            return [row for row in await self._session.scalars(select(AuthorityRow)) if is_province(row.name)]
        rows = await self._session.scalars(select(AuthorityRow).where(AuthorityRow.parent_id == authority.id))
        return list(rows)

    async def _plans(self, *conditions: ColumnElement[bool]) -> list[_Kept]:
        rows = await self._session.execute(
            select(PlanRow.id, PlanRow.authority_id, PlanRow.year, PlanRow.state, PlanRow.date).where(*conditions)
        )
        return [_Kept(*row) for row in rows]

    # --- linking -----------------------------------------------------------------------------------------------------

    async def _relink(self, plans: Sequence[_Kept], uppers: Mapping[int, Collection[int]]) -> None:
        """Make the links of ``plans`` what they should be, and write the difference alone."""
        above = {upper for ids in uppers.values() for upper in ids}
        in_force: dict[tuple[int, int], list[_Kept]] = defaultdict(list)
        for plan in await self._plans(PlanRow.authority_id.in_(above), PlanRow.state == PlanState.ADOPTED):
            if plan.year is not None:
                in_force[plan.authority, plan.year].append(plan)
        wanted: dict[int, int] = {}
        stated = await self._stated(
            plan.id for plan in (*plans, *(upper for kept in in_force.values() for upper in kept))
        )
        for plan in plans:
            if plan.state not in _LIVING or plan.year is None:
                continue
            over = [upper for one in uppers[plan.authority] for upper in in_force.get((one, plan.year), ())]
            wanted |= _linked(stated[plan.id], [stated[upper.id] for upper in _newest_first(over)])
        rows = await self._session.execute(
            select(IndicatorLinkRow.lower_id, IndicatorLinkRow.upper_id)
            .join(IndicatorRow, IndicatorRow.id == IndicatorLinkRow.lower_id)
            .where(IndicatorRow.plan_id.in_([plan.id for plan in plans]))
        )
        there = {row.lower_id: row.upper_id for row in rows}
        gone = [lower for lower, upper in there.items() if wanted.get(lower) != upper]
        fresh = [{"lower_id": lower, "upper_id": upper} for lower, upper in wanted.items() if there.get(lower) != upper]
        if gone:
            await self._session.execute(delete(IndicatorLinkRow).where(IndicatorLinkRow.lower_id.in_(gone)))
        await insert_all_new(self._session, IndicatorLinkRow, fresh, ("lower_id",))

    async def _stated(self, plans: Iterable[int]) -> dict[int, list[_Stated]]:
        """The indicators of some plans, each in the plan's order; the sort of value is the one that holds."""
        kind = func.coalesce(IndicatorRow.confirmed_kind, IndicatorRow.kind).label("sort")
        columns = (IndicatorRow.plan_id, IndicatorRow.id, IndicatorRow.position, IndicatorRow.same_as, IndicatorRow.no)
        rows = await self._session.execute(
            select(*columns, IndicatorRow.lead, IndicatorRow.name, kind)
            .where(IndicatorRow.plan_id.in_(set(plans)))
            .order_by(IndicatorRow.plan_id, IndicatorRow.position)
        )
        found: dict[int, list[_Stated]] = defaultdict(list)
        for row in rows:
            statement = Statement(row.name, Kind(row.sort), row.same_as)
            found[row.plan_id].append(_Stated(row.id, row.position, row.same_as, row.no, row.lead, statement))
        return found


def _newest_first(plans: Iterable[_Kept]) -> list[_Kept]:
    return sorted(plans, key=lambda plan: (plan.date or date.min, plan.id), reverse=True)


def _linked(own: Sequence[_Stated], uppers: Sequence[Sequence[_Stated]]) -> dict[int, int]:
    """Ids of the same indicator, lower to upper, at every place that states it. Of several plans above the one counts
    that names it most alike, of equals the first."""
    best: dict[int, tuple[float, int]] = {}
    groups = groups_of(own)
    for upper in uppers:
        found = counterparts([row.statement for row in own], [row.statement for row in upper])
        speaks = {row.id: spokesman(group).id for group in groups_of(upper).values() for row in group}
        for root, group in groups.items():
            fitting = [found[row.position] for row in group if row.position in found]
            if not fitting:
                continue
            at, likeness = max(fitting, key=lambda one: one.likeness)
            if root not in best or likeness > best[root][0]:
                best[root] = (likeness, speaks[upper[at].id])
    return {row.id: best[root][1] for root, group in groups.items() if root in best for row in group}


def _above(upper: IndicatorRow, plan: PlanRow, authority: str, own: str) -> Above:
    doubtful = any(not of_lead(reason) for reason in open_checks(upper))
    cited = origin_number(upper) or plan.number or plan.title or authority
    return Above(level_of(own), level_of(authority), cited, place_of(upper), target_of(upper), doubtful)
