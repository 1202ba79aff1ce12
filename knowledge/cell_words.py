"""What a word costs in a cell: behind the word before it, as the language goes on, and among the words of units.

Costs are in nats, so that they stand beside those of the language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.manuscript import Word
from knowledge.repair import old_tone
from knowledge.repair.syllables import language
from knowledge.scan_junk import is_word
from knowledge.unit_cells import readings_of
from knowledge.units import UnitLexicon, alike

STRANGER = 8.0  # a word that the language has not counted behind the word before it
OPENING = 5.0  # the first word of a cell: any word may open it
CRUMB = 4.0  # a crumb that stands for a lost unit's word
UNIT_LEAST = 3.5  # a word in a cell of units, at its best
_FIGURED = 14.0  # a figure in a cell of units
_SHORT = 3  # letters; so short a word is like many
_FIGURE = re.compile(r"^[<>≥≤]?\d[\d.,]*%?;?$")
_DEPARTMENT = re.compile(r"^[S5$][^\W\d_A-Z]?[&6¢éèêơởỏo0]$|^S[&éèêơởỏo0]?[&éèêơởỏo0]$")


def unit_cost(word: Word, readings: Sequence[tuple[str, str]], lexicon: UnitLexicon) -> float:
    """What a word costs in a cell of units, whatever the unit."""
    if _of_units(lexicon, readings):
        return UNIT_LEAST
    if _FIGURE.match(word.raw):
        return _FIGURED
    return STRANGER if is_word(word) else CRUMB


def _of_units(lexicon: UnitLexicon, readings: Sequence[tuple[str, str]]) -> bool:
    """Whether a word stands in the name of any unit."""
    for bare in dict.fromkeys(reading for pair in readings for reading in pair):
        known = _by_letter(lexicon).get(bare[:1], ())
        if bare in known or (len(bare) > _SHORT and any(alike(bare, word) for word in known)):
            return True
    return False


@lru_cache(maxsize=4)
def _by_letter(lexicon: UnitLexicon) -> dict[str, tuple[str, ...]]:
    """All words of units' names, by their first letter."""
    found: dict[str, set[str]] = {}
    for unit in lexicon.known:
        for word in unit.words:
            found.setdefault(word[0], set()).add(word)
    return {letter: tuple(words) for letter, words in found.items()}


def unit_readings(word: Word) -> list[tuple[str, str]]:
    """The word as the reader of units takes it; a short word that begins with S is a department's "Sở"."""
    return [("so", "so")] if _DEPARTMENT.match(word.raw) else readings_of([word])


def syllable_of(word: Word) -> int | None:
    """The number of the syllable in the language; None for a word that it does not know."""
    known = language()
    text = word.text.strip("“”\"'‘’().,;:!?|").lower()
    if any(letter.isdigit() for letter in text):
        return known.figure
    return known.number.get(old_tone(text))


@lru_cache(maxsize=65536)
def step_cost(last: int | None, number: int | None) -> float:
    """The cost of a syllable behind another one of its cell; behind a figure a sentence begins anew."""
    known = language()
    if number is None or last is None:
        return OPENING
    last = known.cut if last == known.figure else last
    return min(STRANGER, -math.log(known.probability(last, number)))
