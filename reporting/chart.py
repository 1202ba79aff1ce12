"""A picture of progress for a phone: one bar per unit, how much is approved, handed in, still to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from reporting.progress import Progress, Tally

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

# Common fonts with all Vietnamese letters; Pillow's own has none of them. Found by name in the system's folders.
_FONTS: Final = (
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "NotoSans-Regular.ttf",
    "Roboto-Regular.ttf",
    "Arial.ttf",
    "arial.ttf",
)

# Twice the width of a small phone's screen: sharp there, and under 100 kB for a commune's dozen units.
_WIDTH: Final = 1080
_MARGIN: Final = 40
_LABEL_WIDTH: Final = 400
_COUNT_WIDTH: Final = 110
_ROW: Final = 76
_BAR: Final = 34
_TITLE_SIZE: Final = 38
_TEXT_SIZE: Final = 26
# A province's picture of hundreds of communes would be unreadable; the rest is counted in one line.
MAX_BARS: Final = 40

# Told apart by lightness too, for people who see no green and for grey printers.
_PAPER: Final = "#ffffff"
_INK: Final = "#1d1d1f"
_FAINT: Final = "#6b6b70"
_APPROVED: Final = "#14694b"
_SUBMITTED: Final = "#7cc5a6"
_OWED: Final = "#e4e4e7"

_LEGEND: Final = ((_APPROVED, "Đã duyệt"), (_SUBMITTED, "Chờ duyệt"), (_OWED, "Chưa nộp"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture."""

    label: str
    tally: Tally


def unit_bars(progress: Progress) -> tuple[Bar, ...]:
    """A bar per unit, in the order of the plan."""
    return tuple(Bar(unit.unit, unit.tally) for unit in progress.units)


def group_bars(progress: Progress) -> tuple[Bar, ...]:
    """A bar per group of indicators, in the order of the plan."""
    return tuple(Bar(group, tally) for group, tally in progress.groups)


def picture(title: str, bars: Sequence[Bar]) -> bytes | None:
    """The bars as a PNG under a title ("Quý II/2026: 26/28 chỉ tiêu"); None where nothing can be drawn.

    That is without bars, and on a machine that has no font with Vietnamese letters: the text says the same.
    """
    font_name = _font_name()
    if not bars or font_name is None:
        return None
    from PIL import Image, ImageDraw, ImageFont

    heading, text = ImageFont.truetype(font_name, _TITLE_SIZE), ImageFont.truetype(font_name, _TEXT_SIZE)
    shown = bars[:MAX_BARS]
    top = 2 * _MARGIN + _TITLE_SIZE
    legend_at = top + len(shown) * _ROW + (_ROW if len(bars) > len(shown) else 0)
    image = Image.new("RGB", (_WIDTH, legend_at + _TEXT_SIZE + _MARGIN + _MARGIN // 2), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((_MARGIN, _MARGIN), _fitted(title, heading, _WIDTH - 2 * _MARGIN), fill=_INK, font=heading)
    for row, bar in enumerate(shown):
        _draw_bar(draw, bar, top + row * _ROW, text)
    if len(bars) > len(shown):
        rest = f"và {len(bars) - len(shown)} dòng khác"
        draw.text((_MARGIN, top + len(shown) * _ROW + _ROW // 2), rest, fill=_FAINT, font=text, anchor="lm")
    _draw_legend(draw, legend_at + _MARGIN // 2, text)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw_bar(draw: ImageDraw, bar: Bar, top: int, font: FreeTypeFont) -> None:
    middle = top + _ROW // 2
    lines = _wrapped(bar.label, font, _LABEL_WIDTH - 20)
    for at, line in enumerate(lines):
        height = middle + round((at - (len(lines) - 1) / 2) * (_TEXT_SIZE + 6))
        draw.text((_MARGIN, height), line, fill=_INK, font=font, anchor="lm")
    left, right = _MARGIN + _LABEL_WIDTH, _WIDTH - _MARGIN - _COUNT_WIDTH
    start = left
    draw.rectangle((left, middle - _BAR // 2, right, middle + _BAR // 2), fill=_OWED)
    done = 0
    for count, colour in ((bar.tally.approved, _APPROVED), (bar.tally.submitted, _SUBMITTED)):
        done += count
        end = left + round((right - left) * done / bar.tally.total) if bar.tally.total else left
        if end > start:
            draw.rectangle((start, middle - _BAR // 2, end, middle + _BAR // 2), fill=colour)
        start = end
    counts = f"{bar.tally.with_figure}/{bar.tally.total}"
    draw.text((_WIDTH - _MARGIN, middle), counts, fill=_INK, font=font, anchor="rm")


def _draw_legend(draw: ImageDraw, top: int, font: FreeTypeFont) -> None:
    left = float(_MARGIN)
    for colour, words in _LEGEND:
        draw.rectangle((left, top, left + _TEXT_SIZE, top + _TEXT_SIZE), fill=colour)
        draw.text((left + _TEXT_SIZE + 12, top + _TEXT_SIZE // 2), words, fill=_FAINT, font=font, anchor="lm")
        left += _TEXT_SIZE + 12 + font.getlength(words) + 40


def _wrapped(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """The text on at most two lines."""
    words = normalize("NFC", text).split()
    first = len(words)
    while first > 1 and font.getlength(" ".join(words[:first])) > width:
        first -= 1
    lines = [" ".join(words[:first]), " ".join(words[first:])]
    return [_fitted(line, font, width) for line in lines if line]


def _fitted(text: str, font: FreeTypeFont, width: int) -> str:
    """The text on one line of this width, cut with an ellipsis at a word where it is longer."""
    line = " ".join(normalize("NFC", text).split())
    if font.getlength(line) <= width:
        return line
    words = line.split(" ")
    while len(words) > 1 and font.getlength(" ".join(words) + "…") > width:
        words.pop()
    cut = " ".join(words)
    while len(cut) > 1 and font.getlength(cut + "…") > width:
        cut = cut[:-1]
    return cut + "…"


@lru_cache(maxsize=1)
def _font_name(names: Iterable[str] = _FONTS) -> str | None:
    from PIL import ImageFont

    for name in names:
        try:
            ImageFont.truetype(name, _TEXT_SIZE)
        except OSError:
            continue
        return name
    return None
