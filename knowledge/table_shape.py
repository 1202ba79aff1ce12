"""What the rows of a table without columns show of its columns, where the header is no safe guide: whether the unit of
measure has a column of its own, whether the units stand before the target, and whether two years' figures stand side by
side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.lost_header import ENOUGH, ends_with_unit
from knowledge.manuscript import TextLine, Word
from knowledge.measured_figures import earlier_figure, measured_figure
from knowledge.row_lines import behind_number
from knowledge.table_header import TableKind
from knowledge.table_region import Region
from knowledge.time_cells import time_words, without_inner_time
from knowledge.units import UNIT_START
from knowledge.value_cells import ValueCell, find_value

_YEAR = re.compile(r"\b20[2-4]\d\b")
_OPENS = re.compile(r"^[\W\d]{0,4}?[<>≥≤]?\s?\d{1,3}\s?%\s[^\W\d_]{2}|^(?:Trên|Trén|Tren)\s\d{1,3}\s?%")
_REACHED = frozenset(["dat", "chiem", "la", "tren", "thieu", "len"])
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BESIDE = 2  # words beside a figure, at least, where its row was printed line by line
_NAME = 1  # words before a value that has a column of its own, at least
_EDGES = "|_.,;:'‘’—–- "


@dataclass(frozen=True, slots=True)
class Shape:
    """``measured``: a column of units of measure; ``lead_first``: the units stand before the target; ``timed``: a
    column of times behind them; ``years``: the years of the two columns of figures, in order, where there are two
    (empty: which years is not known); ``paired``: there are two columns of figures;
    ``scattered``: the scan printed the table cell by cell, most figures stand alone on their lines."""

    measured: bool = False
    lead_first: bool = False
    timed: bool = False
    paired: bool = False
    scattered: bool = False
    years: tuple[int, ...] = ()

    def value(self, lines: Sequence[TextLine], at: int) -> ValueCell | None:
        """The value on line ``at``, by the columns that the table has."""
        return self.value_of(lines, at, self.words(lines[at]))

    def value_of(self, lines: Sequence[TextLine], at: int, words: Sequence[Word]) -> ValueCell | None:
        """The value among ``words``, what is left of line ``at`` without its number and its time."""
        if self.measured:
            found = measured_figure(words)
            return found if found is not None else _whole(find_value(lines, at, words))
        return find_value(lines, at, words)

    def words(self, line: TextLine) -> Sequence[Word]:
        """The words of ``line`` behind its row number and before its time."""
        words = behind_number(line)
        if not self.timed:
            return words
        size = time_words(words)
        return words[: len(words) - size] if size else without_inner_time(words)[0]


def shape_of(region: Region) -> Shape:
    """The shape that most rows of ``region`` have."""
    timed = region.columns.due and sum(_timed(line) for line in region.lines) >= ENOUGH
    bare = Shape(timed=timed)
    measured = _measured(region, bare)
    shape = Shape(measured=measured, timed=timed)
    values = [(shape.words(line), shape.value(region.lines, at)) for at, line in enumerate(region.lines)]
    valued = [(words, value) for words, value in values if value is not None]
    before = sum(ends_with_unit(words[: value.start]) for words, value in valued)
    behind = sum(_opens_unit(words[value.end :]) for words, value in valued)
    pairs = sum(earlier_figure(words, value, measured=measured) is not None for words, value in valued)
    paired = pairs >= ENOUGH and pairs * 3 >= len(valued)
    alone = sum(len([word for word in words if _LETTERS.search(word.raw)]) < _BESIDE for words, _ in valued)
    return Shape(
        measured=measured,
        lead_first=region.columns.lead and before > max(ENOUGH - 1, behind),
        timed=timed,
        paired=paired,
        scattered=alone * 2 > len(valued),
        years=_years(region),
    )


def _timed(line: TextLine) -> bool:
    return time_words(line.words) > 0 or without_inner_time(line.words)[1] is not None


def as_shown(region: Region) -> Region:
    """``region`` with the kind that its rows show: targets in a column of their own, or inside the names."""
    if region.kind not in (TableKind.STATED, TableKind.INDICATORS):
        return region
    shape = shape_of(region)
    stated = valued = 0
    for at, line in enumerate(region.lines):
        words, value = shape.words(line), shape.value(region.lines, at)
        if _OPENS.match(" ".join(word.raw for word in words[:3])):
            stated += 1
        elif value is not None and value.value is not None:
            reached = _reached(words[: value.start])
            stated, valued = stated + reached, valued + (not reached and value.start >= _NAME)
    if region.kind is TableKind.STATED and valued >= ENOUGH and valued > stated:
        return replace(region, kind=TableKind.INDICATORS)
    if region.kind is TableKind.INDICATORS and stated >= ENOUGH and stated > 2 * valued:
        return replace(region, kind=TableKind.STATED)
    return region


def _reached(words: Sequence[Word]) -> bool:
    """Whether ``words`` end as a sentence does before its figure ("... đạt")."""
    return bool(words) and words[-1].plain.strip(_EDGES) in _REACHED


def _measured(region: Region, bare: Shape) -> bool:
    """Whether more figures stand behind a unit of measure's cell than carry their own percent sign."""
    apart = own = 0
    for line in region.lines:
        words = bare.words(line)
        figure = measured_figure(words)
        apart += figure is not None and figure.certain and figure.percent
        own += re.search(r"\d\d\s?%", line.raw) is not None
    return apart >= ENOUGH and apart > own


def _whole(value: ValueCell | None) -> ValueCell | None:
    """``value`` unless it is what a scan makes of the "%" of the unit's column ("9%"), its figure lost."""
    if value is None or value.value is None:
        return value
    return value if value.certain and value.value >= 10 else None


def _opens_unit(words: Sequence[Word]) -> bool:
    bare = [word for word in words if word.plain.strip(_EDGES)]
    opens = " ".join(word.plain.strip(_EDGES) for word in bare[:3]) + " "
    return bool(bare) and bare[0].raw.strip(_EDGES)[:1].isupper() and UNIT_START.match(opens) is not None


def _years(region: Region) -> tuple[int, ...]:
    """The years in the header, in order, each once; none where they are not two."""
    years = [int(year) for line in region.header for year in _YEAR.findall(line.raw)]
    years = list(dict.fromkeys(years))
    return tuple(years) if len(years) == 2 else ()
