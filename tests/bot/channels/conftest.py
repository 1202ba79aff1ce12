"""The fakes and the channels that talk to them, over real HTTP on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo


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


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with FakeZalo() as fake:
        yield fake


@pytest.fixture
async def zalo_channel(zalo: FakeZalo) -> AsyncIterator[ZaloChannel]:
    """As ``channel``, on Zalo, without the rests that the real one is given."""
    channel = ZaloChannel(
        zalo.token,
        base_url=zalo.base_url,
        media_hosts=("http://127.0.0.1",),
        poll_seconds=5,
        read_timeout=1.0,
        first_pause=0.01,
        between_polls=0,
        between_parts=0,
    )
    await channel.check()
    yield channel
    await channel.close()
