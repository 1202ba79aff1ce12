"""The fakes and the channels that talk to them, over real HTTP on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram import TelegramChannel
from tests.fakes.telegram import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def channel(telegram: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    """A channel that has said who it is, and that loses patience soon."""
    channel = TelegramChannel(
        telegram.token, base_url=telegram.base_url, poll_seconds=5, read_timeout=1.0, first_pause=0.01
    )
    await channel.check()
    yield channel
    await channel.close()
