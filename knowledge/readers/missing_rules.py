"""Signs that a part of a table's ruling was not seen: its grid then has too few rows or columns."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from knowledge.readers.grid import MIN_COLUMNS, Grid, GridCell
from knowledge.readers.ink import Ink

# In points of the full-size page:
CELL_EDGE = 12  # of a cell's side, which may hold its ruling
MIN_DIGIT, MAX_NUMBER = 18, 120  # how high and how wide a row's number is printed: "1", "VIII", "1.10"
SEVERAL = 2  # numbers in one cell are two rows
MANY = 3  # the head of a column may have two short lines ("Số", "TT")
COLUMN_BLANK = 40  # between two columns; words are a third as far apart


def is_whole(grid: Grid, ink: Ink) -> bool:
    """Whether nothing says that a part of the ruling is missing: two columns may be more, a cell of the first one with
    several numbers below each other is as many rows, and one with a blank all the way down is two columns.
    """
    if grid.columns < MIN_COLUMNS:
        return False
    if any(_numbers_in(ink, cell) >= (SEVERAL if cell.row else MANY) for cell in grid.cells if cell.column == 0):
        return False
    return not any(_is_two_columns(ink, grid, column) for column in range(grid.columns))


def _numbers_in(ink: Ink, cell: GridCell) -> int:
    """How many numbers stand below each other in a cell of the first column; 0 where it holds other text."""
    inside = _inside(ink, cell)
    printed: Ink = inside.sum(axis=1) >= 2
    edges = np.diff(np.pad(printed.astype(np.int8), 1))
    starts, ends = np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist()
    bands = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start >= MIN_DIGIT]
    extents = [np.nonzero(inside[start:end].any(axis=0))[0] for start, end in bands]
    narrow = sum(int(extent[-1] - extent[0]) < MAX_NUMBER for extent in extents)
    return len(bands) if narrow >= 0.8 * len(bands) else 0


def _is_two_columns(ink: Ink, grid: Grid, column: int) -> bool:
    """Whether a blank runs down through all cells of a column and most have print on both sides of it: the line between
    two columns was not seen.
    """
    cells = [cell for cell in grid.cells if cell.column == column and cell.column_end == column + 1 and cell.row]
    prints = [_inside(ink, cell).sum(axis=0) >= 2 for cell in cells]
    prints = [printed for printed in prints if printed.any()]
    if len(prints) < MANY:
        return False
    width = min(map(len, prints))
    taken = np.nonzero(np.any([printed[:width] for printed in prints], axis=0))[0]
    for left, right in pairwise(taken.tolist()):
        if right - left >= COLUMN_BLANK:
            both = sum(bool(printed[:right].any() and printed[right:].any()) for printed in prints)
            if both > 0.5 * len(prints):
                return True
    return False


def _inside(ink: Ink, cell: GridCell) -> Ink:
    inside: Ink = ink[cell.top + CELL_EDGE : cell.bottom - CELL_EDGE, cell.left + CELL_EDGE : cell.right - CELL_EDGE]
    return inside
