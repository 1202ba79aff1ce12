"""The terms that a question is searched by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import Terms, singles, syllables, terms

# A question longer than this holds a pasted text; its beginning says what is asked, and time stays bounded.
MAX_QUESTION: Final = 1_000


@dataclass(frozen=True, slots=True)
class Query:
    """A question as ``words`` in order, and as ``terms`` (ascending, none twice) that count by ``weights``."""

    words: list[str]
    terms: Terms
    weights: NDArray[np.float32]

    def by_word(self, values: NDArray[np.float32]) -> dict[str, float]:
        """``values``, given in the order of ``terms``, by the words of the question."""
        words = list(dict.fromkeys(self.words))
        places = np.searchsorted(self.terms, singles(words))
        return dict(zip(words, values[places].tolist(), strict=True))


def read_query(question: str) -> Query:
    """The terms of a question, in both readings where some of it may be shorthand.

    "chanh" may be typed for "chính" or mean what it says ("chánh án"): both are searched, and the reading that the
    texts do not use finds nothing.
    """
    question = question[:MAX_QUESTION]
    words, literal = syllables(question, question=True), syllables(question)
    found, counts = np.unique(terms(words), return_counts=True)
    if literal != words:
        also, times = np.unique(terms(literal), return_counts=True)
        new = ~np.isin(also, found)
        found, counts = np.concatenate([found, also[new]]), np.concatenate([counts, times[new]])
        order = np.argsort(found)
        found, counts = found[order], counts[order]
    return Query(words, found, counts.astype(np.float32))
