"""Tables of a scanned page whose ruling, if any, does not cut them into cells.

The words say where the columns and rows are, as on a page with a text layer; what the layout analysis dropped is read
first, since a missing number is a missing row. A short cell with a figure is then read again as a ruled one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from PIL import Image

from knowledge.readers.blanks import MIN_BLANK, Blank, Span, between, printed, segments
from knowledge.readers.cells import second_look
from knowledge.readers.columns import Word, WordLine, lines_of
from knowledge.readers.cut import AIR, Edges
from knowledge.readers.open_stretch import MIN_COLUMNS, OpenTable, Rule
from knowledge.readers.open_table import find_open_tables
from knowledge.readers.ordinals import NumberedRow, mend_ordinals
from knowledge.readers.picture import DPI
from knowledge.readers.printed import box_of, printed_lines
from knowledge.readers.roman import mend_numerals
from knowledge.readers.sheet import Columns, PrintedLine, PrintedTable
from knowledge.readers.signs import mend_signs
from knowledge.readers.text_layer import UNSURE
from knowledge.readers.type_area import HEIGHT, font_size, in_type_area
from knowledge.source import Box

_CRUMB = re.compile(r"^[_|'`‘’“”\".,:;~°=]+$")  # what specks and remains of lines are read as
POINT = 72 / DPI  # what finds tables counts in points of print
COLUMN_AIR = 1.0  # heights of a line, between two texts of a row; justified text has less between its words
MAX_CROSSING = 0.04  # of the lines cross the blanks of a table: the titles of its groups
RUNNING = 0.6  # of the width of what is printed; running text is wider
MIN_LINES = 3  # with text on both sides of a blank between columns


def looks_tabular(lines: Sequence[WordLine]) -> bool:
    """Whether a page may hold a table that its ruling did not show: more than one blank has text on both sides of it in
    several lines. In a letter's head and its signature it is the same one.
    """
    size = font_size(lines)
    height = HEIGHT * size
    rows = lines_of(word for line in lines for word in in_type_area(line, size))
    gaps = sorted((gap for row in rows for gap in _gaps(_texts(row, height))), key=lambda gap: gap[1])
    columns = 0
    while gaps:
        edge = gaps[0][1]
        over = [gap for gap in gaps if gap[0] < edge]
        columns += len(over) >= MIN_LINES
        gaps = [gap for gap in gaps if gap[0] >= edge]
    return columns >= MIN_COLUMNS - 1


class OpenScan:
    """The words of a page, and the tables that they stand in."""

    def __init__(
        self, level: Image.Image, lines: Sequence[WordLine], rules: Iterable[Rule], columns: Columns = ()
    ) -> None:
        self._level = level
        size = font_size(lines)
        height = HEIGHT * size
        # The words as they stand, by their places in the type area, in points of print.
        self._own = {
            _scaled(even): word
            for line in lines
            for word, even in zip(line, in_type_area(line, size), strict=True)
            if not _CRUMB.match(word.text)
        }
        words = list(self._own)
        drawn = [Rule(rule.at * POINT, rule.left * POINT, rule.right * POINT) for rule in rules]
        width = level.width * POINT
        tables, cut = find_open_tables(
            words, drawn, [Blank(((left * width, right * width),)) for left, right in columns]
        )
        if not tables:
            tables, cut = find_open_tables(words, drawn, _columns_of(words, height * POINT))
        self.columns: Columns = tuple((blank.pieces[0][0] / width, blank.pieces[-1][1] / width) for blank in cut)
        self.tables = [self._read(table) for table in tables]
        self.lines = [[self._own[word] for word in table.words] for table in tables]
        self._inside = {word for line in self.lines for word in line}

    def left_over(self, lines: Sequence[WordLine]) -> list[WordLine]:
        """The lines without the words that stand in the tables, and what is read twice there."""
        boxes = [
            (
                min(w.left for w in words),
                min(w.top for w in words),
                max(w.right for w in words),
                max(w.bottom for w in words),
            )
            for words in self.lines
        ]

        def stands_in(word: Word) -> bool:
            middle = (word.left + word.right) / 2
            return any(left <= middle <= right and top <= word.middle <= bottom for left, top, right, bottom in boxes)

        return [kept for line in lines if (kept := [word for word in line if not stands_in(word)])]

    def reaches_into(self, top: float, bottom: float) -> bool:
        """Whether a table of them stands, wholly or in part, between two heights of the page."""
        return any(top < word.middle < bottom for word in self._inside)

    def _read(self, table: OpenTable) -> tuple[float, PrintedTable]:
        """A table with where it begins, down the page."""
        cells = {
            (at, column): [[self._own[word] for word in line] for line in cell]
            for at, row in enumerate(table.rows)
            for column, cell in enumerate(row)
            if cell and not (at and cell is table.rows[at - 1][column])
        }
        lines = {place: self._mended(cell) for place, cell in cells.items()}
        doubts = second_look(self._level, {place: _around(cell) for place, cell in cells.items() if place[1]}, lines)
        texts = {place: tuple(printed_lines(found, self._level.size)) for place, found in lines.items()}
        _mend_first_column(len(table.rows), texts)
        return self._table(table, texts, doubts, cells)

    def _mended(self, cell: Sequence[WordLine]) -> list[WordLine]:
        return mend_signs(mend_numerals(cell, self._level, cell=True), self._level)

    def _table(
        self,
        table: OpenTable,
        texts: dict[tuple[int, int], tuple[PrintedLine, ...]],
        doubts: dict[tuple[int, int], str],
        cells: dict[tuple[int, int], list[WordLine]],
    ) -> tuple[float, PrintedTable]:
        places = list(texts)
        index = {place: at for at, place in enumerate(places)}
        printed_cells = [texts[place] for place in places]
        rows: list[tuple[int, ...]] = []
        boxes: list[Box] = []
        words = [word for cell in cells.values() for line in cell for word in line]
        left, right = min(word.left for word in words), max(word.right for word in words)
        for at, row in enumerate(table.rows):
            indexes = []
            for column in range(len(row)):
                if (at, column) in index:
                    indexes.append(index[at, column])
                elif row[column]:
                    indexes.append(rows[-1][column])
                else:
                    indexes.append(len(printed_cells))
                    printed_cells.append(())
            rows.append(tuple(indexes))
            own = [self._own[word] for cell in row for line in cell for word in line]
            top, bottom = min(word.top for word in own), max(word.bottom for word in own)
            boxes.append(box_of((round(left), round(top), round(right), round(bottom)), self._level.size))
        doubtful = {index[place]: reason for place, reason in doubts.items()}
        if not table.sure:
            doubtful = {at: UNSURE for (_, column), at in index.items() if column} | doubtful
        return min(word.top for word in words), PrintedTable(
            tuple(printed_cells), tuple(rows), tuple(boxes), tuple(doubtful.items())
        )


def _mend_first_column(rows: int, texts: dict[tuple[int, int], tuple[PrintedLine, ...]]) -> None:
    first = range(1, rows)
    numbered = [
        NumberedRow(
            " ".join(line.text for line in texts.get((row, 0), ())),
            sum(bool(lines) for (at, column), lines in texts.items() if at == row and column),
        )
        for row in first
    ]
    for row, old, mended in zip(first, numbered, mend_ordinals(numbered), strict=True):
        if mended != old.text:
            own = texts.get((row, 0))
            texts[row, 0] = (PrintedLine(mended, own[0].box if own else None),)


def _gaps(texts: Sequence[Span]) -> Iterator[Span]:
    """From where to where there is nothing between two texts of a line."""
    return ((left[1], right[0]) for left, right in pairwise(texts))


def _columns_of(words: Sequence[Word], height: float) -> tuple[Blank, ...]:
    """The blanks between the columns of a page that begins amid a table: what its lines leave free, up to the first
    running text; titles of groups may cross them.
    """
    if not words:
        return ()
    left, right = min(word.left for word in words), max(word.right for word in words)
    spans: list[list[Span]] = []
    for line in lines_of(words):
        own = printed(line, height)
        if max(end - start for start, end in own) > RUNNING * (right - left) and len(own) < MIN_COLUMNS:
            break
        spans.append(own)
    crossed = np.zeros(round(right - left) + 2, dtype=np.int32)
    for own in spans:
        for start, end in own:
            crossed[max(0, round(start - left)) : round(end - left) + 1] += 1
    taken = np.nonzero(crossed > MAX_CROSSING * len(spans))[0]
    blanks = between(((left + at, left + at + 1.0) for at in taken.tolist()), MIN_BLANK * height)
    return tuple(blanks) if len(blanks) >= MIN_COLUMNS - 1 else ()


def _texts(line: WordLine, height: float) -> list[tuple[float, float]]:
    """From where to where the texts of a line reach that column air parts."""
    return [
        (line[group[0]].left, max(line[at].right for at in group))
        for group in segments(line, COLUMN_AIR / MIN_BLANK * height)
    ]


def _scaled(word: Word) -> Word:
    return replace(
        word, left=word.left * POINT, top=word.top * POINT, right=word.right * POINT, bottom=word.bottom * POINT
    )


def _around(cell: Sequence[WordLine]) -> Edges:
    words = [word for line in cell for word in line]
    return (
        round(min(word.left for word in words)) - AIR, round(min(word.top for word in words)) - AIR,
        round(max(word.right for word in words)) + AIR, round(max(word.bottom for word in words)) + AIR,
    )  # fmt: skip
