"""Words and meaning in one ranking: a weighted sum of standardised scores.

Fusion by rank was measured to throw away most of what the words know (recall@5 from 80 to 51 %), because the embedding
is so much weaker on damaged text; standardised scores keep a clear lexical winner in front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.lexical import Scores

Position = tuple[str, int]


def best(scores: Mapping[str, Scores], count: int) -> set[Position]:
    """The positions (plan, chunk) with the ``count`` highest scores above zero."""
    everything = [(value, key, place) for key, row in scores.items() for place, value in _top(row, count)]
    everything.sort(key=lambda row: (-row[0], row[1], row[2]))
    return {(key, place) for _, key, place in everything[:count]}


def fused(
    places: Sequence[Position], lexical: Mapping[str, Scores], near: Mapping[Position, float], weight: float
) -> NDArray[np.float64]:
    """One score a place; a place whose nearness is not known counts as the farthest of those that are."""
    total = _standard(np.array([lexical[key][place] for key, place in places], dtype=np.float64))
    if near:
        floor = min(near.values())
        total = total + weight * _standard(np.array([near.get(place, floor) for place in places]))
    return total


def _top(scores: Scores, count: int) -> list[tuple[int, float]]:
    places = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return [(int(p), float(scores[p])) for p in places if scores[p] > 0]


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)
