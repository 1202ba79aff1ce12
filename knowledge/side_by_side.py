"""Cells of a row that stand side by side in a table without columns: which words of each line belong to which cell.

On every line the words run from the first cell's part to the last cell's. Where one part ends is found for all lines of
a row at once: a cell goes on from line to line as the language does and without gaps, it is centred in its row, its
lines but the last are full and none is wider than its column, a cell of units holds words of units, and a printed rule
always stands between two parts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from knowledge.manuscript import Word
from knowledge.repair import old_tone
from knowledge.repair.syllables import language
from knowledge.scan_junk import is_word
from knowledge.unit_cells import UnitCellReader, UnitState, readings_of
from knowledge.units import UnitLexicon, alike


class CellKind(Enum):
    """What a column holds."""

    TEXT = "text"
    UNITS = "units"


WIDEST = 34.0  # letters of a column of an upright A4 page, where the table does not tell
_KEPT = 6  # readings carried from line to line
_OPTIONS = 24  # ways to cut one line that are looked at
# Costs in nats, so that they stand beside those of the language.
_STRANGER = 8.0  # a word that the language has not counted behind the word before it
_OPENING = 5.0  # the first word of a cell: any word may open it
_UNIT_WORD = 5.0  # a word in a cell of units, before what it speaks for a unit; about that of a word of a text
_UNIT_GAIN = 2.5  # a point of the unit reader's score
_CRUMB = 4.0  # a crumb that stands for a lost unit's word
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
_FIGURED = 14.0  # a figure in a cell of units
_UNIT_LEAST = 3.5  # a word in a cell of units, at its best
_UNLIKELY = 9.0  # between a way to cut a line and its best one
_BRANCHES = 8  # units that begin with the same words: offices, departments
_NAMELESS = 20.0  # a row without its first cell
_OFF_CENTRE = 1.5  # a line between the middle of a cell and that of its row
_SHORT = 3  # letters; so short a word is like many
_RULES = re.compile(r"^[|\]\[]+$")
_FIGURE = re.compile(r"^[<>≥≤]?\d[\d.,]*%?;?$")
_OPENS = re.compile(r"^[^\w<>≥≤]*(?:[^\W\d_a-zà-ỹđ]|\d|[<>≥≤])")
_DEPARTMENT = re.compile(r"^[S5$][^\W\d_A-Z]?[&6¢éèêơởỏo0]$|^S[&éèêơởỏo0]?[&éèêơởỏo0]$")


# What has become of a cell; plain numbers, for they are compared and hashed for every way to cut a line.
_AHEAD, _OPEN, _CLOSED = range(3)


class _Text(NamedTuple):
    """How far one cell is read: its last syllable, its first and last line, the letters on that line."""

    phase: int = _AHEAD
    last: int | None = None
    first_line: int = 0
    last_line: int = 0
    letters: int = 0


class _State(NamedTuple):
    cost: float
    cells: tuple[_Text, ...]
    unit: UnitState
    ends: tuple[tuple[int, ...], ...]  # for each line the ends of the parts


_Read = tuple[int | None, ...]  # of each cell what the next lines depend on: its phase, its last syllable


def split(
    lines: Sequence[Sequence[Word]],
    kinds: Sequence[CellKind],
    reader: UnitCellReader,
    widths: Sequence[float],
    middle: int | None = None,
) -> list[list[list[Word]]]:
    """For each line the words of each column, rules left out.

    ``widths`` are letters, one for each column; ``middle`` is the line that the row is centred on, where it is known.
    At most one column holds units. Never raises; what cannot be told apart goes where it fits least badly.
    """
    states = [_State(0.0, tuple(_Text() for _ in kinds), UnitState(), ())]
    for at, words in enumerate(lines):
        line = _Line(words, kinds, widths, reader, at)
        following: dict[tuple[object, ...], _State] = {}
        least = math.inf
        for state in states:
            for option in line.options:
                if state.cost + option.cost > least + _UNLIKELY:
                    break  # the options come cheapest first
                cost, read, units = line.priced(state, option)
                for unit, more in units:
                    key = read, id(unit.unit), unit.position
                    before = following.get(key)
                    # Few of the ways to a line are the best to where they lead.
                    if before is None or cost + more < before.cost:
                        least = min(least, cost + more)
                        following[key] = line.reached(state, option, cost + more, unit, read)
        states = sorted(following.values(), key=lambda state: state.cost)[:_KEPT]
    best = min(states, key=lambda state: _finished(state, reader, middle))
    return [
        [[word for word in part if not _RULES.match(word.raw)] for part in _cut(words, ends)]
        for words, ends in zip(lines, best.ends, strict=True)
    ]


def _finished(state: _State, reader: UnitCellReader, middle: int | None) -> float:
    cost = state.cost - _UNIT_GAIN * reader.finish(state.unit._replace(score=0.0)).score
    if state.cells[0].phase == _AHEAD:
        cost += _NAMELESS
    begun = [cell for cell in state.cells if cell.phase != _AHEAD]
    centres = [(cell.first_line + cell.last_line) / 2 for cell in begun]
    if middle is None and begun:
        tallest = max(begun, key=lambda cell: cell.last_line - cell.first_line)
        centre = (tallest.first_line + tallest.last_line) / 2
    else:
        centre = float(middle or 0)
    return cost + _OFF_CENTRE * sum(max(0.0, abs(one - centre) - 0.5) for one in centres)


def _cut(words: Sequence[Word], ends: Sequence[int]) -> list[Sequence[Word]]:
    return [words[start:end] for start, end in zip((0, *ends), (*ends, len(words)), strict=True)]


class _Part(NamedTuple):
    """The words of one cell on one line, rules at its edges left out: where they begin and end, and their letters."""

    start: int
    end: int
    letters: int


class _Option(NamedTuple):
    """One way to cut a line: the ends of its parts, the parts (None: empty), what it costs whatever stands above."""

    ends: tuple[int, ...]
    parts: tuple[_Part | None, ...]
    cost: float


class _Line:
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
        self._numbers = [_syllable(word) for word in words]
        self._rules = [_RULES.match(word.raw) is not None for word in words]
        self._sizes = [len(word.raw) + 1 for word in words]
        self._opens = [_OPENS.match(word.raw) is not None for word in words]
        self._through = [0.0]  # the cost of the words up to here, each behind the one before it
        for index, number in enumerate(self._numbers):
            cost = _step(self._numbers[index - 1], number) if index else _OPENING
            self._through.append(self._through[-1] + cost)
        self._units = [_unit_readings(word) for word in words]
        self._alone = [0.0]  # the cost of the words up to here in a cell of units, whatever the unit
        for word, readings in zip(words, self._units, strict=True):
            self._alone.append(self._alone[-1] + _alone(word, readings, reader.lexicon))
        self._strange = [(b - a > _UNIT_LEAST) + (b - a > _CRUMB) for a, b in pairwise(self._alone)]
        self._after: dict[tuple[object, ...], list[tuple[UnitState, float]]] = {}
        self._of_part: dict[tuple[int, int], _Part | None] = {}
        self._ruled = [0, *accumulate(self._rules)]
        found = sorted(self._costs(), key=itemgetter(0))[:_OPTIONS]
        self.options = [self._option(ends, cost) for cost, ends in found if cost <= found[0][0] + _UNLIKELY]

    def _all(self) -> list[tuple[int, ...]]:
        """All ways to cut the words into parts, empty ones among them."""
        found: list[tuple[int, ...]] = [()]
        for _ in self._kinds[1:]:
            found = [(*ends, end) for ends in found for end in range(ends[-1] if ends else 0, len(self._words) + 1)]
        return found

    def _part(self, start: int, end: int) -> _Part | None:
        key = start, end
        if key not in self._of_part:
            while start < end and self._rules[start]:
                start += 1
            while start < end and self._rules[end - 1]:
                end -= 1
            self._of_part[key] = _Part(start, end, sum(self._sizes[start:end]) - 1) if start < end else None
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

    def _summands(self, column: int, part: _Part | None) -> tuple[float, ...]:
        if part is None:
            return ()
        if self._kinds[column] is CellKind.TEXT:
            words = _OPENING + self._through[part.end] - self._through[part.start + 1]
        else:
            words = self._alone[part.end] - self._alone[part.start]
        rules = self._ruled[part.end] - self._ruled[part.start]
        return _PART + _RULE * rules, _WIDER * max(0.0, part.letters - self._widths[column]), words

    def _option(self, ends: tuple[int, ...], cost: float) -> _Option:
        parts = tuple(self._part(start, end) for start, end in zip((0, *ends), (*ends, len(self._words)), strict=True))
        return _Option(ends, parts, cost)

    def priced(self, state: _State, option: _Option) -> tuple[float, _Read, list[tuple[UnitState, float]]]:
        """What the line cut so brings the costs of ``state`` to, what the next lines depend on of each cell, and what
        its cell of units may go on with, each at a cost of its own."""
        cost = state.cost + option.cost
        units = [(state.unit, 0.0)]
        read: list[int | None] = []
        for column, (part, cell) in enumerate(zip(option.parts, state.cells, strict=True)):
            if part is None:
                read += (_CLOSED if cell.phase == _OPEN else cell.phase, cell.last)
                continue
            if cell.phase == _AHEAD:
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
                cost += _step(cell.last, self._numbers[part.start]) - _OPENING
                read += (_OPEN, self._numbers[part.end - 1])
        return cost, tuple(read), units

    def reached(self, state: _State, option: _Option, cost: float, unit: UnitState, read: _Read) -> _State:
        """The state behind the line cut so, as ``priced``."""
        cells = [
            _passed(cell)
            if part is None
            else _Text(_OPEN, last, self._at if cell.phase == _AHEAD else cell.first_line, self._at, part.letters)
            for cell, part, last in zip(state.cells, option.parts, read[1::2], strict=True)
        ]
        return _State(cost, tuple(cells), unit, (*state.ends, option.ends))

    def _named(self, unit: UnitState, part: _Part) -> list[tuple[UnitState, float]]:
        """The unit states behind the words of ``part``, and what these cost as words of a unit."""
        key = (id(unit.unit), unit.position, unit.done, unit.missed, part.start, part.end)
        if key not in self._after:
            bare = unit._replace(score=0.0, tails=())
            words = self._words[part.start : part.end]
            found: list[UnitState] = []
            if sum(self._strange[part.start : part.end]) <= 1:  # a unit is read past one crumb
                tokens = [reading for readings in self._units[part.start : part.end] for reading in readings]
                found = sorted(self._reader.tail(bare, tokens), key=lambda state: -state.score)[:_BRANCHES]
            self._after[key] = [
                (one._replace(score=0.0, tails=()), _UNIT_WORD * len(words) - _UNIT_GAIN * one.score) for one in found
            ] or [(bare, self._alone[part.end] - self._alone[part.start] + _NO_UNIT * len(words))]
        return self._after[key]


def _alone(word: Word, readings: Sequence[tuple[str, str]], lexicon: UnitLexicon) -> float:
    """What a word costs in a cell of units, whatever the unit."""
    if _of_units(lexicon, readings):
        return _UNIT_LEAST
    if _FIGURE.match(word.raw):
        return _FIGURED
    return _STRANGER if is_word(word) else _CRUMB


def _of_units(lexicon: UnitLexicon, readings: Sequence[tuple[str, str]]) -> bool:
    """Whether a word stands in the name of any unit."""
    for bare in dict.fromkeys(reading for pair in readings for reading in pair):
        known = _by_letter(lexicon).get(bare[:1], ())
        if bare in known or (len(bare) > _SHORT and any(alike(bare, word) for word in known)):
            return True
    return False


@lru_cache(maxsize=4)
def _by_letter(lexicon: UnitLexicon) -> dict[str, tuple[str, ...]]:
    """All words of units' names, by their first letter."""
    found: dict[str, set[str]] = {}
    for unit in lexicon.known:
        for word in unit.words:
            found.setdefault(word[0], set()).add(word)
    return {letter: tuple(words) for letter, words in found.items()}


def _unit_readings(word: Word) -> list[tuple[str, str]]:
    """The word as the reader of units takes it; a short word that begins with S is a department's "Sở"."""
    return [("so", "so")] if _DEPARTMENT.match(word.raw) else readings_of([word])


def _passed(cell: _Text) -> _Text:
    if cell.phase != _OPEN:
        return cell
    return _Text(_CLOSED, cell.last, cell.first_line, cell.last_line, cell.letters)


def _syllable(word: Word) -> int | None:
    """The number of the syllable in the language; None for a word that it does not know."""
    known = language()
    text = word.text.strip("“”\"'‘’().,;:!?|").lower()
    if any(letter.isdigit() for letter in text):
        return known.figure
    return known.number.get(old_tone(text))


@lru_cache(maxsize=65536)
def _step(last: int | None, number: int | None) -> float:
    """The cost of a syllable behind another one of its cell; behind a figure a sentence begins anew."""
    known = language()
    if number is None or last is None:
        return _OPENING
    last = known.cut if last == known.figure else last
    return min(_STRANGER, -math.log(known.probability(last, number)))
