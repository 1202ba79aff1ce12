"""A plan that only amends some rows of an earlier one: shown, applied with one tap, the other rows untouched."""

from __future__ import annotations

from pathlib import Path

from tests.bot.bot_process import BotProcess
from tests.bot.test_new_version import ROWS, confirmed, file
from tests.conversations.stage import Stage, stage

HEAD = """ỦY BAN NHÂN DÂN
XÃ HÒA MẪU
Số: 45/KH-UBND
Hòa Mẫu, ngày {day} tháng 6 năm 2026

KẾ HOẠCH
Sửa đổi, bổ sung một số chỉ tiêu của Kế hoạch số {number} ngày 03/02/2026 về chuyển đổi số xã Hòa Mẫu năm 2026

I. NỘI DUNG SỬA ĐỔI

1. Sửa đổi, bổ sung các chỉ tiêu tại Phụ lục kèm theo.

{clauses}

Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Lưu: VT. CHỦ TỊCH

Nguyễn Văn Mẫu

PHỤ LỤC
CHỈ TIÊU SỬA ĐỔI, BỔ SUNG
(Kèm theo Kế hoạch số 45/KH-UBND)

TT | Chỉ tiêu | Mục tiêu năm 2026 | Cơ quan chủ trì
{table}
"""
COVERAGE = ("Tỷ lệ phủ sóng 5G (dân số)", "65%", "Phòng Văn hóa - Xã hội")
TRADE = ("Tỷ lệ hộ kinh doanh nhận chuyển khoản", "70%", "Công an xã")
DROP = "2. Bãi bỏ chỉ tiêu số 2 (Hồ sơ bệnh án điện tử tại trạm)."


def amendment(
    folder: Path, *rows: tuple[str, str, str], clauses: str = "", number: str = "20/KH-UBND", day: str = "20"
) -> Path:
    """An invented amendment as a text file; its rows are numbered anew."""
    table = "\n".join(f"{no} | {name} | {target} | {lead}" for no, (name, target, lead) in enumerate(rows, 1))
    path = folder / f"sua-doi-{day}.txt"
    path.write_text(HEAD.format(number=number, clauses=clauses, table=table, day=day), encoding="utf-8")
    return path


async def applied(on: Stage, path: Path) -> str:
    """The amendment is sent and applied; what the bot showed of it before."""
    shown = (await on.says("Đầu mối", f"/gửi {path}"))[-1]
    assert "Đã áp dụng sửa đổi vào Kế hoạch 20/KH-UBND" in (await on.says("Đầu mối", "áp dụng sửa đổi"))[0]
    return shown


async def test_changed_added_and_dropped_rows_are_shown_before_they_hold(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        path = amendment(tmp_path, COVERAGE, TRADE, clauses=DROP)
        shown = (await on.says("Đầu mối", f"/gửi {path}"))[-1]
        assert "Sửa đổi Kế hoạch 20/KH-UBND ngày 03/02/2026: sửa 1 chỉ tiêu, thêm 1, bỏ 1; giữ 2." in shown
        assert "Đổi: Tỷ lệ phủ sóng 5G (dân số): 60 % → 65 %" in shown
        assert "Thêm: Tỷ lệ hộ kinh doanh nhận chuyển khoản: 70 %" in shown
        assert "Bỏ: Hồ sơ bệnh án điện tử tại trạm" in shown
        assert "1. Áp dụng sửa đổi" in shown
        assert "60 %" in (await on.says("Đầu mối", "chỉ tiêu của tôi"))[0]

        said = await on.says("Đầu mối", "kế hoạch")
        assert "1. Áp dụng sửa đổi" in said[-1]
        (done,) = await on.says("Đầu mối", "1")
        assert "Đã áp dụng sửa đổi vào Kế hoạch 20/KH-UBND ngày 03/02/2026." in done
        assert "kỳ hạn báo cáo" not in done
        (shown,) = await on.says("Đầu mối", "kế hoạch")
        assert "Đang dùng: Kế hoạch 20/KH-UBND ngày 03/02/2026, 4 chỉ tiêu." in shown
        (table,) = await on.says("Đầu mối", "xem cả bảng")
        assert "Tỷ lệ phủ sóng 5G (dân số): 65 %" in table
        assert "bệnh án" not in table


async def test_reports_and_confirmations_of_the_other_rows_stay(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        await on.says("Đầu mối", "báo cáo")
        await on.says("Đầu mối", "48")
        await on.says("Đầu mối", "nộp")
        await on.says("Trạm", "báo cáo")
        await on.says("Trạm", "71")
        await applied(on, amendment(tmp_path, COVERAGE, TRADE))
        assert (
            "Tỷ lệ phủ sóng 5G (dân số): chỉ tiêu 65 % (đã nộp 48 %)"
            in (await on.says("Đầu mối", "chỉ tiêu của tôi"))[0]
        )
        assert "71 %" in (await on.says("Trạm", "chỉ tiêu của tôi"))[0]
        # The police have a new one to report beside the old one.
        police = (await on.says("Công an", "chỉ tiêu của tôi"))[0]
        assert "VNeID" in police
        assert "Tỷ lệ hộ kinh doanh nhận chuyển khoản: chỉ tiêu 70 %" in police


async def test_a_question_is_answered_with_the_new_figure_and_its_document(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        await applied(on, amendment(tmp_path, COVERAGE, TRADE, clauses=DROP))
        (answer,) = await on.says("Công an", "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?")
        assert "65 %: Tỷ lệ phủ sóng 5G" in answer
        assert "Nguồn: Kế hoạch 45/KH-UBND (sửa đổi Kế hoạch 20/KH-UBND), Phụ lục, dòng 1." in answer
        assert "60 %" not in answer
        (kept,) = await on.says("Công an", "chỉ tiêu tài khoản VNeID là bao nhiêu?")
        assert "95 %" in kept
        assert "Kế hoạch 20/KH-UBND" in kept
        (gone,) = await on.says("Công an", "hồ sơ bệnh án điện tử tại trạm do ai chủ trì?")
        assert "Trạm Y tế xã chủ trì" not in gone


async def test_a_second_amendment_follows_the_first(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        await applied(on, amendment(tmp_path, COVERAGE))
        shown = await applied(on, amendment(tmp_path, (COVERAGE[0], "70%", COVERAGE[2]), day="25"))
        assert "65 % → 70 %" in shown
        (answer,) = await on.says("Công an", "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?")
        assert "70 %: Tỷ lệ phủ sóng 5G" in answer


async def test_a_new_whole_version_ends_the_amendments(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        await on.says("Đầu mối", "báo cáo")
        await on.says("Đầu mối", "48")
        await on.says("Đầu mối", "nộp")
        await applied(on, amendment(tmp_path, COVERAGE, TRADE))
        whole = file(tmp_path, {**ROWS, 4: ("Tỷ lệ phủ sóng 5G (dân số)", "75%", "Phòng Văn hóa - Xã hội")}, day="28")
        shown = (await on.says("Đầu mối", f"/gửi {whole}"))[-1]
        assert "65 % → 75 %" in shown
        assert "Bỏ: Tỷ lệ hộ kinh doanh nhận chuyển khoản" in shown
        await on.says("Đầu mối", "đưa kế hoạch vào dùng")
        assert "chỉ tiêu 75 % (đã nộp 48 %)" in (await on.says("Đầu mối", "chỉ tiêu của tôi"))[0]
        (answer,) = await on.says("Công an", "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?")
        assert "75 %: Tỷ lệ phủ sóng 5G" in answer


async def test_an_amendment_of_a_plan_that_is_not_here_is_not_applied(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        said = (await on.says("Đầu mối", f"/gửi {amendment(tmp_path, COVERAGE, number='99/KH-UBND')}"))[-1]
        assert "sửa đổi Kế hoạch 99/KH-UBND, nhưng chưa có kế hoạch đó đang dùng" in said
        assert "Áp dụng" not in said
        assert "60 %" in (await on.says("Đầu mối", "chỉ tiêu của tôi"))[0]


async def test_what_is_to_be_dropped_and_is_not_there_is_said(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await confirmed(on)
        clauses = "2. Bãi bỏ chỉ tiêu “Tỷ lệ thửa đất được đo đạc lại”."
        shown = (await on.says("Đầu mối", f"/gửi {amendment(tmp_path, COVERAGE, clauses=clauses)}"))[-1]
        assert "sửa 1 chỉ tiêu; giữ 3." in shown
        assert "Không thấy để bỏ: Tỷ lệ thửa đất được đo đạc lại" in shown


async def test_the_command_line_does_the_same(tmp_path: Path) -> None:
    process = BotProcess(tmp_path / "data")
    whole = file(tmp_path, ROWS, "cu.txt", day="03", month="02")
    change = amendment(tmp_path, COVERAGE, TRADE, clauses=DROP)
    shape = await process.command("plan", str(change), "--json")
    assert shape["amends"]["number"] == "20/KH-UBND"
    assert [one["no"] for one in shape["amends"]["removed"]] == ["2"]
    await process.command("ingest", "--without-vectors", str(whole))
    shown = await process.command("plan", str(change))
    assert "sửa 1 chỉ tiêu, thêm 1, bỏ 1; giữ 2." in shown
    await process.command("ingest", "--without-vectors", str(change))
    asked = ("ask", "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?", "--as", "UBND xã Hòa Mẫu", "--json")
    answer = await process.command(*asked)
    assert answer["answer"].startswith("65 %")
    assert {cited["document"] for cited in answer["citations"]} == {"45/KH-UBND"}
    # The old file is read once more: what was amended stays amended.
    await process.command("ingest", "--without-vectors", "--again", str(whole))
    assert (await process.command(*asked))["answer"].startswith("65 %")
