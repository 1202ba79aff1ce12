"""The picture of progress, looked at as an image."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from reporting import chart
from reporting.chart import Bar, picture
from reporting.progress import Tally

HALF = Bar("Phòng Văn hóa - Xã hội", Tally(total=10, missing=5, submitted=2, approved=3))
NOTHING = Bar("Công an xã", Tally(total=4, missing=4))

pytestmark = pytest.mark.skipif(
    chart._font_name() is None, reason="no font with Vietnamese letters: apt-get install fonts-dejavu-core"
)


def drawn(*bars: Bar, title: str = "Quý II/2026: 5/14 chỉ tiêu") -> Image.Image:
    content = picture(title, bars)
    assert content is not None
    return Image.open(BytesIO(content)).convert("RGB")


def share_of(image: Image.Image, colour: str) -> int:
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return sum(count for count, found in image.getcolors(maxcolors=1 << 24) or [] if found == wanted)


def test_the_bars_are_as_long_as_their_counts() -> None:
    with_bars, without = drawn(HALF), drawn(NOTHING)
    legend = share_of(without, chart._APPROVED)
    approved = share_of(with_bars, chart._APPROVED) - legend
    submitted = share_of(with_bars, chart._SUBMITTED) - legend
    assert approved / submitted == pytest.approx(3 / 2, rel=0.05)


def test_marks_on_vietnamese_letters_are_drawn() -> None:
    assert drawn(Bar("Tổ", NOTHING.tally)).tobytes() != drawn(Bar("To", NOTHING.tally)).tobytes()
    assert drawn(Bar("Đội ộ", NOTHING.tally)).tobytes() != drawn(Bar("Đội ợ", NOTHING.tally)).tobytes()


def test_a_picture_is_small_enough_to_send_and_as_wide_as_a_phone() -> None:
    content = picture("Quý II/2026", [HALF] * 20)
    assert content is not None
    assert len(content) < 200_000
    assert drawn(*[HALF] * 20).width == 1080


def test_hundreds_of_units_end_in_one_line_that_counts_the_rest() -> None:
    assert drawn(*[HALF] * 300).height == drawn(*[HALF] * 41).height


def test_long_names_stay_in_their_column() -> None:
    long_name = Bar("Tổ công nghệ số cộng đồng " * 10, NOTHING.tally)
    assert drawn(long_name).size == drawn(NOTHING).size
    assert drawn(Bar("x" * 500, NOTHING.tally)).size == drawn(NOTHING).size


def test_without_units_there_is_no_picture() -> None:
    assert picture("Quý II/2026", []) is None
