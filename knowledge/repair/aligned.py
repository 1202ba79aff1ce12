"""Pairs of a printed word and the true word, from a scanned page and its truth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz.distance import Levenshtein

from knowledge.repair.fold import fold
from knowledge.repair.tone import old_tone

# Two words further apart than this, of the length of the longer, are not taken for the same word.
_ALIKE: Final = 0.35

# What stands around a word and never belongs to it. A scan prints hooks as quotes and question marks: those stay.
_EDGES: Final = re.compile(r"^[\s\"“”‘’'(\[{<«*+\-–—•.,:;|/_~=]+|[\s\"“”)\]}>»,;:.!…|/_~=\-–—]+$")


def words(text: str) -> list[str]:
    """The words of ``text`` (NFC, older tone placement) without surrounding punctuation, empty ones left out."""
    split = unicodedata.normalize("NFC", text).split()
    return [word for raw in split if (word := old_tone(_EDGES.sub("", raw)))]


def aligned(printed: Sequence[str], true: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Word pairs in order; words whose partner is missing or unlike are left out."""
    printed_folds, true_folds = [fold(w) for w in printed], [fold(w) for w in true]
    matcher = SequenceMatcher(None, printed_folds, true_folds, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield from zip(printed[a:b], true[c:d], strict=True)
        elif what == "replace":
            for i, j in _block(printed_folds[a:b], true_folds[c:d]):
                yield printed[a + i], true[c + j]


def _block(printed: Sequence[str], true: Sequence[str]) -> list[tuple[int, int]]:
    """The pairing of two short runs with the smallest sum of distances (0 alike, 1 not at all; a gap costs 0.7)."""
    if len(printed) * len(true) > 40_000:
        return []
    gap = 0.7
    rows: list[list[tuple[float, str]]] = [[(gap * j, "t") for j in range(len(true) + 1)]]
    for i, p in enumerate(printed, 1):
        row = [(gap * i, "p")]
        for j, t in enumerate(true, 1):
            apart = Levenshtein.normalized_distance(p, t)
            row.append(
                min(
                    (rows[i - 1][j - 1][0] + apart, "both"),
                    (rows[i - 1][j][0] + gap, "p"),
                    (row[-1][0] + gap, "t"),
                )
            )
        rows.append(row)
    pairs = []
    i, j = len(printed), len(true)
    while i and j:
        step = rows[i][j][1]
        if step == "both":
            if Levenshtein.normalized_similarity(printed[i - 1], true[j - 1]) >= _ALIKE:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif step == "p":
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
