"""Is a text the ruin that an OCR program without Vietnamese letters leaves behind?"""

from __future__ import annotations

import re

# Letters that an English or French model cannot print. In clean Vietnamese every fourth word has one.
_ONLY_VIETNAMESE = re.compile("[đạặậẹệịọộợụựỵảẳẩẻểỉỏổởủửỷ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
MIN_WORDS = 40  # below, a heading in capitals or a name list proves nothing
MIN_SHARE = 0.04


def is_damaged(text: str) -> bool:
    """True when the text has words enough and next to none of the letters that only Vietnamese has."""
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return False
    return sum(1 for word in words if _ONLY_VIETNAMESE.search(word)) < MIN_SHARE * len(words)
