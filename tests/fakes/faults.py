"""Troubles that a fake messenger makes on demand, and the record of what it was asked."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Send

from tests.fakes.request import Upload


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot, as it came; ``done`` tells whether the messenger did what was asked."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, Upload]
    done: bool


@dataclass(slots=True)
class Fault:
    """What happens instead of an ordinary answer, ``times`` times.

    ``answer`` is (status, body); without one the connection is cut, or with ``hangs`` left open for ever. ``acted``
    says that the request is carried out all the same.
    """

    method: str
    times: int
    answer: tuple[int, bytes] | None = None
    acted: bool = False
    hangs: bool = False


@dataclass(slots=True)
class Faults:
    """The troubles that are still to come, in order."""

    coming: list[Fault] = field(default_factory=list)

    def answer(self, method: str, status: int, body: dict[str, Any] | bytes, times: int = 1) -> None:
        """Answer with this instead."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.coming.append(Fault(method.lower(), times, (status, content)))

    def cut(self, method: str, times: int = 1, *, acted: bool = False) -> None:
        """Close the connection without an answer; with ``acted`` after doing what was asked."""
        self.coming.append(Fault(method.lower(), times, acted=acted))

    def hang(self, method: str, times: int = 1, *, acted: bool = False) -> None:
        """Never answer; with ``acted`` after doing what was asked."""
        self.coming.append(Fault(method.lower(), times, acted=acted, hangs=True))

    def take(self, method: str) -> Fault | None:
        """The trouble for this request, used up by it."""
        for fault in self.coming:
            if fault.method == method.lower():
                fault.times -= 1
                if fault.times <= 0:
                    self.coming.remove(fault)
                return fault
        return None


async def make_trouble(fault: Fault, receive: Receive, send: Send, closing: asyncio.Event) -> None:
    """Answer as ``fault`` says. ``closing`` ends a hanging one when the server stops."""
    if fault.answer is not None:
        status, body = fault.answer
        await respond(send, status, body)
        return
    if fault.hangs:
        gone = asyncio.create_task(_until_gone(receive))
        stopped = asyncio.create_task(closing.wait())
        await asyncio.wait((gone, stopped), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        stopped.cancel()
    # An answer that is announced and never comes makes the server cut the connection.
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


async def respond(send: Send, status: int, body: bytes, media_type: bytes = b"application/json") -> None:
    """A whole answer."""
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
