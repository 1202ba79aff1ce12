"""What changed between two versions of a plan: indicators added, dropped, or set anew; and what cannot be told.

A second scan of the same page is no new version of its figures. A difference that a scan makes ("≥" that lost its bar,
a letter in a unit's name) is no change, and a doubtful figure is said to be unsure, whatever it reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from knowledge.evidence import alike, key
from knowledge.plain import plain
from knowledge.plan import Document, Indicator, Operator, Plan, Target

if TYPE_CHECKING:
    from knowledge.amended_rules import RuleChange
    from knowledge.amended_tables import RowChange

SAME_ROW: Final = 86.0  # of 100: names nearer than this are one indicator reworded, if nothing else is nearer
# Of 100, for a row that keeps its number and its target: then a reworded name is likelier than a row put in its place.
SAME_PLACE: Final = 62.0
# Of 100: two printings of one unit's name, or of one time, differ by no more.
_SAME_WORDS: Final = 88.0
# Of a name's letters: one that holds a shorter one with little more has gained a condition ("từ đủ 14 tuổi").
HELD: Final = 0.5
# Below this share of the smaller version's rows found again, a reading failed rather than the plan changed.
_COMPARABLE: Final = 0.5

_DIRECTION: Final = {
    Operator.MORE: Operator.AT_LEAST,
    Operator.LESS: Operator.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class ChangedIndicator:
    """One indicator in both versions, and which of its target, lead, due and (in an amendment) name are other ones."""

    before: Indicator
    after: Indicator
    target: bool = False
    lead: bool = False
    due: bool = False
    name: bool = False


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """The difference between two versions.

    ``unsure`` are indicators whose target seems another one and was read doubtfully, in either version. ``kept`` pairs
    the places of all indicators that are in both: what people reported against ``before`` belongs to ``after``.
    ``comparable`` is False where so few were found again that a reading must have failed.

    With ``partial`` the second is an amendment of the first: ``removed`` are those that it drops, all others stay;
    ``untouched`` counts them, and ``lost`` are those that it drops though they are not there.
    ``rules`` are the reporting rules, ``rows`` the results and the lines of money that are others.
    """

    before: Document
    after: Document
    added: tuple[Indicator, ...]
    removed: tuple[Indicator, ...]
    changed: tuple[ChangedIndicator, ...]
    unsure: tuple[ChangedIndicator, ...]
    kept: tuple[tuple[int, int], ...]
    comparable: bool = True
    partial: bool = False
    untouched: int = 0
    lost: tuple[str, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def same_indicators(self) -> bool:
        """True when the versions say the same of every indicator."""
        return not (self.added or self.removed or self.changed or self.unsure)

    @property
    def nothing(self) -> bool:
        """True when the versions say the same of indicators, reporting, results and money."""
        return self.same_indicators and not (self.rules or self.rows)

    @property
    def is_older(self) -> bool:
        """True when ``after`` was issued before ``before``."""
        return self.before.date is not None and self.after.date is not None and self.after.date < self.before.date


def compare(before: Plan, after: Plan) -> PlanDiff:
    """What ``after`` changes in ``before``. An indicator that a plan states at several places is compared once; pass
    indicators that a person confirmed without their ``checks``. An amendment is no new version: see
    ``knowledge.amended``."""
    old, new = spoken_for(before.indicators), spoken_for(after.indicators)
    found = pairs([before.indicators[at] for at in old], [after.indicators[at] for at in new])
    kept = tuple((old[one], new[other]) for one, other in found)
    blurred = before.damaged or after.damaged
    changed, unsure = [], []
    for first, second in kept:
        change = change_of(before.indicators[first], after.indicators[second], blurred)
        if change.target and (change.before.needs_check or change.after.needs_check):
            unsure.append(change)
        elif change.target or change.lead or change.due:
            changed.append(change)
    left, right = {pair[0] for pair in kept}, {pair[1] for pair in kept}
    return PlanDiff(
        before=before.document,
        after=after.document,
        added=tuple(after.indicators[at] for at in new if at not in right),
        removed=tuple(before.indicators[at] for at in old if at not in left),
        changed=tuple(changed),
        unsure=tuple(unsure),
        kept=kept,
        comparable=len(kept) >= _COMPARABLE * min(len(old), len(new)),
    )


def spoken_for(indicators: Sequence[Indicator]) -> list[int]:
    """The place at which each indicator is asked for: where its lead stands, else its number, else the first."""
    groups: dict[int, list[int]] = {}
    for at, one in enumerate(indicators):
        groups.setdefault(at if one.same_as is None else one.same_as, []).append(at)
    return sorted(
        min(group, key=lambda at: (not indicators[at].lead, indicators[at].no is None, at)) for group in groups.values()
    )


def pairs(before: Sequence[Indicator], after: Sequence[Indicator]) -> list[tuple[int, int]]:
    """Which indicator became which, each used once: by name, the likest first, the printed number and the group
    breaking ties; then where one name holds the other's words; then by place, where number and target stayed."""
    ranked = []
    for first, one in enumerate(before):
        for second, other in enumerate(after):
            score = 100.0 if one.name == other.name else alike(one.name, other.name)
            if score >= SAME_ROW:
                ranked.append((score + _bonus(one, other), first, second))
    found = best_pairs(ranked)
    old, new = left(before, [pair[0] for pair in found]), left(after, [pair[1] for pair in found])
    found += best_pairs([(within(before[one], after[other]), one, other) for one in old for other in new], HELD)
    old, new = left(before, [pair[0] for pair in found]), left(after, [pair[1] for pair in found])
    found += best_pairs([(_placed(before[one], after[other]), one, other) for one in old for other in new], SAME_PLACE)
    return sorted(found)


def _bonus(one: Indicator, other: Indicator) -> float:
    return 0.2 * (one.no == other.no) + 0.1 * (one.group == other.group)


def left(indicators: Sequence[Indicator], used: Sequence[int]) -> list[int]:
    """The indexes that are not used yet."""
    return sorted(set(range(len(indicators))) - set(used))


def within(one: Indicator, other: Indicator) -> float:
    """How much of the longer name the shorter one is, where the longer holds all its telling words, figures included;
    0 for others, and for values of different sorts."""
    first, second = key(one.name), key(other.name)
    shorter, longer = sorted((first, second), key=len)
    same_sort = (one.target.kind, one.target.unit) == (other.target.kind, other.target.unit)
    if not shorter or not same_sort or not set(shorter.split()) <= set(longer.split()):
        return 0.0
    return len(shorter) / len(longer)


def _placed(one: Indicator, other: Indicator) -> float:
    """How alike two names are, for rows of the same number and figure; 0 for others. A figure in the name that differs
    makes another indicator ("mức 1", "mức 2")."""
    same = one.no is not None and one.no == other.no and one.target.value is not None
    if not same or (one.target.value, one.target.unit) != (other.target.value, other.target.unit):
        return 0.0
    first, second = plain(one.name), plain(other.name)
    if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return 0.0
    return fuzz.ratio(first, second)


def best_pairs(ranked: list[tuple[float, int, int]], least: float = 0.0) -> list[tuple[int, int]]:
    """The best pairs, each index used once."""
    old: set[int] = set()
    new: set[int] = set()
    found = []
    for score, first, second in sorted(ranked, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= least and first not in old and second not in new:
            found.append((first, second))
            old.add(first)
            new.add(second)
    return found


def change_of(before: Indicator, after: Indicator, blurred: bool) -> ChangedIndicator:
    """What of an indicator is another one; ``blurred`` overlooks what a scan makes."""
    return ChangedIndicator(
        before,
        after,
        target=not _same_target(before.target, after.target, blurred),
        lead=bool(before.lead and after.lead) and not _same_units(before.lead, after.lead),
        due=bool(before.due and after.due) and not _same_time(before.due or "", after.due or ""),
    )


def _same_target(old: Target, new: Target, blurred: bool) -> bool:
    if old.value is None or new.value is None:
        # Steps are worded, and reworded, freely; a figure in place of one is a change.
        return old.value == new.value and (blurred or _same_time(old.text, new.text))
    if old.value != new.value or not _same_measure(old.unit, new.unit, blurred):
        return False
    first, second = (_DIRECTION.get(sign, sign) if sign else None for sign in (old.operator, new.operator))
    # "trên" and "tối thiểu" are a stroke apart, in print and in meaning; a sign that is there or not, a scan's loss.
    return first == second or (blurred and Operator.EQUAL in (first, second))


def _same_measure(old: str | None, new: str | None, blurred: bool) -> bool:
    if old is None or new is None:
        return old == new or blurred
    return fuzz.ratio(plain(old), plain(new)) >= (_SAME_WORDS if blurred else 100.0)


def _same_units(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and all(
        max(fuzz.ratio(plain(one), plain(other)) for other in new) >= _SAME_WORDS for one in old
    )


def _same_time(old: str, new: str) -> bool:
    """Two wordings of one time or step; figures and quarters must be the same."""
    first, second = plain(old).strip(" ."), plain(new).strip(" .")
    if [w for w in first.split() if _tells(w)] != [w for w in second.split() if _tells(w)]:
        return False
    return fuzz.ratio(first, second) >= _SAME_WORDS


def _tells(word: str) -> bool:
    return any(c.isdigit() for c in word) or set(word) <= set("ivx")
