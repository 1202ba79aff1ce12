"""Opening a database: which driver, which transactions, which guarantees.

SQLite runs in WAL mode, so that readers never wait; a transaction that may write takes the write lock at its start
(``BEGIN IMMEDIATE``): two writers queue for it, where a lock taken half-way would fail with "database is locked".
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from knowledge.errors import Misconfigured

# How long a writer waits for another process; far beyond any transaction of ours, short of a person giving up.
BUSY_SECONDS = 30

_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


def connect(url: str, *, read_only: bool = False) -> AsyncEngine:
    """An engine for any SQLAlchemy URL; "sqlite:///..." and "postgresql://..." get their asynchronous driver.

    A ``read_only`` engine refuses to write.

    Raises ``Misconfigured`` when the URL is none, or the driver is not installed.
    """
    try:
        address = make_url(url)
        address = address.set(drivername=_ASYNC_DRIVERS.get(address.drivername, address.drivername))
        if address.get_backend_name() == "sqlite":
            if address.database in (None, "", ":memory:"):
                raise Misconfigured("DONDOC_DATABASE_URL needs a file: a database in memory forgets everything")
            engine = create_async_engine(address, connect_args={"timeout": BUSY_SECONDS})
            _take_over_transactions(engine, read_only=read_only)
        else:
            # A reader sees one moment, as it does on SQLite.
            options = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"} if read_only else {}
            engine = create_async_engine(address, pool_pre_ping=True, execution_options=options)
    except ArgumentError as error:
        # The error would print the whole address, and with it a password.
        raise Misconfigured("DONDOC_DATABASE_URL is not a database address of SQLAlchemy") from error
    except ModuleNotFoundError as error:
        raise Misconfigured(f"the driver of the database is not installed: {error.name}") from error
    return engine


def _take_over_transactions(engine: AsyncEngine, *, read_only: bool) -> None:
    """Begin SQLite's transactions ourselves, as SQLAlchemy's "Enabling Non-Legacy SQLite Transactional Modes"."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # sqlite3 begins nothing by itself
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode")
            if _first(cursor) != "wal":
                cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA foreign_keys = ON")
            # FULL: a figure that was acknowledged survives a power cut, not only a killed process.
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        finally:
            cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _first(cursor: Any) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
