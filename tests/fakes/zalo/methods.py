"""The Bot API methods of the fake Zalo that concern polling and sending."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.zalo.world import Json, Refusal, World

MAX_TEXT = 2000
_PARSE_MODES = (None, "markdown", "html")

Method = Callable[["Methods", Json], Awaitable[Any]]

# sendChatAction answers without "result".
NO_RESULT = object()


class Methods:
    """Methods by name; Zalo minds the case of a name."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, name: str, values: Json) -> Any:
        """The result of a method; raises ``Refusal``."""
        method = _METHODS.get(name)
        if method is None:
            raise Refusal(404, "Not Found")
        return await method(self, values)

    async def get_me(self, values: Json) -> Any:
        return {
            "id": "1459232241454765289",
            "account_name": "bot.VDKyGxQvc",
            "account_type": "BASIC",
            "can_join_groups": True,
            "display_name": self.world.name,
        }

    async def get_updates(self, values: Json) -> Any:
        # The documentation calls the seconds a string; numbers are taken too.
        return await self.world.take_update(float(values.get("timeout", 30)))

    async def set_webhook(self, values: Json) -> Any:
        if not str(values.get("url", "")).startswith("https://"):
            raise Refusal(400, "Bad Request: https only")
        if not 8 <= len(str(values.get("secret_token", ""))) <= 256:
            raise Refusal(400, "Bad Request: secret_token")
        self.world.webhook = str(values["url"])
        return {"url": self.world.webhook, "updated_at": int(time.time() * 1000)}

    async def delete_webhook(self, values: Json) -> Any:
        self.world.webhook = ""
        return {"url": "", "updated_at": int(time.time() * 1000)}

    async def get_webhook_info(self, values: Json) -> Any:
        if not self.world.webhook:
            raise Refusal(404, "Not Found")
        return {"url": self.world.webhook, "updated_at": int(time.time() * 1000)}

    async def send_message(self, values: Json) -> Any:
        text = values.get("text")
        if not isinstance(text, str) or not text:
            raise Refusal(400, "Bad Request: text is empty")
        if values.get("parse_mode") not in _PARSE_MODES:
            raise Refusal(400, "Bad Request: parse_mode")
        return await self.world.accept(values.get("chat_id"), self._checked(text))

    async def send_photo(self, values: Json) -> Any:
        address = str(values.get("photo", ""))
        if urlsplit(address).scheme not in ("http", "https"):
            raise Refusal(400, "Bad Request: photo must be a public address")
        return await self.world.accept(values.get("chat_id"), self._checked(str(values.get("caption", ""))))

    async def send_chat_action(self, values: Json) -> Any:
        if values.get("action") != "typing":
            raise Refusal(400, "Bad Request: action")
        return NO_RESULT

    def _checked(self, text: str) -> str:
        if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
            raise Refusal(self.world.too_long, "Bad Request: text is too long")
        return text


_METHODS: dict[str, Method] = {
    "getMe": Methods.get_me,
    "getUpdates": Methods.get_updates,
    "setWebhook": Methods.set_webhook,
    "deleteWebhook": Methods.delete_webhook,
    "getWebhookInfo": Methods.get_webhook_info,
    "sendMessage": Methods.send_message,
    "sendPhoto": Methods.send_photo,
    "sendChatAction": Methods.send_chat_action,
}
