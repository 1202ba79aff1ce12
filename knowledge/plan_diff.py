"""What changed between two versions of a plan: indicators added, removed, or set anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.evidence import alike
from knowledge.plan import Indicator, Plan

SAME_ROW = 86.0  # of 100: names nearer than this are one indicator reworded, if nothing else is nearer


@dataclass(frozen=True, slots=True)
class ChangedIndicator:
    """One indicator in both versions; at least one of target, lead and due differs."""

    before: Indicator
    after: Indicator

    @property
    def target_changed(self) -> bool:
        """Whether the figure, its direction or its unit is another one."""
        old, new = self.before.target, self.after.target
        return (old.operator, old.value, old.unit) != (new.operator, new.value, new.unit) or (
            old.value is None and old.text != new.text
        )


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """The difference between two versions. ``kept`` pairs the places of unchanged and changed indicators: what people
    reported against indicator ``before`` belongs to indicator ``after``."""

    added: tuple[Indicator, ...]
    removed: tuple[Indicator, ...]
    changed: tuple[ChangedIndicator, ...]
    kept: tuple[tuple[int, int], ...]


def compare(before: Plan, after: Plan) -> PlanDiff:
    """What ``after`` changes in ``before``. Restatements (``same_as``) are not compared on their own."""
    pairs = _pairs(before.indicators, after.indicators)
    old = {pair[0] for pair in pairs}
    new = {pair[1] for pair in pairs}
    changed = []
    for first, second in pairs:
        change = ChangedIndicator(before.indicators[first], after.indicators[second])
        same_work = (change.before.lead, change.before.due) == (change.after.lead, change.after.due)
        if change.target_changed or not same_work:
            changed.append(change)
    return PlanDiff(
        added=tuple(one for at, one in enumerate(after.indicators) if at not in new and one.same_as is None),
        removed=tuple(one for at, one in enumerate(before.indicators) if at not in old and one.same_as is None),
        changed=tuple(changed),
        kept=tuple(pairs),
    )


def _pairs(before: Sequence[Indicator], after: Sequence[Indicator]) -> list[tuple[int, int]]:
    """Which indicator became which: the likest names first, the printed number and the group breaking ties."""
    ranked = []
    for first, one in enumerate(before):
        for second, other in enumerate(after):
            if one.same_as is not None or other.same_as is not None:
                continue
            score = 100.0 if one.name == other.name else alike(one.name, other.name)
            if score >= SAME_ROW:
                bonus = 0.2 * (one.no == other.no) + 0.1 * (one.group == other.group)
                ranked.append((score + bonus, first, second))
    ranked.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    old: set[int] = set()
    new: set[int] = set()
    found = []
    for _, first, second in ranked:
        if first not in old and second not in new:
            found.append((first, second))
            old.add(first)
            new.add(second)
    return sorted(found)
