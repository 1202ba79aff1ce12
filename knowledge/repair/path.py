"""The most probable path through candidates: what a sentence says, given what each of its words may be.

All stretches between two cuts are read side by side, word by word, so that each step is a few operations on arrays: a
document of 1,400 lines is read in 66 steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.repair.syllables import SHIFT, Floats, Language, Numbers, Syllables

# (syllable number, probability of what was seen given that syllable)
Candidate = tuple[int, float]

# Paths kept from word to word, and how improbable one may be beside the best. On pages that were not learned from,
# twelve paths down to 1e-6 mend one word in ten thousand; four paths down to 1e-3 lose two in a thousand.
WIDTH: Final = 6
LEAST: Final = 3e-4


def best_path(places: Sequence[Sequence[Candidate]], language: Language) -> list[int]:
    """For each place the index of its candidate on the most probable path (trigram beam search).

    Every place needs at least one candidate; ``(language.cut, 1.0)`` alone stands for punctuation,
    ``(language.figure, 1.0)`` for a figure. After either the past is forgotten. Cost grows with the number of
    candidates and with the longest stretch between two cuts, hardly with the number of stretches.
    """
    choices: Numbers = np.zeros(len(places), np.intp)
    lattice = _Lattice(places, language)
    beams, steps = _Beams.at_a_cut(len(lattice.starts), language.cut), []
    for at, active in enumerate(lattice.active):
        step = _advance(beams.first(active), lattice, lattice.rows_at(at, active), language)
        beams = step.beams
        steps.append(step)
    path: Numbers = np.zeros(len(lattice.starts), np.intp)  # of each stretch the best path, followed backwards
    for at, (active, step) in reversed(list(enumerate(zip(lattice.active, steps, strict=True)))):
        stretch = np.arange(active)
        choices[lattice.starts[:active] + at] = step.choice[stretch, path[:active]]
        path[:active] = step.parent[stretch, path[:active]]
    return [int(choice) for choice in choices]


class _Lattice:
    """The candidates of all places in flat arrays, each distinct list once, and the stretches between cuts.

    Stretches come longest first; ``active[n]`` is how many have more than ``n`` places.
    """

    def __init__(self, places: Sequence[Sequence[Candidate]], language: Language) -> None:
        distinct = {id(candidates): candidates for candidates in places}
        row = dict(zip(distinct, range(len(distinct)), strict=True))
        self._rows: Numbers = np.array([row[id(candidates)] for candidates in places], np.intp)
        self.sizes: Numbers = np.array([len(candidates) for candidates in distinct.values()], np.intp)
        self.firsts: Numbers = np.cumsum(self.sizes) - self.sizes
        listed = [candidate for candidates in distinct.values() for candidate in candidates]
        self.syllables: Syllables = np.array([syllable for syllable, _ in listed], np.uint32)
        self.seen: Floats = np.array([seen for _, seen in listed], np.float64)
        self.alone: Floats = self.seen * language.weights_of_syllables[self.syllables]
        # A candidate that is too rare alone needs a pair that was counted.
        self.suffices: npt.NDArray[np.bool_] = self.alone >= 0
        if listed:
            most = np.maximum.reduceat(self.alone, self.firsts)
            self.suffices = self.alone >= np.repeat(most * LEAST, self.sizes)
        self._cut_apart(language.cut)

    def _cut_apart(self, cut: int) -> None:
        is_cut = (self.sizes == 1) & (self.syllables[self.firsts] == cut)
        inside = np.flatnonzero(~is_cut[self._rows])
        begins = np.flatnonzero(np.diff(inside, prepend=-2) > 1)
        lengths = np.diff(begins, append=len(inside))
        longest_first = np.argsort(-lengths, kind="stable")
        self.starts: Numbers = inside[begins][longest_first]
        lengths = lengths[longest_first]
        self.active: list[int] = np.searchsorted(-lengths, -np.arange(lengths.max(initial=0)), side="left").tolist()

    def rows_at(self, at: int, active: int) -> Numbers:
        """The candidate lists of place ``at`` of the first ``active`` stretches."""
        return self._rows[self.starts[:active] + at]


class _Beams(NamedTuple):
    """The paths kept of each stretch, a row each: their probability beside the best (0: none), last syllable, and
    place of the last pair (-1: not counted)."""

    probability: Floats
    last: Syllables
    pair: Numbers

    @classmethod
    def at_a_cut(cls, stretches: int, cut: int) -> _Beams:
        shape = stretches, 1
        return cls(np.ones(shape), np.full(shape, cut, np.uint32), np.full(shape, -1, np.intp))

    def first(self, active: int) -> _Beams:
        """Those of the first ``active`` stretches."""
        return _Beams(self.probability[:active], self.last[:active], self.pair[:active])


class _Step(NamedTuple):
    """The paths behind one more place; of each the candidate taken and the path it goes on from."""

    beams: _Beams
    choice: Numbers
    parent: Numbers


def _advance(beams: _Beams, lattice: _Lattice, rows: Numbers, language: Language) -> _Step:
    """Every path goes on with every candidate of its stretch's next place (list ``rows``); the best are kept."""
    stretches = len(rows)
    stretch, parent = np.nonzero(beams.probability)
    reached, pair = beams.probability[stretch, parent], beams.pair[stretch, parent]
    sizes = lattice.sizes[rows[stretch]]
    ends = np.cumsum(sizes)
    origin = np.repeat(np.arange(len(stretch)), sizes)  # the path that each way on comes from
    taken = np.arange(ends[-1]) + np.repeat(lattice.firsts[rows[stretch]] - (ends - sizes), sizes)
    keys = (beams.last[stretch, parent] << SHIFT)[origin] | lattice.syllables[taken]
    place = language.places_of_pairs(keys)
    counted = place >= 0
    p = lattice.alone[taken]
    p[counted] += lattice.seen[taken[counted]] * language.weights_of_pairs[place[counted]]
    p[~(counted | lattice.suffices[taken])] = 0.0
    p *= reached[origin]
    # A triple adds at most P(seen); what stays too rare even so is on no path that is kept.
    best = np.maximum.reduceat(p, (ends - sizes)[np.searchsorted(stretch, np.arange(stretches))])
    bound = p + np.where(counted & (pair >= 0)[origin], lattice.seen[taken] * reached[origin], 0.0)
    live = np.flatnonzero(bound >= (best * LEAST)[stretch][origin])
    origin, taken, keys, place, p = origin[live], taken[live], keys[live], place[live], p[live]

    asked = np.flatnonzero((place >= 0) & (pair[origin] >= 0))
    triple = (pair[origin[asked]] << SHIFT).astype(np.uint32) | lattice.syllables[taken[asked]]
    p[asked] += language.triples_of(triple) * lattice.seen[taken[asked]] * reached[origin[asked]]
    of = stretch[origin]
    p /= np.maximum.reduceat(p, np.searchsorted(of, np.arange(stretches)))[of]

    syllables = lattice.syllables[taken]
    # What follows a figure does not depend on what came before it.
    figure = syllables == language.figure
    keys[figure], place[figure] = syllables[figure], -1
    kept, rank = _kept(p, keys, of)
    origin, taken, place, of, p = origin[kept], taken[kept], place[kept], of[kept], p[kept]
    last = np.where(figure[kept], np.uint32(language.cut), syllables[kept])
    shape = stretches, int(rank.max()) + 1
    after = _Beams(np.zeros(shape), np.zeros(shape, np.uint32), np.full(shape, -1, np.intp))
    after.probability[of, rank], after.last[of, rank], after.pair[of, rank] = p, last, place
    choice, back = np.zeros(shape, np.intp), np.zeros(shape, np.intp)
    choice[of, rank], back[of, rank] = taken - lattice.firsts[rows[of]], parent[origin]
    return _Step(after, choice, back)


def _kept(p: Floats, keys: Syllables, of: Numbers) -> tuple[Numbers, Numbers]:
    """The ways on that are kept, best first within each stretch, and their rank there: of those with the same pair the
    best alone, for they go on alike."""
    likely = np.flatnonzero(p >= LEAST)
    order = likely[np.lexsort((-p[likely], keys[likely], of[likely]))]
    same = (np.diff(of[order], prepend=-1) == 0) & (keys[order] == np.roll(keys[order], 1))
    order = order[~same]
    order = order[np.lexsort((-p[order], of[order]))]
    rank = np.arange(len(order)) - np.searchsorted(of[order], of[order])
    return order[rank < WIDTH], rank[rank < WIDTH]
