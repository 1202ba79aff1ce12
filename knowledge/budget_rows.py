"""Rows of a printed table of money: their amounts at the ends of lines, and the numbers that they begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.budget_sums import TOTAL
from knowledge.manuscript import TextLine, Word
from knowledge.money import FIGURE
from knowledge.plain import plain
from knowledge.roman_numerals import numeral, roman

_FIGURE_WORD = re.compile(rf"^[|(\[]*({FIGURE})[|)\],.;:]*$")
_PARTED = re.compile(r"^[1-9]\d{0,2}(?:[.,]\d{3})+$")
_FILL = re.compile(r"^[\W_]+$|^[^\W\d]$")  # rules, dashes, single letters between amounts
_NAMED_NUMBER = re.compile(r"^(?:nam|so|thang|quy|ngay|an|muc|dieu|khoan|phan|dot|giai|doan|cap|den|tu)$")
YEAR = re.compile(r"^(?:19|20)\d\d$")
_SECTION = re.compile(r"^\W*([IVX]{1,4}|[A-H])\s*[|.]?\s+(?=[^\W\d]{2})")
_LOST_SECTION = re.compile(r"^\s*[|Il]{1,3}\s*[|.]?\s+(?=[^\W\d_a-z][^\W\d]{2})")
_NUMBER = re.compile(r"^\W{0,2}(\d{1,2}(?:\.\d{1,2})*)\s*[|.)]?\s+(?=\S)")
_LOST_ONE = re.compile(r"^[!l|]\s+(?=\S)")


@dataclass(slots=True)
class PrintedRow:
    """A row: its lines, which of them holds its amounts (None: none), and where on that line these begin."""

    lines: list[TextLine]
    anchor: int | None
    figures: list[str]
    start: int
    end: int


def amounts_of(line: TextLine) -> tuple[list[str], int, int]:
    """The amounts on a line, and the words from and to where they stand: the last run of figures that is no number in
    a text ("năm 2026", "Nghị quyết số 57")."""
    words = line.words
    end = len(words)
    while end and _FILL.match(words[end - 1].raw):
        end -= 1
    start = end
    while start and (_FIGURE_WORD.match(words[start - 1].raw) or _FILL.match(words[start - 1].raw)):
        start -= 1
    if start == end:  # a note behind the amounts
        parted = [
            at for at, word in enumerate(words) if (m := _FIGURE_WORD.match(word.raw)) and _PARTED.match(m.group(1))
        ]
        if not parted:
            return [], len(words), len(words)
        start, end = parted[0], parted[-1] + 1
    while start < end and not _FIGURE_WORD.match(words[start].raw):
        start += 1
    figures = [m.group(1) for word in words[start:end] if (m := _FIGURE_WORD.match(word.raw))]
    before = words[start - 1].plain.strip(".,:;(") if start else ""
    alone = len(figures) == 1 and not _PARTED.match(figures[0])
    if not start or (alone and (_NAMED_NUMBER.match(before) or len(figures[0]) < 2 or YEAR.match(figures[0]))):
        return [], len(words), len(words)
    return figures, start, end


def words_before(line: TextLine) -> str:
    """The plain words of a line before its amounts."""
    return plain(" ".join(word.text for word in line.words[: amounts_of(line)[1]]))


def sections_of(lines: Sequence[TextLine]) -> list[int]:
    """The lines on which a section or a group begins: letters and Roman numbers that follow each other."""
    found: list[int] = []
    letter, group = 0, 0
    for at, line in enumerate(lines):
        match = _SECTION.match(line.raw)
        if match is None:
            continue
        sign = match.group(1)
        value = roman(sign, group + 1)
        if sign in "ABCDEFGH" and ord(sign) - 64 in (letter + 1, letter + 2):
            letter, group = ord(sign) - 64, 0
            found.append(at)
        elif value in (group, group + 1):
            group = value or group
            found.append(at)
    return found


def numbers_of(rows: Sequence[PrintedRow]) -> list[str | None]:
    """The rows' numbers as they must read: a section's letter, a Roman number, a number; None where none is left."""
    found: list[str | None] = []
    section, group, item = 0, 0, 0
    for row in rows:
        near = [at for at in (row.anchor or 0, 0, 1, (row.anchor or 0) + 1) if at < len(row.lines)]
        number: str | None = None
        for at in dict.fromkeys(near):
            raw = row.lines[at].raw
            letter = _SECTION.match(raw)
            if letter and letter.group(1) in "ABCDEFGH" and ord(letter.group(1)) - 64 in (section + 1, section + 2):
                section, group, item = ord(letter.group(1)) - 64, 0, 0
                number = letter.group(1)
            elif letter and roman(letter.group(1), group + 1) is not None:
                group, item = (roman(letter.group(1), group + 1) or 1), 0
                # A second "I" behind the first is a "II" that lost a stroke.
                group = group if group > _last_group(found) else _last_group(found) + 1
                number = numeral(group)
            elif _LOST_SECTION.match(raw) and group and not TOTAL.match(words_before(row.lines[at])):
                group, item = group + 1, 0
                number = numeral(group)
            elif match := _NUMBER.match(raw):
                printed = match.group(1)
                item = int(printed) if printed.isdigit() and int(printed) > item else item + 1
                number = printed if "." in printed else str(item)
            elif _LOST_ONE.match(raw) and item == 0 and row.figures:
                item = 1
                number = "1"
            if number is not None:
                break
        if number is None and row.figures and item and not TOTAL.match(words_before(row.lines[row.anchor or 0])):
            item += 1
            number = str(item)
        found.append(number)
    return found


def _last_group(numbers: Sequence[str | None]) -> int:
    """The last Roman number since the last section."""
    for number in reversed(numbers):
        if number is not None and number in "ABCDEFGH":
            return 0
        value = roman(number, None) if number is not None and number.isupper() else None
        if value is not None:
            return value
    return 0


def behind_number(line: TextLine) -> Sequence[Word]:
    """The words of a line behind the number of a row or a section."""
    number = next((m for p in (_SECTION, _NUMBER, _LOST_SECTION, _LOST_ONE) if (m := p.match(line.raw))), None)
    return line.words[len(line.raw[: number.end()].split()) :] if number is not None else line.words


def is_fill(word: Word) -> bool:
    """Whether a word is a rule or a sign between cells."""
    return _FILL.match(word.raw) is not None and not word.raw[0].isalpha()
