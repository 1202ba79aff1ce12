"""A reminder's key is said once, whatever becomes of it."""

from __future__ import annotations

from datetime import timedelta

from handlers.message import ChatRef
from storage.models import ReminderState
from storage.reminders import Planned
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


async def test_many_are_planned_at_once_and_known_keys_stay_as_they_are(store: Store) -> None:
    async with store.unit() as unit:
        await unit.reminders.add_if_new("period1/a", CHAT, NOW, {"days": 3})
        await unit.reminders.skipped("period1/a", "đã nộp đủ")
        await unit.reminders.add_all(
            Planned(key, CHAT, NOW + HOUR, {"days": 1}) for key in ("period1/a", "period1/b", "period10/c")
        )
    async with store.reading() as unit:
        assert [(line.key, line.due_at, line.facts) for line in await unit.reminders.due(NOW + HOUR)] == [
            ("period1/b", NOW + HOUR, {"days": 1}),
            ("period10/c", NOW + HOUR, {"days": 1}),
        ]
        assert await unit.reminders.keys("period1") == {"period1/a", "period1/b"}


async def test_planning_makes_no_chat_that_was_forgotten(store: Store) -> None:
    gone = ChatRef("telegram", "2")
    async with store.unit() as unit:
        await unit.reminders.add_all([Planned("a", gone, NOW, {})])
        assert await unit.chats.row(gone) is None
        assert await unit.reminders.list() == []


async def test_a_settled_reminder_is_not_settled_again(store: Store) -> None:
    async with store.unit() as unit:
        await unit.reminders.add_if_new("a", CHAT, NOW, {})
        assert await unit.reminders.sent("a")
        assert not await unit.reminders.sent("a")
        assert not await unit.reminders.skipped("a", "period closed")
        assert not await unit.reminders.sent("never planned")
        (line,) = await unit.reminders.list()
    assert (line.state, line.reason) == (ReminderState.SENT, None)
