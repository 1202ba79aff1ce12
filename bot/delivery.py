"""Sending what the outbox holds: in order within a chat, at the pace that the channel allows, never twice in doubt.

Every chat has a lane of its own: a send that hangs holds up its chat and no other. A fault of the database ends
nothing: the lane is given up, its message settled, and the outbox looked at again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

import structlog

from bot.channels.channel import Channel, DeliveryFailed
from scheduler.calendar import Calendar
from scheduler.clock import Clock
from scheduler.delivery import Pace, Throttle, Urgency, next_attempt
from scheduler.sending_hours import may_send, next_moment
from storage.outbox import Parcel
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# Looked for even without a wake-up: a reminder comes due, another process has written a row.
_LONGEST_SLEEP = 5.0
# Chats served at the same time; the channels' own limits are far below what this allows.
_AT_ONCE = 16
# Pauses before a sent message is settled again in a busy database: it went out, so forgetting it would double it.
_SETTLE_PAUSES = (0.0, 1.0, 5.0, 15.0, 30.0)

# A reminder counts days and figures: put off beyond this it would be stale when it comes.
_REMINDER_KEEPS = timedelta(hours=4)

_Lane = tuple[str, str]


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
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._running: dict[_Lane, asyncio.Task[None]] = {}
        self._finishing = False

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send for ever. What was being sent when the program last died is never sent again."""
        await self._settle(self._recover)
        while not self._finishing:
            self._woken.clear()
            try:
                if not await self.start_due():
                    await self._sleep()
            except Exception:
                log.exception("delivery_failed")
                await asyncio.sleep(_LONGEST_SLEEP)

    @staticmethod
    async def _recover(unit: UnitOfWork) -> None:
        lost = await unit.outbox.recover()
        if lost:
            log.warning("sends_uncertain_after_restart", count=len(lost))

    async def _sleep(self) -> None:
        now = self._clock.now()
        async with self._store.reading() as unit:
            due = await unit.outbox.next_due(now)
        wait = _LONGEST_SLEEP if due is None else min(_LONGEST_SLEEP, max(0.05, (due - now).total_seconds()))
        try:
            await asyncio.wait_for(self._woken.wait(), wait)
        except TimeoutError:
            return

    async def send_due(self) -> int:
        """Send everything that is due now, and wait until it went; how many messages were tried."""
        started = await self.start_due()
        if self._running:
            await asyncio.wait(list(self._running.values()))
        return started

    async def finish(self) -> None:
        """Send what is due, and let what is being sent come to its end; nothing is begun after that."""
        await self.send_due()
        self._finishing = True

    async def start_due(self) -> int:
        """Begin to send what is due in chats that are not being served; how many messages that are."""
        async with self._store.reading() as unit:
            parcels = await unit.outbox.due(self._clock.now(), channels=tuple(self._channels))
        lanes: dict[_Lane, list[Parcel]] = {}
        for parcel in parcels:
            lane = (parcel.chat.channel, parcel.chat.address)
            if lane not in self._running:
                lanes.setdefault(lane, []).append(parcel)
        for lane, waiting in lanes.items():
            task = asyncio.create_task(self._send_lane(waiting))
            self._running[lane] = task
            task.add_done_callback(partial(self._ended, lane))
        return sum(map(len, lanes.values()))

    def _ended(self, lane: _Lane, _task: asyncio.Task[None]) -> None:
        self._running.pop(lane, None)
        self.wake()

    async def _send_lane(self, parcels: list[Parcel]) -> None:
        async with self._free:
            for parcel in parcels:
                try:
                    if not await self._send(parcel):
                        return
                except Exception:
                    log.exception("send_lane_failed", parcel=parcel.id, channel=parcel.chat.channel)
                    # A busy database is not asked again at once.
                    await asyncio.sleep(_LONGEST_SLEEP)
                    return

    async def _send(self, parcel: Parcel) -> bool:
        """Send one message; False when the rest of its chat must wait with it."""
        await self._turn(parcel)
        async with self._store.unit() as unit:
            if not await unit.outbox.sending(parcel.id):
                return False
        if self._is_stale(parcel):
            await self._settle(partial(self._give_up, parcel=parcel, reason="its hours were over"))
            return True
        try:
            delivered = await self._channels[parcel.chat.channel].send(parcel.chat, parcel.message)
        except DeliveryFailed as failure:
            return await self._failed(parcel, failure)
        except asyncio.CancelledError:
            # Shut down while the messenger had the request: it may have it, so it is not sent again.
            await asyncio.shield(self._settle(lambda unit: unit.outbox.uncertain(parcel.id, "stopped while sending")))
            raise
        except Exception:
            log.exception("send_broke", parcel=parcel.id, channel=parcel.chat.channel)
            await self._settle(lambda unit: unit.outbox.uncertain(parcel.id, "the channel broke while sending"))
            return True
        await self._settle(lambda unit: unit.outbox.sent(parcel.id, delivered.message))
        return True

    def _is_stale(self, parcel: Parcel) -> bool:
        """True for a reminder that waited past its day or its hours (the program was down): it counts wrong days."""
        if parcel.urgency is not Urgency.REMINDER:
            return False
        now = self._clock.now()
        return parcel.created_at.date() < now.date() or not may_send(now, self._calendar)

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
        reason, now = failure.reason, self._clock.now()
        if not failure.certain:
            log.warning("send_uncertain", **context)
            await self._settle(lambda unit: unit.outbox.uncertain(parcel.id, reason))
            return True
        if failure.moved_to is not None:
            await self._settle(lambda unit: self._move(unit, parcel, failure))
            return False
        again = next_attempt(
            parcel.attempts + 1,
            now,
            parcel.urgency,
            retry_after=failure.retry_after,
            allowed=lambda moment: next_moment(moment, self._calendar),
        )
        if again is not None and parcel.urgency is Urgency.REMINDER and again - now > _REMINDER_KEEPS:
            # Worded for this morning; later the ledger words it anew, or finds that there is nothing left to say.
            log.info("reminder_given_back", **context)
            await self._settle(partial(self._give_up, parcel=parcel, reason=reason))
            return True
        if again is not None:
            log.info("send_postponed", until=again.isoformat(), **context)
            await self._settle(lambda unit: unit.outbox.retry(parcel.id, again, reason))
            return False
        log.warning("send_failed", **context)
        await self._settle(lambda unit: unit.outbox.failed(parcel.id, reason))
        return True

    @staticmethod
    async def _give_up(unit: UnitOfWork, *, parcel: Parcel, reason: str) -> None:
        await unit.outbox.give_up(parcel, reason)

    async def _move(self, unit: UnitOfWork, parcel: Parcel, failure: DeliveryFailed) -> None:
        assert failure.moved_to is not None, "only called for a chat that moved"
        await unit.chats.moved(parcel.chat, failure.moved_to)
        await unit.outbox.retry(parcel.id, self._clock.now(), failure.reason)

    async def _settle(self, write: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        """Write down what became of a message, in a busy database too; raises when it stays busy."""
        for pause in _SETTLE_PAUSES[:-1]:
            await asyncio.sleep(pause)
            try:
                async with self._store.unit() as unit:
                    await write(unit)
                return
            except Exception:
                log.exception("send_not_settled_yet")
        await asyncio.sleep(_SETTLE_PAUSES[-1])
        async with self._store.unit() as unit:
            await write(unit)
