"""Bad input: one clear Vietnamese sentence that says what to do, and nothing changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.ingest import ingest_file
from handlers.message import MessageKind
from handlers.view import Role
from knowledge.errors import NotAPlan
from tests.conversations.stage import CLINIC, Stage, stage


async def records(on: Stage) -> tuple[int, int, int]:
    """What a refused message must leave alone: audit entries, plans, people."""
    async with on.program.archive.store.reading() as unit:
        authority = (await unit.authorities.list())[-1].id
        plans = len((await unit.plans.shelf()).plans)
        return len(await unit.audit.entries()), plans, len(await unit.people.members(authority))


async def one_sentence(on: Stage, who: str, text: str, kind: MessageKind = MessageKind.TEXT) -> str:
    """Say something that cannot be done; the one answer, with the proof that nothing changed."""
    before = await records(on)
    heard = await on.says(who, text, kind)
    assert await records(on) == before
    assert heard, "silence is no answer"
    return heard[-1]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.txt", b"", "rỗng"),
        ("khoang-trang.txt", b"\n \n\t\n", "anh/chị"),
        ("chuong-trinh.exe", b"MZ\x90\x00" + bytes(range(256)) * 40, "anh/chị"),
        ("hong.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type", "anh/chị"),
        ("hong.docx", b"PK\x03\x04 not a zip at all", "anh/chị"),
    ],
)
async def test_an_unreadable_file_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Đầu mối", f"/gửi {tmp_path / name}")
    assert words in answer.lower()


@pytest.mark.parametrize("words", ["xin chào", "Danh sách mua hàng\n1. Gạo\n2. Mắm\n"])
async def test_words_that_are_no_plan_are_not_kept(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Đầu mối", f"/gửi {tmp_path / 'a.txt'}")
        assert "Tệp này không giống một kế hoạch" in answer
        # No plan waits: the one in force is shown as before.
        assert "Đang dùng: Kế hoạch 20/KH-UBND" in (await on.says("Đầu mối", "kế hoạch"))[0]
        with pytest.raises(NotAPlan):
            await ingest_file(on.program.archive, tmp_path / "a.txt", ())


async def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "lon.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Đầu mối", f"/gửi {huge}")
    assert "MB" in answer


async def test_a_plan_without_a_table_says_so_and_can_be_dropped(tmp_path: Path) -> None:
    text = "ỦY BAN NHÂN DÂN\nXÃ HÒA MẪU\nSố: 30/KH-UBND\nKẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n"
    text += "I. YÊU CẦU\n" + "Việc tuyên truyền phải thiết thực, gần với đời sống của bà con trong xã.\n" * 30
    (tmp_path / "khong-bang.txt").write_text(text, encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        heard = await on.says("Đầu mối", f"/gửi {tmp_path / 'khong-bang.txt'}")
        assert "không thấy bảng chỉ tiêu" in heard[-1]
        dropped = await on.says("Đầu mối", "bỏ, không dùng")
        assert "Kế hoạch đang dùng không thay đổi" in dropped[-1]


async def test_an_unknown_command_is_named(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Trạm", "/xyz abc")
    assert '"/xyz"' in answer
    assert "trợ giúp" in answer


async def test_a_number_with_letters_is_asked_back(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await on.says("Trạm", "báo cáo")
        answer = await one_sentence(on, "Trạm", "7x3b")
    assert "chưa đọc được con số" in answer


async def test_a_photo_where_a_number_is_expected(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await on.says("Trạm", "báo cáo")
        answer = await one_sentence(on, "Trạm", "", MessageKind.PHOTO)
    assert "bằng chữ số" in answer


async def test_an_expired_invite_says_when_it_ended_and_what_to_do(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        now = on.clock.now()
        async with on.program.archive.store.unit() as unit:
            authority = (await unit.authorities.list())[-1].id
            clinic = await unit.authorities.ensure_unit(authority, CLINIC)
            code = await unit.people.invite(clinic, Role.REPORTER, now=now, expires=now - timedelta(days=1))
        answer = await one_sentence(on, "Khách", code)
    assert "hết hạn" in answer
    assert "mã mới" in answer


@pytest.mark.parametrize("text", ["báo cáo", "60", "chỉ tiêu 5G là bao nhiêu?", "/start"])
async def test_somebody_who_is_not_registered_hears_how_to_come_in(tmp_path: Path, text: str) -> None:
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Khách", text)
    assert "mã mời" in answer


async def test_a_reporter_cannot_load_a_plan(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        answer = await one_sentence(on, "Trạm", f"/gửi {tmp_path / 'a.txt'}")
    assert "đầu mối" in answer
