"""Repair of scanned text: for every printed word what it may have been, for every line what it most probably says.

A noisy channel: P(sentence) from ``syllables``, P(printed | word) from ``confusion``, the best path from ``path``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from knowledge.repair.confusion import Confusions, confusions
from knowledge.repair.figures import Sort, sort_of
from knowledge.repair.path import Candidate, best_path
from knowledge.repair.syllables import Language, language
from knowledge.repair.words import RepairedText, RepairedWord

_TOKEN: Final = re.compile(r"\S+")
# Surrounding punctuation. Signs that stand for letters in scans (& for ể, $ for S, @ for ộ) are not in it.
_LEAD: Final = "\"'“”‘’([{<«*+-–—•.,:;|/_~=>"
_TAIL: Final = "\"'“”‘’)]}>»,;:.!?…|/_~=-–—*+^`"
_INNER: Final = re.compile(r"([.,:;/_()\[\]\-–—…\"“”]+)")
# Log-probability that a word is no Vietnamese syllable but stands as printed.
_STANDS: Final = -16.0
_LEAST_NAME: Final = 0.4


@dataclass(slots=True)
class _Part:
    """One candidate-bearing stretch of a printed word."""

    printed: str
    capitals: str  # "lower", "first" or "all"
    candidates: list[Candidate]
    understood: str = ""
    confidence: float = 1.0


class _Repair:
    """One run over a sequence of lines."""

    def __init__(self, known: Language, channel: Confusions) -> None:
        self.known = known
        self.channel = channel
        self.cut: list[Candidate] = [(known.cut, 0.0)]
        self.places: list[list[Candidate]] = []
        self.parts: dict[int, _Part] = {}

    def read(self, token: str) -> list[str | _Part]:
        """Split one printed word into text that stands and parts to be understood; remember the places of the path."""
        core = token.lstrip(_LEAD)
        lead = token[: len(token) - len(core)]
        stripped = core.rstrip(_TAIL)
        tail = core[len(stripped) :]
        if not stripped:
            self._cut()
            return [token]
        if lead:
            self._cut()
        pieces: list[str | _Part] = [lead]
        sort = sort_of(stripped)
        if sort is Sort.CODE:
            self._cut()
            pieces.append(self._code(stripped))
        elif sort is not Sort.WORD:
            self._cut()
            pieces.append(stripped)
        else:
            for n, piece in enumerate(_INNER.split(stripped)):
                if n % 2:
                    self._cut()
                    pieces.append(piece)
                elif piece:
                    pieces.append(self._word(piece))
        pieces.append(tail)
        if tail:
            self._cut()
        return pieces

    def _cut(self) -> None:
        if not self.places or self.places[-1] is not self.cut:
            self.places.append(self.cut)

    def _word(self, printed: str) -> str | _Part:
        if sort_of(printed) is not Sort.WORD or not any(c.isalpha() or c in "&$@¢€¥" for c in printed):
            self._cut()
            return printed
        capitals = _capitals(printed)
        asked = printed.lower() if capitals == "all" else printed
        candidates = self.channel.candidates(asked, capitals == "first")
        if not candidates:
            self._cut()
            return printed
        part = _Part(printed, capitals, [*candidates, (self.known.cut, _STANDS)])
        self.parts[len(self.places)] = part
        self.places.append(part.candidates)
        return part

    def _code(self, core: str) -> str:
        return _INNER.sub(lambda m: m.group(), "".join(self._initials(p) for p in re.split(r"([/\-–])", core)))

    def _initials(self, letters: str) -> str:
        """ "QD" as "QĐ": the initials that the counts know, where exactly that reading is by far the commoner."""
        if "D" not in letters:
            return letters
        known = self.known
        best, best_count = letters, 4 * self._count(letters)
        for at, letter in enumerate(letters):
            if letter == "D":
                changed = f"{letters[:at]}Đ{letters[at + 1 :]}"
                if self._count(changed) > best_count:
                    best, best_count = changed, known.counts[known.number[changed.lower()]]
        return best

    def _count(self, letters: str) -> int:
        number = self.known.number.get(letters.lower())
        return 0 if number is None else self.known.counts[number]

    def decide(self) -> None:
        """Choose the best path and give every part its word and its confidence."""
        path = best_path(self.places, self.known)
        numbers = [place[i][0] for place, i in zip(self.places, path, strict=True)]
        for at, part in self.parts.items():
            number = numbers[at]
            if number == self.known.cut:
                part.understood, part.confidence = part.printed, 0.5
            else:
                part.understood = _cased(self.known.spelled[number], part)
                part.confidence = self._confidence(at, numbers)

    def _confidence(self, at: int, numbers: list[int]) -> float:
        """The chosen candidate's share of the probability, its neighbours given."""
        place = self.places[at]
        if len(place) == 1:
            return 1.0
        known = self.known
        before = numbers[at - 1] if at else known.cut
        after = numbers[at + 1] if at + 1 < len(numbers) else known.cut
        scores = []
        chosen = 0.0
        for syllable, seen in place:
            score = seen + log(known.probability(before, -1, syllable)) + log(known.probability(syllable, -1, after))
            scores.append(score)
            if syllable == numbers[at]:
                chosen = score
        return 1.0 / sum(exp(score - chosen) for score in scores)


def _capitals(printed: str) -> str:
    letters = [c for c in printed if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    if upper >= 2 and upper * 2 > len(letters):
        return "all"
    return "first" if printed[0].isupper() else "lower"


def _cased(word: str, part: _Part) -> str:
    if part.capitals == "all":
        return word.upper()
    return word[0].upper() + word[1:] if part.capitals == "first" else word


def repair_lines(lines: Sequence[str], channel: Confusions | None = None) -> list[RepairedText]:
    """``lines`` repaired with each other as context: a sentence that runs over a line break is one sentence.

    Lines come back one for one, white space as printed. ``channel`` is the confusion table of another scanner; by
    default the one that comes with the program. Cost: about 0.3 s for 1,400 lines.
    """
    repair = _Repair(language(), channel or confusions())
    read = []
    for line in lines:
        line = unicodedata.normalize("NFC", line)
        read.append((line, [(m.span(), repair.read(m.group())) for m in _TOKEN.finditer(line)]))
    repair.decide()
    return [_assembled(line, tokens) for line, tokens in read]


def repair_text(text: str) -> RepairedText:
    """``text`` (any number of lines) as it was before the scan; layout, figures and codes stay.

    For text that ``is_damaged``: a clean text loses foreign words and rare names to it.
    """
    lines = text.split("\n")
    repaired = repair_lines(lines)
    return RepairedText("\n".join(r.text for r in repaired), tuple(w for r in repaired for w in r.words))


def _assembled(line: str, tokens: Sequence[tuple[tuple[int, int], list[str | _Part]]]) -> RepairedText:
    pieces: list[str] = []
    words: list[RepairedWord] = []
    end = 0
    for (start, stop), parts in tokens:
        understood = "".join(part if isinstance(part, str) else part.understood for part in parts)
        confidence = min((part.confidence for part in parts if isinstance(part, _Part)), default=1.0)
        words.append(RepairedWord(line[start:stop], understood, round(confidence, 3)))
        pieces += (line[end:start], understood)
        end = stop
    pieces.append(line[end:])
    return RepairedText("".join(pieces), tuple(words))
