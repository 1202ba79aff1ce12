"""Cells of a row that stand side by side in a table without columns: which words of each line belong to which cell.

On every line the words run from the first cell's part to the last cell's. Where one part ends is found for all lines of
a row at once: a cell goes on from line to line as the language does and without gaps, it is centred in its row, its
lines but the last are full and none is wider than its column, a cell of units holds words of units, and a printed rule
always stands between two parts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from knowledge.cut_lines import AHEAD, RULES, UNIT_GAIN, UNLIKELY, CellKind, CellState, CutLine, State
from knowledge.manuscript import Word
from knowledge.unit_cells import UnitCellReader
from knowledge.unit_states import UnitState

WIDEST = 34.0  # letters of a column of an upright A4 page, where the table does not tell
_KEPT = 6  # readings carried from line to line
# In nats, as the costs of lines.
_NAMELESS = 20.0  # a row without its first cell
_OFF_CENTRE = 1.5  # a line between the middle of a cell and that of its row


def split(
    lines: Sequence[Sequence[Word]],
    kinds: Sequence[CellKind],
    reader: UnitCellReader,
    widths: Sequence[float],
    middle: int | None = None,
) -> list[list[list[Word]]]:
    """For each line the words of each column, rules left out.

    ``widths`` are letters, one for each column; ``middle`` is the line that the row is centred on, where it is known.
    At most one column holds units. Never raises; what cannot be told apart goes where it fits least badly.
    """
    states = [State(0.0, tuple(CellState() for _ in kinds), UnitState(), ())]
    for at, words in enumerate(lines):
        line = CutLine(words, kinds, widths, reader, at)
        following: dict[tuple[object, ...], State] = {}
        least = math.inf
        for state in states:
            for option in line.options:
                if state.cost + option.cost > least + UNLIKELY:
                    break  # the options come cheapest first
                cost, read, units = line.priced(state, option)
                for unit, more in units:
                    key = read, id(unit.unit), unit.position
                    before = following.get(key)
                    # Few of the ways to a line are the best to where they lead.
                    if before is None or cost + more < before.cost:
                        least = min(least, cost + more)
                        following[key] = line.reached(state, option, cost + more, unit, read)
        states = sorted(following.values(), key=lambda state: state.cost)[:_KEPT]
    best = min(states, key=lambda state: _finished(state, reader, middle))
    return [
        [[word for word in part if not RULES.match(word.raw)] for part in _cut(words, ends)]
        for words, ends in zip(lines, best.ends, strict=True)
    ]


def _finished(state: State, reader: UnitCellReader, middle: int | None) -> float:
    cost = state.cost - UNIT_GAIN * reader.finish(state.unit._replace(score=0.0)).score
    if state.cells[0].phase == AHEAD:
        cost += _NAMELESS
    begun = [cell for cell in state.cells if cell.phase != AHEAD]
    centres = [(cell.first_line + cell.last_line) / 2 for cell in begun]
    if middle is None and begun:
        tallest = max(begun, key=lambda cell: cell.last_line - cell.first_line)
        centre = (tallest.first_line + tallest.last_line) / 2
    else:
        centre = float(middle or 0)
    return cost + _OFF_CENTRE * sum(max(0.0, abs(one - centre) - 0.5) for one in centres)


def _cut(words: Sequence[Word], ends: Sequence[int]) -> list[Sequence[Word]]:
    return [words[start:end] for start, end in zip((0, *ends), (*ends, len(words)), strict=True)]
