"""The fake Zalo: an ASGI application, and the handle by which a test plays the people and the accidents."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from tests.fakes.faults import Call, make_trouble, respond
from tests.fakes.messenger import FakeMessenger
from tests.fakes.request import parameters
from tests.fakes.zalo.methods import NO_RESULT, Methods
from tests.fakes.zalo.people import Group, Person
from tests.fakes.zalo.world import Chat, Media, Refusal, World

TOKEN = "987654:ZALO-token-that-no-log-may-show"
NAME = "Bot Xã Hòa Mẫu"

_METHOD_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_MEDIA_PATH = re.compile(r"/media/(?P<name>.+)")


class FakeZalo(FakeMessenger):
    """One bot's Zalo.

        with FakeZalo() as fake:
            channel = ZaloChannel(fake.token, base_url=fake.base_url, media_hosts=("http://127.0.0.1",))
            hoa = fake.person("Hoa")
            await hoa.says("xin chào")
            assert "Chào" in await hoa.hears()

    ``world`` has the switches for what is not known about the real one.
    """

    def __init__(self, *, port: int = 0, token: str = TOKEN) -> None:
        self.world = World(NAME)
        super().__init__(self.world, token, port)
        self._methods = Methods(self.world)

    def person(self, name: str) -> Person:
        """A new account; the bot may write to it once it has written."""
        number = self.world.new_id()
        self.world.names[number] = name
        self.world.chats[number] = Chat(number)
        return Person(self, number)

    def group(self) -> Group:
        """A group with the bot in it; there it may write at any time."""
        group = Group(f"zgr-{self.world.new_id()}")
        self.world.chats[group.id] = Chat(group.id, known=True)
        return group

    async def happens(self, *events: dict[str, Any]) -> None:
        """Give the bot events that no person sends."""
        for event in events:
            await self.within(self.world.queue(event))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        request = Request(scope, receive)
        if (picture := _MEDIA_PATH.fullmatch(request.url.path)) is not None:
            await _serve(self.world.media.get(picture["name"], Media(b"", 404)), send)
            return
        asked = _METHOD_PATH.fullmatch(request.url.path)
        if asked is None or asked["token"] != self.token:
            refusal = Refusal(404, "Not Found") if asked is None else Refusal(401, "Unauthorized")
            await _answer(send, refusal.status, refusal.body)
            return
        values, files = await parameters(request)
        polls = asked["method"] == "getUpdates"
        if polls:
            await self._record_poll(values)
        fault = self.faults.take(asked["method"])
        status, done = 200, False
        answer: dict[str, Any] = {}
        if fault is None or fault.acted:
            try:
                result = await self._methods.call(asked["method"], values)
                answer = {"ok": True} if result is NO_RESULT else {"ok": True, "result": result}
                done = True
            except Refusal as refusal:
                status, answer = 200 if self.world.status_200 else refusal.status, refusal.body
        if not polls:
            await self._record(Call(asked["method"], values, files, done))
        if fault is not None:
            await make_trouble(fault, receive, send, self.world.closing)
        else:
            await _answer(send, status, answer)


async def _serve(media: Media, send: Send) -> None:
    if media.announced:
        await respond(send, media.status, media.content, b"image/jpeg")
        return
    await send({"type": "http.response.start", "status": media.status, "headers": []})
    await send({"type": "http.response.body", "body": media.content})


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    content = json.dumps(body, ensure_ascii=False).encode()
    # The real edge names its server twice, which a strict reader refuses.
    extra = [(b"server", b"ZALO"), (b"server", b"ZGS")]
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
