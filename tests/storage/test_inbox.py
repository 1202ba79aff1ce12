"""Updates are kept once, handled once, and forgotten in words but not in identity."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage.models import InboxRow
from storage.store import Store
from tests.storage.commune import NOW


async def test_the_same_update_twice_is_one(store: Store) -> None:
    async with store.unit() as unit:
        assert await unit.inbox.add("telegram", "17", {"text": "một"})
    async with store.unit() as unit:
        assert not await unit.inbox.add("telegram", "17", {"text": "hai"})
        assert await unit.inbox.add("zalo", "17", {"text": "ba"})
        assert await unit.inbox.take("telegram", "17", {}) is None
    async with store.reading() as unit:
        (received,) = await unit.inbox.waiting("telegram")
        assert received.body == {"text": "một"}


async def test_a_handled_update_keeps_its_identity_and_loses_its_words(store: Store) -> None:
    async with store.unit() as unit:
        await unit.inbox.add("telegram", "17", {"text": "số liệu"})
        assert await unit.inbox.is_new("telegram", "17")
        await unit.inbox.done("telegram", "17")
    async with store.unit() as unit:
        assert await unit.inbox.waiting("telegram") == []
        assert not await unit.inbox.is_new("telegram", "17")
        assert not await unit.inbox.add("telegram", "17", {"text": "số liệu"})
        assert (await unit.session.scalars(select(InboxRow.body))).all() == [None]


async def test_a_channel_goes_on_from_the_last_update_it_stored(store: Store) -> None:
    async with store.unit() as unit:
        assert await unit.inbox.last_identity("telegram") is None
        for identity in ("9", "10", "11"):
            await unit.inbox.add("telegram", identity, {})
        await unit.inbox.add("zalo", "z", {})
        await unit.inbox.done("telegram", "11")
        await unit.inbox.prune(NOW + timedelta(days=30))
    async with store.reading() as unit:
        assert await unit.inbox.last_identity("telegram") == "11"
        assert [received.identity for received in await unit.inbox.waiting("telegram")] == ["9", "10"]


async def test_an_update_that_cannot_be_handled_is_set_aside_with_its_reason(store: Store) -> None:
    async with store.unit() as unit:
        received = await unit.inbox.take("telegram", "17", {"odd": [1]})
        assert received is not None
        assert received.attempts == 0
        assert await unit.inbox.tried("telegram", "17") == 1
        assert await unit.inbox.tried("telegram", "17") == 2
        await unit.inbox.quarantine("telegram", "17", "no sender")
    async with store.reading() as unit:
        assert await unit.inbox.waiting("telegram") == []
        assert await unit.inbox.quarantined() == [("telegram", "17", "no sender")]
