"""The state behind the fake Zalo, and the switches for what nobody outside knows about the real one."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.state import State

Json = dict[str, Any]

# The free plan's month.
MONTHLY_QUOTA = 3000


class Refusal(Exception):
    """An answer with "ok": false; ``status`` is the HTTP status, ``code`` the error code in the body."""

    def __init__(self, code: int, description: str, status: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.status = code if status is None else status

    @property
    def body(self) -> Json:
        """The JSON of the answer."""
        return {"ok": False, "error_code": self.code, "description": self.description}


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group ("zgr-..."); ``texts`` are the bot's, in order."""

    id: str
    known: bool = False
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Media:
    """What a person sent, as its address answers; ``announced`` False hides the length."""

    content: bytes
    status: int = 200
    announced: bool = True


class World(State):
    """Everything Zalo knows about one bot.

    ``repeats`` is how often an update comes again after it was given. ``loses_while_offline`` drops what is written
    while nobody polls. ``unknown_chat`` and ``too_long`` are the codes for these refusals. ``status_200`` sends
    refusals with HTTP 200. ``photo_key`` is the name of a picture's address.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.chats: dict[str, Chat] = {}
        self.names: dict[str, str] = {}
        self.media: dict[str, Media] = {}
        self.waiting: list[Json] = []
        self.webhook = ""
        self.quota = MONTHLY_QUOTA
        self.repeats = 0
        self.loses_while_offline = False
        self.unknown_chat = 400
        self.too_long = 400
        self.status_200 = False
        self.photo_key = "photo_url"
        self._numbers = itertools.count(1)
        self._pollers = 0
        self._repeated = 0

    def new_id(self) -> str:
        """An opaque word, as Zalo's are."""
        return f"{0x82599FA32F56D00E0000 + next(self._numbers):020x}"

    async def take_update(self, wait: float) -> Json:
        """One update, waited for; the refusal 408 when none comes."""
        if self.webhook:
            raise Refusal(400, "Bad Request: a webhook is set")
        async with self.changed:
            self._pollers += 1
            try:
                async with asyncio.timeout(wait):
                    await self.changed.wait_for(lambda: self.waiting or self.closing.is_set())
            except TimeoutError:
                raise Refusal(408, "Request timeout") from None
            finally:
                self._pollers -= 1
            if not self.waiting:
                raise Refusal(408, "Request timeout")
            update = self.waiting[0]
            if self._repeated < self.repeats:
                self._repeated += 1
            else:
                self._repeated = 0
                self.waiting.pop(0)
            self.changed.notify_all()
            return update

    async def queue(self, event: Json) -> None:
        """Give the bot an event."""
        async with self.changed:
            if self.loses_while_offline and not self._pollers:
                return
            self.waiting.append(event)
            self.changed.notify_all()

    def event(self, name: str, chat: str, sender: str, content: Json) -> Json:
        """An event of a message, as captured from the real one."""
        kind = "GROUP" if chat.startswith("zgr-") else "PRIVATE"
        message = {
            "date": int(time.time() * 1000),
            "chat": {"chat_type": kind, "id": chat},
            "message_id": self.new_id(),
            "from": {"id": sender, "is_bot": False, "display_name": self.names[sender]},
            **content,
        }
        return {"event_name": name, "message": message}

    async def accept(self, chat_id: Any, words: str) -> Json:
        """Put what the bot sends into a chat, with the checks that Zalo makes."""
        chat = self.chats.get(str(chat_id))
        if chat is None or not chat.known:
            raise Refusal(self.unknown_chat, "Bad Request: chat not found")
        if self.quota <= 0:
            raise Refusal(429, "Quota exceeded")
        async with self.changed:
            self.quota -= 1
            chat.texts.append(words)
            self.changed.notify_all()
        return {"message_id": self.new_id(), "date": int(time.time() * 1000)}
