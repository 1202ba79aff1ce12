"""The migrations lead to the tables that the program knows, from nothing and back."""

from __future__ import annotations

from dataclasses import replace

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.migration import configuration
from storage.models import Base
from storage.store import Store
from tests.storage.commune import NOW, Commune, plan, private, save


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


async def test_reminders_that_were_sent_are_not_sent_again_after_the_upgrade(commune: Commune) -> None:
    due = f"period{commune.period}/2026-Q2@20260626/unit1/before3/console:a"
    snoozed = f"snooze:1:1:{commune.period}:2026-06-23T14:00"
    async with commune.store.unit() as unit:
        for key in (due, snoozed):
            await unit.reminders.add_if_new(key, private("hoa"), NOW, {"kind": "before", "due": "2026-06-26"})
    async with commune.store.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "0007"))
    async with commune.store.engine.connect() as connection:
        keys = set(await connection.scalars(text("SELECT key FROM reminder")))
    assert keys == {due.replace("@20260626", ""), snoozed}
    await commune.store.migrate()
    async with commune.store.reading() as unit:
        lines = await unit.reminders.list()
    assert {line.key for line in lines} == {due, snoozed}
    assert next(line for line in lines if line.key == due).facts["due"] == "2026-06-26"
