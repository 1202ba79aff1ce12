"""Names of places in damaged text: spelled after the official list where one fits, and always said to be repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge.catalogue import entries
from knowledge.manuscript import Manuscript
from knowledge.mending import mend
from knowledge.plain import plain

_LEVELS = ("xã", "phường", "đặc khu")
# How like each other two plain names must be to be one name (rapidfuzz ratio): "sathay" and "sathay" are 100, one
# misread letter in eight leaves 87.
_SAME = 86
_PROVINCE_LIKE = 80
# What the right level weighs against likeness: enough to decide between equals, not to make up for a letter.
_LEVEL = 4


class Commune(NamedTuple):
    """A commune of the official list of 1 July 2025."""

    name: str
    level: str  # "xã", "phường" or "đặc khu"
    province: str


@cache
def communes() -> tuple[Commune, ...]:
    """All 3,321 communes."""
    return tuple(
        Commune(name, level, row[0])
        for row in entries("communes.tsv")
        for level, names in zip(_LEVELS, row[1:], strict=False)
        for name in names.split(";")
        if name
    )


def _closed(name: str) -> str:
    """The plain form without spaces: scans print "SATHAY" for "Sa Thầy"."""
    return plain(name).replace(" ", "")


@cache
def _closed_communes() -> tuple[tuple[str, Commune], ...]:
    return tuple((_closed(commune.name), commune) for commune in communes())


def listed_communes(printed: str, level: str, province: str | None) -> list[Commune]:
    """The communes that ``printed`` may name, all equally like it; of ``province`` alone where that is known."""
    wanted = _closed(printed)
    scored = [
        (fuzz.ratio(bare, wanted) + _LEVEL * (commune.level == level), commune)
        for bare, commune in _closed_communes()
        if province is None or commune.province == province
    ]
    best = max((score for score, _ in scored), default=0.0)
    return [commune for score, commune in scored if score == best] if best >= _SAME else []


def only_province(name: str, level: str) -> str | None:
    """The province of the only commune of that name and level; None where there are several, or none."""
    provinces = {commune.province for commune in communes() if commune.name == name and commune.level == level}
    return provinces.pop() if len(provinces) == 1 else None


def province_name(printed: str) -> str | None:
    """The province that ``printed`` begins with, spelled officially; None where it is none."""
    wanted = plain(printed)
    best: tuple[float, str] | None = None
    for (name,) in entries("provinces.txt"):
        bare = plain(name)
        score = fuzz.ratio(bare, wanted[: len(bare)])
        if score >= _PROVINCE_LIKE and (best is None or score > best[0]):
            best = (score, name)
    return best[1] if best else None


def place_name(
    printed: str, level: str, province: str | None, manuscript: Manuscript, elsewhere: Sequence[str] = ()
) -> tuple[str, bool]:
    """A commune's name, and whether the spelling is certain.

    In damaged text a place spelled so in undamaged plans (``elsewhere``) goes first, then the official list, then the
    document's own mentions, which also decide between two names of the list; none of them makes it certain.
    """
    if not manuscript.damaged:
        return printed, True
    wanted = _closed(printed)
    known = next((name for name in elsewhere if _closed(name) == wanted), None)
    if known is not None:
        return known, False
    votes = _mentions(printed, manuscript)
    listed = {commune.name for commune in listed_communes(printed, level, province)}
    if listed:
        return max(sorted(listed), key=lambda name: votes[name.title()]), False
    votes[mend(printed, damaged=True).title()] += 1
    return max(votes, key=lambda name: (not name.isascii(), votes[name])), False


def _mentions(printed: str, manuscript: Manuscript) -> Counter[str]:
    """How often the document names the place in each spelling."""
    wanted, size = plain(printed), len(printed.split())
    votes: Counter[str] = Counter()
    for line in manuscript.lines:
        words, plains = line.text.split(), line.plain.split()
        if len(words) != len(plains):
            continue
        for at in range(len(words) - size + 1):
            if fuzz.ratio(" ".join(plains[at : at + size]).strip(" .,;:"), wanted) >= _SAME:
                spelled = " ".join(words[at : at + size]).strip(' .,;:“”"()')
                if all(word[:1].isupper() for word in spelled.split()):
                    votes[spelled.title()] += 1
    return votes
