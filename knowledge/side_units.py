"""Lead and cooperating units of a row whose target has a column of its own and whose two unit columns ran into each
other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.manuscript import Word
from knowledge.scan_junk import is_word
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_columns import read_columns
from knowledge.unit_evidence import borne_out, unexplained
from knowledge.unit_remains import means_many

UNCLEAR = "Cơ quan chủ trì của dòng này in không rõ; đề nghị xem bản gốc."
_FEW = 2  # words that no unit explains beside a lead that was read: its own rest, or crumbs


@dataclass(frozen=True, slots=True)
class SideUnits:
    """The units of both columns, how many words at each line's end are theirs, and what a person must confirm."""

    lead: tuple[str, ...]
    coop: tuple[str, ...]
    tails: tuple[int, ...]
    checks: tuple[str, ...]


def side_units(lines: Sequence[Sequence[Word]], middle: int, reader: UnitCellReader) -> SideUnits:
    """The units at the ends of ``lines``; ``middle`` is the line where both cells have a part."""
    kept = [_whole(words) for words in lines]
    # A cell of an even number of lines has none on the row's middle: such a line breaks no unit.
    held = [at for at, (words, _) in enumerate(kept) if at != middle or any(is_word(word) for word in words)]
    units = read_columns([kept[at][0] for at in held], reader)
    sizes = dict(zip(held, units.tails, strict=True))
    tails = tuple(sizes[at] + lost if sizes.get(at) else 0 for at, (_, lost) in enumerate(kept))
    cells = [word for at in held for word in kept[at][0][len(kept[at][0]) - sizes[at] :]]
    lead = tuple(dict.fromkeys(reader.lexicon.in_full(name) for name in units.lead if _borne_out(name, cells, reader)))
    coop = tuple(dict.fromkeys(name for name in units.coop if _borne_out(name, cells, reader)))
    if not coop and len(lead) > 1 and not means_many(lead[0]):
        coop = tuple(unit for unit in lead if means_many(unit))
        lead = tuple(unit for unit in lead if unit not in coop)
    if not lead:
        return SideUnits((), coop, tails, (UNCLEAR,))
    return SideUnits(lead, coop, tails, tuple(_doubts(units.lead, lead, coop, kept[middle][0], cells, reader)))


def _borne_out(name: str, cells: Sequence[Word], reader: UnitCellReader) -> bool:
    return borne_out(name, cells, reader.lexicon, reader.seen)


def _doubts(
    read: Sequence[str],
    lead: Sequence[str],
    coop: Sequence[str],
    beside: Sequence[Word],
    cells: Sequence[Word],
    reader: UnitCellReader,
) -> list[str]:
    """Why the lead may be another column's units, or only a part of its own."""
    known = {*reader.lexicon.own, *reader.seen}
    crowd = all(means_many(unit) for unit in lead)
    strange = not set(lead) <= known
    lost = [name for name in read if reader.lexicon.in_full(name) not in (*lead, *coop)]
    unread = [word for word in unexplained([*lead, *coop], beside, reader.lexicon) if re.search(r"[^\W\d_]{2}", word)]
    many = len(lead) > 1
    if many or (not coop and (crowd or strange or len(lead) > 1)) or lost or len(lead) > 2:
        printed = " ".join(word.raw for word in cells)
        return [f"Cơ quan chủ trì in không rõ (“{printed}”); đọc được: {', '.join(lead)}."]
    if strange or (not coop and len(unread) > _FEW and beside and not _opens(lead[0], beside, reader)):
        return [f"Cơ quan chủ trì in không rõ; đọc được: {', '.join(lead)}; đề nghị xem bản gốc."]
    return []


def _opens(unit: str, words: Sequence[Word], reader: UnitCellReader) -> bool:
    """Whether the first words of ``words`` are the unit's."""
    first = [word for word in words if re.search(r"[^\W\d_]{2}", word.raw)][:2]
    return bool(first) and not unexplained([unit], first, reader.lexicon)


def _whole(words: Sequence[Word]) -> tuple[list[Word], int]:
    """``words`` without rules and without the crumbs at their end, and how many of these stood there."""
    last = next((at for at in range(len(words), 0, -1) if is_word(words[at - 1])), 0)
    last = last or len(words)
    kept = [word for word in words[:last] if word.raw.strip("|") != ""]
    return kept, len(words) - last
