"""Taking in updates: stored first, acknowledged then, handled one lane per chat."""

from __future__ import annotations

import asyncio

import structlog

from bot.channels.channel import Channel, RawUpdate
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.lanes import Lanes
from scheduler.clock import Clock
from storage.inbox import Received
from storage.store import Store

log = structlog.get_logger()


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
        async with self._store.reading() as unit:
            left = await unit.inbox.waiting(self._channel.name)
            last = await unit.inbox.last_identity(self._channel.name)
        for received in left:
            self._queue(received, None)
        async for update in self._channel.updates(last):
            await self.take(update)

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
            await self._dispatch.handle(received)
            self._delivery.wake()
            if update is not None:
                await self._channel.acknowledge(update)

        self._lanes.run(self._dispatch.lane(received), job)

    async def drain(self) -> None:
        """Finish what is being handled."""
        await asyncio.shield(self._lanes.drain())
