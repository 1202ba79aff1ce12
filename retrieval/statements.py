"""One indicator, stated at several places: the goal in the body and the appendix that says who leads it.

The reading links what it is sure of. For an answer more can be taken together: a row of the appendix and a goal of the
body with one value, where one name says what the other says.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from knowledge.checks import LEADS_DIFFER, of_lead
from knowledge.plan import Indicator, Kind
from knowledge.repair.fold import fold
from knowledge.repair.syllables import language
from retrieval.matching import Bag, Wanted

if TYPE_CHECKING:
    from retrieval.places import PreparedPlan

# So much of the shorter name must stand in the longer one; the appendix shortens, a scan drops a word.
_SAME_NAME: Final = 0.72
# Enough where the group sets that value once in the body and once in the appendix.
_SAME_VALUE: Final = 0.45
# Real words in the print that the understood unit does not have: the guess is about another unit.
_FOREIGN: Final = 2
# Of the understood unit's own words, in the print; "sở", "phòng" and "và" stand in many.
_KEPT: Final = 0.3
_EVERY_UNIT: Final = frozenset({"so", "phong", "ban", "va", "cac", "xa", "phuong", "tinh"})
_UNDERSTOOD: Final = re.compile(r"“(?P<printed>[^”]*)”\); hiểu là (?P<unit>.+?)\.?$")


class Clarity(IntEnum):
    """How well the lead unit of a row was read. UNDERSTOOD: repaired; DISPUTED: read well, but another place names
    another; LOST: what stands there is no unit's name."""

    LOST = 0
    NONE = 1
    UNDERSTOOD = 2
    DISPUTED = 3
    CLEAR = 4


def clarity(indicator: Indicator) -> Clarity:
    """How far ``indicator.lead`` can be given as an answer."""
    checks = [check for check in indicator.checks if of_lead(check)]
    if not indicator.lead:
        return Clarity.LOST if checks else Clarity.NONE
    if not checks:
        return Clarity.CLEAR
    if all(check.startswith(LEADS_DIFFER) for check in checks):
        return Clarity.DISPUTED
    for check in checks:
        understood = _UNDERSTOOD.search(check)
        if understood is None and "hiểu là" not in check:
            return Clarity.LOST
        if understood is None:
            continue
        printed, unit = understood["printed"], understood["unit"]
        if _foreign(printed, unit) >= _FOREIGN or _kept(printed, unit) < _KEPT:
            return Clarity.LOST
    return Clarity.UNDERSTOOD


def _foreign(printed: str, unit: str) -> int:
    named = fold(unit).split()
    words = re.findall(r"[a-z]{2,}", fold(printed))
    return sum(word not in named and bool(language().spellings(word)) for word in words)


def _kept(printed: str, unit: str) -> float:
    """The share of a unit's telling words that the print still shows, give or take a letter."""
    telling = [word for word in fold(unit).split() if word not in _EVERY_UNIT and word.isalpha()]
    words = re.findall(r"[a-z]+", fold(printed))
    return sum(any(Levenshtein.distance(w, word, score_cutoff=1) <= 1 for w in words) for word in telling) / max(
        1, len(telling)
    )


def stated_first(plan: PreparedPlan) -> list[int]:
    """For every row of ``plan`` the number of the first row that states the same indicator."""
    indicators = plan.plan.indicators
    first = [n if i.same_as is None else i.same_as for n, i in enumerate(indicators)]
    for later, indicator in enumerate(indicators):
        if first[later] != later or indicator.no is None:
            continue  # linked already, or no row of an appendix
        likely = [n for n in range(later) if first[n] == n and _may_be_one(indicators[n], indicator)]
        best = max(likely, key=lambda n: _alike(plan, n, later), default=None)
        if best is not None and _alike(plan, best, later) >= _needed(plan, best, later):
            first = [best if one == later else one for one in first]
    return first


def _may_be_one(one: Indicator, other: Indicator) -> bool:
    return (
        one.no is None
        and one.target.kind is other.target.kind is not Kind.MILESTONE
        and one.target.value == other.target.value
        and one.target.unit == other.target.unit
    )


def _needed(plan: PreparedPlan, one: int, other: int) -> float:
    indicators = plan.plan.indicators
    target, group = indicators[one].target, indicators[one].group
    peers = [
        i for i in indicators if i.group == group and i.target.value == target.value and i.target.kind is target.kind
    ]
    alone = group is not None and indicators[other].group == group and len(peers) == len({one, other})
    return _SAME_VALUE if alone else _SAME_NAME


def _alike(plan: PreparedPlan, one: int, other: int) -> float:
    names = sorted((plan.indicators[one].name, plan.indicators[other].name), key=lambda bag: len(bag.words))
    shorter = [word for word in names[0].joined.split() if word not in ("ty", "le")]
    return Wanted([shorter], plan.name_rarity).coverage(names[1], lenient=True).share


def whole(plan: PreparedPlan, number: int) -> Indicator:
    """Row ``number`` completed by the other places that state it: the cleanest name, a lead, a time."""
    indicators = plan.plan.indicators
    rows = [indicators[n] for n in plan.same(number)]
    own = indicators[number]
    name = min(rows, key=lambda i: (round(_damage(i.name), 2), i is not own)).name
    numbers = plan.same(number)
    clear = [n for n in numbers if clarity(indicators[n]) is Clarity.CLEAR]
    half = (Clarity.UNDERSTOOD, Clarity.DISPUTED)
    understood = [n for n in numbers if clarity(indicators[n]) in half]
    led = indicators[(clear or understood or [number])[0]]
    lead = led.lead if clear or understood else ()
    due = next((i.due for i in rows if i.due), None)
    return replace(own, name=name, lead=lead, coop=led.coop if lead else (), due=due)


def _damage(name: str) -> float:
    """How ruined a name is: signs no name has, and debris among its words."""
    signs = len(re.findall(r"[^\w\s,.;:()\-–/%“”\"'+&>]|\d[a-zà-ỹ]|[a-zà-ỹ]\d", name))
    return signs / 4 + Bag(fold(name).split()).junk
