"""The whole job once through Telegram: a real process, real HTTP, and a SIGKILL in the middle of a report."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.bot_process import REPOSITORY, BotProcess
from tests.fakes.telegram import FakeTelegram, Person

PLAN = REPOSITORY / "examples" / "ke-hoach-hoa-mau-2026.txt"
CLINIC = "Trạm Y tế xã"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[tuple[BotProcess, FakeTelegram]]:
    with FakeTelegram() as telegram:
        data = tmp_path / "data"
        process = BotProcess(data, DONDOC_TELEGRAM_TOKEN=telegram.token, DONDOC_TELEGRAM_BASE_URL=telegram.base_url)
        try:
            yield process, telegram
        finally:
            await process.end()
        assert telegram.token not in process.log(), "the token is in the log"


async def join(person: Person, code: str) -> str:
    """Open the invite link, agree, and return what the bot says to a new member."""
    await person.starts(code)
    greeting = await person.hears()
    assert "UBND xã Hòa Mẫu" in greeting.text
    assert "Đồng ý, tham gia" in greeting.buttons
    await person.presses("Đồng ý, tham gia")
    return (await person.hears()).text


async def test_register_remind_report_approve_ask_through_a_crash(bot: tuple[BotProcess, FakeTelegram]) -> None:
    process, telegram = bot
    await process.command("ingest", str(PLAN))
    invited = await process.command("invite", "Phòng Văn hóa - Xã hội", "--now", "2026-06-22T09:00", "--json")

    # Register: the coordinator by the operator's code, the clinic by the coordinator's.
    await process.start("2026-06-22T09:00")
    hoa, binh = telegram.person("Hoa"), telegram.person("Bình")
    assert "đầu mối" in await join(hoa, invited["code"])
    await hoa.says("moi")
    await hoa.presses(CLINIC)
    await hoa.presses("Báo cáo số liệu")
    ready = (await hoa.hears(containing="Mã mời")).text
    link = next(word for word in ready.split() if word.startswith("https://t.me/"))
    welcome = await join(binh, link.partition("start=")[2])
    assert CLINIC in welcome
    assert "26/6/2026" in welcome
    assert await process.stop() == 0

    # Remind: the office opens one working day before the deadline.
    await process.start("2026-06-25T08:00")
    reminder = await binh.hears(containing="Còn 1 ngày làm việc")
    assert "26/6" in reminder.text

    # Report: the first figure is in, then the power fails while the second is being typed.
    await binh.presses("Báo cáo ngay")
    first = await binh.hears()
    assert first.text.startswith("1/3.")
    await binh.says("4.390/5.753")
    second = await binh.hears(containing="2/3.")
    assert "Đã hiểu: 76,3 % (4.390/5.753)" in second.text
    await process.kill()
    await binh.presses("Hoàn thành")
    await process.start("2026-06-25T08:10")
    third = await binh.hears()
    assert "3/3." in third.text
    await binh.says("91")
    review = await binh.hears(containing="Đủ 3/3")
    assert "76,3 % (4.390/5.753)" in review.text
    await binh.presses("Nộp báo cáo")
    assert "trước hạn 1 ngày" in (await binh.hears(containing="Đã nộp")).text

    # Approve.
    notice = await hoa.hears(containing="đã nộp báo cáo")
    assert CLINIC in notice.text
    await hoa.presses("Duyệt báo cáo")
    await hoa.presses("Duyệt 1 báo cáo không có cảnh báo")
    assert "Đã duyệt 1 báo cáo (3 chỉ tiêu)" in (await hoa.hears(containing="Đã duyệt")).text
    assert "đã được duyệt" in (await binh.hears(containing="được duyệt")).text

    # Ask, without diacritics: the answer carries the approved figure's place in the plan.
    await binh.says("chi tieu so suc khoe dien tu la bao nhieu")
    answer = await binh.hears()
    assert "80 %" in answer.text
    assert "20/KH-UBND" in answer.text

    # Nothing was asked twice, nothing was reminded twice.
    said = [str(call.parameters["text"]) for call in telegram.sent() if str(call.parameters["chat_id"]) == str(binh.id)]
    for once in ("^1/3", "^2/3", "^3/3", "Còn 1 ngày làm việc", "^Đã nộp", "^Đủ 3/3"):
        assert sum(bool(re.search(once, text, re.MULTILINE)) for text in said) == 1, once
    assert await process.stop() == 0
