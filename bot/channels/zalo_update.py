"""From one Zalo event to ``Incoming``: pure, no network."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.channels.channel import RawUpdate, UnreadableUpdate
from handlers.message import Attachment, ChatRef, Incoming, MessageKind

CHANNEL = "zalo"

_TEXT = "message.text.received"
_IMAGE = "message.image.received"
# A link is text in one account of the API and unsupported in another; it is taken by what it has.
_LINK = "message.link.received"
_UNSUPPORTED = frozenset({"message.sticker.received", "message.voice.received", "message.unsupported.received"})


def raw(event: dict[str, Any]) -> RawUpdate:
    """An event with its identity: the message's, or where there is none a digest, so that a replay stays a replay."""
    # Polling gives the event bare; the documentation shows it wrapped once more.
    inner = event.get("result")
    body = inner if isinstance(inner, dict) and "event_name" in inner else event
    message = body.get("message")
    identity = message.get("message_id") if isinstance(message, dict) else None
    if not isinstance(identity, str) or not identity:
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
        identity = f"sha256:{hashlib.sha256(canonical).hexdigest()[:32]}"
    return RawUpdate(identity, body)


def read(update: RawUpdate, names: Iterable[str]) -> Incoming | None:
    """An event in our terms; None for what concerns nobody. Raises ``UnreadableUpdate``.

    ``names`` are what the bot is called in a group.
    """
    event = update.body.get("event_name")
    if event not in (_TEXT, _IMAGE, _LINK) and event not in _UNSUPPORTED:
        return None
    try:
        return _message(str(event), update, names)
    except (KeyError, TypeError, ValueError, OverflowError, OSError, AttributeError) as error:
        raise UnreadableUpdate(f"Zalo update {update.identity}: {type(error).__name__}") from error


def _message(event: str, update: RawUpdate, names: Iterable[str]) -> Incoming | None:
    message: dict[str, Any] = update.body["message"]
    chat, sender = message["chat"], message["from"]
    if sender.get("is_bot") is True:
        return None
    chat_id, account = _identity(chat["id"]), _identity(sender["id"])
    group = chat.get("chat_type") == "GROUP" or chat_id.startswith("zgr-")
    kind, attachment = _content(event, message)
    text = unicodedata.normalize("NFC", message.get("text") or message.get("caption") or "")
    name = sender.get("display_name")
    return Incoming(
        chat=ChatRef(CHANNEL, chat_id),
        update=update.identity,
        account=account,
        kind=kind,
        text=_without_names(text, names) if group else text,
        attachment=attachment,
        account_name=unicodedata.normalize("NFC", name) if isinstance(name, str) else None,
        group=group,
        # Zalo hands a group's message over only when it names or answers the bot. What the bot cannot use is no
        # reason to speak up before everybody.
        addressed=not group or kind is not MessageKind.UNSUPPORTED,
        sent_at=datetime.fromtimestamp(message["date"] / 1000, UTC) if message.get("date") else None,
    )


def _content(event: str, message: dict[str, Any]) -> tuple[MessageKind, Attachment | None]:
    if event == _IMAGE:
        # The documentation says photo, live traffic says photo_url.
        address = message.get("photo_url") or message.get("photo")
        if not isinstance(address, str):
            raise ValueError("a picture without an address")
        return MessageKind.PHOTO, Attachment(address, "anh.jpg", media_type="image/jpeg")
    if event == _TEXT or (event == _LINK and message.get("text")):
        if not isinstance(message.get("text"), str):
            raise ValueError("a text without words")
        return MessageKind.TEXT, None
    return MessageKind.UNSUPPORTED, None


def _identity(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("an identity that is no word")
    return value


def _without_names(text: str, names: Iterable[str]) -> str:
    """``text`` without "@Bot Xã Hòa Mẫu", wherever that stands and however it is spaced."""
    # The longest first: one name may begin another.
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", name).split())
        text = re.sub(rf"@{words}(?!\w)[ \t:,]*", "", text, flags=re.IGNORECASE)
    return text.strip()
