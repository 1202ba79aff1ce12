"""The seam between the program and a messenger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from handlers.message import Attachment, ChatRef, Incoming, Outgoing
from knowledge.errors import DondocError, Refused


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as the messenger sent it. ``identity`` is unique within the channel; ``body`` is its JSON."""

    identity: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do; handlers never ask, delivery and rendering do.

    ``text_limit`` counts UTF-16 code units. ``per_chat_seconds`` and ``per_second`` are the channel's sending limits.
    """

    buttons: bool
    text_limit: int
    sends_files: bool
    per_chat_seconds: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the messenger calls the message it accepted."""

    message: str


@dataclass(slots=True, eq=False)
class DeliveryFailed(Exception):
    """A message did not go out.

    ``certain`` is False when the messenger may have it all the same (a timeout after sending): such a message is not
    sent again. ``retry_after`` is seconds to wait before another try, None when another try is pointless (a blocked
    bot, an unknown chat). ``moved_to`` is the chat's new address (a group that became a supergroup). ``reason`` holds
    no token and no text.
    """

    reason: str
    certain: bool = True
    retry_after: float | None = None
    moved_to: str | None = None
    cause: Exception | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Moved:
    """Everything kept under ``old`` belongs to ``new`` from now on."""

    old: ChatRef
    new: ChatRef


class UnreadableUpdate(DondocError):
    """One update is not in the form that its messenger documents. This concerns that update alone."""


class NotFetched(Refused):
    """What a person sent could not be downloaded; the sentence asks to send it again."""


class Channel(Protocol):
    """One messenger account."""

    name: str
    abilities: Abilities

    async def check(self) -> str:
        """Say in one line who we are there ("@trolyxahoamau"); raise ``knowledge.errors.Misconfigured`` on a bad token.

        Raises ``DeliveryFailed`` when the messenger does not answer. Comes before ``parse``, which needs to know our
        own name to see who is addressed in a group.
        """
        ...

    def updates(self, after: str | None) -> AsyncIterator[RawUpdate]:
        """Updates as they come, for ever, surviving outages with a growing pause (at most one minute).

        ``after`` is the identity of the last update that was stored. An update may be forgotten at the messenger only
        once the iterator is asked for the next one: by then it has been stored.
        """
        ...

    def parse(self, update: RawUpdate) -> Incoming | None:
        """An update in our terms; None for what concerns nobody (an edited message, a member change).

        Raises ``UnreadableUpdate``, which concerns this update alone.
        """
        ...

    def moved(self, update: RawUpdate) -> Moved | None:
        """A chat that got a new address (a group that became a supergroup); ``parse`` gives None for such an update."""
        ...

    async def send(self, to: ChatRef, message: Outgoing) -> Delivered:
        """Send one message, split at the limit where needed; raise ``DeliveryFailed``."""
        ...

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Download what a person sent; raise ``FileTooLarge`` beyond ``limit`` bytes, else ``NotFetched``.

        Both are refusals with a sentence for the person.
        """
        ...

    async def acknowledge(self, update: RawUpdate) -> None:
        """Tell the messenger that a press was taken (Telegram's spinner), where it has that; never raises."""
        ...

    def is_group(self, chat: ChatRef) -> bool:
        """True for the address of a group, which bears fewer messages than a private chat."""
        ...

    def invite_link(self, code: str) -> str | None:
        """A link that opens the bot with an invite code; None where there are no such links."""
        ...

    async def close(self) -> None:
        """Let go of the network."""
        ...
