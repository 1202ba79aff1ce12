"""What is left of a unit column in a row's name, and whether a lead unit can be taken without asking.

Where two unit columns run into each other and a scan garbles them, the words of a unit that could not be told stay
behind in the name ("... trên địa bàn Phòng Văn hóa"): a sign that the row's lead was read from the wrong column.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.plain import plain, plain_words

# A unit's beginning inside a name: capitals where the sentence asks for none ("phòng họp" is no unit).
_REMAINS = re.compile(r"(?<=\s)(?:Phòng|Trung tâm|Văn phòng|Công an|Trạm|Ban)\s[A-ZĐÀ-Ỹ]\w*(?:\s[^\W\d]+)?")
# Units that mean many: they help more often than they lead.
_MANY = re.compile(r"^(?:cac |nhung |doanh nghiep|truong (?:ap|thon|khu)|don vi lien quan|to chuc)")
ALIKE = 85.0  # of 100: how alike the words left behind must be to the beginning of one known unit


@dataclass(frozen=True, slots=True)
class UnitRemains:
    """The unit whose words stayed in a name, what was printed of it, and the name without it."""

    unit: str
    printed: str
    name: str


def means_many(unit: str) -> bool:
    """Whether ``unit`` names a crowd ("Các đơn vị liên quan"), not one that can be held to a target."""
    return _MANY.match(plain(unit)) is not None


def holds_remains(name: str) -> bool:
    """Whether ``name`` holds the beginning of some unit."""
    return _REMAINS.search(name) is not None


def unit_remains(name: str, units: Collection[str]) -> UnitRemains | None:
    """The first of the plan's own ``units`` that ``name`` holds the beginning of; None where none or several fit."""
    for found in _REMAINS.finditer(name):
        left = plain_words(found.group())
        for size in (len(left), 2):
            fitting = [unit for unit in units if _begins(plain_words(unit), left[:size])]
            if len(fitting) == 1 and size > 1:
                printed = " ".join(found.group().split()[:size])
                rest = plain_words(fitting[0])[size:]
                before, behind = name[: found.start()], name[found.start() + len(printed) :]
                return UnitRemains(fitting[0], printed, _without_rest(f"{before} {behind}".split(), rest))
    return None


def _begins(unit: list[str], left: list[str]) -> bool:
    return len(unit) >= len(left) and fuzz.ratio(" ".join(unit[: len(left)]), " ".join(left)) >= ALIKE


def _without_rest(words: list[str], rest: list[str]) -> str:
    """``words`` without the ``rest`` of the unit, where the row's last line ends with it ("X3 hội" for "Xã hội")."""
    ends = words[-len(rest) :] if rest else []
    if rest and len(words) > len(rest) + 2 and fuzz.ratio(plain(" ".join(ends)), " ".join(rest)) >= 75:
        words = words[: -len(rest)]
    return " ".join(words)
