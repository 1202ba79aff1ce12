"""A doubtful figure is confirmed with the picture of its row in view: over Telegram, Zalo and the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.channel import Delivered
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from handlers.message import ChatRef, Document, Outgoing
from handlers.view import Role
from knowledge.row_picture import LARGEST, WIDTH
from tests.bot.drawn_plan import needs_ocr, photo, scan_pdf, text_pdf
from tests.conversations.stage import CULTURE, stage
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo

# A loaded machine takes its time for OCR.
READING_SECONDS = 120.0


def picture(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def print_on(row: Image.Image) -> float:
    """Share of the picture's points that are printed in full black: the row itself, not its faded neighbours."""
    counts = row.convert("L").histogram()
    return sum(counts[:110]) / (row.width * row.height)


@needs_ocr
@pytest.mark.parametrize("sent", ["a scan", "a photo", "a file with its text"])
async def test_a_coordinator_on_telegram_sees_the_row_with_the_question(tmp_path: Path, sent: str) -> None:
    with FakeTelegram() as telegram:
        async with stage(tmp_path) as on:
            channel = TelegramChannel(telegram.token, base_url=telegram.base_url, poll_seconds=1)
            async with on.running(channel):
                hoa = telegram.person("Hoa")
                await hoa.starts(await on.invite(CULTURE, Role.COORDINATOR))
                await hoa.presses("Đồng ý, tham gia")
                await hoa.hears(containing="đầu mối")
                if sent != "a photo":
                    content = scan_pdf() if sent == "a scan" else text_pdf()
                    await hoa.sends_file("KH-31.pdf", content, "application/pdf")
                else:
                    await hoa.sends_photo(photo())
                summary = await hoa.hears(containing="31/KH-UBND", seconds=READING_SECONDS)
                assert "Có 2 chỗ cần anh/chị kiểm tra." in summary.text

                await hoa.presses("Kiểm tra 2 chỗ")
                first = await hoa.hears(containing="1/2. Chỉ tiêu 2")
                assert first.is_photo
                assert "6006" in first.text
                assert "Dòng này ở trang 1 của tệp." in first.text
                assert first.buttons == ["Là 60 %", "Sửa lại", "Bỏ qua"]
                assert first.file is not None
                assert len(first.file) <= LARGEST
                row = picture(first.file)
                assert row.width == WIDTH
                assert row.width / row.height <= 4.1
                assert print_on(row) > 0.005

                await hoa.says("65%")
                second = await hoa.hears(containing="2/2. Chỉ tiêu 4")
                assert "Đã sửa thành 65 %." in second.text
                assert second.is_photo
                assert second.file != first.file
                await hoa.presses("Là 15 %")
                assert "Đã sửa thành 15 %." in (await hoa.hears(containing="Không còn chỗ nào")).text


@needs_ocr
async def test_zalo_sends_no_pictures_so_the_page_is_named(tmp_path: Path) -> None:
    with FakeZalo() as zalo:
        async with stage(tmp_path / "data") as on:
            file = tmp_path / "KH-31.pdf"
            file.write_bytes(scan_pdf())
            assert "Có 2 chỗ" in (await on.says("Đầu mối", f"/gửi {file}"))[-1]
            channel = ZaloChannel(zalo.token, base_url=zalo.base_url, poll_seconds=1, between_polls=0.0)
            async with on.running(channel):
                hoa = zalo.person("Hoa")
                await hoa.says(await on.invite(CULTURE, Role.COORDINATOR))
                await hoa.hears()
                await hoa.says("1")
                await hoa.hears()
                await hoa.says("kế hoạch")
                await hoa.hears()
                await hoa.says("1")
                question = await hoa.hears()
                assert "1/2. Chỉ tiêu 2" in question
                assert "Dòng này ở trang 1 của tệp." in question
                assert "chưa gửi được" not in question


@needs_ocr
async def test_the_terminal_names_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "KH-31.pdf"
    file.write_bytes(scan_pdf())
    async with stage(tmp_path / "data") as on:
        await on.says("Đầu mối", f"/gửi {file}")
        (question,) = await on.says("Đầu mối", "1")
        assert "(tệp: dong-" in question


async def test_a_plan_without_pages_is_confirmed_by_its_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.says("Đầu mối", "kế hoạch")
        (question,) = await on.says("Đầu mối", "1")
        assert "6006" in question
        assert "tệp" not in question


@needs_ocr
async def test_what_an_amendment_left_doubtful_is_shown_from_its_own_file(tmp_path: Path) -> None:
    title = "Sửa đổi một số chỉ tiêu của Kế hoạch số 20/KH-UBND"
    file = tmp_path / "KH-31.pdf"
    file.write_bytes(text_pdf(title=title))
    async with stage(tmp_path / "data") as on:
        sent: list[Document] = []
        send = on.channel.send

        async def noting(to: ChatRef, message: Outgoing) -> Delivered:
            sent.extend([message.document] if message.document else [])
            return await send(to, message)

        on.channel.send = noting  # type: ignore[method-assign]
        assert "Áp dụng sửa đổi" in (await on.says("Đầu mối", f"/gửi {file}"))[-1]
        await on.says("Đầu mối", "áp dụng sửa đổi")
        (shown,) = await on.says("Đầu mối", "kế hoạch")
        assert "Đang dùng: Kế hoạch 20/KH-UBND" in shown
        asked = await on.says("Đầu mối", "1")
        while "6006 Phòng Kinh tế" not in asked[0]:
            asked = await on.says("Đầu mối", "bỏ qua")
        assert "Dòng này ở trang 1 của tệp." in asked[0]
        assert print_on(picture(sent[-1].content)) > 0.005
