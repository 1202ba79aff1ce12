"""Folded forms: what is left of a Vietnamese text for comparing and searching.

``strip_marks`` forgets case, đ and diacritics. ``fold`` also forgets what a scan read with an English model does to
words, so that "chuyén d6i s6" and "Chuyển đổi số" meet. Both keep numbers and document codes as they stand: a figure is
never folded into a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_VIETNAMESE: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_MARKS: Final = str.maketrans(
    {c: "d" if c == "đ" else unicodedata.normalize("NFD", c)[0] for c in _VIETNAMESE}
    | {c.upper(): "d" if c == "đ" else unicodedata.normalize("NFD", c)[0] for c in _VIETNAMESE}
)

# Order matters: longer readings first. Each is a way the English model prints a Vietnamese letter it does not know.
_SCANNED: Final = (
    (re.compile(r"(?<=[a-z])0|0(?=[a-z])"), "o"),
    (re.compile(r"6"), "o"),
    (re.compile(r"1"), "l"),
    (re.compile(r"[34]"), "a"),
    (re.compile(r"5"), "s"),
    (re.compile(r"8"), "e"),
    (re.compile(r"9"), "g"),
    (re.compile(r"&|€|¢|©"), "e"),
    (re.compile(r"@"), "o"),
    (re.compile(r"¥"), "y"),
    (re.compile(r"w"), "u"),
    (re.compile(r"ii"), "u"),
)

_WORD: Final = re.compile(r"[^\s]+")
_EDGES: Final = "\"'“”‘’()[]{}<>«»,;:.!?…*|_~^=+-–—/\\"
_PLAIN: Final = re.compile(r"[a-z]+")
_FIGURE: Final = re.compile(r"\d+([.,:/-]\d+)*%?")
# "20/kh-ubnd", "57-nq/tw", "278/2025/nd-cp": a number, then letters behind a slash or a hyphen.
_CODE: Final = re.compile(r"\d+[\w.]*([/-][\w&]+)+")
# Names that are spelled with a digit: 5g, 4g, ipv6, b1, q3.
_SPELLED: Final = re.compile(r"\d+[a-z]|[a-z]{1,4}v?\d{1,2}")
# What looks so but is a syllable whose vowel was read as a digit: s6 (số), x4 (xã), 1e (lệ), 6n (ổn).
_SYLLABLE: Final = re.compile(r"[a-pr-z]h?[0346]|1[aeioy]|6n")
_LONGEST: Final = 80  # longer runs without a space are no words, and patterns would take their time over them


def strip_marks(text: str) -> str:
    """``text`` in NFC, lower case, without diacritics, đ as d. "Chuyển đổi SỐ" becomes "chuyen doi so"."""
    stripped = unicodedata.normalize("NFC", text).translate(_MARKS).lower()
    if stripped.isascii():
        return stripped
    decomposed = unicodedata.normalize("NFD", stripped)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    if _PLAIN.fullmatch(word) and "w" not in word and "ii" not in word:
        return word
    core = word.strip(_EDGES)
    if not any(c.isalpha() for c in core) or _FIGURE.fullmatch(core) or _CODE.fullmatch(core):
        return word
    if _SPELLED.fullmatch(core) and not _SYLLABLE.fullmatch(core):
        return word
    at = word.index(core)
    folded = core
    for pattern, letter in _SCANNED:
        folded = pattern.sub(letter, folded)
    return word[:at] + folded + word[at + len(core) :]


def fold(text: str) -> str:
    """The search form of ``text``: ``strip_marks``, and the letters that scans confuse made one inside words.

    "d6i s6" and "đổi số" both give "doi so"; "5G", "60%", "31/12/2025" and "20/KH-UBND" only lose their case and marks.
    The fold is for comparing, not for showing: foreign words are folded too ("web" gives "ueb").
    """
    return _WORD.sub(_fold_match, strip_marks(text))


def _fold_match(match: re.Match[str]) -> str:
    word = match.group()
    return word if len(word) > _LONGEST else _fold_word(word)
