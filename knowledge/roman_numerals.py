"""Roman numerals as plans number with them, and as scans print them ("II1" is III, "Il" is II)."""

from __future__ import annotations

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def numeral(value: int) -> str:
    """The numeral of ``value``, 1 to 15."""
    return NUMERALS[value - 1]


def roman(token: str, expected: int | None = None) -> int | None:
    """The value of a Roman numeral printed as ``token``; a scan's "l", "1" and "|" are I ("II1" is III).

    Where the letters allow it the ``expected`` value wins: "Il" and "Ill" are told apart by their length alone.
    """
    if token in ("Vv", "Xx"):  # a letter and its shadow
        token = token[0]
    shape = token.upper().replace("1", "I").replace("L", "I").replace("|", "I")
    if shape in NUMERALS:
        return NUMERALS.index(shape) + 1
    if expected and sorted(shape) == sorted(NUMERALS[expected - 1]):
        return expected
    return None
