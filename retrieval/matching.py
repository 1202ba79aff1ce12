"""How much of what is asked stands in a place: the shared words, weighed by how rare they are in the plan."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from knowledge.repair.syllables import language
from retrieval.bearers import bearers
from retrieval.collocation import terms_of
from retrieval.plan_words import Headings, PlanWords
from retrieval.vocabulary import ALIKE

# A word of the heading supports its bullets, a word that differs by one letter may be a typing or scanning fault.
_ABOVE: Final = 0.7
_NEARLY: Final = 0.8
_NEARLY_LENGTH: Final = 4  # shorter syllables have too many neighbours one letter away


class Bag:
    """The syllables of one text, for membership."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = frozenset(words)
        self.joined = f" {' '.join(words)} "

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The neighbours."""
        return frozenset(pairwise(self.joined.split()))

    @cached_property
    def junk(self) -> float:
        """The share of tokens that are no Vietnamese syllable, no number and no longer word: what a bad scan leaves."""
        known = language()
        bad = sum(len(word) < _WORD and not word.isdigit() and not known.spellings(word) for word in self.words)
        return bad / max(1, len(self.words))

    @cached_property
    def whole(self) -> bool:
        """Whether every word is a Vietnamese syllable or a number: nothing was lost in a scan."""
        known = language()
        return all(word.isdigit() or known.spellings(word) for word in self.words)

    @cached_property
    def bearers(self) -> frozenset[str]:
        """The kinds of bearers that the text names."""
        return bearers(self.joined)

    def __contains__(self, run: str) -> bool:
        return f" {run} " in self.joined


class Rarity:
    """How much a syllable tells: log((places + 1) / (places with it + 0.5))."""

    def __init__(self, words: PlanWords) -> None:
        self._words = words
        self._together: dict[tuple[str, str], int] = {}

    @classmethod
    def among(cls, bags: Iterable[Bag]) -> Rarity:
        """The rarity among a few texts."""
        return cls(PlanWords(bag.joined.split() for bag in bags))

    def __call__(self, word: str) -> float:
        return math.log((len(self._words) + 1.0) / (len(self._words.holders(word)) + 0.5))

    def of_pair(self, pair: tuple[str, str]) -> float:
        """The same of two neighbours; next to nothing where the plan never puts them side by side."""
        times = self._together.get(pair)
        if times is None:
            times = self._together[pair] = len(self._words.holds(pair))
        return math.log((len(self._words) + 1.0) / (times + 0.5)) if times else _ACCIDENTAL

    def knows(self, word: str) -> bool:
        """Whether the plan uses the word at all."""
        return self._words.knows(word)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """All syllables of the plan."""
        return self._words.vocabulary


@dataclass(frozen=True, slots=True)
class Coverage:
    """``share`` (0 to 1) of what was wanted, by weight; ``missing`` the words that are nowhere, the rarest first."""

    share: float
    missing: tuple[str, ...]


class Wanted:
    """The words looked for in one plan. Words are weighed once and compared with many places."""

    def __init__(self, runs: Sequence[Sequence[str]], rarity: Rarity) -> None:
        self.words: dict[str, float] = {}
        self.pairs: dict[tuple[str, str], float] = {}
        for run in runs:
            corrected = [_known(word, rarity) for word in run]
            for word in corrected:
                self.words[word] = max(0.2, rarity(word))
            for a, b in pairwise(corrected):
                # "quý 2", "đề án 6": the number belongs to its word, and another number is another thing.
                numbered = a.isdigit() or b.isdigit()
                self.pairs[a, b] = max(0.2, rarity.of_pair((a, b))) * (2.0 if numbered else 1.0)
        self.bearers = bearers(" | ".join(" ".join(run) for run in runs))
        self._joined = " | ".join(" ".join(_known(w, rarity) for w in run) for run in runs)
        self._alike = [(key, others) for key, others in ALIKE.items() if f" {key} " in f" {self._joined} "]
        known = [pair for pair in self.pairs if rarity.of_pair(pair) != _ACCIDENTAL]
        self._partners = {word: [pair for pair in known if word in pair] for word in self.words}
        # One term in the language, side by side nowhere in the plan: its words elsewhere are others.
        terms = self._terms = terms_of(runs)
        self._partners = {
            word: known or [pair for pair in terms if word in pair] for word, known in self._partners.items()
        }
        self._partners = {word: pairs for word, pairs in self._partners.items() if pairs}
        self._all, self._all_pairs = frozenset(self.words), frozenset(self.pairs)
        self._rough = {
            word: weight
            for key, others in self._alike
            for other in others
            for word in other.split()
            for weight in [sum(self.words.get(part, 0.0) for part in key.split()) / len(other.split())]
        }
        self._rough |= self.words
        self._rarest = tuple(sorted(self.words, key=lambda word: -self.words[word]))
        self._total = sum(self.words.values()) + sum(self.pairs.values()) * _PAIRS
        self.rarity = rarity

    def anchor(self) -> tuple[str, str] | None:
        """The two words side by side that tell most: the rarest pair of the question that the texts compared know."""
        known = [pair for pair in self.pairs if self.rarity.of_pair(pair) > _ACCIDENTAL]
        return max(known, key=lambda pair: (self.rarity.of_pair(pair), pair), default=None)

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """The wanted words that are no Vietnamese syllables and that the texts compared know: firms, products."""
        return tuple(w for w in self.words if _is_name(w) and self.rarity.knows(w))

    def lacking(self, body: Bag, above: Bag) -> bool:
        """Whether neither place knows a term of the question ("dân số"), nor the texts compared, nor another word."""
        return any(
            not (term in body.pairs or term in above.pairs or self.alike(term, body))
            for term in self._terms
            if term in self.pairs and self.rarity.of_pair(term) == _ACCIDENTAL
        )

    def also(self, word: str, body: Bag) -> bool:
        """Whether ``body`` calls a wanted word something else."""
        return any(o in body for key, others in self._alike if word in key.split() for o in others)

    def alike(self, pair: tuple[str, str], body: Bag) -> bool:
        """Whether ``body`` says a wanted pair in other words, or with a letter lost in a scan."""
        words = " ".join(pair)
        other = any(o in body for key, others in self._alike if key in words or words in key for o in others)
        return other or _nearly(pair, body)

    def common(self, word: str) -> bool:
        """Whether a word stands in so many of the texts compared that its absence from one says little."""
        return self.rarity(word) <= _COMMON

    def begins(self, body: Bag) -> float:
        """How near the beginning of ``body`` the first pair of wanted words stands: 1 at its head, 0 at its end."""
        places = [at for pair in self.pairs if (at := body.joined.find(f" {' '.join(pair)} ")) >= 0]
        return 1.0 - min(places) / len(body.joined) if places else 0.0

    def __bool__(self) -> bool:
        return bool(self.words)

    def rough(self, words: PlanWords, above: Headings) -> NDArray[np.float64]:
        """A cheap measure by which places are worth a closer look: the weight of the words there, or above there."""
        return words.weigh(self._rough, above, _ABOVE)

    def coverage(self, body: Bag, above: Bag | None = None, *, lenient: bool = False) -> Coverage:
        """How much of what is wanted stands in ``body``, or in the heading ``above`` it.

        ``lenient`` also takes two words of which one differs by a letter: what a scan leaves of them.
        """
        if not self.words:
            return Coverage(0.0, ())
        found = dict.fromkeys(self._all & body.words, 1.0)
        same_pairs = dict.fromkeys(self._all_pairs & body.pairs, 1.0)
        if above is not None and (self._all & above.words):
            found = dict.fromkeys(self._all & above.words, _ABOVE) | found
            same_pairs = dict.fromkeys(self._all_pairs & above.pairs, _ABOVE) | same_pairs
        if not found and not self._alike:
            return Coverage(0.0, self._rarest)
        if lenient:
            for pair in self.pairs.keys() - same_pairs.keys():
                if _nearly(pair, body):
                    same_pairs[pair] = _NEARLY
                    for word in pair:
                        found[word] = max(found.get(word, 0.0), _NEARLY)
        for key, others in self._alike:
            parts = key.split()
            if all(found.get(p, 0) == 1.0 for p in parts):
                continue
            if any(other in body for other in others) or (above is not None and any(o in above for o in others)):
                for part in parts:
                    found[part] = max(found.get(part, 0.0), _NEARLY)
                for pair in pairwise(parts):
                    same_pairs[pair] = max(same_pairs.get(pair, 0.0), _NEARLY)
        for word, partners in self._partners.items():
            # "hợp" of "hợp nhất" is not the one of "hợp đồng".
            if word in found and not any(pair in same_pairs for pair in partners):
                found[word] *= _ALONE
        score = sum(self.words[w] * f for w, f in found.items() if w in self.words)
        score += _PAIRS * sum(self.pairs[p] * f for p, f in same_pairs.items() if p in self.pairs)
        missing = tuple(word for word in self._rarest if word not in found)
        return Coverage(score / self._total, missing)


# Names and foreign words are this long; shorter tokens that are no syllable are debris.
_WORD: Final = 4
# log((n + 1) / (times + 0.5)): in about a sixth of the texts.
_COMMON: Final = 1.8
# A word beside another than the one it was asked with.
_ALONE: Final = 0.4
# Times in the 11 million syllables that were counted: once in a few pages.
_EVERYDAY: Final = 900
# Syllables shorter than this differ from too many others by one letter.
_SHORTEST: Final = 3
_VOWELS: Final = frozenset("aeiouy")
_ACCIDENTAL: Final = 0.5
_PAIRS: Final = 0.6  # a pair says more than its two words apart, but a scan breaks pairs first


@lru_cache(maxsize=1 << 12)
def everyday(word: str) -> bool:
    """Whether a bare syllable is so common in official Vietnamese that a plan without it may say the same otherwise."""
    known = language()
    return sum(known.counts[number] for number in known.spellings(word)) >= _EVERYDAY


def _is_name(word: str) -> bool:
    spelled = bool(language().spellings(word)) and any(letter in _VOWELS for letter in word)
    return len(word) >= _SHORTEST and word.isalpha() and not spelled


def _nearly(pair: tuple[str, str], body: Bag) -> bool:
    a, b = pair
    if min(len(a), len(b)) < _SHORTEST or not (a in body.words or b in body.words):
        return False
    return any(
        (x == a and Levenshtein.distance(y, b, score_cutoff=1) <= 1)
        or (y == b and Levenshtein.distance(x, a, score_cutoff=1) <= 1)
        for x, y in body.pairs
    )


def _known(word: str, rarity: Rarity) -> str:
    """The plan's own spelling of a word one letter away, where the plan does not know the word itself."""
    if rarity.knows(word) or len(word) < _NEARLY_LENGTH or any(c.isdigit() for c in word) or language().spellings(word):
        return word
    near = [v for v in rarity.vocabulary if abs(len(v) - len(word)) <= 1 and v[0] == word[0] and v.isalpha()]
    best = min(near, key=lambda v: (Levenshtein.distance(v, word, score_cutoff=2), v), default=word)
    return best if Levenshtein.distance(best, word, score_cutoff=2) <= 1 else word
