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

from knowledge.manuscript import Manuscript, TextLine
from knowledge.mending import mend_each
from knowledge.plain import plain
from knowledge.reporting_parties import addressee, intermediary, reporters
from knowledge.reporting_rule import Due, Frequency, ReportingRule
from knowledge.reporting_times import When, whens
from knowledge.sections import Block, BlockKind, Outline, tells_of_the_past

_REPORT = re.compile(
    r"\bb\w{1,3}o\s+c\w{1,3}o\b|\bg[uirt]\w{0,2}i? (?:ket qua|ve|b[ao]\S?o)|"
    r"\bg[uirt]{1,3}i\b.{0,60}\b(?:ve|cho)\b|tong ket ket qua"
)
_SENTENCE_END = re.compile(r"(?<=[^\d\W]{2})[.;](?=\s+[A-ZĐÀ-Ỹ(])|(?<=\d{2})\.(?=\s+[A-ZĐÀ-Ỹ])|\./\.")


_ASKS = re.compile(r"\bb\w{1,3}o c\w{1,3}o\b|\bg\S{1,3}i\b|tong ket")
_NAMES_A_DAY = re.compile(r"\bng\S{1,3}y \d|\bh[ai]+ng \w|\bq\S{1,2}y\b")


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


def _is_report(bare: str, due: Due | None) -> bool:
    """Whether the clause tells somebody to report, rather than to write, collect or improve reports."""
    matches = [match for match in _REPORT.finditer(bare) if not _NO_REPORT.search(_around(bare, match))]
    if not matches:
        return False
    if due is None:
        return bool(
            re.search(
                r"\bve\b|\bcho\b|(?:b\S+o c\S+o|g[ui]\S{0,2}i) (?:ubnd|uy ban|chu tich|ket qua|thuong xuyen"
                r"|tinh hinh|theo|dot xuat"
                r"|so |bo |phong|van phong|cong an|thuong truc|ban |dang uy|tinh uy|giam doc|tien do|nhanh)",
                bare,
            )
        )
    return True


_NO_REPORT = re.compile(
    r"che do (?:thong tin,? )?b\S+o c\S+o|he thong thong tin b\S+o|danh gia, b\S+o c\S+o vien|(?<!gui )so "
    r"lieu b\S+o c\S+o|b\S+o c\S+o tai chinh"
)


def _around(bare: str, match: re.Match[str]) -> str:
    return bare[max(0, match.start() - 22) : match.end() + 10]


def _may_say_more(clause: _Clause) -> bool:
    """Whether the lines of a damaged ``clause``, as understood, name a time that its print does not."""
    if not _NAMES_A_DAY.search(plain(clause.text)):
        return False
    lines = (line.text for line in clause.block.lines if clause.first <= line.number <= clause.last)
    return bool(whens(" ".join(lines)))


def read_reporting(
    manuscript: Manuscript, outline: Outline, tabled: Set[int] = frozenset()
) -> tuple[ReportingRule, ...]:
    """The reporting clauses of the body, in order; a clause with several rhythms gives a rule for each.

    ``tabled`` are the lines of indicator tables: they hold none.
    """
    rules: list[ReportingRule] = []
    before: tuple[Block, str] | None = None
    asked = [clause for clause in _clauses(outline, tabled) if _ASKS.search(plain(clause.text))]
    asked = [clause for clause in asked if whens(clause.text) or (manuscript.damaged and _may_say_more(clause))]
    if not asked:
        return ()
    # All at once: to mend sentences one by one takes several times as long.
    for clause, mended in zip(
        asked, mend_each([clause.text for clause in asked], damaged=manuscript.damaged), strict=True
    ):
        bare = plain(clause.text)
        found = _reported(clause.text, whens(clause.text))
        sure = any(when.due for when, _ in found) and _is_report(bare, found[0][0].due)
        if not sure and manuscript.damaged:
            found = _reported(mended, whens(mended)) or found
        if not found or not (sure or _is_report(bare, found[0][0].due) or _is_report(plain(mended), found[0][0].due)):
            continue
        text = re.sub(r"^[\s\d.\-+)]+", "", mended).strip()
        text = re.sub(r"^Chế độ (?:thông tin,? )?báo cáo(?:\s*:\s*|\s+(?=[A-ZĐÀ-Ỹ]))", "", text)
        text = text[:1].upper() + text[1:]
        dropped = max(0, len(clause.text.split()) - len(text.split()))
        for when, begin in found:
            words = _from(text, max(0, begin - dropped))
            own = _around_semicolons(text, max(0, when.at - dropped))
            who = reporters(words, clause.block)
            if who is None and before is not None and before[0].path == clause.block.path and len(before[0].path) > 1:
                who = before[1]  # the second sentence of a section means those whom the first one names
            if who is not None:
                before = (clause.block, who)
            rules.append(
                ReportingRule(
                    rule=text,
                    frequency=when.frequency,
                    source=manuscript.source(clause.first, clause.last),
                    due=when.due,
                    reporters=who,
                    to=addressee(own) or addressee(words),
                    via=intermediary(own) or intermediary(words),
                )
            )
    return tuple(rules)


def _reported(text: str, found: Sequence[When]) -> list[tuple[When, int]]:
    """The rhythms of ``text`` that are a report's, each with the word that its own part of the sentence begins at.

    "A ... cập nhật số liệu trước ngày 03 hằng tháng, B báo cáo ... trước ngày 07 hằng "
    "tháng" has a report in the second part.
    """
    monthly = [when for when in found if when.frequency is Frequency.MONTHLY]
    if len(monthly) < 2:
        return [(when, 0) for when in found]
    words = text.split()
    kept: list[tuple[When, int]] = []
    begin = 0
    for when in found:
        end = next((at + 1 for at in range(when.at, len(words)) if words[at].endswith((",", ";"))), len(words))
        if _REPORT.search(plain(" ".join(words[begin:end]))):
            kept.append((when, begin))
        begin = end
    return kept


def _around_semicolons(text: str, at: int) -> str:
    """The part of ``text``, between semicolons, that its word ``at`` stands in."""
    words = text.split()
    ends = [place + 1 for place, word in enumerate(words) if word.endswith(";")]
    begin = max((end for end in ends if end <= at), default=0)
    return " ".join(words[begin : min((end for end in ends if end > at), default=len(words))])


def _from(text: str, begin: int) -> str:
    """``text`` from its word ``begin`` on."""
    return " ".join(text.split()[begin:]) if begin else text
