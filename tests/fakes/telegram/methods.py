"""The Bot API methods of the fake, each with the checks that Telegram makes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import Any

from tests.fakes.request import Upload
from tests.fakes.telegram.rules import (
    MAX_CAPTION,
    MAX_TEXT,
    Refusal,
    bad_request,
    checked_keyboard,
    checked_text,
)
from tests.fakes.telegram.world import Chat, Json, World

# Telegram lets bots download no larger file.
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024

Method = Callable[["Methods", Json, dict[str, Upload]], Awaitable[Any]]


class Methods:
    """Methods by name; Telegram does not mind the case of a name."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def call(self, name: str, values: Json, files: dict[str, Upload]) -> Any:
        """The result of a method; raises ``Refusal``."""
        method = _METHODS.get(name.lower())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        return await method(self, values, files)

    async def get_me(self, values: Json, files: dict[str, Upload]) -> Any:
        return {
            **self.world.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": self.world.reads_all_group_messages,
            "supports_inline_queries": False,
        }

    async def get_updates(self, values: Json, files: dict[str, Upload]) -> Any:
        allowed = values.get("allowed_updates")
        if isinstance(allowed, str):
            allowed = json.loads(allowed)
        offset = values.get("offset")
        return await self.world.take_updates(
            None if offset is None else int(offset),
            int(values.get("limit") or 100),
            float(values.get("timeout") or 0),
            allowed or None,
        )

    async def set_webhook(self, values: Json, files: dict[str, Upload]) -> Any:
        self.world.webhook = str(values.get("url", ""))
        return True

    async def delete_webhook(self, values: Json, files: dict[str, Upload]) -> Any:
        self.world.webhook = ""
        if str(values.get("drop_pending_updates", "")).lower() == "true":
            self.world.waiting.clear()
        return True

    async def send_message(self, values: Json, files: dict[str, Upload]) -> Any:
        chat = self.world.chat_for_bot(values.get("chat_id"))
        text = checked_text(values.get("text"), MAX_TEXT, empty="message text is empty", long="message is too long")
        return await self._post(chat, values, {"text": text})

    async def send_photo(self, values: Json, files: dict[str, Upload]) -> Any:
        chat = self.world.chat_for_bot(values.get("chat_id"))
        photo = _uploaded(files, "photo", values)
        if len(photo.content) > MAX_PHOTO:
            raise Refusal(413, "Request Entity Too Large")
        if not photo.content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            raise bad_request("IMAGE_PROCESS_FAILED")
        identity = self.world.keep_file(photo.content, "photos", ".jpg")
        sizes = photo_sizes(identity, len(photo.content))
        return await self._post(chat, values, {"photo": sizes, **_caption(values)})

    async def send_document(self, values: Json, files: dict[str, Upload]) -> Any:
        chat = self.world.chat_for_bot(values.get("chat_id"))
        upload = _uploaded(files, "document", values)
        identity = self.world.keep_file(upload.content, "documents", PurePath(upload.name).suffix)
        document = {
            "file_id": identity,
            "file_unique_id": f"u{identity}",
            "file_name": upload.name,
            "mime_type": upload.media_type,
            "file_size": len(upload.content),
        }
        return await self._post(chat, values, {"document": document, **_caption(values)})

    async def edit_message_text(self, values: Json, files: dict[str, Upload]) -> Any:
        chat = self.world.chat_for_bot(values.get("chat_id"))
        text = checked_text(values.get("text"), MAX_TEXT, empty="message text is empty", long="message is too long")
        return await self._edit(chat, values, {"text": text})

    async def edit_message_reply_markup(self, values: Json, files: dict[str, Upload]) -> Any:
        return await self._edit(self.world.chat_for_bot(values.get("chat_id")), values, {})

    async def answer_callback_query(self, values: Json, files: dict[str, Upload]) -> Any:
        identity = str(values.get("callback_query_id"))
        if identity not in self.world.presses:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        async with self.world.changed:
            self.world.presses[identity] = True
            self.world.changed.notify_all()
        return True

    async def get_file(self, values: Json, files: dict[str, Upload]) -> Any:
        stored = self.world.files.get(str(values.get("file_id")))
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        identity = str(values["file_id"])
        return {
            "file_id": identity,
            "file_unique_id": f"u{identity}",
            "file_size": len(stored.content),
            "file_path": stored.path,
        }

    async def send_chat_action(self, values: Json, files: dict[str, Upload]) -> Any:
        self.world.chat_for_bot(values.get("chat_id"))
        return True

    async def _post(self, chat: Chat, values: Json, content: Json) -> Json:
        keyboard = checked_keyboard(values.get("reply_markup"))
        if keyboard is not None:
            content["reply_markup"] = keyboard
        topic = values.get("message_thread_id")
        return await self.world.post(chat, content, self.world.bot, topic=None if topic is None else int(topic))

    async def _edit(self, chat: Chat, values: Json, content: Json) -> Json:
        message = self.world.message(chat, values.get("message_id"))
        if message["from"]["id"] != self.world.bot["id"]:
            raise bad_request("message can't be edited")
        keyboard = checked_keyboard(values.get("reply_markup"))
        after = {**message, **content}
        # An edit without a keyboard takes the old one away.
        after.pop("reply_markup", None)
        if keyboard is not None:
            after["reply_markup"] = keyboard
        if after == message:
            raise bad_request("message is not modified")
        async with self.world.changed:
            message.clear()
            message.update(after)
            self.world.changed.notify_all()
        return message


def photo_sizes(identity: str, size: int) -> list[Json]:
    """A photo in the two sizes in which Telegram keeps it; only the larger can be fetched here."""
    return [
        {"file_id": f"{identity}s", "file_unique_id": f"u{identity}s", "width": 90, "height": 67, "file_size": 900},
        {"file_id": identity, "file_unique_id": f"u{identity}", "width": 1280, "height": 960, "file_size": size},
    ]


def _uploaded(files: dict[str, Upload], name: str, values: Json) -> Upload:
    reference = str(values.get(name, ""))
    upload = files.get(reference.removeprefix("attach://")) if reference.startswith("attach://") else files.get(name)
    if upload is None:
        raise bad_request(f"there is no {name} in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    return upload


def _caption(values: Json) -> Json:
    caption = checked_text(values.get("caption"), MAX_CAPTION, empty=None, long="message caption is too long")
    return {"caption": caption} if caption else {}


_METHODS: dict[str, Method] = {
    "getme": Methods.get_me,
    "getupdates": Methods.get_updates,
    "setwebhook": Methods.set_webhook,
    "deletewebhook": Methods.delete_webhook,
    "sendmessage": Methods.send_message,
    "sendphoto": Methods.send_photo,
    "senddocument": Methods.send_document,
    "editmessagetext": Methods.edit_message_text,
    "editmessagereplymarkup": Methods.edit_message_reply_markup,
    "answercallbackquery": Methods.answer_callback_query,
    "getfile": Methods.get_file,
    "sendchataction": Methods.send_chat_action,
}
