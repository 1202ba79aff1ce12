"""Assignments under "Tổ chức thực hiện": which unit has to do what.

A unit stands in a heading with its duties below ("1. Phòng Kinh tế"), at the head of a numbered sentence ("3. Văn phòng
... theo dõi ..."), before a colon ("6. Sở Tư pháp: ..."), or is charged by a sentence of its own ("Giao Phòng ...").
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from knowledge.manuscript import Manuscript
from knowledge.plain import plain
from knowledge.plan import Document, Task
from knowledge.sections import Block, BlockKind, Heading, Outline, place
from knowledge.unit_phrases import CHARGED, DEED, partners, subjects, units_in
from knowledge.units import UNIT_START, UnitLexicon, tidy_unit

_CARRYING_OUT = re.compile(
    r"to chuc (?:th\S{1,3}c hien|theo doi|trien khai)|phan cong (?:nhiem vu|trach nhiem|thuc hien)"
    r"|^trach nhiem (?:thuc hien|cua|cac|don vi|co quan)"
)
_NO_UNIT = re.compile(
    r"che do|kinh phi|tong ket|khen thuong|nguon luc|lo trinh|kiem tra, giam sat|thoi gian|giai phap|cong tac|trong qua"
)
_ASKED = re.compile(r"^(?:\S{1,3} nghị|giao|yêu cầu|trách nhiệm của)\s+", re.IGNORECASE)
_CHARGE = re.compile(r"(?:^|[.:;]\s+|\s)Giao\s+(?=\S)")
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]\s*")
_DUE = re.compile(r"(?:thời gian(?: thực hiện| hoàn thành)?\s*:\s*)([^.;]{4,80})", re.IGNORECASE)
_LEADS_ON = re.compile(r"(?:nội dung|nhiệm vụ|công việc)(?: cụ thể)?(?: như)? sau$")
# What ends a plan, and what it asks of everybody: no duty of the unit under whose heading it happens to stand.
_CLOSING = re.compile(r"tren day la|yeu cau cac co quan|trong qua trinh|de nghi cac co quan")
_ONLY_REPORTS = re.compile(
    r"^(?:[^,]{0,60}?\s)?(?:định kỳ|báo cáo|tổng hợp,? báo cáo|h[ằà]ng (?:tháng|quý|năm)|trước ngày)\b", re.IGNORECASE
)
LONGEST_NAME = 30  # words of the units that one heading names
OWN = 8  # words: a longer heading is no name by which other tables call the unit


@dataclass(frozen=True, slots=True)
class _Charge:
    """Who is charged by a heading, as printed, and what the same words charge them with ("" for nothing yet)."""

    units: str
    duty: str


def _charge(text: str) -> _Charge | None:
    """The units and the duty of a numbered heading or sentence; None where it names no unit."""
    text = _ASKED.sub("", _NUMBER.sub("", text.strip()))
    named = _charged_by_name(text)
    if named is not None:
        return named
    for match in _CHARGE.finditer(text):
        named = _charged_by_name(text[match.end() :])
        if named is not None:
            return named
    return None


def _charged_by_name(text: str) -> _Charge | None:
    bare = plain(text)
    if _NO_UNIT.match(bare) or not UNIT_START.match(bare + " "):
        return None
    before, colon, behind = text.partition(":")
    if colon and len(before.split()) <= LONGEST_NAME and CHARGED.search(before) is None:
        return _Charge(before.strip(" .,;"), behind.strip())
    sentence = text.rstrip().endswith((".", ";", ":")) or len(text.split()) > LONGEST_NAME
    deed = (DEED if sentence else CHARGED).search(text)
    units = text[: deed.start()] if deed else text
    units = units.strip(" .,;:")
    if not 2 <= len(units.split()) <= LONGEST_NAME:
        return None
    return _Charge(units, text[deed.start() :].strip() if deed else "")


def _carried_out(path: tuple[Heading, ...]) -> int | None:
    """The index in ``path`` of the heading "Tổ chức thực hiện"; None outside it. A table's title is no such heading."""
    for index, heading in enumerate(path):
        if heading.label.startswith("Phụ lục"):
            continue
        if _CARRYING_OUT.search(plain(heading.title[:60])):
            return index
    return None


def _openings(outline: Outline) -> dict[int, str]:
    """The words of every numbered heading or sentence, by its first line: a heading's title may be only its first
    line."""
    return {block.first: block.text for block in outline.blocks if block.kind is not BlockKind.TABLE}


def own_units(outline: Outline, document: Document) -> tuple[str, ...]:
    """The units that the plan itself names as headings of its assignments, and those named after its province."""
    found: list[str] = []
    listed = UnitLexicon()
    openings = _openings(outline)
    for block in outline.blocks:
        at = _carried_out(block.path)
        if at is not None and len(block.path) > at + 1:
            charge = _charge(openings.get(block.path[at + 1].first, ""))
            if charge is not None and len(charge.units.split()) <= OWN and ";" not in charge.units:
                found.extend(listed.split(charge.units) if "," in charge.units else (tidy_unit(charge.units),))
    if document.province:
        found.extend(f"{office} {document.province}" for office in ("Thống kê", "Thuế tỉnh", "Thuế"))
    return tuple(dict.fromkeys(found))


def read_assignments(
    manuscript: Manuscript, outline: Outline, lexicon: UnitLexicon, rules: Set[tuple[int, int]] = frozenset()
) -> list[Task]:
    """One task for each paragraph or bullet under a unit's heading, and for each sentence that charges a unit.

    ``rules`` are first and last lines of reporting rules: what says nothing else is no task besides.
    """
    found: list[Task] = []
    openings = _openings(outline)
    for block in outline.blocks:
        at = _carried_out(block.path)
        if at is None or outline.closes(block) or block.kind is BlockKind.TABLE:
            continue
        heading = block.path[at + 1] if len(block.path) > at + 1 else None
        if heading is None and block.kind is BlockKind.HEADING:
            continue
        charge = _charge(openings.get(heading.first, "")) if heading else None
        opens = heading is not None and block.first == heading.first
        duty = charge.duty if opens and charge else None if opens else _duty(block)
        if duty is None or not _sets(duty, block):
            continue
        if (block.first, block.last) in rules and _ONLY_REPORTS.search(duty.split(";")[0]):
            continue
        units = subjects(duty, lexicon) if not opens else ()
        if charge is not None and not units:
            units = units_in(charge.units, lexicon) or (lexicon.name(charge.units),)
        if units:
            found.append(_task(manuscript, block, duty, units, lexicon))
    return found


def _duty(block: Block) -> str | None:
    """What ``block``, below a unit's heading, says that the unit has to do; a heading further down says nothing yet."""
    if block.kind is BlockKind.HEADING and not block.raw.rstrip().endswith((".", ";")):
        return None
    return _NUMBER.sub("", block.text.strip(" -–+*•"))


def _sets(duty: str, block: Block) -> bool:
    """Whether ``duty`` is one: not the line that only leads on to a list, not the closing of the plan."""
    duty = duty.strip(" .;")
    if len(duty.split()) < 4 or _CLOSING.match(plain(duty)) or block.raw.rstrip().endswith("./."):
        return bool(block.raw.rstrip().endswith("./.")) and not _CLOSING.match(plain(duty)) and len(duty.split()) > 3
    return not (_LEADS_ON.search(duty.rstrip(": ")) or (block.raw.rstrip().endswith(":") and len(duty.split()) < 12))


def _task(manuscript: Manuscript, block: Block, duty: str, units: tuple[str, ...], lexicon: UnitLexicon) -> Task:
    due = _DUE.search(duty)
    return Task(
        name=duty[:1].upper() + duty[1:].rstrip(" ;"),
        where=place(block.path),
        source=manuscript.source(block.first, block.last),
        due=due.group(1).strip() if due else None,
        lead=units,
        coop=tuple(name for name in partners(duty, lexicon) if name not in units),
    )
