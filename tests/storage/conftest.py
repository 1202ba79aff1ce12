"""The records' tests run on a real SQLite file, and again on PostgreSQL where there is one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.models import Base
from storage.store import Store
from tests.storage.commune import CLOCK, Commune, found_commune

NO_POSTGRES = "needs PostgreSQL: run `make services` and set DONDOC_TEST_POSTGRES to the address it prints"


@dataclass(frozen=True, slots=True)
class Founded:
    """SQLite files made once by the program itself and copied for each test: an empty one, and the commune's."""

    empty: Path
    commune: Path
    known: Commune


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    folder = tmp_path_factory.mktemp("founded")
    empty, full = folder / "empty.sqlite", folder / "commune.sqlite"

    async def found() -> Commune:
        store = Store(f"sqlite:///{empty}", CLOCK)
        await store.migrate()
        await store.close()
        shutil.copy(empty, full)
        store = Store(f"sqlite:///{full}", CLOCK)
        known = await found_commune(store)
        await store.close()
        return known

    return Founded(empty, full, asyncio.run(found()))


@pytest.fixture(scope="session")
def postgres() -> str | None:
    """The address of an empty, migrated PostgreSQL database that exists for these tests alone; None without a server.

    Each worker of a parallel run has its own.
    """
    server = os.environ.get("DONDOC_TEST_POSTGRES")
    if not server:
        return None
    name = f"dondoc_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    url = make_url(server).set(database=name)

    async def make() -> None:
        engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            await connection.execute(text(f"CREATE DATABASE {name}"))
        await engine.dispose()
        store = Store(url.render_as_string(hide_password=False), CLOCK)
        await store.migrate()
        await store.close()

    asyncio.run(make())
    return url.render_as_string(hide_password=False)


async def _emptied(url: str) -> Store:
    store = Store(url, CLOCK)
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    async with store.engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> str | None:
    """The address of the PostgreSQL to test on, None for SQLite."""
    if request.param == "sqlite":
        return None
    # Asked for here only: it wipes the database, which belongs to one worker.
    url: str | None = request.getfixturevalue("postgres")
    if url is None:
        pytest.skip(NO_POSTGRES)
    return url


@pytest.fixture
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, founded: Founded, server: str | None
) -> AsyncIterator[Store]:
    """An empty database, or the commune's where the test asks for the commune too."""
    if server is not None:
        store = await _emptied(server)
    else:
        made = founded.commune if "commune" in request.fixturenames else founded.empty
        shutil.copy(made, tmp_path / "dondoc.sqlite")
        store = Store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", CLOCK)
    yield store
    await store.close()


@pytest.fixture
async def commune(store: Store, founded: Founded) -> Commune:
    if store.engine.dialect.name == "sqlite":
        return replace(founded.known, store=store)
    return await found_commune(store)


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty SQLite file, for what only files can show."""
    store = Store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", CLOCK)
    await store.migrate()
    yield store
    await store.close()
