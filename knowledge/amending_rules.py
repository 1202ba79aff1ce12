"""What an amending document says of reporting: which clauses it sets anew or adds, which reports it ends.

"Sửa đổi kỳ báo cáo: trước ngày 20 hằng tháng", "Sửa đổi khoản 2 Mục IV như sau: “Các đơn vị báo cáo ...”", "Bổ sung chế
độ báo cáo hằng quý ...", "Bãi bỏ chế độ báo cáo hằng tháng". The words that announce the change are no part of the
rule, and what held before ("từ ngày 13 sang ngày 20") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from knowledge.manuscript import Manuscript
from knowledge.outline import read_outline
from knowledge.page_text import Line, Origin, Reading
from knowledge.plain import plain
from knowledge.plan import Chunk, Manner, Removal
from knowledge.reporting_rule import Frequency, ReportingRule
from knowledge.reporting_rules import read_reporting

_BEGINNING: Final = r"^\W*(?:(?:dieu |khoan |diem )?[\divx]{1,4}[.)\-:]?\s*|[a-z][.)]\s*)?"
_VERB: Final = r"(?:sua doi|dieu chinh|thay doi|thay the|bo sung|doi)"
_ANNOUNCES: Final = re.compile(_BEGINNING + rf"(?P<verbs>{_VERB}(?:,? (?:va )?{_VERB})*)\b")
# What is changed, where it is not named by its place ("khoản 2 Mục IV").
_OF_REPORTS: Final = re.compile(
    r"\b(?:ky|han|thoi han|ky han|thoi gian|thoi diem|che do|lich|dinh ky)\b.{0,40}\bbao cao\b"
)
_OF_A_CLAUSE: Final = re.compile(r"\b(?:khoan|diem|muc|dieu|noi dung|doan|tiet)\b")
# Where the new words begin.
_AS_FOLLOWS: Final = re.compile(r"(?:\bnhư sau|\bthành)?\s*:\s*|\bnhư sau\b\s*|\bthành\b\s*|\bsang\b\s*", re.IGNORECASE)
_BEHIND_REPORTS: Final = re.compile(r"\bbáo cáo\b", re.IGNORECASE)
_OPENS: Final = '“"«'
_QUOTES: Final = '“”"«»'
# "từ ngày 13 hằng tháng sang ngày 20 hằng tháng", "thay cho báo cáo hằng quý": what held before.
_FROM: Final = r"\btừ\s+(?:trước\s+)?(?:ngày|hằng|hàng|tuần|định kỳ|báo cáo|quý|tháng)\b"
_FROM_TO: Final = re.compile(_FROM + r"[^:]{0,90}?\b(?:sang|thành)\b", re.IGNORECASE)
_BEFORE: Final = re.compile(
    _FROM + r".{0,90}?\b(?:sang|thành)\s+"
    r"|[,(]?\s*(?:thay vì|thay cho|trước đây là)\b[^.;)]*\)?",
    re.IGNORECASE,
)
# What stands before a bare time, so that it is read as a report's.
_REPORT: Final = "Báo cáo kết quả "
_ENDS: Final = re.compile(
    _BEGINNING + r"(?:bai bo|huy bo|loai bo|bo|khong thuc hien|thoi thuc hien)\s+"
    r"(?:(?:cac|noi dung|quy dinh|viec|ve|che do|ky) )*bao cao\b(?P<rest>.*)",
    re.S,
)
# In this order: "6 tháng" is no month.
_FREQUENCIES: Final = {
    Frequency.SEMIANNUAL: r"\b0?6 thang\b|\bsau thang\b|\bnua nam\b",
    Frequency.QUARTERLY: r"\bquy\b",
    Frequency.MONTHLY: r"\bthang\b",
    Frequency.ANNUAL: r"\bnam\b",
}


def read_amending_rules(
    chunks: Sequence[Chunk], reporting: Sequence[ReportingRule]
) -> tuple[tuple[ReportingRule, ...], tuple[Manner, ...], tuple[Removal, ...]]:
    """The reporting rules of an amending document without the words that announce them, how it states each, and the
    reports that it ends (``Removal.name`` is a ``Frequency``)."""
    found: list[tuple[ReportingRule, Manner]] = []
    ended: list[Removal] = []
    taken: set[int] = set()
    announced: Manner | None = None
    quoted = leads_on = False
    for chunk in chunks:
        ended += _ended(chunk)
        bare = plain(chunk.repaired)
        own = [at for at, rule in enumerate(reporting) if _within(rule, chunk)]
        match = _ANNOUNCES.match(bare)
        if match is not None:
            announced, quoted = _manner(match["verbs"]), False
            for rule in _announced(chunk):
                found.append((replace(rule, source=chunk.source), announced))
                taken.update(own)
        elif announced is not None and own and (quoted or chunk.repaired.lstrip()[:1] in _OPENS or leads_on):
            for at in own:
                found.append((_unquoted(reporting[at]), announced))
            taken.update(own)
        elif not quoted:
            announced = None
        quoted = announced is not None and (quoted or _opened(chunk.repaired)) and not _closed(chunk.repaired)
        leads_on = _leads_on(chunk.repaired)
    for at, rule in enumerate(reporting):
        if at not in taken and not _is_ended(rule):
            found.append((rule, Manner.STATED))
    found.sort(key=lambda pair: pair[0].source.first)
    return tuple(rule for rule, _ in found), tuple(manner for _, manner in found), tuple(ended)


def _manner(verbs: str) -> Manner:
    return Manner.BESIDE if set(re.findall(_VERB, verbs)) == {"bo sung"} else Manner.INSTEAD


def _within(rule: ReportingRule, chunk: Chunk) -> bool:
    return chunk.source.first <= rule.source.first <= chunk.source.last


def _leads_on(text: str) -> bool:
    return plain(text).rstrip(' "“').endswith((":", "nhu sau"))


def _opened(text: str) -> bool:
    return any(mark in text for mark in _OPENS)


def _closed(text: str) -> bool:
    return text.rstrip(" .;,").endswith(("”", "»", '"')) and text.rstrip(" .;,")[:-1].strip() != ""


def _unquoted(rule: ReportingRule) -> ReportingRule:
    said = re.sub(r"^[\s\d.\-+)]+", "", rule.rule.strip(_QUOTES + " ")).strip(_QUOTES + " ")
    return replace(rule, rule=said[:1].upper() + said[1:])


def _announced(chunk: Chunk) -> Iterator[ReportingRule]:
    """The rules behind the announcement that a chunk begins with; none where it speaks of something else."""
    text = " ".join(chunk.repaired.split())
    begin = _AS_FOLLOWS.search(text)
    head = plain(text[: begin.start()] if begin else text)
    of_reports = _OF_REPORTS.search(head) is not None
    if not of_reports and not (begin is not None and _OF_A_CLAUSE.search(head)):
        return
    if _FROM_TO.search(text):
        begin = None
    reports = _BEHIND_REPORTS.search(text)
    start = begin.end() if begin else reports.end() if reports else 0
    tail = _BEFORE.sub(" ", f" {text[start:]}").strip(" ,.;" + _QUOTES)
    read = list(_read(tail))
    if not read and of_reports:
        read = [
            replace(rule, rule=tail[:1].upper() + tail[1:]) for rule in _read(_REPORT + tail[:1].lower() + tail[1:])
        ]
    yield from map(_unquoted, read)


def _read(text: str) -> tuple[ReportingRule, ...]:
    manuscript = Manuscript.of(Reading((Line(1, text),), Origin.TEXT))
    return read_reporting(manuscript, read_outline(manuscript, frozenset()))


def _ended(chunk: Chunk) -> Iterator[Removal]:
    found = _ENDS.match(plain(chunk.repaired))
    if found is None:
        return
    rest = found["rest"]
    for frequency, pattern in _FREQUENCIES.items():
        if re.search(pattern, rest):
            yield Removal(None, frequency.value, chunk.source)
            return


def _is_ended(rule: ReportingRule) -> bool:
    return _ENDS.match(plain(rule.rule)) is not None
