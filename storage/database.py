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

READ_ONLY = "dondoc_read_only"
"""Execution option of a connection whose transaction only reads."""

_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


def connect(url: str) -> AsyncEngine:
    """An engine for any SQLAlchemy URL; "sqlite:///..." and "postgresql://..." get their asynchronous driver.

    Raises ``Misconfigured`` when the URL is none, or the driver is not installed.
    """
    try:
        address = make_url(url)
        address = address.set(drivername=_ASYNC_DRIVERS.get(address.drivername, address.drivername))
        if address.get_backend_name() == "sqlite":
            engine = create_async_engine(address, connect_args={"timeout": BUSY_SECONDS})
            _take_over_transactions(engine)
        else:
            engine = create_async_engine(address, pool_pre_ping=True)
    except ArgumentError as error:
        # The error would print the whole address, and with it a password.
        raise Misconfigured("DONDOC_DATABASE_URL is not a database address of SQLAlchemy") from error
    except ModuleNotFoundError as error:
        raise Misconfigured(f"the driver of the database is not installed: {error.name}") from error
    return engine


def _take_over_transactions(engine: AsyncEngine) -> None:
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
        finally:
            cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _first(cursor: Any) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
