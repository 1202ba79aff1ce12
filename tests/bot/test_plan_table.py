"""``dondoc plan FILE`` for a person: a table that fits the terminal, with what is doubtful marked and explained."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.commands.plan_table import table
from knowledge.plan import Amount, Assessment, BudgetLine, Document, Indicator, Kind, Operator, Plan, Result, Target
from knowledge.reporting_rule import Frequency, ReportingRule
from knowledge.source import Source
from tests.bot.bot_process import BotProcess
from tests.knowledge.test_amending_rules import amendment

EXAMPLES = Path(__file__).parents[2] / "examples"

RATE = Target(Operator.EQUAL, Decimal(60), "%", Kind.PERCENT, "60%")
LONG = "Tỷ lệ hồ sơ thủ tục hành chính được tiếp nhận và giải quyết hoàn toàn trên môi trường mạng của xã"


def row(no: int, name: str, *, page: int | None = None, checks: tuple[str, ...] = ()) -> Indicator:
    source = Source(100 + no, 101 + no, name, page)
    leads = ("Trung tâm Phục vụ hành chính công", "Công an xã")
    return Indicator(name, RATE, "Phụ lục", source, str(no), "Hạ tầng số", leads, checks=checks)


def plan(*rows: Indicator) -> Plan:
    rule = ReportingRule("Báo cáo hằng quý", Frequency.QUARTERLY, Source(60, 60, "Báo cáo hằng quý"))
    return Plan(Document("20/KH-UBND", issuer="UBND xã Hòa Mẫu"), rows, reporting=(rule,))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_nothing_is_cut_and_nothing_is_wider_than_the_terminal(width: int) -> None:
    lines = table(plan(row(1, LONG), row(2, LONG, page=9, checks=(f"Bản quét in “6006”; {LONG.lower()}.",))), width)
    assert max(map(len, lines)) <= width
    printed = " ".join(" ".join(lines).split())
    for words in ("20/KH-UBND", "UBND xã Hòa Mẫu", "(dòng 60): Báo cáo hằng quý", "dòng 101", "trang 9"):
        assert words in printed
    for word in LONG.split():
        assert printed.count(word) >= 2


def test_a_doubtful_cell_is_marked_where_it_is_and_explained_below() -> None:
    target, lead = "Bản quét in “6006”; hiểu là 60 %.", "Cơ quan chủ trì in không rõ; hiểu là Công an xã."
    lines = table(
        plan(row(1, "Phủ sóng"), row(2, "Chữ ký số", checks=(target,)), row(3, "Camera", checks=(lead,))), 140
    )
    sound, doubtful, of_lead = (
        next(line for line in lines if name in line) for name in ("Phủ sóng", "Chữ ký", "Camera")
    )
    assert "?" not in sound
    assert "? 60 %" in doubtful
    assert "? Trung tâm" in of_lead
    assert "? 60 %" not in of_lead
    below = lines[lines.index("Cần kiểm tra (?):") :]
    assert "- 2. Chữ ký số (dòng 102-103)" in below
    assert f"    {target}" in below
    assert "2 chỗ cần kiểm tra" in " ".join(lines)


def test_a_plan_without_indicators_has_no_table() -> None:
    lines = table(replace(plan(), reporting=()), 80)
    assert "0 chỉ tiêu, 0 nhiệm vụ, 0 đơn vị." in lines
    assert "Chế độ báo cáo: kế hoạch không nêu." in lines
    assert not any("Mục tiêu" in line for line in lines)


def test_results_and_money_are_shown_with_their_doubts() -> None:
    source = Source(70, 72, "x")
    plan = Plan(
        Document(number="45/KH-UBND", year=2026),
        results=(
            Result("Hồ sơ nộp qua mạng", "68,5%", "Phụ lục 1", source, "1", year=2025, assessment=Assessment.NOT_MET),
        ),
        budget=(
            BudgetLine(
                "Mua máy quét",
                "Phụ lục 2",
                source,
                "3",
                amounts=(Amount("NS tỉnh", None, "1.2S0"),),
                unit="triệu đồng",
                checks=("Số tiền in “1.2S0” không đọc chắc được.",),
            ),
        ),
    )
    shown = "\n".join(table(plan, 80))
    assert "1 kết quả, 1 dòng kinh phí; 1 chỗ cần kiểm tra" in " ".join(shown.split())
    assert "Kết quả năm 2025: 1 dòng" in shown
    assert "68,5%" in shown
    assert "Chưa đạt" in shown
    assert "Kinh phí (triệu đồng): 1 dòng" in shown
    assert "? NS tỉnh: 1.2S0" in shown
    assert "Số tiền in “1.2S0” không đọc chắc được." in shown
    assert all(len(line) <= 80 for line in shown.split("\n"))


async def test_the_level_above_stands_beside_a_target_that_differs(tmp_path: Path) -> None:
    """The invented province gets a real one's name, which the reader knows."""
    province, commune = (
        _of_a_known_province(tmp_path, name) for name in ("ke-hoach-song-may-2026.txt", "ke-hoach-hoa-mau-2026.txt")
    )
    process = BotProcess(tmp_path / "data")
    await process.command("ingest", "--without-vectors", str(province))
    shown = " ".join((await process.command("plan", str(commune))).split())
    assert shown.count("95 % (tỉnh") == 2  # a goal and its row; the cell is narrow and goes on below
    assert "80 % (tỉnh" in shown
    assert "60 % (tỉnh" not in shown


def _of_a_known_province(folder: Path, name: str) -> Path:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    path = folder / name
    path.write_text(text.replace("SÔNG MÂY", "LÀO CAI").replace("Sông Mây", "Lào Cai"), encoding="utf-8")
    return path


def test_reports_that_an_amendment_ends_are_named() -> None:
    lines = table(amendment("1. Bãi bỏ chế độ báo cáo hằng tháng."), 100)
    assert "Bỏ kỳ báo cáo (dòng 15): hằng tháng" in lines
