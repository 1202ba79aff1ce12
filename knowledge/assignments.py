"""Assignments under "Tổ chức thực hiện": a unit's heading, and below it what the unit has to do."""

from __future__ import annotations

import re

from knowledge.manuscript import Manuscript
from knowledge.plain import plain
from knowledge.plan import Document, Task
from knowledge.sections import Block, BlockKind, Heading, Outline, place
from knowledge.units import UNIT_START, UnitLexicon, tidy_unit

_CARRYING_OUT = re.compile(
    r"to chuc th\S{1,3}c hien|phan cong (?:nhiem vu|trach nhiem|thuc hien)|trach nhiem (?:thuc hien|cua)"
)
_NO_UNIT = re.compile(r"che do|kinh phi|tong ket|khen thuong|nguon luc|lo trinh|kiem tra, giam sat|thoi gian|giai phap")
_ASKED = re.compile(r"^(?:\S{1,3} nghị|giao|yêu cầu)\s+", re.IGNORECASE)
_VERB = re.compile(
    r"(?<!và)\s+(?:chủ trì|có trách nhiệm|tham mưu|theo dõi|tổ chức|xây dựng|căn cứ|phối hợp|thực "
    r"hiện|định kỳ|chịu trách nhiệm|triển khai|bố trí|"
    r"tăng cường|hướng dẫn|là cơ quan|làm đầu mối|đẩy mạnh|kiện toàn)\b"
)
_WITH = re.compile(
    r"phối hợp(?: chặt chẽ)?(?: (?:với|vai|vào|về|với các))?\s+((?:các\s+)?[^,;.]+?(?:,\s*(?:đơn vị|"
    r"cơ quan|tổ chức|ban|ngành|địa phương)[^,;.]*?)*)(?=\s+(?:để|trong|tổ chức|triển khai|thực hiện|"
    r"tham mưu|theo dõi|hướng dẫn|hoàn thành|xây dựng|tập huấn|hỗ trợ|rà soát|khai thác|và sử dụng|"
    r"đề xuất|bố trí)\b|[,;.]|$)",
    re.IGNORECASE,
)
_DUE = re.compile(r"(?:thời gian(?: thực hiện| hoàn thành)?\s*:\s*)([^.;]{4,80})", re.IGNORECASE)


def unit_of(heading: Heading) -> str | None:
    """The unit that a heading names, as printed ("1. Phòng Kinh tế tham mưu ..." names "Phòng Kinh tế"); None for
    others."""
    title = _ASKED.sub("", heading.title.split(":")[0].strip())
    bare = plain(title)
    if _NO_UNIT.match(bare) or not UNIT_START.match(bare + " "):
        return None
    title = _VERB.split(title)[0].strip(" .,;:")
    return title if 2 <= len(title.split()) <= 30 else None


def _carried_out(path: tuple[Heading, ...]) -> int | None:
    """The index in ``path`` of the heading "Tổ chức thực hiện"; None outside it."""
    return next((index for index, heading in enumerate(path) if _CARRYING_OUT.search(plain(heading.title[:60]))), None)


def own_units(outline: Outline, document: Document) -> tuple[str, ...]:
    """The units that the plan itself names as headings of its assignments, and those named after its province."""
    found = []
    for block in outline.blocks:
        at = _carried_out(block.path)
        if at is not None and len(block.path) > at + 1:
            name = unit_of(block.path[at + 1])
            if name is not None and len(name.split()) <= 8:
                found.append(tidy_unit(name))
    if document.province:
        found.extend(f"{office} {document.province}" for office in ("Thống kê", "Thuế tỉnh", "Thuế"))
    return tuple(dict.fromkeys(found))


def read_assignments(manuscript: Manuscript, outline: Outline, lexicon: UnitLexicon) -> list[Task]:
    """One task for each paragraph or bullet under a unit's heading."""
    found: list[Task] = []
    for block in outline.blocks:
        at = _carried_out(block.path)
        if at is None or outline.closes(block) or block.path[0].label.startswith("Phụ lục"):
            continue
        if len(block.path) <= at + 1:
            continue
        heading = block.path[at + 1]
        unit = unit_of(heading)
        if unit is None:
            continue
        text = _duty(block, heading)
        if text is not None:
            found.append(_task(manuscript, block, text, lexicon.name(unit), lexicon))
    return found


def _duty(block: Block, heading: Heading) -> str | None:
    """What the unit has to do by ``block``; for a heading only what stands behind the unit's name."""
    if block.kind is BlockKind.HEADING:
        if block.path[-1] != heading:
            return None
        title = heading.title
        if ":" in title and len(title.split(":", 1)[1].split()) >= 4:
            return title.split(":", 1)[1].strip()
        verb = _VERB.search(title)
        return title[verb.start() :].strip() if verb and len(title[verb.start() :].split()) >= 6 else None
    text = block.text
    if re.match(r"^\d{1,2}\s?[.)]", text):
        text = re.sub(r"^[\d.\s)]+", "", text)
        verb = _VERB.search(text)
        return text[verb.start() :].strip() if verb else None
    text = text.strip(" -–+*•")
    if len(text.split()) < 4 or (re.search(r"./.$", text) and plain(text).startswith(("tren day", "yeu cau"))):
        return None
    return None if plain(text).startswith(("tren day la", "yeu cau cac co quan")) else text


def _task(manuscript: Manuscript, block: Block, text: str, unit: str, lexicon: UnitLexicon) -> Task:
    with_whom = _WITH.search(text)
    coop = lexicon.split(with_whom.group(1)[:1].upper() + with_whom.group(1)[1:]) if with_whom else ()
    due = _DUE.search(text)
    return Task(
        name=text[:1].upper() + text[1:].rstrip(" ;"),
        where=place(block.path),
        source=manuscript.source(block.first, block.last),
        due=due.group(1).strip() if due else None,
        lead=(unit,),
        coop=tuple(
            name.split(" về ")[0] for name in coop if len(name.split()) <= 14 and UNIT_START.match(plain(name) + " ")
        ),
    )
