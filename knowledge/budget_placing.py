"""To which source of money an amount belongs where a scan has lost the columns: the one way in which all sums come out.

"2,500 2,500" under "Tổng cộng | NS tỉnh | Nguồn khác" is all of the province's or all of another source's; the sums of
the rows above tell which, or leave it open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

from knowledge.budget_sums import Block, Line, parts_of

_MOST = 12  # rows of one sum that are tried in all ways (two sources: 4,096)


def place_parts(
    lines: Sequence[Line], blocks: Sequence[Block], parts: Mapping[int, Sequence[tuple[int, Decimal]]]
) -> dict[tuple[int, int], int]:
    """The column of each part that the sums of the table tell, by (row, order among its parts). ``parts`` are, for a
    row, the block and the value of each."""
    found: dict[tuple[int, int], int] = {}
    known = [list(line.values) for line in lines]
    for at in sorted(range(len(lines)), key=lambda row: lines[row].level):
        below = parts_of(lines, at)
        for number, block in enumerate(blocks):
            whole = [known[at][column] or Decimal(0) for column in block.parts]
            if not below or not any(whole) or any(set(block.parts) & lines[row].unread for row in below):
                continue
            open_here = [
                (row, order, value)
                for row in below
                for order, (of_block, value) in enumerate(parts.get(row, ()))
                if of_block == number and (row, order) not in found
            ]
            if not open_here or len(open_here) > _MOST:
                continue
            fixed = [sum((known[row][column] or Decimal(0) for row in below), Decimal(0)) for column in block.parts]
            fitting = [
                columns
                for columns in product(range(len(block.parts)), repeat=len(open_here))
                if _sums(fixed, columns, open_here) == whole
            ]
            if len(fitting) != 1:
                continue
            for (row, order, value), place in zip(open_here, fitting[0], strict=True):
                found[row, order] = block.parts[place]
                known[row][block.parts[place]] = value
    return found


def _sums(fixed: Sequence[Decimal], columns: Sequence[int], parts: Sequence[tuple[int, int, Decimal]]) -> list[Decimal]:
    sums = list(fixed)
    for column, (_, _, value) in zip(columns, parts, strict=True):
        sums[column] += value
    return sums
