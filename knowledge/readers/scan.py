"""A picture of a page to lines and tables: ruled tables cut into cells and read cell by cell, the rest as a
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from knowledge.page_text import Origin
from knowledge.readers import ocr, picture
from knowledge.readers.cells import read_grid
from knowledge.readers.columns import in_reading_order
from knowledge.readers.grid import Grid, find_grids
from knowledge.readers.ocr import ReadWord
from knowledge.readers.person_names import check_signers
from knowledge.readers.picture import Ink
from knowledge.readers.printed import lines_of_words, printed_lines
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import PrintedLine, PrintedTable, Sheet
from knowledge.readers.signs import mend_signs

INSET = 5  # points by which a table's ruling may reach over its outer edges
MIN_PAGE_INK = 150  # dark points on the page, of every third
MIN_ROW_INK = 3  # dark points in a row, of every third; fewer are specks
AIR = 40  # points; two thirds of a line
# Share of the page's inked squares under no word, above which the layout analysis has dropped something.
MAX_UNREAD = 0.35
SQUARE = 24  # points: about the height of a line's small letters


def read_scan(page: Image.Image, number: int) -> Sheet:
    """Page ``number`` from its picture, any size, lying nearly level.

    Boxes are shares of the levelled page. Raises MissingReader, or subprocess.SubprocessError when
    Tesseract fails.
    """
    level = picture.straighten(picture.fit(page))
    ink = picture.ink_of(np.asarray(level))
    grids = find_grids(ink)
    tables = [read_grid(level, ink, grid) for grid in grids]
    lines = _read_rest(level, ink, grids)
    return Sheet(tuple(_in_order(lines, grids, tables, level.height)), number, Origin.SCAN)


def _read_rest(level: Image.Image, ink: Ink, grids: Sequence[Grid]) -> list[PrintedLine]:
    """The lines outside the tables. Where the layout analysis leaves much ink unread, they are read as one
    block.
    """
    rest, ink = level, ink
    if grids:
        rest, ink = level.copy(), ink.copy()
        for grid in grids:
            left, top, right, bottom = grid.xs[0] - INSET, grid.ys[0] - INSET, grid.xs[-1] + INSET, grid.ys[-1] + INSET
            rest.paste(255, (max(0, left), max(0, top), right, bottom))
            ink[max(0, top) : bottom, max(0, left) : right] = False
    strip = _printed_strip(ink)
    if strip is None:
        return []
    top, bottom = strip
    picture_of_rest, ink = rest.crop((0, top, rest.width, bottom)), ink[top:bottom]
    words = ocr.read_pictures([picture_of_rest], ocr.PAGE)
    if _unread(ink, words) > MAX_UNREAD:
        again = ocr.read_pictures([picture_of_rest], ocr.BLOCK)
        if sum(word.sure * len(word.text) for word in again) > sum(word.sure * len(word.text) for word in words):
            words = again
    words = [replace(word, top=word.top + top, bottom=word.bottom + top) for word in words]
    lines = in_reading_order(mend_numerals(lines_of_words(words), level, cell=False))
    lines, doubts = check_signers(mend_signs(lines, level), level)
    return list(printed_lines(lines, level.size, doubts))


def _printed_strip(ink: Ink) -> tuple[int, int] | None:
    """From where to where, down the page, anything is printed, with some air; None on a blank page.
    Tesseract's layout analysis takes a second for a page with three lines on it, and no time for the
    three lines alone.
    """
    counts = ink[:, ::3].sum(axis=1)
    printed = np.nonzero(counts >= MIN_ROW_INK)[0]
    if int(counts.sum()) < MIN_PAGE_INK or len(printed) == 0:
        return None
    return max(0, int(printed[0]) - AIR), min(len(ink), int(printed[-1]) + AIR)


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
