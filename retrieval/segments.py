"""The lexical segments of the plans in memory: read as they are stored, made anew where the stored one is of no use."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import structlog

from knowledge.plan import Chunk
from retrieval.lexical import LAYOUT, Segment, build
from retrieval.passages import Entry, Passages
from retrieval.terms import syllables

log = structlog.get_logger(__name__)

# An authority with its province needs two; a province's own pooled search all 97.
_CACHED: Final = 256


class Segments:
    """The segments of ``passages``, the last used ones in memory. Safe to share by threads."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._cache: OrderedDict[tuple[str, int], Segment] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, entry: Entry) -> Segment:
        """The segment of a plan's present generation."""
        identity = (entry.key, entry.generation)
        with self._lock:
            if (cached := self._cache.get(identity)) is not None:
                self._cache.move_to_end(identity)
                return cached
        segment = self._read(entry)
        with self._lock:
            for old in [i for i in self._cache if i[0] == entry.key]:
                del self._cache[old]
            self._cache[identity] = segment
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return segment

    def memory(self) -> int:
        """Bytes of the segments in memory."""
        with self._lock:
            return sum(segment.nbytes for segment in self._cache.values())

    def _read(self, entry: Entry) -> Segment:
        stored = self._passages.segment(entry.key) if entry.layout == LAYOUT else None
        if stored is not None and stored[0] == entry.generation:
            try:
                return Segment.from_bytes(stored[1])
            except ValueError:
                log.warning("segment_unreadable", plan=entry.key)
        chunks = self._passages.chunks(entry.key)
        return segment_of(chunks, words_of(chunks))


def words_of(chunks: Sequence[Chunk]) -> list[str]:
    """The search words of each chunk, with blanks between them."""
    return [" ".join(body_syllables(chunk)) for chunk in chunks]


def segment_of(chunks: Sequence[Chunk], words: Sequence[str]) -> Segment:
    """The segment of a plan's chunks and their ``words_of``."""
    return build((own.split(), syllables(" ; ".join(chunk.path))) for own, chunk in zip(words, chunks, strict=True))


def body_syllables(chunk: Chunk) -> list[str]:
    """What a chunk is found by: its words as understood, and the printed ones that the repair changed beyond marks."""
    repaired = syllables(chunk.repaired)
    if chunk.text == chunk.repaired:
        return repaired
    known = set(repaired)
    return repaired + [s for s in syllables(chunk.text) if s not in known]
