"""Tables of results: what was reached, whether that was enough, and what of it is certain."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from knowledge.assessments import assessment_of
from knowledge.plan import Assessment, Plan, Result
from knowledge.results_table import figure
from knowledge.understanding import understand
from tests.knowledge.readings import SCANNED_HEAD, plan, word_document

HEAD = ("UBND XÃ KHE VÀNG", "KẾ HOẠCH", "Chuyển đổi số xã Khe Vàng năm 2026", "PHỤ LỤC 1", "KẾT QUẢ NĂM 2025")
COLUMNS = ("TT", "Chỉ tiêu", "Cơ quan chủ trì", "Kết quả thực hiện năm 2025", "Đánh giá")


def results(*rows: Sequence[str]) -> Plan:
    return understand(word_document(HEAD, (COLUMNS, *rows)))


def test_a_result_has_figure_assessment_lead_year_and_goal() -> None:
    read = results(
        ("I", "Chính quyền số", "", "", ""),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng đạt tối thiểu 70%", "Văn phòng HĐND và UBND", "68,5%", "Chưa đạt"),
        ("2", "Mạng nội bộ nối đến mọi thôn", "Phòng Kinh tế", "Đã nối 7/9 thôn, còn 2 thôn vùng cao", "Đạt"),
    )
    first, second = read.results
    assert (first.no, first.group, first.lead) == ("1", "Chính quyền số", ("Văn phòng HĐND và UBND",))
    assert (first.text, first.value, first.unit, first.year) == ("68,5%", Decimal("68.5"), "%", 2025)
    assert first.assessment is Assessment.NOT_MET
    assert first.goal is not None
    assert first.goal.text == "tối thiểu 70%"
    assert (second.value, second.assessment, second.goal) == (None, Assessment.MET, None)
    assert second.text == "Đã nối 7/9 thôn, còn 2 thôn vùng cao"
    assert not first.needs_check
    assert not second.needs_check
    assert read.indicators == ()


def test_a_figure_that_contradicts_its_assessment_is_asked_about() -> None:
    (row,) = results(("1", "Tỷ lệ hồ sơ nộp qua mạng đạt trên 70%", "Công an xã", "68,5%", "Đạt")).results
    assert row.assessment is Assessment.MET
    assert "68,5%" in row.checks[0]
    assert "trên 70%" in row.checks[0]


def test_an_assessment_that_says_neither_is_asked_about() -> None:
    (row,) = results(("1", "Số lớp tập huấn", "Công an xã", "4 lớp", "Đạt một phần")).results
    assert row.assessment is None
    assert "Đạt một phần" in row.checks[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Đạt", Assessment.MET),
        ("Vượt chỉ tiêu", Assessment.MET),
        ("Hoàn thành", Assessment.MET),
        ("Không đạt", Assessment.NOT_MET),
        ("Chưa hoàn thành", Assessment.NOT_MET),
        ("Tốt", None),
        ("", None),
    ],
)
def test_assessments(cell: str, expected: Assessment | None) -> None:
    assert assessment_of(cell) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("83,28%", (Decimal("83.28"), "%")),
        ("Ước 10%", (Decimal(10), "%")),
        ("12 lớp", (Decimal(12), "lớp")),
        ("44,9% toàn trình; 97,2% cấp xã", (None, None)),
        ("Đang làm", (None, None)),
        ("", (None, None)),
    ],
)
def test_only_one_certain_figure_is_a_value(text: str, expected: tuple[Decimal | None, str | None]) -> None:
    assert figure(text) == expected


# As a wrong-model scan prints it: columns run into each other, names around their number, "Đạt" as "Pat" and "bat".
SCAN = (
    SCANNED_HEAD
    + """\
PHU LUC 1
KET QUA NAM 2025

TT Chi tiéu Co quan chu tri Két qua thuc hién nam 2025 Danh gia
Ty 1é hd so nop qua mang toan trinh Van phong
1 | cua ngudi dan va doanh nghiép dat UBND tinh 68,50% | Chua dat
t6i thiéu 70%.
Ty 1é ngudi dan trong thanh co chit ky So Khoa hoc
2 | s6 dat 30% va Cong nghé 34,20% Pat
Ty 1é co so kham chita bénh cong lap
3 | trién khai bénh an dién tir dat 100% So Y té 100% bat
4 | Ty 1é truong hoc dung hoc ba s6 dat 90% So Y té 95%
"""
)


def scanned() -> tuple[Result, ...]:
    return plan(SCAN, damaged=True).results


def test_a_ruined_scan_gives_figures_and_assessments() -> None:
    rows = [(row.no, row.value, row.assessment) for row in scanned()]
    assert rows == [
        ("1", Decimal("68.50"), Assessment.NOT_MET),
        ("2", Decimal("34.20"), Assessment.MET),
        ("3", Decimal(100), Assessment.MET),
        ("4", Decimal(95), None),
    ]


def test_columns_of_a_ruined_scan_are_told_apart() -> None:
    first, second, *_ = scanned()
    assert first.name.startswith("Tỷ lệ hồ sơ nộp qua mạng toàn trình của người dân và doanh nghiệp đạt")
    assert first.lead == ("Văn phòng UBND tỉnh",)
    assert second.lead == ("Sở Khoa học và Công nghệ",)
    assert first.goal is not None
    assert first.goal.value == 70


def test_an_assessment_that_the_scan_lost_is_said_to_be_lost() -> None:
    last = scanned()[-1]
    assert any("đánh giá" in reason for reason in last.checks)
