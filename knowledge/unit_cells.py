"""Cells of a unit column in a table without columns: which words at the ends of a row's lines name the lead unit.

A unit's name is broken over the lines of its row ("Trung tâm Phục vụ" / "hành chính công"), each part at the end of a
line. The known units say where a part may begin and how it must go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge.collocations import bound
from knowledge.manuscript import Word
from knowledge.plain import plain
from knowledge.units import KnownUnit, UnitLexicon, alike

LONGEST_TAIL = 9  # words of one line that may belong to the unit column
SKIP = -1.0  # one junk word passed over
SIGN = -0.2  # one sign without a letter ("-" of "Văn hóa - Xã hội", a rule between cells)
GAP = -2.5  # a line inside a unit's name that holds nothing of it
FULL_GAP = -1.5  # the same, where the line ends with an expression of the name ("... kỹ năng số cơ bản")
SPLIT = -5.0  # a cell that begins inside an expression ("cơ | bản")
LONGEST_SHATTERED = 5  # words that a scan makes of a unit's first two to four ("SAO Khoa Ah ocva")
SHORTEST_SHATTERED = 8  # letters
SHATTERED_ALIKE = 60.0  # of 100; only units that the table names elsewhere are compared
_REMEMBERED = 30  # words of a part whose every beginning is kept: the parts of one line begin alike
CUT = 0.1  # the first letter of an expected word, alone
_JUNK = re.compile(r"^[^A-Za-zÀ-ỹĐđ]*$|^.$")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """The units of a row, and for each of its lines how many words at the end belong to them. ``score`` 0: nothing
    found."""

    names: tuple[str, ...]
    tails: tuple[int, ...]
    score: float


class UnitState(NamedTuple):
    """How far a unit cell is read: the unit begun, its words so far, the units done, words taken at each line's end."""

    unit: KnownUnit | None = None
    position: int = 0
    done: tuple[str, ...] = ()
    tails: tuple[int, ...] = ()
    score: float = 0.0
    missed: int = 0  # words of the unit that were passed over as misread


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
        self.seen: frozenset[str] = frozenset()
        self._starting: dict[str, list[KnownUnit]] = {}
        self._glued: dict[str, list[KnownUnit]] = {}
        self._begins: dict[tuple[str, str], dict[KnownUnit, tuple[bool, float]]] = {}
        self._steps: dict[tuple[int, int, int, str, str], tuple[int, float, int] | None] = {}
        self._after: dict[tuple[object, ...], dict[tuple[tuple[str, str], ...], list[UnitState]]] = {}

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
            states = _best(following)
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
        return bool(self._units_starting(word) or self._units_starting(printed))

    def _units_starting(self, word: str) -> list[KnownUnit]:
        if word not in self._starting:
            self._starting[word] = self.lexicon.starting_like(word) if len(word) > 1 else []
            self._glued[word] = self.lexicon.glued(word) if len(word) > 4 else []
        return self._starting[word] or self._glued[word]

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
            for now in self._used_up(state, tuple(tokens), fixed=fixed)
            if fixed or now.score > 0
        ]

    def _used_up(self, state: UnitState, tokens: tuple[tuple[str, str], ...], *, fixed: bool) -> list[UnitState]:
        """The states after ``tokens``, without the tails and the score of ``state``.

        What follows does not depend on how the state was reached, and many are reached in many ways; and what was found
        for the first words is gone on with.
        """
        # A lexicon keeps its units, so that their identity tells them apart.
        known = self._after.setdefault(
            (id(state.unit), state.position, state.done, state.missed, fixed, self.seen),
            {(): [UnitState(state.unit, state.position, state.done, (), 0.0, state.missed)]},
        )
        after = known.get(tokens)
        if after is not None:
            return after
        size = min(len(tokens) - 1, _REMEMBERED)
        while (after := known.get(tokens[:size])) is None:
            size -= 1
        for order in range(size, len(tokens)):
            after = self._one_more(after, *tokens[order], order=order, fixed=fixed)
            if order < _REMEMBERED:
                known[tokens[: order + 1]] = after
        known[tokens] = after
        return after

    def _one_more(
        self, begun: Sequence[UnitState], word: str, printed: str, *, order: int, fixed: bool
    ) -> list[UnitState]:
        following: list[UnitState] = []
        mark = not word or (len(word) == 1 and word != "y")
        for now in begun:
            unit = now.unit
            if mark:
                if word and unit is not None and unit.words[now.position].startswith(word):
                    # "X hội": a cell's edge or a broken mark leaves the first letter.
                    following.append(_grown(now, unit, now.position + 1, CUT, missed=now.missed))
                else:
                    following.append(_costing(now, SIGN if not word else SKIP / 2 if fixed else SKIP))
                continue
            if unit is not None:
                following.extend(self._gone_on(now, unit, word, printed))
            elif word == "va" and now.done:
                following.append(_costing(now, SKIP / 4))  # "Sở Nội vụ và các sở"
                continue
            else:
                following.extend(self._opened(now, word, printed, order=order, fixed=fixed))
            if fixed:
                following.append(_costing(now, SKIP * 2))
        return _best(following)

    def _gone_on(self, state: UnitState, unit: KnownUnit, word: str, printed: str) -> list[UnitState]:
        """The state after one more word of ``unit``; none where the word is none of its."""
        key = (id(unit), state.position, state.missed, word, printed)
        try:
            step = self._steps[key]
        except KeyError:
            step = self._steps[key] = _step(unit, state.position, state.missed, word, printed)
        return [_grown(state, unit, step[0], step[1], missed=step[2])] if step is not None else []

    def _opened(self, state: UnitState, word: str, printed: str, *, order: int, fixed: bool) -> list[UnitState]:
        """The states after a word between two units: a unit begins, or a level ("xã") ends the unit before."""
        found: list[UnitState] = []
        # Fewer, longer names explain a cell better; the cell mostly begins on the line of the value.
        cost = 0.4 + 0.6 * len(state.done) + (0.0 if fixed else 0.8)
        starting = self._begun(word, printed)
        for unit, (like, gain) in starting.items():
            if like or fixed:
                found.append(_grown(state, unit, 1, gain - cost + self._trust(unit)))
        for unit in self._glued[word]:
            found.append(_grown(state, unit, len(unit.words), 0.25 * len(word) - cost + self._trust(unit)))
        if fixed and order == 0 and len(word) > 2:
            for unit in self.lexicon.known:
                if len(unit.words) > 2 and unit.words[0][0] == word[0] and unit not in starting:
                    found.append(_grown(state, unit, 1, MISREAD - cost + self._trust(unit), missed=1))
        if order and state.done and word in _LEVELS and not plain(state.done[-1]).endswith(word):
            done = (*state.done[:-1], f"{state.done[-1]} {_LEVELS[word]}")
            found.append(UnitState(None, 0, done, state.tails, state.score + 0.8))
        return found

    def _begun(self, word: str, printed: str) -> dict[KnownUnit, tuple[bool, float]]:
        """The units that a word read in these two ways may begin; whether it is like their first word, and what it
        speaks for each."""
        key = word, printed
        if key not in self._begins:
            self._units_starting(word)
            self._units_starting(printed)
            found = self._begins[key] = {}
            for unit in self._starting[word] + self._starting[printed]:
                likeness = max(alike(unit.words[0], word), alike(unit.words[0], printed))
                found[unit] = likeness > 0, _gain(likeness or 0.6, unit.words[0])
        return self._begins[key]

    def _trust(self, unit: KnownUnit) -> float:
        return 1.0 if unit.name in self.seen else 0.0


def _step(unit: KnownUnit, position: int, missed: int, word: str, printed: str) -> tuple[int, float, int] | None:
    """How far ``unit`` is read behind one more word, what that speaks for it, and how many words are misread then;
    None where the word is none of its."""
    expected = unit.words[position]
    likeness = max(alike(expected, word), alike(expected, printed))
    if likeness:
        return position + 1, _gain(likeness, expected), missed
    if len(word) >= 5 and alike("".join(unit.words[position:]), word) >= 0.8:
        return len(unit.words), 0.2 * len(word), 0
    bearable = 2 if len(unit.words) >= LONG else 1 if len(unit.words) > 2 else 0
    if missed < bearable and abs(len(word) - len(expected)) <= 2:
        return position + 1, MISREAD, missed + 1
    return None


_LEVELS = {"xa": "xã", "phuong": "phường", "tinh": "tỉnh"}
MISREAD = -1.1  # one word of a unit that is beyond recognition
LONG = 7  # words of a unit that stays certain without two of them


def _gain(likeness: float, word: str) -> float:
    """What one word found speaks for a unit: a long word half alike must not outdo a short one that is the same."""
    return (1.5 * likeness - 0.5) * (0.5 + 0.25 * len(word))


def _grown(state: UnitState, unit: KnownUnit, position: int, gain: float, *, missed: int = 0) -> UnitState:
    """``state`` with ``unit`` read up to ``position``."""
    if position >= len(unit.words):
        return UnitState(None, 0, (*state.done, unit.name), state.tails, state.score + gain)
    return UnitState(unit, position, state.done, state.tails, state.score + gain, missed)


def _costing(state: UnitState, cost: float) -> UnitState:
    return UnitState(state.unit, state.position, state.done, state.tails, state.score + cost, state.missed)


_score = attrgetter("score")
KEPT = 36  # readings carried on: some thirty groups of offices begin with the same word


def _best(states: list[UnitState], keep: int = KEPT) -> list[UnitState]:
    """The most likely states, one for each (unit, position, tails), best first."""
    if len(states) < 2:
        return states
    unique: dict[tuple[object, ...], UnitState] = {}
    for state in states:
        key = (id(state.unit), state.position, state.done, state.tails, state.missed)
        if key not in unique or unique[key].score < state.score:
            unique[key] = state
    return sorted(unique.values(), key=_score, reverse=True)[:keep]
