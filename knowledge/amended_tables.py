"""What an amendment, or a new version, changes in a plan's results and in its money. Pure: rows in, indexes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from knowledge.evidence import alike
from knowledge.plain import plain, plain_words
from knowledge.plan import BudgetLine, Plan, Result
from knowledge.plan_diff import SAME_ROW, best_pairs

Row = TypeVar("Row", Result, BudgetLine)
# What a sum says once rows above it are others.
SUM_OUTDATED: Final = "Một số dòng của bảng đã được sửa đổi, tổng này in trước khi sửa."


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of results or of money before and after: ``before`` None for a new one."""

    before: Result | BudgetLine | None
    after: Result | BudgetLine


@dataclass(frozen=True, slots=True)
class AmendedTable:
    """``pairs`` are (the plan's row, the amendment's) that say something else now, ``added`` the amendment's new rows;
    ``outdated`` are sums of the plan that it does not state anew though rows of theirs changed."""

    pairs: tuple[tuple[int, int], ...] = ()
    added: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()


def amended_table(before: Sequence[Row], after: Sequence[Row]) -> AmendedTable:
    """Which rows of ``before`` the rows of ``after`` take the place of: by name, group and year breaking ties."""
    ranked = [
        (score + _bonus(one, other), first, second)
        for first, one in enumerate(before)
        for second, other in enumerate(after)
        if (score := _likeness(one, other)) >= SAME_ROW
    ]
    found = best_pairs(ranked)
    stated = {second for _, second in found}
    pairs = tuple(sorted((one, other) for one, other in found if not _same(before[one], after[other])))
    added = tuple(at for at in range(len(after)) if at not in stated)
    anew = {first for first, _ in found}
    outdated = tuple(
        at for at, row in enumerate(before) if isinstance(row, BudgetLine) and row.total and at not in anew
    )
    return AmendedTable(pairs, added, outdated if pairs or added else ())


def row_changes(before: Plan, after: Plan) -> tuple[RowChange, ...]:
    """What of results and money is another, for a person to read."""
    return (*_changes(before.results, after.results), *_changes(before.budget, after.budget))


def _changes(before: Sequence[Row], after: Sequence[Row]) -> list[RowChange]:
    table: AmendedTable = amended_table(before, after)
    changed: list[RowChange] = [
        RowChange(before[one], row_in_place_of(after[other], before[one])) for one, other in table.pairs
    ]
    return [*changed, *(RowChange(None, after[at]) for at in table.added)]


def row_in_place_of(row: Row, before: Row) -> Row:
    """``row`` in the place of ``before``: what it does not say stays."""
    row = replace(row, lead=row.lead or before.lead, group=before.group or row.group, no=before.no)
    if isinstance(row, BudgetLine) and isinstance(before, BudgetLine):
        return replace(row, note=row.note or before.note)
    if isinstance(row, Result) and isinstance(before, Result):
        return replace(row, goal=row.goal or before.goal, assessment=row.assessment, year=row.year or before.year)
    return row


def _likeness(one: Row, other: Row) -> float:
    if isinstance(one, BudgetLine) and isinstance(other, BudgetLine) and one.total != other.total:
        return 0.0
    if isinstance(one, Result) and isinstance(other, Result) and one.year and other.year and one.year != other.year:
        return 0.0
    return 100.0 if plain_words(one.name) == plain_words(other.name) else alike(one.name, other.name)


def _bonus(one: Row, other: Row) -> float:
    return 0.2 * (plain(one.group or "") == plain(other.group or "")) + 0.1 * (one.no == other.no)


def _same(one: Row, other: Row) -> bool:
    if isinstance(one, BudgetLine) and isinstance(other, BudgetLine):
        return one.unit == other.unit and _amounts(one) == _amounts(other)
    if isinstance(one, Result) and isinstance(other, Result):
        if one.value is not None and other.value is not None:
            return (one.value, one.unit) == (other.value, other.unit)
        return plain_words(one.text) == plain_words(other.text)
    return False


def _amounts(line: BudgetLine) -> list[tuple[str, object]]:
    """The amounts by column, empty cells and noughts left out; one column needs no heading."""
    filled = [amount for amount in line.amounts if amount.value is None or amount.value]
    if len(filled) == 1:
        return [("", filled[0].value if filled[0].value is not None else filled[0].text)]
    return [(plain(one.column), one.value if one.value is not None else one.text) for one in filled]
