"""Reporting clauses (chế độ báo cáo): who reports when, to whom, through whom.

A clause is a sentence that tells somebody to report and says when: "trước ngày 13 hằng tháng", "ngày 10 tháng 6 và
ngày 10 tháng 12", "tuần cuối của tháng cuối trong quý", "trước ngày 05 tháng 12 năm 2025", "định kỳ 06 tháng", "hằng
năm". A date that only dates a cited document, or by which work (not a report) is done, makes no clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from knowledge.dates import PrintedDate, find_dates
from knowledge.document_codes import CODE
from knowledge.manuscript import Manuscript, TextLine
from knowledge.mending import mend
from knowledge.plain import plain
from knowledge.plan import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from knowledge.sections import Block, BlockKind, Outline, tells_of_the_past
from knowledge.unit_phrases import DEED
from knowledge.units import UNIT_START

_REPORT = re.compile(
    r"\bb\w{1,3}o\s+c\w{1,3}o\b|g[ui]\w{0,2}i? (?:ket qua|ve|b[ao]\S?o)|"
    r"\bg[uir]{1,3}i\b.{0,60}\b(?:ve|cho)\b|tong ket ket qua"
)
_EACH_MONTH = re.compile(r"\bh[ai]+ng th\S{1,2}ng\b|\bmoi thang\b|\bdinh ky thang\b")
_EACH_QUARTER = re.compile(r"\bh[ai]+ng q\S{1,2}y\b|\bmoi q\S{1,2}y\b|dinh ky q\S{1,2}y|trong q\S{1,2}y\b")
_EACH_YEAR = re.compile(r"\bh[ai]+ng n\w{1,2}m\b|\bmoi n\w{1,2}m\b")
_EACH_WEEK = re.compile(r"\bh[ai]+ng tu\w{1,2}n\b")
_MORE = re.compile(r"\b0?[69] thang\b")
_HALF_YEAR = re.compile(r"(?:dinh ky|b\S+o c\S+o)\s*(?:0?6|sau) thang|0?6 thang(?: mot lan|/lan)|6 thang dau nam")
_REGULAR = re.compile(r"(?<!hop )(?<!giao ban )\bd\S{1,2}nh ky\b|\bthuong xuyen\b|\bdot xuat\b")
_LAST_WEEK = re.compile(r"tu?\S{0,3}n\s+cu\S{1,3}i\s+c\S{1,4}\s+th\S{1,3}ng\s+cu\S{1,3}i")
_FIRST_WEEK = re.compile(r"tu?\S{0,3}n\s+d\S{1,3}u\s+c\S{1,4}\s+th\S{1,3}ng\s+d\S{1,3}u")
_BEFORE = re.compile(r"(?:\btr\S{1,3}[ceo]|ch[ai]m nhat)\s*(?:ng\S{1,2}y)?\s*\W*$")
_MONTH_DAY = re.compile(r"(?:ng\S{1,2}y)\s+(\d{1,2})\s+(?:h[ai]+ng|moi|cua)\s+th\S{1,2}ng")
_TO = re.compile(
    r"\b(?:ve|về|cho|lên|gửi)\s+((?:UBND|Ủy ban|Uỷ ban|Uy ban|Sở|Sé|S[eéoó&6]|Bộ|B[oộ6] |Phòng|Chủ tịch|"
    r"Ban|Cục|Văn phòng)[^(),;.]{2,70})"
)
_REPORT_TO = re.compile(
    r"báo cáo\s+((?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Phòng|Chủ tịch|Thủ tướng|Ban)[^(),;.]{2,70})", re.IGNORECASE
)
_VIA = re.compile(
    r"\((?:th[oô]ng\s+)?qua\s+([^()]{3,90})\)|thông qua\s+([A-ZĐ][^,;.()]{3,60}?)(?=\s+trước|\s+để|[,;.]|$)"
)
_SENTENCE_END = re.compile(r"(?<=[^\d\W]{2})[.;](?=\s+[A-ZĐÀ-Ỹ(])|\./\.")


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str  # as printed
    first: int
    last: int
    block: Block


def _clauses(outline: Outline, tabled: Set[int]) -> list[_Clause]:
    """The sentences of the running text, each with its lines; lines of tables end a sentence and are none."""
    found: list[_Clause] = []
    for block in outline.blocks:
        if block.kind is BlockKind.TABLE or outline.closes(block) or tells_of_the_past(block):
            continue
        for in_table, lines in groupby(block.lines, lambda line: line.number in tabled):
            if not in_table:
                found.extend(_sentences(list(lines), block))
    return found


def _sentences(lines: Sequence[TextLine], block: Block) -> list[_Clause]:
    """The sentences of ``lines``, which follow each other in ``block``."""
    found = []
    joined, starts = "", []
    for line in lines:
        starts.append((len(joined), line.number))
        joined += line.raw + " "
    at = 0
    ends = [match.end() for match in _SENTENCE_END.finditer(joined)] + [len(joined)]
    for end in ends:
        if joined[at:end].strip():
            begin = at + len(joined[at:end]) - len(joined[at:end].lstrip())
            first = [number for start, number in starts if start <= begin][-1]
            last = [number for start, number in starts if start < end][-1]
            found.append(_Clause(joined[at:end].strip(), first, last, block))
        at = end
    return found


def _cited(text: str, day: PrintedDate) -> bool:
    """Whether ``day`` only dates a document: a document number stands right before it."""
    before = text[max(0, day.start - 30) : day.start]
    return any(len(before) - match.end() < 8 for match in CODE.finditer(before))


def _due(text: str, bare: str) -> tuple[Frequency, Due | None] | None:
    """When the clause falls due; None where it says nothing of time."""
    if _LAST_WEEK.search(bare):
        return Frequency.QUARTERLY, QuarterWeekDue("last")
    if _FIRST_WEEK.search(bare):
        return Frequency.QUARTERLY, QuarterWeekDue("first")
    monthly = _MONTH_DAY.search(bare)
    if monthly:
        before = bool(_BEFORE.search(bare[: monthly.start()]))
        return Frequency.MONTHLY, MonthlyDue(int(monthly.group(1)), before)
    dates = [day for day in find_dates(text) if not _cited(text, day)]
    dates = [day for day in dates if not re.search(r"\bt[uưi]\S{0,2}\s+(?:ng\S{1,3}y\s*)?$", plain(text[: day.start]))]
    yearly = [day for day in dates if day.year is None]
    once = [day for day in dates if day.year is not None]
    if yearly:
        before = bool(_BEFORE.search(plain(text[: yearly[0].start])))
        frequency = Frequency.ANNUAL if len({d.month_day for d in yearly}) == 1 else Frequency.SEMIANNUAL
        return frequency, YearlyDue(tuple(dict.fromkeys(d.month_day for d in yearly)), before)
    if once and (when := once[-1].on()):
        before = bool(_BEFORE.search(plain(text[: once[-1].start])))
        return Frequency.ONCE, OnceDue(when, before)
    if _HALF_YEAR.search(bare):
        return Frequency.SEMIANNUAL, None
    periods = (_EACH_WEEK, _EACH_MONTH, _EACH_QUARTER, _EACH_YEAR, _MORE)
    if sum(pattern.search(bare) is not None for pattern in periods) > 2:
        return Frequency.ADHOC, None  # "(hằng tuần, hằng tháng, quý, 6 tháng, năm)": as often as asked
    for pattern, frequency in (
        (_EACH_MONTH, Frequency.MONTHLY),
        (_EACH_QUARTER, Frequency.QUARTERLY),
        (_EACH_YEAR, Frequency.ANNUAL),
    ):
        match = pattern.search(bare)
        if match and not _of_something_else(bare, match):
            return frequency, None
    return (Frequency.ADHOC, None) if _REGULAR.search(bare) else None


def _of_something_else(bare: str, period: re.Match[str]) -> bool:
    """Whether the period word belongs to what the report is for ("... để đánh giá kết quả hằng năm")."""
    report = _REPORT.search(bare)
    if report is None or report.end() > period.start():
        return False
    return re.search(r"\bde\b|\bnham\b|lam co so", bare[report.end() : period.start()]) is not None


_WORK_DONE = re.compile(r"xay d\S{1,3}ng|ban hanh|hoan thanh|kien toan|thanh lap|tap huan|trien khai cac")


def _is_report(text: str, bare: str, due: Due | None) -> bool:
    """Whether the clause tells somebody to report, rather than to write, collect or improve reports."""
    matches = [match for match in _REPORT.finditer(bare) if not _NO_REPORT.search(_around(bare, match))]
    if not matches:
        return False
    if due is None:
        return bool(
            re.search(r"\bve\b|\bcho\b|b\S+o c\S+o (?:ubnd|uy ban|chu tich|ket qua|thuong xuyen|tinh hinh|theo)", bare)
        )
    return True


_NO_REPORT = re.compile(
    r"che do (?:thong tin,? )?b\S+o c\S+o|he thong thong tin b\S+o|danh gia, b\S+o c\S+o vien|so "
    r"lieu b\S+o c\S+o|b\S+o c\S+o tai chinh"
)


def _around(bare: str, match: re.Match[str]) -> str:
    return bare[max(0, match.start() - 22) : match.end() + 10]


def read_reporting(
    manuscript: Manuscript, outline: Outline, tabled: Set[int] = frozenset()
) -> tuple[ReportingRule, ...]:
    """The reporting clauses of the body, in order. ``tabled`` are the lines of indicator tables: they hold none."""
    rules: list[ReportingRule] = []
    before: tuple[Block, str] | None = None
    for clause in _clauses(outline, tabled):
        bare = plain(clause.text)
        if not re.search(r"\bb\w{1,3}o c\w{1,3}o\b|\bg\S{1,3}i\b|tong ket", bare):
            continue
        when = _due(clause.text, bare)
        if when is None or not _is_report(clause.text, bare, when[1]):
            continue
        frequency, due = when
        text = re.sub(r"^[\s\d.\-+)]+", "", mend(clause.text, damaged=manuscript.damaged)).strip()
        text = re.sub(r"^Chế độ (?:thông tin,? )?báo cáo(?:\s*:\s*|\s+(?=[A-ZĐÀ-Ỹ]))", "", text)
        text = text[:1].upper() + text[1:]
        reporters = _reporters(text, clause.block)
        if reporters is None and before is not None and before[0].path == clause.block.path and len(before[0].path) > 1:
            reporters = before[1]  # the second sentence of a section means those whom the first one names
        if reporters is not None:
            before = (clause.block, reporters)
        rules.append(
            ReportingRule(
                rule=text,
                frequency=frequency,
                source=manuscript.source(clause.first, clause.last),
                due=due,
                reporters=reporters,
                to=_first(_TO, text) or _first(_REPORT_TO, text),
                via=_first(_VIA, text),
            )
        )
    return tuple(rules)


LONGEST_NAME = 65  # letters: a longer addressee was cut in the middle of a word
_NAME_END = re.compile(
    r"\s+(?:để|trước ngày|kết quả|theo quy định|trong quý|tại địa chỉ)\b|,\s+(?:địa chỉ|email|điện thoại)"
)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    if not match:
        return None
    found = next((group for group in match.groups() if group), "")
    found = _NAME_END.split(found)[0]
    if len(found) >= LONGEST_NAME and " - " in found:
        found = found.split(" - ")[0]  # "Cục ... - Cơ quan thường trực ...": the first name is the addressee's
    return found.strip(" ,.;:") or None


def _reporters(text: str, block: Block) -> str | None:
    """Who reports: the unit at the head of the sentence, else the unit under whose heading the clause stands."""
    text = re.sub(r"^[\s\d.\-+)]+", "", text)
    text = _PERIOD_FIRST.sub("", text)
    head = DEED.split(_ASKED.sub("", text[:1].upper() + text[1:]), maxsplit=1)[0].strip(" ,;:")
    head = re.split(r",?\s+(?:hằng|hàng|trước ngày|tổng kết|có trách)\b", head)[0]
    if _is_unit(head) and len(head) < 160:
        return head[:1].upper() + head[1:]
    for heading in reversed(block.path):
        title = _ASKED.sub("", re.split(r"[:;]", heading.title)[0].strip())
        if _is_unit(title):
            return DEED.split(title, maxsplit=1)[0].strip(" ,")
    return None


def _is_unit(words: str) -> bool:
    bare = plain(words)
    return UNIT_START.match(bare + " ") is not None and not _NO_UNIT.match(bare) and len(words) > 4


# What stands before the unit: the period, or the word that asks it.
_PERIOD_FIRST = re.compile(r"^(?:định kỳ\s+)?(?:hằng|hàng)\s+(?:tháng|quý|năm)\s*,?\s*", re.IGNORECASE)
_ASKED = re.compile(r"^(?:giao|đề nghị|yêu cầu)\s+", re.IGNORECASE)
_NO_UNIT = re.compile(r"to chuc\b(?! chinh tri| doan| xa hoi)|bao cao|ban hanh|bao dam|quan triet|ho tro|che do")
