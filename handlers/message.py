"""What comes in and what goes out, in no channel's terms.

A channel translates its updates into ``Incoming`` once, at the edge, and renders ``Outgoing``: choices as inline
buttons where there are some, as a numbered list where there are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Telegram cuts callback_data at 64 bytes; the narrowest channel sets the limit for all.
MAX_CHOICE_VALUE_BYTES = 64


@dataclass(frozen=True, slots=True)
class ChatRef:
    """An address in a channel: a private chat of a person, or a group."""

    channel: str
    address: str


class MessageKind(StrEnum):
    """What sort of thing a person sent. EVENT comes from the program itself (a plan has been read)."""

    TEXT = "text"
    CHOICE = "choice"
    START = "start"
    PHOTO = "photo"
    FILE = "file"
    UNSUPPORTED = "unsupported"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or photo that a person sent; ``ref`` is what the channel needs to fetch it (a file id, an address)."""

    ref: str
    name: str
    size: int | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of one person.

    ``update`` is unique within the channel and decides whether the message was handled before. ``account`` is the
    sender's account in the channel. ``text`` is NFC, as typed (for START: the invite code, for EVENT: the event's
    name). ``choice`` is the value of a pressed button. In a group the bot only answers when ``addressed``.
    """

    chat: ChatRef
    update: str
    account: str
    kind: MessageKind
    text: str = ""
    choice: str | None = None
    attachment: Attachment | None = None
    account_name: str | None = None
    group: bool = False
    addressed: bool = True
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap. ``value`` names what happens, complete in itself, so that an old button still does what it
    says."""

    label: str
    value: str

    def __post_init__(self) -> None:
        if len(self.value.encode()) > MAX_CHOICE_VALUE_BYTES:
            raise ValueError(f"choice value over {MAX_CHOICE_VALUE_BYTES} bytes: {self.value}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file or picture to send; small (a chart, a cropped row, a report), so it travels in memory."""

    name: str
    media_type: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Shown inline by channels that can."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one chat; ``to`` is None for the chat that spoke.

    ``awaits_figure`` says that the person is being asked for a number: a channel without buttons then offers the
    choices by their words only, since a typed "2" is a figure and not the second choice. ``key`` makes the message
    unique in the outbox. ``row`` names an indicator whose row in the plan's file is to be seen with the words: the
    boundary cuts the picture and puts it into ``document``.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    to: ChatRef | None = None
    awaits_figure: bool = False
    document: Document | None = None
    key: str | None = None
    row: int | None = None
