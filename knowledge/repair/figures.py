"""The guard of digits: what in a scan is a figure or a code, and what is a word that the scan printed with digits.

"60%", "31/12/2025", "20/KH-UBND", "5G" and "IPv6" stand; "s6" (số), "1é" (lệ) and "d6ng" (đồng) are words.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final


class Sort(Enum):
    """How repair treats a printed word."""

    FIGURE = auto()  # stands as printed
    CODE = auto()  # a number with letters behind a slash or hyphen; only its letters may gain a Đ
    SPELLED = auto()  # a name spelled with digits: stands
    ROMAN = auto()  # I, II, XIV
    WORD = auto()


_FIGURE: Final = re.compile(r"[<>≥≤=~±]?\d+(?:[.,:/\-–x]\d+)*(?:%|‰|°|[a-d]|m2|km2?)?")
_CODE: Final = re.compile(r"(?:\d[\w.]*)?(?:[/\-–][A-Za-zĐđ&]+\d*)*[/\-–][A-ZĐ&][\w&Đđ]*(?:[/\-–]\w+)*")
_CODE_LETTERS: Final = re.compile(r"[A-ZĐ][A-Za-zĐđ&]*(?:[/\-–][A-ZĐ][A-Za-zĐđ&]*)+")
_SPELLED: Final = re.compile(r"\d[GK]|\d+[.,]\dG|IPv\d|[A-Z]{1,3}\d{1,2}|\d{1,2}[A-Z]{1,2}|Q[1-4]|24/7")
_ROMAN: Final = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
# A lone capital before 6 or 0 is a word whose only vowel was lost: "S6" (số), "B6" (Bộ), "T6" (tổ), "H6" (hồ).
_WORD_WITH_DIGIT: Final = re.compile(r"[A-Z]h?[6604]")


def sort_of(core: str) -> Sort:
    """What ``core``, a printed word without surrounding punctuation, is."""
    if core[0].isdigit() or core[0] in "<>≥≤=~±/-–":
        if _FIGURE.fullmatch(core) and not core.endswith(("1a", "1d")):
            return Sort.FIGURE
        if core[0].isdigit() and _CODE.fullmatch(core):
            return Sort.CODE
    if _ROMAN.fullmatch(core):
        return Sort.ROMAN
    if _SPELLED.fullmatch(core) and not _WORD_WITH_DIGIT.fullmatch(core):
        return Sort.SPELLED
    if _CODE_LETTERS.fullmatch(core) and sum(c.isupper() for c in core) > len(core) // 2:
        return Sort.CODE
    return Sort.WORD
