"""The fake refuses what Zalo is known to refuse, and is as strange as Zalo is known to be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.fakes.zalo import FakeZalo, Person


@pytest.fixture
async def fake() -> AsyncIterator[FakeZalo]:
    with FakeZalo() as fake:
        yield fake


@pytest.fixture
async def hoa(fake: FakeZalo) -> Person:
    hoa = fake.person("Hoa")
    await hoa.says("xin chào")
    return hoa


async def call(fake: FakeZalo, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{fake.base_url}/bot{fake.token}/{method}", json=parameters, timeout=30)
    body: dict[str, Any] = answer.json()
    return answer.status_code, body


async def test_an_idle_poll_ends_as_408_and_a_poll_gives_one_update(fake: FakeZalo, hoa: Person) -> None:
    await hoa.says("hai")

    _, one = await call(fake, "getUpdates", timeout="5")
    _, two = await call(fake, "getUpdates", timeout=5)
    status, idle = await call(fake, "getUpdates", timeout="0.01")

    assert [one["result"]["message"]["text"], two["result"]["message"]["text"]] == ["xin chào", "hai"]
    assert (status, idle["error_code"]) == (408, 408)


async def test_polling_is_refused_while_a_webhook_is_set(fake: FakeZalo, hoa: Person) -> None:
    assert (await call(fake, "getWebhookInfo"))[0] == 404
    await call(fake, "setWebhook", url="https://xa.example/hook", secret_token="x" * 8)
    assert (await call(fake, "getUpdates", timeout="0"))[1]["error_code"] == 400

    assert (await call(fake, "deleteWebhook"))[1]["ok"]
    assert (await call(fake, "deleteWebhook"))[1]["ok"]
    assert (await call(fake, "getUpdates", timeout="5"))[1]["ok"]


async def test_what_is_written_while_nobody_polls_may_be_lost(fake: FakeZalo, hoa: Person) -> None:
    await call(fake, "getUpdates", timeout="5")
    fake.world.loses_while_offline = True
    await hoa.says("có ai không")

    assert (await call(fake, "getUpdates", timeout="0.01"))[0] == 408


async def test_messages_within_and_over_the_limit(fake: FakeZalo, hoa: Person) -> None:
    assert (await call(fake, "sendMessage", chat_id=hoa.id, text="ă" * 2000))[1]["ok"]
    assert not (await call(fake, "sendMessage", chat_id=hoa.id, text="📶" * 1001))[1]["ok"]
    assert not (await call(fake, "sendMessage", chat_id=hoa.id, text=""))[1]["ok"]
    assert not (await call(fake, "sendMessage", chat_id=hoa.id, text="x", parse_mode="MarkdownV2"))[1]["ok"]
    assert not (await call(fake, "sendMessage", chat_id=fake.person("Lan").id, text="x"))[1]["ok"]
    assert len(hoa.unheard()) == 1


async def test_the_month_ends(fake: FakeZalo, hoa: Person) -> None:
    fake.world.quota = 1

    assert (await call(fake, "sendMessage", chat_id=hoa.id, text="một"))[1]["ok"]
    assert (await call(fake, "sendMessage", chat_id=hoa.id, text="hai"))[0] == 429


async def test_names_are_told_apart_by_case_and_typing_has_no_result(fake: FakeZalo, hoa: Person) -> None:
    assert (await call(fake, "getme"))[0] == 404
    assert (await call(fake, "sendChatAction", chat_id=hoa.id, action="typing"))[1] == {"ok": True}
    assert not (await call(fake, "sendPhoto", chat_id=hoa.id, photo="photo.jpg"))[1]["ok"]
    async with httpx.AsyncClient(verify=False) as client:
        assert (await client.get(f"{fake.base_url}/bot1:x/getMe")).json()["error_code"] == 401


async def test_a_group_gives_only_what_names_or_answers_the_bot(fake: FakeZalo, hoa: Person) -> None:
    group = fake.group()
    await hoa.says("họp nhé", group)
    await hoa.sends_photo(b"\xff\xd8\xff", "", group)
    await hoa.says(f"@{fake.world.name} tiến độ", group)

    texts = [(await call(fake, "getUpdates", timeout="5"))[1]["result"]["message"]["text"] for _ in range(2)]

    assert texts == ["xin chào", f"@{fake.world.name} tiến độ"]
