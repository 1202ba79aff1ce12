"""Tiến độ: how one period stands, added up over indicators, units and groups, from plain values.

A figure counts for others once it was submitted, and against its target once it was approved; a draft is its unit's
own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from knowledge.plan import Target
from reporting.comparison import Reach, reach, shortfall
from reporting.entry import Entry, EntryState

# A report of half past eleven at night in Vietnam is in time, whatever the day is where the server stands.
_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one unit in the period. ``group`` is the plan's own heading over it.

    ``handed_in`` is the moment at which the unit submitted the figure, where it differs from the entry's own.
    ``doubtful`` says that nobody has confirmed the target, which was read doubtfully.
    """

    indicator: int
    name: str
    target: Target
    unit: str
    entry: Entry | None = None
    group: str | None = None
    handed_in: datetime | None = None
    doubtful: bool = False

    @property
    def day(self) -> date | None:
        """The Vietnamese day on which the figure came."""
        moment = self.handed_in or (self.entry.at if self.entry else None)
        return moment.astimezone(_VIETNAM).date() if moment else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Indicators counted by how far their figure has come.

    ``total`` = ``missing`` + ``drafted`` + ``returned`` + ``submitted`` + ``approved``. Of the approved ones ``met``
    reach their target and ``not_met`` do not; the rest cannot be compared. ``unsure`` of these two are measured by a
    target that nobody has confirmed.
    """

    total: int = 0
    missing: int = 0
    drafted: int = 0
    returned: int = 0
    submitted: int = 0
    approved: int = 0
    met: int = 0
    not_met: int = 0
    unsure: int = 0

    @property
    def with_figure(self) -> int:
        """Indicators whose figure was handed in: submitted or approved."""
        return self.submitted + self.approved

    @property
    def owed(self) -> int:
        """Indicators whose unit still has to hand in a figure, drafts included."""
        return self.total - self.with_figure

    @property
    def complete(self) -> bool:
        """True once every figure was handed in."""
        return self.total > 0 and self.owed == 0


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How one unit stands. ``in_time`` is None until it has handed in everything, or where the day is not known.

    ``handed_in`` is the day on which its last figure came.
    """

    unit: str
    tally: Tally
    handed_in: date | None = None
    in_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """An approved figure that misses its target; ``share`` is the missing part as a share of the target."""

    line: Line
    reach: Reach
    share: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """One period of one authority. Units and groups stand in the order of the plan."""

    tally: Tally
    units: tuple[UnitProgress, ...]
    groups: tuple[tuple[str, Tally], ...]
    gaps: tuple[Gap, ...]

    @property
    def complete_units(self) -> tuple[str, ...]:
        """Units that have handed in everything."""
        return tuple(unit.unit for unit in self.units if unit.tally.complete)

    @property
    def late_units(self) -> tuple[str, ...]:
        """Units that still owe a figure; late ones once the period is due."""
        return tuple(unit.unit for unit in self.units if unit.tally.owed)


def progress(lines: Iterable[Line], due: date) -> Progress:
    """Add a period up. ``due`` is its last day in time; the figures' moments decide who was."""
    all_lines = tuple(lines)
    by_unit = _grouped(all_lines, lambda line: line.unit)
    by_group = _grouped(all_lines, lambda line: line.group)
    gaps = sorted(_gaps(all_lines), key=lambda gap: (-gap.share, gap.line.name))
    return Progress(
        tally(all_lines),
        tuple(_unit(unit, rows, due) for unit, rows in by_unit.items() if unit is not None),
        tuple((group, tally(rows)) for group, rows in by_group.items() if group is not None),
        tuple(gaps),
    )


def tally(lines: Iterable[Line]) -> Tally:
    """Count lines by the state of their figure, approved ones against their target too."""
    rows = tuple(lines)
    states = [row.entry.state if row.entry else None for row in rows]
    counted = [(row, reach(row.entry.figure, row.target)) for row in rows if row.entry and row.entry.counts]
    reached = [how for _, how in counted]
    met = reached.count(Reach.MET)
    return Tally(
        total=len(rows),
        missing=states.count(None),
        drafted=states.count(EntryState.DRAFT),
        returned=states.count(EntryState.RETURNED),
        submitted=states.count(EntryState.SUBMITTED),
        approved=states.count(EntryState.APPROVED),
        met=met,
        not_met=len(reached) - met - reached.count(None),
        unsure=sum(row.doubtful for row, how in counted if how is not None),
    )


def _unit(unit: str, rows: tuple[Line, ...], due: date) -> UnitProgress:
    counted = tally(rows)
    days = [row.day for row in rows if row.day]
    if not counted.complete or len(days) < len(rows):
        return UnitProgress(unit, counted)
    last = max(days)
    return UnitProgress(unit, counted, last, last <= due)


def _gaps(rows: Iterable[Line]) -> Iterable[Gap]:
    for row in rows:
        if row.entry is None or not row.entry.counts:
            continue
        reached, share = reach(row.entry.figure, row.target), shortfall(row.entry.figure, row.target)
        if reached is not None and reached is not Reach.MET and share is not None:
            yield Gap(row, reached, share)


def _grouped(rows: Iterable[Line], name: Callable[[Line], str | None]) -> dict[str | None, tuple[Line, ...]]:
    grouped: dict[str | None, tuple[Line, ...]] = {}
    for row in rows:
        grouped[name(row)] = (*grouped.get(name(row), ()), row)
    return grouped
