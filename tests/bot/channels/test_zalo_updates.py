"""How Zalo's updates reach the program: one a poll, some twice, and idle polls that look like errors."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from bot.channels.channel import DeliveryFailed, RawUpdate, UnreadableUpdate
from bot.channels.zalo import ZaloChannel
from handlers.message import MessageKind
from knowledge.errors import Misconfigured
from tests.bot.channels.polling import take
from tests.fakes.zalo import FakeZalo


async def test_every_message_comes_and_carries_its_own_identity(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    hoa = zalo.person("Hoa")
    for words in ("một", "hai", "ba"):
        await hoa.says(words)

    updates = await take(zalo_channel, 3)

    assert [zalo_channel.parse(it).text for it in updates] == ["một", "hai", "ba"]  # type: ignore[union-attr]
    assert len({it.identity for it in updates}) == 3


async def test_a_message_that_zalo_repeats_is_taken_once(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    hoa = zalo.person("Hoa")
    zalo.world.repeats = 5
    await hoa.says("một")
    await hoa.says("hai")

    updates = await take(zalo_channel, 2)

    assert [zalo_channel.parse(it).text for it in updates] == ["một", "hai"]  # type: ignore[union-attr]
    assert len(zalo.polls) >= 7


async def test_a_repeat_after_a_restart_has_the_identity_that_it_had(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    zalo.world.repeats = 1
    await zalo.person("Hoa").says("một")

    (before,), (after,) = await take(zalo_channel, 1), await take(zalo_channel, 1)

    assert before.identity == after.identity


async def test_idle_polls_are_no_trouble(
    zalo: FakeZalo, zalo_channel: ZaloChannel, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo.faults.answer("getUpdates", 408, {"ok": False, "error_code": 408, "description": "Request timeout"}, times=3)
    await zalo.person("Hoa").says("xin chào")

    assert len(await take(zalo_channel, 1)) == 1
    assert "zalo_unreachable" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"<html>Internal Server Error</html>"),
        (502, b""),
        (403, {"ok": False, "error_code": 403, "description": "Internal server error"}),
        (200, {"ok": False, "error_code": 500, "description": "trouble"}),
        (200, b"<html>Welcome to the hotel network</html>"),
        (200, {"ok": True, "result": None}),
        (200, {"ok": True}),
        (200, {"ok": True, "result": {}}),
    ],
)
async def test_an_outage_is_survived(
    zalo: FakeZalo, zalo_channel: ZaloChannel, status: int, body: dict[str, Any] | bytes
) -> None:
    zalo.faults.answer("getUpdates", status, body, times=3)
    zalo.faults.cut("getUpdates", times=2)
    await zalo.person("Hoa").says("còn đó không")

    assert len(await take(zalo_channel, 1)) == 1


async def test_a_webhook_set_by_somebody_is_taken_away(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    zalo.world.webhook = "https://xa.example/hook"
    await zalo.person("Hoa").says("xin chào")

    assert len(await take(zalo_channel, 1)) == 1


async def test_polls_are_a_rest_apart_although_updates_wait(zalo: FakeZalo) -> None:
    rest = 0.2
    channel = ZaloChannel(zalo.token, base_url=zalo.base_url, poll_seconds=1, between_polls=rest)
    await channel.check()
    hoa = zalo.person("Hoa")
    for words in ("một", "hai", "ba"):
        await hoa.says(words)
    clock = asyncio.get_running_loop().time

    started = clock()
    await take(channel, 3)

    # Two rests lie between three polls: a rule of the channel, not a measurement.
    assert clock() - started >= 2 * rest
    await channel.close()


async def test_an_event_without_a_message_is_given_once_and_concerns_nobody(
    zalo: FakeZalo, zalo_channel: ZaloChannel
) -> None:
    joined = {"event_name": "bot.added.to.group", "chat": {"id": "zgr-1"}}
    await zalo.happens(joined, joined)
    await zalo.person("Hoa").says("xin chào")

    first, second = await take(zalo_channel, 2)

    assert zalo_channel.parse(first) is None
    assert zalo_channel.parse(second) is not None


async def test_a_wrapped_event_is_read_like_a_bare_one(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    hoa = zalo.person("Hoa")
    event = zalo.world.event("message.text.received", hoa.id, hoa.id, {"text": "gói kín"})
    await zalo.happens({"ok": True, "result": event})

    (update,) = await take(zalo_channel, 1)
    message = zalo_channel.parse(update)

    assert message is not None
    assert (message.text, message.update) == ("gói kín", event["message"]["message_id"])


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"chat": {"id": "a"}, "message_id": "m"},
        {"chat": {"id": 5}, "from": {"id": "a"}, "message_id": "m", "text": "x"},
        {"chat": {"id": "a"}, "from": {"id": "a"}, "message_id": "m"},
        {"chat": {"id": "a"}, "from": {"id": "a"}, "message_id": "m", "text": "x", "date": "hôm qua"},
        {"chat": {"id": "a"}, "from": {"id": "a"}, "message_id": "m", "text": "x", "date": 10**30},
    ],
)
async def test_one_message_of_an_unknown_form_concerns_itself_alone(
    zalo: FakeZalo, zalo_channel: ZaloChannel, message: Any
) -> None:
    await zalo.happens({"event_name": "message.text.received", "message": message})
    await zalo.person("Hoa").says("sau")

    bad, good = await take(zalo_channel, 2)

    with pytest.raises(UnreadableUpdate):
        zalo_channel.parse(bad)
    assert zalo_channel.parse(good) is not None


async def test_a_message_of_a_bot_concerns_nobody(zalo_channel: ZaloChannel) -> None:
    sender = {"id": "b", "is_bot": True, "display_name": "Bot khác"}
    message = {"chat": {"id": "a"}, "from": sender, "message_id": "m", "text": "x"}

    assert zalo_channel.parse(RawUpdate("m", {"event_name": "message.text.received", "message": message})) is None


async def test_check_says_who_we_are(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    assert await zalo_channel.check() == "Bot Xã Hòa Mẫu"
    assert zalo_channel.invite_link("MOI-1") is None


async def test_check_refuses_a_wrong_token_without_showing_it(zalo: FakeZalo) -> None:
    channel = ZaloChannel("1:sai-mat-khau", base_url=zalo.base_url)
    with pytest.raises(Misconfigured) as refused:
        await channel.check()
    await channel.close()

    assert "sai-mat-khau" not in str(refused.value)
    with pytest.raises(Misconfigured):
        ZaloChannel("khong-co-dau-hai-cham")


async def test_check_says_when_zalo_cannot_be_reached() -> None:
    channel = ZaloChannel("1:abc", base_url="http://127.0.0.1:9")
    with pytest.raises(DeliveryFailed) as failed:
        await channel.check()
    await channel.close()

    assert failed.value.retry_after


async def test_polling_starts_although_zalo_was_away_at_the_start(zalo: FakeZalo) -> None:
    channel = ZaloChannel(zalo.token, base_url=zalo.base_url, poll_seconds=1, first_pause=0.01, between_polls=0)
    zalo.faults.answer("getMe", 503, b"", times=2)
    await zalo.person("Hoa").says("xin chào")

    assert len(await take(channel, 1)) == 1
    await channel.close()


async def test_a_person_is_heard_and_answered(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    """The whole way once, as dispatch goes it."""
    from handlers.message import Choice, Outgoing

    hoa = zalo.person("Hoa")
    updates: Any = zalo_channel.updates(None)

    async def run() -> None:
        async with aclosing(updates):
            async for update in updates:
                message = zalo_channel.parse(update)
                assert message is not None
                assert message.kind is MessageKind.TEXT
                await zalo_channel.acknowledge(update)
                choices = (Choice("Đồng ý, tham gia", "join"), Choice("Không phải tôi", "no"))
                await zalo_channel.send(message.chat, Outgoing(f"Chào {message.account_name}.", choices))

    running = asyncio.create_task(run())
    await hoa.says("MOI-12")

    assert await hoa.hears() == "Chào Hoa.\n\n1. Đồng ý, tham gia\n2. Không phải tôi"
    running.cancel()
