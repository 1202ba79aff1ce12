"""What one line of a table without columns is: a group's title, the beginning of a row, a cell's rest, or crumbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.manuscript import TextLine, Word
from knowledge.roman_numerals import NUMERALS, numeral, roman
from knowledge.scan_junk import DEPARTMENT, is_word
from knowledge.units import UNIT_START

_GROUP = re.compile(r"^([IVXl1|]{1,5}|[A-H]|[VX][vx])[\s_]*[|.\]]\s*([^\d|].*)$")
_LETTERS = "ABCDEFGH"  # that number groups
_BARE_GROUP = re.compile(r"^([IVX]{1,5})\s+([^\d|].*)$")  # a group row whose rules the scan lost
# What groups of targets are called in nearly every plan.
_TITLE = re.compile(
    r"^\W*(?:\S{1,5}\W+)?(?P<title>(?:chinh quyen|kinh te|xa hoi|nen tang|du lieu|nhan luc|y te|giao duc|cong dan) so"
    r"|ha tang (?:so|va du lieu so)(?: va \w+ \w+ so)?|an toan thong tin|dich vu cong|nguon nhan luc)\W*$"
)
_NUMBER = re.compile(r"^([\dolgIOSZ&]{1,3}(?:\.\d{1,2})?)\s*([|\])]?)\s*(?=\S|$)")
_STRONG_START = re.compile(r"^(?:t[yi] ?l[e]|t[yi] trong|t[yi] \S{1,2} )\b")
_NUMBERED = re.compile(r"^\d{1,3}(?:\s*[|\])]|\s+[A-ZĐ;(“\"'|<>]|\s+\d)|^\d{1,3}\s+(?=bam|dam|t[iy]\s)")
_LINE_NUMBERED = re.compile(r"^\d{1,2}\s+(?!tuoi|tu[oổ]i|ngay|ng[aà]y|nam|n[aă]m|thang|th[aá]ng)")
_TIME_ALONE = re.compile(r"^(?:thu\S{2,4} x\S{3,5}|(?:thang|quy) \S{1,4}(?:\s?/\s?20\d\d)?)\W*$")
_NUMBER_WORD = re.compile(r"[\dolgIOSZ&]{1,3}(?:\.\d{1,2})?[.|\])‘'’,:;_]*")
_RULE = re.compile(r"[|\])_,]+")  # what a table's upright rule is printed as
_LONGEST_PART = 6  # words of one unit's name on one line of its cell
_LONGEST_UNIT_LINE = 12  # of two cells side by side
_NUMBER_LOOKS = str.maketrans("olgIOSZ&", "01910528")


@dataclass(slots=True)
class Segment:
    """The lines of one group."""

    group: str | None
    heads: str | None  # the group's number where its own row holds a value
    lines: list[TextLine] = field(default_factory=list)


def group_title(line: TextLine, expected: int) -> tuple[str, str] | None:
    """Number and title of a group row ("II | Hạ tầng số"), None for any other line; ``expected`` is the next number."""
    printed = re.sub(r"^\s*\|\s*\|", "I |", line.raw)
    match = _GROUP.match(printed) or _BARE_GROUP.match(printed)
    if not match:
        return _known_title(line, expected)
    bare = _GROUP.match(printed) is None
    sign = match.group(1)
    if sign in _LETTERS:
        value: int | None = ord(sign) - 64
    else:
        value = roman(sign, expected)
        if value not in ((expected, expected - 1) if bare else (expected, expected + 1, expected + 2, 1)):
            return None
        if value not in (expected, expected - 1, 1) and len(sign) < len(numeral(value or 1)):
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
    if sign in ("1", "l") and value != expected:
        return None
    position = line.text.find("|")
    title = line.text[position + 1 :] if 0 <= position < 8 else line.text.split(" ", 1)[-1]
    if bare:
        value = expected
    return sign if sign in _LETTERS else numeral(value or 1), title.strip(" |.:")


def _known_title(line: TextLine, expected: int) -> tuple[str, str] | None:
    """A group row by its title alone, its number beyond reading ("wie Ha tang sé")."""
    match = _TITLE.match(line.plain)
    if match is None or expected > len(NUMERALS):
        return None
    words = line.words[len(line.words) - len(match.group("title").split()) :]
    if len(line.words) - len(words) > 1 or not words[0].raw.lstrip("|")[:1].isupper():
        return None
    return numeral(expected), " ".join(word.text for word in words).strip(" |.:")


def segments(lines: Sequence[TextLine]) -> list[Segment]:
    """The lines cut at the group rows, blank lines left out."""
    found = [Segment(None, None)]
    expected, before = 1, 0
    for line in lines:
        if not line.raw:
            continue
        group = group_title(line, expected)
        number = printed_number(line)
        if group and number is not None and number_value(number) == before + 1 and before >= 10:
            group = None  # "11 |" behind row 10 is a row, though II may be printed so
        if number is not None and group is None:
            before = number_value(number) or before
        if group:
            valued = "%" in line.raw
            found.append(Segment(group[1], group[0] if valued else None))
            expected = max(expected, _order(group[0])) + 1
            if valued:
                found[-1].lines.append(line)
        else:
            found[-1].lines.append(line)
    return found


def _order(sign: str) -> int:
    """Which group a group's number says it is."""
    return ord(sign) - 64 if sign in _LETTERS else roman(sign) or 0


def printed_number(line: TextLine) -> str | None:
    """The row number that ``line`` begins with, as printed; None where it begins with anything else."""
    return _printed_number(line.raw)


@lru_cache(maxsize=16384)  # asked for every line of a table by several readers
def _printed_number(raw: str) -> str | None:
    match = _NUMBER.match(raw)
    if not match:
        return None
    sign, mark = match.group(1), match.group(2)
    rest = raw[match.end() :].strip()
    if not any(letter.isdigit() for letter in sign) and not mark and sign not in ("g", "o", "O"):
        return None
    glued = bool(rest) and raw[len(sign)] == rest[0] and rest[0].isalpha() and not mark
    figure = rest.startswith("%") or re.match(r"^[/:.,]\d", rest) is not None
    if (figure or glued) and not (sign.isdigit() and re.match(r"[A-ZĐÀ-Ỹ][^\WA-Z]", rest)):
        return None
    if len(sign) == 3 and sign.isdigit() and not mark and sign[2] != "1":
        return None
    return sign


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
    while words and _RULE.fullmatch(words[0].raw):
        words = words[1:]
    return words


def start_cost(line: TextLine) -> float:
    """How little ``line`` looks like the beginning of a name: 0 for "Tỷ lệ ...", 3 for a lower-case line."""
    words = behind_number(line)
    while len(words) > 1 and not any(letter.isalnum() or letter in "<>≥≤" for letter in words[0].raw):
        words = words[1:]  # what is left of the number, or of a rule
    if not words:
        return 1.0
    bare = " ".join(word.plain for word in words[:3])
    if _STRONG_START.match(bare + " "):
        return 0.0
    if time_alone(line):
        return 5.0  # the time of a row whose name stands above
    if unit_only(line):
        return 0.4
    if printed_number(line) is not None and _NUMBERED.match(line.raw):
        return 1.2 if words[0].raw[:1].islower() and is_word(words[0]) else 0.5  # "11 | và phòng bệnh" goes on
    if printed_number(line) is not None and _LINE_NUMBERED.match(line.raw):
        return 2.2  # garbled behind its number: less a name's rest than a line without one
    head = words[0].raw.lstrip("“\"'‘(|[")
    if re.match(r"^[<>≥≤]?\s?\d{1,3}\s?%|^[<>≥≤]\s?\d", " ".join(word.raw for word in words[:2])):
        return 0.0  # "100% hồ sơ ...": the target opens the name
    return 0.8 if head[:1].isupper() else 3.0


def opens_rate(line: TextLine) -> bool:
    """Whether ``line`` begins with "Tỷ lệ" or the like, as the names of rates do."""
    return (
        start_cost(line) == 0.0
        and _STRONG_START.match(" ".join(word.plain for word in _named(line)[:3]) + " ") is not None
    )


def _named(line: TextLine) -> Sequence[Word]:
    words = behind_number(line)
    while len(words) > 1 and not any(letter.isalnum() for letter in words[0].raw):
        words = words[1:]
    return words


def time_alone(line: TextLine) -> bool:
    """Whether ``line`` holds nothing but a time."""
    return _TIME_ALONE.match(line.plain) is not None


def time_size(line: TextLine) -> int:
    """How many words at the end of ``line`` are a time of the kind that a column of times holds in most rows."""
    for size in (2, 3):
        if _TIME_ALONE.match(" ".join(word.plain for word in line.words[-size:])):
            return min(size, len(line.words))
    return 0


def unit_only(line: TextLine) -> bool:
    """Whether ``line`` holds nothing but a unit: the top of a unit cell that is higher than its row's name."""
    if "%" in line.raw or printed_number(line) is not None:
        return False
    return any(
        0 < len(words) <= _LONGEST_UNIT_LINE
        and words[0].raw[:1].isupper()
        and (DEPARTMENT.match(words[0].raw) or UNIT_START.match(" ".join(word.plain for word in words) + " "))
        and (len(words) <= _LONGEST_PART or _another_opens(words))
        for words in (line.words, [word for word in line.words if is_word(word)])
    )


def _another_opens(words: Sequence[Word]) -> bool:
    """Whether behind the unit that ``words`` begin with another one begins: the cells of two columns on one line."""
    return any(
        word.raw[:1].isupper() and UNIT_START.match(" ".join(next.plain for next in words[at : at + 3]) + " ")
        for at, word in enumerate(words[2 : _LONGEST_PART + 1], start=2)
    )


def mostly_crumbs(line: TextLine) -> bool:
    """Whether most of ``line`` is crumbs of other lines."""
    return sum(is_word(word) for word in line.words) * 2 <= len(line.words)


def unit_lines_above(lines: Sequence[TextLine]) -> int:
    """How many lines at the top of a row hold only units or crumbs, before the line where its name begins."""
    for index, line in enumerate(lines):
        if start_cost(line) == 0.0:
            return index
        if not (unit_only(line) or mostly_crumbs(line)):
            return 0
    return 0


def number_value(number: str | None) -> int | None:
    """The row number printed as ``number`` ("o5" is 5 or 25 misread); None where it is none."""
    if number is None:
        return None
    sign = number.translate(_NUMBER_LOOKS)
    return int(sign) if sign.isdigit() else None
