"""Cells of a unit column in a table without columns: which words at the ends of a row's lines name the lead unit.

A unit's name is broken over the lines of its row ("Trung tâm Phục vụ" / "hành chính công"), each part at the end of a
line. The known units say where a part may begin and how it must go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge.collocations import bound
from knowledge.manuscript import Word
from knowledge.plain import plain
from knowledge.unit_states import UnitState, UnitStates, best_states
from knowledge.units import KnownUnit, UnitLexicon, alike

LONGEST_TAIL = 9  # words of one line that may belong to the unit column
GAP = -2.5  # a line inside a unit's name that holds nothing of it
FULL_GAP = -1.5  # the same, where the line ends with an expression of the name ("... kỹ năng số cơ bản")
SPLIT = -5.0  # a cell that begins inside an expression ("cơ | bản")
LONGEST_SHATTERED = 5  # words that a scan makes of a unit's first two to four ("SAO Khoa Ah ocva")
SHORTEST_SHATTERED = 8  # letters
SHATTERED_ALIKE = 60.0  # of 100; only units that the table names elsewhere are compared
_JUNK = re.compile(r"^[^A-Za-zÀ-ỹĐđ]*$|^.$")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """The units of a row, and for each of its lines how many words at the end belong to them. ``score`` 0: nothing
    found."""

    names: tuple[str, ...]
    tails: tuple[int, ...]
    score: float


_PARTS = re.compile(r"[^a-z0-9]+")
_DEPARTMENT = re.compile(r"^[5S$][06]$")  # "Sở" as a wrong-model scan prints it: in a unit column no figure stands


def readings_of(words: Sequence[Word]) -> list[tuple[str, str]]:
    """The plain words of ``words`` as mended, each beside its plain form as printed: either may be the nearer one."""
    return [reading for word in words for reading in _readings(word.plain, word.raw)]


@lru_cache(maxsize=16384)
def _readings(mended: str, raw: str) -> list[tuple[str, str]]:
    if _DEPARTMENT.match(raw):
        return [("so", "so")]
    parts = [part for part in _PARTS.split(mended) if part]
    printed = [part for part in _PARTS.split(plain(raw)) if part]
    return list(zip(parts, printed if len(parts) == len(printed) else parts, strict=True)) or [("", "")]


class _Shattered(NamedTuple):
    """The first ``position`` words of ``unit`` in the last ``size`` words of a line, wrongly spaced."""

    unit: KnownUnit
    position: int
    size: int
    gain: float


def _after(state: UnitState, one: _Shattered) -> UnitState:
    return state._replace(unit=one.unit, position=one.position, missed=0)


class UnitCellReader:
    """Finds the unit cell of a row. Keeps what it has seen, so that one reader serves a whole table."""

    def __init__(self, lexicon: UnitLexicon) -> None:
        self.lexicon = lexicon
        self._states = UnitStates(lexicon)

    @property
    def seen(self) -> frozenset[str]:
        """The names of the units that the table is known to repeat."""
        return self._states.seen

    @seen.setter
    def seen(self, names: frozenset[str]) -> None:
        self._states.seen = names

    def read(self, lines: Sequence[Sequence[Word]], anchor: int | None, tail_at: int | None) -> UnitCell:
        """The units named at the line ends. On line ``anchor`` exactly the words from ``tail_at`` belong to them."""
        states = [UnitState()]
        for index, words in enumerate(lines):
            following: list[UnitState] = []
            if index == anchor and tail_at is not None:
                tail = readings_of(words[tail_at:])
                following = [
                    step for state in states for step in self._tail(state, tail, len(words) - tail_at, fixed=True)
                ]
                following = following or [self._skipped(state, 0, -4.0) for state in states]
            else:
                readings = [readings_of([word]) for word in words[-LONGEST_TAIL:]]
                cuts = self._cuts(words, len(readings))
                shattered = self._shattered(readings)
                gap = FULL_GAP if len(words) > 1 and bound(words[-2].text, words[-1].text) else GAP
                for state in states:
                    following.append(self._skipped(state, 0, gap if state.unit else 0.0))
                    if state.unit is None:
                        following.extend(self._skipped(_after(state, one), one.size, one.gain) for one in shattered)
                    for at, first in enumerate(readings):
                        if self.may_begin(state, first, readings[at + 1] if at + 1 < len(readings) else ()):
                            tail = [reading for word in readings[at:] for reading in word]
                            found = self._tail(state, tail, len(readings) - at, fixed=False)
                            following.extend(
                                now._replace(score=now.score + cuts[at]) if cuts[at] and now.unit is not None else now
                                for now in found
                            )
            states = best_states(following)
        finished = [self.finish(state) for state in states]
        best = max(finished, key=lambda state: state.score, default=None)
        if best is None or best.score <= 0:
            return UnitCell((), tuple(0 for _ in lines), 0.0)
        return UnitCell(tuple(dict.fromkeys(best.done)), best.tails, best.score)

    @staticmethod
    def _cuts(words: Sequence[Word], size: int) -> list[float]:
        """What it costs to begin a part of the cell at each of the last ``size`` words where it finishes no unit: an
        expression is seldom cut."""
        first = len(words) - size
        return [SPLIT if at and bound(words[at - 1].text, words[at].text) else 0.0 for at in range(first, len(words))]

    def _shattered(self, readings: Sequence[Sequence[tuple[str, str]]]) -> list[_Shattered]:
        """The beginnings of units of this table that the end of a line holds with its letters wrongly spaced."""
        if not self.seen:
            return []
        trusted = [unit for unit in self.lexicon.known if unit.name in self.seen]
        found: list[_Shattered] = []
        for size in range(1, min(LONGEST_SHATTERED, len(readings)) + 1):
            for glued in {"".join(word[kind] for part in readings[-size:] for word in part) for kind in (0, 1)}:
                for unit in trusted if len(glued) >= SHORTEST_SHATTERED else ():
                    if unit.words[0][0] != glued[0]:
                        continue
                    for position in range(2, len(unit.words)):
                        beginning = "".join(unit.words[:position])
                        if abs(len(beginning) - len(glued)) <= 2 and fuzz.ratio(beginning, glued) >= SHATTERED_ALIKE:
                            found.append(_Shattered(unit, position, size, 0.1 * len(glued)))
        return found

    def may_begin(
        self, state: UnitState, first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]] = ()
    ) -> bool:
        """Whether the part of the cell on this line may begin with the word read as ``first``; ``second`` follows it
        and must go on the unit where ``first`` is misread."""
        if not first or not first[0][0]:
            return False
        word, printed = first[0]
        if state.unit is not None:
            expected = state.unit.words[state.position]
            if alike(expected, word) or alike(expected, printed) or word == expected[: len(word)] != "":
                return True
            goes_on = state.unit.words[state.position + 1 : state.position + 2]
            return bool(second and goes_on) and len(goes_on[0]) > 1 and goes_on[0] in second[0]
        return bool(self._states.starting(word) or self._states.starting(printed))

    @staticmethod
    def _skipped(state: UnitState, size: int, cost: float) -> UnitState:
        tails = (*state.tails, size)
        return UnitState(state.unit, state.position, state.done, tails, state.score + cost, state.missed)

    @staticmethod
    def past(state: UnitState) -> UnitState:
        """``state`` after a line that holds nothing of the cell."""
        return state._replace(score=state.score - (2.5 if state.unit else 0.0))

    def tail(self, state: UnitState, tokens: Sequence[tuple[str, str]]) -> list[UnitState]:
        """The states after ``tokens``, all of them words of the cell; best first."""
        return self._tail(state, tokens, 0, fixed=False)

    def finish(self, state: UnitState) -> UnitState:
        """``state`` at the end of the row: a unit that was only begun counts as named, at a cost."""
        if state.unit is None:
            return state
        missing = len(state.unit.words) - state.position
        return UnitState(None, 0, (*state.done, state.unit.name), state.tails, state.score - 2.0 * missing)

    def _tail(self, state: UnitState, tokens: Sequence[tuple[str, str]], size: int, *, fixed: bool) -> list[UnitState]:
        """The states after the unit words of one line end; the words must be used up."""
        tails, score = (*state.tails, size), state.score
        return [
            UnitState(now.unit, now.position, now.done, tails, score + now.score, now.missed)
            for now in self._states.after(state, tuple(tokens), fixed=fixed)
            if fixed or now.score > 0
        ]
