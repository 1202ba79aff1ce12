"""The lead units of a row in a table without columns: proven by the print, proposed with a question, or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from knowledge.manuscript import Word
from knowledge.mending import mend
from knowledge.plain import plain
from knowledge.plan import Repair
from knowledge.row_lines import unit_lines_above
from knowledge.scan_junk import is_word, may_be_word, without_junk
from knowledge.side_units import UNCLEAR, SideUnits
from knowledge.text_rows import TextRow
from knowledge.unit_cells import UnitCell, UnitCellReader
from knowledge.unit_evidence import borne_out, reads_as_unit, stands_alone, unexplained, with_number
from knowledge.units import LEVELS
from knowledge.value_cells import ValueCell

SHORT_LINE = 4  # words: a unit's column is narrow
GARBLED = 3  # words in a row that no name ends with
CLEAR = 0.7  # likeness to a unit of the same table from which a garbled cell is taken without asking
_LEVELLED = ("Công an", "Trạm Y tế")  # units that there is one of at every level
_LEVEL = re.compile(r"\bt[ìíĩị]nh$")  # a unit's level at the end of its name


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row with the value and the unit cell that were found in it; ``value`` is None where none could be read."""

    row: TextRow
    value: ValueCell | None
    cell: UnitCell
    guessed: bool = False  # the cell is garbled; its unit is the likeliest one
    side: SideUnits | None = None  # where a column of cooperating units stands beside the lead's
    doubts: tuple[str, ...] = ()  # what is to be asked of the value, whatever it says


def named_lines(raw: RawRow) -> tuple[int, int]:
    """The lines of a row, first and one behind the last, that hold its name where its unit cell is higher than that.

    Cells are centred: where nothing but the unit's cell stands above the line of the value, the short lines below it
    are the cell's as well, up to as many as stand above.
    """
    lines = raw.row.lines
    above = unit_lines_above([line.line for line in lines])
    below = len(lines) - 1 - (raw.row.anchor or 0)
    cell = bool(above) and above == raw.row.anchor and 0 < below <= above
    if cell and all(len(line.words) <= SHORT_LINE for line in lines[-below:]):
        return above, len(lines) - below
    return above, len(lines)


def proven_lead(raw: RawRow, reader: UnitCellReader, checks: list[str]) -> tuple[str, ...]:
    """The lead units that the cell's printed words bear out; what they do not is left out, and said."""
    cell = _cell_words(raw)
    sure = {name for name in raw.cell.names if borne_out(name, cell, reader.lexicon, reader.seen)}
    likely = [name for name in raw.cell.names if name not in sure and stands_alone(name, cell, reader, sure)]
    lead = tuple(name for name in raw.cell.names if name in sure or name in likely)
    whole = tuple(dict.fromkeys(_whole(name, reader) for name in lead))
    rest = raw.row.lines[raw.row.anchor or 0].words[raw.value.end :] if raw.value is not None else ()
    if likely or lead != raw.cell.names or len(unexplained(lead, rest, reader.lexicon)) > 1 or _unread_above(raw):
        read = f"; chắc chắn: {', '.join(lead)}" if lead else ""
        read = f"; hiểu là {', '.join(lead)}" if likely else read
        checks.append(f"Cơ quan chủ trì in không rõ (“{' '.join(word.raw for word in cell)}”){read}.")
    elif whole != lead or not _listed(cell, len(lead)) or (cell and cell[-1].raw.endswith((";", ","))):
        printed = " ".join(word.raw for word in cell)
        checks.append(f"Cơ quan chủ trì in không rõ (“{printed}”); hiểu là {', '.join(whole)}.")
    return tuple(with_number(name, cell) for name in whole)


def _whole(name: str, reader: UnitCellReader) -> str:
    """The plan's own unit that ``name`` is cut from ("Công an" for "Công an xã", "Các trường học" for "... trên địa
    bàn"), or that a level was added to; ``name`` itself where it is neither."""
    own = reader.lexicon.own
    if name in own:
        return name
    shorter = [unit for unit in own if name.startswith(f"{unit} ") and plain(name[len(unit) + 1 :]) in LEVELS]
    if shorter and not any(plain(shorter[0]).endswith(level) for level in LEVELS):
        return shorter[0]
    fuller = [unit for unit in {*own, *reader.seen} if unit.startswith(f"{name} ")]
    levelled = all(plain(unit[len(name) + 1 :]) in LEVELS for unit in fuller)
    return fuller[0] if len(fuller) == 1 and (name in _LEVELLED or not levelled) else name


def _listed(cell: Sequence[Word], units: int) -> bool:
    """Whether enough signs of a list stand in the cell for that many ``units``."""
    signs = 0
    for word, following in pairwise(cell):
        signs += (
            word.raw.rstrip("|").endswith(";")
            or (word.raw.endswith(",") and following.raw[:1].isupper())
            or (word.plain == "va" and following.plain in ("cac", "ubnd", "phong", "so"))
        )
    return signs >= units - 1


def _unread_above(raw: RawRow) -> bool:
    """Whether garbled words end a line above those that the units were read from: another unit, beyond reading."""
    first = next((at for at, size in enumerate(raw.cell.tails) if size), 0)
    for line in raw.row.lines[:first]:
        garbled = takewhile(lambda word: not is_word(word), reversed(line.words))
        if sum(any(letter.isalpha() for letter in word.raw) and len(word.raw) > 2 for word in garbled) >= GARBLED:
            return True
    return False


def _cell_words(raw: RawRow) -> list[Word]:
    """The words at the line ends of a row that were taken for its unit cell."""
    found: list[Word] = []
    for index, line in enumerate(raw.row.lines):
        size = raw.cell.tails[index] if index < len(raw.cell.tails) else 0
        if index == raw.row.anchor and raw.value is not None:
            size = max(size, len(line.words) - raw.value.end)
        found.extend(line.words[len(line.words) - size :])
    return found


def _behind_crumbs(words: Sequence[Word]) -> list[Word]:
    """The words at the end of a line that no crumb stands between."""
    kept = without_junk(words)
    last = next((at for at in range(len(kept), 0, -1) if not may_be_word(kept[at - 1])), 0)
    return kept[last:]


def doubtful_lead(
    raw: RawRow, reader: UnitCellReader, repairs: list[Repair], checks: list[str], *, damaged: bool
) -> tuple[str, ...]:
    """The lead unit of a cell that is garbled, or that names a unit nobody knows; always said where it is a guess."""
    assert raw.value is not None  # asked before
    first, until = named_lines(raw)
    cell = [word for line in raw.row.lines[:first] for word in _behind_crumbs(line.words)]
    cell += raw.row.lines[raw.row.anchor or 0].words[raw.value.end :]
    cell += [word for line in raw.row.lines[until:] for word in line.words]
    words = [word for word in cell if re.search(r"\w", word.raw)]
    printed = " ".join(word.raw for word in words)
    if not words:
        checks.append(UNCLEAR)
        return ()
    if raw.guessed:
        name = raw.cell.names[0]
        reason = "Giống tên cơ quan ở các dòng khác của bảng."
        repairs.append(Repair("lead", printed, name, reason, round(raw.cell.score, 2)))
        if raw.cell.score < CLEAR:
            checks.append(f"Cơ quan chủ trì in không rõ (“{printed}”); hiểu là {name}.")
        return raw.cell.names
    names = reader.lexicon.split(_LEVEL.sub("tỉnh", mend(printed, damaged=damaged).strip(" |")))
    read = tuple(name for name in names if reads_as_unit(name))
    if not read or not all(reader.lexicon.knows(name) for name in names):
        checks.append(f"Cơ quan chủ trì in không rõ (“{printed}”).")
    return read
