"""What every unit of an authority has to report on a day, loaded in a handful of queries and put together here.

Which indicators a unit is asked for: those it leads, in the plan's order; an indicator that the plan states at several
places is asked for once (``storage.restated``); when a plan names no lead unit at all, everything belongs to the
coordinator's own unit. A unit has a desk in each period that takes reports: two where a plan asks for figures by the
month and by the quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.view import Desk, Item, Role, UnitRef
from knowledge.checks import of_lead
from reporting.entry import Entry, EntryState
from reporting.period import Period
from storage.books import Book, Line, Shelved, book_of
from storage.entry_rows import ENTRY_COLUMNS, entry_of
from storage.models import EntryRow, EvidenceRow, IndicatorRow, MembershipRow, PeriodRow, PlanRow, UnitRow
from storage.periods import period_of

# The "last" figure beside a question may be the one of the annual report a year ago; nothing older helps.
_LAST_WITHIN: Final = timedelta(days=400)

_Led = Mapping[int, Mapping[int, Sequence[Line]]]


@dataclass(frozen=True, slots=True)
class Office:
    """One authority's reporting on one day, as loaded.

    ``plan`` is the one in force, ``windows`` the periods that take reports, earliest first, each with its plan.
    ``led`` are each plan's lines by the unit that reports them; ``unreviewed`` the closed periods in which submitted
    figures still wait for the reviewer.
    """

    plan: PlanRow | None
    book: Book
    windows: tuple[tuple[int, Period], ...]
    upcoming: Period | None
    units: tuple[UnitRef, ...]
    led: _Led
    unreviewed: tuple[tuple[int, Period], ...] = ()
    entries: Mapping[tuple[int, int, int], Entry] = field(default_factory=dict)
    last: Mapping[tuple[str, int], Sequence[tuple[date, str, Entry]]] = field(default_factory=dict)
    evidence: Mapping[tuple[int | None, int, int], int] = field(default_factory=dict)

    def desks_at(self, unit: UnitRef) -> tuple[Desk, ...]:
        """The unit's desks in all open periods in which it reports something, earliest first."""
        desks = (self._desk(unit, plan, period) for plan, period in self.windows)
        return tuple(desk for desk in desks if desk.items)

    def waiting(self) -> tuple[Desk, ...]:
        """All desks with submitted figures, whatever their period, the oldest first."""
        return tuple(
            desk
            for plan, period in (*self.unreviewed, *self.windows)
            for desk in self.desks_of(plan, period)
            if any(item.entry is not None and item.entry.state is EntryState.SUBMITTED for item in desk.items)
        )

    def desks_of(self, plan: int, period: Period) -> tuple[Desk, ...]:
        """The desks of all units that report something in one period."""
        desks = (self._desk(unit, plan, period) for unit in self.units)
        return tuple(desk for desk in desks if desk.items)

    def _desk(self, unit: UnitRef, plan: int, period: Period) -> Desk:
        lines = self.led.get(plan, {}).get(unit.id, ())
        assert period.id is not None, "periods come from the database"
        items = tuple(self._item(at, number, unit.id, period) for number, at in enumerate(lines, 1))
        return Desk(unit, period, items, self.evidence.get((None, unit.id, period.id), 0))

    def _item(self, line: Line, number: int, unit: int, period: Period) -> Item:
        assert period.id is not None, "periods come from the database"
        key = (line.id, unit, period.id)
        label, last = next(
            ((label, entry) for due, label, entry in self.last.get((line.key, unit), ()) if due < period.due),
            (None, None),
        )
        return Item(
            indicator=line.id,
            number=number,
            name=line.name,
            target=line.target,
            place=line.place,
            printed=line.printed,
            group=line.group,
            doubts=tuple(reason for reason in line.doubts if not of_lead(reason)),
            entry=self.entries.get(key),
            last=last,
            last_period=label,
            evidence=self.evidence.get(key, 0),
            above=line.above,
        )


def in_force(plans: Sequence[PlanRow], day: date) -> PlanRow | None:
    """The adopted plan that holds on a day: this year's, else the latest earlier one, else the earliest to come."""

    def rank(plan: PlanRow) -> tuple[int, int, date, int]:
        year = plan.year or day.year
        past = year <= day.year
        return (int(past), year if past else -year, plan.date or date.min, plan.id)

    return max(plans, key=rank, default=None)


class Offices:
    """Loads an authority's reporting. ``shelved`` as in ``storage.books``."""

    def __init__(self, session: AsyncSession, shelved: Shelved | None) -> None:
        self._session = session
        self._shelved = shelved

    async def load(self, authority: int, day: date, *, of: Collection[int] | None = None) -> Office:
        """The authority's reporting on ``day``, with the figures of the units in ``of``; of all when it is None.

        The number of queries does not grow with the plan.
        """
        book = await book_of(self._session, authority, self._shelved)
        plan = in_force(book.plans, day)
        unreviewed, windows, upcoming = await self._windows(book.plans, day)
        led = await self._led(authority, book)
        counts = led.get(plan.id, {}) if plan else {}
        units = await self._session.execute(
            select(UnitRow.id, UnitRow.name).where(UnitRow.authority_id == authority).order_by(UnitRow.id)
        )
        refs = tuple(UnitRef(unit.id, unit.name, len(counts.get(unit.id, ()))) for unit in units)
        office = Office(plan, book, tuple(windows), upcoming, refs, led, tuple(unreviewed))
        shown = (*unreviewed, *windows)
        if not shown or (of is not None and not of):
            return office
        periods = [period.id for _, period in shown if period.id is not None]
        return replace(
            office,
            entries=await self._entries(periods, of),
            last=await self._last(authority, shown, of),
            evidence=await self._evidence(periods, of),
        )

    async def _windows(
        self, plans: Sequence[PlanRow], day: date
    ) -> tuple[list[tuple[int, Period]], list[tuple[int, Period]], Period | None]:
        """The closed periods with unreviewed figures, the open ones, and the next to open."""
        by_series = {plan.series_id or plan.id: plan.id for plan in plans}
        unreviewed = select(EntryRow.period_id).where(EntryRow.state == EntryState.SUBMITTED)
        rows = await self._session.scalars(
            select(PeriodRow)
            .where(PeriodRow.plan_id.in_(list(by_series)), (PeriodRow.closes >= day) | PeriodRow.id.in_(unreviewed))
            .order_by(PeriodRow.opens, PeriodRow.due, PeriodRow.id)
        )
        known = [(by_series[row.plan_id], period_of(row)) for row in rows]
        closed = [(plan, period) for plan, period in known if period.closes < day]
        windows = [(plan, period) for plan, period in known if period.opens <= day <= period.closes]
        upcoming = next((period for _, period in known if period.opens > day), None)
        return closed, windows, upcoming

    async def _led(self, authority: int, book: Book) -> _Led:
        led = dict(book.led)
        orphaned = [plan for plan, lines in book.lines.items() if lines and not book.led[plan]]
        if orphaned and (unit := await coordinating_unit(self._session, authority)) is not None:
            led.update({plan: {unit: book.lines[plan]} for plan in orphaned})
        return led

    async def _entries(self, periods: Sequence[int], of: Collection[int] | None) -> dict[tuple[int, int, int], Entry]:
        rows = await self._session.execute(
            select(*ENTRY_COLUMNS).where(EntryRow.period_id.in_(periods), _among(EntryRow.unit_id, of))
        )
        return {(row.indicator_id, row.unit_id, row.period_id): entry_of(row) for row in rows}

    async def _last(
        self, authority: int, windows: Sequence[tuple[int, Period]], of: Collection[int] | None
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
            select(*ENTRY_COLUMNS, IndicatorRow.key, PeriodRow.due, PeriodRow.label.label("period_label"), rank)
            .join(IndicatorRow, IndicatorRow.id == EntryRow.indicator_id)
            .join(PeriodRow, PeriodRow.id == EntryRow.period_id)
            .join(UnitRow, UnitRow.id == EntryRow.unit_id)
            .where(
                UnitRow.authority_id == authority,
                _among(EntryRow.unit_id, of),
                EntryRow.state == EntryState.APPROVED,
                PeriodRow.due < until,
                PeriodRow.due >= since,
            )
            .subquery()
        )
        # Each open period may itself hold one approved figure that is not "earlier" for it.
        rows = await self._session.execute(
            select(ranked).where(ranked.c.rank <= len(windows) + 1).order_by(ranked.c.due.desc(), ranked.c.id)
        )
        last: dict[tuple[str, int], list[tuple[date, str, Entry]]] = defaultdict(list)
        for row in rows:
            last[row.key, row.unit_id].append((row.due, row.period_label, entry_of(row)))
        return last

    async def _evidence(
        self, periods: Sequence[int], of: Collection[int] | None
    ) -> dict[tuple[int | None, int, int], int]:
        """Pieces by indicator, unit and period; under the indicator None those for a report as a whole."""
        rows = await self._session.execute(
            select(EvidenceRow.indicator_id, EvidenceRow.unit_id, EvidenceRow.period_id, func.count())
            .where(EvidenceRow.period_id.in_(periods), _among(EvidenceRow.unit_id, of))
            .group_by(EvidenceRow.indicator_id, EvidenceRow.unit_id, EvidenceRow.period_id)
        )
        return {(indicator, unit, period): n for indicator, unit, period, n in rows}


def _among(column: Any, units: Collection[int] | None) -> ColumnElement[bool]:
    return true() if units is None else column.in_(list(units))


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
