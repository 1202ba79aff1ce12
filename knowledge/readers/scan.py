"""A picture of a page to lines and tables: ruled tables cut into cells and read cell by cell, the rest as a
page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from knowledge.page_text import Origin
from knowledge.plan import Box
from knowledge.readers import ocr, picture
from knowledge.readers.columns import Word, WordLine, in_reading_order
from knowledge.readers.grid import Grid, GridCell, find_grids
from knowledge.readers.ocr import ReadWord
from knowledge.readers.picture import Ink
from knowledge.readers.print_checks import mend_print
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import PrintedLine, PrintedTable, Sheet
from knowledge.readers.text import tidy

PAGE, BLOCK = 3, 6  # Tesseract's page modes: find the layout; take the picture for one block of text
INSET = 5  # points by which a table's ruling may reach over its outer edges
EDGE = 16  # points of a cell's edge that may hold its ruling
RULED = 0.4  # of a row or column of points is dark: ruling, not letters
CLEARANCE = 3  # the grey rim of a ruling line
MIN_STROKE = 2  # dark points in a row or column; one alone is a speck
AIR = 4
MARGIN = 30  # white points round a cell: Tesseract misses letters that touch the edge
MIN_CELL_INK = 40  # dark points; a full stop at 300 dpi has about as many
# A cell with one short line (a number, a date) is enlarged: alone, its few letters are read worse than in a
# paragraph.
SHORT, LOW = 420, 70
SMOOTH = 1.0  # points: takes the grain of a scan away from so few letters
MIN_PAGE_INK = 400
MIN_SURE = 25.0  # lines read with less (0 to 100) are specks, stamps and signatures
# Share of the page's inked squares under no word, above which the layout analysis has dropped something.
MAX_UNREAD = 0.35
_FIGURE = re.compile(r"\d{2}|\d%")  # numbers are kept however unsure: a missing one is worse than a doubtful one
SQUARE = 24  # points: about the height of a line's small letters


def read_scan(page: Image.Image, number: int, folder: Path) -> Sheet:
    """Page ``number`` from its picture, any size, lying nearly level. ``folder`` is for files on their way
    to Tesseract.

    Boxes are shares of the levelled page. Raises MissingReader, or subprocess.SubprocessError when
    Tesseract fails.
    """
    level = picture.straighten(picture.fit(page))
    ink = picture.ink_of(np.asarray(level))
    grids = find_grids(ink)
    tables = [_read_grid(level, ink, grid, folder) for grid in grids]
    lines = _read_rest(level, ink, grids, folder)
    return Sheet(tuple(_in_order(lines, grids, tables, level.height)), number, Origin.SCAN)


def _read_grid(level: Image.Image, ink: Ink, grid: Grid, folder: Path) -> PrintedTable:
    cuts = {cell: cut for cell in grid.cells if (cut := _cut(level, ink, cell)) is not None}
    by_picture: dict[int, list[ReadWord]] = {}
    for word in ocr.read_pictures([cut.picture for cut in cuts.values()], BLOCK, folder):
        by_picture.setdefault(word.picture, []).append(word)
    texts: dict[GridCell, tuple[PrintedLine, ...]] = {}
    for index, (cell, cut) in enumerate(cuts.items()):
        lines = _lines([cut.on_page(word) for word in by_picture.get(index, ())])
        texts[cell] = tuple(_print(mend_numerals(lines, level, cell=True), level.size))
    return _table(grid, texts, level.size)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What goes to Tesseract for one cell: its inside on white paper, and how to find places on the page
    again.
    """

    picture: Image.Image
    left: int
    top: int
    scale: int

    def on_page(self, word: ReadWord) -> ReadWord:
        def back(edge: int, start: int) -> int:
            return round((edge - MARGIN) / self.scale) + start

        return replace(
            word,
            left=back(word.left, self.left), top=back(word.top, self.top),
            right=back(word.right, self.left), bottom=back(word.bottom, self.top),
        )  # fmt: skip


def _cut(level: Image.Image, ink: Ink, cell: GridCell) -> _Cut | None:
    """The inside of a cell without its ruling and its empty edges, or None when nothing is printed in it."""
    left, top, right, bottom = cell.left, cell.top, cell.right, cell.bottom
    inside = ink[top:bottom, left:right]
    first_row, last_row = _unruled(inside.mean(axis=1))
    first_column, last_column = _unruled(inside.mean(axis=0))
    inside = inside[first_row:last_row, first_column:last_column]
    if inside.sum() < MIN_CELL_INK:
        return None
    rows, columns = _print_extent(inside, axis=1), _print_extent(inside, axis=0)
    if rows is None or columns is None:
        return None
    left, top = left + first_column + columns[0], top + first_row + rows[0]
    width, height = columns[1] - columns[0], rows[1] - rows[0]
    printed = level.crop((left, top, left + width, top + height))
    scale = 2 if width < SHORT and height < LOW else 1
    if scale > 1:
        printed = printed.resize((width * scale, height * scale), Image.Resampling.BICUBIC)
        printed = printed.filter(ImageFilter.GaussianBlur(SMOOTH * scale))
    framed = Image.new("L", (printed.width + 2 * MARGIN, printed.height + 2 * MARGIN), 255)
    framed.paste(printed, (MARGIN, MARGIN))
    return _Cut(framed, left, top, scale)


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


def _table(grid: Grid, texts: dict[GridCell, tuple[PrintedLine, ...]], size: tuple[int, int]) -> PrintedTable:
    places: list[list[int | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row_end):
            places[row][cell.column] = index
    boxes = [_box((grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1]), size) for row in range(grid.rows)]
    cells = tuple(texts.get(cell, ()) for cell in grid.cells)
    return PrintedTable(cells, tuple(tuple(row) for row in places), tuple(boxes))


def _read_rest(level: Image.Image, ink: Ink, grids: Sequence[Grid], folder: Path) -> list[PrintedLine]:
    """The lines outside the tables. Where the layout analysis leaves much ink unread, the page is read as
    one block.
    """
    rest, rest_ink = level, ink
    if grids:
        rest, rest_ink = level.copy(), ink.copy()
        for grid in grids:
            left, top, right, bottom = grid.xs[0] - INSET, grid.ys[0] - INSET, grid.xs[-1] + INSET, grid.ys[-1] + INSET
            rest.paste(255, (max(0, left), max(0, top), right, bottom))
            rest_ink[max(0, top) : bottom, max(0, left) : right] = False
    if rest_ink.sum() < MIN_PAGE_INK:
        return []
    words = ocr.read_pictures([rest], PAGE, folder)
    if _unread(rest_ink, words) > MAX_UNREAD:
        again = ocr.read_pictures([rest], BLOCK, folder)
        if sum(word.sure * len(word.text) for word in again) > sum(word.sure * len(word.text) for word in words):
            words = again
    lines = in_reading_order(mend_numerals(_lines(words), level, cell=False))
    return list(_print(lines, level.size))


def _unread(ink: Ink, words: Iterable[ReadWord]) -> float:
    """Share of the inked squares of the page that no word covers."""
    height, width = ink.shape[0] // SQUARE, ink.shape[1] // SQUARE
    squares = ink[: height * SQUARE, : width * SQUARE].reshape(height, SQUARE, width, SQUARE)
    inked = squares[:, ::3, :, ::3].sum(axis=(1, 3)) >= 5  # every ninth point is enough to see print
    total = int(inked.sum())
    for word in words:
        rows = slice(word.top // SQUARE, word.bottom // SQUARE + 1)
        inked[rows, word.left // SQUARE : word.right // SQUARE + 1] = False
    return int(inked.sum()) / total if total else 0.0


def _lines(words: Iterable[ReadWord]) -> list[WordLine]:
    """Words as the lines that Tesseract put them in, without the lines that are specks."""
    lines = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        letters = sum(len(word.text) for word in line)
        sure = sum(word.sure * len(word.text) for word in line) / letters
        if sure >= MIN_SURE or any(_FIGURE.search(word.text) for word in line):
            lines.append([Word(word.text, word.left, word.top, word.right, word.bottom) for word in line])
    return lines


def _print(lines: Iterable[WordLine], size: tuple[int, int]) -> Iterator[PrintedLine]:
    """Lines of words as they go into a sheet."""
    for line in lines:
        text = tidy(mend_print(" ".join(word.text for word in line)))
        if text:
            left, top = min(word.left for word in line), min(word.top for word in line)
            right, bottom = max(word.right for word in line), max(word.bottom for word in line)
            yield PrintedLine(text, _box((left, top, right, bottom), size))


def _in_order(
    lines: Sequence[PrintedLine], grids: Sequence[Grid], tables: Sequence[PrintedTable], height: int
) -> list[PrintedLine | PrintedTable]:
    """Lines and tables from top to bottom; the order of the lines between two tables is Tesseract's."""
    blocks: list[PrintedLine | PrintedTable] = []
    waiting = list(lines)
    for grid, table in zip(grids, tables, strict=True):
        middle = (grid.ys[0] + grid.ys[-1]) / 2 / height
        blocks += [line for line in waiting if line.box is not None and (line.box.top + line.box.bottom) / 2 < middle]
        waiting = [line for line in waiting if line not in blocks]
        blocks.append(table)
    return blocks + waiting


def _box(edges: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    left, top, right, bottom = edges
    width, height = size
    return Box(*(min(1.0, max(0.0, share)) for share in (left / width, top / height, right / width, bottom / height)))
