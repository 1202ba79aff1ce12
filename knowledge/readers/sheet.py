"""One page (or a whole Word file) as a reader saw it, before its lines have numbers; and the numbering of
them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.page_text import Cell, Line, Loss, Origin, Reading, Row, Table
from knowledge.repair import is_damaged
from knowledge.source import Box

Columns = tuple[tuple[float, float], ...]  # from where to where, from left to right

PAGE_NUMBER = re.compile(r"^[-–\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$")
_TITLE = re.compile(r"^\s*(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|MẪU|Mẫu)\b")
LINES_AHEAD = 4  # of a page, that look like those of cells
SHORT_LINE = 0.6  # of the page's width
RUNNING_LINES = 2  # that are wider: the line of a row's number may reach over all columns
MIN_COLUMNS = 3  # of the only row of a table; a letter's head and its signature have two


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of words and where it stands. ``doubt`` is the reader's reason not to be sure of them."""

    text: str
    box: Box | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: its cells, and its rows as indexes into them.

    A cell merged over several rows is the same index in each of them; a cell merged over several columns is
    an index in the first and None in the others. ``boxes`` has one entry a row, or is empty. ``doubts`` are
    indexes of cells whose words the reader is not sure of, with the reason.
    """

    cells: tuple[tuple[PrintedLine, ...], ...]
    rows: tuple[tuple[int | None, ...], ...]
    boxes: tuple[Box, ...] = ()
    doubts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines and tables in reading order. ``page`` is 1-based, None for a file without pages.

    ``columns`` are the blanks between the columns of a table without ruling that goes on to the page's end, in shares
    of its width: on the next page the table may go on. ``lost`` says that something on the page could not be read.
    """

    blocks: tuple[PrintedLine | PrintedTable, ...]
    page: int | None = None
    origin: Origin = Origin.PDF
    columns: Columns = ()
    lost: Loss | None = None

    @property
    def may_go_on(self) -> bool:
        """Whether the page may begin amid a table that was not seen: with short lines, and no title of an appendix."""
        blocks = self.blocks
        if blocks and isinstance(blocks[0], PrintedLine) and PAGE_NUMBER.match(blocks[0].text):
            blocks = blocks[1:]
        lines = [block for block in blocks[:LINES_AHEAD] if isinstance(block, PrintedLine)]
        if not lines or len(lines) < len(blocks[:LINES_AHEAD]) or any(_TITLE.match(line.text) for line in lines):
            return False
        wide = [line for line in lines if line.box is not None and line.box.right - line.box.left > SHORT_LINE]
        return len(wide) < RUNNING_LINES

    def texts(self) -> Iterator[str]:
        """The text of every line, table cells included."""
        for block in self.blocks:
            lines = (block,) if isinstance(block, PrintedLine) else (line for cell in block.cells for line in cell)
            yield from (line.text for line in lines)

    def mapped(self, change: Callable[[str], str]) -> Sheet:
        """The same sheet with ``change`` done to the text of every line."""

        def changed(block: PrintedLine | PrintedTable) -> PrintedLine | PrintedTable:
            if isinstance(block, PrintedLine):
                return replace(block, text=change(block.text))
            cells = tuple(tuple(replace(line, text=change(line.text)) for line in cell) for cell in block.cells)
            return replace(block, cells=cells)

        return replace(self, blocks=tuple(map(changed, self.blocks)))

    def moved(self, change: Callable[[Box], Box]) -> Sheet:
        """The same sheet with ``change`` done to the place of every line and row."""

        def line(old: PrintedLine) -> PrintedLine:
            return old if old.box is None else replace(old, box=change(old.box))

        def moved(block: PrintedLine | PrintedTable) -> PrintedLine | PrintedTable:
            if isinstance(block, PrintedLine):
                return line(block)
            cells = tuple(tuple(map(line, cell)) for cell in block.cells)
            return replace(block, cells=cells, boxes=tuple(map(change, block.boxes)))

        return replace(self, blocks=tuple(map(moved, self.blocks)))


def to_json(sheet: Sheet) -> dict[str, Any]:
    """A sheet as it travels between processes."""
    return {
        "page": sheet.page,
        "origin": sheet.origin.value,
        "lost": sheet.lost,
        "columns": [[round(edge, 5) for edge in blank] for blank in sheet.columns],
        "blocks": [_block_to_json(block) for block in sheet.blocks],
    }


def from_json(shape: Mapping[str, Any]) -> Sheet:
    """The sheet that ``to_json`` wrote."""
    blocks = tuple(_block_from_json(block) for block in shape["blocks"])
    columns = tuple((left, right) for left, right in shape.get("columns", ()))
    lost = Loss(shape["lost"]) if shape.get("lost") else None
    return Sheet(blocks, shape["page"], Origin(shape["origin"]), columns, lost)


@dataclass(slots=True)
class Numbering:
    """Gives the lines of sheets, added in order, one numbering, and ends as a ``Reading``."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, sheet: Sheet) -> None:
        """Number the lines of the next sheet; within a table row they run cell by cell, so that a name
        stays together.
        """
        for block in sheet.blocks:
            if isinstance(block, PrintedLine):
                self._line(block, sheet.page)
            else:
                self._table(block, sheet.page)

    def reading(self, origin: Origin, pages: int | None = None) -> Reading:
        """Everything added so far as one document."""
        text = "\n".join(line.text for line in self.lines)
        return Reading(tuple(self.lines), origin, tuple(self.tables), pages, is_damaged(text))

    def _line(self, line: PrintedLine, page: int | None) -> int:
        self.lines.append(Line(len(self.lines) + 1, line.text, page, line.box, line.doubt))
        return len(self.lines)

    def _table(self, table: PrintedTable, page: int | None) -> None:
        numbered: dict[int, Cell] = {}
        doubts = dict(table.doubts)
        rows: list[Row] = []
        for place, row in enumerate(table.rows):
            fresh = [index for index in dict.fromkeys(row) if index is not None and index not in numbered]
            if not any(table.cells[index] for index in fresh):
                continue  # an empty row says nothing
            start = len(self.lines) + 1
            for index in fresh:
                first = len(self.lines) + 1 if table.cells[index] else start
                last = first
                for line in table.cells[index]:
                    last = self._line(line, page)
                text = "\n".join(line.text for line in table.cells[index])
                numbered[index] = Cell(text, first, last, doubts.get(index))
            cells = tuple(Cell("", start, start) if index is None else numbered[index] for index in row)
            rows.append(Row(cells, page, table.boxes[place] if table.boxes else None))
        # One row alone is a frame or a layout, unless it fills columns: the last of a table, on a page of its own.
        if len(rows) > 1 or (rows and sum(bool(cell.text) for cell in rows[0].cells) >= MIN_COLUMNS):
            self.tables.append(Table(tuple(rows), page))


def _box_to_json(box: Box | None) -> list[float] | None:
    if box is None:
        return None
    return [*(round(edge, 5) for edge in (box.left, box.top, box.right, box.bottom)), *([box.turn] if box.turn else [])]


def _box_from_json(edges: Sequence[Any] | None) -> Box | None:
    return None if edges is None else Box(*edges)


def _line_to_json(line: PrintedLine) -> list[Any]:
    return [line.text, _box_to_json(line.box), line.doubt]


def _line_from_json(shape: Iterable[Any]) -> PrintedLine:
    text, box, doubt = shape
    return PrintedLine(text, _box_from_json(box), doubt)


def _block_to_json(block: PrintedLine | PrintedTable) -> dict[str, Any]:
    if isinstance(block, PrintedLine):
        return {"line": _line_to_json(block)}
    return {
        "cells": [[_line_to_json(line) for line in cell] for cell in block.cells],
        "rows": [list(row) for row in block.rows],
        "boxes": [_box_to_json(box) for box in block.boxes],
        "doubts": [list(doubt) for doubt in block.doubts],
    }


def _block_from_json(shape: Mapping[str, Any]) -> PrintedLine | PrintedTable:
    if "line" in shape:
        return _line_from_json(shape["line"])
    return PrintedTable(
        tuple(tuple(_line_from_json(line) for line in cell) for cell in shape["cells"]),
        tuple(tuple(row) for row in shape["rows"]),
        tuple(Box(*edges) for edges in shape["boxes"]),
        tuple((index, reason) for index, reason in shape["doubts"]),
    )
