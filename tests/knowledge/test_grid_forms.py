"""Forms of tables with known columns: figures of several years, groups with a lead, cells that point above or hold two
things."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.plan import Indicator, Operator
from knowledge.understanding import understand
from knowledge.year_columns import target_columns
from tests.knowledge.readings import plan, word_document

HEAD = (
    "KẾ HOẠCH",
    "Chuyển đổi số xã Khe Vàng năm 2026",
    "",
    "PHỤ LỤC",
    "CHỈ TIÊU",
    "(Kèm theo Kế hoạch số 12/KH-UBND)",
)


def indicators(*rows: Sequence[str]) -> tuple[Indicator, ...]:
    return understand(word_document(HEAD, rows)).indicators


@pytest.mark.parametrize(
    ("headings", "chosen"),
    [
        (("Mục tiêu: Năm 2025", "Mục tiêu: Năm 2026", "Mục tiêu: Năm 2030"), (1,)),
        (("Kết quả năm 2025", "Kế hoạch năm 2026"), (1,)),
        (("Kế hoạch 2026", "KH 2026/ TH 2025 (%)"), (0,)),
        (("Chỉ tiêu 2026: Quý I", "Chỉ tiêu 2026: Quý II", "Chỉ tiêu 2026: Cả năm"), (2,)),
        (("Chỉ tiêu 2026: Toàn xã", "Chỉ tiêu 2026: Thôn Nà Pậu"), (0,)),
        (("Chỉ tiêu 2026: Tỉnh giao", "Chỉ tiêu 2026: Xã phấn đấu"), (1,)),
        (("Mục tiêu", "Mục tiêu đến năm 2030"), (0,)),
        (("Mục tiêu năm 2026", "Chỉ tiêu năm 2026"), (0, 1)),
    ],
)
def test_the_column_of_the_plans_own_year(headings: tuple[str, ...], chosen: tuple[int, ...]) -> None:
    assert target_columns(headings, range(len(headings)), 2026) == chosen


def test_a_target_of_another_year_is_never_the_indicators() -> None:
    first, second = indicators(
        ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2025", "Kế hoạch năm 2026", "Định hướng năm 2030", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hộ có cáp quang", "%", "71", "88", "100", "Phòng Kinh tế"),
        ("2", "Tỷ lệ thôn có mạng 5G", "%", "", "", "60", "Phòng Kinh tế"),
    )
    assert (first.target.value, first.needs_check) == (88, False)
    assert (second.target.value, second.needs_check) == (None, True)


def test_a_column_of_a_year_that_is_over_is_asked_about() -> None:
    (indicator,) = indicators(
        ("TT", "Chỉ tiêu", "Chỉ tiêu năm 2025", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hộ có cáp quang", "88%", "Phòng Kinh tế"),
    )
    assert indicator.checks == ("Cột chỉ tiêu ghi năm 2025, kế hoạch là của năm 2026.",)


def test_the_lead_of_a_group_is_that_of_its_rows() -> None:
    first, second, third = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
        ("I", "Chính quyền số", "", "Văn phòng HĐND và UBND"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80%", ""),
        ("2", "Tỷ lệ hồ sơ trả đúng hạn", "98%", "Trung tâm Phục vụ hành chính công"),
        ("II", "Xã hội số", "", "Công an xã"),
        ("3", "Tỷ lệ người dân có chữ ký số", "25%", ""),
    )
    assert [one.lead for one in (first, second, third)] == [
        ("Văn phòng HĐND và UBND",),
        ("Trung tâm Phục vụ hành chính công",),
        ("Công an xã",),
    ]
    assert (first.group, third.group) == ("Chính quyền số", "Xã hội số")


def test_a_row_without_a_lead_among_rows_with_one_is_asked_about() -> None:
    first, second, third = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80%", "Văn phòng HĐND và UBND"),
        ("2", "Tỷ lệ hồ sơ trả đúng hạn", "98%", ""),
        ("3", "Tỷ lệ người dân có chữ ký số", "25%", "Công an xã"),
    )
    assert [one.needs_check for one in (first, second, third)] == [False, True, False]


def test_cells_that_say_as_above() -> None:
    first, second, third = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì", "Thời hạn"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80%", "Văn phòng HĐND và UBND", "Quý IV/2026"),
        ("2", "Tỷ lệ hồ sơ trả đúng hạn", "98%", "-nt-", "″"),
        ("3", "Tỷ lệ hồ sơ được số hóa", "nt", "Như trên", "nt"),
    )
    assert (second.lead, second.due, second.needs_check) == (first.lead, "Quý IV/2026", False)
    assert (third.lead, third.target.value, third.needs_check) == (first.lead, 98, True)


def test_who_leads_and_who_cooperates_in_one_cell() -> None:
    first, second = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Đơn vị chủ trì, phối hợp"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80%", "Chủ trì: Công an xã\nPhối\nhợp: Phòng Kinh tế; Trạm Y tế xã"),
        ("2", "Tỷ lệ hồ sơ trả đúng hạn", "98%", "Công an xã; Phòng Kinh tế"),
    )
    assert (first.lead, first.coop) == (("Công an xã",), ("Phòng Kinh tế", "Trạm Y tế xã"))
    assert not first.needs_check
    assert (second.lead, second.coop, second.needs_check) == (("Công an xã",), ("Phòng Kinh tế",), True)


def test_the_unit_of_measure_stands_in_the_heading() -> None:
    rate, count = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026 (%)", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "≥ 80", "Công an xã"),
        ("2", "Số lớp kỹ năng số", "06", "Công an xã"),
    )
    assert (rate.target.operator, rate.target.value, rate.target.unit) == (Operator.AT_LEAST, 80, "%")
    assert count.target.unit is None


def test_a_rate_without_its_sign_is_asked_about() -> None:
    (rate,) = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80", "Công an xã"),
    )
    assert (rate.target.value, rate.target.unit, rate.needs_check) == (80, "%", True)


def test_columns_that_no_heading_names_are_known_by_their_cells() -> None:
    first, *_ = indicators(
        ("TT", "Chỉ tiêu", "Kết quả phải đạt", "Giao cho"),
        ("1", "Tỷ lệ hồ sơ nộp qua mạng", "80%", "Văn phòng HĐND và UBND"),
        ("2", "Tỷ lệ hồ sơ trả đúng hạn", "98%", "Trung tâm Phục vụ hành chính công"),
        ("3", "Tỷ lệ người dân có chữ ký số", "25%", "Công an xã"),
    )
    assert (first.target.value, first.lead) == (80, ("Văn phòng HĐND và UBND",))


def test_what_villages_are_given_is_no_indicator() -> None:
    rows = [("1", "Nà Pậu", "97", "81"), ("2", "Bản Lầu", "104", "82"), ("3", "Tân Lập", "118", "84")]
    assert indicators(("TT", "Tên thôn", "Số hộ", "Chỉ tiêu hộ có cáp quang (%)"), *rows) == ()


def test_the_numbers_of_the_columns_are_no_row() -> None:
    (indicator,) = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
        ("(1)", "(2)", "(3)", "(4)"),
        ("1", "Tỷ lệ hộ có cáp quang", "88%", "Phòng Kinh tế"),
    )
    assert indicator.target.value == 88


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Phòng Văn hóa\n- Xã hội", ("Phòng Văn hóa - Xã hội",)),
        ("- Phòng Văn hóa\n- Xã hội\n- Công an xã", ("Phòng Văn hóa - Xã hội", "Công an xã")),
        ("Phòng Kinh tế\nCông an xã", ("Phòng Kinh tế", "Công an xã")),
        ("Văn phòng\nHĐND và\nUBND", ("Văn phòng HĐND và UBND",)),
        ("Ban Chấp hành\nĐoàn xã", ("Ban Chấp hành Đoàn xã",)),
        ("P. Kinh tế", ("Phòng Kinh tế",)),
    ],
)
def test_units_over_several_lines(cell: str, units: tuple[str, ...]) -> None:
    (indicator,) = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"), ("1", "Tỷ lệ hộ có cáp quang", "88%", cell)
    )
    assert indicator.lead == units
    assert not indicator.needs_check


@pytest.mark.parametrize(
    ("cell", "value", "unit", "asked"),
    [
        ("24 camer\na", 24, "camera", False),
        ("1.50\n0 hộ", 1500, "hộ", True),
        ("\uf0e0 85%", 85, "%", True),
        ("%", None, None, True),
    ],
)
def test_cells_that_a_narrow_column_or_a_font_broke(
    cell: str, value: int | None, unit: str | None, asked: bool
) -> None:
    (indicator,) = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"), ("1", "Kết quả lắp đặt", cell, "Công an xã")
    )
    assert (indicator.target.value, indicator.target.unit, indicator.needs_check) == (value, unit, asked)


@pytest.mark.parametrize("name", ["Hoàng Văn Thuận", "Lê Hồng Phong", "Nguyễn Thế Phòng"])
def test_names_that_hold_a_word_of_an_office_sign(name: str) -> None:
    head = ("ỦY BAN NHÂN DÂN XÃ KHE VÀNG", "Số: 12/KH-UBND", *HEAD[:2], "I. MỤC TIÊU", "Hoàn thành chỉ tiêu.")
    closing = ("Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name)
    read = understand(word_document((*head, *closing), (("a", "b"),)))
    assert read.document.signer == name


def test_of_several_columns_of_units_the_one_that_leads_counts() -> None:
    (indicator,) = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Lãnh đạo phụ trách", "Cơ quan theo dõi, đôn đốc", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hộ có cáp quang", "88%", "Đ/c Lò Thị Mơ", "Phòng Văn hóa - Xã hội", "Phòng Kinh tế"),
    )
    assert indicator.lead == ("Phòng Kinh tế",)


def test_targets_that_stand_in_the_names() -> None:
    first, second, third = indicators(
        ("TT", "Mục tiêu", "Cơ quan chủ trì", "Thời gian"),
        ("1", "Thời gian khắc phục sự cố mạng nội bộ không quá 8 giờ", "Công an xã", "Năm 2026"),
        ("2", "Có 24 camera giám sát an ninh được kết nối", "Công an xã", "Năm 2026"),
        ("3", "Bố trí kiosk ở 5 khu chợ phiên", "Phòng Kinh tế", "Năm 2026"),
    )
    assert (first.target.operator, first.target.value, first.target.unit) == (Operator.AT_MOST, 8, "giờ")
    assert (second.target.value, second.target.unit) == (24, "camera")
    assert third.needs_check


def test_a_goal_names_who_leads_in_brackets() -> None:
    goal = "- Tỷ lệ dân số có hồ sơ sức khỏe điện tử đạt 90% (Trạm Y tế xã chủ trì)."
    (indicator,) = plan(f"KẾ HOẠCH\nChuyển đổi số xã Khe Vàng năm 2026\n\nII. MỤC TIÊU\n{goal}").indicators
    assert (indicator.name, indicator.lead) == ("Tỷ lệ dân số có hồ sơ sức khỏe điện tử", ("Trạm Y tế xã",))


def test_a_name_in_word_stands_as_it_was_typed() -> None:
    head = ("ỦY BAN NHÂN DÂN XÃ KHE VÀNG", "Số: 12/KH-UBND", *HEAD[:2], "I. MỤC TIÊU", "Hoàn thành chỉ tiêu.")
    closing = ("Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phàn Văn Thắng")
    assert understand(word_document((*head, *closing), (("a", "b"),))).document.signer == "Phàn Văn Thắng"


def test_a_lead_that_ran_into_the_next_column_or_lost_its_end_is_asked_about() -> None:
    first, second, third = indicators(
        ("TT", "Chỉ tiêu", "Mục tiêu", "Cơ quan chủ trì"),
        ("1", "Tỷ lệ hồ sơ xử lý trên môi trường mạng", "90%", "Công an xã Quý II/2026"),
        ("2", "Tỷ lệ người dân có sổ sức khỏe điện tử", "80%", "Phòng Văn hóa - Xã"),
        ("3", "Tỷ lệ hộ kinh doanh nhận chuyển khoản", "70%", "Phòng Văn hóa - Xã hội"),
    )
    assert first.needs_check
    assert second.needs_check
    assert not third.needs_check
