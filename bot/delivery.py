"""Sending what the outbox holds: in order within a chat, at the pace that the channel allows, never twice in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.channels.channel import Channel, DeliveryFailed
from bot.posting import REMINDER_KEY
from scheduler.calendar import Calendar
from scheduler.clock import Clock
from scheduler.delivery import Pace, Throttle, Urgency, next_attempt
from scheduler.reminders import next_moment
from storage.outbox import Parcel
from storage.store import Store

log = structlog.get_logger()

# Looked for even without a wake-up: a reminder comes due, another process has written a row.
_LONGEST_SLEEP = 5.0
# Chats served at the same time; the channels' own limits are far below what this allows.
_AT_ONCE = 16


class Delivery:
    """The one sender of this process. ``wake`` after every commit that may have added a message."""

    def __init__(self, store: Store, clock: Clock, calendar: Calendar, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._channels = channels
        self._throttle = Throttle(
            {
                name: Pace(channel.abilities.per_second, channel.abilities.per_chat_seconds)
                for name, channel in channels.items()
            }
        )
        self._woken = asyncio.Event()
        self._sending = asyncio.Lock()
        self._free = asyncio.Semaphore(_AT_ONCE)

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send for ever; a cancelled send is settled before this returns."""
        async with self._store.unit() as unit:
            lost = await unit.outbox.recover()
        if lost:
            log.warning("sends_uncertain_after_restart", count=len(lost))
        while True:
            self._woken.clear()
            if not await self.send_due():
                await self._sleep()

    async def _sleep(self) -> None:
        now = self._clock.now()
        async with self._store.reading() as unit:
            due = await unit.outbox.next_due(now)
        wait = _LONGEST_SLEEP if due is None else min(_LONGEST_SLEEP, max(0.05, (due - now).total_seconds()))
        try:
            await asyncio.wait_for(self._woken.wait(), wait)
        except TimeoutError:
            return

    async def finish(self) -> None:
        """Send what is due, and let what is being sent come to its end; nothing is sent after that."""
        await self.send_due()
        await self._sending.acquire()

    async def send_due(self) -> int:
        """Send everything that is due now; how many messages were tried."""
        async with self._sending:
            return await self._send_due()

    async def _send_due(self) -> int:
        async with self._store.reading() as unit:
            parcels = await unit.outbox.due(self._clock.now(), channels=tuple(self._channels))
        lanes: dict[tuple[str, str], list[Parcel]] = {}
        for parcel in parcels:
            lanes.setdefault((parcel.chat.channel, parcel.chat.address), []).append(parcel)
        async with asyncio.TaskGroup() as group:
            for lane in lanes.values():
                group.create_task(self._send_lane(lane))
        return len(parcels)

    async def _send_lane(self, parcels: list[Parcel]) -> None:
        async with self._free:
            for parcel in parcels:
                if not await self._send(parcel):
                    return

    async def _send(self, parcel: Parcel) -> bool:
        """Send one message; False when the rest of its chat must wait with it."""
        await self._turn(parcel)
        async with self._store.unit() as unit:
            if not await unit.outbox.sending(parcel.id):
                return False
        try:
            delivered = await self._channels[parcel.chat.channel].send(parcel.chat, parcel.message)
        except DeliveryFailed as failure:
            return await self._failed(parcel, failure)
        except asyncio.CancelledError:
            # Shut down while the messenger had the request: it may have it, so it is not sent again.
            await asyncio.shield(self._uncertain(parcel, "stopped while sending"))
            raise
        except Exception:
            log.exception("send_broke", parcel=parcel.id, channel=parcel.chat.channel)
            await self._uncertain(parcel, "the channel broke while sending")
            return True
        async with self._store.unit() as unit:
            await unit.outbox.sent(parcel.id, delivered.message)
        return True

    async def _turn(self, parcel: Parcel) -> None:
        """Wait until the channel's pace allows this message."""
        chat = parcel.chat
        group = self._channels[chat.channel].is_group(chat)
        wait = self._throttle.take(chat.channel, chat.address, group=group)
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._throttle.take(chat.channel, chat.address, group=group)

    async def _failed(self, parcel: Parcel, failure: DeliveryFailed) -> bool:
        context = {"parcel": parcel.id, "channel": parcel.chat.channel, "reason": failure.reason}
        if not failure.certain:
            log.warning("send_uncertain", **context)
            await self._uncertain(parcel, failure.reason)
            return True
        now = self._clock.now()
        async with self._store.unit() as unit:
            if failure.moved_to is not None:
                await unit.chats.moved(parcel.chat, failure.moved_to)
                await unit.outbox.retry(parcel.id, now, failure.reason)
                return False
            again = next_attempt(
                parcel.attempts + 1,
                now,
                _urgency(parcel),
                retry_after=failure.retry_after,
                allowed=lambda moment: next_moment(moment, self._calendar),
            )
            if again is not None:
                log.info("send_postponed", until=again.isoformat(), **context)
                await unit.outbox.retry(parcel.id, again, failure.reason)
                return False
            log.warning("send_failed", **context)
            await unit.outbox.failed(parcel.id, failure.reason)
            return True

    async def _uncertain(self, parcel: Parcel, reason: str) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.uncertain(parcel.id, reason)


def _urgency(parcel: Parcel) -> Urgency:
    if parcel.in_reply_to is not None:
        return Urgency.REPLY
    is_reminder = parcel.message.key is not None and parcel.message.key.startswith(REMINDER_KEY)
    return Urgency.REMINDER if is_reminder else Urgency.NOTICE
