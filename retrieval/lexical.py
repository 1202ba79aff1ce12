"""BM25 over folded syllables and their pairs, one segment a plan.

A segment is a few arrays that are stored as they are and read back without work, so that a province's hundred thousand
chunks cost nothing until their plan is asked about. Statistics (how rare a term is) are taken over the plans searched.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import Terms, pairs, singles

Scores = NDArray[np.float32]

LAYOUT: Final = (
    1  # raised when the arrays, the folding or the vocabulary change meaning: stored segments are then rebuilt
)

# Chunks are short, so that a word said twice tells little more than one said once: 1.2 ranked better than 1.5, and 0.7
# to 1.2 alike.
_K1: Final = 1.2
_B: Final = 0.75
_BODY: Final = 2  # a heading's words count half of the body's own
_HEADING: Final = 1


class Ranked(NamedTuple):
    """What ``score`` finds: the BM25 scores of each segment's chunks, and how rare each term of the query is there."""

    scores: list[Scores]
    rarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Segment:
    """The terms of one plan's chunks: ``terms`` ascending, postings of term i are ``starts[i]:starts[i+1]``."""

    terms: Terms
    starts: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Number of chunks."""
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return sum(a.nbytes for a in (self.terms, self.starts, self.docs, self.counts, self.lengths))

    def to_bytes(self) -> bytes:
        """The arrays in little-endian order, behind their sizes."""
        head = struct.pack("<3I", len(self.terms), len(self.docs), len(self.lengths))
        arrays = (self.terms, self.starts, self.docs, self.counts, self.lengths)
        return head + b"".join(a.astype(a.dtype.newbyteorder("<")).tobytes() for a in arrays)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Segment:
        """The reverse of ``to_bytes``. Raises ValueError for bytes that are not a whole segment."""
        if len(stored) < 12:
            raise ValueError("a stored segment is cut short")
        terms, postings, chunks = struct.unpack_from("<3I", stored)
        if len(stored) != 12 + 8 * terms + 4 * (terms + 1) + 5 * postings + 4 * chunks:
            raise ValueError("a stored segment has the wrong length")
        at = 12

        def take(kind: str, count: int) -> NDArray[np.generic]:
            nonlocal at
            array = np.frombuffer(stored, dtype=kind, count=count, offset=at)
            at += array.nbytes
            return array

        return cls(
            take("<u8", terms).astype(np.uint64, copy=False),
            take("<u4", terms + 1).astype(np.uint32, copy=False),
            take("<u4", postings).astype(np.uint32, copy=False),
            take("<u1", postings).astype(np.uint8, copy=False),
            take("<f4", chunks).astype(np.float32, copy=False),
        )


def build(passages: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Segment:
    """A segment of chunks, each given as its own syllables and those of the headings it stands under."""
    keys: list[Terms] = []
    docs: list[NDArray[np.uint32]] = []
    weights: list[NDArray[np.uint8]] = []
    sizes: list[float] = []
    for doc, (body, heading) in enumerate(passages):
        alone, above = singles(body), singles(heading)
        own = np.concatenate([alone, pairs(alone)])
        far = np.concatenate([above, pairs(above)])
        sizes.append(len(own) + len(far) * _HEADING / _BODY)
        keys += [own, far]
        docs.append(np.full(len(own) + len(far), doc, dtype=np.uint32))
        weights += [np.full(len(own), _BODY, dtype=np.uint8), np.full(len(far), _HEADING, dtype=np.uint8)]
    lengths = np.array(sizes, dtype=np.float32)
    if not keys:
        return Segment(
            np.empty(0, np.uint64), np.zeros(1, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint8), lengths
        )
    key, doc_of, weight = np.concatenate(keys), np.concatenate(docs), np.concatenate(weights)
    order = np.argsort(key, kind="stable")  # the chunks are in order already
    key, doc_of, weight = key[order], doc_of[order], weight[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = (key[1:] != key[:-1]) | (doc_of[1:] != doc_of[:-1])
    at = np.flatnonzero(first)
    times = np.add.reduceat(weight, at, dtype=np.uint32) if len(at) else np.empty(0, np.uint32)
    counts = np.minimum(times, 255).astype(np.uint8)
    key, doc_of = key[at], doc_of[at]
    vocabulary, starts = np.unique(key, return_index=True)
    return Segment(vocabulary, np.append(starts, len(key)).astype(np.uint32), doc_of.astype(np.uint32), counts, lengths)


def score(segments: Sequence[Segment], query: Terms, weights: NDArray[np.float32]) -> Ranked:
    """BM25 of every chunk of every segment for the terms ``query``, each counted with its weight."""
    total = sum(s.size for s in segments)
    out = [np.zeros(s.size, dtype=np.float32) for s in segments]
    if not total or not len(query):
        return Ranked(out, np.zeros(len(query), dtype=np.float32))
    mean = max(1.0, float(sum(float(s.lengths.sum()) for s in segments)) / total)
    found = np.zeros(len(query), dtype=np.float64)
    places: list[NDArray[np.intp]] = []
    for segment in segments:
        place = np.searchsorted(segment.terms, query)
        inside = place < len(segment.terms)
        known = np.zeros(len(query), dtype=bool)
        known[inside] = segment.terms[place[inside]] == query[inside]
        place = np.where(known, place, -1)
        found[known] += segment.starts[place[known] + 1] - segment.starts[place[known]]
        places.append(place)
    rarity = np.log1p((total - found + 0.5) / (found + 0.5))
    for segment, place, scores in zip(segments, places, out, strict=True):
        norm = _K1 * (1 - _B + _B * segment.lengths / mean)
        for term in np.flatnonzero(place >= 0):
            a, b = segment.starts[place[term]], segment.starts[place[term] + 1]
            docs = segment.docs[a:b]
            times = segment.counts[a:b].astype(np.float32) / _BODY
            scores[docs] += (weights[term] * rarity[term]) * times * (_K1 + 1) / (times + norm[docs])
    return Ranked(out, rarity.astype(np.float32))
