"""Sending one message that takes several, without ever making the beginning come twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.channels.channel import DeliveryFailed

PartT = TypeVar("PartT")
SentT = TypeVar("SentT")

# A part after the first is tried this often and waits this long in all, because the outbox can only repeat the whole.
_TRIES = 3
_PATIENCE_SECONDS = 60.0


async def send_in_order(
    parts: Sequence[PartT], send: Callable[[PartT], Awaitable[SentT]], gap_seconds: float = 0.0
) -> SentT:
    """Send all parts, ``gap_seconds`` apart, and return what the last one gave.

    Raises ``DeliveryFailed``: as ``send`` raised it where nothing has gone out, never as certain once something has.
    """
    if not parts:
        raise DeliveryFailed("the message is empty")
    sent = await send(parts[0])
    for part in parts[1:]:
        await asyncio.sleep(gap_seconds)
        sent = await _send_following(part, send)
    return sent


async def _send_following(part: PartT, send: Callable[[PartT], Awaitable[SentT]]) -> SentT:
    waited = 0.0
    for _ in range(_TRIES):
        try:
            return await send(part)
        except DeliveryFailed as error:
            wait = error.retry_after
            if wait is None or not error.certain or waited + wait > _PATIENCE_SECONDS:
                break
            waited += wait
            await asyncio.sleep(wait)
    raise DeliveryFailed("only the beginning of the message went out", certain=False)
