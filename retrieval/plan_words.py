"""The words of a plan's places as numbers: which places hold a word, or two words side by side.

A province asks about a hundred plans of a thousand places each. Sets of words for every place would take 20 MB a plan
and half a second; this takes a fraction of a megabyte and some twenty milliseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

# The words of each heading, and the places under it.
Headings = list[tuple[frozenset[str], NDArray[np.int64]]]


class PlanWords:
    """The search words of every place, in order. Immutable once built; share it freely."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._number: dict[str, int] = {}
        self._sequences: list[array[int]] = []
        holders: list[array[int]] = []
        for place, words in enumerate(texts):
            sequence = array("I", (self._number.setdefault(word, len(self._number)) for word in words))
            while len(holders) < len(self._number):
                holders.append(array("I"))
            for number in set(sequence):
                holders[number].append(place)
            self._sequences.append(sequence)
        self._holders = [np.array(places, dtype=np.uint32) for places in holders]
        self._spelled = tuple(self._number)

    def __len__(self) -> int:
        return len(self._sequences)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """All words of the plan."""
        return self._spelled

    def of(self, place: int) -> list[str]:
        """The words of one place, in order."""
        return [self._spelled[number] for number in self._sequences[place]]

    def knows(self, word: str) -> bool:
        """Whether any place holds ``word``."""
        return word in self._number

    def holders(self, word: str) -> NDArray[np.uint32]:
        """The places that hold ``word``, ascending."""
        number = self._number.get(word)
        return np.empty(0, dtype=np.uint32) if number is None else self._holders[number]

    def holds(self, run: Sequence[str]) -> list[int]:
        """The places in which the words of ``run`` stand one behind the other."""
        numbers = [self._number.get(word) for word in run]
        if not run or None in numbers:
            return []
        places = self.holders(run[0])
        for word in run[1:]:
            places = np.intersect1d(places, self.holders(word), assume_unique=True)
        wanted = array("I", (number for number in numbers if number is not None)).tobytes()
        width = array("I").itemsize
        return [int(place) for place in places if _within(wanted, self._sequences[place].tobytes(), width)]

    def weigh(self, weights: Mapping[str, float], above: Headings, share: float) -> NDArray[np.float64]:
        """For every place the weight of the words that it holds, and ``share`` of those that stand only above it."""
        score = np.zeros(len(self))
        for word, weight in weights.items():
            here = np.zeros(len(self), dtype=bool)
            here[self.holders(word)] = True
            score[here] += weight
            over = [places for words, places in above if word in words]
            if over:
                higher = np.zeros(len(self), dtype=bool)
                higher[np.concatenate(over)] = True
                score[higher & ~here] += share * weight
        return score


def _within(wanted: bytes, held: bytes, width: int) -> bool:
    """Whether the numbers of ``wanted`` stand in ``held``, at the border of a number."""
    at = held.find(wanted)
    while at >= 0 and at % width:
        at = held.find(wanted, at + 1)
    return at >= 0


def headings(above: Iterable[frozenset[str]]) -> Headings:
    """The places under each heading, from the words above every place; neighbours share the very same set."""
    places: dict[int, tuple[frozenset[str], list[int]]] = {}
    for place, words in enumerate(above):
        places.setdefault(id(words), (words, []))[1].append(place)
    return [(words, np.array(held)) for words, held in places.values()]
