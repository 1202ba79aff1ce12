"""The same conversation through Zalo, which has no buttons: numbers for choices, words while a figure is awaited."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.zalo import ZaloChannel
from tests.conversations.stage import CLINIC, stage
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.people import Person


@pytest.fixture
def zalo() -> FakeZalo:
    return FakeZalo()


async def test_a_member_joins_reports_and_asks_by_typing_alone(tmp_path: Path, zalo: FakeZalo) -> None:
    with zalo:
        async with stage(tmp_path) as on:
            channel = ZaloChannel(zalo.token, base_url=zalo.base_url, poll_seconds=1, between_polls=0.0)
            async with on.running(channel):
                binh: Person = zalo.person("Bình")
                await binh.says(await on.invite(CLINIC))
                assert "1. Đồng ý, tham gia" in await binh.hears()
                await binh.says("1")
                assert "phụ trách 2 chỉ tiêu" in await binh.hears()
                await binh.says("bao cao")
                question = await binh.hears()
                assert 'Hoặc gõ: "Bỏ qua", "Dừng lại".' in question
                # While a figure is awaited a bare number is a figure, never the second choice.
                await binh.says("2")
                assert "Đã hiểu: 2 %." in await binh.hears()
                await binh.says("1")
                review = await binh.hears()
                assert "Đủ 2/2" in review
                assert "Hồ sơ bệnh án điện tử tại trạm: hoàn thành" in review
                await binh.says("nop bao cao")
                assert "Đã nộp" in await binh.hears()
                await binh.says("chi tieu vneid muc 2 la bao nhieu")
                assert "95 %" in await binh.hears()
