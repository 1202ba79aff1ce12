"""Ruled tables of a scanned page, read cell by cell, and figures more than once.

A cell alone is harder for Tesseract than a paragraph, and a wrong digit in it is a wrong target. So short
cells are drawn in several ways, and a figure counts only as two of them agree.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from knowledge.readers import ocr
from knowledge.readers.columns import WordLine
from knowledge.readers.cut import AIR, AS_IS, FIRST_LOOK, FOURTH_LOOK, SECOND_LOOK, THIRD_LOOK, Cut, Edges, cut_out
from knowledge.readers.grid import Grid, GridCell
from knowledge.readers.ink import Ink
from knowledge.readers.ocr import ReadWord
from knowledge.readers.ordinals import NumberedRow, mend_ordinals
from knowledge.readers.print_checks import mend_print
from knowledge.readers.printed import box_of, lines_of_words, printed_lines
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import PrintedLine, PrintedTable
from knowledge.readers.signs import mend_signs

Cell = TypeVar("Cell", bound=Hashable)

EDGE = 16  # points of a cell's edge that may hold its ruling
RULED = 0.4  # of a row or column of points is dark: ruling, not letters
CLEARANCE = 3  # the grey rim of a ruling line
MIN_STROKE = 2  # dark points in a row or column; one alone is a speck
MIN_CELL_INK = 40  # dark points; a full stop at 300 dpi has about as many
SHORT, LOW = 420, 70  # points: a cell with one short line (a number, a date) is at most so wide and high
_FIGURE = re.compile(r"\d")
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_TIME = re.compile(r"/20\d\d|^(?:Quý|Tháng|Năm)\b", re.IGNORECASE)


def read_grid(level: Image.Image, ink: Ink, grid: Grid) -> tuple[PrintedTable, list[WordLine]]:
    """The table in ``grid`` of a levelled page, and its words; cells whose readings disagree carry a doubt."""
    prints = {cell: printed for cell in grid.cells if (printed := _print_of(ink, cell)) is not None}
    cuts = {cell: cut_out(level, box, FIRST_LOOK if is_short(box) else AS_IS) for cell, box in prints.items()}
    lines = read_cuts(level, cuts)
    doubts = second_look(level, {cell: box for cell, box in prints.items() if cell.column}, lines)
    texts = {cell: tuple(printed_lines(found, level.size)) for cell, found in lines.items()}
    _mend_first_column(grid, texts)
    words = [line for found in lines.values() for line in found]
    return _table(grid, texts, doubts, level.size), words


def read_cuts(level: Image.Image, cuts: Mapping[Cell, Cut]) -> dict[Cell, list[WordLine]]:
    """The lines of each cut, their places on the page."""
    by_picture: dict[int, list[ReadWord]] = {}
    for word in ocr.read_pictures([cut.picture for cut in cuts.values()], ocr.BLOCK):
        by_picture.setdefault(word.picture, []).append(word)
    lines = {}
    for index, (cell, cut) in enumerate(cuts.items()):
        found = lines_of_words([cut.on_page(word) for word in by_picture.get(index, ())])
        lines[cell] = mend_signs(mend_numerals(found, level, cell=True), level)
    return lines


def second_look(level: Image.Image, prints: Mapping[Cell, Edges], lines: dict[Cell, list[WordLine]]) -> dict[Cell, str]:
    """Read every short cell with a figure again, drawn otherwise, and twice more where the two differ.

    The reading of the majority goes to ``lines``; the others are doubtful, and the reason is returned.
    """
    figures = {cell: box for cell, box in prints.items() if is_short(box) and holds_figure(_text(lines[cell]))}
    return most_alike(level, figures, lines)


def most_alike(level: Image.Image, figures: Mapping[Cell, Edges], lines: dict[Cell, list[WordLine]]) -> dict[Cell, str]:
    """Read again what stands at ``figures``; as ``second_look``."""
    again = read_cuts(level, {cell: cut_out(level, box, SECOND_LOOK) for cell, box in figures.items()})
    torn = {
        cell: figures[cell]
        for cell in figures
        if _digits(lines[cell]) != _digits(again[cell]) or not (_is_figure(lines[cell]) and _is_figure(again[cell]))
    }
    more = [
        read_cuts(level, {cell: cut_out(level, box, look) for cell, box in torn.items()})
        for look in (THIRD_LOOK, FOURTH_LOOK)
    ]
    doubts = {}
    for cell in torn:
        looks = [lines[cell], again[cell], *(look[cell] for look in more)]
        best = _voted(looks)
        if best is not None:
            lines[cell] = best
        else:
            good = [look for look in looks if _is_figure(look)]
            lines[cell] = max(good, key=_sureness) if good else lines[cell]
            readings = ", ".join(dict.fromkeys(_text(look) for look in looks if look))
            doubts[cell] = f"các lần đọc ảnh cho số khác nhau: {readings}"
    return doubts


def _voted(looks: Sequence[list[WordLine]]) -> list[WordLine] | None:
    """The reading that more than one look has, if no other has as many; figures with letters in them count only where
    there is nothing else ("5G").
    """
    good = [look for look in looks if _is_figure(look)] or [look for look in looks if look]
    votes: dict[str, list[list[WordLine]]] = {}
    for look in good:
        votes.setdefault(_digits(look), []).append(look)
    ranked = sorted(votes.values(), key=len, reverse=True)
    if not ranked or len(ranked[0]) < 2 or (len(ranked) > 1 and len(ranked[1]) == len(ranked[0])):
        return None
    best = max(ranked[0], key=_sureness)
    return best if _digits(best) else None


def _sureness(lines: Iterable[WordLine]) -> float:
    sure = [word.sure for line in lines for word in line]
    return sum(sure) / len(sure) if sure else 0.0


def _is_figure(lines: Iterable[WordLine]) -> bool:
    """Whether digits were read, and no letter glued to one: "5D" and "S5" are a misread 55."""
    text = _text(lines)
    return any(letter.isdigit() for letter in text) and _GLUED.search(text) is None


def _mend_first_column(grid: Grid, texts: dict[GridCell, tuple[PrintedLine, ...]]) -> None:
    first = [cell for cell in grid.cells if cell.column == 0 and cell.column_end == 1][1:]  # below the head
    rows = [
        NumberedRow(
            " ".join(line.text for line in texts.get(cell, ())),
            sum(bool(texts.get(other)) for other in grid.cells if other.row == cell.row and other.column > 0),
        )
        for cell in first
    ]
    for cell, row, mended in zip(first, rows, mend_ordinals(rows), strict=True):
        if mended != row.text:
            texts[cell] = (PrintedLine(mended, texts[cell][0].box if texts.get(cell) else None),)


def _print_of(ink: Ink, cell: GridCell) -> Edges | None:
    """Where the print of a cell stands, without the ruling and the empty edges; None when nothing is
    printed in it.
    """
    inside = ink[cell.top : cell.bottom, cell.left : cell.right]
    first_row, last_row = _unruled(inside.mean(axis=1))
    first_column, last_column = _unruled(inside.mean(axis=0))
    inside = inside[first_row:last_row, first_column:last_column]
    if inside.sum() < MIN_CELL_INK:
        return None
    rows, columns = _print_extent(inside, axis=1), _print_extent(inside, axis=0)
    if rows is None or columns is None:
        return None
    left, top = cell.left + first_column, cell.top + first_row
    return left + columns[0], top + rows[0], left + columns[1], top + rows[1]


def is_short(edges: Edges) -> bool:
    return edges[2] - edges[0] < SHORT and edges[3] - edges[1] < LOW


def _text(lines: Iterable[WordLine]) -> str:
    return mend_print(" ".join(word.text for line in lines for word in line))


def _digits(lines: Iterable[WordLine]) -> str:
    """What must not differ between two readings of a figure: digits, the decimal comma, the percent sign."""
    return "".join(letter for letter in _text(lines) if letter in "0123456789,%")


def holds_figure(text: str) -> bool:
    """Whether the cell may be a target: a number that is neither a row's ordinal nor a time ("Tháng 6/2026")."""
    return _FIGURE.search(text) is not None and _TIME.search(text) is None


def _unruled(density: npt.NDArray[np.float64]) -> tuple[int, int]:
    """From where to where a cell is free of the ruling at its edges, along the axis of ``density``."""
    ruled = np.nonzero(density > RULED)[0]
    near, far = ruled[ruled < EDGE], ruled[ruled >= len(density) - EDGE]
    start = int(near.max()) + CLEARANCE if len(near) else CLEARANCE
    end = int(far.min()) - CLEARANCE if len(far) else len(density) - CLEARANCE
    return start, max(start, end)


def _print_extent(inside: Ink, axis: int) -> tuple[int, int] | None:
    """Where the print of a cell begins and ends, specks left out, a little air added."""
    counts = inside.sum(axis=axis)
    printed = np.nonzero(counts >= MIN_STROKE)[0]
    if len(printed) == 0:
        return None
    return max(0, int(printed[0]) - AIR), min(len(counts), int(printed[-1]) + AIR + 1)


def _table(
    grid: Grid, texts: Mapping[GridCell, tuple[PrintedLine, ...]], doubts: Mapping[GridCell, str], size: tuple[int, int]
) -> PrintedTable:
    places: list[list[int | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row_end):
            places[row][cell.column] = index
    boxes = [box_of((grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1]), size) for row in range(grid.rows)]
    cells = tuple(texts.get(cell, ()) for cell in grid.cells)
    doubtful = tuple((index, doubts[cell]) for index, cell in enumerate(grid.cells) if cell in doubts)
    return PrintedTable(cells, tuple(tuple(row) for row in places), tuple(boxes), doubtful)
