"""Which of several columns of figures is the target of the plan's year, from their headings.

Last year's result, a later year's aim, the quarters on the way, the parts of single villages and what a higher level
asks for are figures beside the target, never the target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.plain import plain

REACHED = re.compile(
    r"^(?:ket qua|kq|thuc hien|th|uoc)\b.{0,24}20\d\d|\buoc (?:thuc hien|dat|ket qua)|\bhien trang\b|\bda dat\b"
)
COMPARED = re.compile(r"so sanh|so voi|\b(?:kh|ke hoach|th|thuc hien)\b[^/]{0,16}/|\btang\b\W{0,3}giam\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ON_THE_WAY = re.compile(r"\bquy (?:[1-4]|i{1,3}|iv)\b|\bthang \d|\b(?:\d|sau|chin) thang\b|\bdau nam\b")
_WHOLE = re.compile(r"\bca nam\b|\btoan (?:xa|phuong|dac khu|tinh|thanh pho)\b|\btong\b|\bchung\b")
_PART = re.compile(r"\b(?:thon|ap|ban|buon|lang|to dan pho|khu pho|khu)\b")
# Who sets the figure, from above to below: the lowest is the one whose plan this is.
_SETTERS = (
    re.compile(r"\b(?:trung uong|tw|quoc gia|ca nuoc)\b"),
    re.compile(r"\b(?:tinh|thanh pho|tp|cap tren)\b"),
    re.compile(r"\bhuyen\b"),
)


def years_in(heading: str) -> list[int]:
    """The years that a heading names, in order."""
    return [int(year) for year in _YEAR.findall(heading)]


def target_columns(headings: Sequence[str], columns: Sequence[int], year: int | None) -> tuple[int, ...]:
    """Those of ``columns`` that hold the target of ``year``: one, or several where their headings do not tell.

    ``headings`` are those of all columns of the table, the rows of the header joined. Never empty where ``columns`` is
    not.
    """
    bare = {at: plain(headings[at]) for at in columns}
    kept = tuple(columns)
    kept = _without(kept, lambda at: bool(REACHED.search(bare[at]) or COMPARED.search(bare[at])))
    if year is not None:
        last = {at: max(years_in(bare[at]), default=year) for at in columns}
        kept = _without(kept, lambda at: last[at] < year)
        kept = _without(kept, lambda at: last[at] > year)
        kept = _without(kept, lambda at: not years_in(bare[at]))
    kept = _without(kept, lambda at: bool(_ON_THE_WAY.search(bare[at])))
    kept = _without(kept, lambda at: bool(_PART.search(bare[at])) and not _WHOLE.search(bare[at]))
    kept = _without(kept, lambda at: not _WHOLE.search(bare[at]))
    if len(kept) > 1:
        set_by = {at: next((n for n, who in enumerate(_SETTERS) if who.search(bare[at])), len(_SETTERS)) for at in kept}
        kept = tuple(at for at in kept if set_by[at] == max(set_by.values()))
    return kept


def _without(columns: tuple[int, ...], ruled_out: Callable[[int], bool]) -> tuple[int, ...]:
    """``columns`` without those that are ruled out, unless that is all of them."""
    return tuple(at for at in columns if not ruled_out(at)) or columns
