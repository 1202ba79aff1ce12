"""Comparison signs, checked in the picture: Tesseract drops the bar of "≥" and "≤", and "at least" becomes
"more than".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from knowledge.readers.columns import WordLine
from knowledge.readers.ink import ink_of

_BARRED = {">": "≥", "<": "≤"}
BAR_DEPTH = 0.16  # of the sign's height, from its foot
BAR_WIDTH = 0.6  # of the sign's width; the arm of a sign without a bar is a quarter as wide there
MIN_HEIGHT = 8  # points


def mend_signs(lines: Sequence[WordLine], page: Image.Image) -> list[WordLine]:
    """Lines with "≥" and "≤" where a word begins with a bare sign under which the picture has a bar."""
    return [
        [
            replace(word, text=_BARRED[word.text[0]] + word.text[1:])
            if word.text[:1] in _BARRED and has_bar(page.crop(_edges(word.left, word.top, word.right, word.bottom)))
            else word
            for word in line
        ]
        for line in lines
    ]


def has_bar(picture: Image.Image) -> bool:
    """Whether the first sign in the picture stands on a bar."""
    ink = ink_of(np.asarray(picture))
    columns = np.nonzero(ink.any(axis=0))[0]
    if len(columns) == 0:
        return False
    gaps = np.nonzero(np.diff(columns) > 2)[0]
    end = columns[gaps[0]] if len(gaps) else columns[-1]
    sign = ink[:, columns[0] : end + 1]
    rows = np.nonzero(sign.any(axis=1))[0]
    height = rows[-1] - rows[0] + 1
    if height < MIN_HEIGHT:
        return False
    foot = sign[rows[-1] + 1 - max(2, round(BAR_DEPTH * height)) : rows[-1] + 1]
    return bool(foot.sum(axis=1).max() >= BAR_WIDTH * sign.shape[1])


def _edges(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    air = 6  # Tesseract's box of the word may leave the bar out
    return round(left) - air, round(top) - 3, round(right) + 3, round(bottom) + air + 4
