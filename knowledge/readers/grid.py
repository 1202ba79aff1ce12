"""Ruled tables in a picture of a page: the ruling lines, and the cells between them.

OCR programs take a ruled table for a picture and drop most of its words without saying so; cut into cells
along its lines, a table is read whole. Lines are long dense runs of ink; no library beyond numpy is needed
for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image

from knowledge.readers.faint_rules import faint_rules
from knowledge.readers.ink import Grey, Ink

# All lengths in points of the half-size page, 150 a inch: half the size is enough for lines and four times
# as fast.
HALF = 2
MIN_LINE = 45  # 7.6 mm: longer than any stroke of a letter, shorter than a table's row is high or wide
DENSITY = 0.94  # of a line's points are dark; noise and JPEG eat some
MAX_THICKNESS = 10  # 1.7 mm: darker bands are shading or pictures
LONG_RULE = 180  # 3 cm: longer than what letters in a row look like
REACH = 7  # lines that should meet may miss each other by this
SAME_EDGE = 6  # two lines closer than this are one edge of cells
_WIPED = 6  # points of the full-size page to each side of a line: its thickness and its drift
MIN_COLUMNS = 3  # with two, the columns' own ruling may be missing
SELDOM = 0.2  # of a pale line's sides are seen: then it is strokes of letters
MOSTLY = 0.5  # of a line's sides are seen: then it is all there
ACROSS, MIN_ACROSS = 8, 6  # points of the full-size page: print so near on both sides, in so many places, crosses it
COVERED = 0.6  # of a cell's side must be ruled for the side to be there


@dataclass(slots=True)
class Rule:
    """One ruling line: ``at`` is its place across, ``start`` to ``end`` its extent along."""

    at: float
    start: int
    end: int

    @property
    def length(self) -> int:
        """From its start to its end."""
        return self.end - self.start

    @property
    def is_long(self) -> bool:
        """Whether it cannot be letters: the heads of bold capitals in a row look like a short line."""
        return self.length >= LONG_RULE


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: the rows and columns that it spans (ends excluded), and its place on the full-size page."""

    row: int
    row_end: int
    column: int
    column_end: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of at least two columns; edges in points of the full-size page."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        """How many rows the ruling makes."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns the ruling makes."""
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling lines of a page: level and upright ones, in points of the half-size page."""

    level: list[Rule]
    upright: list[Rule]
    ink: Ink | None = None  # of the full-size page, where sides of cells may be missing

    def grids(self) -> list[Grid]:
        """The ruled tables that the lines make, from top to bottom."""
        grids = [_grid(*group, self.ink) for group in _groups(self.level, self.upright)]
        return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.ys[0])


def find_rules(ink: Ink) -> Ruling:
    """The lines of a level page that are drawn without gaps."""
    half = half_size(ink)
    return Ruling(_rules(half), _rules(half.T))


def with_faint_rules(ruling: Ruling, level: Grey, ink: Ink) -> Ruling:
    """The lines of a page, those with gaps and pale ones as well."""
    rows, columns = ([Rule(*run) for run in runs] for runs in faint_rules(level, half_size(ink)))
    upright = [*ruling.upright, *(rule for rule in columns if rule.is_long)]
    rows = [*ruling.level, *(rule for rule in rows if rule.is_long or _is_side(rule, upright))]
    columns = [rule for rule in columns if not rule.is_long and _is_side(rule, rows)]
    return Ruling(rows, [*upright, *columns], ink)


def _is_side(rule: Rule, across: list[Rule]) -> bool:
    """Whether a line runs from one of those across it to another, as the side of a cell does; strokes of letters that
    look like a line do not.
    """
    met = [other.at for other in across if other.start - REACH <= rule.at <= other.end + REACH]
    return all(any(abs(end - at) <= REACH for at in met) for end in (rule.start, rule.end))


def without_rules(level: Image.Image, ink: Ink) -> Image.Image:
    """The page without its ruling, which keeps Tesseract from reading a stretch of a table as text; words that touch a
    line lose a little."""
    ruling, bare = find_rules(ink), level.copy()
    for rules, upright in ((ruling.level, False), (ruling.upright, True)):
        for rule in rules:
            at, begin, end = (round(HALF * place) for place in (rule.at, rule.start, rule.end))
            across, along = (at - _WIPED, at + _WIPED), (begin, end)
            left, top = (across[0], along[0]) if upright else (along[0], across[0])
            right, bottom = (across[1], along[1]) if upright else (along[1], across[1])
            bare.paste(255, (max(0, left), max(0, top), max(0, right), max(0, bottom)))
    return bare


def half_size(ink: Ink) -> Ink:
    """Half the size; a point is dark where any of its four was, so that thin lines stay whole."""
    height, width = (edge // HALF * HALF for edge in ink.shape)
    even = ink[:height, :width]
    rows: Ink = even[0::2] | even[1::2]
    return rows[:, 0::2] | rows[:, 1::2]


def _rules(ink: Ink) -> list[Rule]:
    """Level lines: runs in which nearly every point is dark, followed from row to row while they drift."""
    if ink.shape[1] <= MIN_LINE or ink.shape[0] < 3:
        return []
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    sums = np.zeros((thick.shape[0], thick.shape[1] + 1), dtype=np.int32)
    np.cumsum(thick, axis=1, out=sums[:, 1:])
    dense = (sums[:, MIN_LINE:] - sums[:, :-MIN_LINE]) >= DENSITY * MIN_LINE
    edges = np.diff(np.pad(dense.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    done: list[list[tuple[int, int, int]]] = []
    open_runs: list[list[tuple[int, int, int]]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), (ends + MIN_LINE - 1).tolist(), strict=True):
        still = [runs for runs in open_runs if runs[-1][0] >= row - 2]
        done += [runs for runs in open_runs if runs[-1][0] < row - 2]
        open_runs = still
        touching = [runs for runs in open_runs if any(s <= end and start <= e for y, s, e in runs[-3:] if y >= row - 2)]
        if touching:
            touching[0].append((row, start, end))
        else:
            open_runs.append([(row, start, end)])
    return list(_lines(done + open_runs))


def _lines(bands: list[list[tuple[int, int, int]]]) -> Iterator[Rule]:
    for runs in bands:
        thickness = runs[-1][0] - runs[0][0] + 1
        start, end = min(run[1] for run in runs), max(run[2] for run in runs)
        if thickness <= MAX_THICKNESS + (end - start) // 100:  # a line that drifts looks thicker
            weights = [run[2] - run[1] for run in runs]
            yield Rule(float(np.average([run[0] for run in runs], weights=weights)), start, end)


def _groups(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together by crossings, group by group."""
    waiting = set(range(len(upright)))
    rest = set(range(len(level)))
    while rest:
        rows, columns = {rest.pop()}, set[int]()
        frontier = set(rows)
        while frontier:
            new_columns = {j for j in waiting if any(_cross(level[i], upright[j]) for i in frontier)}
            waiting -= new_columns
            columns |= new_columns
            frontier = {i for i in rest if any(_cross(level[i], upright[j]) for j in new_columns)}
            rest -= frontier
            rows |= frontier
        yield [level[i] for i in rows], [upright[j] for j in columns]


def _cross(level: Rule, upright: Rule) -> bool:
    return (
        level.start - REACH <= upright.at <= level.end + REACH
        and upright.start - REACH <= level.at <= upright.end + REACH
    )


def _grid(level: list[Rule], upright: list[Rule], ink: Ink | None) -> Grid | None:
    """The cells of one group of lines, or None where the lines make no table."""
    ys, xs = _edges(level), _edges(upright)
    while True:
        if len(ys) < 2 or len(xs) < 3:
            return None
        over = _borders(level, ys, xs)  # [i, j]: the upper side of box i, j is ruled
        left = _borders(upright, xs, ys).T
        least = SELDOM if ink is not None else 0.0
        kept_ys = [y for at, y in enumerate(ys) if over[at].mean() > least]
        kept_xs = [x for at, x in enumerate(xs) if left[:, at].mean() > least]
        if len(kept_ys) == len(ys) and len(kept_xs) == len(xs):
            break
        ys, xs = kept_ys, kept_xs  # without scratches and strokes that are no side of a cell
    if ink is not None:
        over, left = _with_missing(over, ink, xs, ys), _with_missing(left.T, ink.T, ys, xs).T
    if len(ys) == 2 and any(rule.start < ys[0] - MIN_LINE or rule.end > ys[1] + MIN_LINE for rule in upright):
        return None  # a head alone: of the rows below it only the upright lines are drawn
    boxes = _merge(over, left)
    cells = [
        GridCell(*span, *(round(edge * HALF) for edge in (xs[span[2]], ys[span[0]], xs[span[3]], ys[span[1]])))
        for span in boxes
    ]
    if len(cells) < (4 if len(ys) > 2 else MIN_COLUMNS):  # one row may be the last of a table, on a page of its own
        return None
    return Grid(tuple(round(x * HALF) for x in xs), tuple(round(y * HALF) for y in ys), tuple(cells))


def _edges(rules: list[Rule]) -> list[float]:
    """The places across at which lines lie, near ones taken together."""
    edges: list[list[float]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if edges and rule.at - edges[-1][-1] <= SAME_EDGE:
            edges[-1].append(rule.at)
        else:
            edges.append([rule.at])
    return [sum(group) / len(group) for group in edges]


def _borders(rules: list[Rule], across: list[float], along: list[float]) -> npt.NDArray[np.bool_]:
    """Which sides between the edges ``along`` are ruled, for each edge of ``across``."""
    ruled = np.zeros((len(across), len(along) - 1), dtype=bool)
    for i, edge in enumerate(across):
        near = [rule for rule in rules if abs(rule.at - edge) <= SAME_EDGE]
        for j, (start, end) in enumerate(pairwise(along)):
            length = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
            ruled[i, j] = length >= COVERED * (end - start)
    return ruled


def _with_missing(over: npt.NDArray[np.bool_], ink: Ink, xs: list[float], ys: list[float]) -> npt.NDArray[np.bool_]:
    """Level sides with those that must be there: most of the line is seen, and no print stands across it."""
    whole = over.copy()
    for i in range(1, len(ys) - 1):
        seen = np.nonzero(over[i])[0]
        if len(seen) < MOSTLY * over.shape[1]:
            continue
        at = round(ys[i] * HALF)
        for j in np.nonzero(~over[i])[0].tolist():
            start, end = round(xs[j] * HALF) + SAME_EDGE, round(xs[j + 1] * HALF) - SAME_EDGE
            above = ink[at - ACROSS : at - ACROSS // 2, start:end].any(axis=0)
            below = ink[at + ACROSS // 2 : at + ACROSS, start:end].any(axis=0)
            whole[i, j] = int((above & below).sum()) < MIN_ACROSS
    return whole


def _merge(over: npt.NDArray[np.bool_], left: npt.NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Boxes without a side between them become one cell, as far as the cell stays a rectangle; in reading
    order.

    Each is (row, row end, column, column end), ends excluded.
    """
    rows, columns = over.shape[0] - 1, over.shape[1]
    taken = np.zeros((rows, columns), dtype=bool)
    cells = []
    for i in range(rows):
        for j in range(columns):
            if taken[i, j]:
                continue
            right = j + 1
            while right < columns and not left[i, right] and not taken[i, right]:
                right += 1
            low = i + 1
            while low < rows and not over[low, j:right].any() and not left[low, j + 1 : right].any():
                low += 1
            taken[i:low, j:right] = True
            cells.append((i, low, j, right))
    return cells
