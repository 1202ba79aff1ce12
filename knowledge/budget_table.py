"""Money of a plan from tables whose columns are known: content, amounts by source or year, lead, note."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.budget_sums import Line, blocks_of, check_columns, check_rows
from knowledge.casing import sentence_case
from knowledge.grid_header import Role
from knowledge.grid_rows import doubts_of, source_of
from knowledge.grid_table import Grid, GridRow
from knowledge.manuscript import Manuscript
from knowledge.money import Separators, figure_in, money_unit
from knowledge.plain import plain
from knowledge.plan import Amount, BudgetLine
from knowledge.targets import tidy_name
from knowledge.units import UnitLexicon

_WORDS_COLUMN = 0.5  # share of a column's filled cells that are figures before it counts as money
_TITLE_REACH = 4  # lines above a table that may state its unit
_NO_MONEY = (Role.NUMBER, Role.NAME, Role.LEAD, Role.COOP, Role.DUE, Role.MEASURE)
_DASHES = frozenset({"", "-", "–", "—", "0", "x"})


def grid_budget(manuscript: Manuscript, grid: Grid, where: str, lexicon: UnitLexicon) -> list[BudgetLine]:
    """The rows of a table of money, in order; none where it holds no figure. Sums that do not come out are said in the
    row that states them."""
    columns = _money_columns(grid)
    if not columns:
        return []
    unit = _unit(manuscript, grid)
    headings = [_heading(grid.headings[at]) if at < len(grid.headings) else "" for at in columns]
    printed = [[_cell(row, at) for at in columns] for row in grid.rows]
    figures = [[figure_in(text) for text in texts] for texts in printed]
    separators = Separators.of([one for texts in figures for one in texts if one], unit)
    lines = [
        _line(row, texts, found, separators, headings)
        for row, texts, found in zip(grid.rows, printed, figures, strict=True)
    ]
    check_rows(lines, headings, blocks_of(headings))
    check_columns(lines, headings)
    found_lines: list[BudgetLine] = []
    for at, (row, line, texts) in enumerate(zip(grid.rows, lines, printed, strict=True)):
        amounts = tuple(
            Amount(heading, value, text)
            for heading, value, text in zip(headings, line.values, texts, strict=True)
            if text not in _DASHES
        )
        group = group_of(lines, at) or row.group
        found_lines.append(
            BudgetLine(
                name=tidy_name(line.name),
                where=where,
                source=source_of(manuscript, row),
                no=line.number,
                group=sentence_case(group) if group else None,
                amounts=amounts,
                unit=unit,
                total=line.is_total,
                lead=lexicon.split(row.cells.get(Role.LEAD, "")),
                note=_note(grid, row, columns),
                checks=(*line.checks, *doubts_of(row)),
            )
        )
    return found_lines


def group_of(lines: Sequence[Line], at: int) -> str | None:
    """The name of the row that row ``at`` is a part of; None for an outermost one."""
    level = lines[at].level
    above = (line for line in reversed(lines[:at]) if not line.is_total and line.level < level)
    return None if lines[at].is_total else next((line.name for line in above), None)


def unread(text: str, heading: str) -> str:
    """The reason to doubt a figure that is damaged or may be read in two ways."""
    column = f" (cột “{heading}”)" if heading else ""
    return f"Số tiền in “{text}”{column} không đọc chắc được; đề nghị xem bản gốc."


def _line(
    row: GridRow, texts: Sequence[str], figures: Sequence[str | None], separators: Separators, headings: Sequence[str]
) -> Line:
    line = Line(row.number, " ".join(row.cells[Role.NAME].split()), [])
    for at, (text, figure) in enumerate(zip(texts, figures, strict=True)):
        value: Decimal | None = separators.value(figure) if figure is not None else None
        line.values.append(value)
        if value is None and text not in _DASHES and any(letter.isdigit() for letter in text):
            line.unread.add(at)
            line.checks.append(unread(text, headings[at]))
    return line


def _money_columns(grid: Grid) -> list[int]:
    """The columns that hold amounts: those that the header calls so, and columns of figures behind them."""
    first = next((at for at, role in enumerate(grid.roles) if role is Role.MONEY), None)
    if first is None:
        return []
    found = []
    for at, role in enumerate(grid.roles):
        filled = [text for row in grid.rows if (text := _cell(row, at)) not in _DASHES]
        figures = sum(figure_in(text) is not None for text in filled)
        enough = figures and figures >= _WORDS_COLUMN * len(filled)
        if enough and (role is Role.MONEY or (at > first and role not in _NO_MONEY)):
            found.append(at)
    return found


def _cell(row: GridRow, at: int) -> str:
    return " ".join(row.source.cells[at].text.split()) if at < len(row.source.cells) else ""


def _heading(text: str) -> str:
    """A heading without the unit that it states ("Kinh phí (triệu đồng)")."""
    start = text.find("(")
    if start > 0 and money_unit(text[start:]) is not None:
        end = text.find(")", start)
        text = text[:start].rstrip() + (text[end + 1 :] if end > 0 else "")
    return text.strip(" :;")


def _unit(manuscript: Manuscript, grid: Grid) -> str | None:
    """The unit that the header states, or the lines right above the table."""
    stated = money_unit(" ; ".join(grid.headings))
    if stated is not None:
        return stated
    above = [line for line in manuscript.lines if line.number < grid.first and line.raw][-_TITLE_REACH:]
    for line in reversed(above):
        if "don vi" in line.plain or "dvt" in line.plain or "dong" in line.plain:
            return money_unit(line.text)
    return None


def _note(grid: Grid, row: GridRow, columns: Sequence[int]) -> str | None:
    """What the columns beside the amounts say in words: a note, the source of the money."""
    said: list[str] = []
    for at, role in enumerate(grid.roles):
        text = _cell(row, at)
        if at in columns or role not in (Role.OTHER, Role.MONEY) or text in _DASHES:
            continue
        heading = grid.headings[at] if at < len(grid.headings) else ""
        said.append(text if not heading or "ghi chu" in plain(heading) else f"{_heading(heading)}: {text}")
    return "; ".join(dict.fromkeys(said)) or None
