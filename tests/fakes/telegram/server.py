"""The fake Telegram: an ASGI application, and the handle by which a test plays the people and the accidents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from tests.fakes.faults import Call, make_trouble, respond
from tests.fakes.messenger import PATIENCE_SECONDS, FakeMessenger
from tests.fakes.request import parameters
from tests.fakes.telegram.methods import Methods
from tests.fakes.telegram.people import Group, Heard, Person
from tests.fakes.telegram.rules import Refusal
from tests.fakes.telegram.world import Chat, Json, World

TOKEN = "123456:TEST-token-that-no-log-may-show"
USERNAME = "trolyxahoamau_bot"

_METHOD_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_FILE_PATH = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")


class FakeTelegram(FakeMessenger):
    """One bot's Telegram.

    with FakeTelegram() as fake:
        channel = TelegramChannel(fake.token, base_url=fake.base_url)
        hoa = fake.person("Hoa")
        await hoa.starts("MA-MOI")
        assert "Chào" in (await hoa.hears()).text
        await hoa.presses("Đồng ý, tham gia")

    """

    def __init__(self, *, port: int = 0, token: str = TOKEN, reads_all_group_messages: bool = False) -> None:
        self.username = USERNAME
        self.world = World(token, USERNAME, reads_all_group_messages=reads_all_group_messages)
        super().__init__(self.world, token, port)
        self._methods = Methods(self.world)
        self._next_account = 7_001
        self._next_group = 1_001

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

    def messages_to(self, person: Person) -> list[Heard]:
        """All that the bot ever wrote to a person alone, in order."""
        return person.everything()

    async def taken(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the bot has confirmed every update, that is, has stored it."""
        await self.within(self.world.until(lambda: not self.world.waiting, seconds, "the bot takes all updates"))

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
            await self._record_poll(values)
        fault = self.faults.take(asked["method"])
        status, answer, done = 200, {}, False
        if fault is None or fault.acted:
            try:
                answer = {"ok": True, "result": await self._methods.call(asked["method"], values, files)}
                done = True
            except Refusal as refusal:
                status, answer = refusal.code, refusal.body
        if asked["method"].lower() != "getupdates":
            await self._record(Call(asked["method"], values, files, done))
        if fault is not None:
            await make_trouble(fault, receive, send, self.world.closing)
        else:
            await _answer(send, status, answer)

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
