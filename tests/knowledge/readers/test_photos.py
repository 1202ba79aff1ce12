"""Photos of pages as phones take them: turned, askew, from one side, in uneven light; and photos of no page."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageFilter

from knowledge.errors import NotADocument
from knowledge.page_text import Reading
from knowledge.readers import ocr, photo, read
from tests.bot.drawn_plan import scanned_page
from tests.knowledge import invented_plan, plan_documents

pytestmark = pytest.mark.skipif(
    not ocr.is_present() or plan_documents.font_folder() is None, reason="`make services` brings Tesseract and the font"
)
SHOWN = 16  # rows of the appendix on the photographed page, its head included


@cache
def appendix_page() -> Image.Image:
    return plan_documents.page_pictures(plan_documents.text_pdf())[2]


def targets(reading: Reading) -> dict[str, str]:
    """The target of every numbered row."""
    rows = (row.cells for table in reading.tables for row in table.rows if len(row.cells) == 5)
    return {cells[0].text: cells[2].text for cells in rows if cells[0].text.isdigit()}


@pytest.mark.parametrize(
    ("turn", "tilt", "keystone"),
    [(90, 0.0, 0.0), (180, 2.0, 0.0), (270, -5.0, 0.08), (0, 9.0, 0.12)],
    ids=["on its side", "on its head", "on its other side, askew, from below", "very askew, from below"],
)
def test_a_page_lying_as_it_may(turn: int, tilt: float, keystone: float) -> None:
    taken = plan_documents.photo(appendix_page(), turn=turn, tilt=tilt, keystone=keystone)
    found = targets(read(taken, "trang3.jpg"))
    truth = {row[0]: row[2] for row in invented_plan.appendix_rows()[:SHOWN] if row[0].isdigit()}
    right = sum(found.get(number) == target for number, target in truth.items())
    assert right >= 0.8 * len(truth)


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_with_little_but_a_ruled_table_lies_as_it_may(turn: int) -> None:
    page = scanned_page()
    # Pillow turns the other way round.
    buffer = io.BytesIO()
    page.rotate(-turn, expand=True).save(buffer, "PDF", resolution=300, quality=80)
    (table,) = read(buffer.getvalue(), "KH-31.pdf").tables
    assert [row.cells[2].text for row in table.rows[1:]] == ["88%", "6006", "25%", "150"]
    box = table.rows[2].box
    assert box is not None
    assert box.turn == 360 - turn
    lies_on_its_side = (box.bottom - box.top) * (3508 if turn == 180 else 2480) > 1000
    assert lies_on_its_side is (turn == 90)


def test_a_camera_that_says_how_it_was_held() -> None:
    taken = Image.open(io.BytesIO(plan_documents.photo(appendix_page(), turn=90)))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by a quarter, clockwise
    buffer = io.BytesIO()
    taken.save(buffer, "JPEG", quality=80, exif=exif)
    assert targets(read(buffer.getvalue(), "trang3.jpg"))["1"] == "82%"


def test_a_sheet_is_found_by_its_corners() -> None:
    taken = Image.open(io.BytesIO(plan_documents.photo(appendix_page(), keystone=0.1, margin=0.1))).convert("L")
    corners = photo.find_sheet(taken)
    assert corners is not None
    (upper_left, _), (upper_right, _), (lower_right, _), (lower_left, _) = corners
    assert upper_left - lower_left > 50
    assert lower_right - upper_right > 50


def no_page(kind: str) -> Image.Image:
    """Something that phones take pictures of."""
    chance = np.random.default_rng(7)
    if kind == "wall":
        return Image.fromarray(np.clip(chance.normal(205, 4, (1500, 2000)), 0, 255).astype(np.uint8))
    grains = Image.fromarray(chance.integers(0, 256, (500, 660), dtype=np.uint8))
    fur = grains.filter(ImageFilter.GaussianBlur(1)).resize((2000, 1500), Image.Resampling.BICUBIC)
    return fur.rotate(30).filter(ImageFilter.UnsharpMask(4, 300))


@pytest.mark.parametrize("kind", ["wall", "fur"])
def test_a_photo_of_something_else(kind: str) -> None:
    buffer = io.BytesIO()
    no_page(kind).convert("RGB").save(buffer, "JPEG")
    with pytest.raises(NotADocument, match="Ảnh không giống trang văn bản"):
        read(buffer.getvalue(), "anh.jpg")
