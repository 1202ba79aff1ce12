"""The token is in every address, and must be in no log line and no error, at any level and in any trouble."""

from __future__ import annotations

import logging
import traceback

import pytest

from bot.channels.channel import DeliveryFailed, NotFetched
from bot.channels.telegram import TelegramChannel
from bot.channels.token_secrecy import without_token
from bot.channels.zalo import ZaloChannel
from handlers.message import Attachment, ChatRef, Outgoing
from tests.bot.channels.polling import take
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo

SECRET = "TEST-token-that-no-log-may-show"
ZALO_SECRET = "ZALO-token-that-no-log-may-show"
PRIVATE_WORDS = "61 phần trăm của Trạm Y tế"


@pytest.fixture(autouse=True)
def every_level(caplog: pytest.LogCaptureFixture) -> None:
    """As if an operator hunted a fault and switched everything on."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "telegram", "telegram.Bot", "telegram.request.HTTPXRequest"):
        caplog.set_level(logging.DEBUG, logger=name)


def seen(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> str:
    printed = capsys.readouterr()
    records = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    return f"{caplog.text}\n{records}\n{printed.out}\n{printed.err}"


def with_variables(error: BaseException) -> str:
    """The traceback as rich and some log formats print it: with local variables (the test's own frame left out)."""
    assert error.__traceback__ is not None
    frames = error.__traceback__.tb_next
    shown = traceback.TracebackException(type(error), error, frames, capture_locals=True)
    return "".join(shown.format())


async def test_a_good_day_leaves_neither_token_nor_words(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    channel = TelegramChannel(telegram.token, base_url=telegram.base_url, first_pause=0.01)
    await channel.check()
    hoa = telegram.person("Hoa")
    await hoa.says(PRIVATE_WORDS)
    await take(channel, 1)
    await channel.send(ChatRef("telegram", str(hoa.id)), Outgoing(PRIVATE_WORDS))
    identity = telegram.world.keep_file(b"x", "documents", ".pdf")
    await channel.fetch(Attachment(identity, "a.pdf"), 10)
    await channel.close()

    logged = seen(caplog, capsys)
    assert SECRET not in logged
    assert PRIVATE_WORDS not in logged
    assert SECRET not in repr(channel)


async def test_a_bad_day_leaves_no_token_either(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = TelegramChannel(telegram.token, base_url=telegram.base_url, read_timeout=0.3, first_pause=0.01)
    hoa = telegram.person("Hoa")
    await hoa.says(PRIVATE_WORDS)
    to = ChatRef("telegram", str(hoa.id))
    errors: list[str] = []
    variables: list[str] = []
    telegram.faults.answer("getUpdates", 200, f'{{"ok": true, "text": "{PRIVATE_WORDS}'.encode())
    telegram.faults.cut("getUpdates")
    telegram.faults.answer("getUpdates", 401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    await take(channel, 1)
    echo = f"/bot{telegram.token}/sendMessage failed".encode()
    for status, body in ((0, b"cut"), (0, b"hang"), (502, b"<html>"), (404, b"{}"), (400, echo)):
        if status:
            telegram.faults.answer("sendMessage", status, body)
        elif body == b"cut":
            telegram.faults.cut("sendMessage")
        else:
            telegram.faults.hang("sendMessage")
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(to, Outgoing(PRIVATE_WORDS))
        errors += ["".join(traceback.format_exception(failed.value)), repr(failed.value), str(failed.value)]
        variables.append(with_variables(failed.value))
    telegram.faults.cut("file")
    with pytest.raises(NotFetched) as lost:
        await channel.fetch(Attachment(telegram.world.keep_file(b"x", "documents", ".pdf"), "a.pdf"), 1000)
    errors.append("".join(traceback.format_exception(lost.value)))
    # An answer that nobody foresaw, and a log that shows the variables of every frame.
    telegram.faults.answer("sendMessage", 200, {"ok": True, "result": {"message_id": 1}})
    with pytest.raises(DeliveryFailed) as unforeseen:
        await channel.send(to, Outgoing(PRIVATE_WORDS))
    variables.append(with_variables(unforeseen.value))
    await channel.close()

    assert SECRET not in "\n".join(errors + variables)
    assert PRIVATE_WORDS not in "\n".join(errors)
    logged = seen(caplog, capsys)
    assert "telegram_unreachable" in logged
    assert SECRET not in logged
    assert PRIVATE_WORDS not in logged


async def test_zalo_leaves_neither_token_nor_words(
    zalo: FakeZalo, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    channel = ZaloChannel(zalo.token, base_url=zalo.base_url, read_timeout=0.3, first_pause=0.01, between_polls=0)
    hoa = zalo.person("Hoa")
    await hoa.says(PRIVATE_WORDS)
    to = ChatRef("zalo", hoa.id)
    errors: list[str] = []
    zalo.faults.answer("getUpdates", 200, f'{{"ok": true, "text": "{PRIVATE_WORDS}'.encode())
    zalo.faults.answer("getUpdates", 401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    zalo.faults.cut("getUpdates")
    await take(channel, 1)
    await channel.send(to, Outgoing(PRIVATE_WORDS))
    zalo.faults.hang("sendMessage")
    zalo.faults.cut("sendMessage")
    zalo.faults.answer("sendMessage", 400, {"ok": False, "description": f"/bot{zalo.token}/sendMessage"})
    for _ in range(3):
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(to, Outgoing(PRIVATE_WORDS))
        errors += ["".join(traceback.format_exception(failed.value)), repr(failed.value), str(failed.value)]
    await channel.close()

    logged = seen(caplog, capsys) + "\n".join(errors) + repr(channel)
    assert "zalo_token_refused" in logged
    assert ZALO_SECRET not in logged
    assert PRIVATE_WORDS not in logged


def test_an_address_is_blanked_where_the_token_stands() -> None:
    address = "https://api.telegram.org/file/bot12:a-b_C/photos/1.jpg and /bot34:xyz/getMe?timeout=1"
    assert without_token(address) == "https://api.telegram.org/file/bot***/photos/1.jpg and /bot***/getMe?timeout=1"
