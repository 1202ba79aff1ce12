"""Waking by APScheduler in a running event loop."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from scheduler.clock import HANOI, SetClock, SystemClock
from scheduler.waking import Waker

LONG = timedelta(days=1)
# Far more than any wake needs; reached only when none comes.
PATIENCE = 10


class Wakes:
    """Counts wakes and lets a test wait for the n-th."""

    def __init__(self) -> None:
        self.count = self.running = self.most_at_once = 0
        self._changed = asyncio.Condition()

    async def wake(self) -> None:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        async with self._changed:
            self.count += 1
            self._changed.notify_all()

    async def reach(self, count: int) -> None:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: self.count >= count), PATIENCE)


async def test_it_wakes_at_once_and_again_and_again() -> None:
    wakes = Wakes()
    waker = Waker(wakes.wake, SystemClock(), every=timedelta(milliseconds=20))
    waker.start()
    await wakes.reach(3)
    await waker.stop()
    assert wakes.most_at_once == 1


async def test_a_moment_in_the_past_wakes_at_once() -> None:
    wakes = Wakes()
    waker = Waker(wakes.wake, SystemClock(), every=LONG)
    waker.start()
    await wakes.reach(1)
    waker.at(datetime.now(HANOI) - timedelta(hours=5))
    await wakes.reach(2)
    await waker.stop()


async def test_moments_are_those_of_a_clock_that_was_set() -> None:
    wakes = Wakes()
    clock = SetClock(datetime(2026, 6, 3, 8, 0, tzinfo=HANOI))
    waker = Waker(wakes.wake, clock, every=LONG)
    waker.start()
    await wakes.reach(1)
    waker.at(datetime(2026, 6, 3, 8, 0, 0, 50_000, tzinfo=HANOI))
    await wakes.reach(2)
    await waker.stop()


async def test_a_wake_that_fails_is_followed_by_the_next() -> None:
    wakes = Wakes()

    async def fail_once() -> None:
        await wakes.wake()
        if wakes.count == 1:
            raise RuntimeError("the database is locked")

    waker = Waker(fail_once, SystemClock(), every=timedelta(milliseconds=20))
    waker.start()
    await wakes.reach(2)
    await waker.stop()


async def test_stopping_lets_a_running_wake_end_and_starts_no_other() -> None:
    started, may_end = asyncio.Event(), asyncio.Event()
    ended = []

    async def slow() -> None:
        started.set()
        await may_end.wait()
        ended.append(True)

    waker = Waker(slow, SystemClock(), every=timedelta(milliseconds=20))
    waker.start()
    await asyncio.wait_for(started.wait(), PATIENCE)
    stopping = asyncio.create_task(waker.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    may_end.set()
    await asyncio.wait_for(stopping, PATIENCE)
    assert ended == [True]
    await waker.stop()


async def test_stopping_before_starting_is_nothing() -> None:
    await Waker(Wakes().wake, SystemClock()).stop()
