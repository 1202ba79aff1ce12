"""Tables with known columns (Word, PDF, a scan cut into cells, or text with "|" between the cells).

The header says what each column holds; a row is then read cell by cell. A table cut by a page break goes on in the
next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.budget_columns import headings_of, whole_header
from knowledge.budget_sums import TOTAL
from knowledge.mending import mend
from knowledge.page_text import Cell, Reading, Row, Table
from knowledge.plain import plain
from knowledge.roman_numerals import roman
from knowledge.table_header import TableKind


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    NAME = "name"
    MEASURE = "measure"
    VALUE = "value"
    LEAD = "lead"
    COOP = "coop"
    DUE = "due"
    RESULT = "result"
    ASSESSMENT = "assessment"
    MONEY = "money"
    OTHER = "other"


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
class Grid:
    """A table whose header was understood."""

    kind: TableKind
    roles: tuple[Role, ...]
    rows: tuple[GridRow, ...]
    first: int
    last: int
    header: tuple[int, int]
    headings: tuple[str, ...] = ()  # of each column, the rows of the header joined
    group: str | None = None  # the title of the group in which it ends: its rows may come on the next page


# The first pattern that a column's header matches says its role; order matters ("Chỉ tiêu năm" before "Chỉ tiêu").
_HEADERS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"^s?\s?tt\b|^so tt|^so thu tu|^stt"), Role.NUMBER),
    (re.compile(r"ghi chu|can cu|co so phap ly|quyet dinh"), Role.OTHER),
    (re.compile(r"kinh phi|du toan|tong muc|\bvon\b|trieu dong"), Role.MONEY),
    (re.compile(r"phoi hop"), Role.COOP),
    (
        re.compile(
            r"chu tri|phu trach|(?:don vi|co quan|bo phan)\s+(?:chu|thuc hien|tham muu|theo doi|dau moi|thuc thi)"
        ),
        Role.LEAD,
    ),
    (re.compile(r"don vi tinh|dvt|don vi do|do luong|^don vi$|d\.v\.t"), Role.MEASURE),
    (re.compile(r"thoi gian|thoi han|tien do|han hoan thanh|thoi diem|lo trinh"), Role.DUE),
    (re.compile(r"ket qua (?:thuc hien|dat duoc|nam 20\d\d)|thuc hien nam"), Role.RESULT),
    (re.compile(r"san pham|yeu cau|ket qua (?:can|phai|dau ra|dat)|du kien ket qua|muc do hoan thanh"), Role.RESULT),
    (
        re.compile(
            r"(?:muc tieu|chi tieu|ke hoach|gia tri|nam)\s*(?:den\s+)?(?:het\s+)?(?:nam\s*)?20\d\d|chi tieu "
            r"(?:giao|nam|phan dau)|muc tieu nam|gia tri"
        ),
        Role.VALUE,
    ),
    (re.compile(r"^ket qua$|^muc tieu$|^ke hoach$|^chi tieu can dat"), Role.VALUE),
    (re.compile(r"danh gia"), Role.ASSESSMENT),
    (
        re.compile(r"chi tieu|noi dung|nhiem vu|muc tieu|giai phap|cong viec|ten |hoat dong|tieu chi|danh muc"),
        Role.NAME,
    ),
    (re.compile(r"^ket qua|thuc hien"), Role.RESULT),
)
_GROUP_NUMBER = re.compile(r"^[IVXl]{1,5}\.?$|^[A-D]\.?$")
_ROW_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})*\.?$")


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


def _roles(header: Sequence[str]) -> tuple[Role, ...]:
    roles: list[Role] = []
    for text in header:
        bare = plain(re.sub(r"\s+", " ", text)).strip(" .:()")
        role = next((role for pattern, role in _HEADERS if pattern.search(bare)), Role.OTHER)
        roles.append(role)
    if Role.NAME not in roles:
        for role in (Role.VALUE, Role.RESULT):
            if role in roles and roles.index(role) <= 1:
                roles[roles.index(role)] = Role.NAME
                break
    names = [index for index, role in enumerate(roles) if role is Role.NAME]
    for index in names[1:]:  # "Nội dung chỉ tiêu | Chỉ tiêu": the second one is the figure
        roles[index] = Role.VALUE if Role.VALUE not in roles else Role.OTHER
    if Role.ASSESSMENT in roles and Role.LEAD not in roles and Role.RESULT not in roles:
        roles[roles.index(Role.ASSESSMENT)] = Role.LEAD
    return tuple(roles)


def _kind(roles: Sequence[Role], header: str) -> TableKind:
    present = set(roles)
    if Role.NAME not in present:
        return TableKind.OTHER
    goal = re.search(r"chi tieu|muc tieu|tieu chi", header)
    work = re.search(r"nhiem vu|giai phap|cong viec|hoat dong", header)
    if Role.MONEY in present and (Role.VALUE not in present or not goal):
        return TableKind.BUDGET
    if Role.RESULT in present and Role.ASSESSMENT in present and Role.VALUE not in present:
        return TableKind.RESULTS
    if Role.VALUE in present and goal:
        return TableKind.INDICATORS
    if goal and not work and present & {Role.LEAD, Role.COOP, Role.DUE, Role.MEASURE}:
        return TableKind.STATED
    if present & {Role.LEAD, Role.COOP, Role.DUE} and (work or re.search(r"noi dung|danh muc", header)):
        return TableKind.TASKS
    return TableKind.OTHER


def _header_of(table: Table) -> tuple[int, tuple[Role, ...], tuple[str, ...]] | None:
    """How many rows the header takes, what its columns are and their headings; None where the first rows are no
    header."""
    best: tuple[int, int, tuple[Role, ...], tuple[str, ...]] | None = None
    for depth in (1, 2, 3):
        rows = table.rows[:depth]
        if len(rows) < depth or len(table.rows) <= depth:
            break
        if any(_ROW_NUMBER.match(cell.text.strip()) for cell in rows[-1].cells[:1]):
            break
        width = max(len(row.cells) for row in rows)
        texts = [
            " ".join(dict.fromkeys(row.cells[at].text for row in rows if at < len(row.cells) and row.cells[at].text))
            for at in range(width)
        ]
        roles = _roles(texts)
        known = sum(role is not Role.OTHER for role in roles)
        if Role.NAME in roles and known >= 2 and (best is None or known > best[0]):
            best = (known, depth, roles, tuple(texts))
    return best[1:] if best else None


def read_grids(tables: Sequence[Table], *, damaged: bool) -> list[Grid]:
    """The tables whose header is understood, each with the tables that only continue it."""
    grids: list[Grid] = []
    for table in tables:
        if not table.rows:
            continue
        header = _header_of(table)
        last = grids[-1] if grids else None
        first_line = min(cell.first for row in table.rows for cell in row.cells)
        if last is not None and _continues(last, table, header, first_line):
            depth = header[0] if header else 0
            grids[-1] = _extended(last, table.rows[depth:], damaged)
            continue
        if header is None:
            continue
        depth, roles, headings = header
        if Role.MONEY in roles:
            depth = whole_header(table.rows, depth)
            headings = headings_of(table.rows[:depth])
        text = " ".join(plain(cell.text) for row in table.rows[:depth] for cell in row.cells)
        kind = _kind(roles, text)
        if kind is TableKind.OTHER:
            continue
        lines = [cell for row in table.rows[:depth] for cell in row.cells]
        head = (min(cell.first for cell in lines), max(cell.last for cell in lines))
        grids.append(_extended(Grid(kind, roles, (), head[0], head[1], head, headings), table.rows[depth:], damaged))
    return grids


def _continues(
    last: Grid, table: Table, header: tuple[int, tuple[Role, ...], tuple[str, ...]] | None, first_line: int
) -> bool:
    near = first_line - last.last <= 12  # a page number, a repeated title: never a page of text
    width = max(len(row.cells) for row in table.rows)
    if header is not None:
        return near and header[1] == last.roles
    return near and width == len(last.roles)


def _extended(grid: Grid, rows: Sequence[Row], damaged: bool) -> Grid:
    read = list(grid.rows)
    group = grid.group
    last = grid.last
    for row in rows:
        if not row.cells:
            continue
        first, end = min(cell.first for cell in row.cells), max(cell.last for cell in row.cells)
        last = max(last, end)
        texts = [mend(cell.text, damaged=damaged) if damaged else cell.text.strip() for cell in row.cells]
        title = _group_title(texts, grid.roles)
        if title is not None:
            group = title
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
            read.append(GridRow(cells, number, group, first, end, row, _doubts(row, grid.roles)))
    return replace(grid, rows=tuple(read), last=last, group=group)


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


def _group_title(texts: Sequence[str], roles: Sequence[Role]) -> str | None:
    """The title of a group row: a Roman number (or nothing) and one text, the other cells empty or the same text
    again."""
    filled = [text for text in texts if text]
    if not filled:
        return None
    if _GROUP_NUMBER.match(filled[0]) and (roman(filled[0].strip("."), None) or filled[0].strip(".") in "ABCD"):
        rest = list(dict.fromkeys(filled[1:]))
        return rest[0] if len(rest) == 1 else None
    if len(set(filled)) == 1 and len(texts) > 2:
        numbered = re.match(r"^(?:[IVX]{1,5}|[A-D])[.\s]\s*(\S.*)$", filled[0])
        if numbered:
            return numbered.group(1)
        return filled[0] if len(filled) > 1 or filled[0].isupper() else None
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
