"""The fake refuses what Telegram refuses: else a test could pass that Telegram would not let pass."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.fakes.telegram import FakeTelegram, Person


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def hoa(fake: FakeTelegram) -> Person:
    hoa = fake.person("Hoa")
    await hoa.starts()
    return hoa


async def call(fake: FakeTelegram, method: str, **parameters: Any) -> dict[str, Any]:
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{fake.base_url}/bot{fake.token}/{method}", json=parameters, timeout=30)
    body: dict[str, Any] = answer.json()
    assert body["ok"] or answer.status_code == body["error_code"]
    return body


def keyboard(*buttons: dict[str, Any]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(
    ("text", "markup", "words"),
    [
        ("", None, "message text is empty"),
        (" \n ", None, "message text is empty"),
        ("ă" * 4097, None, "message is too long"),
        ("📶" * 2049, None, "message is too long"),
        ("x", keyboard({"text": "Có", "callback_data": "ố" * 22}), "BUTTON_DATA_INVALID"),
        ("x", keyboard({"text": "Có", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        ("x", keyboard({"text": "Có"}), "text buttons are unallowed"),
        ("x", keyboard({"text": "Có", "callback_data": "a", "url": "https://xa.example"}), "unallowed"),
        ("x", keyboard({"text": " ", "callback_data": "a"}), "non-empty"),
        ("x", keyboard(*[{"text": "Có", "callback_data": "a"}] * 101), "too long"),
        ("x", "{", "can't parse"),
    ],
)
async def test_refused_messages(fake: FakeTelegram, hoa: Person, text: str, markup: str | None, words: str) -> None:
    answer = await call(fake, "sendMessage", chat_id=hoa.id, text=text, reply_markup=markup)

    assert answer["error_code"] == 400
    assert words in answer["description"]
    assert hoa.unheard() == []


async def test_the_largest_message_is_taken(fake: FakeTelegram, hoa: Person) -> None:
    markup = keyboard({"text": "Có", "callback_data": "a" * 64})
    assert (await call(fake, "sendMessage", chat_id=hoa.id, text="ă" * 4096, reply_markup=markup))["ok"]


async def test_a_newer_poll_ends_the_older_one(fake: FakeTelegram, hoa: Person) -> None:
    await call(fake, "getUpdates", offset=10**9)
    older = asyncio.create_task(call(fake, "getUpdates", timeout=20))
    await fake.polled(2)
    newer = asyncio.create_task(call(fake, "getUpdates", timeout=20))

    assert (await older)["error_code"] == 409
    await hoa.says("xin chào")
    assert [it["message"]["text"] for it in (await newer)["result"]] == ["xin chào"]


async def test_updates_stay_until_a_higher_offset_confirms_them(fake: FakeTelegram, hoa: Person) -> None:
    first = (await call(fake, "getUpdates"))["result"]
    again = (await call(fake, "getUpdates", offset=first[0]["update_id"]))["result"]
    assert again == first

    assert (await call(fake, "getUpdates", offset=first[-1]["update_id"] + 1))["result"] == []
    await fake.taken()


async def test_with_privacy_on_a_group_is_mostly_silent(fake: FakeTelegram, hoa: Person) -> None:
    group = fake.group("Tổ công nghệ số", [hoa])
    for words in ("họp nhé", "/tiendo", f"@{fake.username} tiến độ"):
        await hoa.says(words, group)

    texts = [it["message"]["text"] for it in (await call(fake, "getUpdates"))["result"]]

    assert texts == ["/start", "/tiendo", f"@{fake.username} tiến độ"]


async def test_an_edit_without_a_keyboard_takes_the_old_one_away(fake: FakeTelegram, hoa: Person) -> None:
    markup = keyboard({"text": "Có", "callback_data": "a"})
    sent = (await call(fake, "sendMessage", chat_id=hoa.id, text="Hỏi", reply_markup=markup))["result"]
    place = {"chat_id": hoa.id, "message_id": sent["message_id"]}

    assert (await call(fake, "editMessageText", **place, text="Hỏi", reply_markup=markup))["error_code"] == 400
    edited = (await call(fake, "editMessageText", **place, text="Đã trả lời"))["result"]

    assert "reply_markup" not in edited
    assert (await hoa.hears()).buttons == []


async def test_methods_and_tokens_that_do_not_exist(fake: FakeTelegram) -> None:
    assert (await call(fake, "sendEverything"))["error_code"] == 404
    assert (await call(fake, "getme"))["ok"]
    async with httpx.AsyncClient(verify=False) as client:
        assert (await client.get(f"{fake.base_url}/bot1:x/getMe")).status_code == 401
        assert (await client.get(f"{fake.base_url}/bot1/getMe")).status_code == 404
        assert (await client.get(f"{fake.base_url}/")).status_code == 404


async def test_a_wait_in_vain_fails_with_what_was_waited_for(hoa: Person) -> None:
    with pytest.raises(AssertionError, match='a message to Hoa with "Đã nộp"'):
        await hoa.hears(containing="Đã nộp", seconds=0.05)
    with pytest.raises(AssertionError, match='a button "Nộp" for Hoa'):
        await hoa.presses("Nộp", seconds=0.05)
