"""Vectors that were computed once, kept for the next run of a bench: embedding a plan takes minutes on one thread."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Final

import numpy as np

from retrieval.embeddings import Embedding

# Stored after this many, so that a run that is interrupted keeps what it has.
_STEP: Final = 32


class CachedEmbedding:
    """``embedding``, with every vector kept below ``folder`` under the model's fingerprint and the text's hash.

    Times measured through it say nothing about the model. For one process and one thread.
    """

    def __init__(self, embedding: Embedding, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._embedding = embedding
        self._db = sqlite3.connect(folder / "vectors.db", isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE TABLE IF NOT EXISTS vector (name BLOB PRIMARY KEY, numbers BLOB NOT NULL)")
        self.fingerprint = embedding.fingerprint

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage; those not yet known are computed."""
        missing = list(dict.fromkeys(text for text in texts if self._known("passage", text) is None))
        for at in range(0, len(missing), _STEP):
            batch = missing[at : at + _STEP]
            for text, vector in zip(batch, self._embedding.embed_documents(batch), strict=True):
                self._keep("passage", text, vector)
        return [self._known("passage", text) or [] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        known = self._known("query", text)
        if known is None:
            known = self._embedding.embed_query(text)
            self._keep("query", text, known)
        return known

    def _name(self, kind: str, text: str) -> bytes:
        return hashlib.blake2b(f"{self.fingerprint}\0{kind}\0{text}".encode("utf-8", "replace")).digest()

    def _known(self, kind: str, text: str) -> list[float] | None:
        row = self._db.execute("SELECT numbers FROM vector WHERE name = ?", (self._name(kind, text),)).fetchone()
        return [float(x) for x in np.frombuffer(row[0], dtype="<f4")] if row else None

    def _keep(self, kind: str, text: str, vector: list[float]) -> None:
        numbers = np.asarray(vector, dtype="<f4").tobytes()
        self._db.execute("INSERT OR REPLACE INTO vector VALUES (?, ?)", (self._name(kind, text), numbers))
