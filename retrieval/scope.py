"""Whose plan a question is about: the asker's own, a named one, the province's, the one of the asked year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from knowledge.repair.fold import strip_marks
from retrieval.forms import Form
from retrieval.question import Question, authority_name, cleaned, is_province
from retrieval.shelf import ShelvedPlan
from retrieval.terms import syllables


def scope(
    question: Question, current: Sequence[ShelvedPlan], asker: str | None, today: date
) -> tuple[list[ShelvedPlan], list[ShelvedPlan]]:
    """The plans that must answer, and those that may be pointed to."""
    written = unicodedata.normalize("NFC", question.text)
    asked = " ".join(syllables(question.text, question=True))
    named = [p for p in current if _numbered(p, question) or _named(authority_name(p.authority), written, asked)]
    mine = [p for p in current if asker is not None and _same_authority(p.authority, asker)]
    parents = {p.parent for p in mine if p.parent}
    above = [p for p in current if any(_same_authority(p.authority, name) for name in parents)]
    provinces = {p.authority for p in current if is_province(p.authority)}
    if (
        asker is not None
        and not above
        and not parents
        and (not mine or len(provinces) == 1)
        and not _elsewhere(mine, provinces)
    ):
        # Whose commune it is was not printed: the only province there is, is its own.
        above = [p for p in current if is_province(p.authority) and p not in mine]
    if question.form is Form.COMPARE:
        first, second = mine or named, [p for p in named if p not in mine] or above
    elif named:
        first, second = named, mine
    elif question.parent and above:
        first, second = above, mine
    elif mine:
        first, second = mine, above
    elif asker is None:
        first, second = list(current), []
    else:
        first, second = [], above
    order = lambda p: _nearness(p, question, today)  # noqa: E731
    return sorted(first, key=order), sorted(second, key=order)


# A place by its level and its name, as only capitals show it; "tỉnh Sơn Giang", no "xã hội".
_LEVELS: Final = ("xã", "phường", "tỉnh", "huyện", "thành", "đặc", "thị")
_BEFORE_A_NAME: Final = (
    r"(?:^|\b(?:xa|phuong|tinh|huyen|thanh pho|dac khu|ubnd|cua|o|tai|ve|ben|voi|uy ban nhan dan)\s+)"
)
_PLACE: Final = re.compile(
    r"\b((?:[Xx]ã|[Pp]hường|[Tt]ỉnh|[Đđ]ặc khu|[Tt]hị trấn|[Hh]uyện|[Tt]hành phố)(?:\s+[^\W\da-zà-ỹ_][^\W\d_]*){1,4})"
)


def foreign_place(text: str, plans: Sequence[ShelvedPlan]) -> str | None:
    """A commune or province that the question names and that no plan belongs to; None where all are known."""
    known = {_searched(authority_name(p.authority)).partition(" ")[2] for p in plans}
    for match in _PLACE.finditer(cleaned(text)):
        name = " ".join(syllables(match[1])).partition(" ")[2]
        if not any(own and (own in name or name in own) for own in known):
            return match[1]
    return None


def _nearness(shelved: ShelvedPlan, question: Question, today: date) -> tuple[bool, bool, int, float]:
    """The plan of the asked year first, else of this year, else the newest; amendments, whose rows their plans have,
    last."""
    document = shelved.plan.document
    year = document.year or (document.date.year if document.date else 0)
    wanted = max(question.years, default=today.year)
    newest = -document.date.toordinal() if document.date else 0.0
    return shelved.plan.amends is not None, year not in (question.years or {today.year}), abs(year - wanted), newest


def _same_authority(one: str, other: str) -> bool:
    # A scan may have lost the marks of a name ("Sa Thay"); folded names do not collide within a province.
    return one == other or _searched(one) == _searched(other)


@lru_cache(maxsize=1 << 12)  # the names of a province's authorities, compared on every question
def _searched(name: str) -> str:
    """A name in the search form."""
    return " ".join(syllables(name))


def _elsewhere(mine: Sequence[ShelvedPlan], provinces: Collection[str]) -> bool:
    """Whether a commune's plan prints a province that is none of those on the shelf."""
    printed = {p.plan.document.province for p in mine if p.plan.document.province}
    return bool(printed) and not any(
        _same_authority(authority_name(p).partition(" ")[2], q) for p in provinces for q in printed
    )


def names(plans: Sequence[ShelvedPlan]) -> list[str]:
    """What plans and authorities are called: it says whose plan is meant, not what is asked about."""
    known = []
    for plan in plans:
        name = authority_name(plan.authority)
        known += [plan.authority, name, name.partition(" ")[2], plan.plan.document.number or ""]
    return [name for name in dict.fromkeys(known) if len(name) > 3]


def _numbered(shelved: ShelvedPlan, question: Question) -> bool:
    """Whether the question names this plan by its number."""
    number = shelved.plan.document.number
    return bool(number) and any(code.casefold() == str(number).casefold() for code in question.codes)


def _named(name: str, written: str, asked: str) -> bool:
    """Whether a question, as ``written`` and in the search form, names the authority ``name``."""
    place, bare, searched = _place_of(name)
    if not place:
        return False
    # As a name is written; in small letters only behind the word for its level: "công nghệ an toàn" is no Nghệ An.
    if any(one in written and re.search(rf"\b{re.escape(one)}\b", written) for one in (place, bare)):
        return True
    return searched in asked and re.search(rf"{_BEFORE_A_NAME}{re.escape(searched)}\b", asked) is not None


@lru_cache(maxsize=1 << 12)
def _place_of(name: str) -> tuple[str, str, str]:
    """The place of "xã Nghệ An" as it is written, without marks ("Nghe An"), and in the search form."""
    level, _, rest = name.partition(" ")
    place = rest if level.casefold() in _LEVELS else name
    if place.startswith("phố ") and level.casefold() == "thành":
        place = place.removeprefix("phố ")
    bare = "".join(
        c if c in " -" else plain.upper() if c.isupper() else plain for c in place for plain in [strip_marks(c) or c]
    )
    return place, bare, _searched(place)
