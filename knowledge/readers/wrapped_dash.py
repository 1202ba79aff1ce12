"""A dash at the head of a printed line that belongs to the sentence above, not to a list ("Phòng Văn hóa / - Xã hội").

It goes back to the end of the line above; what begins with a dash after that is an item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.readers.sheet import PrintedLine

_STOPS = (".", ";", ":", ",", "!", "?", "/", ")")
_DASHES = ("- ", "– ")
# Two words that a dash joins in the names of offices: between them it is never the mark of an item.
_JOINED = (
    re.compile(r"(?:văn h[oó][aá]|chính trị|kinh tế|hđnd|quốc phòng|tư pháp|tài chính|địa chính|lao động)$"),
    re.compile(r"[-–]\s(?:xã hội|ubnd|an ninh|hộ tịch|kế hoạch|xây dựng|thương binh)\b"),
)
MARGIN = 0.008  # of the page's width: lines whose edges differ by less stand at one margin
FULL = 0.06  # of the page's width: the room that a wrapped line may leave, for a word that did not fit


def rejoined(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """``lines`` of a page in reading order, each dash of a wrapped name at the end of its line above.

    A line is a wrapped one where it stands at the left margin, the line above it is full and has no stop, and no line
    that surely is an item of a list stands at that margin; or where the words round the dash make one name.
    """
    found = list(lines)
    boxes = [line.box for line in lines if line.box is not None]
    named = [at for at in range(1, len(lines)) if _is_one_name(lines[at - 1].text, lines[at].text)]
    if not boxes:
        return found
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    at_margin = [_begins_with_dash(line) and line.box is not None and line.box.left < left + MARGIN for line in lines]
    wrapped = [at for at in range(1, len(lines)) if at_margin[at] and _runs_on(lines[at - 1], right)]
    if sum(at_margin) > len(wrapped):
        wrapped = []
    for at in {*wrapped, *named}:
        dash, rest = found[at].text[:1], found[at].text[1:].lstrip()
        found[at - 1] = replace(found[at - 1], text=f"{found[at - 1].text} {dash}")
        found[at] = replace(found[at], text=rest)
    return found


def _is_one_name(above: str, below: str) -> bool:
    ends, begins = _JOINED
    return ends.search(above.lower()) is not None and begins.match(below.lower()) is not None


def _begins_with_dash(line: PrintedLine) -> bool:
    return line.text.startswith(_DASHES)


def _runs_on(line: PrintedLine, right: float) -> bool:
    return line.box is not None and line.box.right > right - FULL and not line.text.endswith(_STOPS)
