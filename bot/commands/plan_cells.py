"""Rows of a table for a terminal: each cell wrapped in its column."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from knowledge.source import Source

# Spaces between two columns.
GAP: Final = 2
# Wide enough for "trang 123".
PLACE: Final = 9
NUMBER: Final = 5
# The mark of a doubtful cell; a list under the table says why.
MARK: Final = "?"


def cells(texts: Sequence[str], columns: Sequence[int]) -> list[str]:
    """The lines of one row whose columns are so many letters wide."""
    wrapped = [textwrap.wrap(" ".join(text.split()), width) or [""] for text, width in zip(texts, columns, strict=True)]
    rows = []
    for at in range(max(map(len, wrapped))):
        line = [(cell[at] if at < len(cell) else "").ljust(width) for cell, width in zip(wrapped, columns, strict=True)]
        rows.append((" " * GAP).join(line).rstrip())
    return rows


def place(source: Source) -> str:
    """Where a row is printed: its page, or its line in a text without pages."""
    return f"dòng {source.first}" if source.page is None else f"trang {source.page}"


def marked(text: str, *, doubtful: bool) -> str:
    """The text of a cell, with the mark where it is doubtful."""
    return f"{MARK} {text}" if doubtful else text


def hanging(head: str, text: str, width: int) -> list[str]:
    """``head`` and ``text``, the lines after the first one indented."""
    indent = " " * min(len(head), 4)
    return textwrap.wrap(head + text, width, subsequent_indent=indent)


def where(source: Source) -> str:
    """The lines of a row, and its page where the text has pages."""
    lines = f"dòng {source.first}" + (f"-{source.last}" if source.last > source.first else "")
    return lines if source.page is None else f"trang {source.page}, {lines}"
