"""Repair of scanned text: for every printed word what it may have been, for every line what it most probably says.

A noisy channel: P(sentence) from ``syllables``, P(printed | word) from ``confusion``, the best path from ``path``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from knowledge.repair.confusion import Confusions, confusions
from knowledge.repair.path import Candidate, best_path
from knowledge.repair.printed import UNKNOWN_INITIALS, Printed, Reader, Word
from knowledge.repair.syllables import SHIFT, Language, language
from knowledge.repair.words import RepairedText, RepairedWord

_TOKEN: Final = re.compile(r"\S+")
# The most that is believed of a capitalised name that the counts do not know, and of a figure read as a word.
_NAME_CONFIDENCE: Final = 0.4
_FIGURE_CONFIDENCE: Final = 0.5
_STANDING_CONFIDENCE: Final = 0.5
# Candidates beside the chosen one that a confidence is reckoned against; with all of them it is no better calibrated.
_RIVALS: Final = 5
# How probable a word must be after the one before it to be read where a figure is printed.
_ASKED_FOR: Final = 0.05


def repair_lines(lines: Sequence[str], channel: Confusions | None = None) -> list[RepairedText]:
    """``lines`` repaired with each other as context: a sentence that runs over a line break is one sentence.

    Lines come back one for one, white space as printed. ``channel`` is the confusion table of another scanner; by
    default the one that comes with the program. Cost: about 0.3 s for 1,400 lines.
    """
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    spans = [[match.span() for match in _TOKEN.finditer(line)] for line in lines]
    tokens = [[line[a:b] for a, b in ends] for line, ends in zip(lines, spans, strict=True)]
    printed, decisions = _decided(tokens, channel)
    decided = decisions.in_order()
    return [_assembled(line, ends, words, decided) for line, ends, words in zip(lines, spans, printed, strict=True)]


def understood_lines(lines: Sequence[str]) -> list[list[tuple[str, str]]]:
    """The words of ``lines``, each as printed and as understood: ``repair_lines`` at three quarters of its cost, for
    those who do not ask how sure a word is."""
    tokens = [unicodedata.normalize("NFC", line).split() for line in lines]
    printed, decisions = _decided(tokens, None)
    forms = decisions.forms()
    return [
        [
            (token, "".join([next(forms) if isinstance(piece, Word) else piece for piece in word if piece is not None]))
            for token, word in zip(line, words, strict=True)
        ]
        for line, words in zip(tokens, printed, strict=True)
    ]


def repair_text(text: str) -> RepairedText:
    """``text`` (any number of lines) as it was before the scan; layout, figures and codes stay.

    For text that ``is_damaged``: a clean text loses foreign words and rare names to it.
    """
    repaired = repair_lines(text.split("\n"))
    return RepairedText("\n".join(r.text for r in repaired), tuple(w for r in repaired for w in r.words))


def _decided(tokens: Sequence[Sequence[str]], channel: Confusions | None) -> tuple[list[list[Printed]], _Decisions]:
    """The words of all lines taken apart, and what they say together."""
    known, channel = language(), channel or confusions()
    printed = _reader(channel).read(tokens)
    return printed, _Decisions(known, channel, [word for line in printed for word in line or [[None]]])


@lru_cache(maxsize=2)
def _reader(channel: Confusions) -> Reader:
    """One reader for all texts: a cell is mostly made of words that were read with the page before."""
    return Reader(language(), channel)


class _Decisions:
    """The best path through the words of a document, and how sure each step is."""

    def __init__(self, known: Language, channel: Confusions, printed: Sequence[Printed]) -> None:
        self._known = known
        cut: list[Candidate] = [(known.cut, 1.0)]
        self._words: list[Word | None] = []
        places: list[list[Candidate]] = []
        for pieces in printed:
            for piece in pieces:
                if isinstance(piece, Word):
                    self._words.append(piece)
                    places.append(piece.candidates)
                elif piece is None and (not places or places[-1] is not cut):
                    self._words.append(None)
                    places.append(cut)
        self._places = places
        self._path = best_path(places, known)
        self._numbers = [place[i][0] for place, i in zip(places, self._path, strict=True)]
        self._look_again(channel)
        self._sure: dict[tuple[int, int, int], float] = {}

    def _look_again(self, channel: Confusions) -> None:
        """Where a word follows from neither neighbour ("đối mại sáng tạo"), let in what the table of misreadings does
        not know, and read the sentence anew."""
        stretches: list[range] = []
        for at in self._stranded():
            word = self._words[at]
            wider = word and word.widened(self._following(at, channel.near(word.printed)), self._known)
            if wider:
                self._words[at], self._places[at] = wider, wider.candidates
                if not stretches or at >= stretches[-1].stop:
                    stretches.append(self._stretch(at))
        if not stretches:
            return
        cut: list[Candidate] = [(self._known.cut, 1.0)]
        anew = [place for stretch in stretches for place in (*self._places[stretch.start : stretch.stop], cut)]
        path = iter(best_path(anew, self._known))
        for stretch in stretches:
            for at in stretch:
                self._path[at] = next(path)
                self._numbers[at] = self._places[at][self._path[at]][0]
            next(path)

    def _stretch(self, at: int) -> range:
        """The places around ``at`` that it hangs together with: from the cut before it to the cut behind."""
        cut = self._known.cut
        first = next(n for n in range(at - 1, -1, -1) if self._numbers[n] == cut or n == 0)
        end = next((n for n in range(at + 1, len(self._numbers)) if self._numbers[n] == cut), len(self._numbers))
        return range(first, end)

    def _stranded(self) -> list[int]:
        """The words that were never counted behind the word before nor before the word behind; those that would stand
        as printed among them."""
        numbers, cut = self._numbers, self._known.cut
        all_numbers = np.array(numbers, np.uint32)
        pairs = all_numbers[:-1] << np.uint32(SHIFT) | all_numbers[1:]
        counted = (self._known.places_of_pairs(pairs) >= 0).tolist()  # whether each word was, before the one behind it
        found = []
        for at in range(1, len(numbers) - 1):
            before, number, after = numbers[at - 1 : at + 2]
            if len(self._places[at]) == 1 or (before == cut and after == cut):
                continue
            if number == cut or not (counted[at - 1] or counted[at]):
                found.append(at)
        return found

    def _following(self, at: int, near: Sequence[Candidate]) -> list[Candidate]:
        """Those of ``near`` that were counted in a row of three with their neighbours: a pair alone is soon found for
        any word."""
        around = [self._numbers[n] if 0 <= n < len(self._numbers) else self._known.cut for n in range(at - 2, at + 3)]
        return [
            (number, p)
            for number, p in near
            if self._counted(around[0], around[1], number)
            or self._counted(around[1], number, around[3])
            or self._counted(number, around[3], around[4])
        ]

    def _counted(self, *three: int) -> bool:
        known = self._known
        if known.cut in three:
            return False
        place = known.place_of_pair(three[0], three[1])
        return place >= 0 and known.has_triple(place, three[2])

    def forms(self) -> Iterator[str]:
        """What each ``Word`` was understood as, in the order of the document."""
        for at, word in enumerate(self._words):
            if word is not None:
                yield self._form(at, word)

    def in_order(self) -> Iterator[tuple[str, float]]:
        """The same, each with its confidence."""
        names = self._doubtful_names()
        for at, word in enumerate(self._words):
            if word is not None:
                yield self._form(at, word), self._confidence(at, word, names)

    def _form(self, at: int, word: Word) -> str:
        figure = self._known.figure
        if word.candidates[0][0] == figure and self._numbers[at] != figure and not self._asked_for(at):
            return word.printed
        return word.forms[self._path[at]]

    def _confidence(self, at: int, word: Word, names: set[int]) -> float:
        known, number = self._known, self._numbers[at]
        if len(word.candidates) == 1:
            return word.sure
        if word.candidates[0][0] == known.figure:
            return _FIGURE_CONFIDENCE if number != known.figure and self._asked_for(at) else 1.0
        if number == known.cut:
            return UNKNOWN_INITIALS if word.forms[self._path[at]].isupper() else _STANDING_CONFIDENCE
        confidence = self._share(at)
        return min(confidence, _NAME_CONFIDENCE) if at in names else confidence

    def _asked_for(self, at: int) -> bool:
        """Whether the neighbours ask for the word that stands where a figure is printed ("tỷ 16 hồ sơ": lệ)."""
        known = self._known
        before, number, after = (
            self._numbers[at + k] if at + k < len(self._numbers) else known.cut for k in (-1, 0, 1)
        )
        place = known.place_of_pair(before, number)
        if place < 0:
            return False
        return known.pairs[place] > _ASKED_FOR or known.has_triple(place, after)

    def _share(self, at: int) -> float:
        """The chosen candidate's share of the probability, its neighbours given."""
        numbers = self._numbers
        before = numbers[at - 1] if at else self._known.cut
        after = numbers[at + 1] if at + 1 < len(numbers) else self._known.cut
        key = (before, id(self._words[at]), after)
        share = self._sure.get(key)
        if share is None:
            share = self._sure[key] = self._weighed(before, self._places[at], after, self._path[at])
        return share

    def _weighed(self, before: int, place: Sequence[Candidate], after: int, chosen: int) -> float:
        """The share of the candidate ``chosen`` between two known neighbours, by pairs."""
        known = self._known
        total = ours = 0.0
        for index, (syllable, seen) in enumerate(place):
            if index > _RIVALS and index != chosen:
                continue
            p = seen * known.probability(before, syllable) * known.probability(syllable, after)
            total += p
            if index == chosen:
                ours = p
        return ours / total

    def _doubtful_names(self) -> set[int]:
        """The places of names that the counts do not know: capitalised words that never follow each other."""
        names: set[int] = set()
        known = self._known
        run: list[int] = []
        for at, word in enumerate([*self._words, None]):
            if word is not None and word.capital:
                run.append(at)
                continue
            pairs = [known.place_of_pair(self._numbers[a], self._numbers[b]) for a, b in pairwise(run)]
            if -1 in pairs:
                names.update(run)
            elif len(run) > 2:
                triples = zip(pairs, run[2:], strict=False)
                if not all(known.has_triple(pair, self._numbers[at]) for pair, at in triples):
                    names.update(run)
            run = []
        return names


def _assembled(
    line: str, spans: Sequence[tuple[int, int]], read: Sequence[Printed], decided: Iterator[tuple[str, float]]
) -> RepairedText:
    pieces: list[str] = []
    words: list[RepairedWord] = []
    end = 0
    for (start, stop), printed in zip(spans, read, strict=True):
        forms: list[str] = []
        confidence = 1.0
        for piece in printed:
            if isinstance(piece, Word):
                form, sure = next(decided)
                forms.append(form)
                confidence = min(confidence, sure)
            elif piece is not None:
                forms.append(piece)
        understood = "".join(forms)
        words.append(RepairedWord(line[start:stop], understood, round(confidence, 3)))
        pieces += (line[end:start], understood)
        end = stop
    pieces.append(line[end:])
    return RepairedText("".join(pieces), tuple(words))
