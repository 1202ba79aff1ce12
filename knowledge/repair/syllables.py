"""The language: how often a syllable, a pair and a triple of syllables occur in official Vietnamese.

Counted in 11 million syllables of public official texts (lower case, old tone placement, cut at punctuation and digits;
the cut is the syllable ``CUT``). ``knowledge.repair.learn`` packs the counts, ``language()`` unpacks them once.
"""

from __future__ import annotations

import gzip
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.repair.fold import strip_marks

Numbers = npt.NDArray[np.intp]
Syllables = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]

CUT: Final = "<s>"
FIGURE: Final = "<n>"  # a figure after a word ("đạt 60%"); what follows a figure starts anew, as after a cut
PACKED: Final = "language.gz"

# A syllable's number fits 13 bits (6,993 of them), so a pair fits 32 bits, and so does (place of the pair, syllable).
SHIFT: Final = 13

# Interpolation of triple, pair and single counts: restores 98.7 % of the syllables of plans that were not counted.
_TRIPLE, _PAIR, _SINGLE = 0.6, 0.36, 0.04


class Language:
    """Interpolated trigram probabilities over syllable numbers; build it with ``language()``.

    A state of the past is (number of the last syllable, place of the last pair or -1). ``singles`` and ``pairs`` hold
    the already weighted summands of the probability, by syllable and by place of the pair. One word asks with plain
    numbers, a document with arrays of them.
    """

    def __init__(self, spelled: list[str], counts: list[int], pairs: _Packed, triples: _Packed) -> None:
        self.spelled = spelled
        self.counts = counts
        self.number = {syllable: n for n, syllable in enumerate(spelled)}
        self.cut = self.number[CUT]
        self.figure = self.number[FIGURE]
        counted = np.array(counts, np.float64)
        self.weights_of_syllables: Floats = _SINGLE * counted / counted.sum()
        self.weights_of_pairs: Floats = _PAIR * pairs.counts / counted[pairs.keys >> SHIFT]
        self._weights_of_triples: Floats = _TRIPLE * triples.counts / pairs.counts[triples.keys >> SHIFT]
        self._pairs, self._triples = pairs.keys, triples.keys
        # The same for one word: an element of an array is read faster than one of numpy's.
        self.singles: array[float] = array("d", self.weights_of_syllables.tobytes())
        self.pairs: array[float] = array("d", self.weights_of_pairs.tobytes())
        self._pair_keys: array[int] = array("I", pairs.keys.tobytes())
        self._first_pairs = np.searchsorted(pairs.keys >> SHIFT, np.arange(len(spelled) + 1)).tolist()
        self._triple_keys: array[int] = array("I", triples.keys.tobytes())

    def place_of_pair(self, last: int, syllable: int) -> int:
        """The place of a pair among ``pairs``; -1 where it was never counted."""
        key, end = last << SHIFT | syllable, self._first_pairs[last + 1]
        place = bisect_left(self._pair_keys, key, self._first_pairs[last], end)
        return place if place < end and self._pair_keys[place] == key else -1

    def places_of_pairs(self, keys: Syllables) -> Numbers:
        """``place_of_pair`` of each ``last << SHIFT | syllable``."""
        return _places(self._pairs, keys)

    def has_triple(self, pair: int, syllable: int) -> bool:
        """Whether the syllable was counted behind the pair at that place."""
        key = pair << SHIFT | syllable
        place = bisect_left(self._triple_keys, key)
        return place < len(self._triple_keys) and self._triple_keys[place] == key

    def triples_of(self, keys: Syllables) -> Floats:
        """What each triple ``pair << SHIFT | syllable`` adds to the probability; 0 where it was never counted."""
        places = _places(self._triples, keys)
        return np.where(places >= 0, self._weights_of_triples[places], 0.0)

    def probability(self, last: int, syllable: int) -> float:
        """P(``syllable`` after ``last``) by singles and pairs; never zero for a known syllable."""
        place = self.place_of_pair(last, syllable)
        return self.singles[syllable] + (self.pairs[place] if place >= 0 else 0.0)

    def spellings(self, bare: str) -> list[int]:
        """Numbers of the syllables that read ``bare`` once marks are stripped, the most frequent first."""
        return self.by_spelling.get(bare, [])

    @cached_property
    def by_spelling(self) -> dict[str, list[int]]:
        """``spellings`` of every spelling that there is."""
        found: dict[str, list[int]] = {}
        for number, syllable in enumerate(self.spelled):
            found.setdefault(strip_marks(syllable), []).append(number)
        return found


class _Packed(NamedTuple):
    """Ascending 32-bit keys with their counts."""

    keys: Syllables
    counts: Syllables


def _places(among: Syllables, keys: Syllables) -> Numbers:
    """Where each of ``keys`` stands in the ascending array ``among``; -1 where it does not."""
    places: Numbers = among.searchsorted(keys)
    places[places == len(among)] = 0
    places[among[places] != keys] = -1
    return places


def pack(singles: dict[str, int], pairs: dict[tuple[str, str], int], triples: dict[tuple[str, str, str], int]) -> bytes:
    """The file that ``language()`` reads: a line of syllables, a line of counts, then keys (as steps) and counts.

    Raises ValueError for more syllables than 13 bits hold, KeyError for a triple whose first pair has no count.
    """
    spelled = sorted(singles, key=lambda s: (-singles[s], s))
    if len(spelled) > 1 << SHIFT:
        raise ValueError(f"{len(spelled)} syllables do not fit {SHIFT} bits")
    number = {syllable: n for n, syllable in enumerate(spelled)}
    pair_counts = sorted(((number[a] << SHIFT) | number[b], n) for (a, b), n in pairs.items())
    place = {key: at for at, (key, _) in enumerate(pair_counts)}
    triple_counts = sorted(
        (place[(number[a] << SHIFT) | number[b]] << SHIFT | number[c], n) for (a, b, c), n in triples.items()
    )
    head = (
        f"{' '.join(spelled)}\n{' '.join(str(singles[s]) for s in spelled)}\n{len(pair_counts)} {len(triple_counts)}\n"
    )
    body = b"".join(_as_bytes(pack) for counts in (pair_counts, triple_counts) for pack in _steps(counts))
    return gzip.compress(head.encode() + body, compresslevel=9, mtime=0)


def _steps(counts: list[tuple[int, int]]) -> Iterable[array[int]]:
    keys = [key for key, _ in counts]
    yield array("I", (b - a for a, b in zip([0, *keys], keys, strict=False)))
    yield array("I", (count for _, count in counts))


def _as_bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def unpack(packed: bytes) -> Language:
    """The reverse of ``pack``."""
    spelled, counts, sizes, body = gzip.decompress(packed).split(b"\n", 3)
    pair_size, triple_size = map(int, sizes.split())
    numbers = np.frombuffer(body, "<u4").astype(np.uint32)
    steps_p, counts_p, steps_t, counts_t = np.split(numbers, np.cumsum((pair_size, pair_size, triple_size)))
    return Language(
        spelled.decode().split(" "),
        [int(count) for count in counts.split()],
        _Packed(np.cumsum(steps_p, dtype=np.uint32), counts_p),
        _Packed(np.cumsum(steps_t, dtype=np.uint32), counts_t),
    )


@cache
def language() -> Language:
    """The counts that come with the program; read on the first call (about 0.05 s), shared afterwards."""
    return unpack(resources.files("knowledge.repair.counts").joinpath(PACKED).read_bytes())
