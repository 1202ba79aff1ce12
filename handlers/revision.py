"""A new version of a plan beside the one in force: what it changes, in lines that fit a phone."""

from __future__ import annotations

from handlers.revised_parts import row_line, rule_line
from handlers.texts import planning as texts
from handlers.wording import short_name, target_text
from knowledge.plan import BudgetLine, Document, Indicator
from knowledge.plan_diff import ChangedIndicator, PlanDiff

# A message of about 400 characters is read; the rest comes when it is asked for.
_PAGE_LETTERS = 400
_NAME = 60


def named(document: Document) -> str:
    """How a plan is cited ("20/KH-UBND ngày 03/02/2026")."""
    day = f" ngày {document.date:%d/%m/%Y}" if document.date else ""
    return f"{document.number or document.title or 'chưa rõ số'}{day}"


def head_of(diff: PlanDiff) -> str:
    """How many indicators are other ones, in one sentence; and what to beware of, in a second."""
    before = named(diff.before)
    if diff.partial:
        return _amends(diff, before)
    if not diff.comparable:
        return texts.VERSION_UNLIKE.format(named=before, kept=len(diff.kept), total=len(diff.kept) + len(diff.removed))
    if diff.nothing:
        said = texts.VERSION_SAME.format(named=before)
    elif diff.same_indicators:
        said = texts.VERSION_OTHERS.format(named=before, parts=_others(diff))
    else:
        counts = {name: len(getattr(diff, name)) for name in texts.VERSION_PARTS}
        parts = (words.format(count=counts[name]) for name, words in texts.VERSION_PARTS.items() if counts[name])
        said = texts.VERSION_HEAD.format(named=before, parts=", ".join(parts))
    if diff.is_older:
        return f"{said}\n{texts.VERSION_OLDER}"
    return f"{said}\n{texts.VERSION_PARTIAL}" if len(diff.removed) > len(diff.kept) else said


def _amends(diff: PlanDiff, before: str) -> str:
    if diff.nothing:
        return texts.AMENDS_NOTHING.format(named=before)
    counts = {name: len(getattr(diff, name)) for name in texts.AMENDS_PARTS}
    parts = ", ".join(words.format(count=counts[name]) for name, words in texts.AMENDS_PARTS.items() if counts[name])
    others = _others(diff)
    if not parts:
        return texts.AMENDS_OTHERS.format(named=before, parts=others)
    if not counts["changed"]:
        parts += " chỉ tiêu"
    return texts.AMENDS_HEAD.format(named=before, parts=", ".join(filter(None, (parts, others))), kept=diff.untouched)


def _others(diff: PlanDiff) -> str:
    """How much of reporting, results and money is another."""
    money = sum(isinstance(row.after, BudgetLine) for row in diff.rows)
    counts = {
        texts.PART_RULES: len(diff.rules),
        texts.PART_MONEY: money,
        texts.PART_RESULTS: len(diff.rows) - money,
    }
    return ", ".join(words.format(count=count) for words, count in counts.items() if count)


def lines_of(diff: PlanDiff) -> tuple[str, ...]:
    """One line a change: of reporting, on which the calendar hangs; then of indicators, changed ones first, then new,
    dropped and unsure ones, each in the plan's order; then of money and results. None where the versions could not be
    compared."""
    if not diff.comparable:
        return ()
    return (
        *map(rule_line, diff.rules),
        *(texts.CHANGED.format(name=_name(one.after), what=_changes(one)) for one in diff.changed),
        *(_added(one) for one in diff.added),
        *(texts.REMOVED.format(name=_name(one)) for one in diff.removed),
        *(texts.UNSURE.format(name=_name(one.after), **_targets(one)) for one in diff.unsure),
        *(texts.LOST.format(name=short_name(name, _NAME)) for name in diff.lost),
        *map(row_line, diff.rows),
    )


def page_of(lines: tuple[str, ...], start: int, taken: int = 0) -> tuple[str, ...]:
    """The lines from ``start`` that one message holds beside ``taken`` letters; at least one where there is any."""
    shown: list[str] = []
    for line in lines[start:]:
        taken += len(line)
        if shown and taken > _PAGE_LETTERS:
            break
        shown.append(line)
    return tuple(shown)


def _changes(one: ChangedIndicator) -> str:
    said = []
    if one.target:
        said.append(texts.CHANGED_TARGET.format(**_targets(one)))
    if one.lead:
        said.append(texts.CHANGED_LEAD.format(old=", ".join(one.before.lead), new=", ".join(one.after.lead)))
    if one.due:
        said.append(texts.CHANGED_DUE.format(old=one.before.due, new=one.after.due))
    if one.name and not said:
        said.append(texts.CHANGED_NAME.format(old=_name(one.before)))
    return "; ".join(said)


def _added(one: Indicator) -> str:
    words = texts.ADDED_UNSURE if one.needs_check else texts.ADDED
    return words.format(name=_name(one), target=target_text(one.target))


def _targets(one: ChangedIndicator) -> dict[str, str]:
    return {"old": target_text(one.before.target), "new": target_text(one.after.target)}


def _name(one: Indicator) -> str:
    return short_name(one.name, _NAME)
