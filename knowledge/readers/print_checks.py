"""Shapes that OCR is known to miss in clean print, put right only where a single reading is possible.

Roman quarters are the worst: "Quý II/2026" comes out as "Quý H/2026" or "Quý 11/2026". Whatever two shapes
could explain is left as it was read, for the understanding to doubt.
"""

from __future__ import annotations

import re

# How Tesseract reads the four Roman quarters. Only forms that stand for one of them; "1" alone is "I".
_QUARTERS = {
    "I": "I", "l": "I", "1": "I", "|": "I", "ï": "I", "Ï": "I", "ÏI": "II",
    "II": "II", "11": "II", "ll": "II", "Il": "II", "lI": "II", "I1": "II", "1I": "II", "H": "II", "||": "II",
    "n": "II",
    "III": "III", "111": "III", "lll": "III", "IIl": "III", "IlI": "III", "lII": "III", "Ill": "III", "HI": "III",
    "IH": "III", "1II": "III", "II1": "III", "11I": "III", "I11": "III", "lH": "III", "Hl": "III", "1H": "III",
    "H1": "III", "HH": "IIII", "|||": "III", "m": "III", "M": "III",
    "IV": "IV", "1V": "IV", "lV": "IV", "|V": "IV", "IY": "IV", "Iv": "IV", "lv": "IV", "1v": "IV", "TV": "IV",
}  # fmt: skip
_QUARTER_AND_YEAR = re.compile(
    r"\b([Qq][uU][ýỷỳýyÝY])\s+([IlHVvYTnmM1|ïÏ]{1,3})\s?([/.,-])\s?([2zZ][0oO][2zZ3][0-9])\b"
)
_QUARTER_ALONE = re.compile(r"(?<![\w/])([IlHVvYT1|ïÏ]{1,3})/([2zZ][0oO][23zZ][0-9])(?![\w/])")
_SPACED_PERCENT = re.compile(r"(?<=\d)\s*(?:%|°/o|º/o|0/o|o/o|°%|%%)(?![\w%])")
_DATE = re.compile(r"(?<![\d/])([0-3]?[\doOlI])\s?/\s?([01]?[\doOlI])\s?/\s?([12][\doOlI]{3})(?![\d/])")
_SLASHES = re.compile("[/⁄∕]{1,2}(?=[0-9zZoOlI])")  # a fraction bar, often doubled
_DIGITS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "z": "2", "Z": "2"})


def mend_print(line: str) -> str:
    """One line of OCR with quarters, dates and percent signs in the only form that they can have had."""
    line = _SLASHES.sub("/", line)
    line = _QUARTER_AND_YEAR.sub(_quarter, line)
    line = _QUARTER_ALONE.sub(_bare_quarter, line)
    line = _DATE.sub(_date, line)
    return _SPACED_PERCENT.sub("%", line)


def _quarter(found: re.Match[str]) -> str:
    word, roman, _, year = found.groups()
    known = _QUARTERS.get(roman)
    return f"{word[:2]}ý {known}/{year.translate(_DIGITS)}" if known in ("I", "II", "III", "IV") else found.group()


def _bare_quarter(found: re.Match[str]) -> str:
    """The second line of a narrow cell, "II/2026" under "Quý"; "11/2026" could be November and stays."""
    roman, year = found.groups()
    known = _QUARTERS.get(roman) if not roman.isdigit() else None
    return f"{known}/{year.translate(_DIGITS)}" if known in ("I", "II", "III", "IV") else found.group()


def _date(found: re.Match[str]) -> str:
    day, month, year = (part.translate(_DIGITS) for part in found.groups())
    return f"{day}/{month}/{year}" if 1 <= int(day) <= 31 and 1 <= int(month) <= 12 else found.group()
