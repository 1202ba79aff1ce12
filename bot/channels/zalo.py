"""Zalo Bot by long polling.

Zalo has no buttons, no links into the bot and no uploads: choices are a list in the text, invite codes are typed, and
of a file the person is told. It gives one update a poll, and the same one again at times.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import structlog

from bot.channels.channel import Abilities, Delivered, DeliveryFailed, Moved, RawUpdate
from bot.channels.in_parts import send_in_order
from bot.channels.menu import render
from bot.channels.pause import LONGEST_PAUSE_SECONDS, GrowingPause
from bot.channels.text_split import split_text
from bot.channels.token_secrecy import silence_transport_logs
from bot.channels.zalo_api import MEDIA_HOSTS, ZALO, NotSent, ZaloApi, ZaloFailure, ZaloRefused
from bot.channels.zalo_update import CHANNEL, raw, read
from handlers.message import Attachment, ChatRef, Document, Incoming, Outgoing
from knowledge.errors import Misconfigured

log = structlog.get_logger(__name__)

MAX_TEXT = 2000
# Zalo publishes no rates; these are ours.
_PER_CHAT_SECONDS = 1.0
_PER_SECOND = 10.0
# Without a rest an update that Zalo repeats was seen to come twelve times a second.
_BETWEEN_POLLS_SECONDS = 1.0
# The answer to a poll may be this much later than the time that Zalo was asked to wait.
_POLL_GRACE_SECONDS = 10.0
# Repeats are dropped here before they reach the database; it knows the older ones.
_REMEMBERED_UPDATES = 500
_IDLE = 408
_BAD_TOKEN = 401
_GATEWAY_TIMEOUT = 504
# After a line that was down or a server that stumbled; the outbox lets it grow.
_SOON_SECONDS = 5.0


class ZaloChannel:
    """One bot of the Zalo Bot Platform.

    ``base_url`` is the server's root, without "/bot". ``bot_name`` is what the bot is called in groups, where Zalo does
    not say it. ``media_hosts`` are the hosts (with all below them) that pictures may be fetched from by https; one with
    a scheme, "http://127.0.0.1", is taken as written, for tests. All times are seconds. ``between_polls`` and
    ``between_parts`` are the rests that Zalo is given.
    """

    name = CHANNEL
    abilities = Abilities(
        buttons=False,
        text_limit=MAX_TEXT,
        sends_files=False,
        per_chat_seconds=_PER_CHAT_SECONDS,
        per_second=_PER_SECOND,
    )

    def __init__(
        self,
        token: str,
        *,
        base_url: str = ZALO,
        bot_name: str | None = None,
        media_hosts: tuple[str, ...] = MEDIA_HOSTS,
        poll_seconds: int = 30,
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        first_pause: float = 1.0,
        between_polls: float = _BETWEEN_POLLS_SECONDS,
        between_parts: float = _PER_CHAT_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if ":" not in token:
            raise Misconfigured("Mã Zalo Bot (DONDOC_ZALO_TOKEN) không đúng dạng 123456:chữ")
        silence_transport_logs()
        self._names = {bot_name} if bot_name else set[str]()
        self._poll_seconds = poll_seconds
        self._first_pause = first_pause
        self._between_polls = between_polls
        self._between_parts = between_parts
        self._api = ZaloApi(
            token,
            base_url=base_url,
            media_hosts=media_hosts,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            transport=transport,
        )

    async def check(self) -> str:
        """See ``Channel.check``."""
        try:
            me = await self._api.call("getMe")
        except ZaloRefused as refusal:
            if 400 <= refusal.code < 500 and refusal.code not in (_IDLE, httpx.codes.TOO_MANY_REQUESTS):
                raise Misconfigured("Zalo không nhận DONDOC_ZALO_TOKEN; lấy lại mã ở Zalo Bot Creator") from None
            raise _failed(refusal) from None
        except ZaloFailure as failure:
            raise _failed(failure) from None
        known = me if isinstance(me, dict) else {}
        names = [known[key] for key in ("display_name", "account_name") if isinstance(known.get(key), str)]
        self._names.update(name for name in names if name)
        return names[0] if names else "Zalo bot"

    async def updates(self, after: str | None) -> AsyncIterator[RawUpdate]:
        """See ``Channel.updates``.

        Zalo knows no offset: what it gave it may forget at once, or give again. ``after`` is of no use here.
        """
        pause = GrowingPause(self._first_pause)
        clock = asyncio.get_running_loop().time
        seen: OrderedDict[str, None] = OrderedDict()
        ready = False
        while True:
            asked_at = clock()
            try:
                if not ready:
                    await self._get_ready_to_poll()
                    ready = True
                event = await self._poll()
            except (ZaloFailure, DeliveryFailed, Misconfigured) as error:
                _log_outage(error)
                # A webhook set meanwhile makes Zalo refuse polls.
                ready = False
                await asyncio.sleep(pause.next())
                continue
            pause.reset()
            if event is not None:
                update = raw(event)
                if update.identity not in seen:
                    yield update
                    seen[update.identity] = None
                    if len(seen) > _REMEMBERED_UPDATES:
                        seen.popitem(last=False)
            await asyncio.sleep(max(0.0, self._between_polls - (clock() - asked_at)))

    async def _get_ready_to_poll(self) -> None:
        if not self._names:
            await self.check()
        # While a webhook is set, Zalo refuses to be polled.
        await self._api.call("deleteWebhook")

    async def _poll(self) -> dict[str, Any] | None:
        """One event; None when the time passed without one."""
        try:
            event = await self._api.call(
                "getUpdates", timeout=str(self._poll_seconds), patience=self._poll_seconds + _POLL_GRACE_SECONDS
            )
        except ZaloRefused as refusal:
            if refusal.code == _IDLE:
                return None
            raise
        return event if isinstance(event, dict) and event else None

    def parse(self, update: RawUpdate) -> Incoming | None:
        """See ``Channel.parse``."""
        return read(update, self._names)

    def moved(self, update: RawUpdate) -> Moved | None:
        """Chats keep their addresses here."""
        return None

    async def send(self, to: ChatRef, message: Outgoing) -> Delivered:
        """See ``Channel.send``; what cannot be sent here is said in words."""
        if message.document is not None:
            words = f"{message.text.rstrip()}\n\n{_instead_of(message.document)}".lstrip()
            message = replace(message, text=words, document=None)

        async def send_text(text: str) -> str:
            try:
                result = await self._api.call("sendMessage", chat_id=to.address, text=text)
            except ZaloFailure as failure:
                raise _failed(failure) from None
            return str(result.get("message_id", "")) if isinstance(result, dict) else ""

        parts = split_text(render(message, buttons=False), MAX_TEXT)
        return Delivered(await send_in_order(parts, send_text, self._between_parts))

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """See ``Channel.fetch``; the address expires, so soon after the message came."""
        return await self._api.media(attachment.ref, limit)

    async def acknowledge(self, update: RawUpdate) -> None:
        """Zalo has no buttons, so nothing spins."""

    def is_group(self, chat: ChatRef) -> bool:
        """Groups have names of their own (docs of the Bot Platform, "zgr-...")."""
        return chat.address.startswith("zgr-")

    def invite_link(self, code: str) -> str | None:
        """Zalo has no links into a bot; the code is typed."""
        return None

    async def close(self) -> None:
        """See ``Channel.close``."""
        await self._api.close()


def _instead_of(document: Document) -> str:
    if document.is_picture:
        return "(Tôi chưa gửi được hình qua Zalo.)"
    return f'(Tôi chưa gửi được tệp "{document.name}" qua Zalo. Anh/chị nhận tệp này từ cán bộ phụ trách.)'


def _failed(failure: ZaloFailure) -> DeliveryFailed:
    """``failure`` in the terms of ``DeliveryFailed``."""
    reason = f"{type(failure).__name__}: {failure}"
    match failure:
        case NotSent():
            return DeliveryFailed(reason, retry_after=_SOON_SECONDS)
        case ZaloRefused(code=code) if code == _BAD_TOKEN:
            # The message is fine; it waits for the operator.
            return DeliveryFailed(reason, retry_after=LONGEST_PAUSE_SECONDS)
        case ZaloRefused(code=code) if code == _IDLE or (code >= 500 and code != _GATEWAY_TIMEOUT):
            return DeliveryFailed(reason, retry_after=_SOON_SECONDS)
        # 429 is the month's quota, which no waiting in the outbox brings back.
        case ZaloRefused(code=code) if code != _GATEWAY_TIMEOUT:
            return DeliveryFailed(reason)
        case _:
            return DeliveryFailed(reason, certain=False)


def _log_outage(error: ZaloFailure | DeliveryFailed | Misconfigured) -> None:
    if isinstance(error, Misconfigured) or (isinstance(error, ZaloRefused) and error.code == _BAD_TOKEN):
        log.error("zalo_token_refused", advice="ask Zalo Bot Creator for the right token")
    elif isinstance(error, DeliveryFailed):
        log.warning("zalo_unreachable", error=error.reason)
    else:
        log.warning("zalo_unreachable", error=f"{type(error).__name__}: {error}")
