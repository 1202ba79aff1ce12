"""One indicator at two places of a plan: the goal in the body and the row of the appendix, and where they disagree.

A wrong link is worse than none: it takes two indicators for one, and a disagreement that is none sends the coordinator
looking. So names that say nearly the same are enough; names that are worded otherwise need the same target as well, or,
where the targets differ, need to be each other's only likely partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from knowledge.checks import LEADS_DIFFER, of_lead
from knowledge.counterparts import SAME as SAME_INDICATOR
from knowledge.counterparts import Likeness, Statement
from knowledge.evidence import SAME, alike
from knowledge.plain import plain_words
from knowledge.plan import Indicator
from knowledge.targets import written

# A second row that is about as like leaves it open which is meant. Of the 28 pairs that the client's five texts state
# twice, with one target of each pair altered, 23 are still found at this margin and none is wrong.
_MARGIN: Final = 0.08
# The same of 100, for names that say nearly the same.
_NEAR: Final = 3.0
# How like reworded names must be where another group or another lead speaks against the pair.
_IN_SPITE: Final = 0.8
_BODY: Final = "phần nội dung"


def link(indicators: Sequence[Indicator]) -> list[Indicator]:
    """``indicators`` with ``same_as`` set where a later row states an earlier indicator again; a disagreement on the
    target or the lead is a reason to check on both."""
    statements = [Statement.of(one) for one in indicators]
    likeness = Likeness(statements, statements)
    same_as = {index: at for index in range(len(indicators)) if (at := _first(indicators, index, likeness)) is not None}
    # A row that is a link itself is nobody's first statement.
    same_as = {index: at for index, at in same_as.items() if at not in same_as}
    same_as |= dict(_reworded(indicators, likeness, {*same_as, *same_as.values()}))
    linked = [replace(one, same_as=same_as.get(index)) for index, one in enumerate(indicators)]
    for index, at in sorted(same_as.items()):
        _compare(linked, at, index)
    return linked


def _first(indicators: Sequence[Indicator], index: int, likeness: Likeness) -> int | None:
    """The earlier row of another place that says the same by its name, or nearly so with the same target."""
    one, best = indicators[index], (0.0, -1)
    for at, earlier in enumerate(indicators[:index]):
        if earlier.where == one.where:
            continue
        score = alike(earlier.name, one.name)
        if score >= SAME and likeness.contrary(index, at):
            continue
        if score < SAME:
            score = SAME * likeness.of(index, at) if _same_target(earlier, one) else 0.0
        elif not _same_target(earlier, one) and _has_rival(indicators, index, at, score):
            continue
        if score >= SAME * SAME_INDICATOR and score > best[0]:
            best = (score, at)
    return best[1] if best[1] >= 0 else None


def _has_rival(indicators: Sequence[Indicator], index: int, at: int, score: float) -> bool:
    """Whether another row of either place fits about as well: then which of them is set otherwise is open."""
    one, earlier = indicators[index], indicators[at]
    there = (other for n, other in enumerate(indicators) if n != at and other.where == earlier.where)
    here = (other for n, other in enumerate(indicators) if n != index and other.where == one.where)
    rivals = (*(alike(other.name, one.name) for other in there), *(alike(other.name, earlier.name) for other in here))
    return max(rivals, default=0.0) > score - _NEAR


def _reworded(indicators: Sequence[Indicator], likeness: Likeness, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The later and the earlier row of each pair that is named otherwise and set otherwise: each other's best by far,
    among all rows of the other place, those that are linked already included."""
    alikes = {
        (index, at): likeness.of(index, at)
        for index, one in enumerate(indicators)
        for at in range(index)
        if indicators[at].where != one.where
    }
    for (index, at), score in alikes.items():
        one, earlier = indicators[index], indicators[at]
        if score < SAME_INDICATOR or taken & {index, at} or not _comparable(earlier, one):
            continue
        if (_apart(earlier.group, one.group) or _led_apart(earlier, one)) and score < _IN_SPITE:
            continue
        rivals = (other for pair, other in alikes.items() if pair != (index, at) and {index, at} & set(pair))
        if score - max(rivals, default=0.0) >= _MARGIN:
            yield index, at


def _comparable(one: Indicator, other: Indicator) -> bool:
    """Whether two rows can disagree: measured alike, and neither read with a doubt of its own."""
    return (
        one.target.value is not None
        and other.target.value is not None
        and one.target.unit == other.target.unit
        and not one.needs_check
        and not other.needs_check
    )


def _apart(one: str | None, other: str | None) -> bool:
    """Two groups that share no word ("Chính quyền số", "Xã hội số" share one, which every group has)."""
    if one is None or other is None:
        return False
    first, second = (set(plain_words(group)) - {"so", "va", "phat", "trien"} for group in (one, other))
    return bool(first and second) and not first & second


def _led_apart(one: Indicator, other: Indicator) -> bool:
    return bool(one.lead and other.lead) and not set(one.lead) & set(other.lead)


def _same_target(one: Indicator, other: Indicator) -> bool:
    return one.target.value is not None and (one.target.value, one.target.unit) == (
        other.target.value,
        other.target.unit,
    )


def _compare(linked: list[Indicator], first: int, second: int) -> None:
    one, other = linked[first], linked[second]
    places = _named(one.where), _named(other.where)
    reasons = []
    measured = one.target.value is not None and other.target.value is not None and one.target.unit == other.target.unit
    if measured and one.target.value != other.target.value:
        said = f"{places[0]} ghi {_text(one)}, {places[1]} ghi {_text(other)}."
        reasons.append(said[:1].upper() + said[1:])
    sure = not any(of_lead(reason) for reason in (*one.checks, *other.checks))
    if sure and one.lead and other.lead and {*map(_bare, one.lead)} != {*map(_bare, other.lead)}:
        here, there = "; ".join(one.lead), "; ".join(other.lead)
        reasons.append(f"{LEADS_DIFFER}: {places[0]} ghi {here}, {places[1]} ghi {there}.")
    for at in (first, second):
        linked[at] = replace(linked[at], checks=(*linked[at].checks, *reasons))


def _named(where: str) -> str:
    """How a sentence calls a place: "Phụ lục 1", "phần nội dung (II.2.1)"."""
    return where if plain_words(where)[:2] == ["phu", "luc"] else f"{_BODY} ({where})" if where else _BODY


def _bare(unit: str) -> str:
    return " ".join(plain_words(unit))


def _text(one: Indicator) -> str:
    value, operator = one.target.value, one.target.operator
    if value is None or operator is None:
        return one.target.text
    return written(operator, value, one.target.unit).replace("%", " %")
