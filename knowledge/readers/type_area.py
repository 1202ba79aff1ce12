"""The place that a line of print has in its font, from the place of its ink.

OCR gives the boxes of what is inked: "1" is lower than "Ỹ", and "ma" than "gạ". What tells rows apart counts on every
word of a line being as high as the font says, as in a text layer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from knowledge.readers.columns import Word, WordLine

# Shares of the font's size, in the serif and sans serif fonts that offices use.
ASCENT, DESCENT = 0.89, 0.21
TAIL = 0.21  # below the line: "g", "p", and the dot of "ạ"
CAPITAL, SMALL, MARK = 0.67, 0.46, 0.21  # above it
HEIGHT = ASCENT + DESCENT
_TAILED = set("gjpqyQ,;()/[]|{}")
_HIGH = set("bdfhklit()/[]|{}%&")
_DOT_BELOW = "\u0323"


def font_size(lines: Sequence[WordLine]) -> float:
    """The size of the print on a page, from its lines of several words; 1.0 where there is none."""
    sizes = [_size(line) for line in lines if len(line) > 2] or [_size(line) for line in lines]
    return max(median(sizes), 1.0) if sizes else 1.0


def in_type_area(line: WordLine, size: float) -> WordLine:
    """The words of a line, each from the ascent to the descent of a font of ``size``."""
    letters = "".join(word.text for word in line)
    base = max(word.bottom for word in line) - (TAIL * size if _has_tail(letters) else 0.0)
    return [replace(word, top=base - ASCENT * size, bottom=base + DESCENT * size) for word in line]


def _size(line: Sequence[Word]) -> float:
    letters = "".join(word.text for word in line)
    high = max(word.bottom for word in line) - min(word.top for word in line)
    return high / (_above(letters) + (TAIL if _has_tail(letters) else 0.0))


def _has_tail(letters: str) -> bool:
    return any(letter in _TAILED or _DOT_BELOW in unicodedata.normalize("NFD", letter) for letter in letters)


def _above(letters: str) -> float:
    highest = SMALL
    for letter in letters:
        spelt = unicodedata.normalize("NFD", letter)
        plain, marks = spelt[0], spelt[1:]
        height = CAPITAL if plain.isupper() or plain.isdigit() or plain in _HIGH else SMALL
        marked = sum(unicodedata.combining(mark) > 220 for mark in marks)  # above the letter; the horn beside it is not
        highest = max(highest, height + MARK * min(marked, 1.5))
    return highest
