"""Rows of a table that a scan printed as plain lines: which lines belong to which row.

Such a table has lost its columns. What is left: every row has one line with its value (the anchor), its number stands
on the anchor, on its first line or on a line of its own, the cells are centred around the anchor, and a row's first
line begins like a name. The best division of the lines between two anchors is found by weighing these signs (dynamic
programming).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.manuscript import TextLine, Word
from knowledge.row_lines import (
    behind_number,
    mostly_crumbs,
    number_value,
    opens_rate,
    printed_number,
    segments,
    start_cost,
    time_alone,
    time_size,
    unit_only,
)
from knowledge.row_numbers import NumberedLine, rows_among
from knowledge.scan_junk import is_word


@dataclass(slots=True)
class RowLine:
    """One line of a row: its words behind the row number."""

    line: TextLine
    words: Sequence[Word]


@dataclass(slots=True)
class TextRow:
    """One row: its lines, which of them is the anchor (None: no value was found), its printed number, its group."""

    lines: list[RowLine]
    anchor: int | None
    number: str | None
    group: str | None
    heads: str | None = None  # the group's number, where the group's own row is this indicator

    @property
    def first(self) -> int:
        return self.lines[0].line.number

    @property
    def last(self) -> int:
        return self.lines[-1].line.number


def _cost(
    lines: Sequence[TextLine],
    start: int,
    end: int,
    anchor: int,
    starts: Sequence[float],
    solid: Sequence[int],
    unasked: Sequence[bool],
) -> float:
    """How unlikely lines ``start`` to ``end`` (both included) are one row around ``anchor``.

    ``solid[at]`` counts the lines before ``at`` that hold a word: crumbs alone are marks of a line that is counted.
    ``unasked[at]`` says whether line ``at`` holds only units that nothing above it asks for.
    """
    above, below = solid[anchor] - solid[start], solid[end + 1] - solid[anchor + 1]
    # A time alone on its line: the scan printed the row cell by cell, and the time is its last cell.
    unbalance = 2 * below if time_alone(lines[anchor]) else abs(above - below)
    cost = starts[start] + (0.0, 0.3, 1.3)[unbalance] if unbalance < 3 else starts[start] + min(1.2 * unbalance, 4.2)
    if starts[start] - min(starts[start : anchor + 1]) >= _CUT_OFF:
        cost += _LATE
    only_units = unit_only(lines[start])
    for index in range(start + 1, end + 1):
        if index > anchor and unasked[index]:
            cost += _OPENED
        if starts[index] == 0.0 and not only_units:
            cost += 6.0
        elif index > anchor and starts[index] < _CAPITAL and not unasked[index]:
            cost += _ANOTHER
        only_units = only_units and (unit_only(lines[index]) or mostly_crumbs(lines[index]))
        number = printed_number(lines[index])
        if number and index != anchor and index - anchor not in (-1, 1):
            cost += 1.0
    return cost


_CUT_OFF = 2.0  # a unit's rest opens no row: more than an unbalanced row costs, less than a second name in one row
_LATE = 2.5  # a line that opens no name at the head of a row whose name opens further down: it ends the row above
_CAPITAL = 1.0  # what a line that begins like a name costs less than
_ANOTHER = 0.5  # such a line below the middle of a row: it may be the next row's name
_NO_NAME = 3.0  # crumbs open a row no better than a lower-case line does
_OPENED = 1.0  # a unit that nothing above asks for, below the middle of a row: the top of the next row's cell


# A row that states its target first; what stands before it is left of the number and the rules.
_OPENS = re.compile(r"^(?:[\W\d]{1,6}\s)?[<>≥≤=]?\s?\d{1,3}\s?%\s[^\W\d_]{2}")


def _goes_on(lines: Sequence[TextLine], at: int) -> bool:
    """Whether line ``at`` holds only units that the line above asks for ("... HĐND và", "các phòng; ... Quý I")."""
    return _listed(lines, at) and unit_only(lines[at])


def _listed(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the cell on the line above ``at`` breaks off inside a list of units or inside a name with "và"."""
    above = next((line for line in reversed(lines[max(0, at - 1) : at]) if line.words), None)
    if above is None:
        return False
    words = above.words[: len(above.words) - time_size(above)]
    if not words:
        return False
    return words[-1].plain.strip("|._") == "va" or words[-1].raw.endswith((";", ","))


def divide(lines: Sequence[TextLine], anchors: Sequence[int]) -> list[tuple[int, int, int]]:
    """The best rows (first line, last line, anchor) over all ``lines``; every line goes to one row."""
    starts = [
        _NO_NAME if _crumbs_alone(line) else start_cost(line) + _CUT_OFF * _goes_on(lines, at)
        for at, line in enumerate(lines)
    ]
    unasked = [unit_only(line) and not _listed(lines, at) for at, line in enumerate(lines)]
    solid = [0]
    for line in lines:
        solid.append(solid[-1] + (not _crumbs_alone(line)))
    best: list[dict[int, tuple[float, int | None]]] = [{} for _ in anchors]
    for order, anchor in enumerate(anchors):
        begins = [0] if order == 0 else range(anchors[order - 1] + 1, anchor + 1)
        ends = [len(lines) - 1] if order == len(anchors) - 1 else range(anchor, anchors[order + 1])
        for begin in begins:
            before = 0.0
            if order:
                known = best[order - 1].get(begin - 1)
                if known is None:
                    continue
                before = known[0]
            for end in ends:
                cost = before + _cost(lines, begin, end, anchor, starts, solid, unasked)
                if end not in best[order] or cost < best[order][end][0]:
                    best[order][end] = (cost, begin)
    rows: list[tuple[int, int, int]] = []
    end = len(lines) - 1
    for order in range(len(anchors) - 1, -1, -1):
        start = best[order][end][1]
        assert start is not None  # every end kept its beginning
        rows.append((start, end, anchors[order]))
        end = start - 1
    return rows[::-1]


def read_rows(
    lines: Sequence[TextLine], is_anchor: Callable[[Sequence[TextLine], int], bool], *, ghosts: bool = True
) -> list[TextRow]:
    """The rows of a table body. ``is_anchor(lines, index)`` says whether a line holds a row's value.

    With ``ghosts``, numbered lines that fit between the numbers of the anchors make rows without a value.
    """
    rows: list[TextRow] = []
    for segment in segments(lines):
        if not segment.lines:
            continue
        anchors = [index for index in range(len(segment.lines)) if is_anchor(segment.lines, index)]
        valued = set(anchors)
        if ghosts:
            anchors = sorted(valued | set(_ghosts(segment.lines, anchors, len(rows))))
            anchors = sorted({*anchors, *_opened(segment.lines, anchors)})
            anchors = sorted({*anchors, *_unvalued(segment.lines, anchors)})
        if not anchors:
            continue
        for begin, end, anchor in divide(segment.lines, anchors):
            lines_of_row = segment.lines[begin : end + 1]
            near = [
                at for at in (anchor - begin, 0, anchor - begin - 1, anchor - begin + 1) if 0 <= at < len(lines_of_row)
            ]
            numbered = next((at for at in near if printed_number(lines_of_row[at])), None)
            taken = [
                RowLine(line, behind_number(line) if at == numbered else line.words)
                for at, line in enumerate(lines_of_row)
            ]
            number = printed_number(lines_of_row[numbered]) if numbered is not None else None
            rows.append(
                TextRow(
                    taken,
                    anchor - begin if anchor in valued else None,
                    number,
                    segment.group,
                    segment.heads if begin == 0 else None,
                )
            )
    _renumber(rows)
    return rows


def _ghosts(lines: Sequence[TextLine], anchors: Sequence[int], before: int) -> list[int]:
    """Lines that carry a row number whose row has no readable value; ``before`` is the last number of the group
    above."""
    claimed: dict[int, int] = {}
    for anchor in anchors:
        own = [at for at in (anchor, anchor - 1, anchor + 1) if 0 <= at < len(lines) and printed_number(lines[at])]
        if own:
            claimed.setdefault(own[0], anchor)
    signs = {anchor: printed_number(lines[at]) for at, anchor in claimed.items()}
    found = [NumberedLine(anchor, signs.get(anchor), True) for anchor in anchors]
    for index, line in enumerate(lines):
        number = printed_number(line)
        if number is not None and index not in claimed and index not in anchors and not _crumbs_alone(line):
            found.append(NumberedLine(index, number, False))
    return [index for index, _ in rows_among(sorted(found, key=lambda one: one.index), before)]


def _opened(lines: Sequence[TextLine], anchors: Sequence[int]) -> list[int]:
    """Lines that open a row ("100% hồ sơ ...") whose value or time nobody can read: no anchor stands between them and
    the next that opens one."""
    opening = [at for at, line in enumerate(lines) if _OPENS.match(line.raw)]
    return [
        at
        for at, following in pairwise((*opening, len(lines)))
        if not any(at - (at - 1 not in opening) <= anchor < following for anchor in anchors)
    ]


def _unvalued(lines: Sequence[TextLine], anchors: Sequence[int]) -> list[int]:
    """The middle lines of names ("Tỷ lệ ...") that have neither a number nor a value: no anchor stands before the next
    such name, and the name above has none to spare."""
    opening = [at for at, line in enumerate(lines) if opens_rate(line)]
    found: list[int] = []
    spare = False
    for at, following in pairwise((*opening, len(lines))):
        own = [anchor for anchor in anchors if at <= anchor < following]
        if not own and not spare and following < len(lines):
            found.append(at + (following - 1 - at) // 2)
        spare = len(own) > 1 and own[-1] == following - 1
    return found


def _crumbs_alone(line: TextLine) -> bool:
    """Whether nothing but crumbs stands behind the number of ``line``, and more than one."""
    words = behind_number(line)
    return len(words) > 1 and not any(is_word(word) and len(word.raw) > 1 for word in words)


def _renumber(rows: list[TextRow]) -> None:
    """Misread numbers set right by their neighbours: "o5" between 24 and 26 is 25, "191" between 18 and 20 is 19."""
    for index, row in enumerate(rows):
        if row.number and "." in row.number:
            continue
        before = number_value(rows[index - 1].number) if index and rows[index - 1].group == row.group else None
        continued = number_value(rows[index - 1].number) if index else 0
        after = number_value(rows[index + 1].number) if index + 1 < len(rows) else None
        own = number_value(row.number)
        expected = (before if before is not None else continued or 0) + 1
        if own == expected or (own == 1 and before is None):
            row.number = str(own)
        elif after == expected + 1 or own is None or own > expected + 3 or own < expected - 1:
            row.number = str(expected if before is not None or own is None or after == expected + 1 else own)
            if before is None and after == 2:
                row.number = "1"
        else:
            row.number = str(own)
