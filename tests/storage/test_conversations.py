"""Conversations survive a restart, and a new version of the program."""

from __future__ import annotations

import pytest

from handlers import state as states
from handlers.message import ChatRef, Choice
from handlers.state import IDLE, Menu
from storage import conversations
from storage.store import Store
from tests.storage.commune import NOW

CHAT = ChatRef("telegram", "1")


async def test_a_conversation_comes_back_as_it_was_left(store: Store) -> None:
    state = IDLE.at("report", "figure", unit=3, items=[1, 2], note="tiếng Việt", none=None)
    menu = Menu((Choice("Bỏ qua", "skip"), Choice("Dừng lại", "stop")), NOW, awaits_figure=True)
    async with store.unit() as unit:
        assert await unit.conversations.load(CHAT, "1") == (IDLE, None)
        await unit.conversations.save(CHAT, "1", state, menu)
    async with store.unit() as unit:
        assert await unit.conversations.load(CHAT, "1") == (state, menu)
        assert await unit.conversations.load(CHAT, "2") == (IDLE, None)
        await unit.conversations.save(CHAT, "1", IDLE, None)
    async with store.reading() as unit:
        assert await unit.conversations.load(CHAT, "1") == (IDLE, None)


async def test_a_state_of_another_version_starts_afresh(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with store.unit() as unit:
        await unit.conversations.save(CHAT, "1", IDLE.at("report", "figure"), None)
    monkeypatch.setattr(conversations, "STATE_VERSION", states.STATE_VERSION + 1)
    async with store.reading() as unit:
        assert await unit.conversations.load(CHAT, "1") == (IDLE, None)
