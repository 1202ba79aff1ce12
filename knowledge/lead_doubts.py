"""Why the lead of a row may not be what its cell says: other words ran into it, or some of its own were lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.checks import LEAD
from knowledge.plain import plain_words
from knowledge.units import UnitLexicon

_TIME = re.compile(r"\b20\d\d\b|\d/\d")  # no unit's name holds one
_TELLING = 4  # words; "Văn phòng" and "Công an xã" are also said for longer names


def lead_doubts(lead: Sequence[str], lexicon: UnitLexicon) -> list[str]:
    """The reasons to ask about the units of ``lead``; none where they read as units."""
    return [
        f"{LEAD} in không rõ (“{name}”); đề nghị xem bản gốc."
        for name in lead
        if _TIME.search(name) or _is_cut(name, lexicon)
    ]


def _is_cut(name: str, lexicon: UnitLexicon) -> bool:
    """Whether ``name`` is the beginning of a known unit and none itself ("Phòng Văn hóa - Xã")."""
    words = tuple(plain_words(name))
    if len(words) < _TELLING or any(unit.words == words for unit in lexicon.known):
        return False
    return any(unit.words[: len(words)] == words for unit in lexicon.known)
