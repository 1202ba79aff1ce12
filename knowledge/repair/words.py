"""What repair hands back: the text as understood, and every word that was looked at, with its confidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RepairedWord:
    """One printed word (no white space inside) and what it was understood as.

    ``confidence`` runs from 0 to 1: about the probability that ``understood`` is right. A figure or a code that stays
    as printed has 1.0. Names of people and places that the counts do not know stay below ``DOUBTFUL``.
    """

    original: str
    understood: str
    confidence: float

    @property
    def changed(self) -> bool:
        return self.original != self.understood


# A word below this is shown to a person before anything is built on it.
DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A repaired text. ``text`` has the white space of the original, its words replaced one for one by ``words``."""

    text: str
    words: tuple[RepairedWord, ...]

    @property
    def confidence(self) -> float:
        """The lowest confidence of a word; 1.0 for a text without words."""
        return min((word.confidence for word in self.words), default=1.0)
