"""A row cut from its page: the row alone stands out, at a size that a phone shows and a mobile line carries."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.errors import UnreadableFile
from knowledge.readers.turning import turned_back
from knowledge.row_picture import LARGEST, WIDTH, is_pictured, row_pictures
from knowledge.source import Box

ROW = Box(0.1, 0.5, 0.6, 0.53)


def page(size: tuple[int, int] = (2480, 3508)) -> bytes:
    """A page with a black bar across the row and one above and below it."""
    drawn = Image.new("L", size, 255)
    pen = ImageDraw.Draw(drawn)
    width, height = size
    for top, bottom in ((0.46, 0.49), (0.5, 0.53), (0.54, 0.57)):
        edges = [round(0.1 * width), round(top * height), round(0.6 * width), round(bottom * height)]
        pen.rectangle(edges, fill=0)
    # The figure that the reader missed stands right of the box.
    pen.rectangle([round(0.8 * width), round(0.51 * height), round(0.85 * width), round(0.52 * height)], fill=0)
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    return buffer.getvalue()


def dark_rows(picture: bytes) -> list[int]:
    points = np.asarray(Image.open(io.BytesIO(picture)).convert("L"))
    return [int(row) for row in np.nonzero((points < 60).mean(axis=1) > 0.3)[0]]


def test_only_the_row_is_black() -> None:
    (cut,) = row_pictures(page(), 1, [ROW])
    shown = Image.open(io.BytesIO(cut))
    rows = dark_rows(cut)
    assert rows[-1] - rows[0] == pytest.approx(0.03 * 3508 * shown.width / (0.75 * 2480), rel=0.15)
    assert rows == list(range(rows[0], rows[-1] + 1))
    assert 0.2 < (rows[0] + rows[-1]) / 2 / shown.height < 0.8


def test_what_was_not_read_beside_the_box_is_in_the_picture() -> None:
    (cut,) = row_pictures(page(), 1, [ROW])
    points = np.asarray(Image.open(io.BytesIO(cut)).convert("L"))
    assert (points[:, round(points.shape[1] * 0.85) :] < 60).any()


def test_a_phone_gets_a_small_picture() -> None:
    for cut in row_pictures(page(), 1, [ROW, Box(0.0, 0.0, 1.0, 1.0)]):
        assert len(cut) <= LARGEST
        shown = Image.open(io.BytesIO(cut))
        assert shown.width <= WIDTH
        assert 1 / 2 < shown.width / shown.height <= 4.1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_row_that_lies_on_its_side_or_head_is_shown_upright(turn: int) -> None:
    (upright,) = row_pictures(page(), 1, [ROW])
    lying = io.BytesIO()
    # Pillow turns the other way round.
    Image.open(io.BytesIO(page())).rotate(turn, expand=True).save(lying, "PNG")
    (cut,) = row_pictures(lying.getvalue(), 1, [turned_back(ROW, turn)])
    shown, wanted = (np.asarray(Image.open(io.BytesIO(one)).convert("L"), dtype=np.int16) for one in (cut, upright))
    assert shown.shape == wanted.shape
    assert float(np.abs(shown - wanted).mean()) < 2


@pytest.mark.parametrize("box", [Box(0.99, 0.99, 1.0, 1.0), Box(0.0, 0.0, 0.0, 0.0), Box(0.4, 0.7, 0.3, 0.6)])
def test_a_strange_box_still_gives_a_picture(box: Box) -> None:
    (cut,) = row_pictures(page(), 1, [box])
    assert Image.open(io.BytesIO(cut)).format == "JPEG"


def test_a_broken_page_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        row_pictures(b"%PDF-1.4 cut short", 1, [ROW])


def test_text_and_word_files_have_no_pictures() -> None:
    assert is_pictured(page())
    assert not is_pictured("Kế hoạch".encode())
    assert not is_pictured(b"PK\x03\x04")
