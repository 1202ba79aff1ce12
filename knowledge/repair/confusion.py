"""What a printed word may have been: candidates with P(printed | syllable), from a table of onsets and rimes.

A syllable is an onset and a rime, and a scan damages the two independently, so a table of some hundreds of units
covers all syllables: "nwéc" is n + "wéc", and "wéc" was printed for "ước", "ức" ... ``knowledge.repair.learn`` makes
the table.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from math import exp, log
from typing import Final

from knowledge.repair.fold import strip_marks
from knowledge.repair.letters import Outputs
from knowledge.repair.path import Candidate
from knowledge.repair.spelling import split_syllable
from knowledge.repair.syllables import Language, language

PACKED: Final = "confusion.gz"

_LEAST: Final = 2e-5  # rarer outputs of one unit are left to the search by edits
_MEMORY: Final = 6.0  # how many sightings of a whole unit weigh as much as the letters' product
_LEAST_TRUST: Final = 0.2  # the letters' share however often a unit was seen: another scanner prints other things
_PER_PRINTED: Final = 40  # true units kept for one printed string
_SCALE: Final = 20  # costs are stored as -log(p) times this, in whole numbers

# A letter more, less or other than the table knows; the marks alone being other.
_EDIT: Final = 1.5e-3
_MARKS: Final = 0.04
# Candidates that go on to the search of the path.
_KEPT: Final = 12
# How much less probable than the best a candidate may be, its own frequency counted: eight candidates down to 1e-4
# lose four words in ten thousand.
_BEAM: Final = 1e-6

_LETTER_FOR: Final = str.maketrans("6013458$@&€¢©¥w", "oolaasesoeeeeyu", "\"'’‘`?^*|_{}[]()<>~+=,.:;!\\")

_LONGEST_WORD: Final = 12  # printed characters: "nghiêng" with every vowel doubled
_LONGEST_ONSET: Final = 6  # printed characters: "ngh" as "ngth'h" exists
_LEAST_WORD: Final = 1e-8  # of P(printed | word); a letter less probable than this has another reading
_FOREIGN: Final = 0.9  # a word of another language is printed as it is
_REMEMBERED: Final = 100_000  # distinct printed words; a long-running process forgets them then


class Confusions:
    """The candidates for a printed word; remembers the words it has seen."""

    def __init__(self, onsets: dict[str, str], rimes: dict[str, str], known: Language) -> None:
        self._onsets = _Units(onsets)
        self._rimes = _Units(rimes)
        self._known = known
        self._syllables: dict[str, dict[str, int]] = {}
        self._foreign: dict[str, int] = {}
        for number, syllable in enumerate(known.spelled):
            parts = split_syllable(syllable)
            if parts is not None:
                self._syllables.setdefault(parts[0], {})[parts[1]] = number
            elif number not in (known.cut, known.figure):
                self._foreign[syllable] = number
        self._seen: dict[tuple[str, bool], list[Candidate]] = {}
        self._near: dict[str, list[Candidate]] = {}

    def candidates(self, printed: str, capital: bool) -> list[Candidate]:
        """Syllable numbers with P(printed | syllable), likeliest first; empty where nothing is near.

        ``printed`` has no surrounding punctuation; ``capital`` says that its first letter is a capital and the rest
        is not. Words all in capitals are given in lower case.
        """
        found = self.of_table(printed, capital)
        if not found and len(printed) > _LONGEST_WORD:
            return []
        return found or self._ranked(self._from_edits(printed))

    def of_table(self, printed: str, capital: bool) -> list[Candidate]:
        """Like ``candidates``, but only what the table and the counts know: for strings that may be no word at all."""
        key = (printed, capital)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            found = self._seen[key] = self._ranked(self._from_table(printed, capital))
        return found

    def near(self, printed: str) -> list[Candidate]:
        """Syllables that are one letter, or marks alone, away from ``printed``: what a scan may print that the table
        has never seen. Each has a very small P(printed | syllable). Nothing for a single letter: one letter
        away from it is nearly everything."""
        if not 2 <= len(printed) <= _LONGEST_WORD:
            return []
        found = self._near.get(printed)
        if found is None:
            if len(self._near) > _REMEMBERED:
                self._near.clear()
            found = self._near[printed] = self._ranked(self._from_edits(printed))
        return found

    def readings(self, printed: str, capital: bool) -> dict[str, float]:
        """Every syllable that the table knows for ``printed``, with P(printed | syllable): for those who know better
        than running text how common each is, as with names."""
        spelled = self._known.spelled
        return {spelled[number]: p for number, p in self._from_table(printed, capital).items()}

    def _ranked(self, scores: dict[int, float]) -> list[Candidate]:
        counts = self._known.counts
        ranked = sorted(((p * counts[number], number, p) for number, p in scores.items()), reverse=True)[:_KEPT]
        if not ranked:
            return []
        least = ranked[0][0] * _BEAM
        return [(number, p) for weight, number, p in ranked if weight > least]

    def _from_table(self, printed: str, capital: bool) -> dict[int, float]:
        scores: dict[int, float] = {}
        self._add(scores, "", 1.0, self._rimes.of(printed, capital))
        for cut in range(1, min(len(printed), _LONGEST_ONSET) + 1):
            rimes = self._rimes.of(printed[cut:], capital=False)
            if rimes:
                for onset, p in self._onsets.of(printed[:cut], capital):
                    self._add(scores, onset, p, rimes)
        foreign = self._foreign.get(printed.lower())
        if foreign is not None:
            scores[foreign] = _FOREIGN
        return scores

    def _add(self, scores: dict[int, float], onset: str, p: float, rimes: list[tuple[str, float]]) -> None:
        number_of = self._syllables[onset].get
        for rime, q in rimes:
            if p * q < _LEAST_WORD:
                break
            number = number_of(rime)
            if number is not None and p * q > scores.get(number, 0.0):
                scores[number] = p * q

    def _from_edits(self, printed: str) -> dict[int, float]:
        bare = strip_marks(printed).translate(_LETTER_FOR)
        scores: dict[int, float] = {}
        spelled = self._known.by_spelling
        for near in _one_edit(bare):
            if near in spelled:
                for number in spelled[near]:
                    scores[number] = _EDIT
        for number in spelled.get(bare, ()):
            scores[number] = _MARKS
        return scores


class _Units:
    """Onsets or rimes by printed string, unpacked as they are asked for; the likeliest first, in lower case."""

    def __init__(self, packed: dict[str, str]) -> None:
        self._packed = packed
        self._small: dict[str, list[tuple[str, float]]] = {}
        self._capital: dict[str, list[tuple[str, float]]] = {}

    def of(self, printed: str, capital: bool) -> list[tuple[str, float]]:
        """Units and P(printed | unit) of words that begin with a capital here, or of those that do not."""
        if printed not in self._packed:
            return []
        units = (self._capital if capital else self._small).get(printed)
        if units is None:
            self._small[printed], self._capital[printed] = [], []
            for pair in self._packed[printed].split():
                unit, cost = pair.split(":")
                where = self._capital if unit[0].isupper() else self._small
                where[printed].append((unit.lower(), exp(-int(cost) / _SCALE)))
            units = (self._capital if capital else self._small)[printed]
        return units


def _one_edit(word: str) -> Iterable[str]:
    letters = "abcdeghiklmnopqrstuvxy"
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        for c in letters:
            yield head + c + tail
            if tail:
                yield head + c + tail[1:]


def unit_costs(
    letters: Outputs, sightings: Mapping[tuple[str, str], float], units: Iterable[str]
) -> dict[str, dict[str, float]]:
    """P(printed | unit) by printed string: the product over letters, corrected by ``sightings`` of (printed, unit)."""
    totals: dict[str, float] = {}
    seen: dict[str, dict[str, float]] = {}
    for (printed, unit), count in sightings.items():
        totals[unit] = totals.get(unit, 0.0) + count
        seen.setdefault(unit, {})[printed] = count
    by_printed: dict[str, dict[str, float]] = {}
    for unit in units:
        guess = _outputs(letters, unit)
        total = totals.get(unit, 0.0)
        memory = seen.get(unit, {})
        trust = max(_MEMORY / (total + _MEMORY), _LEAST_TRUST)
        for printed in {*guess, *memory}:
            p = trust * guess.get(printed, 0.0)
            if printed in memory:
                p += (1 - trust) * memory[printed] / total
            if p > _LEAST:
                by_printed.setdefault(printed, {})[unit] = p
    return by_printed


def _outputs(letters: Outputs, unit: str) -> dict[str, float]:
    """What is printed for a whole unit, by the letters alone, down to a tenth of the least probability kept."""
    outputs = {"": 1.0}
    for letter in unit:
        grown: dict[str, float] = {}
        for head, p in outputs.items():
            for tail, q in letters.get(letter, {strip_marks(letter): 1.0}).items():
                if p * q > _LEAST / 10:
                    grown[head + tail] = grown.get(head + tail, 0.0) + p * q
        outputs = grown
    return outputs


def pack(onsets: dict[str, dict[str, float]], rimes: dict[str, dict[str, float]]) -> bytes:
    """The file that ``confusions()`` reads: printed string, then units with their costs; first onsets, then rimes."""
    return gzip.compress("\n\n".join(map(_lines, (onsets, rimes))).encode(), compresslevel=9, mtime=0)


def _lines(table: dict[str, dict[str, float]]) -> str:
    rows = []
    for printed, units in sorted(table.items()):
        if any(c.isspace() for c in printed):
            continue
        best = sorted(units.items(), key=lambda item: (-item[1], item[0]))[:_PER_PRINTED]
        rows.append(f"{printed}\t" + " ".join(f"{unit}:{round(-log(p) * _SCALE)}" for unit, p in best))
    return "\n".join(rows)


def unpack(packed: bytes, known: Language) -> Confusions:
    """The reverse of ``pack``."""
    onsets, rimes = (
        dict(line.split("\t", 1) for line in half.split("\n"))
        for half in gzip.decompress(packed).decode().split("\n\n")
    )
    return Confusions(onsets, rimes, known)


@cache
def confusions() -> Confusions:
    """The table that comes with the program; read on the first call, shared afterwards."""
    packed = resources.files("knowledge.repair.counts").joinpath(PACKED).read_bytes()
    return unpack(packed, language())
