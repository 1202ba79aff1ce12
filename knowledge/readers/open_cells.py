"""Cells of a table without ruling that reach over several rows.

Where rules part the rows, such a cell is where the rule leaves its column out. Where air does, it is a text whose lines
run on across the air that parts its neighbours; it stands half way down its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.readers.open_rows import Piece, Row

_TIGHTER = 0.1  # of a line's height, by which lines that run on stand closer than the rows beside them
_NEAR = 0.5  # of a line's height: a merged text stands so near to the middle of its rows


def with_merged_cells(
    rows: Sequence[Row], columns: int, drawn: Callable[[float, int], bool | None], line_air: float, height: float
) -> list[Row]:
    """The rows with the pieces of a merged cell in each row that it reaches over.

    ``drawn(y, column)`` says whether the rule at ``y`` runs under the column, None where no rule is; ``line_air`` is
    the most air between two lines of one cell.
    """
    merged = [list(row) for row in rows]
    extents = [(min(piece.top for piece in row), max(piece.bottom for piece in row)) for row in rows]
    for column in range(1, columns):
        own = [sorted((p for p in row if p.column == column and not p.spans), key=lambda p: p.top) for row in rows]
        joined = []
        for at, ((_, low), (high, _)) in enumerate(pairwise(extents)):
            ruled = drawn((low + high) / 2, column)
            runs_on = bool(own[at] and own[at + 1]) and own[at + 1][0].top - own[at][-1].bottom <= min(
                line_air, _air_elsewhere(rows[at], rows[at + 1], column) - _TIGHTER * height
            )
            joined.append(runs_on if ruled is None else not ruled)
        for first, last in _runs(joined):
            pieces = [piece for row in own[first : last + 1] for piece in row]
            if not pieces or any(piece.spans for row in rows[first : last + 1] for piece in row):
                continue
            first, last = _about(pieces, extents, own, first, last, _NEAR * height)
            for row in merged[first : last + 1]:
                row[:] = [piece for piece in row if piece.column != column] + pieces
    return merged


def _air_elsewhere(above: Row, below: Row, column: int) -> float:
    """The least air between two rows in another column; infinite where none has words in both."""
    airs = [
        min(piece.top for piece in below if piece.column == other)
        - max(piece.bottom for piece in above if piece.column == other)
        for other in {piece.column for piece in above} & {piece.column for piece in below}
        if other != column
    ]
    return min(airs, default=float("inf"))


def _runs(joined: Sequence[bool]) -> list[tuple[int, int]]:
    """Rows (first and last) that belong together, from which of the borders between them are open."""
    runs: list[tuple[int, int]] = []
    for at, open_border in enumerate(joined):
        if open_border and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif open_border:
            runs.append((at, at + 1))
    return runs


def _about(
    pieces: Row, extents: Sequence[tuple[float, float]], own: Sequence[Row], first: int, last: int, near: float
) -> tuple[int, int]:
    """The rows over which ``pieces`` reach: those that they touch, and empty ones around, so that they stand in the
    middle.
    """
    middle = (pieces[0].top + pieces[-1].bottom) / 2
    low, high = first, last
    while True:
        centre = (extents[low][0] + extents[high][1]) / 2
        if abs(centre - middle) <= near:
            return low, high
        if centre < middle and high + 1 < len(own) and not own[high + 1]:
            high += 1
        elif centre > middle and low > 0 and not own[low - 1]:
            low -= 1
        else:
            return first, last


def pieces_of(row: Sequence[Piece], column: int) -> list[Piece]:
    """The lines of one cell, from the top."""
    return sorted((piece for piece in row if piece.column == column), key=lambda piece: piece.top)
