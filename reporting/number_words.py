"""Numbers written out in words: "sáu mươi", "tám lăm", "một trăm linh hai", "ba nghìn hai trăm", with or without marks.

Only a text that is a number from its first word to its last is read; everything else is left to the person who asks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from knowledge.repair.fold import strip_marks

_DIGITS: Final = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_TENS: Final = frozenset({"muoi", "chuc"})
_LINKS: Final = frozenset({"linh", "le"})
_SCALES: Final = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_POINTS: Final = frozenset({"phay", "cham"})
_HALF: Final = "ruoi"

WORDS: Final = frozenset(_DIGITS) | _TENS | _LINKS | frozenset(_SCALES) | _POINTS | {_HALF, "tram"}


def read_words(text: str) -> Decimal | None:
    """The number that ``text`` spells, None unless every word belongs to one well-formed number."""
    words = strip_marks(text).split()
    if not words or any(word not in WORDS for word in words):
        return None
    point = next((at for at, word in enumerate(words) if word in _POINTS), None)
    if point is None:
        return _whole(words)
    whole, digits = _whole(words[:point]), words[point + 1 :]
    if whole is None or not digits:
        return None
    # "phẩy hai mươi lăm" names the decimals as a number, "phẩy không năm" spells them.
    if all(word in _DIGITS for word in digits):
        decimals = "".join(str(_DIGITS[word]) for word in digits)
    else:
        named = _below_thousand(digits)
        if named is None:
            return None
        decimals = str(named)
    return Decimal(f"{whole}.{decimals}")


def _whole(words: list[str]) -> Decimal | None:
    """Groups of up to three digits, each with a falling scale; a last "rưỡi" is half of the scale before it."""
    total, group, last = Decimal(0), list[str](), None
    for word in words:
        scale = _SCALES.get(word)
        if scale is None:
            group.append(word)
            continue
        count = _below_thousand(group)
        if count is None or (last is not None and scale >= last):
            return None
        total, group, last = total + count * scale, [], scale
    if not group:
        return total if last is not None else None
    if group == [_HALF] and last is not None:
        return total + Decimal(last) / 2
    if last is not None and len(group) == 1 and group[0] in _DIGITS:
        return None  # "hai nghìn năm" is 2.500 in a market and 2.005 in a book
    rest = _below_thousand(group)
    return None if rest is None else total + rest


def _below_thousand(words: list[str]) -> Decimal | None:
    rest = list(words)
    total, half = Decimal(0), False
    if rest[-1:] == [_HALF]:
        rest, half = rest[:-1], True
    if len(rest) >= 2 and rest[0] in _DIGITS and rest[1] == "tram":
        total += _DIGITS[rest[0]] * 100
        rest = rest[2:]
        if half:
            return total + 50 if not rest else None
        if len(rest) == 2 and rest[0] in _LINKS and rest[1] in _DIGITS:
            return total + _DIGITS[rest[1]]
        if not rest:
            return total
        if len(rest) == 1 and rest[0] in _DIGITS:
            return None  # "một trăm hai": 120 or 102
    below = _below_hundred(rest)
    if below is None:
        return None
    return total + below + (Decimal("0.5") if half else 0)


def _below_hundred(words: list[str]) -> Decimal | None:
    match words:
        case [one] if one in _DIGITS:
            return Decimal(_DIGITS[one])
        case ["muoi"] | ["chuc"]:
            return Decimal(10)
        case ["muoi", one] if _DIGITS.get(one, 0) > 0:
            return Decimal(10 + _DIGITS[one])
        case [ten, tens] if _DIGITS.get(ten, 0) > 1 and tens in _TENS:
            return Decimal(_DIGITS[ten] * 10)
        case [ten, "muoi", one] if _DIGITS.get(ten, 0) > 1 and _DIGITS.get(one, 0) > 0:
            return Decimal(_DIGITS[ten] * 10 + _DIGITS[one])
        case [ten, one] if _DIGITS.get(ten, 0) > 1 and one in ("mot", "tu", "lam", "nham"):
            # The clipped speech of "hai mốt", "tám lăm": only these endings cannot be two separate digits.
            return Decimal(_DIGITS[ten] * 10 + _DIGITS[one])
        case _:
            return None
