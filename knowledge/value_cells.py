"""The value of a row in a table without columns: where it stands, what it says, and how its damage may be read.

"%" is the sign that scans lose most: they print it as 0, 06, 04, o or 9 behind the figure ("6006" is 60 %, "150" is
15 %).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.manuscript import TextLine, Word
from knowledge.plain import plain
from knowledge.plan import Operator
from knowledge.targets import COUNTED, NUMBER, PERCENT, SIGNS, counted_noun, decimal
from knowledge.units import UNIT_START

# What "%" is printed as when it is glued to the figure before it, longest first.
LOST_SIGNS = ("0/0", "06", "04", "05", "03", "09", "96", "o6", "oo", "0o", "o", "°", "0", "00", "90", "6", "4", "9")
_BARE = re.compile(r"^([<>≥≤]=?)?(\d{1,6}|\d+[.,]\d+)([o°/0]{0,3})$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MEASURED = re.compile(r"(?:gb|mb|kb|tuoi|tieng|gio|phut|ngay|thang|nam|cap|lop)")
LONGEST_CELL = 7  # words of a unit column that can stand on one line
_COUNT = re.compile(rf"^([<>≥≤]=?)?({NUMBER})([^\W\d_]{{2,}})?[.,]?$")
_DONE = ("hoan", "hoàn")
_LOOSE = "|_.,;=—-"  # signs that the rules of a table leave around a cell


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A value on one line: words ``start`` to ``end`` (not included) hold it, with the unit column's "%" before it.

    ``certain`` is False where the percent sign is missing: ``value`` is then the figure as printed.
    """

    start: int
    end: int
    operator: Operator | None
    value: Decimal | None
    percent: bool
    certain: bool
    printed: str
    measure: str | None = None


# What "≥" is printed as before a figure; a "=" that stands in a cell of its own says nothing else.
LIKE_AT_LEAST = frozenset("$S§=")


def _sign(sign: str | None) -> Operator:
    return SIGNS[sign] if sign else Operator.EQUAL


def operator_of(sign: str | Operator | None) -> Operator:
    """The direction that a sign or a word gives; none says "exactly"."""
    if isinstance(sign, Operator):
        return sign
    return Operator.AT_LEAST if sign in LIKE_AT_LEAST else _sign(sign)


def _sign_before(words: Sequence[Word], index: int, sign: str | None) -> tuple[str | None, int]:
    """The sign of the figure at ``index``, printed with it as ``sign`` or as the word before, and where they begin."""
    if sign is None and index and words[index - 1].raw in SIGNS:
        return words[index - 1].raw, index - 1
    return sign, index


# Words that stand before the figure of a cell; only a capital letter tells them from the end of a name.
_DIRECTIONS = {
    "tren": Operator.MORE,
    "tran": Operator.MORE,  # "Trên", its ê misread
    "hon": Operator.MORE,
    "duoi": Operator.LESS,
    "toi thieu": Operator.AT_LEAST,
    "it nhat": Operator.AT_LEAST,
    "khong duoi": Operator.AT_LEAST,
    "toi da": Operator.AT_MOST,
    "khong qua": Operator.AT_MOST,
}


def sign_word(words: Sequence[Word], index: int, sign: str | None) -> tuple[str | Operator | None, int]:
    """The sign of the figure at ``index``: printed with it (``sign``), or as the sign or the words before ("Trên",
    "Tối thiểu"); and where it begins."""
    if sign is not None:
        return sign, index
    for size in (1, 2):
        said = words[max(0, index - size) : index]
        if len(said) == size and said[0].raw[:1].isupper() and index > size:
            operator = _DIRECTIONS.get(" ".join(word.plain.strip("|.,") for word in said))
            if operator is not None:
                return operator, index - size
    if index > 1 and words[index - 1].raw.strip("|") in LIKE_AT_LEAST:
        return words[index - 1].raw.strip("|"), index - 1
    return _sign_before(words, index, None)


def _word_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for word in words:
        spans.append((at, at + len(word.raw)))
        at += len(word.raw) + 1
    return spans


def _percent(words: Sequence[Word]) -> ValueCell | None:
    """The last percentage that can be a cell: behind it stands nothing, junk, or the beginning of a unit."""
    joined = " ".join(word.raw for word in words)
    spans = _word_spans(words)
    for match in reversed(list(PERCENT.finditer(joined))):
        start = next(i for i, (_, end) in enumerate(spans) if end > match.start())
        end = next(i for i, (begin, stop) in enumerate(spans) if stop >= match.end()) + 1
        if not cell_follows(words[end:]):
            continue
        if start and words[start - 1].raw.strip("|") in ("%", ""):
            start -= 1
            if start and words[start].raw.strip("|") == "" and words[start - 1].raw == "%":
                start -= 1
        sign, start = sign_word(words, start, match.group("sign"))
        operator = operator_of(sign)
        printed = match.group() if start == end - 1 else " ".join(word.raw for word in words[start:end])
        return ValueCell(start, end, operator, decimal(match.group("number")), True, True, printed.strip())
    return None


def cell_follows(words: Sequence[Word]) -> bool:
    """Whether behind a value stands nothing, junk, or what may be a unit's cell."""
    rest = [word for word in words if _LETTERS.search(word.raw)]
    if not rest or words[0].raw.startswith("|"):
        return True
    bare = " ".join(word.plain.strip("|.,;:'\"") for word in rest[:3]) + " "
    return bool(UNIT_START.match(bare)) or len(rest) <= LONGEST_CELL


def _count(lines: Sequence[TextLine], at: int, words: Sequence[Word]) -> ValueCell | None:
    """A figure with its unit of measure, at the end of the line or before a unit's name: "12 camera", "< 15 phút"."""
    for index in range(len(words) - 1, 0, -1):
        match = _COUNT.match(words[index].raw.strip("|"))
        if not match:
            continue
        glued = [match.group(3)] if match.group(3) else []
        following = glued + [word.text.strip(_LOOSE) for word in words[index + 1 : index + 6]]
        noun = counted_noun(" ".join(following))
        if noun is None and len(following) == 1 and at + 1 < len(lines) and lines[at + 1].words:
            noun = counted_noun(f"{following[0]} {lines[at + 1].words[-1].text.strip(_LOOSE)}")  # "25 doanh | nghiệp"
            noun = noun if noun is not None and " " in noun else None
        if noun is None:
            continue
        end = min(index + 1 + len(noun.split()) - len(glued), len(words))
        if index + 1 < len(words) and words[index + 1].raw.strip(_LOOSE):
            noun, end = _whole_measure(lines, at, words, index + 1 - len(glued), noun, end)
        before = [word for word in words[:index] if _LETTERS.search(word.raw)]
        behind = [word.plain.strip(_LOOSE) for word in words[end:]]
        behind = [word for word in behind if word]
        if (
            len(before) < 2
            or (
                words[index - 1].plain in ("tren", "duoi", "tu", "hon", "do") and not words[index - 1].raw[:1].isupper()
            )
            or (behind and not UNIT_START.match(" ".join(behind[:3]) + " "))
        ):
            continue
        sign, start = sign_word(words, index, match.group(1))
        value = decimal(match.group(2))
        operator = operator_of(sign)
        printed = " ".join([*(word.raw for word in words[start:index]), words[index].raw, noun])
        return ValueCell(start, end, operator, value, False, True, printed, noun)
    return None


def _whole_measure(
    lines: Sequence[TextLine], at: int, words: Sequence[Word], start: int, noun: str, end: int
) -> tuple[str, int]:
    """A measure that the cell's edge breaks ("hộ gia |" here, "đình" at the end of the line below), and where it
    ends."""
    until = next((place for place in range(start, len(words)) if words[place].raw.endswith("|")), None)
    if until is None:
        return noun, end
    here = [word.plain.strip(_LOOSE) for word in words[start : until + 1]]
    here = [word for word in here if word]
    below = lines[at + 1].words[-1:] if at + 1 < len(lines) else ()
    for whole in COUNTED:
        parts = plain(whole).split()
        if len(parts) == len(here) + 1 and parts[:-1] == here and any(word.plain == parts[-1] for word in below):
            return whole, until + (0 if words[until].raw.strip(_LOOSE) == "" else 1)
    return noun, end


def _bare_figure(words: Sequence[Word]) -> ValueCell | None:
    """A figure without a percent sign that stands where a value stands: at the end, or before a unit's name."""
    for index in range(len(words) - 1, -1, -1):
        match = _BARE.match(words[index].raw.strip("|"))
        if not match:
            continue
        behind = words[index + 1 :]
        letters = [word for word in behind if _LETTERS.search(word.raw)]
        before = [word for word in words[:index] if _LETTERS.search(word.raw)]
        if letters and not (cell_follows(behind) and letters[0].raw[:1].isupper()):
            continue
        figure = match.group(2) + match.group(3)
        percent_column = index > 0 and words[index - 1].raw.strip("|") == "%"
        if (len(before) < 3 and not percent_column) or words[index - 1].plain in ("tren", "duoi", "tu", "hon"):
            continue
        if letters and _MEASURED.match(letters[0].plain):
            continue
        few = len(figure) < 3 and not percent_column and not letters and "." not in figure and "," not in figure
        if few or (re.fullmatch(r"(?:19|20)\d\d", figure) and not letters):
            continue
        sign, start = _sign_before(words, index, match.group(1))
        if percent_column and start == index:
            start -= 1
        value = decimal(match.group(2)) if re.fullmatch(NUMBER, match.group(2)) else None
        if value is None:
            continue
        return ValueCell(
            start,
            index + 1,
            _sign(sign),
            value,
            percent_column,
            percent_column and not match.group(3),
            f"{sign or ''} {figure}".strip(),
        )
    return None


def _milestone(lines: Sequence[TextLine], index: int, words: Sequence[Word]) -> ValueCell | None:
    """ "Hoàn thành" before a unit's name, whole or broken ("Hoàn" here, "thành" on the next line)."""
    for at, word in enumerate(words):
        if at < 2 or word.plain not in _DONE or not word.raw[:1].isupper():
            continue
        whole = at + 1 < len(words) and words[at + 1].plain.startswith("thanh")
        behind = words[at + (2 if whole else 1) :]
        below = lines[index + 1].plain if index + 1 < len(lines) else ""
        if (whole or re.search(r"\bthanh\b", below)) and cell_follows(behind):
            return ValueCell(at, at + (2 if whole else 1), None, None, False, True, "Hoàn thành")
    return None


def find_value(lines: Sequence[TextLine], index: int, words: Sequence[Word]) -> ValueCell | None:
    """The value on line ``index`` (its ``words`` behind the row number), None where the line holds none."""
    return _percent(words) or _milestone(lines, index, words) or _count(lines, index, words) or _bare_figure(words)


def candidates(printed: str) -> list[Decimal]:
    """The rates that a figure without percent sign may stand for, the likeliest first ("6006": 60; "400": 40, 4;
    "50": 50, 5)."""
    digits = re.sub(r"^[^\d]+", "", printed)
    found: list[Decimal] = []
    if re.fullmatch(NUMBER, digits) and 0 < decimal(digits) <= 100:
        found.append(decimal(digits))  # the sign may be lost without a trace
    for sign in LOST_SIGNS:
        rest = digits[: -len(sign)]
        if not digits.endswith(sign) or not re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d+)?|0[.,]\d+", rest):
            continue
        if 0 < decimal(rest) <= 100:
            found.append(decimal(rest))
    return list(dict.fromkeys(found))
