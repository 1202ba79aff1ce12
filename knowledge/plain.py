"""The plain form of printed words: lower case, no marks, and the commonest misreadings of a wrong-model scan undone.

Patterns ("phu luc", "truoc ngay") are written against this form, so that one pattern serves clean text, text without
marks and damaged text alike. Numbers, dates and document codes pass unchanged: only a digit inside a word becomes a
letter ("s6" is "so", "x4" is "xa", "5G" and "100%" stay). Purely mechanical: nothing is looked up and nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What Tesseract's English model prints for Vietnamese letters that it does not know.
_LETTERS = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "€": "e",
        "¢": "e",
        "$": "s",
        "§": "s",
        "ø": "o",
        "æ": "e",
        "ﬁ": "fi",
        "ﬀ": "f",
        "ﬂ": "fl",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
    }
)
_DIGITS = str.maketrans({"6": "o", "0": "o", "1": "l", "4": "a", "3": "a", "5": "s", "8": "e", "9": "g", "&": "e"})
# A token whose digits are digits: figures, percentages, dates, document codes, generations (5G) and versions (IPv6).
_FIGURE = re.compile(
    r"\d+g|ipv\d|[\d.,/:;()%<>=+\-~°*\"'\]\[|]+|.*\d/\S*[a-z]{2}.*|\d+-[a-z].*|tier\d*|[ivxlh1']{1,4}/20\d\d\W*|\d+(?:h|mbit|gb)\S*"
)


@lru_cache(maxsize=65536)
def _plain_token(token: str) -> str:
    bare = unicodedata.normalize("NFD", token.translate(_LETTERS))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).lower()
    if not bare.isalpha() and any(letter.isalpha() for letter in bare) and not _FIGURE.fullmatch(bare):
        bare = bare.translate(_DIGITS)
    return bare.replace("w", "u")


def plain(text: str) -> str:
    """The plain form of ``text``, words separated by single spaces; punctuation stays."""
    if text.isalnum():  # one word, as most often: nothing to take apart
        return _plain_token(text)
    return " ".join(_plain_token(token) for token in text.split())


def plain_words(text: str) -> list[str]:
    """The words of the plain form, punctuation dropped ("Phòng Văn hoá- Xã hội" has five)."""
    return re.findall(r"[a-z0-9]+", plain(text))
