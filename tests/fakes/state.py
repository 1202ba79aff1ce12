"""State that a test waits on: never for a time, always for something to be so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class State:
    """Lives in the server's loop. Whoever changes it holds ``changed`` and notifies all."""

    def __init__(self) -> None:
        self.changed = asyncio.Condition()
        self.closing = asyncio.Event()

    async def until(self, condition: Callable[[], T | None], seconds: float, what: str) -> T:
        """Wait until ``condition`` gives something true; fails the test with ``what`` after ``seconds``."""
        async with self.changed:
            try:
                async with asyncio.timeout(seconds):
                    while not (found := condition()):
                        await self.changed.wait()
                    return found
            except TimeoutError:
                raise AssertionError(f"waited {seconds:g} s in vain: {what}") from None

    async def close(self) -> None:
        """Let everyone who waits go."""
        self.closing.set()
        async with self.changed:
            self.changed.notify_all()
