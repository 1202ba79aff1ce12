"""An amendment of the reporting times and of the money: shown, applied with one tap, the calendar changed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.commands.ingest import ingest_file
from knowledge.plan import Amount, BudgetLine, Plan
from knowledge.reporting_rule import Frequency, MonthlyDue, ReportingRule
from knowledge.source import Source
from tests.bot.test_amendment import COVERAGE, HEAD, applied
from tests.conversations.stage import Stage, sample_plan, stage

MONTHLY_20 = "1. Sửa đổi kỳ báo cáo: trước ngày 20 hằng tháng."
MONEY = """Đơn vị tính: triệu đồng

TT | Nội dung | Kinh phí | Đơn vị thực hiện
1 | Mua sắm máy tính bảng cho các thôn | 650 | Phòng Văn hóa - Xã hội
2 | Tập huấn kỹ năng số | 120 | Công an xã
"""


def amending(folder: Path, clause: str, money: str = "") -> Path:
    """A document that changes no indicator."""
    text = HEAD.format(number="20/KH-UBND", day="20", clauses=clause, table="")
    body, _, _ = text.replace("\n1. Sửa đổi, bổ sung các chỉ tiêu tại Phụ lục kèm theo.\n", "").partition("PHỤ LỤC")
    path = folder / "sua-ky-bao-cao.txt"
    path.write_text(f"{body}PHỤ LỤC II\nKINH PHÍ SỬA ĐỔI\n\n{money}" if money else body, encoding="utf-8")
    return path


def before_13() -> ReportingRule:
    words = "Các đơn vị báo cáo trước ngày 13 hằng tháng"
    return ReportingRule(words, Frequency.MONTHLY, Source(60, 60, words), MonthlyDue(13, before=True), "Các đơn vị")


def with_money() -> Plan:
    def line(name: str, amount: int, at: int, *, total: bool = False) -> BudgetLine:
        return BudgetLine(
            name,
            "Phụ lục II",
            Source(at, at, f"{name} {amount}"),
            amounts=(Amount("Kinh phí", Decimal(amount), str(amount)),),
            unit="triệu đồng",
            total=total,
        )

    tablets = line("Mua sắm máy tính bảng cho các thôn", 500, 80)
    return replace(sample_plan(), budget=(tablets, line("Tổng cộng", 500, 81, total=True)))


async def calendar(on: Stage) -> dict[str, date]:
    """The due day of each period of the plan in force."""
    async with on.program.archive.store.reading() as unit:
        (plan,) = await unit.plans.in_force()
        return {period.key: period.due for period in await unit.periods.of(plan.id)}


async def reports(on: Stage, figure: str) -> None:
    for text in ("báo cáo", figure):
        await on.says("Đầu mối", text)
    assert "Đã nộp" in (await on.says("Đầu mối", "nộp"))[0]


async def test_the_new_times_are_shown_and_hold_once_they_are_confirmed(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        before = await calendar(on)
        shown = (await on.says("Đầu mối", f"/gửi {amending(tmp_path, MONTHLY_20)}"))[-1]
        assert "1 thay đổi về kỳ báo cáo. Các chỉ tiêu và số liệu đã báo cáo được giữ." in shown
        assert "Đổi kỳ báo cáo: hằng quý, tuần cuối của tháng cuối quý → hằng tháng, trước ngày 20" in shown
        assert await calendar(on) == before

        (done,) = await on.says("Đầu mối", "áp dụng sửa đổi")
        assert "Lịch nhắc từ nay theo kỳ báo cáo mới: hằng tháng, trước ngày 20." in done
        after = await calendar(on)
        # What was due stays as it was; the quarter that nobody had reported yet is not asked for besides.
        assert after["2026-Q1"] == before["2026-Q1"]
        assert not {"2026-Q2", "2026-Q3", "2026-Q4"} & after.keys()
        assert after["2026-07"] == date(2026, 7, 19)
        assert await on.ticks("2026-06-26T08:00") == []
        (opened,) = [said for said in await on.ticks("2026-07-03T08:00") if "Công an xã" in said]
        assert "Kỳ báo cáo Tháng 7/2026 đã mở" in opened
        # Every day the calendar is computed anew, and comes out the same.
        assert await calendar(on) == after
        (answer,) = await on.says("Công an", "khi nào phải báo cáo?")
        assert answer.startswith("< Trước ngày 20 hằng tháng.")
        assert "Kế hoạch 45/KH-UBND (sửa đổi Kế hoạch 20/KH-UBND)" in answer


async def test_a_period_with_reports_stays(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        await reports(on, "48")
        await on.says("Đầu mối", f"/gửi {amending(tmp_path, MONTHLY_20)}")
        (done,) = await on.says("Đầu mối", "áp dụng sửa đổi")
        assert "Kỳ Quý II/2026 đã có số liệu nên vẫn nhận nốt." in done
        assert (await calendar(on))["2026-Q2"] == date(2026, 6, 26)
        assert "(đã nộp 48 %)" in (await on.says("Đầu mối", "chỉ tiêu của tôi"))[0]


async def test_a_deadline_that_moves_is_reminded_of_by_its_new_day_alone(tmp_path: Path) -> None:
    plan = replace(sample_plan(), reporting=(before_13(),))
    async with stage(tmp_path / "data", "2026-06-10T07:30", plan=plan) as on:
        assert any("hạn báo cáo Tháng 6/2026 (12/6)" in said for said in await on.ticks("2026-06-10T08:00"))
        await reports(on, "48")
        await on.says("Đầu mối", f"/gửi {amending(tmp_path, MONTHLY_20)}")
        await on.says("Đầu mối", "áp dụng sửa đổi")
        assert (await calendar(on))["2026-06"] == date(2026, 6, 19)
        heard = [await on.ticks(f"2026-06-{day}T08:00") for day in (11, 12, 15, 16, 18, 19)]
        police = ["\n".join(said for said in day if "Công an xã" in said) for day in heard]
        assert "12/6" not in "".join(police)
        assert "hạn thứ Sáu 19/6/2026" in police[0]
        assert "Còn 5 ngày làm việc" in police[1]
        assert police[2] == ""
        assert "Hôm nay là hạn báo cáo Tháng 6/2026" in police[-1]
        # Who had reported by then is asked for nothing.
        assert not any("Phòng Văn hóa - Xã hội còn" in said for day in heard for said in day)


async def test_a_new_day_that_has_passed_leaves_the_month_its_old_one(tmp_path: Path) -> None:
    later = replace(before_13(), due=MonthlyDue(20, before=True))
    async with stage(tmp_path / "data", "2026-06-15T07:30", plan=replace(sample_plan(), reporting=(later,))) as on:
        clause = "1. Điều chỉnh thời hạn báo cáo từ trước ngày 20 hằng tháng sang trước ngày 13 hằng tháng."
        shown = (await on.says("Đầu mối", f"/gửi {amending(tmp_path, clause)}"))[-1]
        assert "trước ngày 20 → hằng tháng, trước ngày 13" in shown
        await on.says("Đầu mối", "áp dụng sửa đổi")
        due = await calendar(on)
        assert (due["2026-06"], due["2026-07"]) == (date(2026, 6, 19), date(2026, 7, 12))


async def test_reports_that_end_leave_the_coordinator_to_choose(tmp_path: Path) -> None:
    plan = replace(sample_plan(), reporting=(before_13(),))
    async with stage(tmp_path / "data", "2026-06-10T07:30", plan=plan) as on:
        clause = "1. Bãi bỏ chế độ báo cáo hằng tháng."
        assert (
            "Bỏ kỳ báo cáo: hằng tháng, trước ngày 13"
            in ((await on.says("Đầu mối", f"/gửi {amending(tmp_path, clause)}"))[-1])
        )
        (done,) = await on.says("Đầu mối", "áp dụng sửa đổi")
        assert "Kế hoạch không còn kỳ hạn báo cáo." in done
        assert max((await calendar(on)).values()) < date(2026, 6, 10)
        await on.says("Đầu mối", "Hằng quý, tuần cuối của quý")
        assert (await calendar(on))["2026-Q2"] == date(2026, 6, 26)


async def test_money_is_set_anew_and_an_old_sum_says_that_it_is_old(tmp_path: Path) -> None:
    async with stage(tmp_path / "data", plan=with_money()) as on:
        shown = (await on.says("Đầu mối", f"/gửi {amending(tmp_path, '', MONEY)}"))[-1]
        assert "Đổi kinh phí: Mua sắm máy tính bảng cho các thôn: 500 triệu đồng → 650 triệu đồng" in shown
        assert "Thêm kinh phí: Tập huấn kỹ năng số: 120 triệu đồng" in shown
        await on.says("Đầu mối", "áp dụng sửa đổi")
        (answer,) = await on.says("Công an", "kinh phí mua sắm máy tính bảng cho các thôn là bao nhiêu?")
        assert "650 triệu đồng" in answer
        assert "500" not in answer
        assert "Kế hoạch 45/KH-UBND (sửa đổi Kế hoạch 20/KH-UBND), Phụ lục II" in answer
        (total,) = await on.says("Công an", "tổng kinh phí là bao nhiêu?")
        assert "500 triệu đồng. Một số dòng của bảng đã được sửa đổi" in total


async def test_the_same_document_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = amending(tmp_path, MONTHLY_20, MONEY)
    async with stage(tmp_path / "data", plan=with_money()) as on:
        archive = on.program.archive
        await ingest_file(archive, path, ())
        assert "Đổi kỳ báo cáo: hằng quý" in capsys.readouterr().err
        before, asked = await calendar(on), "kinh phí mua sắm máy tính bảng cho các thôn là bao nhiêu?"
        answer = await on.says("Công an", asked)
        await ingest_file(archive, path, (), again=True)
        assert "Đổi" not in capsys.readouterr().err
        assert await calendar(on) == before
        assert await on.says("Công an", asked) == answer
        async with archive.store.reading() as unit:
            (plan,) = await unit.plans.in_force()
            read = await unit.plans.load(plan.id)
        assert len(read.reporting) == 1
        assert len(read.budget) == 3


async def test_a_whole_new_version_shows_its_new_times(tmp_path: Path) -> None:
    from tests.bot.test_new_version import ROWS, text

    path = tmp_path / "moi.txt"
    path.write_text(
        text(ROWS).replace("hằng quý, vào tuần cuối của tháng cuối quý", "trước ngày 20 hằng tháng"), encoding="utf-8"
    )
    async with stage(tmp_path / "data") as on:
        shown = (await on.says("Đầu mối", f"/gửi {path}"))[-1]
        assert "các chỉ tiêu giữ nguyên, có 1 thay đổi về kỳ báo cáo" in shown
        assert "Đổi kỳ báo cáo: hằng quý, tuần cuối của tháng cuối quý → hằng tháng, trước ngày 20" in shown


async def test_indicators_and_times_change_together(tmp_path: Path) -> None:
    text = HEAD.format(
        number="20/KH-UBND",
        day="20",
        clauses=MONTHLY_20.replace("1.", "2."),
        table=" | ".join(("1", *COVERAGE)),
    )
    path = tmp_path / "ca-hai.txt"
    path.write_text(text, encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        shown = await applied(on, path)
        assert "sửa 1 chỉ tiêu, 1 thay đổi về kỳ báo cáo; giữ 3." in shown
        assert "2026-07" in await calendar(on)
