"""The column of times at the right edge of a table without columns: which words at the line ends are a row's time.

A narrow column breaks its times: "Quý" ends one line and "IV/2026" the next, "Thường" and "xuyên" likewise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.manuscript import Word
from knowledge.plain import plain
from knowledge.times import ALIKE, find_time
from knowledge.units import UNIT_START

_EDGES = "|_.,;:'‘’—–- "
_FIRST = re.compile(r"^(?:quy|qui|thang|thuong|thu[uo]ng)$")
_MONTH = re.compile(r"^\d{1,2}/20[2-4]\d$")
_QUARTER = re.compile(r"^(?:[ivlt1]{1,4})/20[2-4]\d$", re.IGNORECASE)
_ALWAYS = ("thuong", "xuyen")
_ALWAYS_WHOLE = "thuong xuyen"
_TIME = re.compile(
    r"(?:thuong xuyen|h[ai]+ng (?:thang|quy|nam)|(?:thang|quy)\s+[\divxl]{1,3}(?:\s?/\s?|"
    r"\s+nam\s+)20\d\d|quy [ivx]{1,3}|nam 20\d\d|"
    r"(?:trong|truoc|het|den)\s.{0,20}20\d\d|\d{1,2}/20\d\d|theo chi dao.*|20\d\d\s?-\s?20\d\d)\W*$"
)
_WORDS = 3  # at the end of a line among which a half of a time stands; behind it only crumbs


@dataclass(frozen=True, slots=True)
class TimeCell:
    """A row's time as people write it, None where it cannot be told, and how many words at each line's end it and
    what stands behind it are."""

    due: str | None
    tails: tuple[int, ...]


def read_time(lines: Sequence[Sequence[Word]]) -> TimeCell:
    """The time of one row; ``lines`` are its words. Words behind the time (a column of notes) go with it."""
    tails = [0] * len(lines)
    opened = [(at, size) for at, words in enumerate(lines) if (size := _half(words, first=True))]
    closed = [(at, size) for at, words in enumerate(lines) if (size := _half(words, first=False))]
    for at, size in opened:
        follows = next((one for one in closed if at < one[0] <= at + 2), None)
        if follows is not None:
            tails[at], tails[follows[0]] = size, follows[1]
            return TimeCell(_joined(lines[at], size, lines[follows[0]], follows[1]), tuple(tails))
    for at, words in enumerate(lines):
        size = time_at_end(words)
        if size:
            tails[at] = size
            found = find_time(words[len(words) - size :])
            return TimeCell(found.text if found else None, tuple(tails))
    for at, size in closed or opened:
        tails[at] = size
        break
    return TimeCell(None, tuple(tails))


def time_at_end(words: Sequence[Word]) -> int:
    """How many words at the end of a line are a time; 0 where there is none."""
    for size in range(min(6, len(words)), 0, -1):
        bare = " ".join(word.plain.strip("|.,;:") for word in words[len(words) - size :])
        printed = " ".join(plain(word.raw).strip("|.,;:") for word in words[len(words) - size :])
        if _TIME.fullmatch(bare) or (
            size == 2 and max(fuzz.ratio(bare, _ALWAYS_WHOLE), fuzz.ratio(printed, _ALWAYS_WHOLE)) >= 74
        ):
            return size
    return 0


def time_words(words: Sequence[Word]) -> int:
    """How many words at the end of one line are a time, whole or a half of it."""
    return time_at_end(words) or _half(words, first=True) or _half(words, first=False)


def without_inner_time(words: Sequence[Word]) -> tuple[Sequence[Word], str | None]:
    """``words`` without a time that a unit's cell follows (the column of times stands before that of units), and the
    time; as they are where none does."""
    found = find_time(words)
    if found is None or not 0 < found.end < len(words):
        return words, None
    behind = [word for word in words[found.end :] if word.raw.strip(_EDGES)]
    opens = " ".join(word.plain.strip(_EDGES) for word in behind[:3]) + " "
    if not behind or not behind[0].raw.strip(_EDGES)[:1].isupper() or UNIT_START.match(opens) is None:
        return words, None
    return (*words[: found.start], *words[found.end :]), found.text


def _half(words: Sequence[Word], *, first: bool) -> int:
    """How many words at the end of a line a half of a time and the crumbs behind it are; 0 without one."""
    for size in range(1, min(_WORDS, len(words) - (0 if not first else 1)) + 1):
        word = words[-size]
        bare, raw = word.plain.strip(_EDGES), plain(word.raw).strip(_EDGES)
        if not bare:
            continue
        if first and word.raw.lstrip(_EDGES)[:1].isupper():
            if _FIRST.match(bare) or _FIRST.match(raw) or _near(raw, _ALWAYS[0]):
                return size
        elif not first and (_MONTH.match(raw) or _QUARTER.match(raw) or _near(raw, _ALWAYS[1]) or _near(bare, "xuyen")):
            return size
        if len(bare) > 1:
            return 0
    return 0


def _near(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 1 and fuzz.ratio(one, other) >= ALIKE + 4


def _joined(above: Sequence[Word], size: int, below: Sequence[Word], other: int) -> str | None:
    word, rest = above[-size], below[-other]
    raw = plain(rest.raw).strip(_EDGES)
    if _near(raw, "xuyen") or _near(rest.plain.strip(_EDGES), "xuyen"):
        return "Thường xuyên"
    found = find_time([Word(word.raw, word.text, word.plain.strip(_EDGES)), Word(raw, raw, raw.replace("t", "i"))])
    return found.text if found is not None else None
