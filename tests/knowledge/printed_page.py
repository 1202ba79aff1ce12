"""Small PDF files for tests: paragraphs, tables with any part of their ruling, columns of running text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from tests.knowledge.plan_documents import font_folder

Cells = Sequence[Sequence[str]]


def table(
    rows: Cells, widths: Sequence[float], *style: tuple[Any, ...], size: float = 12, justified: bool = False
) -> Any:
    """A table; widths in millimetres, ``style`` as reportlab's commands; the first row is set bold and centred."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    head, body = _style(size, bold=True, alignment=1), _style(size, alignment=4 if justified else 0)
    cells = [[Paragraph(text, body if at else head) if text else "" for text in row] for at, row in enumerate(rows)]
    whole = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *style]
    return Table(cells, colWidths=[width * mm for width in widths], style=whole)


def paragraph(text: str, *, bold: bool = False, alignment: int = 4) -> Any:
    """A paragraph, justified unless ``alignment`` (reportlab's) says otherwise."""
    from reportlab.platypus import Paragraph

    return Paragraph(text, _style(13, bold=bold, alignment=alignment))


def two_columns(left: Sequence[Any], right: Sequence[Any]) -> Any:
    """Two columns of paragraphs side by side, no ruling."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    return Table([[list(left), list(right)]], colWidths=[85 * mm, 85 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def page_break() -> Any:
    """The end of a page."""
    from reportlab.platypus import PageBreak

    return PageBreak()


def pdf(*story: Any, page_numbers: bool = False) -> bytes:
    """The story on A4; page numbers stand at the top, in the middle."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont("Serif-Regular", 13)
        if page_numbers and document.page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 14 * mm, str(document.page))

    buffer = io.BytesIO()
    margins = {"leftMargin": 25 * mm, "rightMargin": 15 * mm, "topMargin": 20 * mm, "bottomMargin": 20 * mm}
    SimpleDocTemplate(buffer, pagesize=A4, **margins).build(list(story), onFirstPage=number, onLaterPages=number)
    return buffer.getvalue()


def _style(size: float, *, bold: bool = False, alignment: int = 0) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = font_folder()
    if folder is None:
        raise FileNotFoundError("fonts-liberation2: `make services` brings it")
    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Serif-{face}", folder / f"LiberationSerif-{face}.ttf"))
    font = "Serif-Bold" if bold else "Serif-Regular"
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=1.2 * size, alignment=alignment)
