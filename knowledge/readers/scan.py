"""A picture of a page, lying as it may, to lines and tables."""

from __future__ import annotations

import numpy as np
from PIL import Image

from knowledge.page_text import Loss, Origin
from knowledge.readers import picture
from knowledge.readers.ink import ink_of
from knowledge.readers.level_page import Found, read_level
from knowledge.readers.photo import lay_flat
from knowledge.readers.sheet import Columns, Sheet
from knowledge.readers.turning import turned_back
from knowledge.readers.turns import NO_PRINT, TURN_BELOW, turned

# Share of the page; fuller ones are static or a covered lens, over which Tesseract broods for minutes. A page full of
# small cells has a tenth.
MAX_PAGE_INK = 0.6

# Upper left corners of ink: a letter has two or three, the fullest page of print twenty thousand. Tesseract broods for
# minutes over a page with more.
MAX_CORNERS = 50_000
SPECK = 3  # points; what is no wider is no stroke


def read_scan(page: Image.Image, number: int, columns: Columns = ()) -> Sheet:
    """Page ``number`` from its picture, any size, lying as it may; ``columns`` as the page before has them.

    Boxes are shares of the page cut out and levelled, as it lies. Raises MissingReader, or subprocess.SubprocessError
    when Tesseract fails.
    """
    flat = picture.fit(lay_flat(picture.grey(page)))
    level = picture.straighten(flat)
    if float(ink_of(np.asarray(level)[::3, ::3]).mean()) > MAX_PAGE_INK:
        return Sheet((), number, Origin.SCAN, lost=Loss.WHOLE)
    if _corners(level) > MAX_CORNERS:
        return Sheet((), number, Origin.SCAN, lost=Loss.WHOLE)
    found = read_level(level, columns)
    if found.sure < TURN_BELOW:
        found_turned = turned(flat, found.sure)
        if found_turned is not None:
            turn, upright = found_turned
            found = read_level(upright, columns)
            return _sheet(found, number).moved(lambda box: turned_back(box, turn))
    return _sheet(found, number)


def _sheet(found: Found, number: int) -> Sheet:
    if found.sure < NO_PRINT:
        return Sheet((), number, Origin.SCAN, lost=Loss.WHOLE)
    return Sheet(found.blocks, number, Origin.SCAN, found.columns)


def _corners(level: Image.Image) -> int:
    ink = ink_of(np.asarray(level))
    corners = ink[1:, 1:] & ~ink[:-1, 1:] & ~ink[1:, :-1] & ~ink[:-1, :-1]
    side = corners.copy()  # a speck has none
    for step in range(1, SPECK + 1):
        side[:, :-step] &= ink[1:, 1 + step :]
    return int(side.sum())
