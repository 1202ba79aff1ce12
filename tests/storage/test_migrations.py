"""The migrations lead to the tables that the program knows, from nothing and back."""

from __future__ import annotations

from dataclasses import replace

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.migration import configuration
from storage.models import Base
from storage.store import Store
from tests.storage.commune import plan, save


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


async def test_the_migrated_schema_is_the_models(store: Store) -> None:
    async with store.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_again_keeps_what_is_there(store: Store) -> None:
    saved = await save(store, plan(), b"mot")
    await store.migrate()
    async with store.reading() as unit:
        assert await unit.plans.content(saved.id) == b"mot"


async def test_every_step_can_be_taken_back(store: Store) -> None:
    async with store.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "base"))
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == ["alembic_version"]
    await store.migrate()
    async with store.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_every_constraint_has_a_name(store: Store) -> None:
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)
        assert all(index.name for index in table.indexes)


async def test_a_plan_kept_before_its_tables_and_doubts_were_read_still_loads(store: Store) -> None:
    saved = await save(store, plan(), b"mot")
    async with store.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "0005"))
    await store.migrate()
    kept = replace(
        plan(),
        indicators=tuple(replace(row, name_doubt=None) for row in plan().indicators),
        tasks=tuple(replace(task, checks=()) for task in plan().tasks),
        results=(),
        budget=(),
    )
    async with store.reading() as unit:
        assert await unit.plans.load(saved.id) == kept
        assert len((await unit.plans.shelf()).plans) == 1
