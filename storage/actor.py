"""Who asks for a change."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.message import ChatRef, Incoming


@dataclass(frozen=True, slots=True)
class Actor:
    """The sender of a message, as the channel names it; who that is in the records is looked up again.

    ``group`` says that ``chat`` is a group. ``operator`` is the person at the command line, who may do everything and
    is nobody's member.
    """

    channel: str
    account: str
    chat: ChatRef
    account_name: str | None = None
    group: bool = False
    operator: bool = False

    @classmethod
    def of(cls, incoming: Incoming) -> Actor:
        """The sender of ``incoming``."""
        return cls(incoming.chat.channel, incoming.account, incoming.chat, incoming.account_name, group=incoming.group)


OPERATOR = Actor("cli", "operator", ChatRef("cli", "operator"), operator=True)
