"""Dates as Vietnamese documents print them: "ngày 03 tháng 02 năm 2026", "31/12/2025", "15/11", "ngày 10 tháng 6"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# Handwritten or misread figures of a scan: "/2" is 12, "3/" is 31, "0l" is 01.
_FIGURES = str.maketrans({"l": "1", "I": "1", "|": "1", "/": "1", "O": "0", "o": "0", "S": "5", "Z": "2", "z": "2"})

_FIGURE = r"(?-i:[0-9lI|OoSZz])"
_YEAR = r"n\S{1,3}m\s*(\d{4})"
_WORDS = re.compile(
    rf"(?:ng\S{{1,3}}y|^|\s)\s*((?:{_FIGURE}|/){{1,3}})\s*th\S{{1,3}}ng\s*({_FIGURE}{{1,2}})(?![^\W\d_nN])(?:[,\s]*{_YEAR})?",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"(?<![\d/])(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(\d{4}))?(?![\d/]|/?[A-ZĐ-])")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at ``start`` to ``end`` of a text; ``year`` is None where none is printed.

    ``repaired`` says that a figure had to be read for another sign: never take such a date without a doubt.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    repaired: bool

    @property
    def month_day(self) -> str:
        """ "MM-DD", as yearly dates are kept."""
        return f"{self.month:02d}-{self.day:02d}"

    def on(self, year: int | None = None) -> date | None:
        """The calendar date, in ``year`` where none is printed; None where it cannot be."""
        full = self.year or year
        if full is None:
            return None
        try:
            return date(full, self.month, self.day)
        except ValueError:
            return None


def _figures(token: str) -> tuple[int, bool]:
    clean = token.translate(_FIGURES)
    return int(clean), clean != token


def _possible_day(token: str) -> tuple[int, bool]:
    """The day printed as ``token``. A handwritten 1 is often read as 7: "76" cannot be a day, 16 can."""
    day, repaired = _figures(token)
    if day > 31 and len(str(day)) == 2 and str(day)[0] == "7":
        return int("1" + str(day)[1]), True
    return day, repaired


def find_dates(text: str) -> list[PrintedDate]:
    """All dates of ``text`` in order; impossible ones (month 13) are left out."""
    found: list[PrintedDate] = []
    for match in _WORDS.finditer(text):
        if not any(letter.isdigit() for letter in match.group(1) + match.group(2)):
            continue
        day, day_repaired = _possible_day(match.group(1))
        month, month_repaired = _figures(match.group(2))
        year = int(match.group(3)) if match.group(3) else None
        found.append(PrintedDate(match.start(), match.end(), day, month, year, day_repaired or month_repaired))
    for match in _SLASHES.finditer(text):
        if any(one.start <= match.start() < one.end for one in found):
            continue
        year = int(match.group(3)) if match.group(3) else None
        found.append(PrintedDate(match.start(), match.end(), int(match.group(1)), int(match.group(2)), year, False))
    return sorted((d for d in found if 1 <= d.month <= 12 and 1 <= d.day <= 31), key=lambda d: d.start)
