"""One lane per chat: messages of a chat are handled in order, chats beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

# Messages handled at the same time over all chats; a database on one disk gains nothing from more.
MOST_AT_ONCE = 8


class Lanes:
    """Runs jobs: those with the same key one after the other, in the order in which they came."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._last: dict[str, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(most)

    def run(self, key: str, job: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Queue a job. It must not raise: what can go wrong is settled inside."""
        before = self._last.get(key)
        task = asyncio.create_task(self._after(before, job), name=f"lane {key}")
        self._last[key] = task
        task.add_done_callback(lambda done: self._forget(key, done))
        return task

    async def _after(self, before: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]]) -> None:
        if before is not None:
            await asyncio.wait([before])
        async with self._free:
            await job()

    def _forget(self, key: str, done: asyncio.Task[None]) -> None:
        if self._last.get(key) is done:
            del self._last[key]

    async def drain(self) -> None:
        """Wait until everything that was queued is done."""
        while self._last:
            await asyncio.wait(list(self._last.values()))
