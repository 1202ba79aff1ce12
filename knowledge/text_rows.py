"""Rows of a table that a scan printed as plain lines: which lines belong to which row.

Such a table has lost its columns. What is left: every row has one line with its value (the anchor), its number stands on the
anchor, on its first line or on a line of its own, the cells are centred around the anchor, and a row's first line begins like
a name. The best division of the lines between two anchors is found by weighing these signs (dynamic programming).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from knowledge.manuscript import TextLine, Word
from knowledge.outline import roman
from knowledge.scan_junk import is_word
from knowledge.units import UNIT_START

_GROUP = re.compile(r"^([IVXl1|]{1,5}|[A-D])\s*[|.\]]\s*([^\d|].*)$")
_BARE_GROUP = re.compile(r"^([IVX]{1,5})\s+([^\d|].*)$")  # a group row whose rules the scan lost
_NUMBER = re.compile(r"^([\dolgIOSZ&]{1,3}(?:\.\d{1,2})?)\s*([|\])]?)\s*(?=\S|$)")
_STRONG_START = re.compile(r"^(?:t[yi] ?l[e]|t[yi] trong|t[yi] \S{1,2} )\b")
_NUMBERED = re.compile(r"^\d{1,3}(?:\s*[|\])]|\s+[A-ZĐ;(“\"'|<>]|\s+\d)|^\d{1,3}\s+(?=bam|dam|t[iy]\s)")
_TIME_ALONE = re.compile(r"^(?:thu\S{2,4} x\S{3,5}|(?:thang|quy) \S{1,4}(?:\s?/\s?20\d\d)?)\W*$")
_NUMBER_WORD = re.compile(r"[\dolgIOSZ&]{1,3}(?:\.\d{1,2})?[.|\])‘'’,:;_]*")
_NUMBER_LOOKS = str.maketrans("olgIOSZ&", "01910528")


@dataclass(slots=True)
class RowLine:
    """One line of a row: its words behind the row number."""

    line: TextLine
    words: Sequence[Word]


@dataclass(slots=True)
class TextRow:
    """One row: its lines, which of them is the anchor (None: no value was found), its printed number, its group."""

    lines: list[RowLine]
    anchor: int | None
    number: str | None
    group: str | None
    heads: str | None = None  # the group's number, where the group's own row is this indicator

    @property
    def first(self) -> int:
        return self.lines[0].line.number

    @property
    def last(self) -> int:
        return self.lines[-1].line.number


@dataclass(slots=True)
class _Segment:
    group: str | None
    heads: str | None  # the group's number where its own row holds a value
    lines: list[TextLine] = field(default_factory=list)


def scan_only_units(lines: Sequence[TextLine]) -> int:
    """How many lines at the top of a row hold only units or crumbs, before the line where its name begins."""
    for index, line in enumerate(lines):
        if _starts(line) == 0.0:
            return index
        if not (_unit_only(line) or _scrap(line)):
            return 0
    return 0


def group_title(line: TextLine, expected: int) -> tuple[str, str] | None:
    """Number and title of a group row ("II | Hạ tầng số"), None for any other line. ``expected`` is the next group's number."""
    printed = re.sub(r"^\s*\|\s*\|", "I |", line.raw)
    match = _GROUP.match(printed) or _BARE_GROUP.match(printed)
    if not match:
        return None
    bare = _GROUP.match(printed) is None
    token = match.group(1)
    if token in "ABCD":
        value: int | None = ord(token) - 64
    else:
        value = roman(token, expected)
        if value not in ((expected, expected - 1) if bare else (expected, 1)):
            return None
    rest = match.group(2).strip()
    words = len(rest.split())
    if not rest[:1].isupper() or words > 16 or ("|" in rest and "%" not in rest):
        return None
    at = len(printed) - len(match.group(2))
    piped = "|" in printed[: at + 1] or "]" in printed[: at + 1]
    short = words <= 8 and not re.search(r"\d\d|[%;,.]", rest)
    if not piped and not rest.isupper() and not (bare and short):
        return None
    if token in ("1", "l") and value != expected:
        return None
    position = line.text.find("|")
    title = line.text[position + 1 :] if 0 <= position < 8 else line.text.split(" ", 1)[-1]
    if bare:
        value = expected
    return token if token in "ABCD" else _romans(value), title.strip(" |.:")


def _romans(value: int | None) -> str:
    from knowledge.outline import _ROMANS

    return _ROMANS[(value or 1) - 1]


def _segments(lines: Sequence[TextLine]) -> list[_Segment]:
    found = [_Segment(None, None)]
    expected = 1
    for line in lines:
        if not line.raw:
            continue
        group = group_title(line, expected)
        if group:
            valued = "%" in line.raw
            found.append(_Segment(group[1], group[0] if valued else None))
            expected += 1
            if valued:
                found[-1].lines.append(line)
        else:
            found[-1].lines.append(line)
    return found


def printed_number(line: TextLine) -> str | None:
    """The row number that ``line`` begins with, as printed; None where it begins with anything else."""
    match = _NUMBER.match(line.raw)
    if not match:
        return None
    token, mark = match.group(1), match.group(2)
    rest = line.raw[match.end() :].strip()
    if not any(letter.isdigit() for letter in token) and not mark and token not in ("g", "o", "O"):
        return None
    if rest.startswith("%") or re.match(r"^[/:.,]\d", rest) or (rest and token + rest[:1] == line.raw[: len(token) + 1] and rest[0].isalpha() and not mark):
        if not (token.isdigit() and re.match(r"[A-ZĐÀ-Ỹ][^\WA-Z]", rest)):
            return None
    if len(token) == 3 and token.isdigit() and not mark and token[2] != "1":
        return None
    return token


def behind_number(line: TextLine) -> Sequence[Word]:
    """The words of ``line`` behind the row number that it begins with; all its words where it begins with none."""
    words = line.words
    if printed_number(line) is None:
        return words
    while words and (words[0].raw.strip("|]).") == "" or _NUMBER_WORD.fullmatch(words[0].raw) is not None):
        numbered = _NUMBER_WORD.fullmatch(words[0].raw) is not None
        words = words[1:]
        if numbered:
            break
    while words and words[0].raw in ("|", "]", ")", "|,"):
        words = words[1:]
    return words


def _starts(line: TextLine) -> float:
    """How little the words of ``line`` look like the beginning of a name: 0 for "Tỷ lệ ...", 3 for a lower-case line."""
    words = behind_number(line)
    if not words:
        return 1.0
    bare = " ".join(word.plain for word in words[:3])
    if _STRONG_START.match(bare + " "):
        return 0.0
    if _TIME_ALONE.match(line.plain):
        return 5.0  # the time of a row whose name stands above
    if _unit_only(line):
        return 0.4
    if printed_number(line) is not None and _NUMBERED.match(line.raw):
        return 0.5
    head = words[0].raw.lstrip("“\"'‘(|[")
    if re.match(r"^[<>≥≤]?\s?\d{1,3}\s?%|^[<>≥≤]\s?\d", " ".join(word.raw for word in words[:2])):
        return 0.0  # "100% hồ sơ ...": the target opens the name
    return 0.8 if head[:1].isupper() else 3.0


def _unit_only(line: TextLine) -> bool:
    """Whether ``line`` holds nothing but a unit: the top of a unit cell that is higher than its row's name."""
    if "%" in line.raw or printed_number(line) is not None:
        return False
    return any(
        0 < len(words) <= 6
        and words[0].raw[:1].isupper()
        and UNIT_START.match(" ".join(word.plain for word in words) + " ") is not None
        for words in (line.words, [word for word in line.words if is_word(word)])
    )


def _scrap(line: TextLine) -> bool:
    """Whether most of ``line`` is crumbs of other lines."""
    return sum(is_word(word) for word in line.words) * 2 <= len(line.words)


def _cost(lines: Sequence[TextLine], start: int, end: int, anchor: int, starts: Sequence[float]) -> float:
    """How unlikely lines ``start`` to ``end`` (both included) are one row around ``anchor``."""
    above, below = anchor - start, end - anchor
    unbalance = abs(above - below)
    cost = starts[start] + (0.0, 0.3, 1.3)[unbalance] if unbalance < 3 else starts[start] + min(1.2 * unbalance, 4.2)
    only_units = _unit_only(lines[start])
    for index in range(start + 1, end + 1):
        if starts[index] == 0.0 and not only_units:
            cost += 6.0
        only_units = only_units and (_unit_only(lines[index]) or _scrap(lines[index]))
        number = printed_number(lines[index])
        if number and index != anchor and index - anchor not in (-1, 1):
            cost += 1.0
    return cost


def divide(lines: Sequence[TextLine], anchors: Sequence[int]) -> list[tuple[int, int, int]]:
    """The best rows (first line, last line, anchor) over all ``lines``; every line goes to one row."""
    starts = [_starts(line) for line in lines]
    best: list[dict[int, tuple[float, int | None]]] = [{} for _ in anchors]
    for order, anchor in enumerate(anchors):
        begins = [0] if order == 0 else range(anchors[order - 1] + 1, anchor + 1)
        ends = [len(lines) - 1] if order == len(anchors) - 1 else range(anchor, anchors[order + 1])
        for begin in begins:
            before = 0.0
            if order:
                known = best[order - 1].get(begin - 1)
                if known is None:
                    continue
                before = known[0]
            for end in ends:
                cost = before + _cost(lines, begin, end, anchor, starts)
                if end not in best[order] or cost < best[order][end][0]:
                    best[order][end] = (cost, begin)
    rows: list[tuple[int, int, int]] = []
    end = len(lines) - 1
    for order in range(len(anchors) - 1, -1, -1):
        begin = best[order][end][1]
        assert begin is not None  # every end kept a begin
        rows.append((begin, end, anchors[order]))
        end = begin - 1
    return rows[::-1]


def read_rows(
    lines: Sequence[TextLine], is_anchor: Callable[[Sequence[TextLine], int], bool], *, ghosts: bool = True
) -> list[TextRow]:
    """The rows of a table body. ``is_anchor(lines, index)`` says whether a line holds a row's value.

    With ``ghosts``, numbered lines that fit between the numbers of the anchors make rows without a value.
    """
    rows: list[TextRow] = []
    for segment in _segments(lines):
        if not segment.lines:
            continue
        anchors = [index for index in range(len(segment.lines)) if is_anchor(segment.lines, index)]
        valued = set(anchors)
        anchors = sorted(valued | set(_ghosts(segment.lines, anchors))) if ghosts else sorted(valued)
        if not anchors:
            continue
        for begin, end, anchor in divide(segment.lines, anchors):
            lines_of_row = segment.lines[begin : end + 1]
            near = [at for at in (anchor - begin, 0, anchor - begin - 1, anchor - begin + 1) if 0 <= at < len(lines_of_row)]
            numbered = next((at for at in near if printed_number(lines_of_row[at])), None)
            taken = [RowLine(line, behind_number(line) if at == numbered else line.words) for at, line in enumerate(lines_of_row)]
            number = printed_number(lines_of_row[numbered]) if numbered is not None else None
            rows.append(
                TextRow(
                    taken,
                    anchor - begin if anchor in valued else None,
                    number,
                    segment.group,
                    segment.heads if begin == 0 else None,
                )
            )
    _renumber(rows)
    return rows


def _ghosts(lines: Sequence[TextLine], anchors: Sequence[int]) -> list[int]:
    """Lines that carry a row number whose row has no readable value: a number that fits between its neighbours' numbers."""
    claimed: dict[int, int] = {}
    for anchor in anchors:
        own = [at for at in (anchor, anchor - 1, anchor + 1) if 0 <= at < len(lines) and printed_number(lines[at])]
        if own:
            claimed[own[0]] = anchor
    values = {at: _value(printed_number(lines[at])) for at in claimed}
    found = []
    for index, line in enumerate(lines):
        number = printed_number(line)
        if number is None or index in claimed or index in anchors:
            continue
        before = [value for at, value in values.items() if at < index and value]
        after = [value for at, value in values.items() if at > index and value]
        value = _value(number)
        low, high = (before[-1] if before else 0), (after[0] if after else None)
        if value and low < value <= low + 3 and (high is None or value < high):
            found.append(index)
            values[index] = value
            values = dict(sorted(values.items()))
        elif high is not None and high - low == 2 and len(number) == 1:
            found.append(index)
            values[index] = low + 1
            values = dict(sorted(values.items()))
    return found


def _value(number: str | None) -> int | None:
    if number is None:
        return None
    token = number.translate(_NUMBER_LOOKS)
    return int(token) if token.isdigit() else None


def _renumber(rows: list[TextRow]) -> None:
    """Misread numbers set right by their neighbours: "o5" between 24 and 26 is 25, "191" between 18 and 20 is 19."""
    for index, row in enumerate(rows):
        if row.number and "." in row.number:
            continue
        before = _value(rows[index - 1].number) if index and rows[index - 1].group == row.group else None
        continued = _value(rows[index - 1].number) if index else 0
        after = _value(rows[index + 1].number) if index + 1 < len(rows) else None
        own = _value(row.number)
        expected = (before if before is not None else continued or 0) + 1
        if own == expected or (own == 1 and before is None):
            row.number = str(own)
        elif after == expected + 1 or own is None or own > expected + 3 or own < expected - 1:
            row.number = str(expected if before is not None or own is None or after == expected + 1 else own)
            if before is None and after == 2:
                row.number = "1"
        else:
            row.number = str(own)
