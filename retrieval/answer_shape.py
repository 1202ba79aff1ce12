"""What an answer must look like, as far as a question shows it: a number, a time, a document's number.

A weak sign and used as one: a passage of the right shape gets a little in front of equals, and none is left out. Works
on search syllables, so that it is the same with and without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

Shape = Callable[[Sequence[str]], bool]

_DOCUMENT: Final = re.compile(
    r" (?:quyet dinh|nghi quyet|nghi dinh|thong tu|cong van|van ban|ke hoach|chi thi) (?:nao|gi|so may|so bao nhieu) "
)
_TIME: Final = re.compile(
    r" (?:khi nao|bao gio|bao lau|luc nao|ngay nao|thang nao|quy nao|nam nao|thoi gian nao|thoi han|han nop|ngay may) "
)
# "may" alone is also "máy" (machine), so that it counts only behind words that a number follows.
_AMOUNT: Final = re.compile(r" (?:bao nhieu|phan tram|ty le|so luong|(?:may|dat|co|la|can|thu|hang|duoc) may) ")
_UNITS_OF_TIME: Final = frozenset(("ngay", "thang", "quy", "nam", "tuan"))


def expected_shape(question: Sequence[str]) -> Shape | None:
    """Whether a passage, as syllables, holds what ``question`` asks for; None where the question does not show it.

    What the question itself says ("năm 2026") is no answer to it.
    """
    asked = f" {' '.join(question)} "
    given = frozenset(question)
    if _DOCUMENT.search(asked):
        return lambda passage: any(_is_code(word) for word in passage if word not in given)
    if _TIME.search(asked):
        return lambda passage: any(
            other[0].isdigit() and other not in given and (one in _UNITS_OF_TIME or one[0].isdigit())
            for one, other in pairwise(passage)
        )
    if _AMOUNT.search(asked):
        return lambda passage: any(word[0].isdigit() for word in passage if word not in given)
    return None


def _is_code(word: str) -> bool:
    return word[0].isdigit() and ("/" in word or "-" in word)
