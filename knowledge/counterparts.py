"""Which indicators of two lists are the same indicator: a commune's and its province's, a goal's and its row's.

A wrong pair is worse than none: it would tell a commune that it set less than its province where the two count
different things. So a pair needs names that hold nearly all of each other's telling words, the same sort of value, no
word that the catalogue knows to tell two indicators apart, and no other indicator that fits about as well.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge.catalogue import entries
from knowledge.plain import plain_words
from knowledge.plan import Indicator, Kind
from knowledge.repair.syllables import language

# How alike two names must be, 0 to 1. Of 123 pairs judged by hand in real plans of three levels, 111 are found at this
# measure and none is wrong; from 0.6 down wrong ones come in.
SAME: Final = 0.62
# A second indicator that fits about as well leaves it open which is meant.
_MARGIN: Final = 0.04
# What the names leave unsaid of each other: a word that the shorter one adds speaks against the pair, one that only the
# longer one adds (a condition, a purpose, "trên địa bàn xã") hardly does.
_ADDED_BY_LONGER: Final = 0.22
# A token that is no Vietnamese syllable is most often what a scan left of a stain.
_JUNK: Final = 0.3
# What is less alike is no counterpart and no rival of one.
_WORTH_A_LOOK: Final = SAME - _MARGIN
# Names that differ in no more than this share of their telling words are one name with a slip of the scan.
_SLIP: Final = 0.03
# A figure with its unit glued on; a generation ("5G") is a word.
_FIGURE: Final = re.compile(r"\b(\d+)(?!g\b)([a-z]+)\b")
# Words of names of all indicators: they tell nothing.
_IDLE: Final = frozenset(
    "ty le ti cac cua va duoc tren ban xa phuong tinh cap co trong theo thuc hien dat tai cho la ve den het nam "  # noqa: SIM905
    "tong phai mot luong dam khi o voi tu tro len moi hoac nhung do thuoc de nhu bang cu the".split()
)
_FEWEST_LETTERS: Final = 4  # shorter syllables have too many neighbours one letter away


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: its telling words, its figures, and what it answers to the catalogue's questions."""

    words: frozenset[str]
    figures: frozenset[str]
    answers: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class _Contrast:
    """One question about a name. ``wordings`` finds the answers, each as a group named after its place in the line."""

    wordings: re.Pattern[str]
    strict: bool

    def answers(self, bare: str) -> frozenset[int]:
        return frozenset(
            int(found.lastgroup[1:].split("_")[0]) for found in self.wordings.finditer(bare) if found.lastgroup
        )


@cache
def _contrasts() -> tuple[_Contrast, ...]:
    found = []
    for row in entries("contrasts.tsv"):
        strict = row[0] == "!"
        answers = row[1:] if strict else row
        # At one place of a name the longest wording counts, and what it covers counts for no other.
        forms = [
            (_usual(" ".join(plain_words(wording))), n) for n, cell in enumerate(answers) for wording in cell.split(";")
        ]
        forms.sort(key=lambda form: -len(form[0]))
        parts = (f"(?P<a{n}_{k}>{re.escape(form)})" for k, (form, n) in enumerate(forms))
        found.append(_Contrast(re.compile(rf"\b(?:{'|'.join(parts)})\b"), strict))
    return tuple(found)


@cache
def _usual_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = []
    for usual, others in entries("equal_words.tsv"):
        pairs += [(" ".join(plain_words(other)), " ".join(plain_words(usual))) for other in others.split(";")]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"\b{re.escape(other)}\b"), usual) for other, usual in pairs)


def _usual(bare: str) -> str:
    for pattern, usual in _usual_words():
        bare = pattern.sub(usual, bare)
    return bare


@lru_cache(maxsize=16384)
def _taken_apart(name: str) -> _Name:
    bare = _usual(" ".join(plain_words(name)))
    words = _FIGURE.sub(r" \1 \2 ", bare).split()
    answers = tuple(contrast.answers(bare) for contrast in _contrasts())
    figures = frozenset(word.lstrip("0") for word in words if word[0].isdigit())
    telling = frozenset(word for word in words if word not in _IDLE and not word.isdigit())
    return _Name(telling, figures, answers)


def _answer_differently(one: _Name, other: _Name) -> bool:
    """True where both answer one of the catalogue's questions, and differently, or name other figures."""
    if one.figures and other.figures and not one.figures & other.figures:
        return True
    pairs = zip(one.answers, other.answers, strict=True)
    return any(first and second and not first & second for first, second in pairs)


def _leave_open(one: _Name, other: _Name) -> bool:
    """True where one answers a question that must not be left open, and the other leaves it open."""
    triples = zip(_contrasts(), one.answers, other.answers, strict=True)
    return any(contrast.strict and bool(first) != bool(second) for contrast, first, second in triples)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is looked at of an indicator; ``same_as`` is the index of the statement that it repeats."""

    name: str
    kind: Kind
    same_as: int | None = None

    @classmethod
    def of(cls, indicator: Indicator) -> Statement:
        """What is looked at of an indicator as read."""
        return cls(indicator.name, indicator.target.kind, indicator.same_as)


class Counterpart(NamedTuple):
    """The index in the other list, and how alike the two names are, 0 to 1."""

    to: int
    likeness: float


class Likeness:
    """How alike the names of two lists of indicators are; how much a word tells is counted in both lists."""

    def __init__(self, lower: Sequence[Statement], upper: Sequence[Statement]) -> None:
        self._lower, self._upper = lower, upper
        self._above = [_taken_apart(one.name) for one in upper]
        self._below = _spelled_as([_taken_apart(one.name) for one in lower], self._above)
        names = [*self._above, *self._below]
        counts = Counter(word for name in names for word in name.words)
        known = language()
        self._tells = {word: math.log((len(names) + 1.0) / (count + 0.5)) for word, count in counts.items()}
        self._adds = {word: tells * (1.0 if known.spellings(word) else _JUNK) for word, tells in self._tells.items()}

    def of(self, at: int, to: int) -> float:
        """0 to 1 for the lower indicator ``at`` and the upper ``to``; 0 where they cannot be the same indicator."""
        if self._lower[at].kind is not self._upper[to].kind:
            return 0.0
        one, other = self._below[at], self._above[to]
        shared = sum(map(self._tells.__getitem__, one.words & other.words))
        if not shared:
            return 0.0
        first = sum(map(self._adds.__getitem__, one.words - other.words))
        second = sum(map(self._adds.__getitem__, other.words - one.words))
        alike = shared / (shared + min(first, second) + _ADDED_BY_LONGER * max(first, second))
        if alike < _WORTH_A_LOOK or _answer_differently(one, other):
            return 0.0
        return 0.0 if first + second > _SLIP * shared and _leave_open(one, other) else alike

    def contrary(self, at: int, to: int) -> bool:
        """True where the two names say of themselves that they are two indicators, however alike their letters are."""
        one, other = self._below[at], self._above[to]
        return _answer_differently(one, other) or (one.words != other.words and _leave_open(one, other))


def counterparts(lower: Sequence[Statement], upper: Sequence[Statement]) -> dict[int, Counterpart]:
    """For the indicators of ``lower``, by index, the one of ``upper`` that is the same; those without one are absent.

    An indicator of ``upper`` may be that of several of ``lower``, which may state theirs at several places. Pure, and
    the same for the same names.
    """
    likeness = Likeness(lower, upper)
    found = {}
    for at in range(len(lower)):
        scored = [(likeness.of(at, to), to) for to in range(len(upper))]
        best, to = max(scored, default=(0.0, 0), key=lambda pair: (pair[0], -pair[1]))
        if best < SAME:
            continue
        rival = max((score for score, n in scored if _first_place(upper, n) != _first_place(upper, to)), default=0.0)
        if best - rival >= _MARGIN:
            found[at] = Counterpart(to, best)
    return found


def _first_place(statements: Sequence[Statement], at: int) -> int:
    same = statements[at].same_as
    return at if same is None else same


def _spelled_as(names: Sequence[_Name], others: Sequence[_Name]) -> list[_Name]:
    """``names`` with every word that differs in one letter from a word of ``others`` spelled as that one."""
    vocabulary = sorted({word for name in others for word in name.words if len(word) >= _FEWEST_LETTERS})
    strange = {word for name in names for word in name.words if len(word) >= _FEWEST_LETTERS} - set(vocabulary)
    spelled = {}
    for word in strange:
        choice = process.extractOne(word, vocabulary, scorer=Levenshtein.distance, score_cutoff=1)
        if choice and choice[0][0] == word[0]:
            spelled[word] = choice[0]
    return [replace(name, words=frozenset(spelled.get(word, word) for word in name.words)) for name in names]
