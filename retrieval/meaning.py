"""The dense half of the index: passages and questions as vectors, near by meaning.

It is optional, and whatever the model or Chroma throws ends in a search by words alone, never in a failed answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog

from knowledge.plan import Chunk
from knowledge.repair.diacritics import restore_diacritics
from retrieval.embeddings import Embedding
from retrieval.fusion import Position
from retrieval.passages import Entry, Passages
from retrieval.vectors import Near, Vectors

log = structlog.get_logger(__name__)

_BATCH: Final = 32


class Meaning:
    """The vectors of ``passages``, kept in ``vectors``. ``trouble`` is what went wrong last, None while all is well."""

    def __init__(self, embedding: Embedding, vectors: Vectors, passages: Passages) -> None:
        self._embedding, self._vectors, self._passages = embedding, vectors, passages
        self._written: tuple[tuple[str, int], ...] = ()
        self.trouble: str | None = None

    def pending(self) -> list[Entry]:
        """The plans whose vectors are missing or of another model."""
        return [e for e in self._passages.entries().values() if e.model != self._embedding.fingerprint]

    def embed(self, entry: Entry, tick: Callable[[int], None]) -> bool:
        """Make the vectors of one plan; those of an older reading go first, and batches that an interrupted making
        left are kept. ``tick`` hears of every batch."""
        held: set[int] = set()

        def tidy(vectors: Vectors) -> None:
            vectors.forget(entry.key, but=entry.generation)
            held.update(vectors.held(entry.key, entry.generation))

        if not self._try(tidy):
            return False
        chunks = self._passages.chunks(entry.key)
        for start in range(0, len(chunks), _BATCH):
            batch = chunks[start : start + _BATCH]
            if held.issuperset(range(start, start + len(batch))):
                tick(len(batch))
                continue

            def embed(vectors: Vectors, start: int = start, batch: list[Chunk] = batch) -> None:
                texts = [embedded_text(chunk) for chunk in batch]
                vectors.add(entry.key, entry.generation, start, self._embedding.embed_documents(texts))

            if not self._try(embed):
                return False
            tick(len(batch))
        self._passages.embedded(entry.key, entry.generation, self._embedding.fingerprint)
        self._written = self._embedded()  # our own writing needs no reopening
        return True

    def nearest(self, question: str, scope: Sequence[Entry], *, every: bool, count: int) -> dict[Position, float]:
        """The cosines of the ``count`` places of ``scope`` nearest to ``question``; ``every``: all plans are meant."""
        current = {e.key: e.generation for e in scope if e.model == self._embedding.fingerprint}
        if not current:
            return {}
        self._notice_writers()
        found: list[Near] = []

        def ask(vectors: Vectors) -> None:
            # A model of Vietnamese hardly knows words typed without diacritics.
            vector = self._embedding.embed_query(restore_diacritics(question))
            found.extend(vectors.nearest(vector, None if every else current.keys(), count))

        self._try(ask)
        return {(n.key, n.position): n.similarity for n in found if current.get(n.key) == n.generation}

    def sweep(self) -> int:
        """Drop the vectors of plans that were replaced or removed; how many went.

        They are never answered from, but would take the places of others among the nearest. Words are committed first
        and vectors follow, so that a crash in between leaves some. Opens nothing where nothing has changed.
        """
        changed = self._passages.unswept()
        if changed is None:
            return 0
        newest, current = changed
        gone: list[int] = []
        if self._try(lambda vectors: gone.append(vectors.sweep(current, newest))):
            self._passages.swept(newest)
        return sum(gone)

    def start_over(self) -> bool:
        """Drop every vector, those of other models too."""
        return self._try(lambda vectors: vectors.start_over())

    def _embedded(self) -> tuple[tuple[str, int], ...]:
        entries: Mapping[str, Entry] = self._passages.entries()
        return tuple((e.key, e.generation) for e in entries.values() if e.model)

    def _notice_writers(self) -> None:
        state = self._embedded()
        if state != self._written:
            if self._written:
                self._vectors.reopen()
            self._written = state

    def _try(self, step: Callable[[Vectors], None]) -> bool:
        try:
            step(self._vectors)
        except Exception as trouble:  # noqa: BLE001 - the dense half is optional, its libraries throw anything
            if self.trouble is None:
                log.warning("dense_search_off", error=type(trouble).__name__)
            self.trouble = f"{type(trouble).__name__}: {trouble}"
            return False
        self.trouble = None
        return True


def embedded_text(chunk: Chunk) -> str:
    """What is embedded of a chunk: its words as understood, under the nearest heading."""
    above = chunk.path[-1] if chunk.path else ""
    return f"{above}\n{chunk.repaired}" if above and above not in chunk.repaired else chunk.repaired
