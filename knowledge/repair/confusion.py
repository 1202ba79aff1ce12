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
_PER_PRINTED: Final = 40  # true units kept for one printed string
_SCALE: Final = 20  # costs are stored as -log(p) times this, in whole numbers

# A letter more, less or other than the table knows; the marks alone being other.
_EDIT: Final = 1.5e-3
_MARKS: Final = 0.04
# Candidates that go on to the search of the path.
_KEPT: Final = 8
# A candidate this much less probable than the best, its own frequency counted, never came back in the path.
_BEAM: Final = 1e-4

_LETTER_FOR: Final = str.maketrans("6013458$@&€¢©¥w", "oolaasesoeeeeyu", "\"'’‘`?^*|_{}[]()<>~+=,.:;!\\")

Costs = dict[str, list[tuple[str, float]]]


class Confusions:
    """The candidates for a printed word; remembers the words it has seen."""

    def __init__(self, onsets: dict[str, str], rimes: dict[str, str], known: Language) -> None:
        self._packed = (onsets, rimes)
        self._onsets: Costs = {}
        self._rimes: Costs = {}
        self._known = known
        self._syllables: dict[tuple[str, str], int] = {}
        self._foreign: dict[str, int] = {}
        for number, syllable in enumerate(known.spelled):
            parts = split_syllable(syllable)
            if parts is not None:
                self._syllables[parts] = number
            elif number not in (known.cut, known.figure):
                self._foreign[syllable] = number
        self._seen: dict[tuple[str, bool], list[Candidate]] = {}

    def candidates(self, printed: str, capital: bool) -> list[Candidate]:
        """Syllable numbers with P(printed | syllable), best first; empty where nothing is near.

        ``printed`` has no surrounding punctuation; ``capital`` says that its first letter is a capital and the rest is
        not. Words all in capitals are given in lower case.
        """
        key = (printed, capital)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._find(printed, capital)
        return found

    def _find(self, printed: str, capital: bool) -> list[Candidate]:
        scores = self._from_table(printed, capital)
        foreign = self._foreign.get(printed.lower())
        if foreign is not None:
            scores[foreign] = 0.9
        if not scores:
            scores = self._from_edits(printed)
        return self._ranked(scores)

    def of_table(self, printed: str, capital: bool) -> list[Candidate]:
        """Like ``candidates``, but only what the table knows: for strings that may be no word at all."""
        return self._ranked(self._from_table(printed, capital))

    def _ranked(self, scores: dict[int, float]) -> list[Candidate]:
        counts = self._known.counts
        ranked = sorted(((p * counts[number], number, p) for number, p in scores.items()), reverse=True)[:_KEPT]
        if not ranked:
            return []
        least = ranked[0][0] * _BEAM
        return [(number, p) for weight, number, p in ranked if weight > least]

    def _from_table(self, printed: str, capital: bool) -> dict[int, float]:
        scores: dict[int, float] = {}
        for cut in range(min(len(printed), 6) + 1):
            onsets = self._units(0, printed[:cut])
            if not onsets:
                continue
            rimes = self._units(1, printed[cut:])
            for onset, onset_score in onsets:
                if onset and onset[0].isupper() != capital:
                    continue
                plain_onset = onset.lower()
                for rime, rime_score in rimes:
                    if (not onset and capital) != rime[0].isupper():
                        continue
                    number = self._syllables.get((plain_onset, rime.lower()))
                    if number is not None:
                        score = onset_score * rime_score
                        if score > scores.get(number, 0.0):
                            scores[number] = score
        return scores

    def _from_edits(self, printed: str) -> dict[int, float]:
        bare = strip_marks(printed).translate(_LETTER_FOR)
        scores: dict[int, float] = {}
        for near in {bare, *_one_edit(bare)}:
            for number in self._known.spellings(near):
                scores[number] = _EDIT if near != bare else _MARKS
        return scores

    def _units(self, which: int, printed: str) -> list[tuple[str, float]]:
        costs = (self._onsets, self._rimes)[which]
        units = costs.get(printed)
        if units is None:
            line = self._packed[which].get(printed, "")
            units = costs[printed] = [
                (unit, exp(-int(cost) / _SCALE)) for unit, cost in (pair.split(":") for pair in line.split())
            ]
            if not printed and which == 0:
                units.append(("", 1.0))
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
        for printed in {*guess, *memory}:
            p = (memory.get(printed, 0.0) + _MEMORY * guess.get(printed, 0.0)) / (total + _MEMORY)
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
