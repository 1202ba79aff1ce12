"""Tables of a text PDF without ruling, or with a part of it: the same rows as from the ruled file, and no others."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from knowledge.page_text import Reading
from knowledge.plan import Indicator
from knowledge.readers import read
from knowledge.reading import read_plan
from knowledge.source import Box
from tests.knowledge import invented_plan, plan_documents, printed_page
from tests.knowledge.plan_documents import Look

pytestmark = pytest.mark.skipif(
    plan_documents.font_folder() is None, reason="fonts-liberation2 is missing: `make services` brings it"
)

LOOKS = [
    *(Look(ruling, stand) for ruling in plan_documents.RULINGS if ruling != "all" for stand in ("MIDDLE", "TOP")),
    *(Look("none", stand, air) for stand in ("MIDDLE", "TOP") for air in (0, 1)),
    *(Look(ruling, air=14) for ruling in ("none", "level")),
    *(Look(ruling, lies=lies) for ruling in ("all", "none") for lies in ("wide", "sideways", "turned")),
]
TASKS = (
    ("STT", "Nhiệm vụ, giải pháp", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
    ("I", "CHÍNH QUYỀN SỐ", "", "", "", ""),
    (
        "1",
        "Rà soát quy trình giải quyết thủ tục hành chính của xã",
        "Danh mục quy trình",
        "Công an xã",
        "Các thôn",
        "Quý I",
    ),
    ("2", "Họp không giấy", "Hệ thống vận hành", "Phòng Văn hóa - Xã hội", "Trạm Y tế xã", "Quý II"),
    ("II", "KINH TẾ SỐ", "", "", "", ""),
    ("3", "Hướng dẫn hộ kinh doanh dùng hóa đơn điện tử", "60 hộ", "Phòng Kinh tế", "Thuế cơ sở", "Quý III"),
)
TASK_WIDTHS = (14, 50, 28, 32, 30, 20)
TARGETS = (
    ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
    ("1", "Tỷ lệ hồ sơ được giải quyết trên mạng từ lúc nộp đến lúc trả", "82%", "Trung tâm Phục vụ hành chính công"),
    ("2", "Tỷ lệ thanh toán lệ phí trực tuyến", "75%", ""),
    ("3", "Tỷ lệ hài lòng", "90%", ""),
    ("4", "Số điểm phát mạng không dây", "12 điểm", "Phòng Kinh tế"),
)  # fmt: skip
TARGET_WIDTHS = (12, 76, 30, 46)


@cache
def prose() -> list[Any]:
    return [printed_page.paragraph(text) for text in invented_plan.BODY]


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(" ".join(cell.text.split()) for cell in row.cells) for table in reading.tables for row in table.rows]


def facts(indicator: Indicator) -> tuple[object, ...]:
    """What a coordinator would compare."""
    return (
        indicator.no,
        indicator.group,
        indicator.name,
        indicator.target,
        indicator.lead,
        indicator.due,
        indicator.checks,
    )


@cache
def ruled() -> list[tuple[object, ...]]:
    return [facts(one) for one in read_plan(plan_documents.text_pdf(), "kehoach.pdf").indicators]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.ruling}-{look.stand}-{look.air}-{look.lies}")
def test_indicators_are_those_of_the_ruled_file(look: Look) -> None:
    plan = read_plan(plan_documents.text_pdf(look), "kehoach.pdf")
    assert [facts(one) for one in plan.indicators] == ruled()
    assert plan.document.number == "47/KH-UBND"
    assert plan.document.signer == "Đinh Khắc Toàn"


def seventh(look: Look) -> Box:
    """Where row 7 of the appendix is printed."""
    tables = read(plan_documents.text_pdf(look), "a.pdf").tables
    box = next(row.box for table in tables for row in table.rows if row.cells[0].text == "7")
    assert box is not None
    return box


def test_a_row_is_cited_where_it_stands_on_a_page_that_lies_on_its_side() -> None:
    upright, sideways = seventh(Look("none", lies="wide")), seventh(Look("none", lies="sideways"))
    # Turned a quarter counter-clockwise: what was left is below, what was above is left.
    assert sideways.left == pytest.approx(upright.top, abs=0.01)
    assert sideways.bottom == pytest.approx(1 - upright.left, abs=0.01)


def test_a_task_table_amid_running_text() -> None:
    content = printed_page.pdf(*prose()[:3], printed_page.table(TASKS, TASK_WIDTHS), *prose()[3:8])
    assert rows(read(content, "a.pdf")) == list(TASKS)
    text = " ".join(line.text for line in read(content, "a.pdf").lines)
    assert all(paragraph in text for paragraph in invented_plan.BODY[:8])


def test_titles_of_groups_may_run_across_the_columns() -> None:
    long = "CHÍNH QUYỀN SỐ, CẢI CÁCH HÀNH CHÍNH VÀ DỊCH VỤ CÔNG TRỰC TUYẾN CỦA XÃ"
    table = [("I", long, *TASKS[1][2:]) if row[0] == "I" else row for row in TASKS]
    content = printed_page.pdf(printed_page.table(table, TASK_WIDTHS, ("SPAN", (1, 1), (-1, 1))))
    assert rows(read(content, "a.pdf")) == table


def test_a_table_over_five_pages_with_one_header_and_page_numbers() -> None:
    table = [TASKS[0]] + [
        (str(at), f"Mở lớp số {at} tại nhà văn hóa của các thôn", *TASKS[3][2:]) for at in range(1, 80)
    ]
    content = printed_page.pdf(printed_page.table(table, TASK_WIDTHS), *prose()[:2], page_numbers=True)
    reading = read(content, "a.pdf")
    assert reading.pages is not None
    assert reading.pages >= 4
    assert rows(reading) == table


def test_two_years_under_one_title() -> None:
    table = [
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "", "Cơ quan chủ trì"),
        ("", "", "", "2026", "2030", ""),
        ("1", "Tỷ lệ hộ có điện thoại thông minh", "%", "85", "95", "Phòng Văn hóa - Xã hội"),
        ("2", "Số trạm phát sóng trên địa bàn, tính cả trạm dùng chung", "Trạm", "6", "10", "Phòng Kinh tế"),
    ]
    spans = [("SPAN", (3, 0), (4, 0)), *(("SPAN", (column, 0), (column, 1)) for column in (0, 1, 2, 5))]
    found = rows(read(printed_page.pdf(printed_page.table(table, (12, 60, 18, 20, 20, 40), *spans)), "a.pdf"))
    assert found[-2:] == table[2:]
    assert found[0] == ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026", "2030", "Cơ quan chủ trì")


def test_a_table_without_row_numbers() -> None:
    table = [row[1:] for row in TARGETS]
    table = [row if row[2] else (*row[:2], "Công an xã") for row in table]
    content = printed_page.pdf(*prose()[:2], printed_page.table(table, (80, 35, 55)), *prose()[4:8])
    assert rows(read(content, "a.pdf")) == table


@pytest.mark.parametrize("ruled", [False, True])
def test_a_unit_beside_three_rows_leads_all_three(ruled: bool) -> None:
    span = ("SPAN", (3, 1), (3, 3))
    under: list[tuple[Any, ...]] = [("LINEBELOW", (0, 0), (2, -1), 0.5, "black")]
    under += [("LINEBELOW", (3, at), (3, at), 0.5, "black") for at in (0, 3, 4)]
    content = printed_page.pdf(printed_page.table(TARGETS, TARGET_WIDTHS, span, *(under if ruled else ())))
    desk, economy = TARGETS[1][3], TARGETS[4][3]
    assert [row[3] for row in rows(read(content, "a.pdf"))[1:]] == [desk, desk, desk, economy]


def test_what_air_and_numbers_leave_open_is_for_a_person_to_check() -> None:
    content = printed_page.pdf(printed_page.table(TARGETS, TARGET_WIDTHS, ("SPAN", (3, 1), (3, 3))))
    plan = read_plan(content, "a.pdf")
    assert [one.target.text for one in plan.indicators] == ["82%", "75%", "90%", "12 điểm"]
    assert all(one.needs_check for one in plan.indicators)


def test_running_text_and_signatures_are_no_tables() -> None:
    signatures = printed_page.table(
        [
            ("NGƯỜI LẬP BIỂU", "PHÒNG KINH TẾ", "CHỦ TỊCH"),
            *[("(Ký tên)",) * 3] * 2,
            ("Lê Thị Bưởi", "Trần Cam", "Ngô Quýt"),
        ],
        (55, 60, 55),
    )
    numbered = [printed_page.paragraph(f"{at}. {text}") for at, text in enumerate(invented_plan.BODY, 1)]
    head = printed_page.two_columns(
        [printed_page.paragraph(text, alignment=1) for text in invented_plan.HEAD_LEFT],
        [printed_page.paragraph(text, alignment=1) for text in invented_plan.HEAD_RIGHT],
    )
    side_by_side = printed_page.two_columns(prose()[:8], numbered[8:16])
    more = printed_page.two_columns(numbered[:10], numbered[10:])
    content = printed_page.pdf(head, *prose()[:4], side_by_side, signatures, printed_page.page_break(), more)
    assert read(content, "a.pdf").tables == ()
