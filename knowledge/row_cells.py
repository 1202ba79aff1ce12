"""The cells of one row of a table without columns: its value, its units and its time, by the shape of its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.garbled_cells import covering, nearest
from knowledge.manuscript import Word
from knowledge.measured_figures import earlier_figure
from knowledge.name_doubts import UNCLEAR as NAME_UNCLEAR
from knowledge.row_lead import CLEAR, RawRow
from knowledge.scan_junk import without_junk
from knowledge.side_units import side_units
from knowledge.table_region import Region
from knowledge.table_shape import Shape
from knowledge.text_rows import RowLine, TextRow
from knowledge.time_cells import read_time, without_inner_time
from knowledge.unit_cells import UnitCell, UnitCellReader
from knowledge.unit_evidence import ENOUGH_GUESSED, likeliest, share
from knowledge.value_cells import ValueCell

_ONE_OF_TWO = "Bảng có hai cột số, dòng này chỉ đọc được một số (“{printed}”); đề nghị xem bản gốc."
_WHICH_YEAR = "Bảng có hai cột số (“{first}” và “{second}”), không rõ cột nào là của năm nay; đề nghị xem bản gốc."


_SCATTERED = "Bản quét in bảng rời từng ô, không chắc số và cơ quan thuộc dòng nào; đề nghị xem bản gốc."
_GARBLED = 4  # words on the line of the value none of which can be read: another row's name may have stood there


def _lost_name(words: Sequence[Word]) -> bool:
    """Whether ``words``, those before a value, are a line of a name of which nothing can be read."""
    return sum(len(word.raw) > 1 for word in words) >= _GARBLED and not without_junk(words)


def apart(rows: Sequence[TextRow], shape: Shape) -> list[tuple[TextRow, str | None]]:
    """Each row without its time, and the time; the rows as they are where the table has no column of times."""
    if not shape.timed:
        return [(row, None) for row in rows]
    found: list[tuple[TextRow, str | None]] = []
    for row in rows:
        time = read_time([line.words for line in row.lines])
        lines = [
            RowLine(line.line, line.words[: len(line.words) - size])
            for line, size in zip(row.lines, time.tails, strict=True)
        ]
        due = time.due
        if not any(time.tails):
            inner = [without_inner_time(line.words) for line in row.lines]
            due = next((said for _, said in inner if said is not None), None)
            lines = [RowLine(line.line, words) for line, (words, _) in zip(row.lines, inner, strict=True)]
        found.append((replace(row, lines=lines), due))
    return found


def read_row(row: TextRow, reader: UnitCellReader, region: Region, shape: Shape, year: int | None) -> RawRow:
    """The value and the units of ``row``; ``year`` is the plan's."""
    nothing = UnitCell((), tuple(0 for _ in row.lines), 0.0)
    if row.anchor is None:
        return RawRow(row, None, nothing)
    words = row.lines[row.anchor].words
    value = shape.value_of([line.line for line in row.lines], row.anchor, words)
    doubts: tuple[str, ...] = (_SCATTERED,) if shape.scattered else ()
    if value is not None and value.value == 0:
        value = None  # no plan sets nothing as its target: a "%" or "0%" whose figure is lost
    if value is not None and _lost_name(words[: value.start]):
        doubts = (*doubts, NAME_UNCLEAR)
    if value is not None and shape.paired and value.value is not None:
        value, asked = _of_year(words, value, shape, year)
        doubts = (*doubts, *asked)
    if value is not None and shape.lead_first:
        row, value = _value_last(row, value)
    if value is None or not region.columns.lead:
        return RawRow(row, value, nothing, doubts=doubts)
    if region.columns.coop:
        return replace(_side_by_side(row, value, reader, shape), doubts=doubts)
    return replace(_one_cell(row, value, reader, shape), doubts=doubts)


def _one_cell(row: TextRow, value: ValueCell, reader: UnitCellReader, shape: Shape) -> RawRow:
    assert row.anchor is not None  # asked before
    words = [line.words for line in row.lines]
    if shape.lead_first:
        cell = reader.read(words, None, None)
        tail = cell.tails[row.anchor] if cell.tails else 0
        at = len(words[row.anchor]) - tail
        return RawRow(row, replace(value, start=at, end=at), cell)
    cell = reader.read(words, row.anchor, value.end)
    if cell.score <= 0:
        cell = covering(words, row.anchor, value.end, reader.lexicon) or cell
    if not cell.names:
        tail_words = words[row.anchor][value.end :]
        guess = nearest(words, row.anchor, value.end, reader)
        if guess is None or guess.score < CLEAR:
            guess = likeliest(tail_words, reader) or guess
        if guess is not None and share(guess.names[0], tail_words, reader.lexicon) >= ENOUGH_GUESSED:
            return RawRow(row, value, guess, guessed=True)
    return RawRow(row, value, cell)


def _side_by_side(row: TextRow, value: ValueCell, reader: UnitCellReader, shape: Shape) -> RawRow:
    """A row with a column of cooperating units beside the lead's: what is left of its lines is its name."""
    assert row.anchor is not None  # asked before
    cells: list[Sequence[Word]] = []
    for at, line in enumerate(row.lines):
        words = line.words[value.end :] if at == row.anchor and not shape.lead_first else line.words
        cells.append([word for word in words if word.raw.strip("|")])
    units = side_units(cells, row.anchor, reader)
    lines = []
    for at, (line, size) in enumerate(zip(row.lines, units.tails, strict=True)):
        if at == row.anchor and not shape.lead_first:
            lines.append(RowLine(line.line, line.words[: value.end]))
            continue
        kept = [word for word in line.words if word.raw.strip("|")] if size else line.words
        lines.append(RowLine(line.line, kept[: len(kept) - size]))
    end = len(lines[row.anchor].words)
    if shape.lead_first:
        value = replace(value, start=end, end=end)
    cell = UnitCell(units.lead, tuple(0 for _ in lines), 0.0)
    return RawRow(replace(row, lines=lines), value, cell, side=units)


def _value_last(row: TextRow, value: ValueCell) -> tuple[TextRow, ValueCell]:
    """A row whose units stand before the value: the value and what stands behind it taken off the line."""
    assert row.anchor is not None  # asked before
    lines = list(row.lines)
    kept = lines[row.anchor].words[: value.start]
    lines[row.anchor] = RowLine(lines[row.anchor].line, kept)
    return replace(row, lines=lines), replace(value, start=len(kept), end=len(kept))


def _of_year(
    words: Sequence[Word], last: ValueCell, shape: Shape, year: int | None
) -> tuple[ValueCell, tuple[str, ...]]:
    """Of two figures side by side the one of the plan's year, over the place of both, and what is to be asked."""
    first = earlier_figure(words, last, measured=shape.measured)
    if first is None:
        return last, (_ONE_OF_TWO.format(printed=last.printed),)
    if year in shape.years:
        chosen = (first, last)[shape.years.index(year)]
        return replace(chosen, start=first.start, end=last.end), ()
    doubt = _WHICH_YEAR.format(first=first.printed, second=last.printed)
    return replace(last, start=first.start), (doubt,)
