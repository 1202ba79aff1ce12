"""Indicators, tasks and results from the rows of tables with known columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.casing import sentence_case
from knowledge.goal_sentences import stated_targets
from knowledge.grid_header import Role
from knowledge.grid_table import Grid, GridRow
from knowledge.headings import heading_text
from knowledge.lead_doubts import lead_doubts
from knowledge.led_cells import responsible
from knowledge.manuscript import Manuscript
from knowledge.plain import plain
from knowledge.plan import UNREAD, Indicator, Kind, Operator, Repair, Target, Task
from knowledge.source import Source
from knowledge.table_header import TableKind
from knowledge.targets import (
    NUMBER,
    counted_noun,
    decimal,
    direction,
    milestone,
    percent_target,
    percentages,
    tidy_name,
    whole_noun,
    written,
)
from knowledge.units import UnitLexicon
from knowledge.value_cells import candidates

_PERIOD = re.compile(r"^(?:đến|hết|giai đoạn)\s.*\d{4}$", re.IGNORECASE)
_RANGE = re.compile(rf"(?:{NUMBER})\s*%?\s*[-–]\s*(?:{NUMBER})")
_CELLS = {
    Role.NAME: "Tên chỉ tiêu",
    Role.VALUE: "Ô chỉ tiêu",
    Role.MEASURE: "Ô đơn vị tính",
    Role.LEAD: "Ô cơ quan chủ trì",
    Role.COOP: "Ô cơ quan phối hợp",
    Role.DUE: "Ô thời hạn",
}
# A figure that a narrow cell breaks amid its digits ("1.50" / "0"); other figures stand on lines of their own.
_BROKEN = re.compile(r"(\d[.,]\d{0,2})\s*\n\s*(\d{1,3})(?![\d.,])")
_BROKEN_YEAR = re.compile(r"(?<=/)(2\n0\d\d|20\n\d\d|20\d\n\d)(?!\d)")
_BARE = re.compile(rf"^\s*(?:[<>≥≤]=?|=[<>])?\s*(?:{NUMBER})\s*$")
_IS_RATE = re.compile(r"^(?:ty le|ti le|ty trong|ti trong|muc do hai long)\b")
_IS_COUNT = re.compile(r"^so (?!hoa\b)")
# A figure before a word, save those that only name a thing: "Đề án 06 về ...", "mức độ 2 cho ...", "15 tuổi".
_FIGURE = re.compile(
    r"(?<![\w/.,-])(?<!số )(?<!độ )(?<!cấp )(?<!án )(?<!loại )(?<!quý )(?<!tháng )(?<!năm )(?<!ngày )(?<!quyết )"
    r"(?<!từ )"
    rf"(?:{NUMBER})\s+(?!tuổi|tháng|năm|ngày|về|của|và|tại|trở)[a-zđà-ỹ]+",
    re.IGNORECASE,
)
_SIGNS_ALONE = re.compile(r"^[^\w]*[%<>≥≤=][^\w]*$")
_UNKNOWN_SIGN = re.compile(r"[\ue000-\uf8ff\ufffd]")  # of a symbol font: it may be the one for "at least"
_NO_LETTERS = re.compile("[äåæçëîïðñöøûüßþÿÄÅÆÇËÎÏÐÑÖØÛÜÞ¹¸®¶«¬¨§]")  # of Vietnamese: an old font's, left as they were
_NUMBER_CELL = re.compile(rf"^(?P<sign>[<>≥≤]=?|=[<>])?\s*(?P<number>{NUMBER})\s*(?P<rest>.*)$", re.DOTALL)


def grid_indicators(
    manuscript: Manuscript, grid: Grid, where: str, lexicon: UnitLexicon, plan_year: int | None
) -> list[Indicator]:
    """The indicators of a table of targets, in order; heading rows without a value are left out."""
    found: list[Indicator] = []
    shared = any(
        role is Role.LEAD and "phoi hop" in plain(text) for role, text in zip(grid.roles, grid.headings, strict=False)
    )
    place = _Place(manuscript, where, lexicon, shared)
    for row in grid.rows:
        if grid.kind is TableKind.STATED:
            found.extend(_stated(place, row))
        else:
            indicator = _indicator(place, row, grid.measure)
            if indicator is not None:
                found.append(_of_year(indicator, grid.year, plan_year))
    led = sum(bool(one.lead) for one in found)
    found = [_asked_for_lead(one) if not one.lead and led > len(found) / 2 else one for one in found]
    return [replace(one, checks=(*one.checks, *lead_doubts(one.lead, lexicon))) for one in found]


def _of_year(one: Indicator, year: int | None, plan_year: int | None) -> Indicator:
    """``one`` with the year that its column names: a later one is its time, one that is over must be looked at."""
    if year is None or plan_year is None or year == plan_year:
        return one
    if year > plan_year:
        return one if one.due else replace(one, due=f"Đến năm {year}")
    return replace(one, checks=(*one.checks, f"Cột chỉ tiêu ghi năm {year}, kế hoạch là của năm {plan_year}."))


def _asked_for_lead(one: Indicator) -> Indicator:
    """``one`` of a table whose other rows name a lead: somebody must say who reports it."""
    return replace(one, checks=(*one.checks, "Ô cơ quan chủ trì để trống; đề nghị kiểm tra bản gốc."))


@dataclass(frozen=True, slots=True)
class _Place:
    """What the rows of one table have in common; ``shared`` says that leads and cooperating units share a column."""

    manuscript: Manuscript
    where: str
    lexicon: UnitLexicon
    shared: bool


def source_of(manuscript: Manuscript, row: GridRow) -> Source:
    """The lines of a row, with its page and its box where the reader knows them."""
    place = manuscript.source(row.first, row.last)
    if row.source.box is None and row.source.page is None:
        return place
    return Source(place.first, place.last, place.quote, row.source.page or place.page, row.source.box or place.box)


def _indicator(place: _Place, row: GridRow, measure: str) -> Indicator | None:
    """``measure`` is the one that the column's heading names, for cells that hold a figure alone."""
    value = row.cells.get(Role.VALUE, "")
    bare = _BARE.match(value) is not None and not _IS_COUNT.match(plain(row.cells[Role.NAME]))
    measure = row.cells.get(Role.MEASURE, "") or (measure if bare else "")
    if not value.strip() and not row.cells.get(Role.LEAD):
        return None
    checks: list[str] = []
    repairs: list[Repair] = []
    target = read_target(value, measure, checks, repairs)
    name = tidy_name(row.cells[Role.NAME])
    if target.value is not None and target.unit is None and _IS_RATE.match(plain(name)) and target.value <= 100:
        checks.append(f"Ô chỉ tiêu ghi “{value.strip()}”, không ghi đơn vị tính; hiểu là %.")
        target = percent_target(target.operator or Operator.EQUAL, target.value)
    return replace(_row(place, row, name, target, checks), repairs=tuple(repairs))


def _row(place: _Place, row: GridRow, name: str, target: Target, checks: Sequence[str]) -> Indicator:
    """The indicator of ``row`` with what every kind of table says of it; what the reader doubts is to be checked."""
    strange = _NO_LETTERS.search(f"{name} {row.cells.get(Role.LEAD, '')} {target.unit or ''}")
    if strange:
        checks = (*checks, "Dòng này có chữ không đọc được (phông chữ cũ); đề nghị kiểm tra bản gốc.")
    lead, coop, asked = responsible(
        row.cells.get(Role.LEAD, ""), row.cells.get(Role.COOP, ""), place.lexicon, shared=place.shared
    )
    return Indicator(
        name=name,
        target=target,
        where=place.where,
        source=source_of(place.manuscript, row),
        no=row.number,
        group=heading_text(sentence_case(row.group), damaged=place.manuscript.damaged) if row.group else None,
        lead=lead,
        coop=coop,
        due=_due(row),
        checks=(*checks, *asked, *doubts_of(row)),
    )


def doubts_of(row: GridRow) -> list[str]:
    """What the reader was not sure of, for the coordinator; a doubtful row number changes no target and is left out."""
    return [
        f"{_CELLS.get(role, 'Dòng này')}: {doubt.rstrip('. ')}; đề nghị xem lại bản gốc."
        for role, doubt in row.doubts
        if role is not Role.NUMBER
    ]


def _due(row: GridRow) -> str | None:
    due = " ".join(_BROKEN_YEAR.sub(lambda year: year.group().replace("\n", ""), row.cells.get(Role.DUE, "")).split())
    if due:
        return due
    return row.group if row.group and _PERIOD.match(row.group) else None


def _stated(place: _Place, row: GridRow) -> list[Indicator]:
    """A row whose target stands in its name ("100% hồ sơ ..."), a milestone where it states none."""
    name = " ".join(row.cells[Role.NAME].split())
    stated = stated_targets(name)[:1]
    if stated:
        return [_row(place, row, said, target, checks) for said, target, checks in stated]
    figure = _FIGURE.search(name)
    asked = [f"Dòng này có con số (“{figure.group().strip()}”) mà không rõ là mức phải đạt."] if figure else []
    return [_row(place, row, tidy_name(name), milestone("Hoàn thành"), asked)]


def read_target(text: str, measure: str, checks: list[str], repairs: list[Repair]) -> Target:
    """The target of a value cell, with the unit of measure of its own column ("" where there is none).

    Adds to ``checks`` what a person must confirm: several values in one cell, a range, a rate above 100, a lost
    percent sign.
    """
    if _BROKEN.search(text):
        checks.append(f"Ô chỉ tiêu hẹp, số bị ngắt dòng (“{' / '.join(text.split())}”); đề nghị kiểm tra bản gốc.")
        text = _BROKEN.sub(r"\1\2", text)
    text = " ".join(text.split()).strip(" .;")
    measure = whole_noun(" ".join(measure.split()).strip(" .;"))
    if _UNKNOWN_SIGN.search(text):
        checks.append("Ô chỉ tiêu có ký hiệu lạ trước hoặc sau số; đề nghị kiểm tra bản gốc.")
    rate_column = measure.startswith("%") or plain(measure).startswith(("ty le", "phan tram"))
    if not text:
        checks.append("Ô chỉ tiêu để trống; đề nghị kiểm tra bản gốc.")
        return milestone(UNREAD)
    if _RANGE.search(text) and not re.search(r"\d\s*[-–]\s*(?:19|20)\d\d", text):
        checks.append(f"Ô chỉ tiêu ghi một khoảng (“{text}”); đề nghị xác nhận mức phải đạt.")
        return milestone(text)
    rates = percentages(text)
    numbers = re.findall(NUMBER, text)
    if len(rates) > 1 or (len(numbers) > 1 and not rates and re.search(r"[;\n]", text)):
        checks.append(f"Ô chỉ tiêu ghi nhiều giá trị (“{text}”); đề nghị xác nhận giá trị phải đạt.")
        return milestone(text)
    if rates:
        return _checked_rate(rates[0].operator, rates[0].value, text, measure if rate_column else "%", checks)
    match = _NUMBER_CELL.match(_after_words(text)[1])
    if match is None and (_SIGNS_ALONE.match(text) or counted_noun(text) is not None):
        checks.append(f"Ô chỉ tiêu in “{text}”, không thấy số; đề nghị kiểm tra bản gốc.")
        return milestone(UNREAD)
    if match is None:
        return milestone(text)
    operator, _ = direction(_after_words(text)[0], match.group("sign"), match.group("rest"))
    value = decimal(match.group("number"))
    rest = whole_noun(match.group("rest").strip(" ."))
    if rate_column:
        return _checked_rate(operator, value, text, measure or "%", checks, repairs)
    unit = measure or rest or None
    if unit is None and value > 100 and candidates(text) and len(text) <= 5:
        checks.append(f"Ô chỉ tiêu in “{text}”, không có đơn vị tính; đề nghị kiểm tra.")
    return Target(operator, value, unit, Kind.NUMBER, written(operator, value, unit))


def _after_words(text: str) -> tuple[str, str]:
    """ "Tối thiểu 40 Mbit/s" as ("Tối thiểu", "40 Mbit/s")."""
    match = re.search(rf"[<>≥≤]=?\s*\d|{NUMBER}", text)
    return (text[: match.start()], text[match.start() :]) if match and match.start() <= 24 else ("", text)


def _checked_rate(
    operator: Operator, value: Decimal, text: str, unit: str, checks: list[str], repairs: list[Repair] | None = None
) -> Target:
    unit = unit if unit.startswith("%") else "%"
    if value > 100 and unit == "%":
        read = candidates(text.replace("%", "").strip())
        if repairs is not None and read:
            checks.append(f"Ô chỉ tiêu in “{text}”; một tỷ lệ không thể vượt 100 %; hiểu là {read[0]} %.")
            repairs.append(Repair("target", text, f"{read[0]}%", "Dấu % bị đọc thành chữ số.", 0.8))
            value = read[0]
        else:
            checks.append(f"Kế hoạch in “{text}”; một tỷ lệ không thể vượt 100 %.")
    target = percent_target(operator, value)
    if unit == "%":
        return target
    return Target(operator, value, unit, Kind.PERCENT, f"{target.text.replace('%', '')} {unit}".strip())


def grid_tasks(manuscript: Manuscript, grid: Grid, where: str, lexicon: UnitLexicon) -> list[Task]:
    """The tasks of a task table, in order."""
    return [
        Task(
            name=tidy_name(row.cells[Role.NAME]),
            where=where,
            source=source_of(manuscript, row),
            result=" ".join(row.cells.get(Role.RESULT, "").split()) or None,
            due=" ".join(row.cells.get(Role.DUE, "").split()) or None,
            lead=lexicon.split(row.cells.get(Role.LEAD, "")),
            coop=lexicon.split(row.cells.get(Role.COOP, "")),
        )
        for row in grid.rows
    ]
