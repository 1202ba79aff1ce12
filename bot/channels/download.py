"""Taking in what a person sent: never more than a limit, and one sentence when it does not work."""

from __future__ import annotations

import httpx

from bot.channels.channel import NotFetched
from knowledge.errors import FileTooLarge


def file_too_large(limit: int) -> FileTooLarge:
    """The refusal of a file over ``limit`` bytes."""
    megabytes = max(limit // 1_000_000, 1)
    return FileTooLarge(f"Tệp lớn quá {megabytes} MB nên tôi chưa nhận được. Anh/chị gửi tệp nhỏ hơn giúp tôi.")


def not_fetched() -> NotFetched:
    """The refusal of a file that could not be downloaded."""
    return NotFetched("Tôi chưa tải được tệp anh/chị gửi. Anh/chị gửi lại giúp tôi.")


async def read_capped(answer: httpx.Response, limit: int) -> bytes:
    """The body of a streamed answer; ``FileTooLarge`` as soon as more than ``limit`` bytes are announced or come."""
    announced = answer.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise file_too_large(limit)
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > limit:
            raise file_too_large(limit)
    return bytes(content)
