"""Tables with known columns: from Word, or from text with bars between the cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from knowledge.grid_rows import read_target
from knowledge.page_text import Table
from knowledge.plan import Kind, Operator, Repair
from knowledge.understanding import understand
from tests.knowledge.readings import named, plan, word_document

TITLE = ("PHỤ LỤC II", "CHỈ TIÊU NĂM 2026", "(Kèm theo Kế hoạch số 12/KH-UBND)")


def test_a_word_table_is_read_cell_by_cell() -> None:
    reading = word_document(
        TITLE,
        (
            ("TT", "Chỉ tiêu", "ĐVT", "Chỉ tiêu năm 2026", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
            ("I", "Chính quyền số", "", "", "", "", ""),
            ("1", "Tỷ lệ hồ sơ nộp qua mạng", "%", "≥ 80", "TTPVHCC", "Các phòng, ban", "Quý IV/2026"),
            ("2", "Phòng họp không giấy", "", "Hoàn thành", "VP HĐND&UBND", "", "Tháng 6/2026"),
            ("II", "Xã hội số", "", "", "", "", ""),
            ("3", "Số mô hình chợ không tiền mặt", "Mô hình", "02", "Phòng Kinh tế; Phòng VH-XH", "", "Năm 2026"),
        ),
    )
    first, second, third = understand(reading).indicators
    assert (first.no, first.group, first.where, first.due) == ("1", "Chính quyền số", "Phụ lục II", "Quý IV/2026")
    assert (first.target.operator, first.target.value, first.target.unit) == (Operator.AT_LEAST, 80, "%")
    assert (first.lead, first.coop) == (("Trung tâm Phục vụ hành chính công",), ("Các phòng, ban",))
    assert (second.target.kind, second.target.text) == (Kind.MILESTONE, "Hoàn thành")
    assert second.lead == ("Văn phòng HĐND và UBND",)
    assert (third.target.value, third.target.unit) == (2, "Mô hình")
    assert third.lead == ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội")


def test_a_cell_that_the_reader_doubts_is_to_be_checked() -> None:
    read = word_document(
        TITLE,
        (
            ("TT", "Chỉ tiêu", "Chỉ tiêu năm 2026", "Cơ quan chủ trì"),
            ("1", "Số điểm truy cập không dây", "17 điểm", "Phòng Kinh tế"),
            ("2", "Tỷ lệ hộ có cáp quang", "90%", "Phòng Kinh tế"),
        ),
    )
    (table,) = read.tables
    doubtful = replace(table.rows[1].cells[2], doubt="các lần đọc ảnh cho số khác nhau: 17, 11")
    cells = (*table.rows[1].cells[:2], doubtful, *table.rows[1].cells[3:])
    rows = (table.rows[0], replace(table.rows[1], cells=cells), table.rows[2])
    first, second = understand(replace(read, tables=(Table(rows),))).indicators
    assert first.needs_check
    assert first.target.value == 17
    assert first.checks == ("Ô chỉ tiêu: các lần đọc ảnh cho số khác nhau: 17, 11; đề nghị xem lại bản gốc.",)
    assert not second.needs_check


def test_a_task_table_gives_tasks() -> None:
    reading = word_document(
        ("PHỤ LỤC III", "DANH MỤC NHIỆM VỤ NĂM 2026", "(Kèm theo Kế hoạch số 12/KH-UBND)"),
        (
            ("STT", "Nhiệm vụ", "Sản phẩm", "Thời gian", "Chủ trì", "Phối hợp"),
            ("1", "Mở lớp kỹ năng số tại thôn", "04 lớp", "Quý II/2026", "Phòng VH-XH", "Tổ CNSCĐ"),
        ),
    )
    read = understand(reading)
    (task,) = read.tasks
    assert (task.name, task.result, task.due) == ("Mở lớp kỹ năng số tại thôn", "04 lớp", "Quý II/2026")
    assert (task.lead, task.coop) == (("Phòng Văn hóa - Xã hội",), ("Tổ công nghệ số cộng đồng",))
    assert read.indicators == ()


def test_a_table_cut_by_a_page_break_goes_on() -> None:
    text = """
    PHỤ LỤC
    CHỈ TIÊU NĂM 2026
    (Kèm theo Kế hoạch số 12/KH-UBND)

    TT | Chỉ tiêu | Chỉ tiêu năm 2026 | Cơ quan chủ trì
    1 | Tỷ lệ thôn có mạng không dây | 100% | Phòng Kinh tế
    3
    TT | Chỉ tiêu | Chỉ tiêu năm 2026 | Cơ quan chủ trì
    2 | Tỷ lệ hộ có cáp quang | 90% | Phòng Kinh tế
    """
    assert [one.no for one in plan(text).indicators] == ["1", "2"]


def test_the_letterhead_table_of_a_word_file_is_no_table_of_targets() -> None:
    reading = word_document(
        (),
        (
            ("ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Số: 12/KH-UBND", "Khe Vàng, ngày 05 tháng 01 năm 2026"),
        ),
        ("KẾ HOẠCH", "Chuyển đổi số xã Khe Vàng năm 2026"),
    )
    read = understand(reading)
    assert read.indicators == ()
    assert read.document.number == "12/KH-UBND"


def test_a_heading_row_without_a_value_is_no_indicator() -> None:
    text = """
    PHỤ LỤC
    CHỈ TIÊU
    (Kèm theo Kế hoạch số 12/KH-UBND)

    TT | Chỉ tiêu | Đơn vị | Mục tiêu | Cơ quan chủ trì
    I | Đến năm 2030 |  |  |
    1 | Nhóm chỉ tiêu về thủ tục |  |  |
    1.1 | Tỷ lệ hồ sơ nộp qua mạng | % | 90 | Văn phòng UBND tỉnh
    """
    (indicator,) = plan(text).indicators
    assert (indicator.no, indicator.group, indicator.due) == ("1.1", "Đến năm 2030", "Đến năm 2030")


@pytest.mark.parametrize(
    ("text", "measure", "operator", "value", "unit"),
    [
        ("100%", "", Operator.EQUAL, "100", "%"),
        ("≥ 30", "% GDP", Operator.AT_LEAST, "30", "% GDP"),
        ("> 0,7", "Điểm", Operator.MORE, "0.7", "Điểm"),
        ("09", "Tuyến cáp", Operator.EQUAL, "9", "Tuyến cáp"),
        ("Tối thiểu 40 Mbit/s", "", Operator.AT_LEAST, "40", "Mbit/s"),
        ("≥ 3% và tăng dần", "% tổng chi", Operator.AT_LEAST, "3", "% tổng chi"),
        ("1.200", "Hộ", Operator.EQUAL, "1200", "Hộ"),
        ("18,5", "%", Operator.EQUAL, "18.5", "%"),
    ],
)
def test_value_cells(text: str, measure: str, operator: Operator, value: str, unit: str) -> None:
    checks: list[str] = []
    target = read_target(text, measure, checks, [])
    assert (target.operator, target.value, target.unit) == (operator, Decimal(value), unit)
    assert checks == []


@pytest.mark.parametrize("text", ["40 - 50", "≤ 3 Đông Nam Á; ≤ 50 Thế giới", "", "120%"])
def test_a_cell_that_states_no_single_value_is_asked_about(text: str) -> None:
    checks: list[str] = []
    read_target(text, "%" if text == "120%" else "", checks, [])
    assert len(checks) == 1


def test_a_rate_with_a_lost_percent_sign_is_proposed() -> None:
    checks: list[str] = []
    repairs: list[Repair] = []
    assert read_target("6006", "%", checks, repairs).value == 60
    assert checks
    assert repairs[0].original == "6006"


def test_text_tables_with_bars_keep_their_lines() -> None:
    text = """
    PHỤ LỤC
    CHỈ TIÊU
    (Kèm theo Kế hoạch số 12/KH-UBND)

    TT | Chỉ tiêu | Chỉ tiêu năm 2026 | Cơ quan chủ trì
    1 | Tỷ lệ hộ có cáp quang | 90% | Phòng Kinh tế
    2 | Tỷ lệ người dân có chữ ký số | 25% | Công an xã
    """
    signature = named(plan(text), "chữ ký số")
    assert (signature.source.first, signature.source.last) == (7, 7)
    assert signature.source.quote == "2 | Tỷ lệ người dân có chữ ký số | 25% | Công an xã"
