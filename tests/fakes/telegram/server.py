"""The fake Telegram: an ASGI application, and the handle by which a test plays the people and the accidents."""

from __future__ import annotations

import json
import re
from collections.abc import Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from tests.fakes.faults import Call, Faults, make_trouble, respond
from tests.fakes.loopback import Loopback
from tests.fakes.request import parameters
from tests.fakes.telegram.methods import Methods
from tests.fakes.telegram.people import Group, Person
from tests.fakes.telegram.rules import Refusal
from tests.fakes.telegram.world import Chat, Json, World

T = TypeVar("T")

TOKEN = "123456:TEST-token-that-no-log-may-show"
USERNAME = "trolyxahoamau_bot"

_METHOD_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_FILE_PATH = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")


class FakeTelegram:
    """One bot's Telegram, alive from ``with`` on; its state outlives any number of bot processes.

        with FakeTelegram() as fake:
            channel = TelegramChannel(fake.token, base_url=fake.base_url)
            hoa = fake.person("Hoa")
            await hoa.starts("MA-MOI")
            assert "Chào" in (await hoa.hears()).text
            await hoa.presses("Đồng ý, tham gia")

    ``faults`` makes trouble on demand, ``calls`` is all that the bot asked, except polls.
    """

    def __init__(self, *, port: int = 0, token: str = TOKEN, reads_all_group_messages: bool = False) -> None:
        self.token = token
        self.username = USERNAME
        self.world = World(token, USERNAME, reads_all_group_messages=reads_all_group_messages)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.polls: list[Json] = []
        self._methods = Methods(self.world)
        self._loopback = Loopback(self, port)
        self._next_account = 7_001
        self._next_group = 1_001

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
        self._loopback.loop.call_soon_threadsafe(lambda: self._loopback.loop.create_task(self.world.close()))
        self._loopback.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # ---- the people

    def person(self, name: str) -> Person:
        """A new account; the bot knows it once it writes."""
        number, self._next_account = self._next_account, self._next_account + 1
        self.world.accounts[number] = {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}
        return Person(self, number)

    def group(
        self, title: str, members: Iterable[Person] = (), *, topics: Iterable[str] = (), supergroup: bool = True
    ) -> Group:
        """A group with the bot in it; ``topics`` makes it one with topics."""
        number, self._next_group = self._next_group, self._next_group + 1
        chat_id = -1_001_000_000_000 - number if supergroup else -number
        chat = Chat(chat_id, "supergroup" if supergroup else "group", title, {person.id for person in members})
        chat.topics = {10 + 2 * place: topic for place, topic in enumerate(topics)}
        self.world.chats[chat_id] = chat
        return Group(self, chat_id)

    async def within(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work`` where the state lives."""
        return await self._loopback.within(work)

    async def taken(self, seconds: float = 10.0) -> None:
        """Wait until the bot has confirmed every update, that is, has stored it."""
        await self.within(self.world.until(lambda: not self.world.waiting, seconds, "the bot takes all updates"))

    async def asked(self, method: str, times: int = 1, seconds: float = 10.0) -> list[Call]:
        """Wait until the bot has called ``method`` so many times; returns these calls."""

        def matching() -> list[Call] | None:
            found = [call for call in self.calls if call.method.lower() == method.lower()]
            return found if len(found) >= times else None

        found: list[Call] = await self.within(self.world.until(matching, seconds, f"{times} calls of {method}"))
        return found

    def sent(self) -> list[Call]:
        """The messages that the bot sent and Telegram took."""
        return [call for call in self.calls if call.method.lower().startswith("send") and call.done]

    # ---- the server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        request = Request(scope, receive)
        if (file := _FILE_PATH.fullmatch(request.url.path)) is not None:
            await self._serve_file(file["token"], file["path"], receive, send)
            return
        asked = _METHOD_PATH.fullmatch(request.url.path)
        if asked is None:
            await _answer(send, 404, Refusal(404, "Not Found").body)
            return
        if asked["token"] != self.token:
            code, words = (401, "Unauthorized") if ":" in asked["token"] else (404, "Not Found")
            await _answer(send, code, Refusal(code, words).body)
            return
        values, files = await parameters(request)
        if asked["method"].lower() == "getupdates":
            self.polls.append(values)
        fault = self.faults.take(asked["method"])
        status, answer, done = 200, {}, False
        if fault is None or fault.acted:
            try:
                answer = {"ok": True, "result": await self._methods.call(asked["method"], values, files)}
                done = True
            except Refusal as refusal:
                status, answer = refusal.code, refusal.body
        await self._record(Call(asked["method"], values, files, done))
        if fault is not None:
            await make_trouble(fault, receive, send, self.world.closing)
        else:
            await _answer(send, status, answer)

    async def _record(self, call: Call) -> None:
        if call.method.lower() == "getupdates":
            return
        async with self.world.changed:
            self.calls.append(call)
            self.world.changed.notify_all()

    async def _serve_file(self, token: str, path: str, receive: Receive, send: Send) -> None:
        fault = self.faults.take("file")
        if fault is not None:
            await make_trouble(fault, receive, send, self.world.closing)
            return
        content = next((it.content for it in self.world.files.values() if it.path == path), None)
        if token != self.token or content is None:
            await _answer(send, 404, Refusal(404, "Not Found").body)
            return
        await respond(send, 200, content, b"application/octet-stream")


async def _answer(send: Send, status: int, body: Json) -> None:
    await respond(send, status, json.dumps(body).encode())
