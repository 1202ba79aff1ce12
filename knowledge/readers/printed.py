"""From Tesseract's words to the lines of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from knowledge.readers.columns import Word, WordLine
from knowledge.readers.ocr import ReadWord
from knowledge.readers.print_checks import mend_print
from knowledge.readers.sheet import PrintedLine
from knowledge.readers.text import tidy
from knowledge.source import Box

OVERLAP = 0.3  # of the smaller of two words under the other one; boxes of neighbouring lines touch
MIN_SURE = 25.0  # lines read with less (0 to 100) are specks, stamps and signatures
_FIGURE = re.compile(r"\d{2}|\d%")  # numbers are kept however unsure: a missing one is worse than a doubtful one
_ORDINAL = re.compile(r"^[IlH1|VvXx\d]{1,4}[.)]?$")


def lines_of_words(words: Iterable[ReadWord]) -> list[WordLine]:
    """Words as the lines that Tesseract put them in, without the lines that are specks."""
    lines = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        letters = sum(len(word.text) for word in line)
        sure = sum(word.sure * len(word.text) for word in line) / letters
        if sure >= MIN_SURE or any(_FIGURE.search(word.text) for word in line) or _ORDINAL.match(line[0].text):
            lines.append([Word(word.text, word.left, word.top, word.right, word.bottom, word.sure) for word in line])
    return lines


def without_echoes(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words without those that lie over one that Tesseract is surer of: where lines of two columns do not stand
    level, its layout analysis reads some of them twice, the second time between two lines.
    """
    kept: list[ReadWord] = []
    for word in sorted(words, key=lambda word: -word.sure):
        if not any(_is_over(word, other) for other in kept):
            kept.append(word)
    whole = set(map(id, kept))
    return [word for word in words if id(word) in whole]


def _is_over(word: ReadWord, other: ReadWord) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    if across <= 0 or down <= 0:
        return False
    smaller = min((one.right - one.left) * (one.bottom - one.top) for one in (word, other))
    return across * down > OVERLAP * smaller


def printed_lines(
    lines: Iterable[WordLine], size: tuple[int, int], doubts: Mapping[int, str] | None = None
) -> Iterator[PrintedLine]:
    """Lines of words as they go into a sheet; ``doubts`` are the reasons to doubt a line, by its place."""
    for index, line in enumerate(lines):
        text = tidy(mend_print(" ".join(word.text for word in line)))
        if text:
            left, top = min(word.left for word in line), min(word.top for word in line)
            right, bottom = max(word.right for word in line), max(word.bottom for word in line)
            yield PrintedLine(text, box_of((left, top, right, bottom), size), (doubts or {}).get(index))


def box_of(edges: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    left, top, right, bottom = edges
    width, height = size
    shares = [min(1.0, max(0.0, share)) for share in (left / width, top / height, right / width, bottom / height)]
    return Box(shares[0], shares[1], shares[2], shares[3])
