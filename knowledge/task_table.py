"""Tasks from a table that a scan printed as plain lines, its columns run into each other.

What is left of the columns: a row has one time; on its line the words before are name and result, those behind are
units. Cells are centred, so a name that begins k lines above the row's middle ends about k lines below. What cannot be
told apart stays in the name; a result or a unit is given only where the printed words bear it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.checks import DUE_UNREAD, LEAD_UNREAD
from knowledge.manuscript import Manuscript, TextLine, Word
from knowledge.mending import mend
from knowledge.plan import Task
from knowledge.row_lines import behind_number, printed_number
from knowledge.scan_junk import is_word, without_junk
from knowledge.sections import place
from knowledge.table_header import TableKind
from knowledge.table_region import Region
from knowledge.targets import tidy_name
from knowledge.text_rows import TextRow, read_rows
from knowledge.times import find_time
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_columns import UnitColumns, read_columns
from knowledge.unit_evidence import borne_out, share, unexplained
from knowledge.units import UnitLexicon

# What tasks begin with; the first line that begins so is where a row's name begins.
_DEEDS = re.compile(
    r"^(?:to chuc|trien khai|xay dung|phoi hop|day manh|thuc hien|tham gia|khao sat|dau tu|thuc day|phat|ra soat"
    r"|ban hanh|hoan thien|hoan thanh|nang c|duy tri|cap nhat|tuyen truyen|tiep tuc|tang cuong|huong dan|ho tro|so hoa"
    r"|kien toan|bao dam|dam bao|lap|thanh lap|cung cap|dao tao|boi duong|ung dung|mo rong|kiem tra|danh gia"
    r"|chuan hoa|trang bi|nghien cuu|tham muu|van hanh|tich hop|ket noi|theo doi|chi dao|quan triet"
    r"|lua chon|bo tri|ky ket|de xuat)"
)
# What results begin with, where a line holds them before its time: a count ("02 hội nghị/năm", "01 lần/tuần").
_COUNTED = re.compile(r"(?:(?:toi thieu|it nhat|tren) )?\d{1,3} [a-z]{2,7}(?: [a-z]{2,7}){0,3}(?:/[a-z]{3,5})?\W*$")
_DATE = re.compile(r"^\W?\d{1,2}/\d{1,2}(?:/\d{4})?\W?$")
_PRODUCT = re.compile(
    r"(?:ke hoach|bao cao|quyet dinh|van ban|hoi nghi|he thong|cong van|quy che|danh muc|to trinh|co so du lieu"
    r"|phan mem|bien ban|de an|chuong trinh|tai lieu|nghi quyet|chi thi|thong bao|huong dan|quy trinh|quy dinh)\b"
)
BESIDE = 0.35  # share of a lead's name on the line of the time: a cell of three lines has a third of it there
PART = 0.15  # share of a unit's name that one line of its cell holds at least
CLEAR = 0.8  # share of words that must read as words before a result is given apart from the name


@dataclass(frozen=True, slots=True)
class _Taken:
    """A row taken apart line by line: what may be name or result, and what may be units; the row's time."""

    row: TextRow
    left: list[list[Word]]
    right: list[list[Word]]
    due: str | None
    timed: int | None  # the line of the time
    beside: Sequence[Word]  # what stands behind the time on its line, rules between cells included


def read_task_table(manuscript: Manuscript, region: Region, lexicon: UnitLexicon) -> list[Task]:
    """The tasks of ``region``, in order; fields that the scan lost are None or empty."""
    assert region.kind is TableKind.TASKS  # callers ask by kind
    rows = [_taken(row, region) for row in _rows(region)]
    reader = UnitCellReader(lexicon)
    tasks: list[Task] = []
    for _ in range(2):  # the second time with the units known that the table names again and again
        tasks = [task for row in rows if (task := _task(manuscript, region, row, reader)) is not None]
        counts = Counter(name for task in tasks for name in (*task.lead, *task.coop))
        reader.seen = frozenset(name for name, count in counts.items() if count > 1)
    return tasks


def _rows(region: Region) -> list[TextRow]:
    """The rows, each around its time or its number, whichever the scan kept more of."""
    timed = sum(_timed(region.lines, at) for at in range(len(region.lines))) if region.columns.due else 0
    numbered = sum(_numbered(region.lines, at) for at in range(len(region.lines)))
    if timed > max(numbered, 1):
        return read_rows(region.lines, _timed)
    return read_rows(region.lines, _numbered, ghosts=False)


def _timed(lines: Sequence[TextLine], index: int) -> bool:
    return find_time(lines[index].words) is not None


def _numbered(lines: Sequence[TextLine], index: int) -> bool:
    return printed_number(lines[index]) is not None and len(behind_number(lines[index])) >= 2


def _taken(row: TextRow, region: Region) -> _Taken:
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    due, timed = None, None
    beside: Sequence[Word] = ()
    for at, line in enumerate(row.lines):
        words = list(line.words)
        time = find_time(words) if region.columns.due and due is None else None
        if time is not None and (time.start > 0 or len(words) == time.end):
            due, timed, beside = time.text, at, words[time.end :]
            left.append(words[: time.start])
            right.append(_words(words[time.end :]))
        else:
            left.append(words)
            right.append(_words(words))
    return _Taken(row, left, right, due, timed, beside)


def _words(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.raw.strip("|") != ""]


def _task(manuscript: Manuscript, region: Region, taken: _Taken, reader: UnitCellReader) -> Task | None:
    units = read_columns(taken.right, reader)
    cell = [word for words, size in zip(taken.right, units.tails, strict=True) for word in words[len(words) - size :]]
    lead, coop = _responsible(taken, units, cell, reader)
    left = [_without_units(taken, units, at, (*lead, *coop), reader) for at in range(len(taken.left))]
    names, results = _told_apart(taken, left, region.columns.result)
    # A line that begins with a date goes on with a time that broke off above it.
    of_time = [words for words in names[1:] if words and _DATE.match(words[0].raw)]
    names = [words for words in names if words not in of_time]
    name = tidy_name(_text(manuscript, names))
    if len(name.split()) < 3:
        return None
    return Task(
        name=name,
        where=place(region.path),
        source=manuscript.source(taken.row.first, taken.row.last),
        result=_result(manuscript, results) if taken.timed is not None else None,
        due=taken.due,
        lead=lead,
        coop=coop,
        checks=(
            *([LEAD_UNREAD] if region.columns.lead and not lead and cell else []),
            *([DUE_UNREAD] if of_time and taken.due is None else []),
        ),
    )


def _responsible(
    taken: _Taken, units: UnitColumns, cell: Sequence[Word], reader: UnitCellReader
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and cooperating units that the print bears out; a lead must stand, in part, beside the row's time."""
    found = [name for name in units.lead if borne_out(name, cell, reader.lexicon, reader.seen)]
    coop = [name for name in units.coop if borne_out(name, cell, reader.lexicon, reader.seen)]
    lead = found
    if taken.timed is not None:
        beside = taken.beside
        ruled = [_words(part) for part in _split_at_rules(beside)]
        known = [reader.lexicon.name(_said(part)) if reader.lexicon.knows(_said(part)) else None for part in ruled]
        lead = [name for name in found if share(name, beside, reader.lexicon) >= BESIDE]
        if len(known) >= 2 and known[-1] is not None and known[-1] not in coop:
            lead = [name for name in lead if name != known[-1]]
            coop.append(known[-1])
        if lead and not _begins_with(beside, lead, reader.lexicon):
            coop, lead = [*lead, *coop], []
        if len(lead) > 1 and not any(mark in word.raw for word in cell for mark in ";,"):
            lead = [max(lead, key=lambda name: share(name, beside, reader.lexicon))]
    return tuple(lead), tuple(name for name in coop if name not in lead)


def _begins_with(beside: Sequence[Word], names: Sequence[str], lexicon: UnitLexicon) -> bool:
    """Whether the words beside the time begin with one of the units: the lead's column is the first there."""
    first = next((word for word in beside if len(word.plain) >= 4), None)
    return first is None or not unexplained(names, [first], lexicon)


def _split_at_rules(words: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.raw == "|":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _without_units(
    taken: _Taken, units: UnitColumns, at: int, named: Sequence[str], reader: UnitCellReader
) -> list[Word]:
    """Line ``at`` of the name without the words at its end that belong to a unit which is ``named``."""
    words, size = taken.left[at], units.tails[at]
    tail = taken.right[at][len(taken.right[at]) - size :]
    if at == taken.timed or not any(share(name, tail, reader.lexicon) >= PART for name in named):
        return words
    return words[: len(words) - _printed_size(words, size)]


def _printed_size(words: Sequence[Word], size: int) -> int:
    """How many of ``words``, rules between cells counted, the last ``size`` words without them are."""
    taken = 0
    while size and taken < len(words):
        taken += 1
        size -= words[-taken].raw.strip("|") != ""
    return taken


def _text(manuscript: Manuscript, lines: Sequence[Sequence[Word]]) -> str:
    printed = " ".join(word.raw for words in lines for word in without_junk(words))
    return re.sub(r"\s*\|\s*", " ", mend(printed, damaged=manuscript.damaged)).strip(" '‘’|.,;")


def _told_apart(taken: _Taken, left: list[list[Word]], has_result: bool) -> tuple[list[list[Word]], list[list[Word]]]:
    """The lines of the name, and the lines of the result (none where the two cannot be told apart)."""
    if not has_result:
        return left, []
    begin = next((at for at, words in enumerate(left) if _DEEDS.match(_bare(words))), None)
    middle = _middle(taken)
    if begin is None or begin > middle:
        return left, []
    end = min(len(left) - 1, 2 * middle - begin + (1 if middle > begin else 0))
    names: list[list[Word]] = []
    results: list[list[Word]] = []
    for at, words in enumerate(left):
        if begin <= at <= end:
            cut = _result_begins(words, at == taken.timed)
            names.append(words[:cut])
            results.append(words[cut:])
        else:
            results.append(words)
    return names, [words for words in results if _words(words)]


def _middle(taken: _Taken) -> int:
    """The line around which the cells of a row are centred: its number's, else its time's."""
    numbered = next((at for at, line in enumerate(taken.row.lines) if printed_number(line.line) is not None), None)
    return numbered if numbered is not None else taken.timed if taken.timed is not None else len(taken.left) // 2


def _result_begins(words: Sequence[Word], timed: bool) -> int:
    """Where on a line of the name the result begins: behind a rule, at a count right before the time, at a product."""
    for at in range(len(words) - 1, 1, -1):
        if words[at].raw in ("|", "‘", "\\") and len(_words(words[at:])) >= 2:
            return at
    if timed:
        for at in range(2, len(words)):
            if _COUNTED.match(_bare(words[at:])) and re.match(r"^(?:\d|[Tt][oố]i|[IÍíi]t|[Tt]r)", words[at].raw):
                return at
    for at in range(3, len(words)):
        opens = words[at].raw[:1].isupper() and not words[at - 1].raw.endswith((".", ":"))
        if opens and _PRODUCT.match(_bare(words[at:])):
            return at
    return len(words)


def _bare(words: Sequence[Word]) -> str:
    return " ".join(word.plain for word in words)


def _result(manuscript: Manuscript, lines: list[list[Word]]) -> str | None:
    """The result, where nearly all of its words read as words."""
    words = [word for line in lines for word in _words(line)]
    known = [word for word in words if is_word(word) or word.raw.strip(".,;").isdigit()]
    if len(words) < 2 or len(known) < CLEAR * len(words):
        return None
    text = tidy_name(_text(manuscript, lines))
    return text if len(text.split()) >= 2 else None
