"""Tasks of the running text whose unit and time stand behind labels: "Đơn vị chủ trì: ...", "Thời gian thực hiện: ...".

The labels stand in lines of their own below one or several bullets ("a) Nhiệm vụ", "b) Cơ quan thực hiện", "c) Thời
gian"), below the heading that is itself the task, or at the end of the bullet that they belong to. What stands between
a heading and its labels shares them; a bullet's own label counts for that bullet alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.manuscript import Manuscript
from knowledge.plain import plain
from knowledge.plan import Task
from knowledge.sections import LETTER, Block, BlockKind, Outline, place, tells_of_the_past
from knowledge.targets import tidy_name
from knowledge.times import quarter
from knowledge.unit_phrases import subjects, units_in
from knowledge.units import UnitLexicon


class _Label(StrEnum):
    LEAD = "lead"
    COOP = "coop"
    DUE = "due"
    RESULT = "result"
    CONTENT = "content"  # "Nhiệm vụ: ...", "Nội dung: ...": the task's own words


# The words of a label before its colon, in the plain form; a scan's misreadings of "thời" are allowed for.
_LABELS = re.compile(
    r"(?P<coop>(?:(?:cac )?(?:co quan|don vi|bo phan) )?phoi hop(?: thuc hien)?)"
    r"|(?P<due>th\S{1,4} (?:gian|han)(?: (?:thuc h[a-z]{2,3}|hoan th[a-z]{2,4}|ban hanh|trien khai|to chuc))*|tien do"
    r"(?: (?:thuc hien|hoan thanh))?|lo trinh thuc hien)"
    r"|(?P<result>(?:san pham|ket qua)(?: (?:dau ra|dat duoc|du kien|can dat|phai dat|hoan thanh))*)"
    r"|(?P<lead>(?:(?:cac )?(?:co quan|don vi|bo phan|to chuc|phong, ban) )?(?:chu tri|thuc hien|dau moi"
    r"|chiu trach nhiem|phu trach|tham muu)(?: (?:thuc hien|tham muu|chinh))*)"
    r"|(?P<content>nhiem vu|noi dung)(?: (?:thuc hien|cong viec|cu the|nhiem vu))?"
)
# A bullet that begins with its time: "- Quý I/2026: Hoàn thiện ...".
_DATED = re.compile(
    r"(?P<due>(?:Qu[ýyỳ] ?(?:[IVl1]{1,3})|Tháng \d{1,2}|Năm)(?:\s?/\s?|\snăm\s|\s)20\d\d)\s?:\s*(?=\S)", re.IGNORECASE
)
_COLON = re.compile(r"\s?:(?!\S*//)")
_BULLET = re.compile(r"^[\s\-–—+•*·]*(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)\s?[.)])?\s*")
_FOOTNOTE = re.compile(r"^\d{1,2}\s+[A-ZĐÀ-Ỹ]")  # a number without a stop: printed below the page, inside a list
_SHORT_TITLE = 8  # words: a lettered line that is longer and ends with a full stop is a task, not a title
_ROUTINE = re.compile(r"^(?:thực hiện|nhiệm vụ|triển khai)\s+(?=thường xuyên)", re.IGNORECASE)
# "thường xuyên" as a scan's misreadings are mended into other words.
_ALWAYS = re.compile(r"\bth\w{0,5} ?\w{0,5} xuy\S{1,3}\b", re.IGNORECASE)
READABLE = 15  # lines: a citation reaches down to shared labels only as long as a person can still take it in


@dataclass(slots=True)
class _Item:
    """One task so far: its words, its lines, and what its own labels say."""

    text: str
    block: Block
    last: int
    labels: dict[_Label, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """What shares labels: the heading above, the tasks below it, and the labels."""

    title: Block | None = None
    items: list[_Item] = field(default_factory=list)
    labels: dict[_Label, str] = field(default_factory=dict)
    last: int = 0
    open_label: _Label | None = None  # a label whose words follow as sub-bullets

    def add(self, labels: dict[_Label, str], last: int) -> None:
        """Take what a line of labels says; several words of one label are listed."""
        for label, words in labels.items():
            self.labels[label] = f"{self.labels[label].rstrip(' .;')}; {words}" if self.labels.get(label) else words
        self.last = last
        if self.open_label not in labels:
            self.open_label = next((label for label, words in labels.items() if not words), None)


def read_labelled_tasks(
    manuscript: Manuscript, outline: Outline, lexicon: UnitLexicon, taken: Set[int] = frozenset()
) -> list[Task]:
    """The tasks that labels give a unit or a time, in order. ``taken`` are lines of tables and of other tasks."""
    return [
        task
        for group in _groups(outline, taken)
        for item in _items(group)
        if (task := _task(manuscript, item, group, lexicon)) is not None
    ]


def _groups(outline: Outline, taken: Set[int]) -> Iterator[_Group]:
    group = _Group()
    before: Block | None = None
    for block in outline.blocks:
        if outline.closes(block) or block.kind is BlockKind.TABLE or block.first in taken or tells_of_the_past(block):
            yield group
            group, before = _Group(), None
            continue
        if _FOOTNOTE.match(block.text):
            continue
        words, labels = _cut(block.text)
        if block.kind is BlockKind.HEADING and words and not _sentence(block, words):
            yield group
            group = _Group(block)
            if labels:
                group.items.append(_Item(words, block, block.last, labels))
        elif _Label.CONTENT in labels and not words:
            if group.labels:
                yield group
                group = _Group(group.title)
            _describe(group, block, labels)
        elif not words:
            group.add(labels, block.last)
        elif group.open_label and block.raw.startswith("+"):
            group.add({group.open_label: words}, block.last)
        elif before is not None and group.items and _runs_on(before, block, group.items[-1]):
            group.items[-1].text += f" {words}"
            group.items[-1].last = block.last
            group.items[-1].labels |= labels
        else:
            if group.labels:
                yield group
                group = _Group()
            group.items.append(_Item(words, block, block.last, labels))
        before = block
    yield group


def _cut(text: str) -> tuple[str, dict[_Label, str]]:
    """The words of a block before its first label, and what each label says ("" where its words follow below)."""
    text = text.strip()
    bare = plain(text)
    starts = _word_starts(bare)
    places = _word_starts(text)
    if len(starts) != len(places):
        return _BULLET.sub("", text), {}
    found: list[tuple[int, int, _Label]] = []
    for match in _LABELS.finditer(bare):
        colon = _COLON.match(bare, match.end())
        at = starts.get(match.start())
        if colon is None or at is None or not _opens(text, places, at):
            continue
        behind = starts.get(colon.end() + (bare[colon.end() : colon.end() + 1] == " "), len(starts))
        label = _Label(next(name for name, words in match.groupdict().items() if words))
        found.append((at, behind, label))
    if not found:
        head = _BULLET.sub("", text)
        dated = _DATED.match(head)
        return (head[dated.end() :], {_Label.DUE: dated.group("due")}) if dated else (head, {})
    offsets = [*sorted(places), len(text)]
    head = _BULLET.sub("", text[: offsets[found[0][0]]]).strip(" (–-")
    labels: dict[_Label, str] = {}
    for order, (_, behind, label) in enumerate(found):
        end = found[order + 1][0] if order + 1 < len(found) else len(starts)
        labels[label] = text[offsets[behind] : offsets[end]].strip(" .;()–-")
    return head, labels


def _word_starts(text: str) -> dict[int, int]:
    """The position of every word of ``text``, and which word it is."""
    return {match.start(): at for at, match in enumerate(re.finditer(r"\S+", text))}


def _opens(text: str, places: dict[int, int], at: int) -> bool:
    """Whether the word numbered ``at`` may open a label: the first of its block, behind a stop, or a capital."""
    offset = next(place for place, number in places.items() if number == at)
    before = text[:offset].rstrip()
    return not _BULLET.sub("", before) or before.endswith((".", ";", "(", ":")) or text[offset].isupper()


def _sentence(block: Block, words: str) -> bool:
    """Whether a lettered heading says the task itself."""
    return (
        block.path[-1].level > LETTER
        and len(words.split()) > _SHORT_TITLE
        and block.raw.rstrip().endswith((".", ";", ":"))
    )


def _describe(group: _Group, block: Block, labels: dict[_Label, str]) -> None:
    """ "Nội dung: ..." says more of the bullet above, or of the heading; "a) Nhiệm vụ:" alone only opens the list."""
    words = labels.pop(_Label.CONTENT)
    if not words:
        return
    if group.items and block.kind is not BlockKind.HEADING:
        group.items[-1].text = f"{group.items[-1].text.rstrip(' .;:')}: {words}"
        group.items[-1].last = block.last
        group.items[-1].labels |= labels
    elif group.title is not None and block.kind is BlockKind.BULLET:
        group.items.append(_Item(f"{_title(group.title)}: {words}", group.title, block.last, labels))
    else:
        group.items.append(_Item(words, block, block.last, labels))


def _runs_on(before: Block, block: Block, item: _Item) -> bool:
    """Whether ``block`` goes on with the sentence that a heading's line broke off, or with the list of its bullet."""
    if item.last != before.last:
        return False
    if block.raw.startswith("+"):
        return True
    broken = before.kind is BlockKind.HEADING and not before.raw.rstrip().endswith((".", ";", ":"))
    return broken and block.first == before.last + 1 and block.kind is BlockKind.PARAGRAPH


def _title(block: Block) -> str:
    return _BULLET.sub("", block.text).rstrip(" .:;")


def _items(group: _Group) -> list[_Item]:
    """The tasks of a group; its heading where nothing else stands above the labels."""
    if group.items or group.title is None or not group.labels:
        return group.items
    return [_Item(_title(group.title), group.title, group.title.last)]


def _task(manuscript: Manuscript, item: _Item, group: _Group, lexicon: UnitLexicon) -> Task | None:
    said = {label: words for label, words in (group.labels | item.labels).items() if words}
    lead = units_in(said.get(_Label.LEAD, ""), lexicon)
    due = _due(said.get(_Label.DUE))
    name = tidy_name(item.text)
    if not (lead or due) or len(name.split()) < 3:
        return None
    lead = lead or subjects(item.text, lexicon)  # a sentence that names its unit needs no label for it
    last = max(item.last, group.last)
    if len(group.items) > 1 and last - item.block.first >= READABLE:
        last = item.last
    result = said.get(_Label.RESULT)
    return Task(
        name=name,
        where=place(item.block.path),
        source=manuscript.source(item.block.first, last),
        result=tidy_name(result) if result else None,
        due=due,
        lead=lead,
        coop=units_in(said.get(_Label.COOP, ""), lexicon),
    )


def _due(words: str | None) -> str | None:
    """A time as people write it: "Thực hiện thường xuyên" is "Thường xuyên"."""
    if not words:
        return None
    words = quarter(_ALWAYS.sub("thường xuyên", words.strip(" .;")))
    words = _ROUTINE.sub("", words)
    return words[:1].upper() + words[1:] or None
