"""What the fake messengers have in common: a server in a thread, troubles on demand, a record of what was asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from starlette.types import Receive, Scope, Send

from tests.fakes.faults import Call, Faults
from tests.fakes.loopback import Loopback
from tests.fakes.state import State

T = TypeVar("T")

# How long a test waits before it fails; far more than a loaded machine needs.
PATIENCE_SECONDS = 60.0


class FakeMessenger(ABC):
    """One bot's messenger, alive from ``with`` on; its state outlives any number of bot processes.

    ``faults`` makes trouble on demand, ``calls`` is all that the bot asked except polls, ``polls`` counts those.
    """

    def __init__(self, state: State, token: str, port: int) -> None:
        self.token = token
        self.faults = Faults()
        self.calls: list[Call] = []
        self.polls: list[dict[str, Any]] = []
        self._state = state
        self._loopback = Loopback(self, port)

    @property
    def base_url(self) -> str:
        """The server's root; the Bot API is at ``base_url + "/bot<token>/"``."""
        return self._loopback.url

    def start(self) -> Self:
        """Listen; ``with`` does it too."""
        self._loopback.start()
        return self

    def stop(self) -> None:
        """Close every connection and stop listening."""
        loop = self._loopback.loop
        loop.call_soon_threadsafe(lambda: loop.create_task(self._state.close()))
        self._loopback.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def within(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work`` where the state lives."""
        return await self._loopback.within(work)

    async def asked(self, method: str, times: int = 1, seconds: float = PATIENCE_SECONDS) -> list[Call]:
        """Wait until the bot has called ``method`` so many times; returns these calls."""

        def matching() -> list[Call] | None:
            found = [call for call in self.calls if call.method.lower() == method.lower()]
            return found if len(found) >= times else None

        return await self.within(self._state.until(matching, seconds, f"{times} calls of {method}"))

    async def polled(self, times: int, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the bot has polled so many times since the start."""
        await self.within(self._state.until(lambda: len(self.polls) >= times, seconds, f"{times} polls"))

    def sent(self) -> list[Call]:
        """The messages that the bot sent and the messenger took."""
        return [call for call in self.calls if call.method.lower().startswith("send") and call.done]

    async def _record(self, call: Call) -> None:
        async with self._state.changed:
            self.calls.append(call)
            self._state.changed.notify_all()

    async def _record_poll(self, parameters: dict[str, Any]) -> None:
        async with self._state.changed:
            self.polls.append(parameters)
            self._state.changed.notify_all()

    @abstractmethod
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
