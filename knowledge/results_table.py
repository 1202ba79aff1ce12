"""Results of a year that is over, from a table of indicators with what was reached and an assessment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.assessments import assessment_of, at_end, denial_at_end
from knowledge.casing import sentence_case
from knowledge.cut_lines import CellKind
from knowledge.grid_header import Role
from knowledge.grid_rows import doubts_of, source_of
from knowledge.grid_table import Grid, GridRow
from knowledge.headings import heading_text
from knowledge.manuscript import Manuscript, TextLine, Word
from knowledge.mending import mend_each
from knowledge.plain import plain
from knowledge.plan import Assessment, Operator, Result, Target
from knowledge.row_lines import start_cost
from knowledge.scan_junk import is_word, without_junk
from knowledge.sections import place
from knowledge.side_by_side import WIDEST, split
from knowledge.table_region import Region
from knowledge.targets import NUMBER, counted_noun, decimal, percent_target, percentages, tidy_name
from knowledge.text_rows import RowLine, TextRow, read_rows
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_evidence import borne_out, unexplained
from knowledge.units import UnitLexicon

_YEAR = re.compile(r"\b(20\d\d)\b")
_LOST = "Không đọc được ô kết quả của dòng này; đề nghị xem bản gốc."
_UNASSESSED = "Không đọc được ô đánh giá (đạt hay chưa đạt) của dòng này; đề nghị xem bản gốc."
_TWICE = "Dòng này có vẻ gộp hai chỉ tiêu của bản quét; đề nghị xem bản gốc."
_LEADLESS = "Cơ quan chủ trì của dòng này in không rõ; đề nghị xem bản gốc."
_COUNT = re.compile(
    rf"^(?:(?P<about>ước|khoảng|đạt|có)\s+)?(?P<number>{NUMBER})\s*(?P<unit>%|[^\W\d][^;,.(]*)?\.?$", re.I
)
_COUNTED = re.compile(NUMBER)
_SOME = 8  # rows


def year_of(header: str, plan_year: int | None) -> int | None:
    """The year whose results a table gives: the one of its header, else the year before the plan's where the header
    says neither."""
    years = {int(year) for year in _YEAR.findall(header)}
    before = [year for year in years if plan_year is None or year < plan_year]
    if len(before) == 1:
        return before[0]
    return next(iter(years)) if len(years) == 1 else None


def grid_results(
    manuscript: Manuscript, grid: Grid, where: str, lexicon: UnitLexicon, plan_year: int | None
) -> list[Result]:
    """The results of a table with known columns, in order; heading rows without a result are left out."""
    year = year_of(" ".join(grid.headings), plan_year)
    found = [_of_grid(manuscript, row, where, lexicon, year) for row in grid.rows]
    return [result for result in found if result is not None]


def _of_grid(manuscript: Manuscript, row: GridRow, where: str, lexicon: UnitLexicon, year: int | None) -> Result | None:
    text = _one_line(row.cells.get(Role.RESULT, ""))
    judged = _one_line(row.cells.get(Role.ASSESSMENT, ""))
    if not text and not judged:
        return None
    checks: list[str] = []
    measure = _one_line(row.cells.get(Role.MEASURE, "")) or None
    value, unit = figure(text, measure)
    assessment = assessment_of(judged)
    if judged and assessment is None:
        checks.append(f"Ô đánh giá ghi “{judged}”, không rõ là đạt hay chưa đạt.")
    name = tidy_name(row.cells[Role.NAME])
    goal = goal_of(row.cells.get(Role.VALUE, "")) if row.cells.get(Role.VALUE) else goal_of(name)
    checks += contradictions(goal, value, unit, assessment)
    return Result(
        name=name,
        text=text,
        where=where,
        source=source_of(manuscript, row),
        no=row.number,
        group=heading_text(sentence_case(row.group), damaged=manuscript.damaged) if row.group else None,
        lead=lexicon.split(row.cells.get(Role.LEAD, "")),
        value=value,
        unit=unit,
        year=year,
        assessment=assessment,
        goal=goal,
        checks=(*checks, *doubts_of(row)),
    )


def figure(text: str, measure: str | None = None) -> tuple[Decimal | None, str | None]:
    """Value and unit of a result that is one figure ("83,28%", "Ước 10%", "532 trạm"); (None, None) for any other
    text, for what follows a rate says whose rate it is."""
    rates = percentages(text)
    if ";" in text:
        return None, None
    if len(rates) == 1 and len(_COUNTED.findall(text)) == 1 and rates[0].operator is Operator.EQUAL:
        return (rates[0].value, "%") if rates[0].value <= 1000 else (None, None)
    match = _COUNT.match(text.strip(" .;"))
    if match is None or rates:
        return None, None
    unit = match.group("unit")
    if unit and measure is None and counted_noun(unit) is None and len(unit.split()) > 3:
        return None, None
    if not unit and measure is None:
        return None, None
    return decimal(match.group("number")), (unit or measure or "").strip() or None


def goal_of(text: str) -> Target | None:
    """The goal that a name or a cell states ("... đạt tối thiểu 60%"); None where it states none or several."""
    rates = percentages(text)
    if len(rates) != 1 or not 0 < rates[0].value <= 100:
        return None
    return percent_target(rates[0].operator, rates[0].value)


def contradictions(
    goal: Target | None, value: Decimal | None, unit: str | None, assessment: Assessment | None
) -> list[str]:
    """The reason to doubt a row whose figure and assessment do not go together; nothing where they may."""
    if goal is None or goal.value is None or value is None or unit != goal.unit or assessment is None:
        return []
    reached = value <= goal.value if goal.operator in (Operator.LESS, Operator.AT_MOST) else value >= goal.value
    if reached == (assessment is Assessment.MET):
        return []
    said = "đạt" if assessment is Assessment.MET else "chưa đạt"
    return [f"Bảng ghi “{said}” nhưng kết quả {_written(value)}% so với chỉ tiêu {goal.text}; đề nghị xem bản gốc."]


def _written(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ;")


@dataclass(slots=True)
class _Row:
    """A row of a table without columns: the words of its lines without number and assessment."""

    row: TextRow
    lines: list[list[Word]]
    said: list[Assessment]


def read_results_table(
    manuscript: Manuscript, region: Region, lexicon: UnitLexicon, plan_year: int | None
) -> list[Result]:
    """The results of ``region``, in order. What the scan leaves uncertain is said in the row's ``checks``."""
    header = " ".join(f"{line.plain} {plain(line.raw)}" for line in region.header)
    rows = [_row(row) for row in _parted(read_rows(region.lines, _assessed))]
    kinds = [CellKind.TEXT, CellKind.UNITS, CellKind.TEXT] if region.columns.lead else [CellKind.TEXT, CellKind.TEXT]
    reader = UnitCellReader(lexicon)
    widths = [WIDEST, WIDEST / 2, WIDEST / 2][-len(kinds) :] if len(kinds) > 2 else [WIDEST, WIDEST]
    # First some rows, for the widths of the columns and the units that the table repeats.
    some = [split(row.lines, kinds, reader, widths, row.row.anchor) for row in rows[:_SOME]]
    widths = [_width([line[at] for cells in some for line in cells]) for at in range(len(kinds))]
    if region.columns.lead:
        named = Counter(name for cells in some for name in _units([line[1] for line in cells], reader)[0])
        reader.seen = frozenset(name for name, count in named.items() if count > 1)
    split_rows = [split(row.lines, kinds, reader, widths, row.row.anchor) for row in rows]
    year = year_of(header, plan_year)
    names, texts = (_texts(manuscript, [[line[at] for line in cells] for cells in split_rows]) for at in (0, -1))
    found = [
        _result(manuscript, region, row, cells, tidy_name(name), text, reader, year)
        for row, cells, name, text in zip(rows, split_rows, names, texts, strict=True)
    ]
    return [result for result in found if result is not None]


def _assessed(lines: Sequence[TextLine], index: int) -> bool:
    return len(lines[index].words) > 1 and at_end(lines[index].words) is not None


def _parted(rows: Sequence[TextRow]) -> list[TextRow]:
    """``rows``, and one more wherever a name begins behind a full sentence inside one: its number was lost."""
    found: list[TextRow] = []
    for row in rows:
        begin = 0
        number: int | None = int(row.number) if row.number and row.number.isdigit() else None
        for at, line in enumerate(row.lines):
            behind = row.anchor is None or at > row.anchor
            ended = at > begin and row.lines[at - 1].line.raw.rstrip().endswith((".", "%"))
            if at > begin + 1 and behind and ended and start_cost(line.line) == 0.0:
                found.append(_piece(row, begin, at, number))
                begin, number = at, number + 1 if number is not None else None
        found.append(_piece(row, begin, len(row.lines), number))
    return found


def _piece(row: TextRow, begin: int, end: int, number: int | None) -> TextRow:
    anchor = row.anchor - begin if row.anchor is not None and begin <= row.anchor < end else None
    return TextRow(row.lines[begin:end], anchor, str(number) if number is not None else row.number, row.group)


def _row(row: TextRow) -> _Row:
    lines: list[list[Word]] = []
    said: list[Assessment] = []
    denied = False
    for line in row.lines:
        words = _behind_any_number(line)
        found = at_end(words)
        if found is not None:
            said.append(Assessment.NOT_MET if denied else found[0])
            words = words[: found[1]]
        denied = denial_at_end(words)
        words = words[:-1] if denied else words
        lines.append(words if found is not None else without_junk(words))
    return _Row(row, lines, said)


def _behind_any_number(line: RowLine) -> list[Word]:
    words = list(line.words)
    return words if words and words[0].raw != "|" else words[1:]


def _width(parts: Sequence[Sequence[Word]]) -> float:
    """The width of a column, in letters: nearly its longest part, for one line may have been cut wrongly."""
    lengths = sorted(sum(len(word.raw) + 1 for word in part) - 1 for part in parts if part)
    return float(lengths[int(0.93 * (len(lengths) - 1))]) + 1 if lengths else WIDEST


def _units(lines: Sequence[Sequence[Word]], reader: UnitCellReader) -> tuple[tuple[str, ...], list[Word]]:
    """The units that the words of a cell name and bear out, and the words."""
    words = [word for line in lines for word in line]
    cell = reader.read([words], 0, 0) if words else None
    names = cell.names if cell is not None else ()
    return tuple(name for name in names if borne_out(name, words, reader.lexicon, reader.seen)), words


def _result(
    manuscript: Manuscript,
    region: Region,
    row: _Row,
    cells: Sequence[Sequence[Sequence[Word]]],
    name: str,
    text: str,
    reader: UnitCellReader,
    year: int | None,
) -> Result | None:
    checks: list[str] = []
    if len(re.findall(r"\w{2,}", name)) < 2:
        return None
    lead: tuple[str, ...] = ()
    if region.columns.lead:
        lead, words = _units([line[1] for line in cells], reader)
        if not lead or len(unexplained(lead, words, reader.lexicon)) > 1:
            checks.append(_LEADLESS)
    value, unit = figure(text)
    if not text:
        checks.append(_LOST)
    elif manuscript.damaged and _garbled([word for line in cells for word in line[-1]]):
        checks.append(f"Ô kết quả in không rõ (“{text}”); đề nghị xem bản gốc.")
    assessment = row.said[0] if len(set(row.said)) == 1 else None
    if len(row.said) > 1:
        checks.append(_TWICE)
    elif not row.said:
        checks.append(_UNASSESSED)
    goal = goal_of(name)
    checks += contradictions(goal, value, unit, assessment)
    return Result(
        name=name,
        text=text,
        where=place(region.path),
        source=manuscript.source(row.row.first, row.row.last),
        no=row.row.number,
        group=heading_text(sentence_case(row.row.group), damaged=manuscript.damaged) if row.row.group else None,
        lead=lead,
        value=value,
        unit=unit,
        year=year,
        assessment=assessment,
        goal=goal,
        checks=tuple(checks),
    )


def _garbled(words: Sequence[Word]) -> bool:
    """Whether a cell holds what reads neither as a word nor as a figure."""
    return any(not is_word(word) and len(word.raw.strip(".,;:|")) > 1 for word in words)


def _texts(manuscript: Manuscript, cells: Sequence[Sequence[Sequence[Word]]]) -> list[str]:
    """What each cell says, given its lines."""
    printed = [" ".join(word.raw for words in lines for word in without_junk(words)) for lines in cells]
    return [text.strip(" |:;.,") for text in mend_each(printed, damaged=manuscript.damaged)]
