"""The people of a test on Zalo: they write, and read what the bot writes. There is nothing to press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.messenger import PATIENCE_SECONDS
from tests.fakes.zalo.world import Chat, Json, Media

if TYPE_CHECKING:
    from tests.fakes.zalo.server import FakeZalo


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the bot in it."""

    id: str


class Person:
    """One account. Every chat is read from top to bottom; without ``chat`` the private one is meant."""

    def __init__(self, fake: FakeZalo, number: str) -> None:
        self._fake = fake
        self.id = number
        self._read: dict[str, int] = {}

    async def says(self, text: str, chat: Group | None = None, *, answers_bot: bool = False) -> None:
        """Write. In a group the bot gets it only when the text names it ("@Bot ...") or answers it."""
        await self._sends("message.text.received", {"text": text}, chat, text, answers_bot)

    async def sends_photo(
        self, content: bytes, caption: str = "", chat: Group | None = None, *, media: Media | None = None
    ) -> None:
        """Send a picture; ``media`` says how its address answers, where that is not as it should be."""
        name = f"{self._fake.world.new_id()}.jpg"
        self._fake.world.media[name] = media or Media(content)
        picture: Json = {
            "message_type": "CHAT_PHOTO",
            self._fake.world.photo_key: f"{self._fake.base_url}/media/{name}",
        }
        if caption:
            picture["caption"] = caption
        await self._sends("message.image.received", picture, chat, caption)

    async def sends_sticker(self, chat: Group | None = None) -> None:
        """Send a sticker."""
        address = "https://zalo-api.zadn.vn/api/emoticon/oasticker?eid=1"
        await self._sends("message.sticker.received", {"sticker": "1", "url": address}, chat, "")

    async def sends_voice(self) -> None:
        """Send a voice message."""
        address = "https://f2-voice-aac-dl.zdn.vn/1.aac"
        await self._sends("message.voice.received", {"message_type": "CHAT_VOICE", "voice_url": address}, None, "")

    async def sends_unsupported(self, chat: Group | None = None, *, answers_bot: bool = False) -> None:
        """Send a file, a place or a contact: Zalo tells the bot only that there was something."""
        await self._sends("message.unsupported.received", {}, chat, "", answers_bot)

    async def hears(self, chat: Group | None = None, *, containing: str = "", seconds: float = PATIENCE_SECONDS) -> str:
        """The bot's next message, waited for; with ``containing`` the next one that has these words."""
        place = self._chat(chat)

        def next_text() -> tuple[int, str] | None:
            for number, text in enumerate(place.texts):
                if number >= self._read.get(place.id, 0) and containing in text:
                    return number, text
            return None

        what = f"a message to {self._fake.world.names[self.id]}" + (f' with "{containing}"' if containing else "")
        number, text = await self._fake.within(self._fake.world.until(next_text, seconds, what))
        self._read[place.id] = number + 1
        return text

    def unheard(self, chat: Group | None = None) -> list[str]:
        """What has come and was not read yet, without waiting."""
        place = self._chat(chat)
        return place.texts[self._read.get(place.id, 0) :]

    def _chat(self, chat: Group | None) -> Chat:
        return self._fake.world.chats[self.id if chat is None else chat.id]

    async def _sends(
        self, event: str, content: Json, chat: Group | None, words: str, answers_bot: bool = False
    ) -> None:
        world = self._fake.world
        place = self._chat(chat)
        if chat is not None and not answers_bot and f"@{world.name}".lower() not in words.lower():
            return
        # Having written first is what lets the bot write.
        place.known = True
        await self._fake.within(world.queue(world.event(event, place.id, self.id, content)))
