"""How updates reach the program: every one, once stored, whatever the line and Telegram do."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from bot.channels.channel import DeliveryFailed, UnreadableUpdate
from bot.channels.telegram import TelegramChannel
from knowledge.errors import Misconfigured
from tests.bot.channels.polling import take
from tests.fakes.telegram import FakeTelegram


async def test_an_update_is_forgotten_only_when_the_next_is_asked_for(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    hoa = telegram.person("Hoa")
    await hoa.says("một")
    await hoa.says("hai")
    first = await take(channel, 2)

    # A crash before the second was stored: a new process gets it again, with the same identity.
    again = await take(channel, 2)

    assert [it.identity for it in again] == [it.identity for it in first]
    assert len({it.identity for it in first}) == 2


async def test_what_was_stored_does_not_come_again(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    hoa = telegram.person("Hoa")
    await hoa.says("một")
    texts: list[str] = []

    async def run() -> None:
        updates: Any = channel.updates(None)
        async with aclosing(updates):
            async for update in updates:
                message = channel.parse(update)
                assert message is not None
                texts.append(message.text)

    polling = asyncio.create_task(run())
    await telegram.taken()
    await hoa.says("hai")
    await telegram.taken()
    polling.cancel()

    assert texts == ["một", "hai"]


async def test_one_update_of_an_unknown_form_stops_neither_its_batch_nor_the_loop(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    hoa = telegram.person("Hoa")
    await hoa.says("trước")
    await telegram.within(telegram.world.queue({"message": {"message_id": "không phải số", "chat": 5}}))
    await hoa.says("sau")

    before, bad, after = await take(channel, 3)

    assert channel.parse(before) is not None
    with pytest.raises(UnreadableUpdate):
        channel.parse(bad)
    message = channel.parse(after)
    assert message is not None
    assert message.text == "sau"


async def test_an_update_of_a_new_kind_concerns_nobody(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await telegram.within(telegram.world.queue({"message": None, "message_of_the_future": {"x": 1}}))

    (update,) = await take(channel, 1)

    assert channel.parse(update) is None


@pytest.mark.parametrize("status", [500, 502, 429])
async def test_an_outage_is_survived(telegram: FakeTelegram, channel: TelegramChannel, status: int) -> None:
    body = {"ok": False, "error_code": status, "description": "trouble", "parameters": {"retry_after": 0}}
    telegram.faults.answer("getUpdates", status, body, times=3)
    await telegram.person("Hoa").says("còn đó không")

    assert len(await take(channel, 1)) == 1


async def test_a_cut_line_and_a_page_of_html_are_survived(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    telegram.faults.cut("getUpdates", times=2)
    telegram.faults.answer("getUpdates", 200, b"<html>Welcome to the hotel network</html>", times=2)
    telegram.faults.answer("getUpdates", 200, {"ok": True, "result": {"not": "a list"}})
    telegram.faults.answer("getUpdates", 200, {"ok": True, "result": ["no object", {"update_id": "no number"}]})
    await telegram.person("Hoa").says("còn đó không")

    assert len(await take(channel, 1)) == 1


async def test_a_webhook_set_by_somebody_is_taken_away(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    telegram.world.webhook = "https://xa.example/hook"
    await telegram.person("Hoa").says("xin chào")

    assert len(await take(channel, 1)) == 1


async def test_a_second_poller_gets_through_and_the_first_survives_its_conflict(
    telegram: FakeTelegram, channel: TelegramChannel, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = asyncio.create_task(take(channel, 1))
    await telegram.polled(1)
    other = TelegramChannel(telegram.token, base_url=telegram.base_url, poll_seconds=1)
    competing = asyncio.create_task(take(other, 1))
    # The first loses its poll to the second, and takes it back.
    await telegram.polled(3)
    competing.cancel()
    await other.close()
    await telegram.person("Hoa").says("xin chào")

    assert len(await waiting) == 1
    assert "telegram_polled_elsewhere" in capsys.readouterr().out


async def test_polling_starts_although_telegram_was_away_at_the_start(telegram: FakeTelegram) -> None:
    channel = TelegramChannel(telegram.token, base_url=telegram.base_url, poll_seconds=1, first_pause=0.01)
    telegram.faults.answer("getMe", 503, b"", times=2)
    await telegram.person("Hoa").says("xin chào")

    assert len(await take(channel, 1)) == 1
    await channel.close()


async def test_check_says_who_we_are(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    assert await channel.check() == f"@{telegram.username}"
    assert channel.invite_link("MA-MOI_1") == f"https://t.me/{telegram.username}?start=MA-MOI_1"
    assert not channel.reads_all_group_messages


@pytest.mark.parametrize("token", ["123456:wrong", "99:"])
async def test_check_refuses_a_wrong_token_without_showing_it(telegram: FakeTelegram, token: str) -> None:
    channel = TelegramChannel(token, base_url=telegram.base_url)
    with pytest.raises(Misconfigured) as refused:
        await channel.check()
    await channel.close()

    assert token not in str(refused.value)


def test_a_token_of_another_form_is_refused_at_once_without_showing_it() -> None:
    with pytest.raises(Misconfigured) as refused:
        TelegramChannel("mat-khau-cua-toi")

    assert "mat-khau" not in str(refused.value)


async def test_check_says_when_telegram_cannot_be_reached() -> None:
    channel = TelegramChannel("123456:abc", base_url="http://127.0.0.1:9")
    with pytest.raises(DeliveryFailed) as failed:
        await channel.check()
    await channel.close()

    assert failed.value.certain
    assert failed.value.retry_after


async def test_the_channel_speaks_over_any_transport(telegram: FakeTelegram) -> None:
    inside = httpx.ASGITransport(app=telegram)
    channel = TelegramChannel(telegram.token, base_url="http://no-such-host.invalid", transport=inside)

    assert await channel.check() == f"@{telegram.username}"
    await channel.close()
