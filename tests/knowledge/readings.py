"""Readings for the tests of understanding, from text written in the test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

from knowledge.page_text import Cell, Line, Origin, Reading, Row, Table
from knowledge.plan import Indicator, Plan
from knowledge.understanding import understand

SHARED = Path(__file__).parents[3] / "shared"

# The first page of an invented plan as a scan with the wrong model prints it; an appendix follows.
SCANNED_HEAD = """
UY BAN NHAN DAN
XA KHE VANG
S6: 45/KH-UBND Khe Vang, ngay 12 thang 01 nam 2026
KE HOACH
Chuyén d6i s6 xa Khe Vang nam 2026

I. MUC TIEU

Hoan thanh cac chi tiéu tai Phu luc.

Noi nhan: TM. UY BAN NHAN DAN
- Luu: VT. CHU TICH

Lé Van Binh

"""


def reading(text: str, *, damaged: bool = False) -> Reading:
    """A text file's reading; the first line is line 1."""
    lines = dedent(text).strip("\n").split("\n")
    return Reading(tuple(Line(at, line) for at, line in enumerate(lines, 1)), Origin.TEXT, damaged=damaged)


def plan(text: str, *, damaged: bool = False, siblings: Sequence[Plan] = ()) -> Plan:
    """What is understood of ``text``."""
    return understand(reading(text, damaged=damaged), siblings)


def word_document(before: Sequence[str], rows: Sequence[Sequence[str]], after: Sequence[str] = ()) -> Reading:
    """A Word file's reading: paragraphs, one table, paragraphs; every cell on a line of its own."""
    lines = [Line(at, text) for at, text in enumerate(before, 1)]
    table: list[Row] = []
    for row in rows:
        cells = []
        for text in row:
            number = len(lines) + 1
            lines.append(Line(number, text))
            cells.append(Cell(text, number, number))
        table.append(Row(tuple(cells)))
    lines.extend(Line(len(lines) + 1 + at, text) for at, text in enumerate(after))
    return Reading(tuple(lines), Origin.DOCX, tables=(Table(tuple(table)),))


def named(plan_read: Plan, words: str) -> Indicator:
    """The one indicator whose name holds ``words``."""
    found = [one for one in plan_read.indicators if words.lower() in one.name.lower()]
    assert len(found) == 1, [one.name for one in plan_read.indicators]
    return found[0]
