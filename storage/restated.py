"""A plan states an indicator at several places: a goal in the text, a row of the appendix. One of them is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar


class Stated(Protocol):
    """A row of ``IndicatorRow``, or as much of one as these questions need."""

    @property
    def position(self) -> int: ...
    @property
    def same_as(self) -> int | None: ...
    @property
    def no(self) -> str | None: ...
    @property
    def lead(self) -> Sequence[Any]: ...


Row = TypeVar("Row", bound=Stated)


def groups_of(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """The rows of one plan by the position at which their indicator is stated first."""
    first = {row.position: row.position if row.same_as is None else row.same_as for row in rows}
    groups: dict[int, list[Row]] = {}
    for row in rows:
        root = row.position
        # A link may lead to a row that is itself a link; a circle would be a reader's mistake and ends here.
        for _ in rows:
            if first.get(root, root) == root:
                break
            root = first[root]
        groups.setdefault(root, []).append(row)
    return groups


def one_each(rows: Sequence[Row]) -> list[Row]:
    """One row for each indicator of a plan, in the plan's order: the one that names who leads it, else the numbered
    one, else the first."""
    return [row for row, _ in one_each_with_others(rows)]


def one_each_with_others(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """The same, each with the other rows that state its indicator."""
    found = []
    for group in groups_of(rows).values():
        speaker = spokesman(group)
        found.append((speaker, [row for row in group if row is not speaker]))
    return sorted(found, key=lambda pair: pair[0].position)


def spokesman(group: Sequence[Row]) -> Row:
    """The row of one indicator that is asked for."""
    return min(group, key=lambda row: (not row.lead, row.no is None, row.position))
