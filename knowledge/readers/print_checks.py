"""Shapes that OCR is known to miss in clean print, put right only where a single reading is possible.

Whatever two shapes could explain is left as it was read, for the understanding to doubt. Roman quarters
need the picture: see ``roman``.
"""

from __future__ import annotations

import re

_QUARTER = re.compile(r"\b([Qq][uU])[ýỷỳyÝY]\s+((?:I{1,3}|[Il1|T][VvY])|[1-4])\s?/\s?([2zZ][0oO][0-9zZoO]{2})\b")
_FOURTH = re.compile(r"^[Il1|T][VvY](?=/2\d{3}$)")
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|°/o|º/o|0/o|o/o|°%|%%)(?![\w%])")
_DATE = re.compile(r"(?<![\d/])([0-3]?[\doOlI])\s?/\s?([01]?[\doOlI])\s?/\s?([12][\doOlI]{3})(?![\d/])")
_SLASHES = re.compile("[/⁄∕]{1,2}(?=[0-9zZoOlI])")  # a fraction bar, often doubled
_DIGITS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "z": "2", "Z": "2"})


def mend_print(line: str) -> str:
    """One line of OCR with quarters, dates and percent signs in the only form that they can have had."""
    line = _SLASHES.sub("/", line)
    line = _QUARTER.sub(_quarter, line)
    line = _FOURTH.sub("IV", line)
    line = _DATE.sub(_date, line)
    return _PERCENT.sub("%", line)


def _quarter(found: re.Match[str]) -> str:
    word, numeral, year = found.groups()
    known = "IV" if numeral[-1] in "VvY" else numeral
    return f"{word}ý {known}/{year.translate(_DIGITS)}"


def _date(found: re.Match[str]) -> str:
    day, month, year = (part.translate(_DIGITS) for part in found.groups())
    return f"{day}/{month}/{year}" if 1 <= int(day) <= 31 and 1 <= int(month) <= 12 else found.group()
