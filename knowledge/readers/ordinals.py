"""Row numbers of a scanned table, mended from their neighbours: 1, 2, ?, 4 leaves one possibility.

Single characters are what OCR reads worst; they matter, since a Roman number starts a group of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
MAX_GROUP_CELLS = 2  # a group's row holds its number and its name
MIN_KNOWN = 3  # row numbers that must be sure before any other is mended


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """The first cell of a row, and how many of the other cells have words."""

    text: str
    others: int

    @property
    def is_group(self) -> bool:
        """Whether the row can only be the heading of a group."""
        return self.others < MAX_GROUP_CELLS


def mend_ordinals(rows: Sequence[NumberedRow]) -> list[str]:
    """The first cells of a table, top to bottom, with the numbers that their neighbours leave no doubt about."""
    texts = [row.text for row in rows]
    plain = [at for at, row in enumerate(rows) if not row.is_group]
    groups = [at for at, row in enumerate(rows) if row.is_group]
    _mend(texts, plain, [str(number) for number in range(1, 1000)])
    _mend(texts, groups, ROMAN)
    return texts


def _mend(texts: list[str], places: Sequence[int], names: Sequence[str]) -> None:
    """Fill the gaps in one run of numbers; ``places`` are its rows, ``names`` the numbers as printed."""
    value = {name: number for number, name in enumerate(names)}
    known = [(index, value[_bare(texts[at])]) for index, at in enumerate(places) if _bare(texts[at]) in value]
    # Numbers that go up by one a row, seen from somewhere else in the run, are sure; others may be misread.
    sure = [(i, v) for i, v in known if sum(v - w == i - j for j, w in known) > 1]
    if len(sure) < min(MIN_KNOWN, len(places) - 1) or not sure:
        return
    for index, at in enumerate(places):
        before = [(i, v) for i, v in sure if i < index]
        after = [(i, v) for i, v in sure if i > index]
        offers = {v + index - i for i, v in (*before[-1:], *after[:1])}
        if len(offers) == 1 and ((before and after) or index in (0, len(places) - 1)) and _is_misread(texts[at], names):
            number = offers.pop()
            if 0 <= number < len(names):
                texts[at] = names[number]


def _is_misread(text: str, names: Sequence[str]) -> bool:
    """Whether the text is too short to be anything but a number, and is none of this run."""
    return len(text) <= 4 and (_bare(text) not in names or not text)


def _bare(text: str) -> str:
    return text.strip(" .)")
