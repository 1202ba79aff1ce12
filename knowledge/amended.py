"""Which rows of a plan an amendment changes, adds and drops; all others stay. Pure: indexes in, indexes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.amended_rules import compared_rules, rule_changes
from knowledge.amended_tables import row_changes
from knowledge.amendment import in_place_of, is_clause
from knowledge.counterparts import Likeness, Statement, counterparts
from knowledge.evidence import alike
from knowledge.plain import plain_words
from knowledge.plan import Indicator, Plan, Removal
from knowledge.plan_diff import (
    HELD,
    SAME_ROW,
    ChangedIndicator,
    PlanDiff,
    best_pairs,
    change_of,
    compare,
    left,
    spoken_for,
    within,
)

# Of 100: a clause names the row by its number; its name then only has to be no other one.
_NAMED_TOO: Final = 50.0


@dataclass(frozen=True, slots=True)
class Amended:
    """``pairs`` are the rows that both state (the plan's, the amendment's), ``added`` the amendment's own, ``removed``
    the plan's that it drops; ``lost`` is what it drops and the plan does not have."""

    pairs: tuple[tuple[int, int], ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    lost: tuple[Removal, ...]


def amended(before: Plan, after: Plan) -> Amended:
    """What ``after``, which amends ``before``, does to its rows. An indicator stated at several places counts once."""
    assert after.amends is not None, "asked of amendments alone"
    old, new = spoken_for(before.indicators), spoken_for(after.indicators)
    olds, news = [before.indicators[at] for at in old], [after.indicators[at] for at in new]
    found = sorted(_pairs(olds, news))
    free = left(olds, [first for first, _ in found])
    removed: list[int] = []
    lost: list[Removal] = []
    for removal in after.amends.removed:
        at = _meant(removal, olds, [n for n in free if n not in removed])
        if at is None:
            lost.append(removal)
        else:
            removed.append(at)
    taken = {second for _, second in found}
    return Amended(
        pairs=tuple((old[first], new[second]) for first, second in found),
        added=tuple(new[at] for at in range(len(news)) if at not in taken),
        removed=tuple(sorted(old[at] for at in removed)),
        lost=tuple(lost),
    )


def change_at(before: Plan, after: Plan, pair: tuple[int, int]) -> ChangedIndicator:
    """What an amendment changes in one indicator; where it says nothing of a lead or a time, that stays."""
    one = before.indicators[pair[0]]
    other = in_place_of(after.indicators[pair[1]], one)
    blurred = before.damaged or after.damaged
    change = change_of(one, other, blurred)
    return replace(change, name=not blurred and plain_words(one.name) != plain_words(other.name))


def is_change(change: ChangedIndicator) -> bool:
    """Whether anything of the indicator is another one."""
    return change.target or change.lead or change.due or change.name


def revise(before: Plan, after: Plan) -> PlanDiff:
    """What a new version, or an amendment, changes in the plan ``before``."""
    tables = row_changes(before, after) if after.amends or not (before.damaged or after.damaged) else ()
    if after.amends is None:
        # A table of last year's results, or of money, may be left out of a version without being withdrawn; a second
        # scan of one is read a little otherwise.
        return replace(compare(before, after), rules=compared_rules(before, after), rows=tables)
    rows = amended(before, after)
    changes = [change for pair in rows.pairs if is_change(change := change_at(before, after, pair))]
    unsure = [change for change in changes if change.target and change.after.needs_check]
    return PlanDiff(
        before=before.document,
        after=after.document,
        added=tuple(after.indicators[at] for at in rows.added),
        removed=tuple(before.indicators[at] for at in rows.removed),
        changed=tuple(change for change in changes if change not in unsure),
        unsure=tuple(unsure),
        kept=rows.pairs,
        partial=True,
        untouched=len(spoken_for(before.indicators)) - len(changes) - len(rows.removed),
        lost=tuple(one.name or f"chỉ tiêu số {one.no}" for one in rows.lost),
        rules=rule_changes(before.reporting, after),
        rows=tables,
    )


def _pairs(olds: Sequence[Indicator], news: Sequence[Indicator]) -> Iterator[tuple[int, int]]:
    """By the number that a clause names, by name, by a name that holds the other, by a reworded name. An amendment
    counts its rows anew: the number of a table's row tells nothing."""
    likeness = Likeness([Statement.of(one) for one in news], [Statement.of(one) for one in olds])
    scores: dict[tuple[int, int], float] = {}
    for second, other in enumerate(news):
        for first, one in enumerate(olds):
            score = 100.0 if one.name == other.name else alike(one.name, other.name)
            numbered = is_clause(other.where) and other.no is not None and other.no == one.no
            if numbered and score >= _NAMED_TOO:
                scores[first, second] = 100.0 + score
            elif score == 100.0 or (score >= SAME_ROW and not likeness.contrary(second, first)):
                scores[first, second] = score
    found = best_pairs([(score, *pair) for pair, score in scores.items()])
    yield from found
    old, new = left(olds, [pair[0] for pair in found]), left(news, [pair[1] for pair in found])
    held = best_pairs(
        [(within(olds[one], news[two]), one, two) for one in old for two in new if not likeness.contrary(two, one)],
        HELD,
    )
    yield from held
    old, new = sorted({*old} - {pair[0] for pair in held}), sorted({*new} - {pair[1] for pair in held})
    reworded = counterparts([Statement.of(news[at]) for at in new], [Statement.of(olds[at]) for at in old])
    yield from best_pairs([(one.likeness, old[one.to], new[at]) for at, one in reworded.items()])


def _meant(removal: Removal, olds: Sequence[Indicator], free: Sequence[int]) -> int | None:
    """The one row that a removal names; None where there is none, or where several fit."""
    if removal.name is not None:
        scored = [(alike(olds[at].name, removal.name) if olds[at].name != removal.name else 100.0, at) for at in free]
        numbered = [(score, at) for score, at in scored if removal.no is not None and olds[at].no == removal.no]
        fitting = [(s, at) for s, at in numbered if s >= _NAMED_TOO] or [(s, at) for s, at in scored if s >= SAME_ROW]
        return max(fitting, key=lambda pair: (pair[0], -pair[1]))[1] if fitting else None
    same = [at for at in free if olds[at].no == removal.no]
    return same[0] if len(same) == 1 else None
