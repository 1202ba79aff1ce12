"""Crumbs that a scan leaves in a line of a table: marks of the line below read as letters ("A", "£", "ox", "0 A <")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.manuscript import Word
from knowledge.plain import plain

DEPARTMENT = re.compile(r"^[S5$][¢&€609éèe]$")  # "Sở" at the head of a unit's cell
_WORDLIKE = re.compile(r"^[(“\"'‘]*(?:[^\W\d_]{2,}(?:[-/][^\W\d_]+)*|\d[\d.,]*%?|[45]G|\d\dh?)[)”\"'’,.;:!?]*$")
_SYLLABLE = re.compile(r"^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?$")
_MANGLED = re.compile(r"[a-zà-ỹ][A-Z]{2}|[A-Z][a-zà-ỹ][A-Z]")
_SPELLED_SO = re.compile(r"VNeID|IoT|\bAI\b|[a-z]SQG|CNSCĐ|iOS|DVCTT|eKYC")
_FIGURE = re.compile(r"^[<>≥≤]=?$|^[<>≥≤]?=?\d{2,}%?$")  # never a crumb: it may be the target
_TARGET = re.compile(r"[<>≥≤]\s?\d{2}")
_MISREAD = re.compile(r"^[Ss]6$|^[a-zđ]+6[a-zđ]+$")  # the vowel ô or ó printed as a 6: "S6", "d6c"
_NUMBERED = frozenset(["ky", "te", "doi", "hoi", "quyen", "lieu", "dan", "tang", "nang"])  # what "số" stands behind
_LONE = 3  # so many single signs and letters in a row end no line of a name ("tài khoản định 0 A <")
_GRADE = re.compile(r"(?:mức|cấp|độ|số|thứ|loại|lần|quý)$")


def is_word(word: Word) -> bool:
    """Whether ``word`` is a word or a figure, not a crumb."""
    return _is_word(word.raw, word.text)


@lru_cache(maxsize=65536)  # asked for every word of a table by several readers
def _is_word(raw: str, text: str) -> bool:
    if _SPELLED_SO.search(text) or _FIGURE.match(raw):
        return True
    if _MISREAD.match(raw) and _SYLLABLE.match(plain(raw)):
        return True
    if not _WORDLIKE.match(raw):
        letters = sum(letter.isalpha() for letter in raw)
        return letters >= 4 and letters >= 0.7 * len(raw) and not _MANGLED.search(raw)
    bare = re.sub(r"[^a-z0-9]", "", plain(raw))
    if len(bare) <= 2:
        return (bool(_SYLLABLE.match(bare)) and not raw.isupper()) or bare in ("ai", "5g", "4g") or bare.isdigit()
    return not _MANGLED.search(raw)


def may_be_word(word: Word) -> bool:
    """Whether ``word`` is a word, or a syllable once its misread letters are set right ("1y" is "lý")."""
    if len(word.raw) < 2:
        return False
    return (
        is_word(word)
        or DEPARTMENT.match(word.raw) is not None
        or (_SYLLABLE.match(word.plain) is not None and word.raw.lower() == word.raw)
    )


def without_junk(words: Sequence[Word]) -> list[Word]:
    """``words`` without the crumbs at both ends; nothing where most of them are crumbs. Crumbs between words stay."""
    kept = list(words)
    lone = next((at for at, word in enumerate(reversed(kept)) if len(word.raw) > 1), 0)
    if lone >= _LONE:
        kept = kept[:-lone]
    good = [is_word(word) for word in kept]
    solid = any(fine and len(word.raw) >= 4 for word, fine in zip(kept, good, strict=True))
    solid = solid or _TARGET.search(" ".join(word.raw for word in kept)) is not None
    long = any(fine and len(word.raw) > 1 for word, fine in zip(kept, good, strict=True))
    if not any(good) or (len(kept) > 1 and not long) or (sum(good) * 2 <= len(good) and not solid):
        return []
    while (
        kept and not is_word(kept[-1]) and not _halved(kept) and _loose(kept[-1], kept[-2] if len(kept) > 1 else None)
    ):
        kept.pop()
    while len(kept) > 2 and re.fullmatch(r"\d", kept[-1].raw) and not _GRADE.search(kept[-2].text):
        kept.pop()
    while kept and not is_word(kept[0]) and _loose(kept[0], kept[1] if len(kept) > 1 else None):
        kept.pop(0)
    return kept


def _halved(words: Sequence[Word]) -> bool:
    """Whether the last of ``words`` is the "s" that a scan leaves of "số" ("chữ ký s", "kinh tế s")."""
    return words[-1].raw == "s" and len(words) > 1 and words[-2].plain in _NUMBERED


def _loose(crumb: Word, neighbour: Word | None) -> bool:
    """Whether ``crumb`` may go: a lone sign or letter, a mangled word, or one of several crumbs in a row."""
    if not re.search(r"[^\W_]", crumb.raw) or len(crumb.raw) == 1 or _MANGLED.search(crumb.raw):
        return True
    return neighbour is not None and not is_word(neighbour)
