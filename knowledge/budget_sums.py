"""Whether a table of money adds up: each row of parts, each column of rows, the total of the table.

Nothing is repaired here. What does not come out is said, in the row whose sum it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.plain import plain
from knowledge.roman_numerals import roman

TOTAL = re.compile(r"^\W*(?:tong|cong)(?: cong| so| kinh phi| muc dau tu| du toan)*\b(?:\W*\([^)]*\))?\W*$")
# Amounts are rounded to the last printed digit; parts of a sum may miss it by one each.
_ROUNDING = Decimal("1")


@dataclass(slots=True)
class Block:
    """Columns of a sum and of its parts ("Tổng cộng", of which "NS tỉnh" and "Nguồn khác"), by their positions."""

    total: int
    parts: tuple[int, ...]


@dataclass(slots=True)
class Line:
    """A row while it is read: its number, its figures by column (None: empty), which of them could not be read."""

    number: str | None
    name: str
    values: list[Decimal | None]
    unread: set[int] = field(default_factory=set)
    checks: list[str] = field(default_factory=list)

    @property
    def is_total(self) -> bool:
        """Whether the row adds up the table."""
        return TOTAL.match(plain(self.name)) is not None

    @property
    def level(self) -> int:
        """How deep its number stands: a letter, a Roman number, a number, a number below a number; a total is
        outermost."""
        if self.is_total:
            return 0
        number = (self.number or "").strip(" .)")
        if re.fullmatch(r"[A-H]", number):
            return 1
        if number.isupper() and roman(number, None):
            return 2
        if number.isdigit():
            return 3
        return 3 + number.count(".") if re.fullmatch(r"\d+(?:\.\d+)+", number) else 4


def blocks_of(headings: Sequence[str]) -> list[Block]:
    """The sums among columns, as their headings tell: "Tổng ..." and the columns up to the next one."""
    totals = [at for at, heading in enumerate(headings) if _is_sum(heading)]
    if not totals:
        return []
    found: list[Block] = []
    if totals[0] == 0:
        for at, until in zip(totals, [*totals[1:], len(headings)], strict=True):
            found.append(Block(at, tuple(range(at + 1, until))))
    elif totals == [len(headings) - 1]:
        found.append(Block(totals[0], tuple(range(totals[0]))))
    return [block for block in found if len(block.parts) >= 2]


def _is_sum(heading: str) -> bool:
    said = plain(heading.rsplit(":", 1)[-1])
    return re.search(r"^\W*(?:tong|cong)\b(?!.*(?:trong do|ngan sach|\bns\b))", said) is not None


def check_rows(lines: Sequence[Line], headings: Sequence[str], blocks: Sequence[Block]) -> None:
    """Say in each row whose parts do not add up to its sum that they do not."""
    for line in lines:
        for block in blocks:
            parts = [line.values[at] for at in block.parts if line.values[at] is not None]
            whole = line.values[block.total]
            if whole is None or not parts or line.unread & {block.total, *block.parts}:
                continue
            added = sum((part for part in parts if part is not None), Decimal(0))
            if abs(added - whole) >= _ROUNDING:
                line.checks.append(
                    f"Các nguồn của dòng này cộng lại được {written(added)}, khác {_named(headings[block.total])} "
                    f"{written(whole)}; đề nghị xem bản gốc."
                )


def check_columns(lines: Sequence[Line], headings: Sequence[str]) -> None:
    """Say in each row that sums up rows below it (or the table) where the sum does not come out."""
    for at, line in enumerate(lines):
        below = parts_of(lines, at)
        if len(below) < (2 if line.is_total else 1):
            continue
        for column, heading in enumerate(headings):
            whole = line.values[column]
            if any(column in lines[part].unread for part in below) or column in line.unread:
                continue
            parts = [lines[part].values[column] for part in below]
            known = [part for part in parts if part is not None]
            if not known or whole is None:
                continue
            added = sum(known, Decimal(0))
            if abs(added - whole) >= _ROUNDING:
                what = "Tổng" if line.is_total else "Dòng này"
                line.checks.append(
                    f"{what} ghi {written(whole)} ({_named(heading)}) nhưng các dòng cộng lại được {written(added)}; "
                    "đề nghị xem bản gốc."
                )


def parts_of(lines: Sequence[Line], at: int) -> list[int]:
    """The rows that row ``at`` adds up: the outermost of the rows below it; of the table for a total."""
    line = lines[at]
    if line.is_total:
        inside = [other for other in range(len(lines)) if not lines[other].is_total]
    else:
        inside = []
        for other in range(at + 1, len(lines)):
            if lines[other].level <= line.level:
                break
            inside.append(other)
    if not inside:
        return []
    level = min(lines[other].level for other in inside)
    return [other for other in inside if lines[other].level == level]


def written(value: Decimal) -> str:
    """A value as a person writes it: 1.250,5."""
    whole, _, fraction = format(value.normalize(), "f").partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def _named(heading: str) -> str:
    return f"cột “{heading}”" if heading else "cột tổng"
