"""Tables printed as plain lines whose rows state the target in the name ("100% hồ sơ ..."), and tables of tasks.

Columns: number, name, lead, cooperating units, time. Every row has one time ("Thường xuyên", "Tháng 4/2026"), on its
middle line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge.goal_sentences import stated_targets
from knowledge.manuscript import Manuscript, TextLine, Word
from knowledge.mending import mend_each
from knowledge.name_doubts import name_doubt, opens_name
from knowledge.plain import plain
from knowledge.plan import Indicator, Operator, Repair
from knowledge.row_lines import behind_number, printed_number
from knowledge.scan_junk import is_word, without_junk
from knowledge.sections import place
from knowledge.table_region import Region
from knowledge.targets import SIGNS, milestone, percent_target, percentages, tidy_name
from knowledge.text_rows import TextRow, read_rows
from knowledge.time_cells import time_at_end, without_inner_time
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_columns import UnitColumns, read_columns
from knowledge.unit_evidence import borne_out
from knowledge.unit_remains import holds_remains, means_many, unit_remains
from knowledge.units import UnitLexicon
from knowledge.value_cells import candidates

_LOST_SIGN = re.compile(r"^([<>≥≤])\s?(\d{3,4})\b(?!\s?%)")


_NO_FIGURE = "Không đọc được số của chỉ tiêu này trong bản quét; đề nghị xem bản gốc và nhập lại."
# What a row begins with that sets no figure but something to be done.
_DEEDS = re.compile(
    r"(?:hoan thanh|hoan thien|ho tro|xay dung|nang c|ban hanh|trien khai|duy tri|to chuc|thuc hien|dam bao|bao dam"
    r"|cap nhat|thanh lap|dua |thi diem|ra soat|phat trien|tham gia|cung cap|van hanh|dau tu|ket noi|mo |lap )"
)
_UNCLEAR = "Cơ quan chủ trì của dòng này in không rõ; đề nghị xem bản gốc."
_ALWAYS = "thuong xuyen"


@dataclass(frozen=True, slots=True)
class _Parted:
    """A row taken apart: its name as printed, its time, its units."""

    row: TextRow
    name: str
    due: str | None
    units: UnitColumns
    listing: bool  # a sign of a list stands somewhere in the cells
    parted: bool  # ... and it is a semicolon: no comma of a unit's own name


def _time(words: Sequence[Word]) -> str:
    """A time as people write it; "Thudng xuyén" is "Thường xuyên"."""
    readings = (" ".join(word.plain for word in words), " ".join(plain(word.raw) for word in words))
    if max(fuzz.ratio(reading.strip("|.,;: "), _ALWAYS) for reading in readings) >= 74:
        return "Thường xuyên"
    return " ".join(word.text for word in words).strip(" |.,;:")


def _anchored(lines: Sequence[TextLine], index: int) -> bool:
    words = lines[index].words
    return time_at_end(words) > 0 or without_inner_time(words)[1] is not None


def _numbered(lines: Sequence[TextLine], index: int) -> bool:
    return printed_number(lines[index]) is not None and len(behind_number(lines[index])) >= 2


def _parted(manuscript: Manuscript, region: Region, lexicon: UnitLexicon) -> list[_Parted]:
    timed = region.columns.due and sum(_anchored(region.lines, at) for at in range(len(region.lines))) >= 2
    rows = read_rows(region.lines, _anchored if timed else _numbered, ghosts=timed)
    reader = UnitCellReader(lexicon)
    found: list[_Parted] = []
    for _ in range(2):
        found = [_part(row, reader, timed=timed) for row in rows]
        counts = Counter(name for one in found for name in (*one.units.lead, *one.units.coop))
        reader.seen = frozenset(name for name, count in counts.items() if count > 1)
    names = mend_each([one.name for one in found], damaged=manuscript.damaged)
    return [
        replace(one, name=re.sub(r"\s*\|\s*", " ", name).strip(" '‘’|.,;"))
        for one, name in zip(found, names, strict=True)
    ]


def _part(row: TextRow, reader: UnitCellReader, *, timed: bool) -> _Parted:
    times: list[str] = []
    lines: list[list[Word]] = []
    for line in row.lines:
        words = list(line.words)
        size = time_at_end(words)
        if size:
            times.append(_time(words[len(words) - size :]))
            words = words[: len(words) - size]
        elif timed:
            kept, due = without_inner_time(words)
            words = list(kept)
            times.extend([due] if due is not None else [])
        lines.append(_without_crumbs([word for word in words if word.raw.strip("|") != ""]))
    units = _borne_out(read_columns(lines, reader), lines, reader)
    parts = []
    for words, tail in zip(lines, units.tails, strict=True):
        parts.append(" ".join(word.raw for word in without_junk(words[: len(words) - tail])))
    name = " ".join(part for part in parts if part)
    due = times[0] if times else None
    signs = [word.raw[-1:] for words, tail in _tails(lines, units) for word in words[-tail:-1]]
    return _Parted(row, name, due, units, ";" in signs or "," in signs, ";" in signs)


def _tails(lines: Sequence[Sequence[Word]], units: UnitColumns) -> list[tuple[Sequence[Word], int]]:
    return [(words, tail) for words, tail in zip(lines, units.tails, strict=True) if tail]


def _without_crumbs(words: list[Word]) -> list[Word]:
    """``words`` without the crumbs at their end; one crumb with letters may be the rest of a unit."""
    ends = (at for at in range(len(words), 0, -1) if is_word(words[at - 1]) and words[at - 1].raw not in SIGNS)
    last = next(ends, 0)
    lone = len(words) - last == 1 and re.search(r"[^\W\d_]", words[last].raw)
    return words if lone else words[:last]


def _borne_out(units: UnitColumns, lines: Sequence[Sequence[Word]], reader: UnitCellReader) -> UnitColumns:
    """``units`` without those that the words of their cells do not bear out."""
    cells = [word for words, size in zip(lines, units.tails, strict=True) for word in words[len(words) - size :]]

    def sure(names: Sequence[str]) -> tuple[str, ...]:
        named = [name for name in names if borne_out(name, cells, reader.lexicon, reader.seen)]
        return tuple(dict.fromkeys(reader.lexicon.in_full(name) for name in named))

    return replace(units, lead=sure(units.lead), coop=sure(units.coop))


def read_stated_table(manuscript: Manuscript, region: Region, lexicon: UnitLexicon) -> list[Indicator]:
    """The indicators of a table whose names hold the targets; rows without a figure are milestones."""
    found: list[Indicator] = []
    for one in _parted(manuscript, region, lexicon):
        if len(one.name.split()) < 2:
            continue
        checks: list[str] = []
        repairs: list[Repair] = []
        stated = stated_targets(one.name)[:1]
        if stated:
            name, target, checks = stated[0]
        else:
            name, target = one.name, milestone("Hoàn thành")
            lost = _LOST_SIGN.match(one.name)
            read = candidates(lost.group(2)) if lost else []
            if lost and read:
                target = percent_target(Operator.MORE if lost.group(1) in ">≥" else Operator.LESS, read[0])
                name = one.name[lost.end() :]
                reason = (
                    f"Bản quét in “{lost.group()}”; một tỷ lệ không thể vượt 100 %; hiểu là "
                    f"{target.text.replace('%', ' %')}."
                )
                checks.append(reason)
                repairs.append(Repair("target", lost.group(), target.text, "Dấu % bị quét thành chữ số.", 0.85))
            elif manuscript.damaged and _DEEDS.match(plain(name)) is None:
                checks.append(_NO_FIGURE)
        if manuscript.damaged and (doubt := name_doubt(name, opens=opens_name(one.row.lines))) is not None:
            checks.append(doubt)
        lead, coop = one.units.lead, one.units.coop
        if region.columns.lead:
            name, lead, coop = _responsible(name, one, region, lexicon, checks, repairs)
        if stated and percentages(name):
            checks.append("Dòng này có vẻ gộp hai chỉ tiêu của bản quét; đề nghị xem bản gốc.")
        found.append(
            Indicator(
                name=tidy_name(name),
                target=target,
                where=place(region.path),
                source=manuscript.source(one.row.first, one.row.last),
                no=one.row.number,
                group=one.row.group,
                lead=lead,
                coop=coop,
                due=one.due,
                checks=tuple(checks),
                repairs=tuple(repairs),
            )
        )
    return found


def _run_together(one: _Parted, region: Region, lead: Sequence[str], coop: Sequence[str]) -> bool:
    """Whether what was read as the lead may hold another column's units, or another row's."""
    if len(lead) > 2 or (len(lead) > 1 and not one.listing):
        return True
    torn = region.columns.due and one.due is None  # the row's own middle is beyond reading
    return region.columns.coop and not coop and (torn or len(lead) > 1)


def _of_one_cell(one: _Parted, lead: Sequence[str], coop: Sequence[str]) -> bool:
    """Whether a lead and one cooperating unit may be the two units of one list, the lead's own cell lost."""
    return one.parted and len(lead) == 1 and len(coop) == 1


def _responsible(
    name: str, one: _Parted, region: Region, lexicon: UnitLexicon, checks: list[str], repairs: list[Repair]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name, the lead and the cooperating units of a row. A lead that is not certain is said or left empty."""
    lead, coop = one.units.lead, one.units.coop
    if region.columns.coop and not coop and len(lead) > 1 and not means_many(lead[0]):
        coop = tuple(unit for unit in lead if means_many(unit))
        lead = tuple(unit for unit in lead if unit not in coop)
    own = bool(lead) and set(lead) <= set(lexicon.own)
    remains = unit_remains(name, lexicon.own)
    if remains is not None:
        if not own:  # the words left of what was read as the lead are the lead's
            coop = tuple(unit for unit in dict.fromkeys((*lead, *coop)) if unit != remains.unit)
            lead = (remains.unit,)
            printed = "" if remains.printed == remains.unit else f" (“{remains.printed}”)"
            checks.append(f"Cơ quan chủ trì in không rõ{printed}; hiểu là {remains.unit}.")
            repairs.append(Repair("lead", remains.printed, remains.unit, "Là đơn vị nêu tại Tổ chức thực hiện.", 0.7))
        return remains.name, lead, coop
    crowd = bool(lead) and all(means_many(unit) for unit in lead)
    either = region.columns.coop and not coop and (crowd or not own)  # one unit, two columns it may stand in
    if not lead:
        checks.append(_UNCLEAR)
    elif (
        (crowd and not own and not any("truong hoc" in plain(unit) for unit in lead))
        or (len(lead) > 1 and (region.columns.coop or not one.parted))
        or _of_one_cell(one, lead, coop)
        or either
        or holds_remains(name)
        or _run_together(one, region, lead, coop)
    ):
        checks.append(f"Cơ quan chủ trì in không rõ (đọc được: {', '.join(lead)}); đề nghị xem bản gốc.")
        lead = () if crowd else lead
    return name, lead, coop
