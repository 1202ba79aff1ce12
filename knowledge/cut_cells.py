"""Cells of a table that reach over a page break: printed once, they hold for the rows on both pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from knowledge.grid_header import GROUP_NUMBER, Role
from knowledge.page_text import Row

_REACHING = (Role.LEAD, Role.COOP, Role.DUE)
_UNSURE = "ô để trống ở đầu trang; có vẻ ô của trang trước kéo xuống, hiểu là {}"


class ReadRow(Protocol):
    """A row already read, with the row that the reader saw."""

    @property
    def source(self) -> Row: ...


def carried(before: Sequence[ReadRow], rows: Sequence[Row], roles: Sequence[Role]) -> tuple[Row, ...]:
    """``rows``, with which a table goes on after a page break, the empty cells at their top filled from the row before.

    A cell that is merged over rows on either side of the break reaches over it for certain; of a single empty cell the
    lead is taken with a doubt, and nothing else.
    """
    filled = list(rows)
    first = next((at for at, row in enumerate(rows) if not _is_rest(row, roles)), len(rows))
    if not before or first == len(rows) or not _is_row(rows[first], roles):
        return tuple(filled)
    last = before[-1].source
    for column, role in enumerate(roles):
        if role not in _REACHING or column >= len(last.cells) or column >= len(rows[first].cells):
            continue
        cell, top = last.cells[column], rows[first].cells[column]
        if not cell.text or top.text:
            continue
        many = sum(column < len(row.cells) and row.cells[column] == top for row in rows[first:])
        whole = sum(column < len(row.cells) and row.cells[column] == top for row in rows)
        held = len(before) > 1 and before[-2].source.cells[column : column + 1] == (cell,)
        if whole == 1 and not held and role is not Role.LEAD:
            continue
        doubt = None if whole > 1 or held else _UNSURE.format(" ".join(cell.text.split()))
        for at in range(first, first + many):
            own = replace(rows[at].cells[column], text=cell.text, doubt=doubt)
            now = filled[at].cells
            filled[at] = replace(filled[at], cells=(*now[:column], own, *now[column + 1 :]))
    return tuple(filled)


def _is_rest(row: Row, roles: Sequence[Role]) -> bool:
    """Whether ``row`` is the rest of the one that the page cut: it has no number where rows have one."""
    return any(role is Role.NUMBER and not cell.text for cell, role in zip(row.cells, roles, strict=False))


def _is_row(row: Row, roles: Sequence[Role]) -> bool:
    """Whether ``row`` is one of its own: the title of a group names no target, and the rest of a row no number."""
    told = {role for cell, role in zip(row.cells, roles, strict=False) if cell.text}
    if any(role is Role.NUMBER and GROUP_NUMBER.match(cell.text) for cell, role in zip(row.cells, roles, strict=False)):
        return False
    return told >= {Role.NAME} | ({Role.NUMBER, Role.VALUE} & set(roles))
