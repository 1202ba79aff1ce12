"""A new version of a plan: what it changes is shown before it is in force, and what was reported stays."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bot.bot_process import BotProcess
from tests.conversations.stage import Stage, stage

ROWS = {
    1: ("Tỷ lệ người dân có Sổ sức khỏe điện tử", "80%", "Trạm Y tế xã"),
    2: ("Hồ sơ bệnh án điện tử tại trạm", "Hoàn thành", "Trạm Y tế xã"),
    3: ("Tỷ lệ người dân có tài khoản VNeID mức 2", "95%", "Công an xã"),
    4: ("Tỷ lệ phủ sóng 5G (dân số)", "60%", "Phòng Văn hóa - Xã hội"),
}


def text(rows: dict[int, tuple[str, str, str]], *, day: str = "15", month: str = "6") -> str:
    """An invented plan with a ruled appendix, as a text file."""
    table = "\n".join(f"{no} | {name} | {target} | {lead}" for no, (name, target, lead) in rows.items())
    return f"""ỦY BAN NHÂN DÂN
XÃ HÒA MẪU
Số: 20/KH-UBND
Hòa Mẫu, ngày {day} tháng {month} năm 2026

KẾ HOẠCH
Chuyển đổi số xã Hòa Mẫu năm 2026

I. TỔ CHỨC THỰC HIỆN

Các đơn vị báo cáo kết quả thực hiện hằng quý, vào tuần cuối của tháng cuối quý.

Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Lưu: VT. CHỦ TỊCH

Nguyễn Văn Mẫu

PHỤ LỤC
CHỈ TIÊU NĂM 2026
(Kèm theo Kế hoạch số 20/KH-UBND)

TT | Chỉ tiêu | Mục tiêu năm 2026 | Cơ quan chủ trì
{table}
"""


def file(folder: Path, rows: dict[int, tuple[str, str, str]], name: str = "KH-20-moi.txt", **more: str) -> Path:
    path = folder / name
    path.write_text(text(rows, **more), encoding="utf-8")
    return path


async def confirmed(on: Stage) -> None:
    """The coordinator settles the one doubt of the plan in force."""
    await on.says("Đầu mối", "kế hoạch")
    await on.says("Đầu mối", "1")
    assert "Đã xác nhận 60 %" in (await on.says("Đầu mối", "đúng"))[0]


async def test_a_report_stands_against_the_new_target(tmp_path: Path) -> None:
    changed = {**ROWS, 4: ("Tỷ lệ dân số được phủ sóng 5G", "65%", "Phòng Văn hóa - Xã hội")}
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        # The coordinator's own unit reports its figure, then the new version comes.
        await on.says("Đầu mối", "báo cáo")
        await on.says("Đầu mối", "48")
        heard = "\n".join(await on.says("Đầu mối", "nộp"))
        assert "Đã nộp" in heard

        heard = (await on.says("Đầu mối", f"/gửi {file(tmp_path, changed)}"))[1:]
        summary, changes = heard
        assert "Kế hoạch 20/KH-UBND ngày 15/06/2026" in summary
        assert "So với bản đang dùng (20/KH-UBND ngày 03/02/2026): đổi 1 chỉ tiêu." in changes
        assert "Số liệu đã báo cáo được giữ." in changes
        assert "Đổi: Tỷ lệ dân số được phủ sóng 5G: 60 % → 65 %" in changes
        assert "Đưa kế hoạch vào dùng" in changes

        assert "Đã đưa Kế hoạch" in (await on.says("Đầu mối", "đưa kế hoạch vào dùng"))[0]
        (listed,) = await on.says("Đầu mối", "chỉ tiêu của tôi")
        assert "Tỷ lệ dân số được phủ sóng 5G: chỉ tiêu 65 % (đã nộp 48 %)" in listed


async def test_new_and_dropped_indicators_are_named(tmp_path: Path) -> None:
    rows = {no: row for no, row in ROWS.items() if no != 3}
    rows[5] = ("Tỷ lệ hộ kinh doanh nhận chuyển khoản", "70%", "Công an xã")
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        changes = (await on.says("Đầu mối", f"/gửi {file(tmp_path, rows)}"))[-1]
        assert "thêm 1, bỏ 1 chỉ tiêu" in changes
        assert "Thêm: Tỷ lệ hộ kinh doanh nhận chuyển khoản: 70 %" in changes
        assert "Bỏ: Tỷ lệ người dân có tài khoản VNeID mức 2" in changes


async def test_many_changes_come_in_several_messages(tmp_path: Path) -> None:
    topics = (
        "camera an ninh",
        "tổ công nghệ số",
        "chữ ký số",
        "hóa đơn điện tử",
        "sổ hộ tịch",
        "mã địa chỉ",
        "học bạ số",
    )
    more = {
        9 + n: (f"Tỷ lệ thôn, ấp và khu dân cư có {topic}", f"{50 + n}%", "Công an xã")
        for n, topic in enumerate(topics)
    }
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        first = (await on.says("Đầu mối", f"/gửi {file(tmp_path, {**ROWS, **more})}"))[-1]
        assert "thêm 7 chỉ tiêu" in first
        assert "1. Xem tiếp (" in first
        assert len(first.partition("\n\n")[0]) < 500
        seen = first.count("Thêm:")
        while "Xem tiếp (" in first:
            (first,) = await on.says("Đầu mối", "xem tiếp")
            seen += first.count("Thêm:")
        assert seen == 7
        assert "Đưa kế hoạch vào dùng" in first


async def test_a_plan_of_another_commune_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        other = tmp_path / "khac.txt"
        other.write_text(text(ROWS).replace("HÒA MẪU", "HÒA BẾN").replace("Hòa Mẫu", "Hòa Bến"), encoding="utf-8")
        shown = "\n".join(await on.says("Đầu mối", f"/gửi {other}"))
        assert "ghi là của UBND xã Hòa Bến, không phải của UBND xã Hòa Mẫu" in shown
        own = "\n".join(await on.says("Đầu mối", f"/gửi {file(tmp_path, ROWS)}"))
        assert "không phải của" not in own


async def test_an_older_version_says_that_it_stays_behind(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        changes = (await on.says("Đầu mối", f"/gửi {file(tmp_path, ROWS, day='02', month='01')}"))[-1]
        assert "không chỉ tiêu nào thay đổi" in changes
        assert "Bản vừa gửi ban hành trước" in changes


async def test_an_amendment_of_a_few_rows_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        changes = (await on.says("Đầu mối", f"/gửi {file(tmp_path, {4: ROWS[4]})}"))[-1]
        assert "bỏ 3 chỉ tiêu" in changes
        assert "văn bản sửa đổi một phần" in changes


async def test_the_command_line_shows_the_changes_too(tmp_path: Path) -> None:
    process = BotProcess(tmp_path / "data")
    first = file(tmp_path, ROWS, "cu.txt", day="03", month="02")
    second = file(tmp_path, {**ROWS, 4: ("Tỷ lệ phủ sóng 5G (dân số)", "65%", "Công an xã")})
    alone = await process.command("plan", str(first))
    assert "So với bản đang dùng" not in alone
    assert not os.path.exists(tmp_path / "data")
    await process.command("ingest", "--without-vectors", str(first))
    shown = await process.command("plan", str(second))
    assert "So với bản đang dùng (20/KH-UBND ngày 03/02/2026): đổi 1 chỉ tiêu." in shown
    assert "60 % → 65 %; chủ trì Phòng Văn hóa - Xã hội → Công an xã" in " ".join(shown.split())
    again = await process.command("plan", str(first))
    assert "không chỉ tiêu nào thay đổi" in again
