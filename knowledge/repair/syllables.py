"""The language: how often a syllable, a pair and a triple of syllables occur in official Vietnamese.

Counted in 11 million syllables of public official texts (lower case, old tone placement, cut at punctuation and digits;
the cut is the syllable ``CUT``). ``knowledge.repair.learn`` packs the counts, ``language()`` unpacks them once.
"""

from __future__ import annotations

import gzip
import sys
from array import array
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate, pairwise
from typing import Final

from knowledge.repair.fold import strip_marks

CUT: Final = "<s>"
FIGURE: Final = "<n>"  # a figure after a word ("đạt 60%"); what follows a figure starts anew, as after a cut
PACKED: Final = "language.gz"

# A syllable's number fits 13 bits (6,993 of them), so a pair fits 32 bits, and so does (place of the pair, syllable).
SHIFT: Final = 13

# Interpolation of triple, pair and single counts: restores 98.7 % of the syllables of plans that were not counted.
_TRIPLE, _PAIR, _SINGLE = 0.6, 0.36, 0.04


class Language:
    """Interpolated trigram probabilities over syllable numbers; build it with ``language()``.

    A state of the past is (number of the last syllable, place of the last pair or -1). ``singles``, ``pairs`` and
    ``triples`` hold the already weighted summands of the probability, so that a caller in a hot loop only adds.
    """

    def __init__(self, spelled: list[str], counts: list[int], pairs: _Packed, triples: _Packed) -> None:
        self.spelled = spelled
        self.counts = counts
        self.number = {syllable: n for n, syllable in enumerate(spelled)}
        self.cut = self.number[CUT]
        self.figure = self.number[FIGURE]
        total = sum(counts)
        self.singles = [_SINGLE * count / total for count in counts]
        self.place_of_pair = dict(zip(pairs.keys, range(len(pairs.keys)), strict=True))
        weights = [_PAIR / count for count in counts]
        self.pairs = [weights[key >> SHIFT] * count for key, count in zip(pairs.keys, pairs.counts, strict=True)]
        share = [_TRIPLE / count for count in pairs.counts]
        self.triples = {
            key: share[key >> SHIFT] * count for key, count in zip(triples.keys, triples.counts, strict=True)
        }

    def probability(self, last: int, pair: int, syllable: int) -> float:
        """P(``syllable`` after the state (``last``, ``pair``)); never zero for a known syllable."""
        p = self.singles[syllable]
        place = self.place_of_pair.get(last << SHIFT | syllable)
        if place is not None:
            p += self.pairs[place]
        if pair >= 0:
            p += self.triples.get(pair << SHIFT | syllable, 0.0)
        return p

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


class _Packed:
    """Ascending 32-bit keys with their counts."""

    def __init__(self, keys: list[int], counts: list[int]) -> None:
        self.keys = keys
        self.counts = counts


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
    numbers = array("I")
    numbers.frombytes(body)
    if sys.byteorder == "big":
        numbers.byteswap()
    ends = list(accumulate((pair_size, pair_size, triple_size, triple_size), initial=0))
    steps_p, counts_p, steps_t, counts_t = (numbers[a:b] for a, b in pairwise(ends))
    return Language(
        spelled.decode().split(" "),
        [int(count) for count in counts.split()],
        _Packed(list(accumulate(steps_p)), counts_p.tolist()),
        _Packed(list(accumulate(steps_t)), counts_t.tolist()),
    )


@cache
def language() -> Language:
    """The counts that come with the program; read on the first call (about 0.15 s), shared afterwards."""
    return unpack(resources.files("knowledge.repair.counts").joinpath(PACKED).read_bytes())
