"""Who changed what is written down, and cannot be unwritten."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from handlers.changes import ApproveEntries, SaveDraft, SubmitReport
from reporting.entry import Figure
from storage.errors import AppendOnly
from storage.models import AuditRow
from tests.storage.commune import HEALTH, Commune


async def test_the_way_of_a_figure_can_be_read_back(commune: Commune) -> None:
    unit = commune.units[HEALTH]
    indicator = await commune.indicator("1")
    for value in ("60", "61.50"):
        await commune.apply("hoa", SaveDraft(indicator, unit, commune.period, Figure(Decimal(value), "%")))
    await commune.apply("hoa", SubmitReport(unit, commune.period))
    entry = (await commune.view("hoa")).desks[0].items[0].entry
    assert entry is not None
    await commune.apply("mai", ApproveEntries((entry.id or 0,)))
    async with commune.store.reading() as work:
        trail = await work.audit.entries(record="entry", record_id=entry.id)
        hoa = await work.people.by_account("console", "hoa")
        mai = await work.people.by_account("console", "mai")
    assert [(line.action, line.person, line.channel) for line in trail] == [
        ("save_draft", hoa, "console"),
        ("save_draft", hoa, "console"),
        ("submit_entry", hoa, "console"),
        ("approve_entry", mai, "console"),
    ]
    assert trail[0].before is None
    assert trail[1].before is not None
    assert trail[1].after is not None
    assert (trail[1].before["value"], trail[1].after["value"]) == ("60", "61.50")


async def test_the_trail_is_append_only_in_the_program(commune: Commune) -> None:
    async with commune.store.unit() as unit:
        row = (await unit.session.scalars(select(AuditRow).limit(1))).one()
        row.action = "something_else"
        with pytest.raises(AppendOnly):
            await unit.session.flush()
        await unit.session.rollback()
    async with commune.store.unit() as unit:
        row = (await unit.session.scalars(select(AuditRow).limit(1))).one()
        await unit.session.delete(row)
        with pytest.raises(AppendOnly):
            await unit.session.flush()
        await unit.session.rollback()
    async with commune.store.unit() as unit:
        for statement in (update(AuditRow).values(action="x"), delete(AuditRow)):
            with pytest.raises(AppendOnly):
                await unit.session.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
async def test_the_trail_is_append_only_in_the_database(commune: Commune, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with commune.store.engine.begin() as connection:
            await connection.execute(text(statement))
    async with commune.store.reading() as unit:
        assert await unit.audit.entries(authority=commune.authority)
