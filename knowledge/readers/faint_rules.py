"""Ruling that is dotted, dashed, broken or pale: what remains of it when the page is looked at along the line.

One point of such a line says nothing: it is paper, or no darker than the grain. The mean over a stretch of it does: it
is darker than the same stretch a little above and a little below. Print is told from it by having print above or below
(letters are higher than a line is thick), and by the blanks between its lines and words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.readers.ink import Grey, Ink

Mean = npt.NDArray[np.floating[Any]]

# Lengths in points of the half-size page, 150 a inch.
PIECE = 5  # along the line, taken together; nothing finer matters
STRETCH = 9  # pieces, of which the mean is taken; as in ``grid``, longer than a stroke, shorter than a cell's side
BIN = 3  # pieces, as long as a dashed line's blanks; between letters that stand above each other there is more
ASIDE = (4, 6)  # where a line's surroundings are looked at: beyond its thickness, nearer than the next print
MIN_CONTRAST = 7.0  # of 255, of the mean; the mean of a scanner's grain differs by one or two
MAX_DARKNESS = 120  # what one point counts at most: the rest is ink, and a stroke must not pass for a line
FILLED = 0.85  # of its bins show the line
MIN_SEEN = 0.4  # of a stretch must be free of print for it to say anything
END = 0.5  # of its usual contrast: there a line ends
MAX_DRIFT = 2  # points from one row to the next that still is the same line
STROKE, MAX_STROKE = 6, 40  # of a letter, across the line looked for; a line is thinner, and one that crosses it longer
REACH_ALONG, REACH_ACROSS = 7, 4  # of print, from its strokes: the blanks between letters, and their marks

Pieces = tuple[int, int, int]  # row, and the pieces along it, from and to
Run = tuple[float, int, int]  # place across, start and end along


def faint_rules(level: Grey, ink: Ink) -> tuple[list[Run], list[Run]]:
    """Level and upright lines of a levelled grey page on white paper, in points of its half-size picture.

    ``ink`` is what of that half-size picture is dark.
    """
    height, width = (edge // 2 * 2 for edge in level.shape)
    dark = 255 - level[:height, :width].astype(np.float32)
    np.minimum(dark, MAX_DARKNESS, out=dark)
    half = (dark[0::2, 0::2] + dark[1::2, 0::2] + dark[0::2, 1::2] + dark[1::2, 1::2]) / 4
    return list(_runs(half, ink)), list(_runs(np.ascontiguousarray(half.T), np.ascontiguousarray(ink.T)))


def _free_of_print(ink: Ink) -> Ink:
    """Where a level line would not be mistaken for letters, or they for one: away from their upright strokes."""
    strokes = _opened(ink, STROKE) & ~_opened(ink, MAX_STROKE)
    free: Ink = ~_grown(_grown(strokes, REACH_ACROSS).T, REACH_ALONG).T
    return free


def _opened(ink: Ink, length: int) -> Ink:
    """What of ``ink`` belongs to upright runs of at least ``length`` points."""
    starts, run = ink, 1  # where a run of so many points starts
    while run < length:
        step = min(run, length - run)
        starts, run = starts[: len(starts) - step] & starts[step:], run + step
    opened = np.zeros_like(ink)
    opened[: len(starts)] = starts
    run = 1
    while run < length:
        step = min(run, length - run)
        opened[step:] |= opened[:-step].copy()
        run += step
    return opened


def _grown(ink: Ink, by: int) -> Ink:
    """``ink`` and the ``by`` points above and below it."""
    grown = ink.copy()
    for step in range(1, by + 1):
        grown[step:] |= ink[:-step]
        grown[:-step] |= ink[step:]
    return grown


def _runs(dark: Mean, ink: Ink) -> Iterator[Run]:
    if dark.shape[1] < PIECE * STRETCH or dark.shape[0] <= 2 * max(ASIDE):
        return
    free = _free_of_print(ink)
    width = dark.shape[1] // PIECE * PIECE
    dark = (dark * free)[:, :width].reshape(len(dark), -1, PIECE).sum(axis=2)
    counts = free[:, :width].reshape(len(free), -1, PIECE).sum(axis=2, dtype=np.float32)
    contrast = _contrast(_mean(dark, counts, STRETCH)[0])
    mean, seen = _mean(dark, counts, BIN)
    fine = _contrast(mean)
    fine[~seen] = np.nan
    clear = contrast >= MIN_CONTRAST
    # Of a line two or three points thick the darkest row alone.
    clear[1:] &= contrast[1:] >= contrast[:-1]
    clear[:-1] &= contrast[:-1] > contrast[1:]
    edges = np.diff(np.pad(clear.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    done: list[list[Pieces]] = []
    open_lines: list[list[Pieces]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), (ends + STRETCH - 1).tolist(), strict=True):
        done += [line for line in open_lines if line[-1][0] < row - MAX_DRIFT]
        open_lines = [line for line in open_lines if line[-1][0] >= row - MAX_DRIFT]
        met = [line for line in open_lines if any(s <= end and start <= e for _, s, e in line[-3:])]
        if met:
            met[0].append((row, start, end))
        else:
            open_lines.append([(row, start, end)])
    for line in done + open_lines:
        yield from _whole(line, fine)


def _mean(dark: Mean, counts: Mean, pieces: int) -> tuple[Mean, Ink]:
    """The mean of every so many pieces in a row, of their points that are free of print, and where enough of them are;
    0 elsewhere.
    """
    counted, total = _sums(counts, pieces), _sums(dark, pieces)
    seen: Ink = counted >= MIN_SEEN * pieces * PIECE
    mean: Mean = total / np.maximum(counted, 1.0)
    mean[~seen] = 0.0
    return mean, seen


def _sums(values: Mean, pieces: int) -> Mean:
    sums: Mean = values[:, : values.shape[1] - pieces + 1].copy()
    for step in range(1, pieces):
        sums += values[:, step : values.shape[1] - pieces + 1 + step]
    return sums


def _contrast(mean: Mean) -> Mean:
    """By how much each place is darker than the darker of its two sides."""
    reach = max(ASIDE)
    sides = np.full_like(mean, 255.0)
    sides[reach:-reach] = 0.0
    for aside in ASIDE:
        for step in (-aside, aside):
            np.maximum(sides[reach:-reach], mean[reach + step : len(mean) - reach + step], out=sides[reach:-reach])
    contrast: Mean = mean - sides
    return contrast


def _whole(line: list[Pieces], fine: Mean) -> Iterator[Run]:
    """The line if it shows nearly all along, cut where it really ends."""
    at = float(np.average([row for row, _, _ in line], weights=[end - start for _, start, end in line]))
    start, end = min(run[1] for run in line), max(run[2] for run in line)
    band = fine[max(0, round(at) - MAX_DRIFT) : round(at) + MAX_DRIFT + 1, start : max(start + 1, end - BIN + 1)]
    seen = np.fmax.reduce(band)
    if np.isnan(seen).all():
        return
    usual = float(np.nanmedian(seen))
    if usual < MIN_CONTRAST / 2:
        return
    shown = np.nonzero(seen >= END * usual)[0]
    inside = seen[shown[0] : shown[-1] + 1]
    filled = float((inside[~np.isnan(inside)] >= END * usual / 2).mean())
    first, last = start + int(shown[0]), start + int(shown[-1]) + BIN
    if last - first >= STRETCH and filled >= FILLED:
        yield at, first * PIECE, last * PIECE
