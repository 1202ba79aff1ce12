"""Tables whose header a scan lost or garbled: what the appendix's title and the rows themselves still say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.manuscript import TextLine, Word
from knowledge.row_lines import behind_number, group_title, printed_number, time_size
from knowledge.table_header import Columns, TableKind
from knowledge.value_cells import find_value

ENOUGH = 3  # rows that show a column before it is believed
_TARGETS = re.compile(r"\b(?:chi ?tieu|muc tieu)\b")
_TASKS = re.compile(r"\bnhiem vu\b")
_UNIT = re.compile(
    r"^(?:phong|van phong|vp|trung tam|cong an|so [a-z]{3}|tram y te|ubnd|thue|hoi"
    r"|cac (?:so|co quan|phong|don vi|truong))\b"
)
_LONGEST_CELL = 9  # words of a unit at the end of one line


def headless(lines: Sequence[TextLine], title: str) -> tuple[int, TableKind, Columns] | None:
    """Where the rows of an appendix with ``title`` begin, and what they are; None where they are no rows of targets.

    ``lines`` are the appendix's, none of them a header. Bullets are goals in running text and make no table.
    """
    bare = title.lower()
    if not _TARGETS.search(bare) or _TASKS.search(bare):
        return None
    printed = [line for line in lines if line.raw]
    if sum(line.raw[:1] in "-+•" for line in printed) * 4 > len(printed):
        return None
    timed = sum(time_size(line) > 0 for line in printed)
    valued = sum(find_value(printed, at, behind_number(line)) is not None for at, line in enumerate(printed))
    first = next((at for at, line in enumerate(lines) if _row(line)), None)
    if first is None or max(timed, valued) < ENOUGH:
        return None
    units = shows_units(printed)
    if timed >= ENOUGH and units:
        return first, TableKind.STATED, Columns(lead=True, coop=True, due=True)
    return (first, TableKind.INDICATORS, Columns(lead=units)) if valued >= ENOUGH else None


def shows_units(lines: Sequence[TextLine]) -> bool:
    """Whether enough of ``lines`` end with what looks like a unit: there is a column of them, header or not."""
    ends = sum(ends_with_unit(line.words[: len(line.words) - time_size(line)]) for line in lines)
    return ends >= max(ENOUGH, len(lines) // 6)


def ends_with_unit(words: Sequence[Word]) -> bool:
    """Whether ``words`` end with what looks like a unit."""
    from_ = max(1, len(words) - _LONGEST_CELL)
    return any(
        words[at].raw[:1].isupper() and _UNIT.match(" ".join(word.plain for word in words[at : at + 3]))
        for at in range(from_, len(words))
    )


def _row(line: TextLine) -> bool:
    if not line.raw or line.raw.startswith("("):
        return False
    return (
        group_title(line, 1) is not None
        or printed_number(line) is not None
        or re.match(r"^(?:[tT]\S{0,2} l\S\b|[<>≥≤=]?\s?\d{1,3}\s?%)", line.plain) is not None
    )
