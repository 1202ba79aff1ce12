"""The lines of a table without ruling: followed down the page as long as they keep the blanks between its columns free.

What crosses a blank ends the table, save the titles of groups of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.readers.blanks import Blank, Span, between, columns_met, narrowed, printed, segments
from knowledge.readers.columns import Word, WordLine, lines_of
from knowledge.readers.open_cells import pieces_of, with_merged_cells
from knowledge.readers.open_rows import MORE_AIR, ORDINAL, Parted, Piece, Row, line_air, rows_of
from knowledge.readers.sheet import PAGE_NUMBER

MIN_COLUMNS = 3
HEADER_BLANK = 0.5  # heights of a line, between the texts of a header
MAX_AIR = 4.5  # between rows; more, and something else begins
NUMBERED = 0.8  # of the words in a column without a title are numbers of rows
TITLE_LINES = 3  # of a group's title that runs across the columns
LINES_AHEAD = 8  # below a title, in which a row must show
SHORT_TITLE = 0.6  # of the table's width; running text is wider
RULE_REACH = 0.6  # of the table's width; shorter rules are strokes under words
SAME_RULE = 2.0  # points; rules so near are drawn as one


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line of the page: how far down, from where to where."""

    at: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that only its words show: rows of cells, a cell as its lines; the blanks between its columns.

    A cell that reaches over several rows stands in each of them, the same lines. ``sure`` is False where words may
    stand in the row next to their own.
    """

    rows: tuple[tuple[tuple[WordLine, ...], ...], ...]
    blanks: tuple[Blank, ...]
    sure: bool

    @property
    def words(self) -> set[Word]:
        """Everything printed in it."""
        return {word for row in self.rows for cell in row for line in cell for word in line}

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its words."""
        words = self.words
        return (
            min(word.left for word in words), min(word.top for word in words),
            max(word.right for word in words), max(word.bottom for word in words),
        )  # fmt: skip


class Stretch:
    """Lines that keep the same blanks free, from ``start``; grows by ``follow``."""

    def __init__(self, lines: Sequence[WordLine], start: int, blanks: tuple[Blank, ...]) -> None:
        self.lines = lines
        self.start = start
        self.end = start
        self.blanks = blanks
        self.spanning: set[int] = set()
        self.height = median(height_of(line) for line in lines[start : start + 40])

    def follow(self, at: int) -> None:
        """Take lines from ``at`` on as long as the blanks stay free; titles of groups may cross them."""
        self.end = at
        waiting: list[int] = []
        while at < len(self.lines):
            line = self.lines[at]
            if at > self.start and top_of(line) - self._reach(at) > MAX_AIR * self.height:
                break
            rest = narrowed(self.blanks, line, self.height)
            if rest is None:
                waiting.append(at)
                if len(waiting) > TITLE_LINES or not self._is_title(waiting):
                    break
            elif waiting and len(columns_met(rest, line)) < MIN_COLUMNS and not self._row_follows(at, rest):
                break
            else:
                self.spanning.update(waiting)
                waiting = []
                self.blanks = rest
                self.end = at + 1
            at += 1
        self._without_tail()

    def part_below(self, body: int) -> None:
        """Part columns that share a title and have titles of their own below it ("Kế hoạch" over "2026", "2030");
        ``body`` is the first line below the header.
        """
        narrowest = HEADER_BLANK * self.height
        below = [self.lines[at] for at in range(body, self.end) if at not in self.spanning]
        for at in range(self.start, body):
            spans = printed(self.lines[at], self.height)
            edges = [blank.edge for blank in self.blanks]
            fresh: list[Blank] = []
            for low, high in pairwise([float("-inf"), *edges, float("inf")]):
                fresh += between((span for span in spans if low < span[0] and span[1] < high), narrowest)
            for line in (*self.lines[at + 1 : body], *below):
                fresh = [rest for blank in fresh for rest in narrowed([blank], line, self.height) or ()]
            both = [blank for blank in fresh if any(_on_both_sides(blank, line, edges) for line in below)]
            self.blanks = tuple(sorted((*self.blanks, *both), key=lambda blank: blank.edge))

    def part_numbers(self, body: int) -> None:
        """Part the column of the rows' numbers from the first titled one, where its own title is missing."""
        below = [self.lines[at] for at in range(body, self.end) if at not in self.spanning]
        first = self.blanks[0].edge
        spans = [span for line in below for span in printed(line, self.height) if span[1] < first]
        for blank in between(spans, HEADER_BLANK * self.height)[:1]:
            rest: tuple[Blank, ...] | None = (blank,)
            for line in (*self.lines[self.start : body], *below):
                rest = narrowed(rest, line, self.height) if rest else None
            if not rest:
                return
            numbers = [word for line in below for word in line if word.right < rest[0].edge]
            if sum(ORDINAL.match(word.text) is not None for word in numbers) >= max(2, NUMBERED * len(numbers)):
                self.blanks = (*rest, *self.blanks)

    def table(self, rules: Sequence[Rule], *, least: int) -> OpenTable | None:
        """The rows of the stretch; None where it has fewer than ``least``, or no row that fills three columns."""
        pieces = list(self._pieces())
        if not pieces:
            return None
        across = min(w.left for p in pieces for w in p.words), max(w.right for p in pieces for w in p.words)
        down = pieces[0].top - self.height, max(piece.bottom for piece in pieces) + self.height
        drawn = [group for group in _levels(rules) if down[0] < group[0].at < down[1]]
        edges = [group[0].at for group in drawn if _covered(group, across) >= RULE_REACH * (across[1] - across[0])]
        rows, parted = rows_of(pieces, edges, self.height)
        if self.end < len(self.lines):  # a heading below the table; at a page's end it is a group's title
            while rows and len({piece.column for piece in rows[-1]}) < 2:
                rows.pop()
        full = sum(len({piece.column for piece in row}) >= MIN_COLUMNS for row in rows)
        if len(rows) < least or full < max(1, least - 1):
            return None
        if parted in (Parted.BY_AIR, Parted.BY_NAMES):
            borders = [across[0], *(blank.edge for blank in self.blanks), across[1]]

            def is_drawn(at: float, column: int) -> bool | None:
                near = [rule for group in drawn for rule in group if abs(rule.at - at) < self.height]
                if not near or not edges:
                    return None
                span = borders[column], borders[column + 1]
                return _covered(near, span) >= 0.5 * (span[1] - span[0])

            air = line_air(pieces) + MORE_AIR * self.height
            rows = with_merged_cells(rows, len(self.blanks) + 1, is_drawn, air, self.height)
        return OpenTable(tuple(self._cells(row) for row in rows), self.blanks, parted.is_sure)

    def _is_title(self, waiting: Sequence[int]) -> bool:
        """Whether the lines that cross the blanks may be one title: numbered, in capitals, or short."""
        line = self.lines[waiting[0]]
        if len(waiting) > 1 or ORDINAL.match(line[0].text) or text_of(line).isupper():
            return True
        words = [word for line in self.lines[self.start : self.end] for word in line]
        width = max((w.right for w in words), default=0.0) - min((w.left for w in words), default=0.0)
        return line[-1].right - line[0].left < SHORT_TITLE * width

    def _row_follows(self, at: int, blanks: tuple[Blank, ...]) -> bool:
        """Whether the next lines go on as rows."""
        for line in self.lines[at : at + LINES_AHEAD]:
            rest = narrowed(blanks, line, self.height)
            if rest is None:
                return False
            if len(columns_met(rest, line)) >= MIN_COLUMNS:
                return True
        return False

    def _without_tail(self) -> None:
        """Give up a page number at the end."""
        if self.end - self.start > 1 and self.end == len(self.lines):
            last = self.lines[self.end - 1]
            if len(last) == 1 and PAGE_NUMBER.match(last[0].text) and columns_met(self.blanks, last) != {0}:
                away = top_of(last) - self._reach(self.end - 1)
                if away > self.height:
                    self.end -= 1

    def _reach(self, at: int) -> float:
        return max(word.bottom for line in self.lines[max(self.start, at - 3) : at] for word in line)

    def _pieces(self) -> Iterable[Piece]:
        by_column: dict[int, list[Word]] = {}
        edges = [blank.edge for blank in self.blanks]
        for at in range(self.start, self.end):
            line = self.lines[at]
            if at in self.spanning:
                yield from _title(line, edges[0])
                continue
            for group in segments(line, self.height):
                left, right = line[group[0]].left, max(line[index].right for index in group)
                # What reaches over two columns is their common title: it stands in the first of them.
                place = left if any(left < edge < right for edge in edges) else (left + right) / 2
                column = sum(edge < place for edge in edges)
                by_column.setdefault(column, []).extend(line[index] for index in group)
        for column, words in by_column.items():
            yield from (Piece(column, line) for line in lines_of(words))

    def _cells(self, row: Row) -> tuple[tuple[WordLine, ...], ...]:
        return tuple(tuple(piece.words for piece in pieces_of(row, column)) for column in range(len(self.blanks) + 1))


def _levels(rules: Iterable[Rule]) -> list[list[Rule]]:
    """The rules that are one line, broken or not, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at <= SAME_RULE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _covered(rules: Iterable[Rule], span: Span) -> float:
    """How much of ``span`` the rules run along."""
    covered, reach = 0.0, span[0]
    for rule in sorted(rules, key=lambda rule: rule.left):
        covered += max(0.0, min(rule.right, span[1]) - max(rule.left, reach))
        reach = max(reach, rule.right)
    return covered


def _on_both_sides(blank: Blank, line: WordLine, edges: Sequence[float]) -> bool:
    """Whether ``line`` has words on both sides of ``blank``, none of them beyond the next edges."""
    low = max((edge for edge in edges if edge < blank.edge), default=float("-inf"))
    high = min((edge for edge in edges if edge > blank.edge), default=float("inf"))
    near = [word for word in line if low < word.left and word.right < high]
    return any(word.right < blank.edge for word in near) and any(word.left > blank.edge for word in near)


def _title(line: WordLine, edge: float) -> Iterable[Piece]:
    """A group's title that runs across the columns: its number, if any, and its words in the second column."""
    numbered = line[0].right < edge and ORDINAL.match(line[0].text) is not None and len(line) > 1
    if numbered:
        yield Piece(0, line[:1], spans=True)
    yield Piece(1, line[1:] if numbered else line, spans=True)


def text_of(line: WordLine) -> str:
    return " ".join(word.text for word in line)


def top_of(line: WordLine) -> float:
    return min(word.top for word in line)


def height_of(line: WordLine) -> float:
    return max(median(word.bottom - word.top for word in line), 1e-6)
