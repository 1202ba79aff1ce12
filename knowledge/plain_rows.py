"""Rows of tables that are cited but not taken apart: results of last year, budgets, other numbered rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.manuscript import TextLine
from knowledge.row_lines import behind_number, printed_number
from knowledge.table_header import TableKind
from knowledge.table_region import Region
from knowledge.text_rows import TextRow, read_rows

_ASSESSED = re.compile(r"(?:chua |khong |vuot )?dat\W*$")
_MONEY = re.compile(r"\b\d{1,3}(?:[.,]\d{3})+\b|\b\d{2,}\b")


def plain_rows(region: Region) -> list[TextRow]:
    """The rows of ``region``: each around its assessment ("Đạt"), its amounts, or else its number."""
    anchors = {TableKind.RESULTS: _assessed, TableKind.BUDGET: _amounts}.get(region.kind, _numbered)
    if sum(anchors(region.lines, at) for at in range(len(region.lines))) < 2:
        anchors = _numbered
    return read_rows(region.lines, anchors, ghosts=anchors is not _numbered)


def _assessed(lines: Sequence[TextLine], index: int) -> bool:
    return bool(_ASSESSED.search(lines[index].plain)) and len(lines[index].words) > 1


def _amounts(lines: Sequence[TextLine], index: int) -> bool:
    return len(_MONEY.findall(" ".join(word.raw for word in lines[index].words[-8:]))) >= 3


def _numbered(lines: Sequence[TextLine], index: int) -> bool:
    return printed_number(lines[index]) is not None and len(behind_number(lines[index])) >= 2
