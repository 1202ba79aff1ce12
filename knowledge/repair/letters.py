"""What a scanner prints for each letter: P(printed | letter), learned from pairs of words by expectation-maximisation.

A true letter becomes zero to three printed characters, independently of its neighbours. What depends on neighbours
("ủa" printed "tia") is learned a level higher, for whole rimes, in ``knowledge.repair.confusion``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from knowledge.repair.fold import strip_marks

LONGEST: Final = 3  # printed characters for one letter: "ủ" as "tii" exists, four were never seen
_ROUNDS: Final = 8  # two more change no probability by more than 0.003
_FLOOR: Final = 1e-7  # keeps every alignment possible, so that one odd pair cannot stop the learning
_PRIOR: Final = 4.0  # how many observations the guess for an unseen letter is worth

# What scanners other than the one of the aligned pages print for a letter with a mark, and for a few plain ones. Only a
# start: the learning weighs them.
_LOOK_ALIKE: Final = {
    "a": ("i", "4", "3", "d", "é", "&"),
    "e": ("é", "&", "€", "¢", "8", "6", "g", "£", "©"),
    "i": ("j", "1", "l"),
    "o": ("6", "0", "d", "é", "b", "@", "O", "¢", "g", "&", "é6", "o6"),
    "u": ("w", "ii", "ti", "ur", "ir", "tr", "tir", "y", "v", "t"),
    "y": ("¥", "§", "j"),
    "d": ("d",),
    "l": ("1", "I", "|"),
    "s": ("$", "5"),
    "S": ("$", "5"),
    "I": ("l", "1", "|"),
    "D": ("P", "B", "b", "p", "D", "Ð"),
    "O": ("0", "6"),
    "U": ("t", "i", "d"),
}
# The share of a letter's printings that they make up together on a scanner that was never seen.
_LOOK_ALIKE_SHARE: Final = 0.01
# Letters that are misread even without a mark.
_PLAIN_TOO: Final = "lsiSI"

Outputs = dict[str, dict[str, float]]
Pairs = Mapping[tuple[str, str], float]


@cache
def _expected(letter: str) -> str:
    """The English model's most likely reading: the letter without its marks, case kept."""
    plain = strip_marks(letter)
    return plain.upper() if letter.isupper() else plain


def _start(letter: str, printed: str) -> float:
    if printed == letter or printed == _expected(letter):
        return 0.5
    return {0: 1e-3, 1: 1e-2, 2: 1e-3, 3: 1e-4}[len(printed)]


def learn_letters(pairs: Pairs) -> Outputs:
    """``pairs`` maps (printed, true) words to how often they were seen; returns P(printed | letter) by letter."""
    table: Outputs = {}
    for round_ in range(_ROUNDS):
        seen: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (printed, true), count in pairs.items():
            for letter, segment, share in _expectations(printed, true, table if round_ else None):
                seen[letter][segment] += share * count
        table = _smoothed(seen)
    return table


def _expectations(printed: str, true: str, table: Outputs | None) -> Iterable[tuple[str, str, float]]:
    """(letter, what was printed for it, posterior probability) of every possible alignment of one pair."""
    n, m = len(printed), len(true)
    if n > LONGEST * m:
        return
    ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
    ahead[0][0] = 1.0
    arcs: list[tuple[int, int, int, float]] = []
    for i, letter in enumerate(true):
        known = table.get(letter) if table is not None else None
        for j in range(n + 1):
            if not ahead[i][j]:
                continue
            for k in range(j, min(n, j + LONGEST) + 1):
                segment = printed[j:k]
                p = known.get(segment, _FLOOR) if known is not None else _start(letter, segment)
                ahead[i + 1][k] += ahead[i][j] * p
                arcs.append((i, j, k, p))
    total = ahead[m][n]
    if not total:
        return
    behind = [[0.0] * (n + 1) for _ in range(m + 1)]
    behind[m][n] = 1.0
    for i, j, k, p in reversed(arcs):
        behind[i][j] += p * behind[i + 1][k]
    for i, j, k, p in arcs:
        share = ahead[i][j] * p * behind[i + 1][k] / total
        if share > 1e-4:
            yield true[i], printed[j:k], share


def _smoothed(seen: Mapping[str, Mapping[str, float]]) -> Outputs:
    """Shares, with a little weight on what letters of the same shape (all marked forms of "o") become."""
    family: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for letter, outputs in seen.items():
        if letter != _expected(letter):
            for printed, count in outputs.items():
                family[_expected(letter)][printed] += count
    table: Outputs = {}
    for letter, outputs in seen.items():
        table[letter] = _with_guess(letter, outputs, family[_expected(letter)])
    return table


def _with_guess(letter: str, outputs: Mapping[str, float], family: Mapping[str, float]) -> dict[str, float]:
    plain = _expected(letter)
    guess: dict[str, float] = defaultdict(float)
    kin = sum(family.values()) if letter != plain else 0.0
    for printed, count in family.items():
        if kin:
            guess[printed] += count / kin / 2
    guess[plain] += 0.5 if kin else 1.0
    total = sum(outputs.values())
    table = {
        printed: (outputs.get(printed, 0.0) + _PRIOR * guess.get(printed, 0.0)) / (total + _PRIOR)
        for printed in sorted({*outputs, *guess})
    }
    alike = _LOOK_ALIKE.get(plain, ())
    if alike and (letter != plain or plain in _PLAIN_TOO):
        table = {printed: p * (1 - _LOOK_ALIKE_SHARE) for printed, p in table.items()}
        for printed in alike:
            table[printed] = table.get(printed, 0.0) + _LOOK_ALIKE_SHARE / len(alike)
    return table
