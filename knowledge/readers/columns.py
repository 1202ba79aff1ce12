"""Words of a page to lines in reading order: the two halves of a letterhead or a signature block one after
the other.

Official letters set their head in two columns (issuer and number left, motto and date right) and end in two
(receivers left, signature right), without any ruling. Read straight across, "UỶ BAN NHÂN DÂN" and "CỘNG HÒA
XÃ HỘI" become one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its place; any unit, origin at the top left. ``sure``, of 100, is what OCR says of itself."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 100.0

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


WordLine = list[Word]

# In heights of a line's words. Justified text stretches its blanks to about one; between columns there is
# more.
WIDE_GAP = 2.2
MIN_GUTTER = 0.7  # the narrowest blank that may run down between two columns
MAX_LINE_DISTANCE = 6.0  # between the lines of one block: room for a seal and a signature
_FIGURE = re.compile(r"^[<>≥≤]?\s?\d[\d.,/%-]*$")


def lines_of(words: Iterable[Word]) -> list[WordLine]:
    """Words to lines, from top to bottom, each from left to right."""
    lines: list[WordLine] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if lines and _same_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def in_reading_order(lines: Sequence[WordLine]) -> list[WordLine]:
    """The lines with every two-column block read down its left half first, then down its right."""
    ordered: list[WordLine] = []
    at = 0
    while at < len(lines):
        block = _block_from(lines, at)
        if block is None:
            ordered.append(lines[at])
            at += 1
            continue
        end, edge = block
        halves = [([w for w in line if w.right <= edge], [w for w in line if w.right > edge]) for line in lines[at:end]]
        ordered += [left for left, _ in halves if left] + [right for _, right in halves if right]
        at = end
    return ordered


def _block_from(lines: Sequence[WordLine], start: int) -> tuple[int, float] | None:
    """Where a two-column block that starts at this line ends, and the x between its columns; None where
    none starts.
    """
    height = _height(lines[start])
    gaps = _gaps(lines[start])
    if not gaps or max(gaps)[0] < MIN_GUTTER * height:
        return None
    best: tuple[int, float] | None = None
    for _, low, high in sorted(gaps, reverse=True)[:3]:
        end, wide, edge = _follow(lines, start, low, high)
        if end - start >= 2 and wide and (best is None or end > best[0]):
            best = end, edge
    return best


def _follow(lines: Sequence[WordLine], start: int, low: float, high: float) -> tuple[int, bool, float]:
    """Follow the blank from ``low`` to ``high`` down the page: where it ends, whether it is one between
    columns, its x.
    """
    two_sided, wide, figures = 0, False, 0
    last = start
    end = start
    for at in range(start, len(lines)):
        line, height = lines[at], _height(lines[at])
        if at > start and min(w.top for w in line) - max(w.bottom for w in lines[at - 1]) > MAX_LINE_DISTANCE * height:
            break
        middle = (low + high) / 2
        left, right = [w for w in line if w.right <= middle], [w for w in line if w.left >= middle]
        if len(left) + len(right) < len(line):
            break
        new_low = max([low, *(w.right for w in left)])
        new_high = min([high, *(w.left for w in right)])
        if new_high - new_low < MIN_GUTTER * height:
            break
        if left and right:
            widest = sorted((gap for gap, _, _ in _gaps(line)), reverse=True)
            if len(widest) > 1 and widest[1] >= WIDE_GAP * height:
                break  # three columns and more are a table without ruling: its rows stay whole
            wide = wide or widest[0] >= WIDE_GAP * height
            figures += bool(_FIGURE.match(right[0].text))
            two_sided += 1
            last = at
        elif right:
            last = at
        low, high = new_low, new_high
        end = last + 1
    columns = wide and two_sided >= 2 and figures * 2 < two_sided
    return end, columns, (low + high) / 2


def _gaps(line: WordLine) -> list[tuple[float, float, float]]:
    """The blanks of a line: width, from, to."""
    gaps, reach = [], line[0].right
    for word in line[1:]:
        if word.left > reach:
            gaps.append((word.left - reach, reach, word.left))
        reach = max(reach, word.right)
    return gaps


def _same_line(line: WordLine, word: Word) -> bool:
    """A word is on a line when their middles differ by less than half the height of the smaller."""
    last = line[-1]
    smaller = min(last.bottom - last.top, word.bottom - word.top)
    return abs(last.middle - word.middle) < 0.5 * max(smaller, 1e-6)


def _height(line: WordLine) -> float:
    return max(median(word.bottom - word.top for word in line), 1e-6)
