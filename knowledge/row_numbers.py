"""Which numbered lines are rows whose value nobody can read: the row numbers of a group, read as one sequence.

Scans misread numbers ("71" for 21, "3" for 13), and lines of names begin with figures of their own ("15 tuổi trở lên").
So all numbers of a group are fitted to 1, 2, 3, ... at once, at the least cost (dynamic programming).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_LOOKS = str.maketrans("olgIOSZ&", "01910528")
_UNNUMBERED = 0.4  # a row with a value whose number the scan lost
_GAP = 1.2  # a row of which nothing is left, neither number nor value
_PASSED = 1.0  # a numbered line that is no row
_STRANGE = 2.5  # a number that looks nothing like the one it would have to be
_BEGINS_LATER = 1.0  # a table that does not begin with 1: its first page is lost
_FURTHEST = 4  # rows in a run of which nothing is left
_ALIKE = ({"3", "8", "5", "6", "9", "0"}, {"1", "7", "4"}, {"2", "7"}, {"4", "9"})


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line that may open a row: its index, its number as printed (None: it has none), and whether it holds a
    value."""

    index: int
    sign: str | None
    valued: bool


def unlikeness(sign: str, number: int) -> float:
    """How unlike a printed row number is to ``number``: 0 the same, at most ``_STRANGE``. Of "2.3" the 3 counts."""
    printed = sign.rsplit(".", 1)[-1].translate(_LOOKS)
    wanted = str(number)
    if printed == wanted:
        return 0.0
    if not printed or not wanted:
        return _STRANGE
    if len(printed) == len(wanted):
        if len(wanted) > 1 and printed[-1] == wanted[-1]:
            return 0.7
        if len(wanted) > 1 and printed[0] == wanted[0]:
            return 0.8
        if len(wanted) == 1:
            return 0.9 if any({printed, wanted} <= looks for looks in _ALIKE) else 1.4
        return _STRANGE
    shorter, longer = sorted((printed, wanted), key=len)
    return 0.7 if longer.startswith(shorter) or longer.endswith(shorter) else _STRANGE


def rows_among(lines: Sequence[NumberedLine], before: int) -> list[tuple[int, int]]:
    """Of ``lines``, in order, those without a value that are rows, each with its row number; ``before`` is the last
    number of the group above. Every line with a value is a row."""
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    if before:
        best[before] = (0.0, ())
    first = next((line.sign.translate(_LOOKS) for line in lines if line.sign is not None), "")
    if first.isdigit() and int(first) > 1:
        _keep(best, int(first) - 1, _BEGINS_LATER, ())
    for line in lines:
        following: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for last, (cost, taken) in best.items():
            if not line.valued:
                _keep(following, last, cost + _PASSED, taken)
            for number in range(last + 1, last + 1 + _FURTHEST):
                odd = _UNNUMBERED if line.sign is None else unlikeness(line.sign, number)
                if not line.valued and odd >= _STRANGE:
                    continue
                more = () if line.valued else ((line.index, number),)
                _keep(following, number, cost + odd + _GAP * (number - last - 1), (*taken, *more))
        best = following
    return list(min(best.values(), default=(math.inf, ()))[1])


def _keep(
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]],
    number: int,
    cost: float,
    taken: tuple[tuple[int, int], ...],
) -> None:
    if number not in best or cost < best[number][0]:
        best[number] = (cost, taken)
