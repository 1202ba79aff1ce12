"""Which way up a page lies: a band of it is read under each turn, since upside down words come out as crumbs that
Tesseract is unsure of.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
from PIL import Image

from knowledge.readers import ocr, picture
from knowledge.readers.columns import WordLine
from knowledge.readers.grid import without_rules
from knowledge.readers.ink import ink_of
from knowledge.readers.printed import lines_of_words

TURN_BELOW = 70.0  # of 100; upright pages have 85 to 96, poor ones 75, pages on their head 30 to 55
NO_PRINT = 45.0  # below, under every turn: the picture shows no print, but fur, leaves or bricks
# Degrees, clockwise; Pillow counts the other way round.
TURNS = {180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90, 90: Image.Transpose.ROTATE_270}
BAND = 700  # points; ten lines
STEP = 40  # points, by which the band is moved


def turned(flat: Image.Image, sure: float) -> tuple[int, Image.Image] | None:
    """By how many degrees the page must be turned, clockwise, for its lines to be read, and the page turned and
    levelled; None where no turn is better than none."""
    best, best_sure = None, max(sure + 10, NO_PRINT)
    for turn, transpose in TURNS.items():
        level = picture.straighten(flat.transpose(transpose))
        bare = without_rules(level, ink_of(np.asarray(level)))
        words = ocr.read_pictures([_fullest_band(bare)], ocr.BLOCK)
        seen = sureness(lines_of_words(words))
        if words and seen > best_sure:
            best, best_sure = (turn, level), seen
    return best


def _fullest_band(level: Image.Image) -> Image.Image:
    """The part of the page, ``BAND`` points high, with the most print."""
    ink = ink_of(np.asarray(level))[:, ::3].sum(axis=1).cumsum()
    starts = range(0, max(1, len(ink) - BAND), STEP)
    top = max(starts, key=lambda start: int(ink[min(start + BAND, len(ink) - 1)] - ink[start]))
    return level.crop((0, top, level.width, min(top + BAND, level.height)))


def sureness(lines: Iterable[WordLine]) -> float:
    """How sure Tesseract is of the lines, letter by letter. Long words that stand upright count for nothing: they are
    lines of a page that lies on its side.
    """
    letters, sure = 0, 0.0
    for word in itertools.chain.from_iterable(lines):
        letters += len(word.text)
        on_side = len(word.text) > 2 and word.bottom - word.top > 1.5 * (word.right - word.left)
        sure += 0.0 if on_side else len(word.text) * word.sure
    return sure / letters if letters else 100.0
