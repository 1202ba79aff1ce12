"""One message, one transaction: whatever happens, all of it is there or nothing."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from handlers.changes import SaveDraft
from handlers.message import ChatRef, Outgoing
from handlers.state import IDLE
from reporting.entry import Figure
from scheduler.clock import HANOI
from storage.models import EntryRow, OutboxState
from storage.store import Store
from tests.storage.commune import CLOCK, HEALTH, NOW, Commune, actor

ROOT = Path(__file__).parents[2]
CHAT = ChatRef("console", "1")


async def test_a_failed_message_leaves_nothing_behind(commune: Commune) -> None:
    figure = Figure(Decimal("76.3"), "%")
    change = SaveDraft(await commune.indicator("1"), commune.units[HEALTH], commune.period, figure)

    async def handled_to_the_end_but_not_committed() -> None:
        async with commune.store.unit() as unit:
            await unit.inbox.add("console", "u1", {"text": "76,3"})
            await unit.apply(change, actor("hoa"), NOW)
            await unit.conversations.save(CHAT, "hoa", IDLE.at("report", "figure", index=2), None)
            await unit.outbox.add(CHAT, Outgoing("Đã hiểu: 76,3 %"))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        await handled_to_the_end_but_not_committed()
    async with commune.store.reading() as unit:
        assert await unit.inbox.waiting("console") == []
        assert await unit.inbox.last_identity("console") is None
        assert (await unit.session.scalars(select(EntryRow))).all() == []
        assert await unit.conversations.load(CHAT, "hoa") == (IDLE, None)
        assert await unit.outbox.due(NOW) == []
        assert [e for e in await unit.audit.entries() if e.action == "save_draft"] == []


async def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError, match=r"read.?only"):
        async with store.reading() as unit:
            await unit.inbox.add("console", "u1", {})
    async with store.unit() as unit:
        assert await unit.inbox.add("console", "u1", {})


async def test_many_writers_of_one_process_queue(store: Store) -> None:
    async def count_one_up(number: int) -> None:
        async with store.unit() as unit:
            seen = len(await unit.inbox.waiting("console"))
            await unit.inbox.add("console", f"u{number}", {"seen": seen})

    await asyncio.gather(*(count_one_up(number) for number in range(12)))
    async with store.reading() as unit:
        assert len(await unit.inbox.waiting("console")) == 12


async def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    async with store.unit() as unit:
        await unit.inbox.add("console", "u1", {})
        async with store.reading() as other:
            assert await other.inbox.waiting("console") == []


async def test_moments_come_back_in_vietnamese_time(store: Store) -> None:
    at = datetime(2026, 6, 23, 2, 30, tzinfo=UTC)
    async with store.unit() as unit:
        await unit.outbox.add(CHAT, Outgoing("Nhắc"), not_before=at)
    async with store.reading() as unit:
        assert await unit.outbox.due(datetime(2026, 6, 23, 9, 29, tzinfo=HANOI)) == []
        (parcel,) = await unit.outbox.due(datetime(2026, 6, 23, 9, 31, tzinfo=HANOI))
        assert parcel.created_at.tzinfo is HANOI
        assert await unit.outbox.next_due(NOW) == at


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="needs its zone"):
        async with store.unit() as unit:
            await unit.outbox.add(CHAT, Outgoing("Nhắc"), not_before=datetime(2026, 6, 23, 9))  # noqa: DTZ001


async def test_figures_keep_every_digit(commune: Commune) -> None:
    figure = Figure(Decimal("76.3080"), "%", Decimal("4390"), Decimal("5753.000000000000000001"))
    change = SaveDraft(await commune.indicator("1"), commune.units[HEALTH], commune.period, figure)
    await commune.apply("hoa", change)
    (desk,) = (await commune.view("hoa")).desks
    assert desk.items[0].entry is not None
    assert str(desk.items[0].entry.figure.value) == "76.3080"
    assert desk.items[0].entry.figure == figure


# A second process on the same file. "add" writes rows as fast as it can; "hang" stops inside a transaction.
_CHILD = """
import asyncio, sys
from handlers.message import ChatRef, Outgoing
from storage.store import Store

async def main(url, what):
    store = Store(url)
    if what == "hang":
        async with store.unit() as unit:
            await unit.inbox.add("child", "hanging", {})
            await unit.outbox.add(ChatRef("console", "1"), Outgoing("never said"))
            print("inside", flush=True)
            await asyncio.sleep(600)
    if what == "sending":
        async with store.unit() as unit:
            (parcel,) = await unit.outbox.due(store._clock.now())
            await unit.outbox.sending(parcel.id)
        print("inside", flush=True)
        await asyncio.sleep(600)
    print("inside", flush=True)
    for number in range(100):
        async with store.unit() as unit:
            await unit.inbox.waiting("child")
            await unit.inbox.add("child", f"{what}{number}", {})
    await store.close()

asyncio.run(main(sys.argv[1], sys.argv[2]))
"""


def _child(store: Store, what: str) -> subprocess.Popen[str]:
    url = store.engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen([sys.executable, "-c", _CHILD, url, what], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "inside\n"
    return child


def _kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=30)
    assert child.returncode == -signal.SIGKILL


async def test_two_processes_write_at_once(store: Store) -> None:
    child = _child(store, "child")
    for number in range(100):
        async with store.unit() as unit:
            await unit.inbox.waiting("parent")
            await unit.inbox.add("parent", f"parent{number}", {})
    child.communicate(timeout=120)
    assert child.returncode == 0
    async with store.reading() as unit:
        assert len(await unit.inbox.waiting("parent")) == 100
        assert len(await unit.inbox.waiting("child")) == 100


async def test_a_process_killed_in_its_transaction_has_done_nothing(store: Store) -> None:
    _kill(_child(store, "hang"))
    async with store.unit() as unit:
        assert await unit.inbox.waiting("child") == []
        assert await unit.outbox.count(OutboxState.WAITING) == 0
        # The lock died with its owner: the next message is handled at once.
        assert await unit.inbox.add("child", "hanging", {})


async def test_what_was_being_sent_at_the_kill_is_not_sent_again(store: Store) -> None:
    async with store.unit() as unit:
        first = await unit.outbox.add(CHAT, Outgoing("một"), not_before=datetime(2026, 1, 1, tzinfo=HANOI))
    _kill(_child(store, "sending"))
    async with store.unit() as unit:
        second = await unit.outbox.add(CHAT, Outgoing("hai"))
        assert await unit.outbox.due(CLOCK.now()) == []
    async with store.unit() as unit:
        assert await unit.outbox.recover() == [first]
        assert [parcel.id for parcel in await unit.outbox.due(CLOCK.now())] == [second]
        assert await unit.outbox.count(OutboxState.UNCERTAIN) == 1


async def test_a_power_cut_cannot_take_back_a_commit(sqlite: Store) -> None:
    async with sqlite.engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar_one() == 2
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
