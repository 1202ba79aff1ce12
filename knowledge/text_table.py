"""Indicators from an appendix table that a scan printed as plain lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.casing import sentence_case
from knowledge.doubtful_targets import above_hundred, lost_at_least, lost_sign
from knowledge.headings import heading_text
from knowledge.manuscript import Manuscript, Word
from knowledge.mending import mend_each
from knowledge.name_doubts import measure_doubt, name_doubt, opens_name
from knowledge.plain import plain
from knowledge.plan import UNREAD, Indicator, Kind, Operator, Repair, Target
from knowledge.row_cells import apart, read_row
from knowledge.row_lead import RawRow, doubtful_lead, named_lines, proven_lead
from knowledge.scan_junk import without_junk
from knowledge.sections import place
from knowledge.table_region import Region
from knowledge.table_shape import shape_of
from knowledge.targets import milestone, percent_target, written
from knowledge.text_rows import read_rows
from knowledge.unit_cells import UnitCellReader
from knowledge.units import UnitLexicon
from knowledge.value_cells import ValueCell

# Units of measure that a unit column prints over several lines, by the words that survive.
_MEASURES = (
    (re.compile(r"nghi\S?ep\s?/\s?[1l]"), "doanh nghiệp/1.000 dân"),
    (re.compile(r"ho so\s?/\s?nam"), "hồ sơ/năm"),
    (re.compile(r"\bmo hinh\b\W*$"), "mô hình"),
    (re.compile(r"\bdoanh nghiep\b\W*$"), "doanh nghiệp"),
    (re.compile(r"\b(?:nguoi|lop|thon|diem|tram|he thong|to|ap|cau lac bo|dich vu)\b\W*$"), None),
)
_RATE_NAME = re.compile(r"^T[ỷỉy] (?:lệ|trọng)\b")
SURE = 4.0  # score of a unit cell whose words were nearly all as printed
_ELECTRONIC = re.compile(r"\b[dđ]i\S{1,2}n$")  # "... bằng bản điện", its "tử" on the next line
_LOOSE = " |.;,:\\_=—–-"  # signs at the ends of a name that a scan makes of a table's rules
_SIGN_LOST = re.compile(r"(?:^|\s)[$S§=]\s?\d")  # what stands for a "≥"
_HALF_RATE = re.compile(r"^[Ll]ệ (?!phí\b)")  # "Tỷ" is beyond reading
_STRAY = re.compile(r"(?<=[^\W\d]) [<>\\] (?=[^\W\d])")  # a sign between two words compares nothing
_FOOTNOTE = re.compile(r"\s*\(\s*[^\w\s]{0,3}\s*\)?\s*$")


def read_indicator_table(
    manuscript: Manuscript, region: Region, lexicon: UnitLexicon, year: int | None = None
) -> list[Indicator]:
    """The indicators of ``region``, in order; ``year`` is the plan's. Targets that are not certain carry their reasons
    and repairs."""
    shape = shape_of(region)
    rows = apart(read_rows(region.lines, lambda lines, at: shape.value(lines, at) is not None), shape)
    reader = UnitCellReader(lexicon)
    raw = [read_row(row, reader, region, shape, year) for row, _ in rows]
    counts = Counter(name for one in raw for name in one.cell.names)
    reader.seen = frozenset(name for name, count in counts.items() if count > 1)
    # Now that the units are known which the table names again and again, doubtful cells are read once more.
    raw = [
        one if _sure(one, reader) else read_row(row, reader, region, shape, year)
        for one, (row, _) in zip(raw, rows, strict=True)
    ]
    figures = [one for one in raw if one.value is not None and one.value.value is not None and not one.value.measure]
    mostly_rates = sum(one.value is not None and one.value.percent for one in figures) * 2 >= len(figures)
    signed = any(one.value is not None and one.value.operator not in (None, Operator.EQUAL) for one in raw)
    names = mend_each([_printed_name(one) for one in raw], damaged=manuscript.damaged)
    found = [
        _indicator(manuscript, region, one, _tidied(name), reader, mostly_rates, signed, due)
        for one, name, (_, due) in zip(raw, names, rows, strict=True)
    ]
    return [indicator for indicator in found if indicator is not None]


def _sure(raw: RawRow, reader: UnitCellReader) -> bool:
    return bool(raw.cell.names) and set(raw.cell.names) <= reader.seen and raw.cell.score >= SURE


def _indicator(
    manuscript: Manuscript,
    region: Region,
    raw: RawRow,
    name: str,
    reader: UnitCellReader,
    mostly_rates: bool,
    signed: bool,
    due: str | None,
) -> Indicator | None:
    row = raw.row
    if len(re.findall(r"\w{2,}", name)) < 2:
        return None
    repairs: list[Repair] = []
    checks: list[str] = list(raw.doubts)
    rate = mostly_rates or _RATE_NAME.match(name) is not None
    target = _target(raw, rate, signed, repairs, checks)
    if len(re.findall(r"\b[Tt][ỷỉ] lệ\b", name)) > 1 and len(name) > 120:
        checks.append("Dòng này có vẻ gộp hai chỉ tiêu của bản quét; đề nghị xem bản gốc.")
    elif manuscript.damaged and (doubt := name_doubt(name, opens=opens_name(row.lines))) is not None:
        checks.append(doubt)
    elif manuscript.damaged and raw.value is not None and raw.value.value is not None:
        doubt = measure_doubt(name, percent=target.unit == "%", measure=raw.value.measure)
        checks.extend([doubt] if doubt is not None else [])
    lead = raw.cell.names
    if raw.side is not None:
        checks.extend(raw.side.checks)
    elif region.columns.lead and raw.value is not None and (raw.guessed or not lead):
        lead = doubtful_lead(raw, reader, repairs, checks, damaged=manuscript.damaged)
    elif lead:
        lead = proven_lead(raw, reader, checks)
    group, number = row.group, row.number
    if row.heads:
        group, number = name, row.heads
    return Indicator(
        name=name,
        target=target,
        where=place(region.path),
        source=manuscript.source(row.first, row.last),
        no=number,
        group=heading_text(sentence_case(group), damaged=manuscript.damaged) if group else None,
        lead=lead,
        coop=raw.side.coop if raw.side is not None else (),
        due=due,
        checks=tuple(checks),
        repairs=tuple(repairs),
    )


def _printed_name(raw: RawRow) -> str:
    """The name: what is left of every line once number, value, unit column and junk are taken away."""
    parts: list[str] = []
    above, until = (0, len(raw.row.lines)) if raw.cell.names else named_lines(raw)
    for index, line in enumerate(raw.row.lines[above:until], start=above):
        words = list(line.words)
        if index == raw.row.anchor and raw.value is not None:
            words = words[: raw.value.start]
            measured = _measured_from(raw)
            words = words[:measured] if measured is not None else words
        elif index < len(raw.cell.tails) and raw.cell.tails[index]:
            words = words[: len(words) - raw.cell.tails[index]]
        if raw.value is not None and raw.row.anchor is not None and index == raw.row.anchor + 1:
            words = _without_rest(words, raw.value)
        if raw.value is not None and _measure_scrap(raw, index, words):
            continue
        kept = without_junk(words)
        if not kept and words and parts and _ELECTRONIC.search(parts[-1]) and words[0].plain in ("tr", "tu", "tt"):
            kept = words[:1]
        parts.append(" ".join(word.raw for word in kept))
    printed = " ".join(part for part in parts if part)
    if raw.row.heads:
        printed = re.sub(r"^[IVXl1|]{1,5}\s*[|.]\s*", "", printed)
    return printed


def _without_rest(words: list[Word], value: ValueCell) -> list[Word]:
    """``words`` of the line below a value without the value's last word where the cell's edge broke it off
    ("thành" of "Hoàn thành", "đình" of "hộ gia đình")."""
    rest = plain(value.measure or value.printed).split()[-1:]
    broken = value.printed == "Hoàn thành" or (value.measure is not None and len(value.measure.split()) > 1)
    return words[:-1] if broken and words and [words[-1].plain] == rest else words


def _tidied(name: str) -> str:
    """A mended name without footnote marks and loose signs."""
    name = _FOOTNOTE.sub("", name.rstrip(_LOOSE)).strip(_LOOSE)
    name = re.sub(r"\s*\|\s*", " ", name)
    name = _HALF_RATE.sub("Tỷ lệ ", _STRAY.sub(" ", name))
    name = sentence_case(name)
    return name[:1].upper() + name[1:]


def _target(raw: RawRow, rate: bool, signed: bool, repairs: list[Repair], checks: list[str]) -> Target:
    value = raw.value
    if value is None:
        return _unread(raw, checks)
    if value.value is None or value.operator is None:
        return milestone(value.printed)
    if _SIGN_LOST.search(value.printed):
        checks.append(f"Bản quét in “{value.printed}”; dấu trước số không rõ, hiểu là ≥; đề nghị kiểm tra.")
    if value.percent and value.certain:
        if value.value > 100:
            return above_hundred(value, repairs, checks)
        return percent_target(value.operator, value.value)
    measure = value.measure or _measure(raw)
    if measure:
        lost = lost_at_least(value) if signed else None
        if lost is not None:
            checks.append(
                f"Bản quét in “{value.printed}”; chữ số 2 ở đầu có thể là dấu ≥ (≥ {lost}); đề nghị kiểm tra."
            )
        return Target(value.operator, value.value, measure, Kind.NUMBER, written(value.operator, value.value, measure))
    if rate:
        return lost_sign(value, repairs, checks)
    checks.append(f"Bản quét in “{value.printed}”, không đọc được đơn vị tính; đề nghị kiểm tra.")
    return Target(value.operator, value.value, None, Kind.NUMBER, written(value.operator, value.value, None))


def _unread(raw: RawRow, checks: list[str]) -> Target:
    """A row whose value column is beyond reading: a milestone where the words say so, to be confirmed either way."""
    words = " ".join(line.line.plain for line in raw.row.lines)
    text = "Hoàn thành" if re.search(r"hoan thanh\W*$|ban\b.*hoan thanh", words) else UNREAD
    checks.append("Không đọc được ô chỉ tiêu của dòng này trong bản quét; đề nghị xem bản gốc và nhập lại.")
    return milestone(text)


def _measure_scrap(raw: RawRow, index: int, words: Sequence[Word]) -> bool:
    """Whether a line holds nothing but the rest of a composed unit of measure ("Số doanh" above "nghiệp/1.000")."""
    if index == raw.row.anchor or len(words) > 4 or _measured_from(raw) is None:
        return False
    return all(word.plain.strip("|.,;)") in ("so", "doanh", "nghiep", "dan", "ho", "nam", "00", "") for word in words)


def _measured_from(raw: RawRow) -> int | None:
    """Where, on the line of the value, the words of a composed unit of measure begin ("nghiệp/1.000"); None without
    one."""
    assert raw.value is not None  # only rows with a value have a measure
    for at, word in enumerate(raw.row.lines[raw.row.anchor or 0].words[: raw.value.start]):
        if "/" in word.plain and any(measure and pattern.search(word.plain) for pattern, measure in _MEASURES):
            return at
    return None


def _measure(raw: RawRow) -> str | None:
    """The unit of measure printed at the line ends of a row that is no rate."""
    assert raw.value is not None  # only rows with a value have a measure
    index = raw.row.anchor or 0
    words = raw.row.lines[index].words
    before = " ".join(word.plain for word in words[: raw.value.start])
    for pattern, measure in _MEASURES:
        match = pattern.search(before)
        if match:
            return measure or words[raw.value.start - 1].text.strip("|., ")
    return None
