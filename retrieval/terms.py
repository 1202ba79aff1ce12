"""From text to the terms that search compares: folded syllables, numbers and document codes, and pairs of neighbours.

Typing with or without diacritics, a ruined scan and an abbreviation all end at the same terms. Numbers and codes are
kept as they are, only written one way ("07" as "7", "1.707" as "1707"), because a figure must never meet another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.repair.fold import fold
from retrieval.vocabulary import ABBREVIATIONS, SAME, TYPED

Terms = NDArray[np.uint64]

# A chunk is one bullet or row; a longer one is cut here so that no text can make the index grow without bound.
MAX_SYLLABLES: Final = 4_000

# "27 /KH-UBND", "05- KH/TU": the scan's blank inside a document's number.
_SPLIT_CODE: Final = re.compile(r"(?<=\d)\s+/\s*(?=[A-ZĐ]{2})|(?<=\d)\s*/\s+(?=[A-ZĐ]{2})")
_SPLIT_DASH: Final = re.compile(r"(?<=\d)(?:\s+-\s*|-\s+)(?=[A-ZĐ]{2,}\s?/\s?[A-ZĐ])")
# "II/2026": a numeral and a year, no document's number.
_QUARTER_SLASH: Final = re.compile(r"(?<=[IVXlivx1])\s*/\s*(?=20\d\d\b)")
# AI, which an English OCR model prints Al, against the question word "ai" (who).
_AI: Final = re.compile(r"\bA[Il]\b")
_ARTIFICIAL: Final = "trí tuệ nhân tạo"
_TOKEN: Final = re.compile(r"\d[\w.]*(?:[/-][\w&]+)+|\d+(?:[.,]\d+)+|[^\W_]+")
_CODE: Final = re.compile(r"\d+[a-z.]*(?=[/-])")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LETTERS: Final = re.compile(r"[^\W\d_]")
# A quarter is one of four: read from digits, from Roman numerals, and from Roman numerals that a scan printed badly.
_QUARTERS: Final = {"i": "1", "l": "1", "ll": "2", "11": "2", "lll": "3", "111": "3", "ii": "2", "u": "2", "iii": "3",
                    "ui": "3", "iu": "3", "iv": "4", "1v": "4", "lv": "4"}  # fmt: skip
_QUARTER: Final = re.compile(r"\b(quy)\s+(1{1,3}|i{1,3}|l{1,3}|iv|1v|lv|ui|iu|u)(?=\W|$)(?:\s*/\s*(?=\d{4}))?")
_QUARTER_YEAR: Final = re.compile(r"\b(quy)\s+(\d)\s*/\s*(?=\d{4})")

# "Kĩ thuật" and "kỹ thuật" are one word.
_ONE_I: Final = {"ki": "ky", "li": "ly", "mi": "my", "ti": "ty", "qui": "quy"}

_PAIR_A: Final = np.uint64(0x9E3779B97F4A7C15)
_PAIR_B: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_PAIR_SHIFT: Final = np.uint64(29)


def _same_rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((left, re.compile(rf"\b{left}\b"), right) for left, right in SAME if left != right)


_SAME: Final = _same_rules()


def syllables(text: str, *, question: bool = False) -> list[str]:
    """The search syllables of ``text`` in order, abbreviations written out.

    ``question`` also reads what only askers type ("bn", "sđt"). At most ``MAX_SYLLABLES`` come back.
    """
    text = _QUARTER_SLASH.sub(" ", _SPLIT_DASH.sub("-", _SPLIT_CODE.sub("/", text)))
    folded = fold(_AI.sub(_ARTIFICIAL, text))
    if "quy" in folded:
        folded = _QUARTER.sub(lambda m: f"{m[1]} {_QUARTERS.get(m[2], m[2])} ", folded)
        folded = _QUARTER_YEAR.sub(r"\1 \2 ", folded)
    found: list[str] = []
    for token in _TOKEN.findall(folded):
        found.extend(_written_out(token, question))
        if len(found) >= MAX_SYLLABLES:
            break
    joined = " ".join(found[:MAX_SYLLABLES])
    for left, pattern, right in _SAME:
        if left in joined:  # a tenth of the pattern's time, and hardly any text has any of them
            joined = pattern.sub(right, joined)
    return joined.split()


@lru_cache(maxsize=1 << 16)
def _written_out(token: str, question: bool) -> tuple[str, ...]:
    if token[0].isdigit():
        return _figure(token)
    if question and token in TYPED:
        return tuple(TYPED[token].split())
    if token in ABBREVIATIONS:
        return tuple(ABBREVIATIONS[token].split())
    return (_ONE_I.get(token, token),)


def _figure(token: str) -> tuple[str, ...]:
    """One spelling for a number; a code ("20/kh-ubnd") gives itself and its number."""
    if "/" in token or "-" in token:
        if not _LETTERS.search(token):  # a date or a range: its parts are what is asked for
            return tuple(part.lstrip("0") or "0" for part in re.split(r"[/-]", token) if part)
        head = _CODE.match(token)
        return (token, head.group().lstrip("0")) if head else (token,)
    if _THOUSANDS.fullmatch(token):
        return (token.replace(".", ""),)
    return (token.lstrip("0") or "0",) if token.isdigit() else (token,)


@lru_cache(maxsize=1 << 17)
def _number(syllable: str) -> int:
    # Two checksums of different starts: 64 bits, stable across processes and Python versions, unlike hash().
    data = syllable.encode("utf-8", "replace")
    return crc32(data) << 32 | crc32(data, 0x5EED)


def singles(words: Iterable[str]) -> Terms:
    """The term numbers of single syllables, in order."""
    return np.array([_number(word) for word in words], dtype=np.uint64)


def pairs(numbers: Terms) -> Terms:
    """The term numbers of neighbours; one fewer than ``numbers``."""
    if len(numbers) < 2:
        return np.empty(0, dtype=np.uint64)
    mixed: Terms = (numbers[:-1] * _PAIR_A + (numbers[1:] ^ (numbers[1:] >> _PAIR_SHIFT)) * _PAIR_B).astype(np.uint64)
    return mixed


def terms(words: Sequence[str]) -> Terms:
    """Singles, then pairs, of a run of syllables."""
    alone = singles(words)
    return np.concatenate([alone, pairs(alone)])
