"""The people of a test: what they do in Telegram, and what they hear from the bot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from tests.fakes.messenger import PATIENCE_SECONDS
from tests.fakes.telegram.methods import photo_sizes
from tests.fakes.telegram.world import Chat, Json

if TYPE_CHECKING:
    from tests.fakes.telegram.server import FakeTelegram


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the bot as a person sees it. ``text`` is the caption where there is a picture or file."""

    message_id: int
    chat_id: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    file: bytes | None = None
    file_name: str | None = None
    is_photo: bool = False
    topic: str | None = None

    @property
    def buttons(self) -> list[str]:
        """All labels in reading order."""
        return [label for row in self.rows for label in row]


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the bot in it."""

    fake: FakeTelegram
    id: int

    @property
    def chat(self) -> Chat:
        return self.fake.world.chats[self.id]

    def topic_id(self, name: str) -> int:
        """The thread id of a topic."""
        return next(number for number, title in self.chat.topics.items() if title == name)

    async def closes_topic(self, name: str) -> None:
        """Somebody deletes a topic."""
        del self.chat.topics[self.topic_id(name)]

    async def removes_bot(self) -> None:
        """Somebody throws the bot out."""
        self.chat.closed = f"bot was kicked from the {self.chat.type} chat"

    async def becomes_supergroup(self) -> Group:
        """Telegram moves a basic group to a new number; the bot gets both notices."""
        return await self.fake.within(self._move())

    async def _move(self) -> Group:
        world = self.fake.world
        old = self.chat
        new = Chat(-1_002_000_000_000 + old.id, "supergroup", old.title, set(old.members))
        world.chats[new.id] = new
        sender = next(iter(world.accounts.values()))
        there = await world.post(old, {"migrate_to_chat_id": new.id}, sender)
        old.moved_to = new.id
        here = await world.post(new, {"migrate_from_chat_id": old.id}, sender)
        await world.queue({"message": there})
        await world.queue({"message": here})
        return Group(self.fake, new.id)


class Person:
    """One account on one phone. Every chat is read from top to bottom: ``hears`` gives the next message of the bot.

    ``chat`` is a group everywhere; without it the private chat with the bot is meant.
    """

    def __init__(self, fake: FakeTelegram, number: int) -> None:
        self._fake = fake
        self.id = number
        self._read: dict[int, int] = {}

    async def starts(self, code: str = "") -> int:
        """Open the bot, by an invite link where there is a code."""
        return await self.says(f"/start {code}".rstrip())

    async def says(
        self, text: str, chat: Group | None = None, *, topic: str | None = None, reply_to: Heard | None = None
    ) -> int:
        """Write a message; returns its number."""
        return await self._sends({"text": text}, chat, topic, reply_to)

    async def sends_photo(self, content: bytes, caption: str = "", chat: Group | None = None) -> int:
        """Send a picture from the gallery."""
        identity = self._fake.world.keep_file(content, "photos", ".jpg")
        return await self._sends({"photo": photo_sizes(identity, len(content)), **_caption(caption)}, chat)

    async def sends_file(
        self, name: str, content: bytes, media_type: str, caption: str = "", chat: Group | None = None
    ) -> int:
        """Send a file."""
        identity = self._fake.world.keep_file(content, "documents", PurePath(name).suffix)
        document = {
            "file_id": identity,
            "file_unique_id": f"u{identity}",
            "file_name": name,
            "mime_type": media_type,
            "file_size": len(content),
        }
        return await self._sends({"document": document, **_caption(caption)}, chat)

    async def sends_content(self, content: Json, chat: Group | None = None) -> int:
        """Send anything else, in Telegram's own terms ("sticker", "voice", "location", ...)."""
        return await self._sends(content, chat)

    async def hears(
        self, chat: Group | None = None, *, containing: str = "", seconds: float = PATIENCE_SECONDS
    ) -> Heard:
        """The bot's next message, waited for; with ``containing`` the next one that has these words."""
        place = self._place(chat)

        def next_message() -> Json | None:
            for message in self._from_bot(place):
                if message["message_id"] > self._read.get(place, 0) and containing in _words(message):
                    return message
            return None

        what = f"a message to {self._name}" + (f' with "{containing}"' if containing else "")
        message = await self._fake.within(self._fake.world.until(next_message, seconds, what))
        self._read[place] = message["message_id"]
        return self._heard(message)

    async def presses(self, label: str, chat: Group | None = None, *, seconds: float = PATIENCE_SECONDS) -> str:
        """Press the newest button with this label, waited for; returns the press's number.

        Whoever presses has read down to there: ``hears`` goes on below.
        """
        place = self._place(chat)

        def newest() -> tuple[Json, str] | None:
            for message in reversed(self._from_bot(place)):
                for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                    for button in row:
                        if button["text"] == label:
                            return message, button["callback_data"]
            return None

        world = self._fake.world
        message, value = await self._fake.within(world.until(newest, seconds, f'a button "{label}" for {self._name}'))
        self._read[place] = max(self._read.get(place, 0), message["message_id"])
        press = world.new_press()
        query = {
            "id": press,
            "from": world.accounts[self.id],
            "message": message,
            "chat_instance": str(place),
            "data": value,
        }
        await self._fake.within(world.queue({"callback_query": query}))
        return press

    async def sees_press_taken(self, press: str, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the spinner on the button is gone."""
        world = self._fake.world
        await self._fake.within(world.until(lambda: world.presses[press], seconds, "the press is acknowledged"))

    async def blocks_bot(self) -> None:
        """Stop and block the bot."""
        self._private().closed = "bot was blocked by the user"

    async def unblocks_bot(self) -> None:
        """Let the bot write again."""
        self._private().closed = None

    def unheard(self, chat: Group | None = None) -> list[Heard]:
        """What has come and was not read yet, without waiting."""
        place = self._place(chat)
        return [self._heard(it) for it in self._from_bot(place) if it["message_id"] > self._read.get(place, 0)]

    def everything(self, chat: Group | None = None) -> list[Heard]:
        """All that the bot ever wrote there, read or not, in order."""
        return [self._heard(it) for it in self._from_bot(self._place(chat))]

    @property
    def _name(self) -> str:
        return str(self._fake.world.accounts[self.id]["first_name"])

    def _place(self, chat: Group | None) -> int:
        return self.id if chat is None else chat.id

    def _private(self) -> Chat:
        return self._fake.world.chats.setdefault(self.id, Chat(self.id, "private", self._name))

    def _from_bot(self, place: int) -> list[Json]:
        chat = self._fake.world.chats.get(place)
        bot = self._fake.world.bot["id"]
        return [it for it in chat.messages if it["from"]["id"] == bot] if chat is not None else []

    async def _sends(
        self, content: Json, group: Group | None, topic: str | None = None, reply_to: Heard | None = None
    ) -> int:
        return await self._fake.within(self._post(content, group, topic, reply_to))

    async def _post(self, content: Json, group: Group | None, topic: str | None, reply_to: Heard | None) -> int:
        world = self._fake.world
        chat = self._private() if group is None else group.chat
        if reply_to is not None:
            answered = next(it for it in chat.messages if it["message_id"] == reply_to.message_id)
            content = {**content, "reply_to_message": {k: v for k, v in answered.items() if k != "reply_to_message"}}
            if chat.type == "supergroup" and topic is None:
                content["message_thread_id"] = reply_to.message_id
        thread = group.topic_id(topic) if group is not None and topic is not None else None
        message = await world.post(chat, content, world.accounts[self.id], topic=thread)
        if world.sees(chat, message):
            await world.queue({"message": message})
        return int(message["message_id"])

    def _heard(self, message: Json) -> Heard:
        world = self._fake.world
        rows = message.get("reply_markup", {}).get("inline_keyboard", ())
        photo, document = message.get("photo"), message.get("document")
        identity = photo[-1]["file_id"] if photo else document["file_id"] if document else None
        chat_id = message["chat"]["id"]
        return Heard(
            message["message_id"],
            chat_id,
            _words(message),
            tuple(tuple(button["text"] for button in row) for row in rows),
            world.files[identity].content if identity else None,
            document["file_name"] if document else None,
            is_photo=bool(photo),
            topic=world.chats[chat_id].topics.get(message.get("message_thread_id", 0)),
        )


def _words(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _caption(caption: str) -> Json:
    return {"caption": caption} if caption else {}
