"""The rows of a table without ruling, its columns being known.

Three things tell rows apart, in this order: a rule across the table, a strip of air higher than between the lines of
one cell, and the numbers in the first column. Where only the numbers are left (cells without any air), the words stand
either level with the top of the number or half above and half below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from knowledge.readers.columns import WordLine

# What stands alone in the first column of a row: the number of a row or of a group, or the column's own title.
ORDINAL = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,5}|[A-ZĐa-zđ])[.)]?$")
NUMBER_TITLE = re.compile(r"^(?:S?TT|Số|TT\.?)$", re.IGNORECASE)
# Of a line's height, by which the boxes of words are lower than the font says: strips show between close lines too.
_SHAVED = 0.15
# Of a line's height, by which the air between rows exceeds that between the lines of a cell; less, and it says nothing.
MORE_AIR = 0.12
_NEAR = 0.3  # of a line's height: tops so near are level


@dataclass(slots=True)
class Piece:
    """A line of one column: its words and place. ``spans`` says that it crosses the columns (a group's title)."""

    column: int
    words: WordLine
    spans: bool = False
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.top = min(word.top for word in self.words)
        self.bottom = max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def is_number(self) -> bool:
        """Whether it is all that stands in the first column of some row."""
        text = " ".join(word.text for word in self.words)
        return self.column == 0 and (ORDINAL.match(text) is not None or NUMBER_TITLE.match(text) is not None)


Row = list[Piece]


class Parted(Enum):
    """What told the rows apart."""

    BY_AIR = auto()  # or by rules: what stands nearer belongs together
    BY_NUMBERS = auto()  # and every number stands in its row as the others do
    BY_NAMES = auto()  # air between the names; a text over several rows fills it elsewhere
    DOUBTFULLY = auto()

    @property
    def is_sure(self) -> bool:
        """Whether no cell can have got into the row next to its own."""
        return self in (Parted.BY_AIR, Parted.BY_NUMBERS)


Strip = tuple[float, float]  # from where to where, down the page, nothing is printed


def rows_of(pieces: Sequence[Piece], rules: Sequence[float], height: float) -> tuple[list[Row], Parted]:
    """The rows from top to bottom, and what parted them; ``height`` is that of a line of print."""
    rows, worst = [], Parted.BY_AIR
    for part in _parted(sorted(pieces, key=lambda piece: piece.top), sorted(rules)):
        found, how = _without_rules(part, height, ruled=len(rules) > 2)
        rows += found
        worst = max(worst, how, key=lambda parted: parted.value)
    return rows, worst


def _parted(pieces: Sequence[Piece], edges: Sequence[float]) -> list[Row]:
    """The pieces between every two edges."""
    parts: list[Row] = [[] for _ in range(len(edges) + 1)]
    for piece in pieces:
        parts[sum(edge < piece.middle for edge in edges)].append(piece)
    return [part for part in parts if part]


def _without_rules(pieces: Row, height: float, *, ruled: bool) -> tuple[list[Row], Parted]:
    numbers = [piece for piece in pieces if piece.is_number]
    strips = _strips(pieces, height)
    if ruled and len(numbers) < 2:
        return [pieces], Parted.BY_AIR
    air = _row_air(numbers, pieces, strips, height)
    if air is not None:
        rows = _parted(pieces, [_middle(strip) for strip in strips if _high(strip) >= air])
        parts = [_by_numbers(row, height) for row in rows]
        return [row for found, _ in parts for row in found], max((how for _, how in parts), key=lambda how: how.value)
    names = [piece for piece in pieces if piece.column < 2]
    strips = _strips(names, height)
    air = _row_air(numbers, names, strips, height) if len(numbers) > 1 else None
    if air is not None:
        return _parted(pieces, [_middle(strip) for strip in strips if _high(strip) >= air]), Parted.BY_NAMES
    return _by_numbers(pieces, height)


def _strips(pieces: Row, height: float) -> list[Strip]:
    strips, reach = [], None
    for piece in pieces:
        if reach is not None and piece.top + _SHAVED * height > reach:
            strips.append((reach, piece.top + _SHAVED * height))
        reach = max(reach or 0.0, piece.bottom - _SHAVED * height)
    return strips


def _row_air(numbers: Row, pieces: Row, strips: Sequence[Strip], height: float) -> float | None:
    """The least height of a strip between rows; None where strips between rows are not higher than within them."""
    within = line_air(pieces) + 2 * _SHAVED * height
    least = within + MORE_AIR * height
    if len(numbers) < 2:
        if any(_high(strip) >= least for strip in strips):
            return least
        bands = _parted(pieces, [_middle(strip) for strip in strips])
        full = sum(len({piece.column for piece in band}) > 2 for band in bands)
        return 0.0 if full > 0.8 * len(bands) else None
    for above, below in pairwise(numbers):
        between = [_high(strip) for strip in strips if above.middle < _middle(strip) < below.middle]
        if max(between, default=0.0) < least:
            return None
    return least


def line_air(pieces: Row) -> float:
    """The air between the lines of one cell, from the column with the most lines."""
    columns: dict[int, list[Piece]] = {}
    for piece in pieces:
        columns.setdefault(piece.column, []).append(piece)
    fullest = max(columns.values(), key=len)
    airs = sorted(two.top - one.bottom for one, two in pairwise(fullest))
    return airs[len(airs) // 10] if airs else 0.0


def _by_numbers(pieces: Row, height: float) -> tuple[list[Row], Parted]:
    """Rows that only their numbers tell apart."""
    spanning = [piece for piece in pieces if piece.spans]
    numbers = [piece for piece in pieces if piece.is_number]
    if len(numbers) < 2:
        return [pieces], Parted.BY_AIR
    level = _stand_level(numbers, pieces, height)
    edges: list[float] = []
    top = pieces[0].top
    for above, below in pairwise(numbers):
        if level or any(above.middle < piece.middle <= below.middle for piece in spanning):
            wanted = below.top
        else:
            wanted = 2 * above.middle - top
        edge = _nearest(pieces, above, below, wanted, height)
        edges.append(edge)
        top = min((piece.top for piece in pieces if piece.middle > edge), default=below.top)
    rows = _parted(pieces, edges)
    fit = all(_fits(row, height, level=level) for row in rows)
    return rows, Parted.BY_NUMBERS if fit else Parted.DOUBTFULLY


def _fits(row: Row, height: float, *, level: bool) -> bool:
    """Whether a row's number stands at its top (``level``), or half way down it."""
    number = next((piece for piece in row if piece.is_number), None)
    if number is None or len(row) == 1:
        return False
    top, bottom = min(piece.top for piece in row), max(piece.bottom for piece in row)
    return abs(number.top - top if level else number.middle - (top + bottom) / 2) < _NEAR * height


def _stand_level(numbers: Row, pieces: Row, height: float) -> bool:
    """Whether the words of a row begin level with its number, not above it."""
    if numbers[0].top - pieces[0].top > _NEAR * height:
        return False
    cut = [
        any(piece.top < number.top - _NEAR * height and piece.bottom > number.top + _NEAR * height for piece in pieces)
        for number in numbers
    ]
    return sum(cut) <= 0.1 * len(numbers)


def _nearest(pieces: Row, above: Piece, below: Piece, wanted: float, height: float) -> float:
    """The place between two lines of the table, or of its second column, that is nearest to the one wanted."""
    between = [(low, high) for low, high in _strips(pieces, height) if above.middle < (low + high) / 2 < below.middle]
    if not between:
        names = [piece for piece in pieces if piece.column == 1]
        between = [
            (one.bottom, two.top)
            for one, two in pairwise(names)
            if above.middle <= (one.bottom + two.top) / 2 <= below.middle
        ]
    if not between:
        return (above.middle + below.middle) / 2
    return _middle(min(between, key=lambda strip: abs(_middle(strip) - wanted)))


def _high(strip: Strip) -> float:
    return strip[1] - strip[0]


def _middle(strip: Strip) -> float:
    return (strip[0] + strip[1]) / 2
