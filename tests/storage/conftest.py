"""An invented commune on a real database: UBND xã Hòa Mẫu with a plan, a coordinator, and two reporting units."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.models import Base
from storage.store import Store
from tests.storage.commune import CLOCK, Commune, found_commune


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", CLOCK)
    await store.migrate()
    yield store
    await store.close()


@pytest.fixture
async def postgres() -> AsyncIterator[Store]:
    """A store on an emptied PostgreSQL database that exists for the tests alone."""
    url = os.environ.get("DONDOC_TEST_POSTGRES")
    if not url:
        pytest.skip("needs PostgreSQL: run `make services` and set DONDOC_TEST_POSTGRES to the address it prints")
    store = Store(url, CLOCK)
    async with store.engine.begin() as connection:
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await connection.run_sync(Base.metadata.drop_all)
        await connection.execute(text("DROP FUNCTION IF EXISTS audit_append_only"))
    await store.migrate()
    yield store
    await store.close()


@pytest.fixture
async def commune(store: Store) -> Commune:
    return await found_commune(store)
