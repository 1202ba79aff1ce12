"""An invented plan as an office scanner gives it: one page, a ruled table, a target whose per cent sign came out as
digits."""

from __future__ import annotations

import io
import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.knowledge.plan_documents import font_folder

needs_ocr = pytest.mark.skipif(
    shutil.which("tesseract") is None or font_folder() is None, reason="needs Tesseract and the Liberation fonts"
)

# A4 at 300 dpi.
_WIDTH, _HEIGHT = 2480, 3508
_SIZE, _LEADING = 54, 72
_EDGES = (250, 370, 1450, 1800, 2300)

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "XÃ HÒA MẪU",
    "Số: 31/KH-UBND",
    "Hòa Mẫu, ngày 12 tháng 02 năm 2026",
    "KẾ HOẠCH",
    "Chuyển đổi số năm 2026",
    "I. TỔ CHỨC THỰC HIỆN",
    "Các đơn vị báo cáo kết quả hằng quý, vào tuần cuối của tháng cuối quý.",
    "PHỤ LỤC CHỈ TIÊU NĂM 2026",
)
ROWS = (
    ("TT", "Chỉ tiêu", "Mục tiêu", "Cơ quan chủ trì"),
    ("1", "Tỷ lệ hộ gia đình có cáp quang", "88%", "Phòng Kinh tế"),
    ("2", "Tỷ lệ phủ sóng 5G (dân số)", "6006", "Phòng Kinh tế"),
    ("3", "Tỷ lệ người dân có chữ ký số", "25%", "Công an xã"),
    ("4", "Tỷ lệ hộ kinh doanh nhận chuyển khoản", "150", "Phòng Kinh tế"),
)


def scanned_page() -> Image.Image:
    """The page, a little askew and grainy."""
    folder = font_folder()
    assert folder is not None, "tests that draw ask for the font first"
    font = ImageFont.truetype(str(folder / "LiberationSerif-Regular.ttf"), _SIZE)
    page = Image.new("L", (_WIDTH, _HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    y = 250
    for line in HEAD:
        pen.text((_EDGES[0], y), line, fill=0, font=font)
        y += round(_LEADING * 1.4)
    top = y
    for cells in ROWS:
        pen.line([(_EDGES[0], y), (_EDGES[-1], y)], fill=0, width=4)
        for left, words in zip(_EDGES, cells, strict=False):
            pen.text((left + 20, y + 24), words, fill=0, font=font)
        y += _LEADING + 50
    pen.line([(_EDGES[0], y), (_EDGES[-1], y)], fill=0, width=4)
    for x in _EDGES:
        pen.line([(x, top), (x, y)], fill=0, width=4)
    worn = page.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    grain = np.random.default_rng(1).normal(0, 12, (worn.height, worn.width))
    return Image.fromarray(np.clip(np.asarray(worn, dtype=np.float32) * 0.85 + 25 + grain, 0, 255).astype(np.uint8))


def scan_pdf() -> bytes:
    """The page as a PDF without text."""
    buffer = io.BytesIO()
    scanned_page().save(buffer, "PDF", resolution=300, quality=80)
    return buffer.getvalue()


def photo() -> bytes:
    """The page as a picture from a phone."""
    buffer = io.BytesIO()
    scanned_page().save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def text_pdf(title: str = HEAD[5]) -> bytes:
    """The page as an office program exports it, with its text; ``title`` is the plan's."""
    folder = font_folder()
    assert folder is not None, "tests that draw ask for the font first"
    pdfmetrics.registerFont(TTFont("Drawn", folder / "LiberationSerif-Regular.ttf"))
    scale = 72 / 300  # points of the drawn page to those of the file
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH * scale, _HEIGHT * scale))
    canvas.scale(scale, scale)
    canvas.setFont("Drawn", _SIZE)
    y = _HEIGHT - 250
    for line in (*HEAD[:5], title, *HEAD[6:]):
        canvas.drawString(_EDGES[0], y, line)
        y -= round(_LEADING * 1.4)
    top = y
    for cells in ROWS:
        canvas.line(_EDGES[0], y, _EDGES[-1], y)
        for left, words in zip(_EDGES, cells, strict=False):
            canvas.drawString(left + 20, y - _LEADING, words)
        y -= _LEADING + 50
    canvas.line(_EDGES[0], y, _EDGES[-1], y)
    for x in _EDGES:
        canvas.line(x, top, x, y)
    canvas.save()
    return buffer.getvalue()
