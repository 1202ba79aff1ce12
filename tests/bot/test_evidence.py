"""A photo behind a report travels from the reporter's phone to the reviewer's, and outlives the messenger's address."""

from __future__ import annotations

from pathlib import Path

from bot.channels.telegram import TelegramChannel
from handlers.view import Role
from tests.conversations.stage import CLINIC, CULTURE, Stage, stage
from tests.fakes.telegram import FakeTelegram, Person

PHOTO = b"\xff\xd8\xff\xe0 a very small photo"


async def join(on: Stage, person: Person, unit: str, role: Role) -> None:
    await person.starts(await on.invite(unit, role))
    await person.presses("Đồng ý, tham gia")
    await person.hears(containing="Đã ghi nhận")


async def test_the_reviewer_sees_the_photo_of_a_report(tmp_path: Path) -> None:
    with FakeTelegram() as telegram:
        async with stage(tmp_path) as on:
            channel = TelegramChannel(telegram.token, base_url=telegram.base_url, poll_seconds=1)
            async with on.running(channel) as program:
                binh, hoa = telegram.person("Bình"), telegram.person("Hoa")
                await join(on, binh, CLINIC, Role.REPORTER)
                await join(on, hoa, CULTURE, Role.COORDINATOR)
                await binh.says("báo cáo")
                await binh.says("76,3")
                await binh.presses("Hoàn thành")
                await binh.presses("Thêm ảnh minh chứng")
                await binh.hears(containing="giấy tờ tùy thân")
                await binh.sends_photo(PHOTO)
                await binh.hears(containing="Đã nhận ảnh minh chứng")
                await program.evidence.fetch_waiting()
                await binh.presses("Nộp báo cáo")
                await hoa.presses("Xem báo cáo")
                assert "(có ảnh)" in (await hoa.hears(containing="1/1.")).text
                await hoa.presses("Xem ảnh minh chứng")
                shown = await hoa.hears(containing="Minh chứng 1")
                assert shown.file == PHOTO
