"""Printed words taken apart: what stands, where the sentence is cut, and which stretches are words to be understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.repair.confusion import Confusions
from knowledge.repair.figures import Sort, sort_of
from knowledge.repair.names import initials, repaired_initials, spelled_name
from knowledge.repair.path import Candidate
from knowledge.repair.spelling import split_syllable
from knowledge.repair.syllables import Language

# Surrounding punctuation. Signs that scans print for letters (& for ể, $ for S, ? for a hook) are not in it.
_LEAD: Final = "\"'“”‘’([{<«*+-–—•.,:;|/_~=>"
_TAIL: Final = '"“”)]}>»,;:.!…|/_~=-–—*+'
_HOOKS: Final = "?’'‘`^"
_INNER: Final = re.compile(r"([.,:;/_()\[\]\-–—…\"“”]+)")
_SIGNS: Final = "&$@¢€¥"
# "s6.14-KH/TU": a speck between a short word and a figure or code.
_SPECK_BEFORE_FIGURE: Final = re.compile(r"([^\W\d]\w{0,4})[.:](\d\S*)")
_SPECKS: Final = (".", "_", ":", "-", ";", ",")
# Signs that stand before a figure: for the word before them they are the figure.
_COMPARED: Final = frozenset("<>≤≥=")
# "a)" and "b." before an item of a list; ¢ is a bold or slanted c.
_ITEM: Final = re.compile(r"[a-zđ¢][).]")
_CODE_SPLIT: Final = re.compile(r"([/\-–])")

# Probability that a word is no Vietnamese syllable but stands as printed, by how much it looks like a name.
_STANDS: Final = 1e-7
_INITIALS_STAND: Final = 2e-5
# Initials that spell a syllable ("BO") are oftener a short word whose second letter was printed as a capital.
_SPELLS_SYLLABLE: Final = 0.05
# A longer run without a space is no word and no figure; the search for one would take its time over it.
_LONGEST: Final = 80
# Confidence in a word that nothing is known of, in unknown initials, and in a name in its own spelling.
_UNREAD: Final = 0.3
UNKNOWN_INITIALS: Final = 0.7
_NAME: Final = 0.95
# Distinct printed words, at about a kilobyte each; a long-running process forgets them then.
_REMEMBERED: Final = 10_000
# A short bare figure that is a word ("Tỷ 16" for "Tỷ lệ") must be asked for by its neighbours.
_FIGURE_IS_WORD: Final = 0.05
_LEAST_AS_WORD: Final = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A stretch to be understood: candidates for the path, and how each would be shown.

    A candidate ``language.cut`` stands for "as printed", ``language.figure`` for a figure.
    """

    printed: str
    candidates: list[Candidate]
    forms: list[str]
    capital: bool = False
    sure: float = 1.0  # of a word with one candidate

    def widened(self, near: Sequence[Candidate], known: Language) -> Word | None:
        """This word with the candidates of ``near`` that it lacks; None where it lacks none, or is no word in small
        letters or with a capital."""
        if self.printed.isupper() or self.candidates[0][0] == known.figure:
            return None
        have = {number for number, _ in self.candidates}
        more = [candidate for candidate in near if candidate[0] not in have]
        if not more:
            return None
        shown = [_shown(known.spelled[number], self.printed, self.capital) for number, _ in more]
        return Word(self.printed, [*self.candidates, *more], [*self.forms, *shown], self.capital)


# Text that stands, a word, or None where the sentence is cut.
Printed = list[str | Word | None]


class Reader:
    """Takes printed words apart; every distinct one is worked out once."""

    def __init__(self, known: Language, channel: Confusions) -> None:
        self._known = known
        self._channel = channel
        self._read: dict[tuple[str, bool, bool], Printed] = {}

    def read(self, lines: Sequence[Sequence[str]]) -> list[list[Printed]]:
        """The words of consecutive lines, one for one. Context runs over line breaks, not over an empty line."""
        if len(self._read) > _REMEMBERED:
            self._read.clear()
        capitals = [[_in_capitals(token) for token in line] for line in lines]
        found = []
        for n, line in enumerate(lines):
            before = capitals[n - 1][-1:] if n else []
            after = capitals[n + 1][:1] if n + 1 < len(lines) else []
            around = [*(before or [False]), *capitals[n], *(after or [False])]
            printed: list[Printed] = []
            attached = False
            for at, token in enumerate(line):
                shouted = around[at + 1] and (around[at] or around[at + 2] or (len(line) == 1 and len(token) > 3))
                word = self._read.get((token, shouted, attached))
                if word is None:
                    word = self._read[token, shouted, attached] = self._take_apart(token, shouted, attached)
                printed.append(word)
                attached = isinstance(word[-1], Word)
            found.append(printed)
        return found

    def _take_apart(self, token: str, shouted: bool, attached: bool) -> Printed:
        core = token.lstrip(_LEAD)
        lead = token[: len(token) - len(core)]
        if _ITEM.fullmatch(token):
            return [None, token.replace("¢", "c"), None]
        stripped = core.rstrip(_TAIL)
        tail = core[len(stripped) :]
        if not stripped:
            return [self._stands(token, token, self._known.figure)] if token in _COMPARED else [None, token, None]
        printed: Printed = [None, lead] if lead else []
        printed += self._core(stripped, shouted, attached and not lead)
        if tail:
            printed += [tail, None]
        return printed

    def _core(self, core: str, shouted: bool, attached: bool) -> Printed:
        if len(core) > _LONGEST:
            return [None, self._stands(core, core, self._known.cut, _UNREAD), None]
        sort = sort_of(core)
        if sort is Sort.FIGURE:
            return [self._figure(core, attached)]
        if sort is Sort.CODE:
            return [self._stands(core, _code(core, self._known), self._known.figure)]
        if sort is Sort.ROMAN:
            return [None, core.replace("l", "I"), None]
        if sort is Sort.SPELLED:
            return [self._stands(core, core, self._known.cut)]
        speck = _SPECK_BEFORE_FIGURE.fullmatch(core)
        if speck and sort_of(speck[2]) in (Sort.FIGURE, Sort.CODE):
            return [*self._core(speck[1], shouted, attached), " ", *self._core(speck[2], shouted, False)]
        return self._words(core, shouted)

    def _words(self, core: str, shouted: bool) -> Printed:
        pieces = _INNER.split(core)
        printed: Printed = []
        for n in range(0, len(pieces), 2):
            if n:
                printed += [None, pieces[n - 1], None]
            if not pieces[n]:
                continue
            if len(pieces) > 1 and len(pieces[n]) == 1 and pieces[n].isupper():
                words: Printed = [None, pieces[n], None]  # initials of a name: "P.T.T.Huyền"
            else:
                words = self._word(pieces[n], shouted)
            if n and len(printed) > 3 and self._speck(pieces[n - 1], printed[-4], words[0]):
                printed[-3:] = [" "]
            printed += words
        return printed

    def _speck(self, between: str, before: str | Word | None, after: str | Word | None) -> bool:
        """Whether ``between`` is dirt: between two words in small letters that are known to follow each other."""
        if between not in _SPECKS or not isinstance(before, Word) or not isinstance(after, Word):
            return False
        if len(before.printed) < 2 or len(after.printed) < 2 or not after.printed.islower():
            return False
        place = self._known.place_of_pair
        return any(place(a, b) >= 0 for a, _ in before.candidates for b, _ in after.candidates)

    def _stands(self, printed: str, form: str, number: int, sure: float = 1.0) -> Word:
        return Word(printed, [(number, 1.0)], [form], sure=sure)

    def _figure(self, core: str, attached: bool) -> Word:
        word = self._stands(core, core, self._known.figure)
        if attached and core.isdigit() and len(core) <= 3:
            for number, score in self._channel.of_table(core, capital=False):
                if score > _LEAST_AS_WORD:
                    word.candidates.append((number, _FIGURE_IS_WORD))
                    word.forms.append(self._known.spelled[number])
        return word

    def _word(self, printed: str, shouted: bool) -> Printed:
        if not any(c.isalpha() or c in _SIGNS for c in printed):
            return [None, printed, None]
        sort = sort_of(printed)
        if sort is Sort.FIGURE:
            return [self._figure(printed, attached=False)]
        if sort is not Sort.WORD:
            return [None, printed, None]
        name = spelled_name(printed)
        if name is not None:
            name = name.upper() if shouted else name
            return [self._stands(printed, name, self._known.number.get(name.lower(), self._known.cut), _NAME)]
        if _in_capitals(printed):
            return [self._capitals(printed, shouted)]
        capital = printed[0].isupper()
        candidates = self._channel.of_table(printed, capital)
        if not candidates and printed[-1] in _HOOKS and len(printed) > 1:
            return [*self._word(printed.rstrip(_HOOKS), shouted)] if printed.strip(_HOOKS) else [None, printed, None]
        if not candidates and len(printed) > 4:
            glued = self._glued(printed, capital)
            if glued:
                return glued
        candidates = candidates or self._channel.candidates(printed, capital)
        if not candidates:
            return [None, self._stands(printed, printed, self._known.cut, _UNREAD), None]
        return [self._open(printed, candidates, capital, _STANDS)]

    def _open(self, printed: str, candidates: list[Candidate], capital: bool, stands: float) -> Word:
        forms = [_shown(self._known.spelled[number], printed, capital) for number, _ in candidates]
        return Word(printed, [*candidates, (self._known.cut, stands)], [*forms, printed], capital)

    def _capitals(self, printed: str, shouted: bool) -> Word:
        known = self._known
        word = Word(printed, [], [])
        for number, score in initials(printed, known)[:4]:
            spells = split_syllable(known.spelled[number]) is not None
            word.candidates.append((number, score * (_SPELLS_SYLLABLE if spells else 1.0)))
            word.forms.append(known.spelled[number].upper())
        if shouted:
            for candidate in self._channel.candidates(printed.lower(), capital=False):
                word.candidates.append(candidate)
                word.forms.append(known.spelled[candidate[0]].upper())
        elif len(printed) <= 3:
            for candidate in self._channel.of_table(printed, capital=True):
                word.candidates.append(candidate)
                word.forms.append(known.spelled[candidate[0]].capitalize())
        word.candidates.append((known.cut, _STANDS if shouted else _INITIALS_STAND))
        word.forms.append(printed)
        return word

    def _glued(self, printed: str, capital: bool) -> Printed | None:
        """Two words that the scan printed without the space between, if both are known and follow each other."""
        best: tuple[float, Printed] | None = None
        known, common = self._known, self._known.counts
        for cut in range(2, len(printed) - 1):
            left = self._channel.of_table(printed[:cut], capital)
            right = self._channel.of_table(printed[cut:], capital=False) if left else []
            for a, seen_a in left:
                for b, seen_b in right:
                    if known.place_of_pair(a, b) >= 0:
                        score = seen_a * seen_b * common[a] * common[b]
                        if best is None or score > best[0]:
                            words = (
                                self._open(printed[:cut], left, capital, _STANDS),
                                self._open(printed[cut:], right, False, _STANDS),
                            )
                            best = score, [words[0], " ", words[1]]
        return best[1] if best else None


def _shown(word: str, printed: str, capital: bool) -> str:
    """``word`` in the case of ``printed``."""
    if word == printed.lower():
        return printed
    return word[0].upper() + word[1:] if capital else word


def _in_capitals(printed: str) -> bool:
    """Whether a printed word is in capitals, a few small i and l among them ("CHiNH")."""
    if printed.islower() or printed[1:].islower():
        return False
    letters = [c for c in printed if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return upper >= 2 and all(c.isupper() or c in "il" for c in letters) and upper * 2 > len(letters)


def _code(core: str, known: Language) -> str:
    """A document code with its initials repaired: "142/QD-TTg" is "142/QĐ-TTg"."""
    return "".join(
        repaired_initials(piece, known) if piece.isupper() and piece.isalpha() else piece
        for piece in _CODE_SPLIT.split(core)
    )
