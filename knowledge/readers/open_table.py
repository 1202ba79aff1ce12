"""Tables whose columns are not ruled, or not all of them: found by their header and by the blanks below it.

A header is a line of short texts that begins with "TT" ("STT", "Số TT") or names two of the fields of a plan's table.
The blanks between its texts must go on below (``open_stretch``). On the next page they may go on without the header.
Two columns never make a table: the head of a letter, the signature and running text in two columns have two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.plain import plain
from knowledge.readers.blanks import MIN_BLANK, Blank, Span, between, printed, segments
from knowledge.readers.columns import Word, WordLine, lines_of
from knowledge.readers.open_rows import ORDINAL
from knowledge.readers.open_stretch import (
    HEADER_BLANK,
    MIN_COLUMNS,
    OpenTable,
    Rule,
    Stretch,
    height_of,
    text_of,
    top_of,
)
from knowledge.readers.sheet import PAGE_NUMBER

MAX_LINES = 500  # of a page, those of its columns counted one by one; A3 in 8 points has 200
MIN_ROWS = 2  # below the header; on a page where a table goes on one is enough
HEADER_AIR = 0.4  # between the lines of a header's texts; what stands over the table is farther off
MAX_TITLE = 60  # letters in one line of a column's title
_NUMBER_TITLE = re.compile(r"^s?tt\b|^so$|^so t")
_TITLES = re.compile(
    r"chi tieu|noi dung|nhiem vu|muc tieu|don vi|co quan|chu tri|phoi hop|thoi gian|thoi han|ghi chu|ket qua|san pham"
)


def find_open_tables(
    words: Iterable[Word], rules: Sequence[Rule], going_on: Sequence[Blank] = ()
) -> tuple[list[OpenTable], tuple[Blank, ...]]:
    """The tables among ``words``, from top to bottom, and the blanks of the one that the page's end may have cut.

    ``going_on`` are the blanks of a table that the page before ended in. None on a page with more than ``MAX_LINES``.
    """
    lines = lines_of(words)
    if len(lines) > MAX_LINES:
        return [], ()
    tables: list[OpenTable] = []
    at = 1 if len(lines) > 1 and PAGE_NUMBER.match(text_of(lines[0])) else 0
    if going_on and at < len(lines):
        stretch = Stretch(lines, at, tuple(going_on))
        stretch.follow(at)
        table = stretch.table(rules, least=1)
        if table is not None:
            tables.append(table)
            at = stretch.end
    cut: tuple[Blank, ...] = tables[-1].blanks if tables and _is_end(lines, at) else ()
    while at < len(lines):
        found = _with_header(lines, at)
        table = found.table(rules, least=1 + MIN_ROWS) if found is not None else None
        if found is None or table is None:
            at += 1
            continue
        tables.append(table)
        at = found.end
        cut = table.blanks if _is_end(lines, at) else ()
    return tables, cut


def may_go_on(words: Iterable[Word]) -> bool:
    """Whether the top of a page looks like rows: then the page before is worth asking for its columns."""
    lines = lines_of(words)[:12]
    return any(len(segments(line, height_of(line))) >= MIN_COLUMNS for line in lines)


def _is_end(lines: Sequence[WordLine], at: int) -> bool:
    """Whether nothing but a page number follows."""
    return all(PAGE_NUMBER.match(text_of(line)) for line in lines[at:])


def _with_header(lines: Sequence[WordLine], at: int) -> Stretch | None:
    """The stretch of lines whose header has the line ``at`` as its widest; None where that is no header's line."""
    height = height_of(lines[at])
    groups = segments(lines[at], HEADER_BLANK / MIN_BLANK * height)
    texts = [plain(" ".join(lines[at][index].text for index in group)).strip(" .:") for group in groups]
    numbered = _NUMBER_TITLE.match(texts[0]) is not None and len(texts[0]) <= 8
    if len(texts) < 2 or any(len(text) > MAX_TITLE for text in texts):
        return None
    if not numbered and sum(_TITLES.search(text) is not None for text in texts) < 2:
        return None
    spans = printed(lines[at], height)
    first, last = at, at
    while first > 0 and _joins(spans, lines[first - 1], lines[first], height):
        first -= 1
        spans += printed(lines[first], height)
    while (
        last + 1 < len(lines)
        and not _is_row(lines[last + 1], spans)
        and _joins(spans, lines[last + 1], lines[last], height)
    ):
        last += 1
        spans += printed(lines[last], height)
    blanks = between(spans, HEADER_BLANK * height)
    if len(blanks) + 1 < MIN_COLUMNS:
        return None
    stretch = Stretch(lines, first, tuple(blanks))
    stretch.follow(last + 1)
    stretch.part_below(last + 1)
    stretch.part_numbers(last + 1)
    return stretch


def _joins(spans: Sequence[Span], line: WordLine, neighbour: WordLine, height: float) -> bool:
    """Whether ``line`` belongs to the texts of the header: near, and bridging none of its blanks."""
    upper, lower = (line, neighbour) if top_of(line) < top_of(neighbour) else (neighbour, line)
    if top_of(lower) - max(word.bottom for word in upper) > HEADER_AIR * height:
        return False
    before = len(between(spans, HEADER_BLANK * height))
    return len(between([*spans, *printed(line, height)], HEADER_BLANK * height)) >= before


def _is_row(line: WordLine, spans: Sequence[Span]) -> bool:
    """Whether the line begins a row: a number under the header's first text."""
    edge = min(right for _, right in spans)
    return ORDINAL.match(line[0].text) is not None and line[0].left < edge + height_of(line)
