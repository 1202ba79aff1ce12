"""A busy database, a crash with a backlog, a send that hangs, a notice in the middle of a step: nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import Delivered, RawUpdate
from bot.channels.console import ConsoleChannel
from bot.delivery import Delivery
from handlers.message import ChatRef, MessageKind, Outgoing
from storage import database
from storage.models import OutboxState
from tests.conversations.stage import CAST, Stage, stage


def line(on: Stage, who: str, text: str) -> RawUpdate:
    body = {"account": CAST[who].account, "text": text, "kind": MessageKind.TEXT.value}
    return RawUpdate(on.channel.next_identity(), body)


async def test_a_busy_database_delays_an_answer_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    async with stage(tmp_path) as on, on.running(on.channel):
        with capture_logs() as log:
            await lock_until(on, tmp_path / "dondoc.db", log)
        heard = await on.hears("2/2.")
    assert "Đã hiểu: 76,3 %" in heard


async def lock_until(on: Stage, file: Path, log: list[MutableMapping[str, Any]]) -> None:
    """Somebody else writes for so long that the program gives up a try; two messages come meanwhile."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    on.channel.switch(CAST["Trạm"].account)
    on.channel.type("báo cáo")
    on.channel.type("76,3")
    while not any(entry["event"] == "update_not_stored_yet" for entry in log):
        await asyncio.sleep(0.02)
    other.execute("COMMIT")
    other.close()


async def test_everything_that_a_crash_left_is_answered_in_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        async with on.program.archive.store.unit() as unit:
            for number in range(130):
                update = line(on, "Trạm", "trợ giúp" if number else "báo cáo")
                await unit.inbox.add(on.channel.name, update.identity, update.body)
        async with on.running(on.channel):
            await on.settles()
        async with on.program.archive.store.reading() as unit:
            assert not await unit.inbox.waiting(on.channel.name)
        assert "1/2." in on.heard()[0]


class SlowForOne(ConsoleChannel):
    """A messenger whose answer to one chat does not come."""

    def __init__(self, stuck: str, printed: list[str]) -> None:
        super().__init__(tuple(CAST.values()), printed.append)
        self.stuck = stuck
        self.release = asyncio.Event()

    async def send(self, to: ChatRef, message: Outgoing) -> Delivered:
        if to.address == self.stuck:
            await self.release.wait()
        return await super().send(to, message)


async def test_a_send_that_hangs_holds_up_its_own_chat_only(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        printed: list[str] = []
        channel = SlowForOne(CAST["Trạm"].account, printed)
        archive = on.program.archive
        delivery = Delivery(archive.store, archive.clock, archive.calendar, {channel.name: channel})
        async with archive.store.unit() as unit:
            await unit.outbox.add(ChatRef(channel.name, CAST["Trạm"].account), Outgoing("một"))
        await delivery.start_due()
        async with archive.store.unit() as unit:
            await unit.outbox.add(ChatRef(channel.name, CAST["Công an"].account), Outgoing("hai"))
        while not printed:
            await delivery.start_due()
            await asyncio.sleep(0)
        assert "hai" in printed[0]
        channel.release.set()
        await delivery.finish()
        async with archive.store.reading() as unit:
            assert await unit.outbox.count(OutboxState.SENT) == 2
