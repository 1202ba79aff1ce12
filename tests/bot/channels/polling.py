"""Taking updates from a channel, as dispatch does."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

from bot.channels.channel import Channel, RawUpdate
from handlers.message import Incoming

# Far more than a loaded machine needs.
PATIENCE_SECONDS = 10


async def take(channel: Channel, number: int) -> list[RawUpdate]:
    """The next ``number`` updates; the last is not confirmed, as after a crash before it was stored."""
    taken: list[RawUpdate] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        updates: Any = channel.updates(None)
        async with aclosing(updates):
            async for update in updates:
                taken.append(update)
                if len(taken) == number:
                    break
    return taken


async def next_message(channel: Channel) -> Incoming:
    """The next update in our terms."""
    (update,) = await take(channel, 1)
    message = channel.parse(update)
    assert message is not None
    return message
