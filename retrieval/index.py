"""The index of plan passages: what is near a question, by its words first and by its meaning second.

The lexical half always works. Vectors are added where an embedding is given and answers; their absence, a broken model
or a broken Chroma folder only costs paraphrases. ``PlanIndex`` may be open in several processes: one writes, the others
notice.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import structlog
from numpy.typing import NDArray

from knowledge.plan import Chunk, Plan
from knowledge.repair.diacritics import restore_diacritics
from retrieval.embeddings import Embedding
from retrieval.fusion import best, fused
from retrieval.lexical import LAYOUT, Scores, Segment, build, score
from retrieval.passages import Entry, Passages
from retrieval.terms import Terms, syllables, terms
from retrieval.vectors import Near, Vectors

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]

# A question longer than this holds a pasted text; its beginning says what is asked, and time stays bounded.
MAX_QUESTION: Final = 1_000
# How much a standardised cosine counts beside a standardised BM25 score (0.3 to 0.5 was best on damaged plans).
DENSE_WEIGHT: Final = 0.4
# How many of the best of either kind are compared; beyond this rank nothing ever came first.
_POOL: Final = 100
# Segments in memory: an authority with its province needs two, a province's own pooled search all 97.
_CACHED: Final = 256
_EMBED_BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class Hit:
    """One chunk found. ``parts`` holds the raw ``lexical`` score and, where there is one, the ``dense`` cosine."""

    chunk: Chunk
    key: str
    position: int
    score: float
    parts: dict[str, float]


class PlanIndex:
    """The index below ``folder``. Cheap to open; safe to share by threads."""

    def __init__(
        self,
        folder: Path,
        embedding: Embedding | None = None,
        *,
        dense_weight: float = DENSE_WEIGHT,
        chroma_server: str | None = None,
    ) -> None:
        self._passages = Passages(folder)
        self._embedding, self._dense_weight = embedding, dense_weight
        self._vectors = Vectors(folder / "chroma", embedding.fingerprint, server=chroma_server) if embedding else None
        self._cache: OrderedDict[tuple[str, int], Segment] = OrderedDict()
        self._lock = threading.Lock()
        self._vector_state: tuple[tuple[str, int], ...] = ()
        self.dense_trouble: str | None = None

    @property
    def dense(self) -> bool:
        """Whether meaning is searched, too: an embedding is given and worked when last used."""
        return self._embedding is not None and self.dense_trouble is None

    def close(self) -> None:
        """Close the files."""
        self._passages.close()

    def entries(self) -> dict[str, Entry]:
        """The plans of the index by key."""
        return self._passages.entries()

    def passages(self, key: str) -> list[Chunk]:
        """All chunks of a plan, in the order of the document."""
        return self._passages.chunks(key)

    def replace(self, key: str, plan: Plan, *, file_name: str, authority: str, vectors: bool = True) -> None:
        """Put ``plan`` under ``key`` instead of what was there.

        The words can be searched once this returns from its first, short step; the vectors follow (20 chunks a second).
        With ``vectors=False`` they are left to a later ``embed_pending``.
        """
        segment = _segment(plan.chunks)
        self._passages.replace(
            key,
            plan.chunks,
            segment.to_bytes(),
            layout=LAYOUT,
            file_name=file_name,
            authority=authority,
            number=plan.document.number,
        )
        if vectors:
            self.embed_pending(keys=[key])

    def remove(self, key: str) -> None:
        """Forget a plan; an unknown key is no error."""
        had_vectors = (entry := self.entries().get(key)) is not None and entry.model is not None
        self._passages.remove(key)
        if had_vectors and self._vectors is not None:
            self._dense(lambda vectors: vectors.forget(key))

    def embed_pending(self, progress: Progress | None = None, *, keys: Collection[str] | None = None) -> int:
        """Make the vectors that are missing or of another model; returns the number of chunks embedded.

        What a crash left half-written is dropped first. ``progress(done, of)`` counts chunks.
        """
        embedding, store = self._embedding, self._vectors
        if embedding is None or store is None:
            return 0
        entries = self.entries()
        pending = [e for e in entries.values() if e.model != embedding.fingerprint and (keys is None or e.key in keys)]
        total, done = sum(e.size for e in pending), 0
        for entry in pending:
            if not self._dense(partial(Vectors.forget, key=entry.key)):
                return done
            chunks = self._passages.chunks(entry.key)
            for at in range(0, len(chunks), _EMBED_BATCH):
                batch = chunks[at : at + _EMBED_BATCH]

                def embed(vectors: Vectors, entry: Entry = entry, at: int = at, batch: list[Chunk] = batch) -> None:
                    texts = [_embedded_text(chunk) for chunk in batch]
                    vectors.add(entry.key, entry.generation, at, embedding.embed_documents(texts))

                if not self._dense(embed):
                    return done
                done += len(batch)
                if progress:
                    progress(done, total)
            self._passages.embedded(entry.key, entry.generation, embedding.fingerprint)
        self._vector_state = self._embedded()  # our own writing needs no reopening
        return done

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make every segment and vector anew from the stored chunks; ``progress(done, of)`` counts chunks."""
        entries = list(self.entries().values())
        total, done = sum(e.size for e in entries) * (2 if self._vectors else 1), 0
        for entry in entries:
            chunks = self._passages.chunks(entry.key)
            self._passages.replace(
                entry.key,
                chunks,
                _segment(chunks).to_bytes(),
                layout=LAYOUT,
                file_name=entry.file_name,
                authority=entry.authority,
                number=entry.number,
            )
            done += entry.size
            if progress:
                progress(done, total)
        if self._vectors is not None and self._dense(lambda vectors: vectors.start_over()):
            self.embed_pending((lambda n, of: progress(done + n, done + of)) if progress else None)

    def search(
        self, question: str, *, keys: Collection[str] | None = None, k: int = 10, dense: bool = True
    ) -> list[Hit]:
        """The ``k`` best chunks of the plans ``keys`` (None: all), best first; nothing shared, nothing found."""
        words = syllables(question[:MAX_QUESTION], question=True)
        scope = self._scope(keys)
        if not words or not scope or k < 1:
            return []
        lexical = self.lexical_scores(words, [entry.key for entry in scope])
        pool = best(lexical, max(_POOL, k))
        near: dict[tuple[str, int], float] = {}
        if dense and self._embedding is not None:
            near = self._nearest(question[:MAX_QUESTION], scope, keys, max(_POOL, k))
            pool |= near.keys()
        return self._fused(pool, scope, lexical, near, k)

    def memory(self) -> int:
        """Bytes of the lexical segments in memory."""
        with self._lock:
            return sum(segment.nbytes for segment in self._cache.values())

    def lexical_scores(self, words: Sequence[str], keys: Sequence[str]) -> dict[str, Scores]:
        """The BM25 score of every chunk of the plans ``keys`` for a run of syllables."""
        entries = self.entries()
        segments = [self._loaded(entries[key]) if key in entries else build([], []) for key in keys]
        query, weights = _weighted(words)
        return dict(zip(keys, score(segments, query, weights), strict=True))

    def _scope(self, keys: Collection[str] | None) -> list[Entry]:
        entries = self.entries()
        return list(entries.values()) if keys is None else [entries[k] for k in sorted(set(keys)) if k in entries]

    def _loaded(self, entry: Entry) -> Segment:
        key = entry.key
        identity = (key, entry.generation)
        with self._lock:
            if (cached := self._cache.get(identity)) is not None:
                self._cache.move_to_end(identity)
                return cached
        segment = self._read(entry)
        with self._lock:
            for old in [i for i in self._cache if i[0] == key]:
                del self._cache[old]
            self._cache[identity] = segment
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return segment

    def _read(self, entry: Entry) -> Segment:
        stored = self._passages.segment(entry.key) if entry.layout == LAYOUT else None
        if stored is not None and stored[0] == entry.generation:
            try:
                return Segment.from_bytes(stored[1])
            except ValueError:
                log.warning("segment_unreadable", plan=entry.key)
        return _segment(self._passages.chunks(entry.key))

    def _nearest(
        self, question: str, scope: Sequence[Entry], keys: Collection[str] | None, count: int
    ) -> dict[tuple[str, int], float]:
        embedding = self._embedding
        assert embedding is not None
        current = {e.key: e.generation for e in scope if e.model == embedding.fingerprint}
        if not current:
            return {}
        self._notice_writers()
        found: list[Near] = []

        def ask(vectors: Vectors) -> None:
            # A model of Vietnamese hardly knows words typed without diacritics.
            vector = embedding.embed_query(restore_diacritics(question))
            found.extend(vectors.nearest(vector, None if keys is None else current.keys(), count))

        self._dense(ask)
        return {(n.key, n.position): n.similarity for n in found if current.get(n.key) == n.generation}

    def _embedded(self) -> tuple[tuple[str, int], ...]:
        return tuple((e.key, e.generation) for e in self.entries().values() if e.model)

    def _notice_writers(self) -> None:
        state = self._embedded()
        if self._vectors is not None and state != self._vector_state:
            if self._vector_state:
                self._vectors.reopen()
            self._vector_state = state

    def _dense(self, step: Callable[[Vectors], None]) -> bool:
        """Do ``step``; whatever Chroma or the model throws ends in words only, never in a failed answer."""
        assert self._vectors is not None
        try:
            step(self._vectors)
        except Exception as trouble:  # noqa: BLE001 - the dense half is optional, its libraries throw anything
            if self.dense_trouble is None:
                log.warning("dense_search_off", error=type(trouble).__name__)
            self.dense_trouble = f"{type(trouble).__name__}: {trouble}"
            return False
        self.dense_trouble = None
        return True

    def _fused(
        self,
        pool: set[tuple[str, int]],
        scope: Sequence[Entry],
        lexical: dict[str, Scores],
        near: dict[tuple[str, int], float],
        k: int,
    ) -> list[Hit]:
        sizes = {entry.key: entry.size for entry in scope}
        places = sorted(p for p in pool if p[1] < sizes.get(p[0], 0))
        if not places:
            return []
        total = fused(places, lexical, near, self._dense_weight)
        hits: list[Hit] = []
        for at in np.argsort(-total, kind="stable")[:k]:
            key, position = places[at]
            found = self._passages.chunks(key, [position])
            if found:
                parts = {"lexical": float(lexical[key][position])} | (
                    {"dense": near[places[at]]} if places[at] in near else {}
                )
                hits.append(Hit(found[0], key, position, float(total[at]), parts))
        return hits


def _segment(chunks: Sequence[Chunk]) -> Segment:
    return build([body_syllables(c) for c in chunks], [syllables(" ; ".join(c.path)) for c in chunks])


def body_syllables(chunk: Chunk) -> list[str]:
    """What a chunk is found by: its words as understood, and the printed ones that the repair changed beyond marks."""
    repaired = syllables(chunk.repaired)
    if chunk.text == chunk.repaired:
        return repaired
    known = set(repaired)
    return repaired + [s for s in syllables(chunk.text) if s not in known]


def _weighted(
    words: Sequence[str],
) -> tuple[Terms, NDArray[np.float32]]:
    query, counts = np.unique(terms(words), return_counts=True)
    return query, counts.astype(np.float32)


def _embedded_text(chunk: Chunk) -> str:
    above = chunk.path[-1] if chunk.path else ""
    return f"{above}\n{chunk.repaired}" if above and above not in chunk.repaired else chunk.repaired
