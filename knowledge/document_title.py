"""The title of a document: its kind, its words as people write them, and the year that it names."""

from __future__ import annotations

import re
from datetime import date

from knowledge.headings import Casing, with_place
from knowledge.manuscript import Manuscript, TextLine

_TYPE = re.compile(
    r"^(ke hoach|quyet dinh|nghi quyet|chi thi|chuong trinh|de an|bao cao|thong bao|cong van)( hanh [dp]ong)?$"
)
_TYPE_NAMES = {
    "ke hoach": "Kế hoạch",
    "quyet dinh": "Quyết định",
    "nghi quyet": "Nghị quyết",
    "chi thi": "Chỉ thị",
    "chuong trinh": "Chương trình",
    "de an": "Đề án",
    "bao cao": "Báo cáo",
    "thong bao": "Thông báo",
    "cong van": "Công văn",
}
_BODY = re.compile(
    r"^(?:can c[ui]\S{0,2}\b|th[uy]c hi\w+\b|thu tuong chinh phu$|xet de nghi|"
    r"phan [ivxl1]{1,3}\b|[ivxl]{1,4}\.\s|\d{1,2}\.\s)"
)
_PLAN_YEAR = re.compile(r"n(?:a|ai|ia|i)m\s+(20\d\d)\b")
_PERIOD = re.compile(r"(?:den|tam nhin|giai doan|huong den|toi|thang \d{1,2})\W*(?:het )?n?\w*$")


def names_kind(line: TextLine) -> bool:
    """Whether ``line`` is the one that says what the document is ("KẾ HOẠCH")."""
    return _TYPE.match(line.plain.strip(" .:")) is not None


def lines_of_title(lines: list[TextLine], kind_at: int | None) -> list[TextLine]:
    """The lines below the kind of the document that make its title; none where no line names a kind."""
    if kind_at is None:
        return []
    taken: list[TextLine] = []
    for line in lines[kind_at + 1 : kind_at + 8]:
        gap = line.number - taken[-1].number if taken else 0
        if taken and (
            _BODY.match(line.plain) or gap > 2 or (gap == 2 and not (taken[-1].raw.isupper() and line.raw.isupper()))
        ):
            break
        taken.append(line)
    return taken


def title_of(
    manuscript: Manuscript, lines: list[TextLine], kind_at: int | None, title_lines: list[TextLine], issuer: str | None
) -> str | None:
    """The kind and the title, the place of the ``issuer`` spelled as there; None where no line names a kind."""
    if kind_at is None:
        return None
    match = _TYPE.match(lines[kind_at].plain.strip(" .:"))
    kind = _TYPE_NAMES[match.group(1)] + (" hành động" if match.group(2) else "") if match else ""
    text = " ".join(line.text for line in title_lines).strip()
    if text.isupper():
        text = Casing([line.text for line in lines]).of(text)
    if manuscript.damaged and issuer:
        text = with_place(text, issuer)
    return f"{kind} {text}".strip()


def year_of(title_lines: list[TextLine], issued: date | None) -> int | None:
    """The year that the title names, unless it only ends a period or dates a cited document; else the year of issue."""
    title = " ".join(line.plain for line in title_lines)
    for match in reversed(list(_PLAN_YEAR.finditer(title))):
        before = title[: match.start()].rstrip()
        if not _PERIOD.search(before) and not re.search(r"\d\s*$", before):
            return int(match.group(1))
    return issued.year if issued else None
