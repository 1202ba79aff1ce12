"""Putting replies and notices into the outbox, and remembering which choices each chat was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.message import ChatRef, Outgoing
from handlers.state import Menu
from storage.work import UnitOfWork


async def post_notice(unit: UnitOfWork, message: Outgoing, now: datetime, not_before: datetime | None = None) -> int:
    """Queue a message for a chat that did not ask for it (a reminder, a returned figure).

    Where that chat is just being asked for a figure, the notice's choices are offered by their words only: a typed
    "2" must stay a figure. The choices join the menu of the chat, they do not replace it.
    """
    to = message.to
    assert to is not None, "a notice is for somebody"
    if message.choices:
        account = to.address
        state, menu = await unit.conversations.load(to, account)
        busy = menu is not None and menu.awaits_figure
        if busy:
            message = replace(message, awaits_figure=True)
        known = menu.choices if menu is not None and busy else ()
        choices = message.choices + tuple(c for c in known if c not in message.choices)
        await unit.conversations.save(to, account, state, Menu(choices, now, busy))
    return await unit.outbox.add(to, message, not_before=not_before)


def menu_of(replies: tuple[Outgoing, ...], chat: ChatRef, now: datetime, before: Menu | None) -> Menu | None:
    """The choices that the chat has in front of it after these replies: those of the last one that has any."""
    for reply in reversed(replies):
        if reply.choices and reply.to in (None, chat):
            return Menu(reply.choices, now, reply.awaits_figure)
    return before
