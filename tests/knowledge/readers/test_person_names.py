"""Names under the signatures of a scan: right, or said to be doubtful."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from knowledge.page_text import Line
from knowledge.readers import ocr, read
from tests.knowledge import plan_documents

pytestmark = pytest.mark.skipif(
    not ocr.is_present() or plan_documents.font_folder() is None, reason="`make services` brings Tesseract and the font"
)
# OCR makes "Định" of the first family name and "Ty" of the last given name, at every size.
NAMES = ("Đinh Trọng Quyết", "Nguyễn Văn Sơn", "Phạm Minh Hải", "Đoàn Xuân Tỵ")


def signatures(*names: str) -> bytes:
    """A noisy scan of a page on which each of ``names`` stands under a role, in bold as on paper."""
    folder = plan_documents.font_folder()
    assert folder is not None
    bold = ImageFont.truetype(str(folder / "LiberationSerif-Bold.ttf"), 57)
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    for index, name in enumerate(names):
        draw.text((1300, 300 + 600 * index), "CHỦ TỊCH", font=bold, fill=0, anchor="mm")
        draw.text((1300, 600 + 600 * index), name, font=bold, fill=0, anchor="mm")
    scanned = plan_documents.scan_page(page, tilt=0.4, noise=18, blur=0.7, seed=4)
    buffer = io.BytesIO()
    scanned.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def named(content: bytes) -> list[Line]:
    return [line for line in read(content, "chuky.jpg").lines if line.text and line.text != "CHỦ TỊCH"]


def test_a_name_is_right_or_doubtful() -> None:
    lines = named(signatures(*NAMES))
    assert len(lines) == len(NAMES)
    for line, name in zip(lines, NAMES, strict=True):
        assert line.text == name or line.doubt is not None
    assert [line.text for line in lines if line.doubt is None] == ["Nguyễn Văn Sơn", "Phạm Minh Hải"]


def test_a_doubt_shows_what_was_read() -> None:
    doubtful = [line for line in named(signatures(*NAMES)) if line.doubt is not None]
    assert doubtful
    for line in doubtful:
        assert line.doubt is not None
        assert line.text.split()[-1] in line.doubt
