"""The index of plan passages: what is near a question, by its words first and by its meaning second.

The lexical half always works. Vectors are added where an embedding is given and answers; their absence, a broken model
or a broken Chroma folder only costs paraphrases. ``PlanIndex`` may be open in several processes: one writes, the others
notice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import structlog

from knowledge.plan import Chunk, Plan
from knowledge.repair.diacritics import restore_diacritics
from retrieval.closer_look import CloserLook
from retrieval.embeddings import Embedding
from retrieval.fusion import Position, best, fused
from retrieval.lexical import LAYOUT, Scores, score
from retrieval.meaning import Meaning, embedded_text
from retrieval.passages import Entry, Passages
from retrieval.query import MAX_QUESTION, Query, read_query
from retrieval.reranking import RERANKED, Reranker
from retrieval.segments import Segments, body_syllables, segment_of, words_of
from retrieval.vectors import Vectors

__all__ = ["Hit", "PlanIndex", "Progress", "body_syllables"]

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]

# How much a standardised cosine counts beside a standardised BM25 score. On clean text the bundled model finds what is
# said in other words; of a ruined scan's words it makes little.
DENSE_WEIGHT: Final = 0.8
DENSE_WEIGHT_DAMAGED: Final = 0.3
# How many of the best of either kind are compared; beyond this rank nothing ever came first.
_POOL: Final = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One chunk found. ``parts`` holds the raw ``lexical`` score and, where there are any, the ``dense`` cosine and the
    ``reranked`` score."""

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
        dense_weight: float | None = None,
        chroma_server: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """``dense_weight`` is how much meaning counts beside words (0.8 on clean plans, 0.3 on scans, by default).

        ``reranker`` puts the best of every search in a new order; where it fails, the order stays.
        """
        self._passages = Passages(folder)
        self._segments = Segments(self._passages)
        self._closer = CloserLook(self._passages)
        self._dense_weight, self._reranker = dense_weight, reranker
        self._meaning: Meaning | None = None
        if embedding is not None:
            vectors = Vectors(folder / "chroma", embedding.fingerprint, server=chroma_server)
            self._meaning = Meaning(embedding, vectors, self._passages)

    @property
    def dense(self) -> bool:
        """Whether meaning is searched, too: an embedding is given and worked when last used."""
        return self._meaning is not None and self._meaning.trouble is None

    @property
    def dense_trouble(self) -> str | None:
        """What keeps meaning from being searched; None while all is well, and where no embedding is given."""
        return self._meaning.trouble if self._meaning else None

    def close(self) -> None:
        """Close the files."""
        self._passages.close()

    def entries(self) -> dict[str, Entry]:
        """The plans of the index by key."""
        return self._passages.entries()

    def passages(self, key: str) -> list[Chunk]:
        """All chunks of a plan, in the order of the document."""
        return self._passages.chunks(key)

    def passages_and_words(self, key: str) -> tuple[list[Chunk], list[str]]:
        """All chunks of a plan, and the search words of each as they are kept; none of an older layout."""
        entry = self.entries().get(key)
        kept = self._passages.all_words(key) if entry is not None and entry.layout == LAYOUT else []
        return self._passages.chunks(key), kept if all(kept) else []

    def replace(self, key: str, plan: Plan, *, file_name: str, authority: str, vectors: bool = True) -> None:
        """Put ``plan`` under ``key`` instead of what was there.

        The words can be searched once this returns from its first, short step; the vectors follow (20 chunks a second).
        With ``vectors=False`` they are left to a later ``embed_pending``.
        """
        words = words_of(plan.chunks)
        self._passages.replace(
            key,
            plan.chunks,
            words,
            segment_of(plan.chunks, words).to_bytes(),
            layout=LAYOUT,
            file_name=file_name,
            authority=authority,
            number=plan.document.number,
            damaged=plan.damaged,
        )
        if vectors:
            self.embed_pending(keys=[key])

    def remove(self, key: str) -> None:
        """Forget a plan; an unknown key is no error."""
        had_vectors = (entry := self.entries().get(key)) is not None and entry.model is not None
        self._passages.remove(key)
        if had_vectors and self._meaning is not None:
            self._meaning.sweep()

    def lacks_vectors(self) -> bool:
        """Whether ``embed_pending`` has something to do."""
        return self._meaning is not None and bool(self._meaning.pending())

    def embed_pending(self, progress: Progress | None = None, *, keys: Collection[str] | None = None) -> int:
        """Make the vectors that are missing or of another model; returns the number of chunks embedded.

        What plans that are gone, older versions and a crash left behind is dropped first. ``progress(done, of)`` counts
        chunks.
        """
        meaning = self._meaning
        if meaning is None:
            return 0
        meaning.sweep()
        pending = [entry for entry in meaning.pending() if keys is None or entry.key in keys]
        total, done = sum(entry.size for entry in pending), 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        for entry in pending:
            if not meaning.embed(entry, tick):
                break
        return done

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make every segment and vector anew from the stored chunks; ``progress(done, of)`` counts chunks."""
        entries = list(self.entries().values())
        total, done = sum(e.size for e in entries) * (2 if self._meaning else 1), 0
        for entry in entries:
            chunks = self._passages.chunks(entry.key)
            words = words_of(chunks)
            self._passages.replace(
                entry.key,
                chunks,
                words,
                segment_of(chunks, words).to_bytes(),
                layout=LAYOUT,
                file_name=entry.file_name,
                authority=entry.authority,
                number=entry.number,
                damaged=entry.damaged,
            )
            done += entry.size
            if progress:
                progress(done, total)
        if self._meaning is not None and self._meaning.start_over():
            self.embed_pending((lambda n, of: progress(done + n, done + of)) if progress else None)

    def search(
        self, question: str, *, keys: Collection[str] | None = None, k: int = 10, dense: bool = True
    ) -> list[Hit]:
        """The ``k`` best chunks of the plans ``keys`` (None: all), best first; nothing shared, nothing found."""
        query = read_query(question)
        scope = self._scope(keys)
        if not query.words or not scope or k < 1:
            return []
        lexical = self._by_words(query, scope)
        pool = best(lexical, max(_POOL, k))
        near: dict[Position, float] = {}
        if dense and self._meaning is not None:
            near = self._meaning.nearest(question[:MAX_QUESTION], scope, every=keys is None, count=max(_POOL, k))
            pool |= near.keys()
        if self._reranker is None:
            return self._hits(pool, scope, lexical, near, k)
        return self._reranked(self._reranker, question, self._hits(pool, scope, lexical, near, max(RERANKED, k)))[:k]

    def memory(self) -> int:
        """Bytes of the lexical segments in memory."""
        return self._segments.memory()

    def _scope(self, keys: Collection[str] | None) -> list[Entry]:
        entries = self.entries()
        return list(entries.values()) if keys is None else [entries[k] for k in sorted(set(keys)) if k in entries]

    def _by_words(self, query: Query, scope: Sequence[Entry]) -> dict[str, Scores]:
        """The score by words of every chunk of ``scope``: BM25, and nearness for the best."""
        ranked = score([self._segments.of(entry) for entry in scope], query.terms, query.weights)
        lexical = dict(zip((entry.key for entry in scope), ranked.scores, strict=True))
        self._closer.add(query.words, query.by_word(ranked.rarity), {e.key: e for e in scope}, lexical)
        return lexical

    def _hits(
        self,
        pool: Iterable[Position],
        scope: Sequence[Entry],
        lexical: dict[str, Scores],
        near: dict[Position, float],
        k: int,
    ) -> list[Hit]:
        entries = {entry.key: entry for entry in scope}
        places = sorted(p for p in pool if p[0] in entries and p[1] < entries[p[0]].size)
        if not places:
            return []
        total = fused(places, lexical, near, {key: self._weight(entry) for key, entry in entries.items()})
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

    def _reranked(self, reranker: Reranker, question: str, hits: list[Hit]) -> list[Hit]:
        best_hits, rest = hits[:RERANKED], hits[RERANKED:]
        try:
            # A model of Vietnamese hardly knows words typed without diacritics.
            asked = restore_diacritics(question[:MAX_QUESTION])
            scores = reranker.score(asked, [embedded_text(hit.chunk) for hit in best_hits])
        except Exception as trouble:  # noqa: BLE001 - optional; its libraries and servers throw anything
            log.warning("reranking_failed", error=type(trouble).__name__)
            return hits
        read = [replace(hit, parts=hit.parts | {"reranked": s}) for hit, s in zip(best_hits, scores, strict=True)]
        return sorted(read, key=lambda hit: -hit.parts["reranked"]) + rest

    def _weight(self, entry: Entry) -> float:
        if self._dense_weight is not None:
            return self._dense_weight
        return DENSE_WEIGHT_DAMAGED if entry.damaged else DENSE_WEIGHT
