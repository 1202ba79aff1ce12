"""Two unit columns side by side (lead, then cooperating) in a table without columns.

On every line the words run: name, part of the lead's cell, part of the cooperating units' cell. Which words are which
is found line by line, keeping the likeliest few readings of both cells at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.manuscript import Word
from knowledge.unit_cells import UnitCellReader, readings_of
from knowledge.unit_states import UnitState

KEPT = 64  # joint readings carried from line to line
ALIKE = 8  # of each cell: five centres and eight groups of offices begin with the same words
LONGEST_NAME = 9  # words of a lead unit on one line
UNKNOWN = -0.35  # one word of a cooperating unit that nobody knows
BROKEN = -0.5  # ... behind a lead unit that goes on below
UNASKED = -1.0  # one more lead unit where no sign of a list stands before it
FIRST = -1.0  # cooperating units above any lead: the lead's column is the first
LONGEST = 14  # words at the end of a line that may belong to the two cells


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """What the two cells name, and for each line how many words at its end belong to them."""

    lead: tuple[str, ...]
    coop: tuple[str, ...]
    tails: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Both:
    lead: UnitState
    coop: UnitState
    tails: tuple[int, ...]
    listing: bool = False  # the lead's last words ended with a sign that another unit follows

    @property
    def score(self) -> float:
        return self.lead.score + self.coop.score


def read_columns(lines: Sequence[Sequence[Word]], reader: UnitCellReader) -> UnitColumns:
    """The units of both columns of one row; ``lines`` are its words without number and time."""
    states = [_Both(UnitState(), UnitState(), ())]
    for words in lines:
        tail = list(words[-LONGEST:])
        readings = [readings_of([word]) for word in tail]
        following: list[_Both] = []
        for state in states:
            following.append(_stay(state, reader))
            starts = [at for at in range(len(tail)) if reader.may_begin(state.lead, readings[at])]
            coops = [at for at in range(len(tail)) if reader.may_begin(state.coop, readings[at])]
            for at in starts:  # lead to the end of the line, or up to where the other cell begins
                for until in (*(position for position in coops if position > at), len(tail)):
                    following.extend(_step(state, tail, readings, at, until, reader))
                following.extend(_before_unknown(state, readings, at, reader))
            for at in coops:
                following.extend(_step(state, tail, readings, at, at, reader))
        following.sort(key=lambda both: -both.score)
        states = _distinct(following)[:KEPT]
    best = max(
        ((reader.finish(both.lead), reader.finish(both.coop), both.tails) for both in states),
        key=lambda cells: cells[0].score + cells[1].score,
    )
    lead = best[0].done if best[0].score > 0 else ()
    coop = best[1].done if best[1].score > 0 else ()
    tails = best[2] if lead or coop else tuple(0 for _ in lines)
    return UnitColumns(tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(coop)), tails)


def _stay(state: _Both, reader: UnitCellReader) -> _Both:
    return _Both(reader.past(state.lead), reader.past(state.coop), (*state.tails, 0), state.listing)


def _step(
    state: _Both,
    words: Sequence[Word],
    readings: Sequence[Sequence[tuple[str, str]]],
    at: int,
    until: int,
    reader: UnitCellReader,
) -> list[_Both]:
    """The readings in which the lead's part runs from ``at`` to ``until`` and the other cell's part from there to the
    end."""
    first = [reading for word in readings[at:until] for reading in word]
    second = [reading for word in readings[until:] for reading in word]
    leads = reader.tail(state.lead, first) if first else [reader.past(state.lead)]
    coops = reader.tail(state.coop, second) if second else [reader.past(state.coop)]
    size = len(readings) - at
    listing = words[until - 1].raw.endswith((";", ",")) if first else state.listing
    asked = state.listing + sum(word.raw.endswith((";", ",")) or word.plain == "va" for word in words[at : until - 1])
    leads = [_charged(state.lead, lead, asked) for lead in leads]
    if second and not first and not _begun(state.lead):
        coops = [coop._replace(score=coop.score + FIRST) for coop in coops]
    return [_Both(lead, coop, (*state.tails, size), listing) for lead in leads[:ALIKE] for coop in coops[:ALIKE]]


def _begun(state: UnitState) -> int:
    """How many units ``state`` has begun."""
    return len(state.done) + (state.unit is not None)


def _charged(before: UnitState, after: UnitState, asked: int) -> UnitState:
    """``after`` at the cost of the lead units that it adds to others though no sign of a list ``asked`` for them."""
    more = _begun(after) - max(1, _begun(before)) - asked
    return after._replace(score=after.score + UNASKED * more) if more > 0 else after


def _before_unknown(
    state: _Both, readings: Sequence[Sequence[tuple[str, str]]], at: int, reader: UnitCellReader
) -> list[_Both]:
    """The readings in which the lead's part, from ``at`` on, is followed by words of units nobody knows."""
    found: list[_Both] = []
    for until in range(at + 1, min(at + LONGEST_NAME, len(readings))):
        first = [reading for word in readings[at:until] for reading in word]
        for lead in reader.tail(state.lead, first)[:2]:
            if not lead.missed:
                cost = UNKNOWN * (len(readings) - until) + (BROKEN if lead.unit is not None else 0.0)
                coop = reader.past(state.coop)
                found.append(_Both(lead, coop._replace(score=coop.score + cost), (*state.tails, len(readings) - at)))
    return found


def _distinct(states: Sequence[_Both]) -> list[_Both]:
    seen: set[tuple[object, ...]] = set()
    found: list[_Both] = []
    for both in states:
        key = (both.lead.unit, both.lead.position, both.lead.done, both.coop.unit, both.coop.position, both.coop.done)
        if key not in seen:
            seen.add(key)
            found.append(both)
    return found
