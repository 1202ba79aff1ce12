"""Whether a text is a ruined scan, or merely typed without diacritics, or neither."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from typing import Final

from knowledge.repair.fold import strip_marks

# Letters that Vietnamese text cannot do without and that a scan with an English model never prints.
_TELLING: Final = frozenset("đạặậẹệịọộợụựỵảẳẩẻểỉỏổởủửỷơưĐ")
# Shares of letters: clean pages have 0.13 and more, ruined scans 0.000; a page with a few words of another reader
# is still a ruined scan.
_CLEAN_SHARE: Final = 0.02
# é, ô and â survive an English model: 0.03 to 0.06 of a ruined scan's letters are marked, of bare typing none.
_SCANNED_SHARE: Final = 0.004
# Fewer letters than this prove nothing.
_ENOUGH: Final = 40
# Letters that are looked at: shares over so many are the whole's to a tenth, in a hundredth of a second.
_SAMPLE: Final = 16_000
_PIECES: Final = 32
# Syllables that make up a fifth and more of any official Vietnamese text, as they look without marks; ruined scans
# keep two thirds of them.
_COMMON_WORDS: Final = """
    va cua cac co trong cho theo duoc khong ve nam thuc hien tinh xa cong so quy dinh den tai tu voi ban nhan
thong tin dich vu phuong huyen thanh pho ke hoach don vi quan ly phat trien bao cao to chuc nguoi dan
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_COMMON_SHARE: Final = 0.08


class Damage(Enum):
    """What is wrong with a text's letters."""

    NONE = auto()
    BARE = auto()  # Vietnamese typed without diacritics; ``restore_diacritics`` is for it
    SCAN = auto()  # Vietnamese read with a model for another language; ``repair_text`` is for it


def _sample(text: str) -> str:
    """``text``, of a long one pieces from all over it: a clean cover sheet says nothing of the pages behind it."""
    if len(text) <= _SAMPLE:
        return text
    step, size = len(text) // _PIECES, _SAMPLE // _PIECES
    return " ".join(text[at : at + size] for at in range(0, step * _PIECES, step))


def damage_of(text: str) -> Damage:
    """The damage of ``text``; NONE also for texts too short to tell and for other languages."""
    text = unicodedata.normalize("NFC", _sample(text))
    letters = [c for c in text.lower() if c.isalpha()]
    if len(letters) < _ENOUGH:
        return Damage.NONE
    telling = sum(c in _TELLING for c in letters)
    if telling >= _CLEAN_SHARE * len(letters):
        return Damage.NONE
    tokens = text.split()
    bare = [strip_marks(token).strip(".,;:()-") for token in tokens]
    if sum(token in _COMMON for token in bare) < _COMMON_SHARE * len(tokens):
        return Damage.NONE
    marked = sum(not c.isascii() for c in letters)
    return Damage.SCAN if marked >= _SCANNED_SHARE * len(letters) else Damage.BARE


def has_dotted_letters(text: str) -> bool:
    """Whether ``text`` holds the letters that every sound page of Vietnamese has (đ, ạ, ợ ...); False where it is too
    short to tell.
    """
    letters = [c for c in unicodedata.normalize("NFC", text).lower() if c.isalpha()]
    return len(letters) >= _ENOUGH and sum(c in _TELLING for c in letters) >= _CLEAN_SHARE * len(letters)


def is_damaged(text: str) -> bool:
    """True for Vietnamese text that a scan ruined: (nearly) no đ and no dotted letters, but é in every fifth word.

    Text that a person typed without diacritics is bare, not damaged: False (see ``damage_of``).
    """
    return damage_of(text) is Damage.SCAN
