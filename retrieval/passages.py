"""The chunks of the plans and their lexical segments, in one SQLite file.

One replacement is one transaction: a reader sees the old plan or the new one, never a half. Every replacement gets a
new generation, so that whatever is cached or stored elsewhere (vectors) can tell that it is out of date.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from knowledge.plan import Chunk
from knowledge.source import Box, Source

FILE_NAME: Final = "passages.db"

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS counter (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL);
INSERT OR IGNORE INTO counter VALUES (1, 0);
CREATE TABLE IF NOT EXISTS swept (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL);
INSERT OR IGNORE INTO swept VALUES (1, 0);
CREATE TABLE IF NOT EXISTS plan (
    key TEXT PRIMARY KEY, generation INTEGER NOT NULL, file_name TEXT NOT NULL, authority TEXT NOT NULL, number TEXT,
    size INTEGER NOT NULL, layout INTEGER NOT NULL, segment BLOB NOT NULL, model TEXT,
    damaged INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS chunk (
    key TEXT NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, repaired TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, page INTEGER, box TEXT, quote TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '', PRIMARY KEY (key, position)) WITHOUT ROWID;
"""

# An index of before these columns: a ruined scan is seen in its repairs, words are made anew where they are missing.
_ADD_COLUMNS: Final = (
    "ALTER TABLE plan ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE chunk ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    "UPDATE plan SET damaged = 1 WHERE key IN (SELECT key FROM chunk GROUP BY key HAVING avg(text <> repaired) > 0.5)",
)

# Another process may be writing a large plan; a question waits this long rather than fail.
_BUSY_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One plan of the index.

    ``model`` is the fingerprint its vectors were made with, None while they are missing; ``damaged`` says that the text
    came from a ruined scan.
    """

    key: str
    generation: int
    file_name: str
    authority: str
    number: str | None
    size: int
    layout: int
    model: str | None
    damaged: bool


class Passages:
    """The file of chunks below ``folder``, made when missing. Safe to share by threads and by processes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            folder / FILE_NAME, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._add_missing_columns()
        self._entries: dict[str, Entry] = {}
        self._seen: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        with self._lock:
            self._db.close()

    def entries(self) -> dict[str, Entry]:
        """All plans by key, as of now: what another process wrote is seen on the next call."""
        with self._lock:
            now = self._version()
            if now != self._seen:
                rows = self._db.execute(
                    "SELECT key, generation, file_name, authority, number, size, layout, model, damaged"
                    " FROM plan ORDER BY key"
                )
                self._entries = {row[0]: _entry(row) for row in rows}
                self._seen = now
            return self._entries

    def segment(self, key: str) -> tuple[int, bytes] | None:
        """Generation and stored lexical segment of a plan."""
        with self._lock:
            row = self._db.execute("SELECT generation, segment FROM plan WHERE key = ?", (key,)).fetchone()
        return (row[0], row[1]) if row else None

    def chunks(self, key: str, positions: Sequence[int] | None = None) -> list[Chunk]:
        """The chunks of a plan in order, or those at ``positions`` (in that order)."""
        columns = "SELECT path, text, repaired, first, last, page, box, quote FROM chunk WHERE key = ?"
        with self._lock:
            if positions is None:
                rows = self._db.execute(f"{columns} ORDER BY position", (key,)).fetchall()
            else:
                rows = [
                    row
                    for position in positions
                    for row in self._db.execute(f"{columns} AND position = ?", (key, position))
                ]
        return [_chunk(row) for row in rows]

    def all_words(self, key: str) -> list[str]:
        """The stored search words of every chunk of a plan, in order; empty ones where they are not known."""
        with self._lock:
            rows = self._db.execute("SELECT words FROM chunk WHERE key = ? ORDER BY position", (key,)).fetchall()
        return [str(row[0]) for row in rows]

    def words(self, key: str, position: int) -> str | None:
        """The stored search words of a chunk; None where there is no such chunk, empty where they are not known."""
        with self._lock:
            row = self._db.execute("SELECT words FROM chunk WHERE key = ? AND position = ?", (key, position)).fetchone()
        return str(row[0]) if row else None

    def replace(
        self,
        key: str,
        chunks: Sequence[Chunk],
        words: Sequence[str],
        segment: bytes,
        *,
        layout: int,
        file_name: str,
        authority: str,
        number: str | None,
        damaged: bool,
    ) -> int:
        """Store a plan instead of the one under ``key``; returns its generation. Its vectors count as missing.

        ``words`` are the search words of each chunk, which ``layout`` covers like the segment.
        """
        with self._writing():
            generation = self._next_generation()
            self._db.execute("DELETE FROM chunk WHERE key = ?", (key,))
            self._db.execute(
                "INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
                (key, generation, file_name, authority, number, len(chunks), layout, segment, damaged),
            )
            self._db.executemany(
                "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (*_row(key, position, chunk), own)
                    for position, (chunk, own) in enumerate(zip(chunks, words, strict=True))
                ),
            )
        return generation

    def remove(self, key: str) -> bool:
        """Forget a plan; False where there was none."""
        with self._writing():
            self._next_generation()  # what is left of it elsewhere is now to be swept
            self._db.execute("DELETE FROM chunk WHERE key = ?", (key,))
            return self._db.execute("DELETE FROM plan WHERE key = ?", (key,)).rowcount > 0

    def embedded(self, key: str, generation: int, model: str | None) -> bool:
        """Note that the vectors of this generation are complete; False where the plan was replaced meanwhile."""
        with self._writing():
            done = self._db.execute(
                "UPDATE plan SET model = ? WHERE key = ? AND generation = ?", (model, key, generation)
            )
            return done.rowcount > 0

    def unswept(self) -> tuple[int, dict[str, int]] | None:
        """What was replaced or removed since the last ``sweep`` was noted: the newest generation, and each plan's own.

        None where nothing was.
        """
        with self._lock:
            # The newest generation first: what another process commits in between is above it, and stays.
            newest, swept = self._db.execute(
                "SELECT counter.generation, swept.generation FROM counter, swept"
            ).fetchone()
            if newest == swept:
                return None
            return int(newest), dict(self._db.execute("SELECT key, generation FROM plan"))

    def swept(self, newest: int) -> None:
        """Note that nothing is left elsewhere of what had gone up to generation ``newest``."""
        with self._writing():
            self._db.execute("UPDATE swept SET generation = max(generation, ?)", (newest,))

    def _add_missing_columns(self) -> None:
        if self._has_damaged():
            return
        with self._writing():
            if not self._has_damaged():  # another process may have been quicker
                for statement in _ADD_COLUMNS:
                    self._db.execute(statement)

    def _has_damaged(self) -> bool:
        return any(row[1] == "damaged" for row in self._db.execute("PRAGMA table_info(plan)"))

    def _next_generation(self) -> int:
        self._db.execute("UPDATE counter SET generation = generation + 1")
        (generation,) = self._db.execute("SELECT generation FROM counter").fetchone()
        return int(generation)

    def _version(self) -> tuple[int, int]:
        # data_version moves with commits of others, total_changes with our own.
        (others,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(others), self._db.total_changes

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _entry(row: tuple[Any, ...]) -> Entry:
    key, generation, file_name, authority, number, size, layout, model, damaged = row
    return Entry(key, generation, file_name, authority, number, size, layout, model, bool(damaged))


def _row(key: str, position: int, chunk: Chunk) -> tuple[Any, ...]:
    source, box = chunk.source, chunk.source.box
    return (
        key,
        position,
        json.dumps(chunk.path, ensure_ascii=False),
        chunk.text,
        chunk.repaired,
        source.first,
        source.last,
        source.page,
        json.dumps((box.left, box.top, box.right, box.bottom)) if box else None,
        source.quote,
    )


def _chunk(row: tuple[Any, ...]) -> Chunk:
    path, text, repaired, first, last, page, box, quote = row
    source = Source(first, last, quote, page, Box(*json.loads(box)) if box else None)
    return Chunk(tuple(json.loads(path)), text, repaired, source)
