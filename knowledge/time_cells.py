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
from knowledge.stated_table import time_at_end
from knowledge.times import ALIKE, find_time

_EDGES = "|_.,;:'‘’—–- "
_FIRST = re.compile(r"^(?:quy|qui|thang|thuong|thu[uo]ng)$")
_MONTH = re.compile(r"^\d{1,2}/20[2-4]\d$")
_QUARTER = re.compile(r"^(?:[ivlt1]{1,4})/20[2-4]\d$", re.IGNORECASE)
_ALWAYS = ("thuong", "xuyen")
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
    for at, words in enumerate(lines):
        size = time_at_end(words)
        if size:
            tails[at] = size
            found = find_time(words[len(words) - size :])
            return TimeCell(found.text if found else None, tuple(tails))
    opened = [(at, size) for at, words in enumerate(lines) if (size := _half(words, first=True))]
    closed = [(at, size) for at, words in enumerate(lines) if (size := _half(words, first=False))]
    for at, size in opened:
        follows = next((one for one in closed if at < one[0] <= at + 2), None)
        if follows is not None:
            tails[at], tails[follows[0]] = size, follows[1]
            return TimeCell(_joined(lines[at], size, lines[follows[0]], follows[1]), tuple(tails))
    for at, size in closed or opened:
        tails[at] = size
        break
    return TimeCell(None, tuple(tails))


def time_words(words: Sequence[Word]) -> int:
    """How many words at the end of one line are a time, whole or a half of it."""
    return time_at_end(words) or _half(words, first=True) or _half(words, first=False)


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
