"""Tables of money with known columns: amounts by source and year, units, totals, sums that do not come out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.plan import BudgetLine, Plan
from knowledge.understanding import understand
from tests.knowledge.readings import word_document

HEAD = ("UBND XÃ KHE VÀNG", "KẾ HOẠCH", "Chuyển đổi số xã Khe Vàng năm 2026", "PHỤ LỤC 2", "KINH PHÍ THỰC HIỆN")


def budget(rows: Sequence[Sequence[str]], *above: str) -> Plan:
    return understand(word_document((*HEAD, *above), rows))


def amounts(line: BudgetLine) -> list[tuple[str, Decimal | None, str]]:
    return [(amount.column, amount.value, amount.text) for amount in line.amounts]


SOURCES = (
    ("TT", "Nội dung", "Kinh phí (triệu đồng)", "", "", "Đơn vị chủ trì", "Ghi chú"),
    ("", "", "Tổng cộng", "NS tỉnh", "Nguồn khác", "", ""),
    ("1", "Mua máy quét cho bộ phận một cửa", "1.250", "1.000", "250", "Văn phòng HĐND và UBND", ""),
    ("2", "Tập huấn tổ công nghệ số", "80", "", "80", "Phòng Văn hóa - Xã hội", "Hai đợt"),
    ("Tổng cộng", "", "1.330", "1.000", "330", "", ""),
)


def test_amounts_are_read_by_source_with_unit_lead_and_note() -> None:
    first, second, total = budget(SOURCES).budget
    assert amounts(first) == [
        ("Kinh phí: Tổng cộng", Decimal(1250), "1.250"),
        ("Kinh phí: NS tỉnh", Decimal(1000), "1.000"),
        ("Kinh phí: Nguồn khác", Decimal(250), "250"),
    ]
    assert (first.no, first.unit, first.lead, first.total) == ("1", "triệu đồng", ("Văn phòng HĐND và UBND",), False)
    assert amounts(second) == [
        ("Kinh phí: Tổng cộng", Decimal(80), "80"),
        ("Kinh phí: Nguồn khác", Decimal(80), "80"),
    ]
    assert second.note == "Hai đợt"
    assert (total.name, total.total, total.amounts[0].value) == ("Tổng cộng", True, Decimal(1330))
    assert not any(line.needs_check for line in (first, second, total))


def test_a_total_that_its_rows_do_not_add_up_to_is_said() -> None:
    rows = (*SOURCES[:-1], ("Tổng cộng", "", "1.430", "1.000", "430", "", ""))
    first, _, total = budget(rows).budget
    assert not first.needs_check
    assert len(total.checks) == 2
    assert "1.430" in total.checks[0]
    assert "1.330" in total.checks[0]


def test_sources_that_do_not_add_up_are_said_in_their_row() -> None:
    rows = (*SOURCES[:2], ("1", "Mua máy quét", "1.250", "1.000", "350", "Công an xã", ""), SOURCES[3])
    first, second = budget(rows).budget
    assert "1.350" in first.checks[0]
    assert not second.needs_check


def test_a_damaged_figure_is_kept_as_printed_and_never_mended() -> None:
    rows = (*SOURCES[:2], ("1", "Mua máy quét", "1.2S0", "1.000", "250", "Công an xã", ""), *SOURCES[3:])
    first, _, total = budget(rows).budget
    assert first.amounts[0].value is None
    assert first.amounts[0].text == "1.2S0"
    assert "1.2S0" in first.checks[0]
    assert not total.needs_check  # a sum with a part that nobody can read is not blamed


def test_years_sections_and_the_unit_above_the_table() -> None:
    rows = (
        ("STT", "Nhiệm vụ, dự án", "Tổng kinh phí", "Năm 2026", "Năm 2027"),
        ("", "TỔNG CỘNG", "900.500.000", "400.500.000", "500.000.000"),
        ("A", "CHI ĐẦU TƯ", "700.000.000", "300.000.000", "400.000.000"),
        ("1", "Xây dựng trạm truyền thanh", "700.000.000", "300.000.000", "400.000.000"),
        ("B", "CHI THƯỜNG XUYÊN", "200.500.000", "100.500.000", "100.000.000"),
        ("1", "Duy trì trang thông tin", "200.500.000", "100.500.000", "100.000.000"),
    )
    lines = budget(rows, "Đơn vị tính: đồng").budget
    assert {line.unit for line in lines} == {"đồng"}
    assert [line.total for line in lines] == [True, False, False, False, False]
    assert [amount.column for amount in lines[0].amounts] == ["Tổng kinh phí", "Năm 2026", "Năm 2027"]
    assert [line.group for line in lines] == [None, None, "Chi đầu tư", None, "Chi thường xuyên"]
    assert not any(line.needs_check for line in lines)
    broken = (*rows[:-1], ("1", "Duy trì trang thông tin", "200.000.000", "100.000.000", "100.000.000"))
    checks = [line.checks for line in budget(broken, "Đơn vị tính: đồng").budget]
    assert [bool(one) for one in checks] == [False, False, False, True, False]


def test_decimals_and_figures_that_may_be_read_in_two_ways() -> None:
    head = ("TT", "Nội dung chi", "Dự toán (tỷ đồng)")
    first, second = budget((head, ("1", "Mạng nội bộ của xã", "1,25"), ("2", "Phần mềm một cửa", "1,250"))).budget
    assert first.amounts[0].value == Decimal("1.25")
    assert not first.needs_check
    assert second.amounts[0].value is None
    assert "1,250" in second.checks[0]


def test_a_table_without_figures_is_no_table_of_money() -> None:
    rows = (
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Nguồn kinh phí"),
        ("1", "Kiện toàn tổ công nghệ số", "Công an xã", "Quý I/2026", "Ngân sách xã"),
        ("2", "Tập huấn cán bộ", "Trạm Y tế xã", "Quý II/2026", "Ngân sách xã"),
    )
    read = budget(rows)
    assert read.budget == ()
    assert [(task.name, task.due) for task in read.tasks] == [
        ("Kiện toàn tổ công nghệ số", "Quý I/2026"),
        ("Tập huấn cán bộ", "Quý II/2026"),
    ]
    assert read.indicators == ()
