"""Amounts of money as plans print them: figures, their separators, and the unit that a table states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.plain import plain

FIGURE = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_CELL = re.compile(rf"^\W*({FIGURE})\W*$")
_UNITS = (
    (re.compile(r"\bty dong\b|\bty vnd\b|\(\s*ty\s*\)"), "tỷ đồng"),
    (re.compile(r"\btr\S{0,4}u dong\b|\btr\.?\s?d\b|\btrieu vnd\b"), "triệu đồng"),
    (re.compile(r"\b(?:nghin|ngan|1[.,]?000) dong\b"), "nghìn đồng"),
    (re.compile(r"\bdong\b(?! bo)|\bvnd\b|\bvn dong\b"), "đồng"),
)
_STATED = re.compile(r"(?:don vi(?: tinh)?|dvt|d\.v\.t)\s*:?\s*(.{0,24})")
_ONE_GROUP = re.compile(r"^[1-9]\d{0,2}([.,])\d{3}$")
_GROUPS = re.compile(r"^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+$")
_DECIMAL = re.compile(r"^\d+([.,])(?:\d{1,2}|\d{4,})$|^0([.,])\d+$")
_BOTH = re.compile(r"^[1-9]\d{0,2}(?:([.,])\d{3})+(?!\1)[.,]\d{1,2}$")


def money_unit(text: str) -> str | None:
    """The unit that the head of a table states ("Đơn vị tính: triệu đồng", "Kinh phí (triệu đồng)")."""
    bare = plain(text)
    stated = _STATED.search(bare)
    for said in (stated.group(1) if stated else "", bare):
        for pattern, unit in _UNITS:
            if pattern.search(said):
                return unit
    return None


def figure_in(cell: str) -> str | None:
    """The figure that a cell holds and nothing else; None for words, a dash or an empty cell."""
    match = _CELL.match(" ".join(cell.split()))
    return match.group(1) if match else None


@dataclass(frozen=True, slots=True)
class Separators:
    """What a point and a comma mean in one table, as its figures tell: thousands, or the beginning of decimals."""

    thousands: frozenset[str]
    decimals: frozenset[str]
    billions: bool = False  # amounts in tỷ đồng: three decimals are then as usual as thousands

    @classmethod
    def of(cls, figures: Iterable[str], unit: str | None) -> Separators:
        """The separators of a table that prints ``figures``."""
        thousands: set[str] = set()
        decimals: set[str] = set()
        for figure in figures:
            if groups := _GROUPS.match(figure) or _BOTH.match(figure):
                thousands.add(groups.group(1))
            if _BOTH.match(figure):
                decimals.add(figure.rstrip("0123456789")[-1])
            if fraction := _DECIMAL.match(figure):
                decimals.add(fraction.group(1) or fraction.group(2))
        return cls(frozenset(thousands), frozenset(decimals), unit == "tỷ đồng")

    def value(self, figure: str) -> Decimal | None:
        """The value of a figure; None where it may be read in two ways ("1,250" in a table of tỷ đồng)."""
        single = _ONE_GROUP.match(figure)
        if single is None:
            if _GROUPS.match(figure):
                return Decimal(re.sub(r"[.,]", "", figure))
            if _BOTH.match(figure):
                head, tail = re.split(r"[.,](?=\d{1,2}$)", figure)
                return Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
            return Decimal(figure.replace(",", "."))
        sign = single.group(1)
        if sign in self.decimals and sign in self.thousands:
            return None
        if sign in self.decimals:
            # "12,5" beside "1,250": decimals, unless nothing else parts the thousands of this table.
            return Decimal(figure.replace(",", ".")) if self.thousands - {sign} else None
        if self.billions and sign == "," and sign not in self.thousands:
            return None
        return Decimal(re.sub(r"[.,]", "", figure))
