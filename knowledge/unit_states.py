"""The words of units, one by one: which units may be begun, gone on with and done behind each word of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from knowledge.plain import plain
from knowledge.units import KnownUnit, UnitLexicon, alike

SKIP = -1.0  # one junk word passed over
SIGN = -0.2  # one sign without a letter ("-" of "Văn hóa - Xã hội", a rule between cells)
CUT = 0.1  # the first letter of an expected word, alone
_REMEMBERED = 30  # words of a part whose every beginning is kept: the parts of one line begin alike


class UnitState(NamedTuple):
    """How far a unit cell is read: the unit begun, its words so far, the units done, words taken at each line's end."""

    unit: KnownUnit | None = None
    position: int = 0
    done: tuple[str, ...] = ()
    tails: tuple[int, ...] = ()
    score: float = 0.0
    missed: int = 0  # words of the unit that were passed over as misread


class UnitStates:
    """Reads the words of a cell of units. Keeps what it has seen, so that one serves a whole table; ``seen`` are the
    names of units that the table is known to repeat."""

    def __init__(self, lexicon: UnitLexicon) -> None:
        self.lexicon = lexicon
        self.seen: frozenset[str] = frozenset()
        self._starting: dict[str, list[KnownUnit]] = {}
        self._glued: dict[str, list[KnownUnit]] = {}
        self._begins: dict[tuple[str, str], dict[KnownUnit, tuple[bool, float]]] = {}
        self._steps: dict[tuple[int, int, int, str, str], tuple[int, float, int] | None] = {}
        self._after: dict[tuple[object, ...], dict[tuple[tuple[str, str], ...], list[UnitState]]] = {}

    def starting(self, word: str) -> list[KnownUnit]:
        """The units that ``word`` may begin, or hold whole."""
        if word not in self._starting:
            self._starting[word] = self.lexicon.starting_like(word) if len(word) > 1 else []
            self._glued[word] = self.lexicon.glued(word) if len(word) > 4 else []
        return self._starting[word] or self._glued[word]

    def after(self, state: UnitState, tokens: tuple[tuple[str, str], ...], *, fixed: bool) -> list[UnitState]:
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
        return best_states(following)

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
            self.starting(word)
            self.starting(printed)
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


def best_states(states: list[UnitState], keep: int = KEPT) -> list[UnitState]:
    """The most likely states, one for each (unit, position, tails), best first."""
    if len(states) < 2:
        return states
    unique: dict[tuple[object, ...], UnitState] = {}
    for state in states:
        key = (id(state.unit), state.position, state.done, state.tails, state.missed)
        if key not in unique or unique[key].score < state.score:
            unique[key] = state
    return sorted(unique.values(), key=_score, reverse=True)[:keep]
