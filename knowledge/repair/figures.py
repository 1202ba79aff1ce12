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
    SPELLED = auto()  # a name spelled with digits, or an address: stands
    ROMAN = auto()  # I, II, XIV, also where the scan printed a small l in it
    WORD = auto()


_FIGURE: Final = re.compile(r"[<>≥≤=~±]*\d+(?:[.,:/\-–x]\d+)*(?:%|‰|°|[a-d]|m2|km2?)?")
_CODE: Final = re.compile(r"\d[\w.]*(?:[/\-–]\d+)*(?:[/\-–][A-ZĐ&][\w&Đđ]*)+")
_CODE_LETTERS: Final = re.compile(r"[A-ZĐ][A-Za-zĐđ&]*(?:[/\-–][A-ZĐ][A-Za-zĐđ&]*)+")
_SPELLED: Final = re.compile(
    r"\d[GK]|\d+[.,]\dG|IPv\d|[A-Z]{1,3}\d{1,2}|\d{1,2}[A-Z]{1,2}|Q[1-4]|24/7"
    r"|[KMGkm]?b(?:it|yte)?s?/s"
    r"|https?\W.*|www\..*|\S+\.(?:vn|com|net|org|gov|edu)\b\S*|\S+@\S+\.\S+"
)
_ROMAN: Final = re.compile(r"X{0,3}(?:IX|IV|V?[Il]{0,3})")
# A capital before 6, 0 or 4 is a word whose only vowel was lost: "S6" (số), "B6" (Bộ), "T6" (tổ), "H6" (hồ).
_WORD_WITH_DIGIT: Final = re.compile(r"[A-Z]h?[604]")
# "1a" and "1d" are far oftener "là" and "lộ" than a sub-item's number.
_WORD_AFTER_ONE: Final = ("1a", "1d")


def sort_of(core: str) -> Sort:
    """What ``core``, a printed word without surrounding punctuation, is."""
    if core[0].isdigit() or core[0] in "<>≥≤=~±":
        if _FIGURE.fullmatch(core) and core not in _WORD_AFTER_ONE:
            return Sort.FIGURE
        if _CODE.fullmatch(core):
            return Sort.CODE
    if core[0] in "IVX" and _ROMAN.fullmatch(core):
        return Sort.ROMAN
    if _SPELLED.fullmatch(core) and not _WORD_WITH_DIGIT.fullmatch(core):
        return Sort.SPELLED
    if _CODE_LETTERS.fullmatch(core) and sum(c.isupper() for c in core) * 2 > len(core):
        return Sort.CODE
    return Sort.WORD
