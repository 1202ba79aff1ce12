"""The records' tests run on a real SQLite file, and again on PostgreSQL where there is one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.store import Store
from tests.storage.commune import CLOCK, Commune, found_commune

NO_POSTGRES = "needs PostgreSQL: run `make services` and set DONDOC_TEST_POSTGRES to the address it prints"


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty database; the PostgreSQL one is wiped, so it must exist for the tests alone."""
    url = f"sqlite:///{tmp_path / 'dondoc.sqlite'}"
    if request.param == "postgresql":
        url = os.environ.get("DONDOC_TEST_POSTGRES", "")
        if not url:
            pytest.skip(NO_POSTGRES)
    store = Store(url, CLOCK)
    if request.param == "postgresql":
        async with store.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await store.migrate()
    yield store
    await store.close()


@pytest.fixture
async def commune(store: Store) -> Commune:
    return await found_commune(store)


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty SQLite file, for what only files can show."""
    store = Store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", CLOCK)
    await store.migrate()
    yield store
    await store.close()
