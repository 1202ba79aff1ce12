"""An amendment in force: the rows that it changes, adds and drops in the plan that it amends.

The amended plan stays the one that is reported on. A row that is changed keeps its id, and with it everything that was
reported; its old words move, as a row of their own, to the amendment (``withdrawn_from``), and so do rows that are
dropped. What is set anew is cited from the amending document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz.distance import Levenshtein
from sqlalchemy import func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.amended import amended, change_at, is_change
from knowledge.amendment import is_clause
from knowledge.checks import of_lead
from knowledge.source import Origin
from storage.models import IndicatorRow, PlanRow, PlanState
from storage.names import key_of
from storage.plan_rows import amendment_of, plan_of
from storage.restated import groups_of
from storage.source_json import origin_json
from storage.superseding import matches, others_in_force

# Of an amendment's rows, for a plan whose number a scan ruined to be the one that is meant.
_SHARED: Final = 0.5
# Above every row number: rows are renumbered by way of numbers that no row has.
_ABOVE: Final = 1_000_000
# What a row takes over from the amendment's, and only where that says it.
_SAID: Final = (
    "name", "key", "operator", "value", "measure", "kind", "target_text", "repairs", "name_doubt",
    "confirmed_operator", "confirmed_value", "confirmed_measure", "confirmed_kind", "confirmed_text", "confirmed_by",
    "confirmed_at",
)  # fmt: skip
_OF_LEAD: Final = ("lead", "coop", "confirmed_lead", "lead_confirmed_at")


@dataclass(frozen=True, slots=True)
class Touched:
    """A row of the amended plan that is another one now, and what it said before; empty for one that is new."""

    row: IndicatorRow
    before: dict[str, Any]


async def plan_amended_by(session: AsyncSession, row: PlanRow, own: Sequence[IndicatorRow]) -> PlanRow | None:
    """The plan in force that ``row`` amends: by its number; where that could not be read by its date, else as the one
    that has most of its indicators. None where no such plan is in force."""
    amends = amendment_of(row)
    assert amends is not None, "asked of amendments alone"
    plans = [plan for plan in await others_in_force(session, row) if amendment_of(plan) is None]
    named = [p for p in plans if amends.number and p.number and key_of(p.number) == key_of(amends.number)]
    if named:
        year = amends.date.year if amends.date else row.year
        return max(named, key=lambda plan: (plan.year == year, plan.id))
    if amends.number is not None and row.damaged:  # a scan's slip of one character, for a plan of that very kind
        near = [p for p in plans if p.number and Levenshtein.distance(key_of(p.number), key_of(amends.number)) <= 1]
        return near[0] if len(near) == 1 else None
    if amends.number is not None:
        return None
    dated = [plan for plan in plans if amends.date is not None and plan.date == amends.date]
    if len(dated) == 1:
        return dated[0]
    for plan in plans:
        if own and len(matches(await rows_of(session, plan.id), own)) >= _SHARED * len(own):
            return plan
    return None


async def rows_of(session: AsyncSession, plan: int) -> list[IndicatorRow]:
    """The rows of a plan that are its own, in order: without those that an amendment took out of another plan."""
    rows = await session.scalars(
        select(IndicatorRow)
        .where(IndicatorRow.plan_id == plan, IndicatorRow.withdrawn_from.is_(None))
        .order_by(IndicatorRow.position)
    )
    return list(rows)


async def amendments_of(session: AsyncSession, series: int | None) -> Sequence[PlanRow]:
    """The amendments in force of the plans of a series, the earliest first."""
    rows = await session.scalars(
        select(PlanRow).where(PlanRow.series_id == series, PlanRow.state == PlanState.AMENDMENT)
    )
    return sorted(rows, key=lambda row: (row.date is None, row.date or row.read_at.date(), row.id))


async def amend(session: AsyncSession, base: PlanRow, row: PlanRow) -> list[Touched]:
    """Let the amendment ``row`` change the rows of ``base``; once more changes nothing. What was touched."""
    olds, news = await rows_of(session, base.id), await rows_of(session, row.id)
    before, after = plan_of(base, olds, (), ()), plan_of(row, news, (), ())
    rows = amended(before, after)
    groups = {at.position: group for group in groups_of(olds).values() for at in group}
    last = await session.scalar(select(func.max(IndicatorRow.position)).where(IndicatorRow.plan_id == row.id))
    shelf = _Shelf(session, base, row, 0 if last is None else last + 1)
    touched: list[Touched] = []
    for pair in rows.pairs:
        if not is_change(change_at(before, after, pair)):
            continue
        live, said = olds[pair[0]], news[pair[1]]
        for mate in groups[live.position]:
            if mate is not live:
                shelf.withdraw(mate)
        touched.append(Touched(live, summary_of(live)))
        shelf.keep_words_of(live)
        _take_over(live, said, row)
    for at in rows.removed:
        for mate in groups[olds[at].position]:
            touched.append(Touched(mate, summary_of(mate)))
            shelf.withdraw(mate)
    await session.flush()
    kept = [one for one in olds if one.withdrawn_from is None]
    added = [_copy(news[at], base.id, _ABOVE // 2 + at) for at in rows.added]
    for one in added:
        one.no, one.place = None, _place(one)
        one.source = {**one.source, "origin": origin_json(origin_of(row))}
        one.same_as = None
    session.add_all(added)
    await session.flush()
    await _renumber(session, [*kept, *added])
    return [*touched, *(Touched(one, {}) for one in added)]


class _Shelf:
    """Where the rows go that are in force no more: behind the amendment's own."""

    def __init__(self, session: AsyncSession, base: PlanRow, amendment: PlanRow, free: int) -> None:
        self._session, self._base, self._amendment = session, base, amendment
        self._free = free

    def withdraw(self, row: IndicatorRow) -> None:
        """Take the row itself out, with what was reported for it."""
        row.plan_id, row.withdrawn_from, row.position = self._amendment.id, self._base.id, self._place()
        row.same_as = None

    def keep_words_of(self, row: IndicatorRow) -> None:
        """Keep what the row says, before it says something else."""
        copy = _copy(row, self._amendment.id, self._place())
        copy.withdrawn_from, copy.same_as = self._base.id, None
        self._session.add(copy)

    def _place(self) -> int:
        self._free += 1
        return self._free - 1


def _take_over(live: IndicatorRow, said: IndicatorRow, amendment: PlanRow) -> None:
    for column in _SAID:
        setattr(live, column, getattr(said, column))
    old_doubts = [reason for reason in live.checks if of_lead(reason)] if not said.lead else []
    live.checks = [*said.checks, *old_doubts]
    if said.lead or said.confirmed_lead:
        for column in _OF_LEAD:
            setattr(live, column, getattr(said, column))
    live.due = said.due or live.due
    live.place = _place(said)
    live.source = {**said.source, "origin": origin_json(origin_of(amendment))}
    live.same_as = None


def _place(said: IndicatorRow) -> str:
    """Where an amendment prints a row. The plan's own numbers stay: the amendment counts anew."""
    own = said.no is not None and not is_clause(said.place)
    return f"{said.place}, dòng {said.no}" if own else said.place


def origin_of(amendment: PlanRow) -> Origin:
    """How what an amendment set is cited."""
    return Origin(amendment.number, amendment.date, amendment.file_name)


def _copy(row: IndicatorRow, plan: int, position: int) -> IndicatorRow:
    columns = {attribute.key: getattr(row, attribute.key) for attribute in inspect(IndicatorRow).column_attrs}
    return IndicatorRow(**(columns | {"id": None, "plan_id": plan, "position": position}))


def summary_of(row: IndicatorRow) -> dict[str, Any]:
    """What the trail says of a row."""
    return {"name": row.name, "target": row.confirmed_text or row.target_text, "lead": row.confirmed_lead or row.lead}


async def _renumber(session: AsyncSession, rows: Sequence[IndicatorRow]) -> None:
    """Number the rows of a plan anew, in this order; ``same_as`` goes along."""
    moved = {row.position: at for at, row in enumerate(rows)}
    links = [None if row.same_as is None else moved.get(row.same_as) for row in rows]
    for at, row in enumerate(rows):
        row.position = _ABOVE + at
    await session.flush()
    for at, (row, link) in enumerate(zip(rows, links, strict=True)):
        row.position, row.same_as = at, link
    await session.flush()
