"""The head and the foot of a plan: number, date, issuer, province, title, signer, year, legal basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.casing import sentence_case
from knowledge.dates import PrintedDate, find_dates
from knowledge.document_codes import CODE, find_codes, spell
from knowledge.document_title import lines_of_title, names_kind, title_of, year_of
from knowledge.manuscript import Manuscript, TextLine
from knowledge.places import only_province, place_name, province_name
from knowledge.plain import plain
from knowledge.plan import Document, LegalBasis, Plan
from knowledge.sections import Outline
from knowledge.signature import read_signature
from knowledge.units import UnitLexicon

HEAD_LINES = 16  # lines with words that the letterhead takes; a number further down belongs to a cited document

_OWN_NUMBER = re.compile(r"^[^\w$§]*(?:[Ss8$§]\S{0,2}\s?:|[Ss]\S\s)\s*(.*)$")
_NUMBER_WITHOUT_SLASH = re.compile(r"(\d{1,4})\s?((?:KH|QĐ|QD|NQ|CT|CTr|ĐA|BC)-[A-ZĐ]{2,}(?:[-.][A-ZĐ]+)*)")
_LEVEL = r"(xa|x[ai]|phuong|phuiong|dac khu|thi tran|tinh|thanh pho|huyen|quan)"
_ISSUER_LINE = re.compile(rf"^{_LEVEL}\s?([a-z' ]{{2,40}}?)(?:\s+(?:(?:doc|djc|d[eo]c) l|viet nam\b|cong hoa).*)?$")
# "UBND PHƯỜNG ...", below the province in the letterhead.
_OWN_LINE = re.compile(
    r"^(?:ubnd|u\S ban nhan dan) (xa|phuong|dac khu) ([a-z' ]{2,30}?)(?:\s+(?:(?:doc|djc|d[eo]c) l|viet nam\b"
    r"|cong hoa|so\s?:).*)?$"
)
_DEPARTMENT_LINE = re.compile(
    r"^(S[ỞOÔ0]\s.{4,60}?)(?:\s{2,}.*|\s+(?:V\S{2,3}T NAM|C\S{2,3}NG H\S{1,2}A|[ĐD]\S{1,2}c l).*)?$"
)
_LEVELS = {
    "xa": "xã",
    "xi": "xã",
    "phuong": "phường",
    "phuiong": "phường",
    "dac khu": "đặc khu",
    "thi tran": "thị trấn",
}
_LEVELS |= {"tinh": "tỉnh", "thanh pho": "thành phố", "huyen": "huyện", "quan": "quận"}
_IN_TITLE = re.compile(r"\b(xa|x[ai]|phuong|dac khu|tinh|thanh pho)\s+")


@dataclass(slots=True)
class _Found:
    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    province: str | None = None
    checks: list[str] = field(default_factory=list)


def read_head(manuscript: Manuscript, outline: Outline, siblings: Sequence[Plan] = ()) -> Document:
    """What the head, the opening paragraphs and the signature of ``manuscript`` say.

    The issuers of ``siblings``, plans already read, help to spell a place whose tones a scan lost.
    """
    found = _Found()
    lines, kind_at, letterhead = _front(manuscript)
    _number_and_date(letterhead, found)
    title_lines = lines_of_title(lines, kind_at)
    _issuer(manuscript, lines, letterhead, title_lines, found, siblings)
    title = title_of(manuscript, lines, kind_at, title_lines, found.issuer)
    signer, signer_title, doubts = read_signature(manuscript, outline)
    return Document(
        number=found.number,
        date=found.date,
        issuer=found.issuer,
        province=found.province,
        title=title,
        signer=signer,
        signer_title=signer_title,
        year=year_of(title_lines, found.date),
        legal_basis=_legal_basis(manuscript, outline, found.number),
        checks=(*found.checks, *doubts),
    )


def plan_year(manuscript: Manuscript) -> int | None:
    """The year of the plan, from its title or else its date; None where neither is known."""
    found = _Found()
    lines, kind_at, letterhead = _front(manuscript)
    _number_and_date(letterhead, found)
    return year_of(lines_of_title(lines, kind_at), found.date)


def _front(manuscript: Manuscript) -> tuple[list[TextLine], int | None, list[TextLine]]:
    """The lines with words, which of them names the kind of the document, and those of the letterhead above it."""
    lines = [line for line in manuscript.lines if line.raw]
    head = lines[:HEAD_LINES]
    kind_at = next((i for i, line in enumerate(head) if names_kind(line)), None)
    return lines, kind_at, head[:kind_at] if kind_at is not None else head[:10]


def _number_and_date(letterhead: list[TextLine], found: _Found) -> None:
    joined = " ".join(line.raw for line in letterhead)
    for line in letterhead:
        own = _OWN_NUMBER.match(line.raw)
        code = CODE.search(own.group(1)) if own else None
        if code and found.number is None:
            found.number = f"{code.group(1)}{code.group(2)}{code.group(3)}{spell(code.group(4))}"
        bare = _NUMBER_WITHOUT_SLASH.match(own.group(1)) if own and found.number is None else None
        if bare:
            found.number = f"{bare.group(1)}/{spell(bare.group(2))}"
            found.checks.append(f"Số văn bản in “{bare.group().strip()}”; hiểu là {found.number}.")
    dates: list[PrintedDate] = [day for day in find_dates(joined) if day.year]
    if dates and not re.search(r"kem theo", plain(joined)):
        found.date = dates[0].on()
        if dates[0].repaired or found.date is None:
            printed = joined[dates[0].start : dates[0].end].strip()
            understood = f"hiểu là {found.date:%d/%m/%Y}" if found.date else "không thể là một ngày"
            found.checks.append(f"Ngày ban hành in “{printed}”; {understood}.")


# The province whose department it is, above it in the letterhead.
_ABOVE = re.compile(r"(?:ubnd|uy ban nhan dan) (tinh|thanh pho) ((?:[a-z']+ ?){1,4})")


def _issuer(
    manuscript: Manuscript,
    lines: list[TextLine],
    letterhead: list[TextLine],
    title_lines: list[TextLine],
    found: _Found,
    siblings: Sequence[Plan],
) -> None:
    joined = " ".join(line.plain for line in letterhead)
    opening = " ".join(line.plain for line in lines[: HEAD_LINES + 30])
    if "thu tuong chinh phu" in joined or re.search(r"thu tuong\b", joined):
        found.issuer = "Thủ tướng Chính phủ"
        return
    level, name = _named_issuer(letterhead, title_lines)
    department = _department(letterhead)
    if department is not None:
        above = _ABOVE.search(joined)
        found.province = province_name(above.group(2)) if above else None
        found.issuer = (
            department
            if not above or not found.province
            else f"{department} {_LEVELS[above.group(1)]} {found.province}"
        )
        return
    if level is None or name is None:
        return
    if level in ("tỉnh", "thành phố"):
        province = province_name(name)
        found.province = province or name
        found.issuer = f"UBND {level} {found.province}"
        return
    cited = re.search(r"(?:ubnd|uy ban nhan dan) t\S{1,2}nh\s+((?:[a-z']+ ?){2,3})", opening)
    found.province = province_name(cited.group(1)) if cited else None
    elsewhere = [_place(plan.document.issuer) for plan in siblings if plan.document.issuer and not plan.damaged]
    spelled, sure = place_name(name, level, found.province, manuscript, elsewhere)
    found.issuer = f"UBND {level} {spelled}"
    if not sure:
        found.checks.append(f"Tên địa phương in “{name}”; hiểu là “{spelled}”.")
    if found.province is None:
        found.province = only_province(spelled, level)


def _department(letterhead: list[TextLine]) -> str | None:
    """ "Sở Nội vụ" of the letterhead of a province's department; None where none stands there."""
    for line in letterhead[:6]:
        match = _DEPARTMENT_LINE.match(line.raw)
        if match and match.group(1).isupper():
            return sentence_case(UnitLexicon().name(match.group(1)))
    return None


def _place(issuer: str) -> str:
    """ "Hoa Sim" of "UBND xã Hoa Sim"."""
    return re.sub(r"^UBND (?:xã|phường|đặc khu|thị trấn|tỉnh|thành phố|huyện|quận) ", "", issuer)


def _named_issuer(letterhead: list[TextLine], title_lines: list[TextLine]) -> tuple[str | None, str | None]:
    """Level and printed name of the issuing authority, from the letterhead, else from place of issue and title."""
    joined = " ".join(line.plain for line in letterhead)
    whole = re.search(
        rf"u\S ban\s+nhan\s+dan\s+{_LEVEL}\s?([a-z' ]{{2,30}}?)\s*(?:-{{3,}}|cong hoa|so\s?:|doc lap"
        rf"|d\S{{1,2}}c l|viet nam\b|$)",
        joined,
    )
    if whole:
        return _LEVELS[whole.group(1)], _cased(whole.group(2), letterhead)
    for line in letterhead[:8]:
        printed = re.match(r"^(X[AÃ]|PH\S{2,4}NG|T[IỈ]NH|TH\S{1,2}NH PH\S{1,2}|[ĐD]\S{1,2}C KHU)\s?(?=\S)", line.raw)
        match = _ISSUER_LINE.match(line.plain)
        if printed and match:
            return _LEVELS.get(match.group(1)), _cased(match.group(2), letterhead)
        if printed and re.match(r"^xa[a-z]{4,}", line.plain):
            name = re.split(r"\s+d\S{1,2}c l", line.plain[2:])[0]
            return "xã", _cased(name, letterhead)
    for line in letterhead[:8]:
        own = _OWN_LINE.match(line.plain)
        if own:
            return _LEVELS[own.group(1)], _cased(own.group(2), letterhead)
    place = _place_of_issue(letterhead)
    title = " ".join(line.plain for line in title_lines)
    if place:
        wanted = plain(place)
        level = None
        for match in _IN_TITLE.finditer(title + " "):
            if _alike(title[match.end() : match.end() + len(wanted)], wanted):
                level = _LEVELS.get(match.group(1))
        if level:
            return level, place
    return None, None


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= 75


def _place_of_issue(letterhead: list[TextLine]) -> str | None:
    """ "Binh Chuong" of "Binh Chuong, ngay 03thang 02 nam 2026"."""
    joined = CODE.sub(" ", " ".join(line.raw for line in letterhead))
    match = re.search(r"((?:[A-ZĐÀ-Ỹ][^\W\d]*\s?){1,4}),?\s*ng\S{1,3}\s*[\d/lI]", joined)
    return match.group(1).strip() if match else None


def _cased(name: str, letterhead: list[TextLine]) -> str:
    """``name`` as the place of issue prints it where it is the same ("XUAN THANH" and "Xuân Thành"), else in title
    case."""
    place = _place_of_issue(letterhead)
    if place and plain(place).replace(" ", "") == name.replace(" ", ""):
        return place
    if place and plain(place).startswith(f"{name} "):
        return place  # the letterhead's column broke the name
    for line in letterhead:
        position = line.plain.find(name)
        if position >= 0 and len(line.plain) == len(line.raw):
            return line.raw[position : position + len(name)].title()
    return name.title()


def _legal_basis(manuscript: Manuscript, outline: Outline, own: str | None) -> tuple[LegalBasis, ...]:
    """The documents cited before the closing, each once, with the date printed right behind its number."""
    found: dict[str, LegalBasis] = {}
    for block in outline.blocks:
        if outline.closes(block):
            continue
        text = block.raw
        for code in find_codes(text):
            behind = text[code.end : code.end + 45]
            date_at = next(iter(find_dates(behind)), None)
            cited = date_at.on() if date_at and date_at.start < 12 else None
            if code.number != own and (code.number not in found or found[code.number].date is None):
                found[code.number] = LegalBasis(code.number, cited)
    return tuple(found.values())
