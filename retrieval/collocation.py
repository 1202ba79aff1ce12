"""Which neighbouring words of a question are one term ("chữ ký", "thanh toán"), by how official Vietnamese uses them.

Written without marks many syllables coincide: a plan that speaks of "kỹ năng" and of "chủ trì" holds both words of
"chữ ký" without saying anything about signatures. Such words count only side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from knowledge.repair.syllables import language

# How many times as likely the second is behind the first as anywhere. Terms lie above ("người dân" 129, "chữ ký"
# 2,000), loose neighbours ("số cơ", "hóa hồ") below 60.
_DRAWN: Final = 100.0
# Fewer meetings in the 11 million syllables that were counted are no use of the language.
_MEETINGS: Final = 20.0


def terms_of(runs: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """The pairs of neighbours within ``runs`` (search syllables) that are one term."""
    return frozenset(pair for run in runs for pair in pairwise(run) if _bound(*pair))


@lru_cache(maxsize=1 << 14)
def _bound(one: str, other: str) -> bool:
    known = language()
    firsts, seconds = known.spellings(one), known.spellings(other)
    apart = sum(known.counts[a] for a in firsts) * sum(known.singles[b] for b in seconds)
    met = sum(known.counts[a] * (known.probability(a, b) - known.singles[b]) for a in firsts for b in seconds)
    return met >= _MEETINGS and met >= _DRAWN * apart
