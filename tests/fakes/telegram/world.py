"""The state behind the fake: accounts, chats, messages, files, and the updates that wait for the bot."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.state import State
from tests.fakes.telegram.rules import Refusal, bad_request, entities

Json = dict[str, Any]


@dataclass(slots=True)
class Chat:
    """A private chat (``id`` is the person's) or a group; ``topics`` maps thread ids to names."""

    id: int
    type: str
    title: str
    members: set[int] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    messages: list[Json] = field(default_factory=list)
    moved_to: int | None = None
    # None while the bot may write here, else the 403 that it gets.
    closed: str | None = None

    @property
    def is_group(self) -> bool:
        return self.type != "private"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that one side uploaded."""

    path: str
    content: bytes


class World(State):
    """Everything Telegram knows about one bot. All coroutines run in the server's loop."""

    def __init__(self, token: str, username: str, *, reads_all_group_messages: bool) -> None:
        super().__init__()
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Trợ lý",
            "username": username,
        }
        self.reads_all_group_messages = reads_all_group_messages
        self.accounts: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, bool] = {}
        self.waiting: list[Json] = []
        self.webhook = ""
        self._update_id = 410_000
        self._message_id = 0
        self._file_id = 0
        self._press_id = 9_000
        self._poll = 0

    # ---- the bot's side

    def chat_for_bot(self, chat_id: Any) -> Chat:
        """The chat that the bot may write to, or the refusal that it gets."""
        try:
            chat = self.chats[int(chat_id)]
        except (ValueError, KeyError, TypeError):
            raise bad_request("chat not found") from None
        if chat.moved_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        if chat.closed is not None:
            raise Refusal(403, f"Forbidden: {chat.closed}")
        return chat

    async def take_updates(self, offset: int | None, limit: int, wait: float, allowed: list[str] | None) -> list[Json]:
        """As getUpdates: confirms what is below ``offset``, waits, and gives way to a newer poll with a 409."""
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._poll += 1
        mine = self._poll

        def wanted() -> list[Json]:
            return [it for it in self.waiting if allowed is None or set(it) & set(allowed)][:limit]

        async with self.changed:
            if offset is not None:
                self.waiting = [it for it in self.waiting if it["update_id"] >= offset]
            self.changed.notify_all()
            try:
                async with asyncio.timeout(wait):
                    await self.changed.wait_for(lambda: wanted() or self._poll != mine or self.closing.is_set())
            except TimeoutError:
                return []
            if self._poll != mine:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            return wanted()

    async def post(self, chat: Chat, message: Json, sender: Json, *, topic: int | None = None) -> Json:
        """Put a message of either side into a chat."""
        async with self.changed:
            self._message_id += 1
            whole: Json = {
                "message_id": self._message_id,
                "date": int(time.time()),
                "chat": self.described(chat),
                "from": sender,
                **message,
            }
            if topic is not None:
                if topic not in chat.topics:
                    raise bad_request("message thread not found")
                whole |= {"message_thread_id": topic, "is_topic_message": True}
            for text, marks in (("text", "entities"), ("caption", "caption_entities")):
                if whole.get(text) and (found := entities(whole[text])):
                    whole[marks] = found
            chat.messages.append(whole)
            self.changed.notify_all()
            return whole

    def message(self, chat: Chat, message_id: Any) -> Json:
        """A message of a chat by its number."""
        for message in chat.messages:
            if message["message_id"] == int(message_id):
                return message
        raise bad_request("message to edit not found")

    def keep_file(self, content: bytes, folder: str, suffix: str) -> str:
        """Store a file; returns its file_id."""
        self._file_id += 1
        identity = f"AgACAgUAAx{self._file_id:06d}"
        self.files[identity] = StoredFile(f"{folder}/file_{self._file_id}{suffix}", content)
        return identity

    # ---- the people's side

    def described(self, chat: Chat) -> Json:
        """A chat as Telegram describes it in messages."""
        if not chat.is_group:
            account = self.accounts[chat.id]
            return {"id": chat.id, "type": "private", "first_name": account["first_name"]}
        described: Json = {"id": chat.id, "type": chat.type, "title": chat.title}
        if chat.topics:
            described["is_forum"] = True
        return described

    def sees(self, chat: Chat, message: Json) -> bool:
        """Whether the bot gets this message: with privacy mode only what is meant for it."""
        if not chat.is_group or self.reads_all_group_messages:
            return True
        text = message.get("text") or message.get("caption") or ""
        answered = message.get("reply_to_message", {}).get("from", {}).get("id")
        named = re.search(rf"@{self.bot['username']}\b", text, re.IGNORECASE)
        return text.startswith("/") or answered == self.bot["id"] or named is not None

    async def queue(self, update: Json) -> int:
        """Give the bot an update; returns its number."""
        async with self.changed:
            self._update_id += 1
            self.waiting.append({"update_id": self._update_id, **update})
            self.changed.notify_all()
            return self._update_id

    def new_press(self) -> str:
        """A number for a press that waits for answerCallbackQuery."""
        self._press_id += 1
        identity = str(self._press_id)
        self.presses[identity] = False
        return identity
