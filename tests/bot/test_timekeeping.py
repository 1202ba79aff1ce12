"""The minute's look at the time: quiet when nothing is due, each reminder once, no broken row stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.timekeeping import Timekeeping
from storage.models import OutboxState, ReminderState
from storage.store import Store
from tests.conversations.stage import Stage, sample_plan, stage

TICK = "2026-06-23T08:00"


@contextmanager
def _written(stage_: Stage) -> Iterator[list[str]]:
    """The statements sent to the connection that writes."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = stage_.program.archive.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


async def _run(stage_: Stage, statement: str) -> None:
    async with stage_.program.archive.store.engine.begin() as connection:
        await connection.execute(text(statement))


async def _ledger(stage_: Stage, state: ReminderState) -> list[tuple[str, str | None]]:
    async with stage_.program.archive.store.reading() as unit:
        return [(line.key, line.reason) for line in await unit.reminders.list(state)]


async def test_a_minute_in_which_nothing_is_due_asks_nobody_to_wait(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        assert len(await on_stage.ticks(TICK)) == 3
        with _written(on_stage) as statements:
            assert await on_stage.ticks("2026-06-23T08:01") == []
        assert statements == []


async def test_an_idle_look_goes_by_while_somebody_writes(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        await on_stage.ticks(TICK)
        async with on_stage.program.archive.store.unit() as unit:
            await unit.session.execute(text("UPDATE person SET name = name"))
            assert await asyncio.wait_for(on_stage.program.timekeeping.tick(), 10) == 0


async def test_everything_is_planned_in_one_go(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        await on_stage.ticks("2026-06-15T07:00")
        planned = await _ledger(on_stage, ReminderState.PLANNED)
        await on_stage.program.timekeeping.tick()
        assert await _ledger(on_stage, ReminderState.PLANNED) == planned
        assert len({key for key, _ in planned}) == len(planned) > 3


async def test_two_processes_that_look_at_once_say_it_once(tmp_path: Path) -> None:
    async with stage(tmp_path, "2026-06-23T08:00") as on_stage:
        program = on_stage.program
        archive = program.archive
        beside = Store(archive.store.engine.url.render_as_string(hide_password=False), on_stage.clock)
        other = Timekeeping(beside, on_stage.clock, archive.calendar, program.delivery)
        counts = await asyncio.gather(*(ticking.tick() for _ in range(3) for ticking in (program.timekeeping, other)))
        await beside.close()
        await on_stage.delivers()
        assert sum(counts) == len(on_stage.heard()) == 3


@pytest.mark.parametrize("facts", ["json_set(facts, '$.kind', 'riddle')", "json_remove(facts, '$.units')", "'[]'"])
async def test_lines_that_cannot_be_read_fail_alone(tmp_path: Path, facts: str) -> None:
    async with stage(tmp_path) as on_stage:
        await on_stage.ticks("2026-06-23T07:00")
        await _run(on_stage, f"UPDATE reminder SET facts = {facts} WHERE key LIKE '%/console:tram'")
        said = await on_stage.ticks(TICK)
        assert len(said) == 2
        assert not any("Trạm Y tế xã" in words for words in said)
        failed = await _ledger(on_stage, ReminderState.FAILED)
        assert failed
        assert all(key.endswith("/console:tram") and reason == "unreadable" for key, reason in failed)


async def test_a_chat_whose_conversation_is_broken_stops_nobody_else(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        await on_stage.says("Trạm", "chào")
        await _run(on_stage, "UPDATE conversation SET menu = '{\"riddle\": 1}'")
        assert len(await on_stage.ticks(TICK)) == 2
        assert [
            key for key, _ in await _ledger(on_stage, ReminderState.PLANNED) if key.endswith("before3/console:tram")
        ]
        await _run(on_stage, "UPDATE conversation SET menu = NULL")
        (said,) = await on_stage.ticks("2026-06-23T08:01")
        assert "Trạm Y tế xã" in said


async def test_an_authority_whose_records_are_broken_stops_no_other(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        await _run(on_stage, "INSERT INTO authority (id, name, key) VALUES (0, 'UBND xã Vỡ', 'vo')")
        await _run(
            on_stage,
            "INSERT INTO plan (id, authority_id, content_hash, file_name, state, head, units, damaged, read_at) "
            "VALUES (0, 0, 'h', 'vo.txt', 'adopted', '{}', '[]', 0, '2026-01-01 00:00:00')",
        )
        await _run(on_stage, "UPDATE plan SET series_id = 0 WHERE id = 0")
        await _run(
            on_stage,
            "INSERT INTO period (plan_id, key, label, opens, due, closes) "
            "VALUES (0, '2026-Q2', 'Quý II/2026', '2026-06-15', '2026-06-26', '2026-07-10')",
        )
        await _run(
            on_stage,
            "INSERT INTO unit (id, authority_id, name, key) VALUES (0, 0, 'Văn phòng', 'van phong')",
        )
        await _run(on_stage, "INSERT INTO person (id, name, joined_at) VALUES (0, 'Ai', '2026-01-01 00:00:00')")
        await _run(
            on_stage,
            "INSERT INTO membership (id, person_id, unit_id, role, starts) "
            "VALUES (0, 0, 0, 'riddle', '2026-01-01 00:00:00')",
        )
        assert len(await on_stage.ticks(TICK)) == 3


async def test_a_calendar_that_cannot_be_kept_stops_no_reminder_and_is_tried_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        await _run(on_stage, "DELETE FROM period WHERE key = '2026-Q4'")
        await _run(on_stage, "CREATE TRIGGER jam BEFORE INSERT ON period BEGIN SELECT RAISE(ABORT, 'jammed'); END")
        assert len(await on_stage.ticks(TICK)) == 3
        await _run(on_stage, "DROP TRIGGER jam")
        await on_stage.ticks("2026-06-23T08:01")
        async with on_stage.program.archive.store.reading() as unit:
            plan = (await unit.plans.in_force())[0]
            assert "2026-Q4" in [period.key for period in await unit.periods.of(plan.id)]


async def test_a_reminder_given_up_in_the_evening_is_worded_anew_in_the_morning(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        on_stage.clock.set(on_stage.clock.now().replace(hour=8, minute=0))
        await on_stage.program.timekeeping.tick()
        async with on_stage.program.archive.store.unit() as unit:
            for parcel in await unit.outbox.due(on_stage.clock.now()):
                assert await unit.outbox.sending(parcel.id)
                assert await unit.outbox.give_up(parcel, "sending hours over")
        assert await on_stage.ticks("2026-06-23T17:30") == []
        said = await on_stage.ticks("2026-06-24T08:00")
        assert len(said) == 3
        assert all("Còn 2 ngày làm việc" in words for words in said)
        async with on_stage.program.archive.store.reading() as unit:
            assert await unit.outbox.count(OutboxState.FAILED) == 3


async def test_a_plan_whose_rule_makes_no_sense_stops_no_other_calendar(tmp_path: Path) -> None:
    async with stage(tmp_path) as on_stage:
        other = sample_plan()
        other = replace(other, document=replace(other.document, number="7/KH-UBND", issuer="UBND xã Bên Sông"))
        async with on_stage.program.archive.store.unit() as unit:
            first = (await unit.plans.in_force())[0].id
            kept = await unit.periods.of(first)
            second = await unit.plans.save(
                other, file_name="7.txt", content_hash="7" * 64, content=b"7", authority="UBND xã Bên Sông", adopt=True
            )
        await _run(on_stage, f"""UPDATE reporting_rule SET due = '{{"moon": 1}}' WHERE plan_id = {first}""")
        await on_stage.ticks("2026-06-24T08:00")
        async with on_stage.program.archive.store.reading() as unit:
            assert [one.label for one in await unit.periods.of(second.id)] == [one.label for one in kept]
            assert await unit.periods.of(first) == kept
