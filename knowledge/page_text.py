"""What a reader hands over: the lines of a document in reading order, and its tables where their geometry is known.

Every reader (text, PDF, DOCX, scan) ends here, and understanding starts here, so that a new file format is one new
reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.source import Box


class Origin(StrEnum):
    """How the words came to be known. Text of a text file may itself be OCR; ``Reading.damaged`` tells."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    SCAN = "scan"


class Loss(StrEnum):
    """How much of a page could not be read, and is missing from the document without a trace."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``number`` is 1-based over the whole document (for a text file: the line of that file).

    ``doubt`` is the reader's reason, as a cell's is, not to be sure of the words (a scanned name); None otherwise.
    """

    number: int
    text: str
    page: int | None = None
    box: Box | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; line breaks inside are kept as newlines. ``first`` and ``last`` are line numbers.

    A cell merged over several rows stands in each of them, with the same line numbers. ``doubt`` is the
    reader's reason, in Vietnamese for the coordinator, not to be sure of the words (two readings of a
    scanned figure differ); None otherwise.
    """

    text: str
    first: int
    last: int
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One table row as the reader saw it; cells in column order, an empty cell is "" ."""

    cells: tuple[Cell, ...]
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with known columns. A table cut by a page break arrives as two tables; joining them is understanding's
    work.

    Every line of a table also stands in ``Reading.lines``, so that citations and chunks need one numbering only.
    """

    rows: tuple[Row, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document. ``lost`` are its pages that could not be read, or only in part. ``damaged`` says that the words
    are a ruined scan (no đ, no dotted letters: OCR with a wrong model).
    """

    lines: tuple[Line, ...]
    origin: Origin
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    damaged: bool = False
    lost: tuple[tuple[int, Loss], ...] = ()
