"""Tables with known columns (Word, PDF, a scan cut into cells, or text with "|" between the cells).

The header says what each column holds; a row is then read cell by cell. A table cut by a page break goes on in the
next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.budget_sums import TOTAL
from knowledge.cut_cells import carried
from knowledge.ditto import as_above
from knowledge.grid_header import GROUP_NUMBER, Header, Role, header_of
from knowledge.mending import mend
from knowledge.page_text import Cell, Reading, Row, Table
from knowledge.plain import plain
from knowledge.roman_numerals import roman
from knowledge.table_header import TableKind


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row below the header: its cells by what they hold, its group, its lines."""

    cells: dict[Role, str]
    number: str | None
    group: str | None
    first: int
    last: int
    source: Row
    doubts: tuple[tuple[Role, str], ...] = ()  # what the reader was not sure of, by cell


@dataclass(frozen=True, slots=True)
class Group:
    """The title of a group of rows, and what its row says for all of them ("I | Chính quyền số | | Phòng Kinh tế")."""

    title: str
    cells: dict[Role, str]
    number: str | None = None  # "1" of a group whose rows are "1.1", "1.2"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose header was understood."""

    kind: TableKind
    roles: tuple[Role, ...]
    rows: tuple[GridRow, ...]
    first: int
    last: int
    header: tuple[int, int]
    headings: tuple[str, ...] = ()  # of each column, the rows of the header joined
    year: int | None = None  # that the heading of the targets names
    measure: str = ""  # that it names
    group: Group | None = None  # the one in which it ends: its rows may come on the next page


_FOR_ALL = (Role.LEAD, Role.COOP, Role.DUE)  # what the row of a group can say for the rows below it


def piped_tables(reading: Reading) -> tuple[Table, ...]:
    """Tables that a text prints with " | " between the cells, every row on one line; none in damaged text."""
    if reading.damaged or reading.tables:
        return ()
    found: list[list[Row]] = []
    before = None
    for line in reading.lines:
        parts = [part.strip() for part in re.split(r"\s*\|\s?", line.text)] if " | " in line.text else []
        if len(parts) >= 2:
            row = Row(tuple(Cell(part, line.number, line.number) for part in parts), line.page)
            if before == line.number - 1 and found:
                found[-1].append(row)
            elif len(parts) >= 3:
                found.append([row])
            else:
                continue
            before = line.number
    return tuple(Table(tuple(rows)) for rows in found if len(rows) >= 2)


def read_grids(tables: Sequence[Table], *, damaged: bool, year: int | None = None) -> list[Grid]:
    """The tables whose header is understood, each with the tables that only continue it.

    ``year`` is the plan's: of several columns of figures, the one of this year holds the targets.
    """
    grids: list[Grid] = []
    for table in tables:
        if not table.rows:
            continue
        header = header_of(table, year)
        last = grids[-1] if grids else None
        first_line = min(cell.first for row in table.rows for cell in row.cells)
        if last is not None and _continues(last, table, header, first_line):
            depth = header.depth if header else 0
            grids[-1] = _extended(last, carried(last.rows, table.rows[depth:], last.roles), damaged)
            continue
        if header is None or (header.kind is TableKind.OTHER and not header.given_out):
            continue
        lines = [cell for row in table.rows[: header.depth] for cell in row.cells]
        head = (min(cell.first for cell in lines), max(cell.last for cell in lines))
        grid = Grid(header.kind, header.roles, (), head[0], head[1], head, header.headings, header.year, header.measure)
        grids.append(_extended(grid, table.rows[header.depth :], damaged))
    return grids


def _continues(last: Grid, table: Table, header: Header | None, first_line: int) -> bool:
    near = first_line - last.last <= 12  # a page number, a repeated title: never a page of text
    width = max(len(row.cells) for row in table.rows)
    if header is not None:
        return near and (header.roles == last.roles or header.headings == last.headings)
    return near and width == len(last.roles)


def _extended(grid: Grid, rows: Sequence[Row], damaged: bool) -> Grid:
    read = list(grid.rows)
    group = grid.group
    last = grid.last
    above: Row | None = None
    for at, row in enumerate(rows):
        if not row.cells:
            continue
        first, end = _lines(row, above)
        above = row
        last = max(last, end)
        texts = [mend(cell.text, damaged=damaged) if damaged else cell.text.strip() for cell in row.cells]
        below = rows[at + 1] if at + 1 < len(rows) else None
        opened = _group(texts, grid.roles, below, group, may_be_cut=at == 0 and row.page is not None)
        if opened is not None:
            group = opened
            continue
        cells = _by_role(texts, grid.roles)
        number = cells.get(Role.NUMBER, "").strip(" .") or None
        if number and not cells.get(Role.NAME) and TOTAL.match(plain(number)):
            cells[Role.NAME], number = number, None  # "Tổng cộng" over both columns
        adds_up = TOTAL.match(plain(cells.get(Role.NAME, ""))) is not None
        if read and number is None and not adds_up and _goes_on(cells, read[-1]):
            read[-1] = _merged(read[-1], cells, end, _doubts(row, grid.roles))
            continue
        if cells.get(Role.NAME):
            title = group.title if group else None
            cells = {**(group.cells if group and not adds_up else {}), **cells}
            doubts = _doubts(row, grid.roles)
            if read:
                cells, repeated = as_above(cells, read[-1].cells)
                doubts += repeated
            read.append(GridRow(cells, number, title, first, end, row, doubts))
    return replace(grid, rows=tuple(read), last=last, group=group)


def _lines(row: Row, above: Row | None) -> tuple[int, int]:
    """The lines of a row; a cell that reaches down from the row above has its words there."""
    held = above.cells if above is not None else ()
    own = [cell for at, cell in enumerate(row.cells) if at >= len(held) or cell != held[at]] or list(row.cells)
    return min(cell.first for cell in own), max(cell.last for cell in own)


def _by_role(texts: Sequence[str], roles: Sequence[Role]) -> dict[Role, str]:
    cells: dict[Role, str] = {}
    for text, role in zip(texts, roles, strict=False):
        if role is Role.OTHER or not text:
            continue
        cells[role] = f"{cells[role]}; {text}" if role in cells and text not in cells[role] else text
    return cells


def _doubts(row: Row, roles: Sequence[Role]) -> tuple[tuple[Role, str], ...]:
    return tuple(
        (role, cell.doubt)
        for cell, role in zip(row.cells, roles, strict=False)
        if cell.doubt is not None and role is not Role.OTHER
    )


def _group(
    texts: Sequence[str], roles: Sequence[Role], below: Row | None, group: Group | None, *, may_be_cut: bool
) -> Group | None:
    """The group that a row opens; None where it is a row of its own. ``below`` is the row after it."""
    title = _group_title(texts, roles)
    if title is not None:
        return Group(title, {})
    cells = _by_role(texts, roles)
    number, name = cells.get(Role.NUMBER, "").strip(" ."), cells.get(Role.NAME, "")
    if not name or Role.VALUE not in roles or cells.get(Role.VALUE) or cells.get(Role.MEASURE):
        return None
    if _is_group_number(number):
        return Group(name, {role: cells[role] for role in _FOR_ALL if role in cells})
    if set(cells) - {Role.NUMBER, Role.NAME}:
        return None
    column = roles.index(Role.NUMBER) if Role.NUMBER in roles else None
    following = below.cells[column].text.strip() if below and column is not None and column < len(below.cells) else ""
    if not number:  # a name alone is the rest of a row only where a page's end cut it
        opens = name[:1].isupper() and not may_be_cut and following != ""
        return Group(name, {}) if opens else None
    nested = following.startswith(f"{number}.") and (group is None or group.number is not None)
    return Group(name, {}, number) if nested else None


def _is_group_number(number: str) -> bool:
    if not GROUP_NUMBER.match(number):
        return False
    return bool(roman(number, None)) or (len(number) == 1 and number in "ABCDEFGHĐ")


def _group_title(texts: Sequence[str], roles: Sequence[Role]) -> str | None:
    """The title of a group row: a Roman number (or nothing) and one text, the other cells empty or the same text
    again."""
    filled = [text for text in texts if text]
    if not filled:
        return None
    if _is_group_number(filled[0].strip(".")):
        rest = list(dict.fromkeys(filled[1:]))
        return rest[0] if len(rest) == 1 else None
    if len(set(filled)) == 1 and len(texts) > 2:
        numbered = re.match(r"^(?:[IVX]{1,5}|[A-HĐ])[.\s]\s*(\S.*)$", filled[0])
        if numbered:
            return numbered.group(1)
        at = next(index for index, text in enumerate(texts) if text)
        if len(filled) == 1 and at < len(roles) and roles[at] not in (Role.NUMBER, Role.NAME, Role.OTHER):
            return None  # the rest of a cell that the page cut: "UBND"
        # Words in the narrow column of the numbers: a cell over all columns.
        over_all = texts[0] == filled[0] and roles[:1] == (Role.NUMBER,) and len(filled[0].split()) > 1
        over_all = over_all and not TOTAL.match(plain(filled[0]))
        return filled[0] if len(filled) > 1 or filled[0].isupper() or over_all else None
    return None


def _goes_on(cells: dict[Role, str], before: GridRow) -> bool:
    """Whether an unnumbered row is the rest of ``before``, cut off by a page break."""
    name = cells.get(Role.NAME, "")
    return not name or name[:1].islower() or (before.number is not None and len(cells) < len(before.cells))


def _merged(before: GridRow, cells: dict[Role, str], last: int, doubts: tuple[tuple[Role, str], ...]) -> GridRow:
    joined = dict(before.cells)
    for role, text in cells.items():
        joined[role] = f"{joined[role]} {text}" if role in joined else text
    return replace(before, cells=joined, last=last, doubts=before.doubts + doubts)


def without_totals(grid: Grid) -> Grid:
    """``grid`` without the rows that add up others."""
    return replace(grid, rows=tuple(row for row in grid.rows if not TOTAL.match(plain(row.cells[Role.NAME]))))
