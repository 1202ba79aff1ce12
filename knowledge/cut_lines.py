"""One line of cells that stand side by side: the ways to cut it into parts, and what each costs.

Costs are in nats, so that they stand beside those of the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from knowledge.cell_words import CRUMB, OPENING, UNIT_LEAST, step_cost, syllable_of, unit_cost, unit_readings
from knowledge.manuscript import Word
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_states import UnitState


class CellKind(Enum):
    """What a column holds."""

    TEXT = "text"
    UNITS = "units"


UNLIKELY = 9.0  # between a way to cut a line and its best one
UNIT_GAIN = 2.5  # a point of the unit reader's score
_OPTIONS = 24  # ways to cut one line that are looked at
_UNIT_WORD = 5.0  # a word in a cell of units, before what it speaks for a unit; about that of a word of a text
_NO_UNIT = 3.0  # a word of units that makes up none with the words around
_WIDER = 1.0  # a letter beyond the width of the column
_NARROWER = 0.6  # a letter that a line falls short though the next word had room
_SLACK = 5.0  # letters; a scan's letters are not all of one width
_RULE = 6.0  # a printed rule within a part
_PART = 0.8  # a part: few, longer parts explain a line better
_AGAIN = 9.0  # a cell that goes on behind several lines without it
_HALF_LINE = 1.0  # behind one: cells of odd and of even heights are centred half a line apart
_BEGINS = 2.0  # a cell
_SMALL = 8.0  # a cell that begins in lower case
_BRANCHES = 8  # units that begin with the same words: offices, departments
RULES = re.compile(r"^[|\]\[]+$")
_OPENS = re.compile(r"^[^\w<>≥≤]*(?:[^\W\d_a-zà-ỹđ]|\d|[<>≥≤])")

# What has become of a cell; plain numbers, for they are compared and hashed for every way to cut a line.
AHEAD, _OPEN, _CLOSED = range(3)


class CellState(NamedTuple):
    """How far one cell is read: its last syllable, its first and last line, the letters on that line."""

    phase: int = AHEAD
    last: int | None = None
    first_line: int = 0
    last_line: int = 0
    letters: int = 0


class State(NamedTuple):
    """How far a row is read, and what its lines cut so cost."""

    cost: float
    cells: tuple[CellState, ...]
    unit: UnitState
    ends: tuple[tuple[int, ...], ...]  # for each line the ends of the parts


Read = tuple[int | None, ...]  # of each cell what the next lines depend on: its phase, its last syllable


class Part(NamedTuple):
    """The words of one cell on one line, rules at its edges left out: where they begin and end, and their letters."""

    start: int
    end: int
    letters: int


class Option(NamedTuple):
    """One way to cut a line: the ends of its parts, the parts (None: empty), what it costs whatever stands above."""

    ends: tuple[int, ...]
    parts: tuple[Part | None, ...]
    cost: float


class CutLine:
    """One line, with what does not depend on the lines above worked out once."""

    def __init__(
        self,
        words: Sequence[Word],
        kinds: Sequence[CellKind],
        widths: Sequence[float],
        reader: UnitCellReader,
        at: int,
    ) -> None:
        self._words, self._kinds, self._widths, self._reader, self._at = words, kinds, widths, reader, at
        self._numbers = [syllable_of(word) for word in words]
        self._rules = [RULES.match(word.raw) is not None for word in words]
        self._sizes = [len(word.raw) + 1 for word in words]
        self._opens = [_OPENS.match(word.raw) is not None for word in words]
        self._through = [0.0]  # the cost of the words up to here, each behind the one before it
        for index, number in enumerate(self._numbers):
            cost = step_cost(self._numbers[index - 1], number) if index else OPENING
            self._through.append(self._through[-1] + cost)
        self._units = [unit_readings(word) for word in words]
        self._alone = [0.0]  # the cost of the words up to here in a cell of units, whatever the unit
        for word, readings in zip(words, self._units, strict=True):
            self._alone.append(self._alone[-1] + unit_cost(word, readings, reader.lexicon))
        self._strange = [(b - a > UNIT_LEAST) + (b - a > CRUMB) for a, b in pairwise(self._alone)]
        self._after: dict[tuple[object, ...], list[tuple[UnitState, float]]] = {}
        self._of_part: dict[tuple[int, int], Part | None] = {}
        self._ruled = [0, *accumulate(self._rules)]
        found = sorted(self._costs(), key=itemgetter(0))[:_OPTIONS]
        self.options = [self._option(ends, cost) for cost, ends in found if cost <= found[0][0] + UNLIKELY]

    def _all(self) -> list[tuple[int, ...]]:
        """All ways to cut the words into parts, empty ones among them."""
        found: list[tuple[int, ...]] = [()]
        for _ in self._kinds[1:]:
            found = [(*ends, end) for ends in found for end in range(ends[-1] if ends else 0, len(self._words) + 1)]
        return found

    def _part(self, start: int, end: int) -> Part | None:
        key = start, end
        if key not in self._of_part:
            while start < end and self._rules[start]:
                start += 1
            while start < end and self._rules[end - 1]:
                end -= 1
            self._of_part[key] = Part(start, end, sum(self._sizes[start:end]) - 1) if start < end else None
        return self._of_part[key]

    def _costs(self) -> list[tuple[float, tuple[int, ...]]]:
        """What each way to cut the line costs, whatever stands above."""
        size = len(self._words)
        known: dict[tuple[int, int, int], tuple[float, ...]] = {}
        found = []
        for ends in self._all():
            cost, start = 0.0, 0
            for column, end in enumerate((*ends, size)):
                if start < end:
                    key = column, start, end
                    summands = known.get(key)
                    if summands is None:
                        summands = known[key] = self._summands(column, self._part(start, end))
                    for summand in summands:
                        cost += summand
                start = end
            found.append((cost, ends))
        return found

    def _summands(self, column: int, part: Part | None) -> tuple[float, ...]:
        if part is None:
            return ()
        if self._kinds[column] is CellKind.TEXT:
            words = OPENING + self._through[part.end] - self._through[part.start + 1]
        else:
            words = self._alone[part.end] - self._alone[part.start]
        rules = self._ruled[part.end] - self._ruled[part.start]
        return _PART + _RULE * rules, _WIDER * max(0.0, part.letters - self._widths[column]), words

    def _option(self, ends: tuple[int, ...], cost: float) -> Option:
        parts = tuple(self._part(start, end) for start, end in zip((0, *ends), (*ends, len(self._words)), strict=True))
        return Option(ends, parts, cost)

    def priced(self, state: State, option: Option) -> tuple[float, Read, list[tuple[UnitState, float]]]:
        """What the line cut so brings the costs of ``state`` to, what the next lines depend on of each cell, and what
        its cell of units may go on with, each at a cost of its own."""
        cost = state.cost + option.cost
        units = [(state.unit, 0.0)]
        read: list[int | None] = []
        for column, (part, cell) in enumerate(zip(option.parts, state.cells, strict=True)):
            if part is None:
                read += (_CLOSED if cell.phase == _OPEN else cell.phase, cell.last)
                continue
            if cell.phase == AHEAD:
                cost += _BEGINS if self._opens[part.start] else _BEGINS + _SMALL
            elif cell.phase == _CLOSED:
                cost += _AGAIN if self._at - cell.last_line > 2 else _HALF_LINE
            else:
                room = self._widths[column] - cell.letters - self._sizes[part.start]
                if room > _SLACK:
                    cost += _NARROWER * (room - _SLACK)
            if self._kinds[column] is CellKind.UNITS:
                cost -= self._alone[part.end] - self._alone[part.start]
                units = self._named(state.unit, part)
                read += (_OPEN, None)
            else:
                cost += step_cost(cell.last, self._numbers[part.start]) - OPENING
                read += (_OPEN, self._numbers[part.end - 1])
        return cost, tuple(read), units

    def reached(self, state: State, option: Option, cost: float, unit: UnitState, read: Read) -> State:
        """The state behind the line cut so, as ``priced``."""
        cells = [
            _passed(cell)
            if part is None
            else CellState(_OPEN, last, self._at if cell.phase == AHEAD else cell.first_line, self._at, part.letters)
            for cell, part, last in zip(state.cells, option.parts, read[1::2], strict=True)
        ]
        return State(cost, tuple(cells), unit, (*state.ends, option.ends))

    def _named(self, unit: UnitState, part: Part) -> list[tuple[UnitState, float]]:
        """The unit states behind the words of ``part``, and what these cost as words of a unit."""
        key = (id(unit.unit), unit.position, unit.done, unit.missed, part.start, part.end)
        if key not in self._after:
            bare = UnitState(unit.unit, unit.position, unit.done, missed=unit.missed)
            words = self._words[part.start : part.end]
            found: list[UnitState] = []
            if sum(self._strange[part.start : part.end]) <= 1:  # a unit is read past one crumb
                tokens = [reading for readings in self._units[part.start : part.end] for reading in readings]
                found = sorted(self._reader.tail(bare, tokens), key=lambda state: -state.score)[:_BRANCHES]
            self._after[key] = [
                (
                    UnitState(one.unit, one.position, one.done, missed=one.missed),
                    _UNIT_WORD * len(words) - UNIT_GAIN * one.score,
                )
                for one in found
            ] or [(bare, self._alone[part.end] - self._alone[part.start] + _NO_UNIT * len(words))]
        return self._after[key]


def _passed(cell: CellState) -> CellState:
    if cell.phase != _OPEN:
        return cell
    return CellState(_CLOSED, cell.last, cell.first_line, cell.last_line, cell.letters)
