"""Letters on a PDF page that are no part of its words: struck out, a watermark's, or the raised number of a footnote.

A plan exported with its corrections showing prints "36 camera" as "3336 camera", the 33 with a line through it; a
footnote behind a figure makes 851 of 85. Neither is visible in the text alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Letter = Mapping[str, Any]  # pdfplumber's: "text", "size", "x0", "x1", "top", "bottom", "matrix"
Span = tuple[float, float, float]  # a level line: its place down the page, where it begins and where it ends

SMALL = 0.9  # of the size of the letter before: Word sets footnote numbers at 0.65, LibreOffice at 0.58 to 0.87
RAISED = 0.2  # of that size: by how much the foot of a footnote's number is higher
NEAR = 0.15  # of that size: a blank is wider
LONGEST = 2  # figures of a footnote's number
_MEASURES = ("m", "km", "cm")  # of which there are squares
_MARKS = set("0123456789*")
# Of a letter's height, from its top, where a line strikes it out; an underline is lower and a table's rule outside.
_STRUCK = (0.4, 0.85)
MAX_STRUCK = 0.3  # of a page's letters: more are not corrections, the lines are a form's or a background's


def unwanted(letters: Sequence[Letter], rules: Iterable[Span]) -> set[int]:
    """The positions in ``letters``, which stand in the order of print, of those to leave out."""
    struck = _struck(letters, rules)
    if len(struck) > MAX_STRUCK * len(letters):
        struck = set()
    return struck | _footnote_marks(letters) | _tilted(letters)


def _tilted(letters: Sequence[Letter]) -> set[int]:
    """The letters of a watermark across the page ("DỰ THẢO"), where the rest stands upright."""
    found = {at for at, letter in enumerate(letters) if _leans(letter["matrix"])}
    return found if len(found) <= MAX_STRUCK * len(letters) else set()


def _leans(matrix: Sequence[float]) -> bool:
    a, b, c, d, _, _ = matrix
    return abs(b) + abs(c) > 0.1 * (abs(a) + abs(d))


def _struck(letters: Sequence[Letter], rules: Iterable[Span]) -> set[int]:
    by_place: dict[int, list[Span]] = defaultdict(list)
    for rule in rules:
        by_place[int(rule[0])].append(rule)
    if not by_place:
        return set()
    found = set()
    for at, letter in enumerate(letters):
        height, middle = letter["bottom"] - letter["top"], (letter["x0"] + letter["x1"]) / 2
        upper, lower = letter["top"] + _STRUCK[0] * height, letter["top"] + _STRUCK[1] * height
        for place in range(int(upper), int(lower) + 1):
            if any(upper <= y <= lower and left <= middle <= right for y, left, right in by_place.get(place, ())):
                found.add(at)
    return found


def _footnote_marks(letters: Sequence[Letter]) -> set[int]:
    """Small raised figures right behind a letter or a figure; the 2 of "km²" stays."""
    found: set[int] = set()
    before: Letter | None = None
    unit = ""  # the letters right before, as far as they make one word
    run: list[int] = []
    for at, letter in enumerate(letters):
        text = letter["text"]
        if before is not None and text in _MARKS and len(run) < LONGEST and _is_raised(letter, run, letters, before):
            run.append(at)
            continue
        if run and not _goes_on(letters[run[-1]], letter) and unit not in _MEASURES:
            found.update(run)
        run = []
        if text.strip():
            adjoins = before is not None and text.isalpha() and letter["x0"] - before["x1"] < 0.15 * letter["size"]
            unit = unit + text if adjoins and unit.isalpha() else text
            before = letter
    return found if unit in _MEASURES else found | set(run)


def _is_raised(mark: Letter, run: Sequence[int], letters: Sequence[Letter], before: Letter) -> bool:
    """Whether ``mark`` stands small and high right behind ``before``, or behind the marks of ``run`` that do."""
    size, left = before["size"], letters[run[-1]]["x1"] if run else before["x1"]
    return bool(
        mark["size"] <= SMALL * size
        and before["top"] - 0.6 * size <= mark["top"]
        and before["top"] + 0.3 * size < mark["bottom"] < before["bottom"] - RAISED * size
        and -0.2 * size < mark["x0"] - left < NEAR * size
    )


def _goes_on(mark: Letter, after: Letter) -> bool:
    """Whether the letter behind a figure is of the same print: then the figure is a small one, and no mark."""
    same = abs(after["size"] - mark["size"]) < 0.1 and abs(after["bottom"] - mark["bottom"]) < 0.1
    return same and bool(after["text"].strip()) and after["x0"] - mark["x1"] < NEAR * mark["size"]
