"""Roman numerals, checked by counting their strokes in the picture.

Tesseract reads "II" as "H", "11" or "1" and "III" as "IH", on clean print as well; a wrong quarter then
looks like a right one. Strokes can be counted: half way up, every I is one upright run of ink, and the
slash that follows it leans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from knowledge.readers.columns import Word, WordLine
from knowledge.readers.ink import ink_of

_STROKES = "IlH1|ïÏịỊ!"
_QUARTER = re.compile(rf"^[{_STROKES}]{{1,4}}(?=[/⁄∕.,-]{{1,2}}2[0-9oO]{{3}}\b)")
_HEADING = re.compile(rf"^(?=[^.]*[IlH])[{_STROKES}]{{1,4}}(?=\.$)")
_ORDINAL = re.compile(rf"^(?=.*[IlH])[{_STROKES}]{{1,4}}$")
_QUARTER_WORD = re.compile(r"^[Qq][uU][ýÝỷỳyY]$")
BAND = (0.35, 0.65)  # of a letter's height: clear of the serifs, which touch each other in print
UPRIGHT = 0.15  # points that a stroke may lean a point of height; a slash leans 0.4
MAX_NUMERAL = 3  # four strokes are no numeral


def mend_numerals(lines: Sequence[WordLine], page: Image.Image, *, cell: bool) -> list[WordLine]:
    """Lines with the Roman numerals of quarters ("Quý II/2026"), headings ("II.") and row ordinals counted
    anew.

    ``page`` is the picture the words' places refer to; ``cell`` says that the lines are a whole table cell.
    """
    alone = cell and sum(map(len, lines)) == 1
    before = ""
    mended = []
    for line in lines:
        words = []
        for place, word in enumerate(line):
            found = _QUARTER.match(word.text)
            if found and found.group().isdigit() and not _QUARTER_WORD.match(before):
                found = None  # 11/2026 is a November
            if found is None and alone:
                found = _ORDINAL.match(word.text)
            if found is None and place == 0 and not cell:
                found = _HEADING.match(word.text)
            count = count_strokes(page.crop(_edges(word))) if found else None
            if found and count:
                word = Word("I" * count + word.text[found.end() :], word.left, word.top, word.right, word.bottom)
            words.append(word)
            before = word.text
        mended.append(words)
    return mended


def count_strokes(picture: Image.Image) -> int | None:
    """How many upright strokes a word begins with, up to one that leans; None unless they make a numeral."""
    if picture.width < 3 or picture.height < 10:
        return None
    ink = ink_of(np.asarray(picture.filter(ImageFilter.GaussianBlur(1))))
    rows = np.nonzero(ink.any(axis=1))[0]
    if len(rows) < 10:
        return None
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    band = ink[top + int(BAND[0] * height) : top + int(BAND[1] * height) + 1]
    strokes = _tracks(band)
    leading = 0
    for slope, width in strokes:
        if abs(slope) > UPRIGHT or width > 0.4 * height:
            break
        leading += 1
    return leading if 1 <= leading <= MAX_NUMERAL else None


def _tracks(band: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[tuple[float, float]]:
    """The runs of ink that go through the whole band: how far each leans, and how wide it is; from left to
    right.
    """
    tracks: list[list[tuple[float, int, int]]] = []
    for row, points in enumerate(band):
        edges = np.diff(np.pad(points.astype(np.int8), 1))
        starts, ends = np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist()
        for start, end in zip(starts, ends, strict=True):
            for track in tracks:
                last_row, last_start, last_end = track[-1]
                if last_row >= row - 2 and last_row < row and last_start < end and start < last_end:
                    track.append((row, start, end))
                    break
            else:
                tracks.append([(row, start, end)])
    whole = [track for track in tracks if track[-1][0] - track[0][0] + 1 >= 0.8 * len(band)]
    shapes = []
    for track in sorted(whole, key=lambda track: track[0][1] + track[0][2]):
        middles = [(start + end) / 2 for _, start, end in track]
        slope = (middles[-1] - middles[0]) / max(1, track[-1][0] - track[0][0])
        shapes.append((slope, float(np.median([end - start for _, start, end in track]))))
    return shapes


def _edges(word: Word) -> tuple[int, int, int, int]:
    return round(word.left) - 3, round(word.top) - 3, round(word.right) + 3, round(word.bottom) + 3
