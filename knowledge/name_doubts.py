"""Rows of a ruined table whose name cannot be trusted to be one whole name: its beginning is lost, it is run together
with another row's, or it is no language at all. The figure beside such a name may be another row's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from knowledge.repair import old_tone
from knowledge.repair.names import spelled_name
from knowledge.repair.syllables import language
from knowledge.row_lines import start_cost, unit_only
from knowledge.scan_junk import is_word
from knowledge.text_rows import RowLine
from knowledge.unit_remains import holds_remains

UNCLEAR: Final = "Tên của dòng này in không rõ, có thể lẫn với dòng khác; đề nghị xem bản gốc cả tên và chỉ tiêu."
# Of the neighbouring words of a name how many may be strangers to each other, and how improbable the second then is
# behind the first. The names of seven plans of the state, as they should read, stay below 0.45; lost ones are mostly
# above 0.6.
_MOST_STRANGE: Final = 0.5
_STRANGER: Final = math.exp(-9)
_SHORTEST: Final = 3  # words: less is what is left of a name
_HELD: Final = 2  # words of a line that holds more than crumbs
_GOES_ON: Final = 1.1  # what a line costs at the head of a row that only goes on a name
_RATE: Final = re.compile(r"^T[ỷỉ] (?:lệ|trọng)\b")
_COUNT: Final = re.compile(r"^Số (?!hóa\b)")
_OPENINGS: Final = re.compile(r"(?<=[\w,.)] )(?:Tỷ lệ|Tỉ lệ|Tỷ trọng|Mức độ|Số [a-zà-ỹđ]{2,})")
_ASSURE: Final = re.compile(r"(?:\W*\d{0,2}\W*)[bdp]am bao\b")  # "Đảm bảo", its capital lost
_MARKS: Final = "“”\"'‘’().,;:!?|"
_GLUED: Final = re.compile(r"[^\s\-/–]+")


def name_doubt(name: str, *, opens: bool) -> str | None:
    """Why a person must look at a row's ``name`` and figure; None where nothing speaks against them.

    ``opens`` says whether the row's first line begins as a name does.
    """
    words = [word for word in _GLUED.findall(name) if re.search(r"\w", word)]
    together = _OPENINGS.search(name) is not None or holds_remains(name)
    if not opens or together or len(words) < _SHORTEST or strangeness(words) > _MOST_STRANGE:
        return UNCLEAR
    return None


def measure_doubt(name: str, *, percent: bool, measure: str | None) -> str | None:
    """Why a row's unit of measure cannot be its own, by how its ``name`` begins; None where it may be."""
    if (measure is not None and _RATE.match(name)) or (percent and _COUNT.match(name)):
        return UNCLEAR
    return None


def opens_name(lines: Sequence[RowLine]) -> bool:
    """Whether the first of a row's ``lines`` that holds a part of its name begins as a name does."""
    for line in lines:
        if unit_only(line.line) or sum(is_word(word) and len(word.raw) > 1 for word in line.words) < _HELD:
            continue
        return (
            start_cost(line.line) < _GOES_ON or _ASSURE.match(" ".join(word.plain for word in line.words)) is not None
        )
    return True


def strangeness(words: Sequence[str]) -> float:
    """The share of neighbouring ``words`` that the language has hardly counted behind each other, 0 to 1."""
    known = language()
    # A name with a spelling of its own ("VNeID") is no stranger where it stands.
    numbers = [_number(word) for word in words if spelled_name(word.strip(_MARKS)) is None]
    pairs = list(pairwise(numbers))
    if not pairs:
        return 1.0
    strange = 0
    for last, number in pairs:
        if last is None or number is None:
            strange += 1
        else:
            strange += known.probability(known.cut if last == known.figure else last, number) < _STRANGER
    return strange / len(pairs)


def _number(word: str) -> int | None:
    bare = word.strip(_MARKS).lower()
    if any(letter.isdigit() for letter in bare):
        return language().figure
    return language().number.get(old_tone(bare))
