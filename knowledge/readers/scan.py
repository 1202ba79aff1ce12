"""A picture of a page to lines and tables: ruled tables cut into cells and read cell by cell, the rest as a
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image

from knowledge.page_text import Origin
from knowledge.plan import Box
from knowledge.readers import ocr, picture
from knowledge.readers.columns import Word, WordLine, in_reading_order
from knowledge.readers.grid import Grid, GridCell, find_grids
from knowledge.readers.ocr import ReadWord
from knowledge.readers.picture import Ink
from knowledge.readers.print_checks import mend_print
from knowledge.readers.sheet import PrintedLine, PrintedTable, Sheet
from knowledge.readers.text import tidy

PAGE, BLOCK = 3, 6  # Tesseract's page modes: find the layout; take the picture for one block of text
INSET = 5  # points of a cell's edge that may hold its ruling
MARGIN = 12  # white points round a cell: Tesseract misses letters that touch the edge
MIN_CELL_INK = 40  # dark points; a full stop at 300 dpi has about as many
MIN_PAGE_INK = 400
MIN_SURE = 25.0  # lines read with less (0 to 100) are specks, stamps and signatures
# Share of the page's inked squares under no word, above which the layout analysis has dropped something.
MAX_UNREAD = 0.35
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
    filled = [
        cell
        for cell in grid.cells
        if ink[cell.top + INSET : cell.bottom - INSET, cell.left + INSET : cell.right - INSET].sum() >= MIN_CELL_INK
    ]
    words = ocr.read_pictures([_cut(level, cell) for cell in filled], BLOCK, folder)
    by_cell: dict[int, list[ReadWord]] = {}
    for word in words:
        by_cell.setdefault(word.picture, []).append(word)
    texts: dict[GridCell, tuple[PrintedLine, ...]] = {}
    for index, cell in enumerate(filled):
        corner = (cell.left + INSET - MARGIN, cell.top + INSET - MARGIN)
        texts[cell] = tuple(_print(_lines(by_cell.get(index, ())), level.size, corner))
    return _table(grid, texts, level.size)


def _cut(level: Image.Image, cell: GridCell) -> Image.Image:
    inner = level.crop((cell.left + INSET, cell.top + INSET, cell.right - INSET, cell.bottom - INSET))
    framed = Image.new("L", (inner.width + 2 * MARGIN, inner.height + 2 * MARGIN), 255)
    framed.paste(inner, (MARGIN, MARGIN))
    return framed


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
    return list(_print(in_reading_order(_lines(words)), level.size))


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
        if sum(word.sure * len(word.text) for word in line) >= MIN_SURE * letters:
            lines.append([Word(word.text, word.left, word.top, word.right, word.bottom) for word in line])
    return lines


def _print(lines: Iterable[WordLine], size: tuple[int, int], corner: tuple[int, int] = (0, 0)) -> Iterator[PrintedLine]:
    """Lines as they go into a sheet; ``corner`` is where their picture was cut from the page."""
    x, y = corner
    for line in lines:
        text = tidy(mend_print(" ".join(word.text for word in line)))
        if text:
            left, top = min(word.left for word in line), min(word.top for word in line)
            right, bottom = max(word.right for word in line), max(word.bottom for word in line)
            yield PrintedLine(text, _box((left + x, top + y, right + x, bottom + y), size))


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
