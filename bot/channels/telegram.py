"""Telegram by long polling, over python-telegram-bot's ``Bot`` and nothing else of it.

Updates are fetched raw, so that one of an unknown kind stops neither its batch nor the loop; ``telegram_update`` reads
them one by one. Sending says exactly whether a message can have arrived (``telegram_http``).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog
from telegram import Bot, LinkPreviewOptions, Message
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.channels.channel import Abilities, Delivered, DeliveryFailed, Moved, RawUpdate
from bot.channels.download import file_too_large, not_fetched
from bot.channels.in_parts import send_in_order
from bot.channels.pause import GrowingPause
from bot.channels.telegram_failure import failure
from bot.channels.telegram_http import Flooded, TelegramHttp, Unanswered, said
from bot.channels.telegram_parts import Part, parts_of
from bot.channels.telegram_update import CHANNEL, Myself, Place, moved, pressed, read
from bot.channels.token_secrecy import silence_transport_logs
from handlers.message import Attachment, ChatRef, Incoming, Outgoing
from knowledge.errors import Misconfigured

log = structlog.get_logger(__name__)

TELEGRAM = "https://api.telegram.org"
MAX_TEXT = 4096
# Telegram lets a bot download no larger file.
MAX_DOWNLOAD_BYTES = 20_000_000
# Telegram's published ceilings: one message a second to a chat, thirty a second in all.
_PER_CHAT_SECONDS = 1.0
_PER_SECOND = 30.0
# Only what ``parse`` reads; everything else would cross a village's mobile line for nothing.
_WANTED = ("message", "callback_query")
# The answer to a poll may be this much later than the time that Telegram was asked to wait.
_POLL_GRACE_SECONDS = 10.0


class _Bot(Bot):
    """The library's bot shows its token wherever it is printed, a traceback with local variables included."""

    def __repr__(self) -> str:
        return "Bot"


class TelegramChannel:
    """One Telegram bot.

    ``base_url`` is the server's root, without "/bot"; a Bot API server of one's own or an emulator fits there.
    ``proxy`` is an address that httpx understands. All timeouts are seconds. ``first_pause`` is the shortest pause
    after a failed poll. ``transport`` replaces the network (httpx).
    """

    name = CHANNEL
    abilities = Abilities(
        buttons=True,
        text_limit=MAX_TEXT,
        sends_files=True,
        per_chat_seconds=_PER_CHAT_SECONDS,
        per_second=_PER_SECOND,
    )

    def __init__(
        self,
        token: str,
        *,
        base_url: str = TELEGRAM,
        base_file_url: str | None = None,
        proxy: str | None = None,
        poll_seconds: int = 30,
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        upload_timeout: float = 60.0,
        first_pause: float = 1.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        own_id, colon, _ = token.partition(":")
        if not colon or not own_id.isdigit():
            raise Misconfigured("Mã bot Telegram (DONDOC_TELEGRAM_TOKEN) không đúng dạng 123456:chữ")
        silence_transport_logs()
        self._me = Myself(int(own_id))
        self._poll_seconds = poll_seconds
        self._first_pause = first_pause

        def http(connections: int) -> TelegramHttp:
            return TelegramHttp(
                connections=connections,
                connect_timeout=connect_timeout,
                read_timeout=read_timeout,
                upload_timeout=upload_timeout,
                proxy=proxy,
                transport=transport,
            )

        # Polling has a connection of its own: it waits there most of the time.
        self._polls = http(connections=1)
        self._http = http(connections=32)
        self._bot = _Bot(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{(base_file_url or base_url).rstrip('/')}/file/bot",
            request=self._http,
            get_updates_request=self._polls,
        )

    async def check(self) -> str:
        """See ``Channel.check``."""
        try:
            user = await self._bot.get_me()
        except InvalidToken:
            raise Misconfigured("Telegram không nhận DONDOC_TELEGRAM_TOKEN; lấy lại mã ở @BotFather") from None
        except TelegramError as error:
            raise failure(error) from None
        self._me = Myself(user.id, user.username, bool(user.can_read_all_group_messages))
        return f"@{user.username}"

    @property
    def reads_all_group_messages(self) -> bool:
        """Whether the bot sees every message of its groups (privacy mode off), known after ``check``."""
        return self._me.reads_all_group_messages

    async def updates(self, after: str | None) -> AsyncIterator[RawUpdate]:
        """See ``Channel.updates``.

        ``after`` is not sent to Telegram: it remembers itself what was confirmed, and after a quiet week it numbers
        updates anew from a random start, so that an old, higher number would make it forget unseen ones. What comes
        twice after a crash has the identity that it had before.
        """
        pause = GrowingPause(self._first_pause)
        ready = False
        offset: int | None = None
        while True:
            try:
                if not ready:
                    await self._get_ready_to_poll()
                    ready = True
                batch = await self._poll(offset)
            except (TelegramError, DeliveryFailed, Misconfigured) as error:
                ready = ready and not isinstance(error, Conflict)
                await asyncio.sleep(_pause_after(error, pause))
                continue
            pause.reset()
            for body in batch:
                yield RawUpdate(str(body["update_id"]), body)
                # Asked for the next one: this one is stored.
                offset = body["update_id"] + 1

    async def _get_ready_to_poll(self) -> None:
        if self._me.username is None:
            await self.check()
        # While a webhook is set, Telegram refuses to be polled.
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates, each with its number."""
        query: dict[str, Any] = {"timeout": self._poll_seconds, "allowed_updates": json.dumps(_WANTED)}
        if offset is not None:
            query["offset"] = offset
        batch: Any = await self._polls.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(query)}",
            read_timeout=self._poll_seconds + _POLL_GRACE_SECONDS,
        )
        if not isinstance(batch, list):
            raise Unanswered("the answer is no list of updates")
        numbered = [it for it in batch if isinstance(it, dict) and isinstance(it.get("update_id"), int)]
        if batch and not numbered:
            # They cannot be confirmed: without a pause they would come again at once, for ever.
            raise Unanswered("updates without numbers")
        return numbered

    def parse(self, update: RawUpdate) -> Incoming | None:
        """See ``Channel.parse``."""
        return read(update, self._me)

    def moved(self, update: RawUpdate) -> Moved | None:
        """A group that became a supergroup, with both addresses; ``parse`` gives None for such an update."""
        return moved(update)

    async def send(self, to: ChatRef, message: Outgoing) -> Delivered:
        """See ``Channel.send``. A message of several parts that stops midway is never reported as safe to repeat."""
        try:
            place = Place.of(to.address)
        except ValueError:
            raise DeliveryFailed("not a Telegram address") from None
        sent = await send_in_order(parts_of(message, MAX_TEXT), lambda part: self._send_part(place, part))
        return Delivered(str(sent.message_id))

    async def _send_part(self, place: Place, part: Part) -> Message:
        try:
            if part.document is None:
                return await self._bot.send_message(
                    place.chat,
                    part.text,
                    message_thread_id=place.topic,
                    reply_markup=part.keyboard,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            if part.document.is_picture:
                try:
                    return await self._bot.send_photo(
                        place.chat,
                        part.document.content,
                        filename=part.document.name,
                        caption=part.text or None,
                        message_thread_id=place.topic,
                        reply_markup=part.keyboard,
                    )
                except BadRequest as error:
                    # Too long and narrow, or of a kind that Telegram does not draw: as a file it goes.
                    if "photo" not in str(error).lower() and "image" not in str(error).lower():
                        raise
            return await self._bot.send_document(
                place.chat,
                part.document.content,
                filename=part.document.name,
                caption=part.text or None,
                message_thread_id=place.topic,
                reply_markup=part.keyboard,
            )
        except TelegramError as error:
            raise failure(error, place) from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # Telegram took it, and the library cannot read what it says of it.
            raise DeliveryFailed(f"an answer of an unknown form: {type(error).__name__}", certain=False) from None

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """See ``Channel.fetch``."""
        if attachment.size is not None and attachment.size > limit:
            raise file_too_large(limit)
        try:
            file = await self._bot.get_file(attachment.ref)
            if file.file_path is None:
                raise BadRequest("no file path")
            return await self._http.download(file.file_path, limit)
        except TelegramError as error:
            if "file is too big" in str(error).lower():
                raise file_too_large(MAX_DOWNLOAD_BYTES) from None
            log.warning("telegram_file_not_fetched", error=said(error))
            raise not_fetched() from None

    async def acknowledge(self, update: RawUpdate) -> None:
        """See ``Channel.acknowledge``."""
        press = pressed(update)
        if press is None:
            return
        try:
            await self._bot.answer_callback_query(press)
        except TelegramError as error:
            # Mostly "query is too old": the spinner is gone by then.
            log.info("telegram_press_not_acknowledged", error=said(error))

    def is_group(self, chat: ChatRef) -> bool:
        """Groups have negative numbers."""
        return chat.address.startswith("-")

    def invite_link(self, code: str) -> str | None:
        """See ``Channel.invite_link``; None before ``check`` too."""
        return f"https://t.me/{self._me.username}?start={code}" if self._me.username else None

    async def close(self) -> None:
        """See ``Channel.close``."""
        await self._polls.shutdown()
        await self._http.shutdown()


def _pause_after(error: TelegramError | DeliveryFailed | Misconfigured, pause: GrowingPause) -> float:
    """Log why polling stopped, and say for how many seconds."""
    if isinstance(error, (InvalidToken, Misconfigured)):
        log.error("telegram_token_refused", advice="ask @BotFather for the right token")
    elif isinstance(error, Conflict):
        log.error("telegram_polled_elsewhere", advice="another program uses this token: stop it")
    elif isinstance(error, Flooded):
        return max(error.seconds, pause.next())
    else:
        log.warning("telegram_unreachable", error=said(error) if isinstance(error, TelegramError) else error.reason)
    return pause.next()
