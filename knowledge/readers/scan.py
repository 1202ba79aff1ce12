"""A picture of a page to lines and tables: ruled tables cut into cells and read cell by cell, the rest as a
page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from knowledge.page_text import Origin
from knowledge.readers import ocr, picture
from knowledge.readers.cells import read_grid
from knowledge.readers.columns import WordLine, in_reading_order
from knowledge.readers.grid import Grid, find_grids, without_rules
from knowledge.readers.ocr import ReadWord
from knowledge.readers.person_names import check_signers
from knowledge.readers.photo import lay_flat
from knowledge.readers.picture import Ink
from knowledge.readers.printed import lines_of_words, printed_lines
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import PrintedLine, PrintedTable, Sheet
from knowledge.readers.signs import mend_signs
from knowledge.readers.turning import turned_back

INSET = 5  # points by which a table's ruling may reach over its outer edges
MIN_PAGE_INK = 150  # dark points on the page, of every third
# Share of the page; fuller ones are static or a covered lens, over which Tesseract broods for minutes. A page full of
# small cells has a tenth.
MAX_PAGE_INK = 0.6
MIN_ROW_INK = 3  # dark points in a row, of every third; fewer are specks
AIR = 40  # points; two thirds of a line
# Share of the page's inked squares under no word, above which the layout analysis has dropped something.
MAX_UNREAD = 0.35
TURN_BELOW = 70.0  # of 100; upright pages have 85 to 96, poor ones 75, pages on their head 30 to 55
NO_PRINT = 45.0  # below, under every turn: the picture shows no print, but fur, leaves or bricks
# Degrees, clockwise; Pillow counts the other way round.
TURNS = {180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90, 90: Image.Transpose.ROTATE_270}
BAND = 700  # points; ten lines
SQUARE = 24  # points: about the height of a line's small letters


def read_scan(page: Image.Image, number: int) -> Sheet:
    """Page ``number`` from its picture, any size, lying as it may.

    Boxes are shares of the page cut out and levelled, as it lies. Raises MissingReader, or subprocess.SubprocessError
    when Tesseract fails.
    """
    flat = picture.fit(lay_flat(picture.grey(page)))
    level = picture.straighten(flat)
    if float(picture.ink_of(np.asarray(level)[::3, ::3]).mean()) > MAX_PAGE_INK:
        return Sheet((), number, Origin.SCAN)
    found = _read_level(level)
    if found.sure < TURN_BELOW:
        turned = _turned(flat, found.sure)
        if turned is not None:
            turn, level = turned
            found = _read_level(level)
            sheet = Sheet(found.blocks if found.sure >= NO_PRINT else (), number, Origin.SCAN)
            return sheet.moved(lambda box: turned_back(box, turn))
    return Sheet(found.blocks if found.sure >= NO_PRINT else (), number, Origin.SCAN)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read on a page, and how sure Tesseract was of it all (0 to 100; 100 for an empty page)."""

    blocks: tuple[PrintedLine | PrintedTable, ...]
    sure: float


def _read_level(level: Image.Image) -> _Found:
    ink = picture.ink_of(np.asarray(level))
    grids = find_grids(ink)
    tables, words = [], list[WordLine]()
    for grid in grids:
        table, inside = read_grid(level, ink, grid)
        tables.append(table)
        words += inside
    lines, outside = _read_rest(level, ink, grids)
    return _Found(tuple(_in_order(lines, grids, tables, level.height)), _sure([*words, *outside]))


def _turned(flat: Image.Image, sure: float) -> tuple[int, Image.Image] | None:
    """By how many degrees the page must be turned, clockwise, for its lines to be read, and the page turned and
    levelled; None where no turn is better than none.

    A band of the page is read under each turn: upside down, words come out as crumbs that Tesseract is unsure of.
    """
    best, best_sure = None, max(sure + 10, NO_PRINT)
    for turn, transpose in TURNS.items():
        level = picture.straighten(flat.transpose(transpose))
        bare = without_rules(level, picture.ink_of(np.asarray(level)))
        words = ocr.read_pictures([_fullest_band(bare)], ocr.BLOCK)
        seen = _sure(lines_of_words(words))
        if words and seen > best_sure:
            best, best_sure = (turn, level), seen
    return best


def _fullest_band(level: Image.Image) -> Image.Image:
    """The part of the page, ``BAND`` points high, with the most print."""
    ink = picture.ink_of(np.asarray(level))[:, ::3].sum(axis=1).cumsum()
    starts = range(0, max(1, len(ink) - BAND), AIR)
    top = max(starts, key=lambda start: int(ink[min(start + BAND, len(ink) - 1)] - ink[start]))
    return level.crop((0, top, level.width, min(top + BAND, level.height)))


def _sure(lines: Iterable[WordLine]) -> float:
    """How sure Tesseract is of the lines, letter by letter. Long words that stand upright count for nothing: they are
    lines of a page that lies on its side.
    """
    letters, sure = 0, 0.0
    for word in itertools.chain.from_iterable(lines):
        letters += len(word.text)
        on_side = len(word.text) > 2 and word.bottom - word.top > 1.5 * (word.right - word.left)
        sure += 0.0 if on_side else len(word.text) * word.sure
    return sure / letters if letters else 100.0


def _read_rest(level: Image.Image, ink: Ink, grids: Sequence[Grid]) -> tuple[list[PrintedLine], list[WordLine]]:
    """The lines outside the tables, and their words. Where the layout analysis leaves much ink unread, they are
    read as one block.
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
        return [], []
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
    return list(printed_lines(lines, level.size, doubts)), lines


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
