"""Waking the program: every minute, and at chosen moments. What there is to do then is in the database, not here.

APScheduler keeps nothing for us: a wake that was missed while the machine slept is made up for by one wake, since the
rows say what is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # APScheduler 3 has no types

from scheduler.clock import HANOI, Clock

# Reminders are due to the minute; an unneeded wake is one indexed query.
EVERY: Final = timedelta(minutes=1)


class Waker:
    """Calls ``wake`` every ``every`` and at the moments asked for, one call at a time, until it is stopped.

    ``wake`` is a coroutine function without arguments; an exception of its is logged by APScheduler and the next wake
    comes all the same. ``clock`` may be set to another time: moments are reached as that clock runs.
    """

    def __init__(self, wake: Callable[[], Awaitable[None]], clock: Clock, every: timedelta = EVERY) -> None:
        self._wake = wake
        self._clock = clock
        self._every = every
        self._one_at_a_time = asyncio.Lock()
        self._stopped = False
        # coalesce and no grace time: however many wakes were missed and however long ago, one makes up for them.
        self._scheduler = AsyncIOScheduler(
            timezone=HANOI, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )

    def start(self) -> None:
        """Begin, with a first wake at once. Needs a running event loop."""
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=self._every.total_seconds(),
            id="every",
            next_run_time=datetime.now(HANOI),
        )
        self._scheduler.start()

    def at(self, moment: datetime) -> None:
        """Wake at ``moment`` of the clock as well; at once when it is past. Asking twice for one moment is one wake."""
        real = datetime.now(HANOI) + max(moment - self._clock.now(), timedelta())
        self._scheduler.add_job(self._run, "date", run_date=real, id=moment.isoformat(), replace_existing=True)

    async def stop(self) -> None:
        """Let a running wake end, then stop for good. Safe to call before ``start`` and twice."""
        self._stopped = True
        async with self._one_at_a_time:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
                await asyncio.sleep(0)  # APScheduler hands the shutdown to the event loop

    async def _run(self) -> None:
        async with self._one_at_a_time:
            if not self._stopped:
                await self._wake()
