"""The chunks' vectors in Chroma: a persistent collection below the index's folder, or a Chroma server.

Chroma is imported on first use only (two seconds). A collection belongs to one embedding model; every vector names its
plan's generation, so that what a crash left half-written is never taken for the plan.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

_PREFIX: Final = "chunks-"
# Chroma's own ceiling is about 5,400 rows a call; smaller calls keep the memory of a large plan low.
_BATCH: Final = 1_000


class Near(NamedTuple):
    """One chunk near a question; ``similarity`` is the cosine."""

    key: str
    generation: int
    position: int
    similarity: float


class Vectors:
    """The collection of the model ``fingerprint``; on ``server`` ("host:port") instead of the folder where given."""

    def __init__(self, folder: Path, fingerprint: str, *, server: str | None = None) -> None:
        self._folder, self._fingerprint, self._server = folder, fingerprint, server
        self._lock = threading.Lock()
        self._client: Any = None
        self._collection: Any = None

    def add(self, key: str, generation: int, start: int, vectors: Sequence[Sequence[float]]) -> None:
        """Store the vectors of the chunks from position ``start`` on; safe to repeat."""
        plan = _short(key)
        positions = range(start, start + len(vectors))
        for at in range(0, len(vectors), _BATCH):
            part = positions[at : at + _BATCH]
            self._open().upsert(
                ids=[f"{plan}:{generation}:{position}" for position in part],
                embeddings=[list(v) for v in vectors[at : at + _BATCH]],
                metadatas=[{"key": key, "generation": generation, "position": position} for position in part],
            )

    def nearest(self, vector: Sequence[float], keys: Collection[str] | None, count: int) -> list[Near]:
        """The ``count`` nearest chunks among the plans ``keys`` (None: all), nearest first."""
        if keys is not None and not keys:
            return []
        where = None if keys is None else {"key": {"$in": sorted(keys)}}
        found = self._open().query(
            query_embeddings=[list(vector)], n_results=count, where=where, include=["metadatas", "distances"]
        )
        return [
            Near(str(row["key"]), int(row["generation"]), int(row["position"]), 1.0 - float(distance))
            for row, distance in zip(found["metadatas"][0], found["distances"][0], strict=True)
        ]

    def held(self, key: str, generation: int) -> frozenset[int]:
        """The positions of a plan's chunks whose vectors are there, in this generation."""
        same: list[dict[str, Any]] = [{"key": key}, {"generation": generation}]
        found = self._open().get(where={"$and": same}, include=["metadatas"])
        return frozenset(int(row["position"]) for row in found["metadatas"])

    def forget(self, key: str, *, but: int | None = None) -> None:
        """Drop every vector of a plan; ``but`` those of this generation, where given."""
        others: list[dict[str, Any]] = [{"key": key}, {"generation": {"$ne": but}}]
        self._open().delete(where={"key": key} if but is None else {"$and": others})

    def sweep(self, current: Mapping[str, int], upto: int) -> int:
        """Drop the vectors of plans and generations other than ``current``; returns how many went.

        Generations above ``upto``, the newest when ``current`` was read, are another process's work and stay.
        """
        collection, gone, offset = self._open(), [], 0
        while (rows := collection.get(include=["metadatas"], limit=_BATCH, offset=offset))["ids"]:
            for identity, row in zip(rows["ids"], rows["metadatas"], strict=True):
                generation = int(row["generation"])
                if generation <= upto and current.get(str(row["key"])) != generation:
                    gone.append(identity)
            offset += len(rows["ids"])
        for at in range(0, len(gone), _BATCH):
            collection.delete(ids=gone[at : at + _BATCH])
        return len(gone)

    def start_over(self) -> None:
        """Drop all collections of this index, those of other models too."""
        self._open()
        with self._lock:
            for collection in self._client.list_collections():
                if collection.name.startswith(_PREFIX):
                    self._client.delete_collection(collection.name)
            self._collection = None

    def count(self) -> int:
        """Number of stored vectors."""
        return int(self._open().count())

    def reopen(self) -> None:
        """Read anew on the next use, because another process has written."""
        with self._lock:
            if self._client is not None and self._server is None:
                self._client.clear_system_cache()
            self._client = self._collection = None

    def _open(self) -> Any:
        with self._lock:
            if self._collection is None:
                import chromadb
                from chromadb.config import Settings

                settings = Settings(anonymized_telemetry=False)
                if self._client is None and self._server is not None:
                    host, _, port = self._server.rpartition(":")
                    self._client = chromadb.HttpClient(host=host, port=int(port), settings=settings)
                elif self._client is None:
                    self._folder.mkdir(parents=True, exist_ok=True)
                    self._client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
                self._collection = self._client.get_or_create_collection(
                    _PREFIX + _short(self._fingerprint),
                    embedding_function=None,
                    metadata={"fingerprint": self._fingerprint, "hnsw:space": "cosine"},
                )
            return self._collection


def _short(text: str) -> str:
    """A name that Chroma accepts, the same for the same text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
