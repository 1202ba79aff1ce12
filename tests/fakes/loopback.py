"""An ASGI application on a port of this machine, in a thread, so that a test speaks real HTTP to it."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

import uvicorn
from starlette.types import ASGIApp

T = TypeVar("T")

# What is still being answered when a test ends has this long.
_FAREWELL_SECONDS = 1


class _Server(uvicorn.Server):
    """Tells when it listens, and ends at once: uvicorn's own loop and farewell take a fifth of a second a test."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self.stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(set(self.server_state.tasks), timeout=_FAREWELL_SECONDS)


class Loopback:
    """Serves ``app`` on 127.0.0.1 between ``start`` and ``stop``; port 0 takes a free one."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        # The fakes stand for somebody else's machine: what they would log is no log of ours.
        logging.getLogger("uvicorn.access").disabled = True
        # uvicorn and Starlette spell the same interface in two ways.
        application = cast(Any, app)
        config = uvicorn.Config(
            application,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        self._server = _Server(config)
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name=f"fake {self.url}", daemon=True)

    def start(self) -> None:
        """Return once the port answers."""
        self._thread.start()
        if not self._server.listening.wait(timeout=30):
            raise RuntimeError("the fake server did not start")

    def stop(self) -> None:
        """Return once the thread has ended."""
        self.loop.call_soon_threadsafe(self._server.stopping.set)
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._server.serve(sockets=[self._socket]))
        self.loop.close()

    async def within(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work`` in the server's thread, where the state of the fake lives."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))
