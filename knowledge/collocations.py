"""Which neighbouring words of a line belong together: no cell of a table ends between them."""

from __future__ import annotations

from functools import lru_cache

from knowledge.repair.syllables import language

# How many times as often as by chance the second word follows the first: "cơ | bản" 8, "nghiệp | vụ" 15, "dịch | vụ"
# 170; where a cell ends, mostly 0 ("báo cáo | tỉnh"), at most 3 ("của | tỉnh").
BOUND = 5.0


@lru_cache(maxsize=16384)
def bound(word: str, following: str) -> bool:
    """Whether ``following`` goes on the expression that ``word`` begins; both as understood."""
    known = language()
    first, second = known.number.get(word.lower()), known.number.get(following.lower().rstrip(".,;:"))
    if first is None or second is None:
        return False
    place = known.place_of_pair(first, second)
    return place >= 0 and known.pairs[place] > BOUND * PAIR_TO_SINGLE * known.singles[second]


PAIR_TO_SINGLE = 9.0  # the weights that the two probabilities carry: 0.36 and 0.04
