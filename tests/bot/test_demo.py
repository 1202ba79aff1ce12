"""The demo as somebody without a keyboard sees it: the tour plays itself to the end, and leaves real records alone."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import sys
from pathlib import Path

import pytest

from tests.bot.bot_process import REPOSITORY

# What a viewer notices, in this order.
MILESTONES = (
    r"^1/7\.",
    r"Đang dùng: Kế hoạch 20/KH-UBND ngày 03/02/2026, 28 chỉ tiêu",
    r'Chỉ tiêu 12: Tỷ lệ phủ sóng 5G .*\n.*"12 .*6006',
    r"Đã xác nhận 60 %\.",
    r"Chỉ tiêu 20: Tỷ lệ người từ 18 tuổi có chữ ký số",
    r"Đã xác nhận 15 %\.\n.*Không còn chỗ nào cần kiểm tra",
    r"^2/7\.",
    r"Mã mời cho Tổ công nghệ số cộng đồng .*: (?P<code>\w{10})$",
    r"^Vũ Thị Sen> (?P=code)$",
    r"Đã ghi nhận\. Tổ công nghệ số cộng đồng phụ trách 1 chỉ tiêu",
    r"^3/7\.",
    r"Còn 3 ngày làm việc đến hạn báo cáo Quý II/2026 \(26/6\)\. Trạm Y tế xã còn 3/3 chỉ tiêu",
    r"^4/7\.",
    r"Kỳ trước là 71,3 %, nay 7,63 %: giảm 63,7 điểm",
    r"Đã hiểu: 76,3 %\. Tăng 5,0 điểm so với kỳ trước",
    r"Trạm Y tế xã chủ trì: Hồ sơ bệnh án điện tử tại trạm\.\n.*20/KH-UBND.*, Phụ lục, dòng 22",
    r"Quay lại câu 2/3",
    r"Đủ 3/3",
    r"Đã nộp lúc 09:15 ngày 23/6/2026, trước hạn 3 ngày",
    r"^5/7\.",
    r"Đã trả lại .Tỷ lệ người dân có Sổ sức khỏe điện tử. cho Trạm Y tế xã",
    r"^< \[tới Nguyễn Thị Hoa\]\n.*đề nghị kiểm tra lại 1 chỉ tiêu",
    r"Đã hiểu: 76,3 % \(4\.390/5\.753\)",
    r"Đã duyệt 1 báo cáo \(3 chỉ tiêu\)",
    r"^< \[tới Nguyễn Thị Hoa\]\n.*đã được duyệt \(3 chỉ tiêu\)",
    r"^6/7\.",
    r"3/28 chỉ tiêu có số liệu, 3 đã duyệt",
    r"Trạm Y tế xã: 3/3 đã nộp, 3 đã duyệt",
    r"^7/7\.",
    r"15 %: Tỷ lệ người từ 18 tuổi có chữ ký số.*đã được xác nhận\.\n\s+Nguồn: Kế hoạch 20/KH-UBND.*, dòng 20",
    r"UBND xã Hòa Mẫu: 95 %\.\n\s+UBND tỉnh Sông Mây: 87 %\. UBND xã Hòa Mẫu đặt cao hơn",
    r"không nêu nội dung này cho năm 2030",
)
# Nothing of these may show in a tour for people.
NOISE = ('{"', "Traceback", "[info", "[warning", "[error", "INFO", "WARNING")


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    return {**kept, "DONDOC_DATA": str(data), "PYTHONPATH": str(REPOSITORY), **settings}


async def tour(data: Path, **settings: str) -> str:
    """The whole tour without a keyboard: both output streams together."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.cli", "demo"),
        cwd=data.parent,
        env=environment(data, **settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


def check(said: str) -> None:
    whole = "[\\s\\S]*?".join(f"(?:{milestone})" for milestone in MILESTONES)
    if re.search(whole, said, re.MULTILINE) is None:
        missing = [m for m in MILESTONES if "(?P" not in m and not re.search(m, said, re.MULTILINE)]
        pytest.fail(f"thiếu hoặc sai thứ tự: {missing}\n{said}")
    assert [noise for noise in NOISE if noise in said] == []
    assert "chưa xử lý được tin vừa rồi" not in said


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


async def test_the_tour_shows_the_whole_job(tmp_path: Path) -> None:
    data = tmp_path / "data"
    check(await tour(data))
    assert contents(data) == {}, "the tour leaves nothing behind"


async def test_the_tour_leaves_real_records_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ingested = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.cli", "ingest", "--without-vectors", str(REPOSITORY / "examples" / "ke-hoach-hoa-mau-2026.txt")),
        env=environment(data, DONDOC_EMBEDDING="none"),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await ingested.wait() == 0
    before = contents(data)
    assert "dondoc.db" in before
    # A database that answers nobody: the tour must not even try it.
    check(await tour(data, DONDOC_DATABASE_URL="postgresql+asyncpg://nobody@127.0.0.1:9/real"))
    assert contents(data) == before


async def test_a_viewer_plays_with_enter_types_their_own_and_leaves(tmp_path: Path) -> None:
    screen, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.cli", "demo"),
        cwd=tmp_path,
        env=environment(tmp_path / "data", TERM="dumb"),
        stdin=terminal,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    os.close(terminal)
    assert process.stdout is not None
    try:
        for typed, answer in (("", "Đang dùng: Kế hoạch 20/KH-UBND"), ("trợ giúp", "có dấu hoặc không dấu")):
            await process.stdout.readuntil(b"[Enter]")
            os.write(screen, f"{typed}\n".encode())
            await process.stdout.readuntil(answer.encode())
        await process.stdout.readuntil(b"[Enter]")
        os.write(screen, "/hết\n".encode())
        await process.stdout.read()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(screen)
