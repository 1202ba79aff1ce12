"""What becomes of a plan's reporting rules: which one another takes the place of, which are new, which end. Pure:
rules in, pairs of indexes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from knowledge.plain import plain
from knowledge.plan import Manner, Plan
from knowledge.reporting_rule import Frequency, ReportingRule

# Of 100: two wordings of who reports, or of who receives it.
_ALIKE: Final = 80.0
# What tells which earlier rule is meant: the same reporters, the same rhythm, the same addressee.
_SAME_REPORTERS: Final = 3
_SAME_RHYTHM: Final = 2
_SAME_ADDRESSEE: Final = 1
# "Các cơ quan, đơn vị" is everybody: it is no other than a unit that is named.
_EVERYBODY: Final = ("cac ", "cac don vi", "tat ca")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One reporting rule before and after: ``before`` None for a new one, ``after`` None for one that ends.

    ``unsure`` marks a new one that is said to take the place of another, without a word that tells which: all stay.
    """

    before: ReportingRule | None
    after: ReportingRule | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class AmendedRules:
    """``pairs`` are (the plan's, the amendment's) where one takes the place of the other, ``added`` the amendment's
    new ones, ``ended`` the plan's that end, ``unsure`` those of ``added`` that may have been meant as a replacement."""

    pairs: tuple[tuple[int, int], ...] = ()
    added: tuple[int, ...] = ()
    ended: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()


def amended_rules(before: Sequence[ReportingRule], after: Plan) -> AmendedRules:
    """What the amendment ``after`` does to the rules ``before``. A rule that is stated again as it was does nothing."""
    assert after.amends is not None, "asked of amendments alone"
    news = after.reporting
    manners = after.amends.manners or (Manner.STATED,) * len(news)
    free = list(range(len(before)))
    left: list[int] = []
    for at, rule in enumerate(news):
        same = next((one for one in free if same_rule(before[one], rule)), None)
        if same is None:
            left.append(at)
        else:
            free.remove(same)
    pairs: list[tuple[int, int]] = []
    added: list[int] = []
    unsure: list[int] = []
    for at in left:
        meant = None if manners[at] is Manner.BESIDE else _meant(before, free, news[at], manners[at])
        if meant is not None:
            free.remove(meant)
            pairs.append((meant, at))
        else:
            added.append(at)
            if manners[at] is Manner.INSTEAD and any(_rhythmic(before[one]) for one in free):
                unsure.append(at)
    ended = [one for one in free if any(before[one].frequency == drop.name for drop in after.amends.ended)]
    return AmendedRules(tuple(sorted(pairs)), tuple(added), tuple(ended), tuple(unsure))


def rule_changes(before: Sequence[ReportingRule], after: Plan) -> tuple[RuleChange, ...]:
    """The same, for a person to read."""
    rules = amended_rules(before, after)
    news = after.reporting
    return (
        *(RuleChange(before[one], rule_in_place_of(news[other], before[one])) for one, other in rules.pairs),
        *(RuleChange(None, news[at], at in rules.unsure) for at in rules.added),
        *(RuleChange(before[one], None) for one in rules.ended),
    )


def compared_rules(before: Plan, after: Plan) -> tuple[RuleChange, ...]:
    """What a whole new version changes in the reporting rules that have a date or a rhythm."""
    olds = [rule for rule in before.reporting if _tells_when(rule)]
    news = [rule for rule in after.reporting if _tells_when(rule)]
    left, free = [], list(range(len(olds)))
    for rule in news:
        same = next((at for at in free if same_rule(olds[at], rule)), None)
        if same is None:
            left.append(rule)
        else:
            free.remove(same)
    changes = []
    for rule in left:
        meant = _meant(olds, free, rule, Manner.INSTEAD)
        if meant is not None:
            free.remove(meant)
        changes.append(RuleChange(olds[meant] if meant is not None else None, rule))
    return (*changes, *(RuleChange(olds[at], None) for at in free))


def same_rule(one: ReportingRule, other: ReportingRule) -> bool:
    """Whether two clauses ask for the same reports at the same times."""
    if (one.frequency, one.due) != (other.frequency, other.due) or _contrary(one.reporters, other.reporters):
        return False
    return _tells_when(one) or fuzz.ratio(plain(one.rule), plain(other.rule)) >= _ALIKE


def rule_in_place_of(rule: ReportingRule, before: ReportingRule) -> ReportingRule:
    """``rule`` in the place of ``before``: who reports to whom, and by which way, stays where it says nothing else."""
    return replace(
        rule,
        reporters=rule.reporters or before.reporters,
        to=rule.to or before.to,
        via=rule.via or before.via,
    )


def _meant(before: Sequence[ReportingRule], free: Sequence[int], rule: ReportingRule, manner: Manner) -> int | None:
    """The one rule whose place ``rule`` takes; None where there is none, or where several may be meant."""
    likely = [at for at in free if _rhythmic(before[at]) == _rhythmic(rule) and _may_follow(before[at], rule)]
    scores = {at: _likeness(before[at], rule) for at in likely}
    best = max(scores.values(), default=0)
    meant = [at for at, score in scores.items() if score == best]
    if len(meant) != 1:
        return None
    if manner is Manner.INSTEAD and (len(likely) == 1 or best >= _SAME_RHYTHM):
        return meant[0]
    # What is only stated takes the place of the same report at another time, and of no other.
    same = before[meant[0]].frequency == rule.frequency and rule.due is not None
    return meant[0] if manner is Manner.STATED and same and _rhythmic(rule) else None


def _may_follow(one: ReportingRule, other: ReportingRule) -> bool:
    return not _contrary(one.reporters, other.reporters)


def _likeness(one: ReportingRule, other: ReportingRule) -> int:
    score = _SAME_RHYTHM * (one.frequency == other.frequency)
    score += _SAME_REPORTERS * _alike(one.reporters, other.reporters)
    return score + _SAME_ADDRESSEE * _alike(one.to, other.to)


def _rhythmic(rule: ReportingRule) -> bool:
    """Whether a rule comes round again; a report asked for once takes no such rule's place."""
    return rule.frequency not in (Frequency.ONCE, Frequency.ADHOC)


def _tells_when(rule: ReportingRule) -> bool:
    return rule.due is not None or _rhythmic(rule)


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other) and fuzz.token_set_ratio(plain(one or ""), plain(other or "")) >= _ALIKE


def _contrary(one: str | None, other: str | None) -> bool:
    """Whether two clauses name different units; everybody is nobody else."""
    if not one or not other or _alike(one, other):
        return False
    return not any(plain(words).startswith(_EVERYBODY) for words in (one, other))
