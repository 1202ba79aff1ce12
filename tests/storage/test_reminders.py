"""A reminder's key is said once, whatever becomes of it."""

from __future__ import annotations

from datetime import timedelta

from handlers.message import ChatRef
from storage.models import ReminderState
from storage.store import Store
from tests.storage.commune import NOW

CHAT = ChatRef("telegram", "1")
HOUR = timedelta(hours=1)


async def test_a_key_is_planned_once_even_after_it_was_settled(store: Store) -> None:
    async with store.unit() as unit:
        assert await unit.reminders.add_if_new("a", CHAT, NOW, {"kind": "before", "days": 3})
        assert not await unit.reminders.add_if_new("a", CHAT, NOW + HOUR, {})
        await unit.reminders.sent("a")
    async with store.unit() as unit:
        assert not await unit.reminders.add_if_new("a", CHAT, NOW, {})
        assert await unit.reminders.due(NOW) == []
        (line,) = await unit.reminders.list(ReminderState.SENT)
    assert (line.key, line.chat, line.due_at, line.facts) == ("a", CHAT, NOW, {"kind": "before", "days": 3})


async def test_what_is_due_comes_earliest_first(store: Store) -> None:
    async with store.unit() as unit:
        for key, at in (("c", NOW + 2 * HOUR), ("b", NOW), ("a", NOW - HOUR)):
            await unit.reminders.add_if_new(key, CHAT, at, {})
        assert [line.key for line in await unit.reminders.due(NOW)] == ["a", "b"]
        assert await unit.reminders.next_due() == NOW - HOUR
        await unit.reminders.skipped("a", "đã nộp đủ")
        await unit.reminders.failed("b", "no chat")
    async with store.reading() as unit:
        assert [(line.key, line.state, line.reason) for line in await unit.reminders.list()] == [
            ("a", ReminderState.SKIPPED, "đã nộp đủ"),
            ("b", ReminderState.FAILED, "no chat"),
            ("c", ReminderState.PLANNED, None),
        ]
