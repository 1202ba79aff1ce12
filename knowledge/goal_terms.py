"""Who leads a goal and by when, where its own sentence or the heading above it says so.

"(Công an xã chủ trì)", "Cơ quan chủ trì: ...", "a) Phòng Kinh tế chủ trì:", "trước ngày 30/6/2026", "Đến hết năm 2026,
...". What is taken out of the sentence is no part of the target's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.plain import plain
from knowledge.sections import Heading
from knowledge.unit_phrases import units_in
from knowledge.units import UNIT_START, UnitLexicon

_DATE = (
    r"(?:ngày\s+\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*20\d\d)?|\d{1,2}/\d{1,2}/20\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+20\d\d)?"
    r"|(?:hết )?tháng\s+\d{1,2}(?:\s*/\s*20\d\d|\s+năm\s+20\d\d)?|(?:hết )?qu[ýyỳ]\s+(?:IV|I{1,3}"
    r"|[1-4])(?:\s*/\s*20\d\d|\s+năm\s+20\d\d)?"
    r"|(?:hết )?năm\s+20\d\d)"
)
_BY = r"(?:vào cuối|vào|đến cuối|cuối|đến trước|trước|đến hết|đến|hết|chậm nhất(?: là| vào| trong)?|trong)"
_OPENS = re.compile(
    rf"^[\s\-–—+•*·]*(?:Phấn đấu,?\s+)?(?P<due>(?:{_BY}\s+)?{_DATE})\s*(?:,|:|(?=\s(?:phấn đấu|có|tối thiểu"
    rf"|ít nhất|trên|đạt|\d)))\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"[,;]?\s+(?:(?:phấn đấu\s+)?(?:hoàn thành|thực hiện|xong)\s+)*(?P<due>{_BY}\s+{_DATE})\s*(?=[.;]?\s*$"
    rf"|[.;]?\s*\()",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^[\s\-–—+•*·]*(?P<due>{_BY}\s+{_DATE})\s*[:.]?\s*$", re.IGNORECASE)
_IN_TITLE = re.compile(rf"(?:^|\s)(?P<due>(?:đến hết|đến|hết|trong)\s+{_DATE})\s*$", re.IGNORECASE)
_ROLE = r"(?:chủ trì|phụ trách|chịu trách nhiệm(?: chính)?|đầu mối|làm đầu mối|thực hiện)"
_LABEL = rf"(?:Cơ quan|Đơn vị|Bộ phận|Phòng)\s+{_ROLE}(?:\s+(?:thực hiện|tham mưu|chính))?"
_IN_BRACKETS = re.compile(
    rf"\s*\(\s*(?:(?:{_LABEL}|Chủ trì)\s*:\s*(?P<named>[^();]{{3,120}})"
    rf"|(?:do\s+)?(?P<unit>[^():]{{3,120}}?)\s+{_ROLE})(?P<rest>[^()]*)\)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:[.;,]|\s-)\s*{_LABEL}\s*:\s*(?P<named>[^.;()]{{3,120}})(?P<rest>(?:[.;][^.]*)?)[.;]?\s*$", re.IGNORECASE
)
_WITH = re.compile(r"phối hợp(?:\s+thực hiện)?(?:\s+với|\s*:)?\s+(?P<units>[^().]{3,120})", re.IGNORECASE)
_LEADS = re.compile(
    r"^(?:.{0,40}?\b(?:do|giao|của)\s+(?P<given>.{3,100}?)\s+(?:chủ trì|phụ trách|chịu trách nhiệm|đầu mối|thực hiện)"
    r"|(?P<unit>.{3,100}?)\s+(?:chủ trì|phụ trách|chịu trách nhiệm|làm đầu mối))(?:\s*,.*|\s+(?:thực hiện"
    r"|tham mưu|chính).*)?$",
    re.IGNORECASE,
)
# "Các chỉ tiêu thực hiện", "Tổ chức thực hiện", "Đơn vị thực hiện" begin as units do and are none.
_NO_UNIT = re.compile(
    r"cac (?:noi dung|nhiem vu|chi tieu|muc tieu|giai phap|chuong trinh|hoat dong)|(?:to chuc"
    r"|don vi|co quan|bo phan) $|ban hanh|bao dam"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """A sentence without them, and what they said."""

    text: str
    due: str | None = None
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    labelled: bool = False  # the lead has a sentence of its own ("Cơ quan chủ trì: ...")


def terms_of(text: str, lexicon: UnitLexicon, year: int | None = None) -> Terms:
    """What ``text``, one target's sentence, says of its lead, of who works with it, and of its time.

    ``year`` is the plan's: a time before it belongs to what is counted ("hồ sơ lưu trữ trước ngày 01/7/2025").
    """
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    labelled = False
    for pattern in (_IN_BRACKETS, _LABELLED):
        match = pattern.search(text)
        said = match.groupdict() if match else {}
        units = _units(said.get("unit") or said.get("named") or "", lexicon)
        if match and units:
            helped = _WITH.search(match.group("rest") or "")
            labelled = pattern is _LABELLED
            lead, coop = units, units_in(helped.group("units"), lexicon) if helped else ()
            text = re.sub(r"[\s.;,]+$", "", f"{text[: match.start()]}{text[match.end() :]}")
            break
    opens = _OPENS.match(text)
    if opens and _follows(text[opens.end() :]) and not _past(opens, year):
        return Terms(_capital(text[opens.end() :]), due_text(opens.group("due")), lead, coop, labelled)
    ends = _ENDS.search(text)
    if ends is None or _past(ends, year):
        return Terms(text, None, lead, coop, labelled)
    return Terms(f"{text[: ends.start()]}{text[ends.end() :]}", due_text(ends.group("due")), lead, coop, labelled)


def _past(time: re.Match[str], year: int | None) -> bool:
    named = re.search(r"20\d\d", time.group("due"))
    return named is not None and year is not None and int(named.group()) < year


def _follows(rest: str) -> bool:
    return len(rest.split()) > 2


def _capital(text: str) -> str:
    text = re.sub(r"^(?:toàn )?(?:xã|phường|tỉnh|thành phố|đặc khu) phấn đấu\s+", "", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def due_text(words: str) -> str:
    """A time as people write it: "trong quý II/2026" is "Quý II/2026"."""
    words = re.sub(r"^(?:trong|vào)\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
    return words[:1].upper() + words[1:]


def due_alone(text: str) -> str | None:
    """The time that a line of its own sets for the list below it ("Đến hết năm 2026:"); None for other lines."""
    match = _ALONE.match(text)
    return due_text(match.group("due")) if match else None


def due_of_heading(path: tuple[Heading, ...]) -> str | None:
    """The time that the nearest heading sets for all goals below it ("2.1. Đến năm 2030"); None without one."""
    for heading in reversed(path):
        match = _IN_TITLE.search(heading.title)
        if match and len(re.findall(r"20\d\d", heading.title)) == 1:
            return due_text(match.group("due").lower())
    return None


def lead_of_heading(path: tuple[Heading, ...], lexicon: UnitLexicon) -> tuple[str, ...]:
    """The units that the nearest heading charges with all goals below it ("a) Phòng Kinh tế chủ trì:")."""
    for heading in reversed(path):
        match = _LEADS.match(re.sub(r"^\W*(?:\d{1,2}\.)*\s*", "", heading.title))
        units = _units(match.group("given") or match.group("unit"), lexicon) if match else ()
        if units:
            return units
    return ()


def _units(phrase: str, lexicon: UnitLexicon) -> tuple[str, ...]:
    phrase = re.sub(r"^(?:giao|do)\s+", "", phrase.strip(), flags=re.IGNORECASE)
    phrase = phrase[:1].upper() + phrase[1:]
    bare = plain(phrase) + " "
    return units_in(phrase, lexicon) if UNIT_START.match(bare) and not _NO_UNIT.match(bare) else ()
