"""Blanks that run down a page between columns, where nothing is ruled.

A table without ruling shows its columns only by what is never printed: between two columns a strip stays empty over
every row. A line of running text crosses such strips, the title of a group of rows may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.readers.columns import WordLine

Span = tuple[float, float]

# In heights of a line. Between words 0.25, in justified text seldom 0.4; the narrowest margins of cells leave 0.6.
MIN_BLANK = 0.45


@dataclass(frozen=True, slots=True)
class Blank:
    """What is empty between two columns: pieces from left to right, of which the true border is in one."""

    pieces: tuple[Span, ...]

    @property
    def edge(self) -> float:
        """Where to part the columns."""
        left, right = max(self.pieces, key=lambda piece: piece[1] - piece[0])
        return (left + right) / 2

    def without(self, printed: Sequence[Span], narrowest: float) -> Blank | None:
        """The pieces that stay empty; None where ``printed`` leaves none of ``narrowest`` and more."""
        pieces = [piece for old in self.pieces for piece in _rest(old, printed) if piece[1] - piece[0] >= narrowest]
        return Blank(tuple(pieces)) if pieces else None


def segments(line: WordLine, height: float) -> list[list[int]]:
    """The words of a line (their indexes), those together that only a blank between words parts."""
    groups: list[list[int]] = []
    reach = 0.0
    for index, word in enumerate(line):
        if groups and word.left - reach < MIN_BLANK * height:
            groups[-1].append(index)
        else:
            groups.append([index])
        reach = max(reach, word.right) if index else word.right
    return groups


def printed(line: WordLine, height: float) -> list[Span]:
    """From where to where the segments of a line reach."""
    return [(line[group[0]].left, max(line[index].right for index in group)) for group in segments(line, height)]


def between(spans: Iterable[Span], narrowest: float) -> list[Blank]:
    """The blanks between spans, overlapping ones taken together."""
    joined: list[list[float]] = []
    for left, right in sorted(spans):
        if joined and left - joined[-1][1] < narrowest:
            joined[-1][1] = max(joined[-1][1], right)
        else:
            joined.append([left, right])
    return [Blank(((left[1], right[0]),)) for left, right in pairwise(joined)]


def narrowed(blanks: Sequence[Blank], line: WordLine, height: float) -> tuple[Blank, ...] | None:
    """What ``line`` leaves of the blanks; None where it crosses one."""
    spans = printed(line, height)
    left = [blank.without(spans, MIN_BLANK * height) for blank in blanks]
    rest = tuple(blank for blank in left if blank is not None)
    return rest if len(rest) == len(left) else None


def columns_met(blanks: Sequence[Blank], line: WordLine) -> set[int]:
    """The columns in which ``line`` has words."""
    edges = [blank.edge for blank in blanks]
    return {sum(edge < (word.left + word.right) / 2 for edge in edges) for word in line}


def _rest(piece: Span, printed: Sequence[Span]) -> list[Span]:
    left, end = piece
    rest = []
    for start, stop in sorted(printed):
        if stop <= left or start >= end:
            continue
        if start > left:
            rest.append((left, start))
        left = max(left, stop)
    if left < end:
        rest.append((left, end))
    return rest
