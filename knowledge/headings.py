"""Headings and titles as people write them: set phrases of damaged ones whole, capitals where the plan has them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from knowledge.catalogue import entries
from knowledge.plain import plain
from knowledge.repair import old_tone
from knowledge.repair.spelling import split_syllable
from knowledge.repair.syllables import language
from knowledge.units import alike

# Of the words of a phrase at least so many must stand as they are; the others must be no words that can stand there.
_STANDING = 0.6
# A word that is no syllable at all says less against the phrase, if it is a little like the one that is missing.
_STANDING_BESIDE_CRUMBS = 0.5
_CRUMB_ALIKE = 0.5
# A ward's plan made from a commune's by changing every "xã" says "phường hội".
_CHANGED_TOO_MUCH = re.compile(r"\b[Pp](?:hường|hương) hội\b")


def heading_text(text: str, *, damaged: bool) -> str:
    """The words of a heading or group ``text``, begun with a capital; of a ``damaged`` scan with the set phrases of
    such headings ("Hq tảng số" is "Hạ tầng số")."""
    text = _CHANGED_TOO_MUCH.sub("xã hội", text)
    if damaged:
        text = " ".join(_restored(text.split()))
    return text[:1].upper() + text[1:]


class _Phrase(NamedTuple):
    """A phrase of the catalogue: its words as they are written, and without marks and punctuation."""

    words: tuple[str, ...]
    bare: tuple[str, ...]


@cache
def _phrases() -> dict[str, list[tuple[_Phrase, int]]]:
    """The phrases that hold a word, and where in them it stands."""
    found: dict[str, list[tuple[_Phrase, int]]] = defaultdict(list)
    for row in entries("headings.tsv"):
        words = tuple(row[0].split())
        phrase = _Phrase(words, tuple(_bare(word) for word in words))
        for at, word in enumerate(phrase.bare):
            found[word].append((phrase, at))
    return found


def _restored(words: list[str]) -> list[str]:
    bare = [_bare(word) for word in words]
    begun = {(at - behind, phrase) for at, word in enumerate(bare) for phrase, behind in _phrases().get(word, ())}
    # The longest phrase first: it says most about its words.
    for at, phrase in sorted(begun, key=lambda one: (-len(one[1].words), one)):
        if at >= 0 and at + len(phrase.words) <= len(words):
            _restore(words, bare, at, phrase)
    return words


def _restore(words: list[str], bare: list[str], at: int, of: _Phrase) -> None:
    """Set a phrase into ``words`` from ``at`` on, if they say nearly that."""
    phrase = of.words
    printed = words[at : at + len(phrase)]
    differ = [n for n, right in enumerate(of.bare) if bare[at + n] != right]
    standing = 1 - len(differ) / len(phrase)
    if standing < _STANDING_BESIDE_CRUMBS:
        return
    inner = [word[-1:] for word in printed[:-1]]
    if any(mark in ".,;:)" and not right.endswith(mark) for mark, right in zip(inner, phrase, strict=False)):
        return  # no phrase goes over the end of a part
    crumbs = all(_is_crumb(printed[n], phrase[n]) for n in differ)
    if standing < (_STANDING_BESIDE_CRUMBS if crumbs else _STANDING):
        return
    if not all(_out_of_place(words, at + n) for n in differ):
        return
    for n, right in enumerate(phrase):
        lead, core, tail = _edges(words[at + n])
        right_core, right_tail = right.rstrip(","), "," if right.endswith(",") else tail
        if core.lower() != right_core:
            if core[:1].isupper() or (at + n == 0):
                right_core = right_core[0].upper() + right_core[1:]
            words[at + n] = lead + right_core + right_tail if core else right_core
            bare[at + n] = _bare(words[at + n])


def _edges(word: str) -> tuple[str, str, str]:
    """The punctuation before a word, the word, the punctuation behind it."""
    letters = [at for at, sign in enumerate(word) if sign.isalnum()]
    if not letters:
        return word, "", ""
    return word[: letters[0]], word[letters[0] : letters[-1] + 1], word[letters[-1] + 1 :]


def _bare(word: str) -> str:
    return plain(word).strip(".,;:()[]|-")


def _is_crumb(word: str, right: str) -> bool:
    core = old_tone(word.strip(".,;:()[]|-").lower())
    return split_syllable(core) is None and (not _bare(word) or alike(_bare(word), _bare(right)) >= _CRUMB_ALIKE)


def _out_of_place(words: Sequence[str], at: int) -> bool:
    """Whether the word ``at`` is none, or was never counted beside one of its neighbours."""
    known = language()
    numbers = [known.number.get(old_tone(word.strip(".,;:()[]|-").lower())) for word in words]
    if numbers[at] is None or any(letter.isdigit() for letter in words[at]):
        return True
    around = [pair for pair in pairwise(numbers[max(0, at - 1) : at + 2]) if None not in pair]
    return any(a is not None and b is not None and known.place_of_pair(a, b) < 0 for a, b in around)


def with_place(title: str, issuer: str) -> str:
    """``title`` of a damaged scan with the place of its ``issuer`` ("UBND tỉnh Hoa Sim") spelled as there."""
    level, _, place = issuer.removeprefix("UBND ").partition(" ")
    if not place or not place[0].isupper():
        return title
    words, name = title.split(), place.split()
    for at in range(1, len(words) - len(name) + 1):
        printed = " ".join(words[at : at + len(name)]).rstrip(".,;")
        if alike(_bare(words[at - 1]), plain(level)) and alike(plain(printed), plain(place)):
            words[at - 1 : at + len(name)] = [level, *name]
            break
    return " ".join(words)


class Casing:
    """How a document writes its words inside its sentences, to write a title in capitals the same way."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._behind: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._alone: dict[str, Counter[str]] = defaultdict(Counter)
        words = [word for line in lines if not line.isupper() for word in line.split()]
        for before, word in pairwise(words):
            if before.endswith((".", ":", ";", "!", "-", ")")):
                continue  # a sentence or a point of a list begins
            before, word = (one.strip(".,;:()[]“”\"'") for one in (before, word))
            self._behind[before.lower(), word.lower()][word] += 1
            self._alone[word.lower()][word] += 1

    def of(self, title: str) -> str:
        """``title``, printed in capitals, with the capitals that its words have elsewhere; what stands nowhere else
        keeps them only where it is no Vietnamese word ("5G", "214/NQ-CP")."""
        before = ""
        written = []
        for n, word in enumerate(title.split()):
            lead, core, tail = _edges(word)
            core = self._written(before, core)
            written.append(lead + (core[:1].upper() + core[1:] if n == 0 else core) + tail)
            before = core.lower()
        return " ".join(written)

    def _written(self, before: str, core: str) -> str:
        small = core.lower()
        for counted in (self._behind.get((before, small)), self._alone.get(small)):
            if counted:
                return counted.most_common(1)[0][0]
        return small if split_syllable(old_tone(small)) is not None else core
