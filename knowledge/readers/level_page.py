"""A level page to lines and tables: ruled tables cut into cells and read cell by cell, the rest as a page, in which
tables that no ruling cuts are found by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from knowledge.readers import ocr
from knowledge.readers.cells import read_grid
from knowledge.readers.columns import Word, WordLine, in_reading_order
from knowledge.readers.grid import HALF, MIN_COLUMNS, SAME_EDGE, Grid, Rule, find_rules, with_faint_rules
from knowledge.readers.ink import Ink, ink_of
from knowledge.readers.missing_rules import is_whole
from knowledge.readers.ocr import ReadWord
from knowledge.readers.open_scan import OpenScan, looks_tabular
from knowledge.readers.open_stretch import Rule as OpenRule
from knowledge.readers.person_names import check_signers
from knowledge.readers.printed import lines_of_words, printed_lines, without_echoes
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import Columns, PrintedLine, PrintedTable
from knowledge.readers.signs import mend_signs
from knowledge.readers.turns import sureness
from knowledge.readers.unread import read_unread, unread_share

INSET = 5  # points by which a table's ruling may reach over its outer edges
SKIRT = 15  # points round a table in which "words" are its dotted lines
MIN_PAGE_INK = 150  # dark points on the page, of every third
MIN_ROW_INK = 3  # dark points in a row, of every third; fewer are specks
AIR = 40  # points; two thirds of a line
# Share of the page's inked squares under no word, above which the layout analysis has dropped something.
MAX_UNREAD = 0.35
MISSING_RULES = "bảng kẻ mờ hoặc thiếu nét, chữ của hai ô liền nhau có thể lẫn"
RULE_WIDTH = 4  # points on each side of a line's middle that go with it

Placed = tuple[float, PrintedTable]  # a table and where it begins, points down the page


@dataclass(frozen=True, slots=True)
class Found:
    """What was read on a page, and how sure Tesseract was of it all (0 to 100; 100 for an empty page)."""

    blocks: tuple[PrintedLine | PrintedTable, ...]
    sure: float
    columns: Columns = ()  # of a table that the page's end may cut; see ``Sheet``


def read_level(level: Image.Image, columns: Columns = ()) -> Found:
    """The lines and tables of a level grey page on white paper; ``columns`` are those of a table without ruling that
    the page before ended in. Raises subprocess.SubprocessError.
    """
    page = _Page(level)
    words = _read_page(page.rest, page.rest_ink)
    lines = lines_of_words(words)
    open_tables = None
    if columns or page.loose or looks_tabular(lines) or unread_share(page.rest_ink, words) > MAX_UNREAD:
        words = page.with_faint_grids(words)
        lines = lines_of_words(words)
        if columns or looks_tabular(lines):
            open_tables = OpenScan(level, lines, page.level_rules(), columns)
            if not open_tables.tables:
                # Rows whose texts do not stand level confuse the layout analysis; without one they are read whole.
                scattered = _with_unread(page.rest, page.rest_ink, _read_page(page.rest, page.rest_ink, ocr.SPARSE))
                open_tables = OpenScan(level, lines_of_words(scattered), page.level_rules(), columns)
            page.tables += open_tables.tables
            lines = open_tables.left_over(lines)
    for grid in page.loose:
        if open_tables is None or not open_tables.reaches_into(grid.ys[0], grid.ys[-1]):
            page.read([grid], doubt=None if grid.columns < MIN_COLUMNS else MISSING_RULES)
            lines = [kept for line in lines if (kept := [word for word in line if not _holds(grid, word)])]
    lines = in_reading_order(mend_numerals(lines, level, cell=False))
    lines, doubts = check_signers(mend_signs(lines, level), level)
    sure = sureness([*page.inside, *lines, *(open_tables.lines if open_tables else ())])
    blocks = _in_order(list(printed_lines(lines, level.size, doubts)), page.tables, level.height)
    return Found(tuple(blocks), sure, open_tables.columns if open_tables else ())


class _Page:
    """A page while it is read: its ruling and ruled tables, and the rest, from which these are erased."""

    def __init__(self, level: Image.Image) -> None:
        self.level = level
        self.ink = ink_of(np.asarray(level))
        self.tables: list[Placed] = []
        self.inside: list[WordLine] = []
        self._ruling = find_rules(self.ink)
        drawn = self._ruling.grids()
        self.grids = [grid for grid in drawn if is_whole(grid, self.ink)]
        self.loose = [grid for grid in drawn if grid not in self.grids]
        self.read(self.grids)
        self._erase(self.grids)

    def read(
        self,
        grids: Iterable[Grid],
        level: Image.Image | None = None,
        ink: Ink | None = None,
        doubt: str | None = None,
    ) -> None:
        """Read ruled tables cell by cell; ``doubt`` is a reason to be unsure of every cell."""
        for grid in grids:
            table, lines = read_grid(level or self.level, self.ink if ink is None else ink, grid)
            if doubt is not None:
                table = replace(table, doubts=tuple((at, doubt) for at, cell in enumerate(table.cells) if cell))
            self.tables.append((float(grid.ys[0]), table))
            self.inside += lines

    def with_faint_grids(self, words: Sequence[ReadWord]) -> list[ReadWord]:
        """Read the tables whose ruling has gaps or is pale; the words outside them, those that were dropped as well."""
        seen = list(self._ruling.level)
        self._ruling = with_faint_rules(self._ruling, np.asarray(self.level), self.ink)
        drawn = [grid for grid in self._ruling.grids() if not any(_meet(grid, known) for known in self.grids)]
        faint = [grid for grid in drawn if is_whole(grid, self.ink)]
        self.loose = [grid for grid in drawn if grid not in faint]
        self._erase(self.grids, faint)
        self.read(faint, self.rest, self.rest_ink)  # without the lines, which would be read as letters
        self.grids += faint
        self._erase(self.grids)
        if any(self._is_new(rule, seen) for rule in self._ruling.level):
            words = _read_page(self.rest, self.rest_ink)  # with the lines, they were read through each other
        outside = [word for word in words if not any(_holds(grid, word) for grid in faint)]
        return _with_unread(self.rest, self.rest_ink, without_echoes(outside))

    def _is_new(self, rule: Rule, seen: Sequence[Rule]) -> bool:
        """Whether a long level line outside the grids was not among those ``seen``."""
        at = rule.at * HALF
        return (
            rule.is_long
            and not any(grid.ys[0] - SKIRT <= at <= grid.ys[-1] + SKIRT for grid in self.grids)
            and not any(abs(rule.at - other.at) <= SAME_EDGE for other in seen)
        )

    def level_rules(self) -> list[OpenRule]:
        """The level lines, in points of the page."""
        return [OpenRule(rule.at * HALF, rule.start * HALF, rule.end * HALF) for rule in self._ruling.level]

    def _erase(self, whole: Sequence[Grid], sides: Sequence[Grid] = ()) -> None:
        """Put white paper over the grids ``whole``, the sides of cells of ``sides``, and long lines: Tesseract
        would take them for letters, or for a frame.
        """
        boxes = [(grid.xs[0] - INSET, grid.ys[0] - INSET, grid.xs[-1] + INSET, grid.ys[-1] + INSET) for grid in whole]
        rows, columns = [y for grid in sides for y in grid.ys], [x for grid in sides for x in grid.xs]
        for rule in self._ruling.level:
            at, start, end = (round(edge * HALF) for edge in (rule.at, rule.start, rule.end))
            if rule.is_long or any(abs(at - y) <= SKIRT for y in rows):
                boxes.append((start, at - RULE_WIDTH, end, at + RULE_WIDTH + 1))
        for rule in self._ruling.upright:
            at, start, end = (round(edge * HALF) for edge in (rule.at, rule.start, rule.end))
            if rule.is_long or any(abs(at - x) <= SKIRT for x in columns):
                boxes.append((at - RULE_WIDTH, start, at + RULE_WIDTH + 1, end))
        white, ink = np.asarray(self.level).copy(), self.ink.copy()
        for left, top, right, bottom in boxes:
            white[max(0, top) : bottom, max(0, left) : right] = 255
            ink[max(0, top) : bottom, max(0, left) : right] = False
        self.rest, self.rest_ink = Image.fromarray(white), ink


def _read_page(rest: Image.Image, ink: Ink, layout: int = ocr.PAGE) -> list[ReadWord]:
    """The words outside the tables."""
    strip = _printed_strip(ink)
    return _read_strip(rest, strip, layout) if strip is not None else []


def _read_strip(rest: Image.Image, strip: tuple[int, int], layout: int) -> list[ReadWord]:
    top, bottom = strip
    words = ocr.read_pictures([rest.crop((0, top, rest.width, bottom))], layout)
    return [replace(word, top=word.top + top, bottom=word.bottom + top) for word in words]


def _with_unread(rest: Image.Image, ink: Ink, words: list[ReadWord]) -> list[ReadWord]:
    """The words with those that the layout analysis dropped. Where too much is left, all is read as one block."""
    strip = _printed_strip(ink)
    if strip is None:
        return words
    words = [*words, *read_unread(rest, ink, words)]
    if unread_share(ink, words) > MAX_UNREAD:
        again = _read_strip(rest, strip, ocr.BLOCK)
        if sum(word.sure * len(word.text) for word in again) > sum(word.sure * len(word.text) for word in words):
            return again
    return words


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


def _meet(one: Grid, other: Grid) -> bool:
    return (
        one.xs[0] < other.xs[-1] and other.xs[0] < one.xs[-1] and one.ys[0] < other.ys[-1] and other.ys[0] < one.ys[-1]
    )


def _holds(grid: Grid, word: ReadWord | Word) -> bool:
    return (
        grid.xs[0] - SKIRT <= (word.left + word.right) / 2 <= grid.xs[-1] + SKIRT
        and grid.ys[0] - SKIRT <= (word.top + word.bottom) / 2 <= grid.ys[-1] + SKIRT
    )


def _in_order(lines: Sequence[PrintedLine], tables: Sequence[Placed], height: int) -> list[PrintedLine | PrintedTable]:
    """Lines and tables from top to bottom; the order of the lines between two tables is Tesseract's."""
    blocks: list[PrintedLine | PrintedTable] = []
    waiting = list(lines)
    for top, table in sorted(tables, key=lambda placed: placed[0]):
        share = top / height
        blocks += [line for line in waiting if line.box is not None and (line.box.top + line.box.bottom) / 2 < share]
        waiting = [line for line in waiting if line not in blocks]
        blocks.append(table)
    return blocks + waiting
