"""Pieces of a page as Tesseract sees them best: on white paper, enlarged and smoothed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageFilter

from knowledge.readers.ocr import ReadWord

Edges = tuple[int, int, int, int]  # left, top, right, bottom, in points of the page

AIR = 4  # points round print, taken with it
MARGIN = 30  # white points round a cell: Tesseract misses letters that touch the edge
# Cells with one short line (a number, a date) are read from pictures enlarged and smoothed (by how much:
# scale, radius in points). Measured on noisy tables: 4 % of them wrong at the first look, 6 % as they are. Looks that
# are drawn alike err alike, the enlarged ones on sharp print ("57%" as "5%"): the others are smoothed or made smaller.
AS_IS, FIRST_LOOK, SECOND_LOOK = (1.0, 0.0), (2.0, 2.0), (1.0, 1.5)
THIRD_LOOK, FOURTH_LOOK = (0.75, 0.5), (1.0, 0.8)


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes to Tesseract for one cell: its inside on white paper, and how to find places on the page
    again.
    """

    picture: Image.Image
    left: int
    top: int
    scale: float

    def on_page(self, word: ReadWord) -> ReadWord:
        def back(edge: int, start: int) -> int:
            return round((edge - MARGIN) / self.scale) + start

        return replace(
            word,
            left=back(word.left, self.left), top=back(word.top, self.top),
            right=back(word.right, self.left), bottom=back(word.bottom, self.top),
        )  # fmt: skip


def cut_out(level: Image.Image, edges: Edges, look: tuple[float, float]) -> Cut:
    """The picture of a cell's print as ``look`` says: enlarged by the first, smoothed by the second."""
    scale, blur = look
    printed = level.crop(edges)
    if scale != 1:
        printed = printed.resize(
            (round(printed.width * scale), round(printed.height * scale)), Image.Resampling.BICUBIC
        )
    if blur:
        printed = printed.filter(ImageFilter.GaussianBlur(blur))
    framed = Image.new("L", (printed.width + 2 * MARGIN, printed.height + 2 * MARGIN), 255)
    framed.paste(printed, (MARGIN, MARGIN))
    return Cut(framed, edges[0], edges[1], scale)
