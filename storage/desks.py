"""What every unit of an authority has to report on a day, loaded in a handful of queries and put together here.

Which indicators a unit is asked for: those it leads, in the plan's order; a place of the plan that only repeats another
(``same_as``) is not asked twice; when a plan names no lead unit at all, everything belongs to the coordinator's own
unit. Which period: the earliest that still takes reports and in which the unit is not done, else the latest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.view import Desk, Item, Role, UnitRef
from reporting.entry import Entry, EntryState
from reporting.period import Period
from storage.entry_rows import entry_of
from storage.models import (
    EntryRow,
    EvidenceRow,
    IndicatorRow,
    IndicatorUnitRow,
    MembershipRow,
    PeriodRow,
    PlanRow,
    PlanState,
    UnitRow,
)
from storage.periods import period_of
from storage.place import place_of
from storage.plan_rows import target_of

# The "last" figure beside a question may be the one of the annual report a year ago; nothing older helps.
_LAST_WITHIN: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Office:
    """One authority's reporting on one day, as loaded.

    ``plan`` is the one in force, ``windows`` the periods that take reports, earliest first, each with its plan.
    """

    day: date
    plan: PlanRow | None
    plans: Mapping[int, PlanRow]
    windows: tuple[tuple[int, Period], ...]
    upcoming: Period | None
    units: tuple[UnitRef, ...]
    rows: Mapping[int, Sequence[IndicatorRow]] = field(default_factory=dict)
    assigned: Mapping[int, Mapping[int, Sequence[IndicatorRow]]] = field(default_factory=dict)
    entries: Mapping[tuple[int, int, int], Entry] = field(default_factory=dict)
    last: Mapping[tuple[str, int], Sequence[tuple[date, str, Entry]]] = field(default_factory=dict)
    evidence: Mapping[tuple[int, int, int], int] = field(default_factory=dict)

    def desk(self, unit: UnitRef, *, until_approved: bool) -> Desk | None:
        """The unit's desk, None when nothing is to be reported by it now.

        ``until_approved`` keeps a late period on the desk until it was reviewed, not only until it was submitted.
        """
        desks = [self._desk(unit, plan, period) for plan, period in self.windows]
        wanted = [desk for desk in desks if desk.items]
        done = {EntryState.APPROVED} if until_approved else {EntryState.APPROVED, EntryState.SUBMITTED}
        for desk in wanted:
            if any(item.entry is None or item.entry.state not in done for item in desk.items):
                return desk
        return wanted[-1] if wanted else None

    def desks_of(self, plan: int, period: Period) -> tuple[Desk, ...]:
        """The desks of all units that report something in one period."""
        desks = (self._desk(unit, plan, period) for unit in self.units)
        return tuple(desk for desk in desks if desk.items)

    def _desk(self, unit: UnitRef, plan: int, period: Period) -> Desk:
        rows = self.assigned.get(plan, {}).get(unit.id, ())
        return Desk(unit, period, tuple(self._item(row, number, unit.id, period) for number, row in enumerate(rows, 1)))

    def _item(self, row: IndicatorRow, number: int, unit: int, period: Period) -> Item:
        assert period.id is not None, "periods come from the database"
        key = (row.id, unit, period.id)
        label, last = next(
            ((label, entry) for due, label, entry in self.last.get((row.key, unit), ()) if due < period.due),
            (None, None),
        )
        return Item(
            indicator=row.id,
            number=number,
            name=row.name,
            target=target_of(row),
            place=place_of(row),
            printed=row.source["quote"],
            group=row.group_name,
            doubts=() if row.confirmed_at is not None else tuple(row.checks),
            entry=self.entries.get(key),
            last=last,
            last_period=label,
            evidence=self.evidence.get(key, 0),
        )


def in_force(plans: Sequence[PlanRow], day: date) -> PlanRow | None:
    """The adopted plan that holds on a day: this year's, else the latest earlier one, else the earliest to come."""

    def rank(plan: PlanRow) -> tuple[int, int, date, int]:
        year = plan.year or day.year
        past = year <= day.year
        return (int(past), year if past else -year, plan.date or date.min, plan.id)

    return max(plans, key=rank, default=None)


class Offices:
    """Loads an authority's reporting."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, authority: int, day: date, *, figures: bool = True) -> Office:
        """The authority's reporting on ``day``; without ``figures`` only what a newcomer needs (plan, units, periods).

        The number of queries does not grow with the plan.
        """
        adopted = (
            await self._session.scalars(
                select(PlanRow).where(PlanRow.authority_id == authority, PlanRow.state == PlanState.ADOPTED)
            )
        ).all()
        plan = in_force(adopted, day)
        windows, upcoming = await self._windows(adopted, day)
        wanted = {window for window, _ in windows} | ({plan.id} if plan else set())
        rows = await self._indicators(wanted)
        assigned = await self._assigned(authority, rows)
        led = assigned.get(plan.id, {}) if plan else {}
        units = await self._session.execute(
            select(UnitRow.id, UnitRow.name).where(UnitRow.authority_id == authority).order_by(UnitRow.id)
        )
        refs = tuple(UnitRef(unit.id, unit.name, len(led.get(unit.id, ()))) for unit in units)
        known = Office(day, plan, {p.id: p for p in adopted}, tuple(windows), upcoming, refs, rows, assigned)
        if not figures or not windows:
            return known
        periods = [period.id for _, period in windows if period.id is not None]
        return replace(
            known,
            entries=await self._entries(periods),
            last=await self._last(authority, windows),
            evidence=await self._evidence(periods),
        )

    async def _windows(self, plans: Sequence[PlanRow], day: date) -> tuple[list[tuple[int, Period]], Period | None]:
        by_series = {plan.series_id or plan.id: plan.id for plan in plans}
        rows = await self._session.scalars(
            select(PeriodRow)
            .where(PeriodRow.plan_id.in_(list(by_series)), PeriodRow.closes >= day)
            .order_by(PeriodRow.opens, PeriodRow.due, PeriodRow.id)
        )
        known = [(by_series[row.plan_id], period_of(row)) for row in rows]
        windows = [(plan, period) for plan, period in known if period.opens <= day]
        upcoming = next((period for _, period in known if period.opens > day), None)
        return windows, upcoming

    async def _indicators(self, plans: set[int]) -> dict[int, list[IndicatorRow]]:
        found: dict[int, list[IndicatorRow]] = defaultdict(list)
        for row in await self._session.scalars(
            select(IndicatorRow)
            .where(IndicatorRow.plan_id.in_(plans), IndicatorRow.same_as.is_(None))
            .order_by(IndicatorRow.plan_id, IndicatorRow.position)
        ):
            found[row.plan_id].append(row)
        return found

    async def _assigned(
        self, authority: int, rows: Mapping[int, Sequence[IndicatorRow]]
    ) -> dict[int, dict[int, list[IndicatorRow]]]:
        links: dict[int, list[int]] = defaultdict(list)
        for link in await self._session.execute(
            select(IndicatorUnitRow.indicator_id, IndicatorUnitRow.unit_id)
            .join(IndicatorRow, IndicatorRow.id == IndicatorUnitRow.indicator_id)
            .where(IndicatorRow.plan_id.in_(list(rows)))
        ):
            links[link.indicator_id].append(link.unit_id)
        assigned: dict[int, dict[int, list[IndicatorRow]]] = {}
        for plan, indicators in rows.items():
            desks: dict[int, list[IndicatorRow]] = defaultdict(list)
            for row in indicators:
                for unit in links.get(row.id, ()):
                    desks[unit].append(row)
            if indicators and not desks:
                coordinating = await coordinating_unit(self._session, authority)
                if coordinating is not None:
                    desks[coordinating] = list(indicators)
            assigned[plan] = desks
        return assigned

    async def _entries(self, periods: Sequence[int]) -> dict[tuple[int, int, int], Entry]:
        rows = await self._session.scalars(select(EntryRow).where(EntryRow.period_id.in_(periods)))
        return {(row.indicator_id, row.unit_id, row.period_id): entry_of(row) for row in rows}

    async def _last(
        self, authority: int, windows: Sequence[tuple[int, Period]]
    ) -> dict[tuple[str, int], list[tuple[date, str, Entry]]]:
        """The latest approved figures before the open periods, newest first, by the indicator's name and the unit: a
        plan of the year before counts where it names the indicator alike."""
        until = max(period.due for _, period in windows)
        since = min(period.due for _, period in windows) - _LAST_WITHIN
        rank = (
            func.row_number()
            .over(partition_by=(IndicatorRow.key, EntryRow.unit_id), order_by=PeriodRow.due.desc())
            .label("rank")
        )
        ranked = (
            select(EntryRow.id, IndicatorRow.key, PeriodRow.due, PeriodRow.label, rank)
            .join(IndicatorRow, IndicatorRow.id == EntryRow.indicator_id)
            .join(PeriodRow, PeriodRow.id == EntryRow.period_id)
            .join(UnitRow, UnitRow.id == EntryRow.unit_id)
            .where(
                UnitRow.authority_id == authority,
                EntryRow.state == EntryState.APPROVED,
                PeriodRow.due < until,
                PeriodRow.due >= since,
            )
            .subquery()
        )
        rows = await self._session.execute(
            select(EntryRow, ranked.c.key, ranked.c.due, ranked.c.label)
            .join(ranked, ranked.c.id == EntryRow.id)
            # Each open period may itself hold one approved figure that is not "earlier" for it.
            .where(ranked.c.rank <= len(windows) + 1)
            .order_by(ranked.c.due.desc(), EntryRow.id)
        )
        last: dict[tuple[str, int], list[tuple[date, str, Entry]]] = defaultdict(list)
        for entry, key, due, label in rows:
            last[key, entry.unit_id].append((due, label, entry_of(entry)))
        return last

    async def _evidence(self, periods: Sequence[int]) -> dict[tuple[int, int, int], int]:
        rows = await self._session.execute(
            select(EvidenceRow.indicator_id, EvidenceRow.unit_id, EvidenceRow.period_id, func.count())
            .where(EvidenceRow.period_id.in_(periods), EvidenceRow.indicator_id.is_not(None))
            .group_by(EvidenceRow.indicator_id, EvidenceRow.unit_id, EvidenceRow.period_id)
        )
        return {(of, unit, period): count for of, unit, period, count in rows if of is not None}


async def coordinating_unit(session: AsyncSession, authority: int) -> int | None:
    """The unit of the authority's longest-serving coordinator."""
    return await session.scalar(
        select(MembershipRow.unit_id)
        .join(UnitRow, UnitRow.id == MembershipRow.unit_id)
        .where(
            UnitRow.authority_id == authority,
            MembershipRow.role == Role.COORDINATOR,
            MembershipRow.ends.is_(None),
        )
        .order_by(MembershipRow.id)
        .limit(1)
    )
