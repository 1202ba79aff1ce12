"""What a PDF prints beside its words: corrections struck out, footnote numbers, page numbers, cells over two pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.readers import read
from knowledge.reading import read_plan
from tests.knowledge import plan_documents

pytestmark = pytest.mark.skipif(
    plan_documents.font_folder() is None, reason="fonts-liberation2 is missing: `make services` brings it"
)
FONT = "Form"
FILLER = "Nội dung của trang này gồm một vài câu để trang có đủ chữ mà đọc."


def page(draw: Callable[[Any], None]) -> bytes:
    """A page on which ``draw`` puts words and lines, on a canvas of 595 by 842 points from the bottom left."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    folder = plan_documents.font_folder()
    assert folder is not None  # pytestmark
    pdfmetrics.registerFont(TTFont(FONT, folder / "LiberationSerif-Regular.ttf"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, 13)
    canvas.drawString(60, 100, FILLER)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def lines(draw: Callable[[Any], None]) -> list[str]:
    return [line.text for line in read(page(draw), "a.pdf").lines if line.text != FILLER]


def put(canvas: Any, x: float, y: float, text: str, size: float = 13) -> float:
    """Print ``text``; where it ends."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)
    return float(x + canvas.stringWidth(text, FONT, size))


def test_a_figure_that_is_struck_out_is_no_part_of_the_one_behind_it() -> None:
    def draw(canvas: Any) -> None:
        end = put(canvas, 60, 700, "79")
        canvas.line(60, 704, end, 704)
        put(canvas, end, 700, "82%")
        canvas.line(60, 658, put(canvas, 60, 660, "Gạch chân"), 658)

    assert lines(draw) == ["82%", "Gạch chân"]


def test_the_number_of_a_footnote_is_no_digit_of_the_figure() -> None:
    def draw(canvas: Any) -> None:
        put(canvas, put(canvas, 60, 700, "Phủ sóng đạt 85"), 705, "1", size=8)
        put(canvas, put(canvas, 60, 660, "Diện tích 12 km"), 665, "2", size=8)

    assert lines(draw) == ["Phủ sóng đạt 85", "Diện tích 12 km2"]


def test_small_print_beside_a_line_stays() -> None:
    def draw(canvas: Any) -> None:
        put(canvas, put(canvas, 60, 700, "Tỷ lệ hộ có cáp quang") + 20, 704, "80%", size=11)

    assert "80%" in " ".join(lines(draw))


def test_the_stamp_of_a_draft_is_no_word() -> None:
    def draw(canvas: Any) -> None:
        for at in range(4):
            put(canvas, 60, 700 - 20 * at, "Tỷ lệ hộ gia đình có cáp quang đạt 85% vào cuối năm")
        canvas.translate(150, 600)
        canvas.rotate(50)
        put(canvas, 0, 0, "DỰ THẢO 2", size=60)

    assert set(lines(draw)) == {"Tỷ lệ hộ gia đình có cáp quang đạt 85% vào cuối năm"}


def test_the_number_of_a_page_is_no_line() -> None:
    def draw(canvas: Any) -> None:
        put(canvas, 290, 805, "2")
        put(canvas, 60, 700, "Tỷ lệ hộ có cáp quang")

    assert lines(draw) == ["Tỷ lệ hộ có cáp quang"]


def test_a_dash_that_a_line_break_moved_begins_no_item() -> None:
    def draw(canvas: Any) -> None:
        put(canvas, 60, 700, "Các cơ quan gửi báo cáo trước ngày 18 hằng tháng về Phòng Văn hóa")
        put(canvas, 60, 682, "- Xã hội để tổng hợp.")
        put(canvas, 60, 664, "- Các thôn cùng thực hiện.")

    assert lines(draw)[1:] == ["Xã hội để tổng hợp.", "- Các thôn cùng thực hiện."]


def test_a_cell_over_two_pages_holds_for_the_rows_on_both() -> None:
    plan = read_plan(table_over_pages(), "kehoach.pdf")
    assert {row.source.page for row in plan.indicators} == {1, 2}
    assert {row.lead for row in plan.indicators} == {("Phòng Kinh tế",)}
    assert not any(row.needs_check for row in plan.indicators)


def table_over_pages() -> bytes:
    """A ruled table of which the last column is one cell over all rows, cut by a page break as Word does it."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    folder = plan_documents.font_folder()
    assert folder is not None  # pytestmark
    pdfmetrics.registerFont(TTFont(FONT, folder / "LiberationSerif-Regular.ttf"))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=12, leading=15)
    header = ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì")
    parts = []
    for first in (1, 6):
        rows = [header]
        for at in range(first, first + 5):
            rows.append((str(at), f"Tỷ lệ cơ sở thuộc nhóm {at} dùng hóa đơn điện tử", f"{60 + at}%", ""))
        if first == 1:
            rows[1] = (*rows[1][:3], "Phòng Kinh tế")
        cells = [[Paragraph(text, style) for text in row] for row in rows]
        look = [("GRID", (0, 0), (-1, -1), 0.75, "black"), ("SPAN", (3, 1), (3, -1))]
        parts.append(Table(cells, colWidths=(30, 260, 90, 110), style=look))
    title = [Paragraph(text, style) for text in ("PHỤ LỤC", "CHỈ TIÊU NĂM 2026", "(Kèm theo Kế hoạch số 9/KH-UBND)")]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([*title, parts[0], PageBreak(), parts[1]])
    return buffer.getvalue()
