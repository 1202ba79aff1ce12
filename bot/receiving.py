"""Taking in updates: stored first, acknowledged then, handled one lane per chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat
from typing import TypeVar

import structlog

from bot.channels.channel import Channel, RawUpdate
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.lanes import Lanes
from scheduler.clock import Clock
from storage.inbox import Received
from storage.store import Store

log = structlog.get_logger()

T = TypeVar("T")


def _pauses() -> Iterator[float]:
    """Seconds between tries while the database is busy; without end."""
    return chain((0.5, 1.0, 5.0, 15.0), repeat(30.0))


class Receiving:
    """One messenger account's inbound side."""

    def __init__(self, channel: Channel, store: Store, clock: Clock, dispatch: Dispatch, delivery: Delivery) -> None:
        self._channel = channel
        self._clock = clock
        self._store = store
        self._dispatch = dispatch
        self._delivery = delivery
        self._lanes = Lanes()

    async def run(self) -> None:
        """Handle what was left by the last run, then receive for ever."""
        last = await self._persist(self._take_up)
        async for update in self._channel.updates(last):
            # Until it is stored the next one is not asked for: the messenger keeps it, and nothing is lost.
            await self._persist(partial(self.take, update))

    async def _take_up(self) -> str | None:
        """Queue everything that the last run left, oldest first; the identity of the last stored update."""
        async with self._store.reading() as unit:
            left: Sequence[Received] = await unit.inbox.waiting(self._channel.name, limit=None)
            last: str | None = await unit.inbox.last_identity(self._channel.name)
        for received in left:
            self._queue(received, None)
        return last

    async def _persist(self, step: Callable[[], Awaitable[T]]) -> T:
        """Do a step of storing however long the database is busy."""
        for pause in _pauses():
            try:
                return await step()
            except Exception:
                log.exception("update_not_stored_yet", channel=self._channel.name)
            await asyncio.sleep(pause)
        raise AssertionError("pauses never end")

    async def take(self, update: RawUpdate) -> None:
        """Store one update and queue it; an update that was seen before is dropped."""
        async with self._store.unit() as unit:
            fresh = await unit.inbox.add(self._channel.name, update.identity, update.body)
        if not fresh:
            log.info("update_seen_before", channel=self._channel.name, update=update.identity)
            return
        now = self._clock.now()
        self._queue(Received(0, self._channel.name, update.identity, update.body, now, 0), update)

    def _queue(self, received: Received, update: RawUpdate | None) -> None:
        async def job() -> None:
            # The lane keeps the update until it is settled, so that a chat's messages stay in order.
            await self._persist(partial(self._dispatch.handle, received))
            self._delivery.wake()
            if update is not None:
                await self._channel.acknowledge(update)

        self._lanes.run(self._dispatch.lane(received), job)

    async def drain(self) -> None:
        """Finish what is being handled."""
        await asyncio.shield(self._lanes.drain())
