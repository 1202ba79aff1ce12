"""The plan comes in: reading it, confirming what is doubtful, putting it in force."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from handlers.changes import (
    AdoptPlan,
    Change,
    DiscardPlan,
    ReadPlan,
    SetReportingRule,
)
from handlers.message import Choice, Outgoing
from handlers.revised_parts import when
from handlers.revision import head_of, lines_of, named, page_of
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common
from handlers.texts import planning as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import PlanView, Role
from handlers.wording import short_name, target_text
from knowledge.plain import plain
from knowledge.plan_diff import PlanDiff
from knowledge.reporting_rule import Due, Frequency, MonthlyDue, QuarterWeekDue, ReportingRule, YearlyDue
from knowledge.source import Source

FLOW = "plan"
# What a coordinator can choose where the plan states no rule; NĐ 09/2019/NĐ-CP, Điều 12 closes half-years on the 14th.
RULES: dict[str, tuple[Frequency, Due]] = {
    "monthly": (Frequency.MONTHLY, MonthlyDue(15, before=True)),
    "quarterly": (Frequency.QUARTERLY, QuarterWeekDue("last")),
    "semiannual": (Frequency.SEMIANNUAL, YearlyDue(("06-14", "12-14"), before=False)),
}
# Letters, marks left out, in which a scanned name of the same authority may differ.
_SLIPS = 2


def receive(turn: Turn) -> Step:
    """A file from a coordinator is a plan; it is read outside the conversation and comes back as an event."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.FILE_WITHOUT_RIGHT)
    assert turn.message.attachment is not None, "a file comes with its attachment"
    return turn.say(texts.READING, changes=(ReadPlan(turn.message.attachment),))


def on_event(turn: Turn) -> Step:
    """The plan was read, or could not be: the event's text is "plan_read" or the sentence of the refusal."""
    if turn.message.text != "plan_read":
        return turn.say(turn.message.text)
    return show(turn)


def show(turn: Turn) -> Step:
    """The plan that waits for confirmation, else the one in force."""
    plan = turn.view.pending or turn.view.plan
    if plan is None:
        return turn.say(texts.NO_PLAN)
    if plan.adopted:
        said = "\n".join((texts.IN_FORCE.format(named=plan.named, indicators=plan.indicators), *plan.lost))
        taps = [Choice(texts.SEE_TABLE, f"table:{plan.id}")]
        if turn.view.doubts:
            said += "\n" + texts.READ_DOUBTS.format(count=len(turn.view.doubts))
            taps.insert(0, Choice(texts.CHECK.format(count=len(turn.view.doubts)), "check"))
        return turn.say(said, *taps)
    if plan.amends is not None and turn.view.revision is None:
        number = plan.amends.number or texts.AMENDS_UNNAMED
        return turn.say(texts.AMENDS_UNKNOWN.format(number=number), Choice(texts.DISCARD, f"discard:{plan.id}"))
    summary = Outgoing(_summary(turn, plan), _taps(turn, plan))
    if turn.view.revision is None or _is_empty(turn, plan):
        return Step(IDLE, (summary,))
    # One idea a message; what can be tapped is under the last one, where the thumb is.
    return Step(IDLE, (Outgoing(summary.text), _revised(turn, plan, turn.view.revision, 0)))


def show_changes(turn: Turn, plan: str, start: str) -> Step:
    """More of what a new version changes."""
    pending, revision = turn.view.pending, turn.view.revision
    if pending is None or str(pending.id) != plan or revision is None:
        return turn.say(texts.NOTHING_PENDING)
    return Step(IDLE, (_revised(turn, pending, revision, id_of(start)),))


def _revised(turn: Turn, plan: PlanView, revision: PlanDiff, start: int) -> Outgoing:
    head = (head_of(revision),) if not start else ()
    lines = lines_of(revision)
    shown = page_of(lines, start, sum(map(len, head)))
    taps = _taps(turn, plan)
    left = len(lines) - start - len(shown)
    if left > 0:
        taps = (Choice(texts.SEE_MORE.format(count=left), f"changes:{plan.id}:{start + len(shown)}"), *taps)
    return Outgoing("\n".join((*head, *shown)) or texts.VERSION_NO_MORE, taps)


def _summary(turn: Turn, plan: PlanView) -> str:
    head = (
        texts.READ_HEAD.format(named=plan.named, issuer=plan.issuer)
        if plan.issuer
        else texts.READ_HEAD_SHORT.format(named=plan.named)
    )
    if plan.issuer and turn.view.authority and _another(plan.issuer, turn.view.authority):
        head += "\n" + texts.READ_OTHERS.format(issuer=plan.issuer, own=turn.view.authority)
    if _is_empty(turn, plan):
        return "\n".join((head, *plan.lost, texts.READ_NO_INDICATORS))
    counts = texts.READ_COUNTS if plan.groups else texts.READ_COUNTS_FLAT
    line = counts.format(indicators=plan.indicators, groups=plan.groups, units=len(plan.units))
    rule = plan.rules[0].rule.rstrip(".") if plan.rules else None
    if plan.amends is not None:
        line = texts.READ_ROWS.format(indicators=plan.indicators) if plan.indicators else ""
    else:
        line += texts.READ_RULE.format(rule=short_name(rule, 120)) if rule else texts.READ_NO_RULE
    said = [*filter(None, (head, line)), *plan.lost]
    if turn.view.doubts:
        said.append(texts.READ_DOUBTS.format(count=len(turn.view.doubts)))
    elif not plan.lost:
        said.append(texts.READ_NO_DOUBTS)
    return "\n".join(said)


def _another(issuer: str, own: str) -> bool:
    """Whether two names are two authorities'; a scan's slip of a letter makes no other one."""
    return Levenshtein.distance(plain(issuer), plain(own)) > _SLIPS


def _taps(turn: Turn, plan: PlanView) -> tuple[Choice, ...]:
    if _is_empty(turn, plan):
        return (Choice(texts.DISCARD, f"discard:{plan.id}"),)
    taps = [Choice(texts.AMEND if plan.amends else texts.ADOPT, f"adopt:{plan.id}")]
    if turn.view.doubts:
        taps.insert(0, Choice(texts.CHECK.format(count=len(turn.view.doubts)), "check"))
    if plan.indicators:
        taps.append(Choice(texts.SEE_TABLE, f"table:{plan.id}"))
    taps.append(Choice(texts.DISCARD, f"discard:{plan.id}"))
    return tuple(taps)


def _is_empty(turn: Turn, plan: PlanView) -> bool:
    """Whether nothing was read that could be put in force; an amendment may only drop rows, or change the times of
    reporting, or the money."""
    amends = plan.amends is not None and turn.view.revision is not None and not turn.view.revision.nothing
    return not plan.indicators and not amends


def adopt(turn: Turn, plan: str) -> Step:
    """Put the plan in force."""
    pending = turn.view.pending
    if pending is None or str(pending.id) != plan or not turn.person.has(Role.COORDINATOR):
        return turn.say(texts.NOTHING_PENDING)
    if pending.amends is not None and turn.view.revision is None:
        return show(turn)
    revision = turn.view.revision
    amends = revision is not None and pending.amends is not None
    said = texts.ADOPTED.format(named=pending.named)
    if amends and revision is not None:
        said = texts.AMENDED.format(named=named(revision.before)) + _new_times(turn, revision)
    if turn.view.doubts:
        said += texts.ADOPTED_DOUBTS.format(count=len(turn.view.doubts))
    changes: tuple[Change, ...] = (AdoptPlan(pending.id),)
    asked = None if amends else (pending, texts.RULE_ASK) if not pending.rules else None
    if amends and revision is not None and turn.view.plan is not None and _none_left(turn.view.plan, revision):
        asked = turn.view.plan, texts.RULE_ASK_ANEW
    if asked is not None:
        taps = tuple(Choice(words, f"rule:{asked[0].id}:{name}") for name, words in texts.RULES.items())
        return turn.say(f"{said}\n{asked[1]}", *taps, changes=changes)
    return turn.say(said, Choice(texts.INVITE_NEXT, "invitewho"), changes=changes)


def _none_left(plan: PlanView, revision: PlanDiff) -> bool:
    """Whether an amendment ends every reporting rule of a plan."""
    ended = [change.before for change in revision.rules if change.after is None]
    new = any(change.after is not None for change in revision.rules)
    return bool(ended) and not new and all(rule in ended for rule in plan.rules)


def _new_times(turn: Turn, revision: PlanDiff) -> str:
    """When reports are due from now on, where that is another time; and the open period, which is not thrown away."""
    if not revision.rules:
        return ""
    new = "; ".join(dict.fromkeys(when(change.after) for change in revision.rules if change.after is not None))
    said = texts.AMENDED_RULES.format(rules=new) if new else texts.AMENDED_NO_RULES
    standing = turn.view.standing
    if standing is not None and any(item.entry is not None for desk in standing.desks for item in desk.items):
        said += texts.AMENDED_KEPT.format(period=standing.period.label)
    return said


def set_rule(turn: Turn, plan: str, name: str) -> Step:
    """The reporting rule that the coordinator chose, for whichever plan the button names: next year's is adopted before
    it is in force. ``storage`` refuses a plan that is of another authority or not adopted."""
    if name not in RULES or not turn.person.has(Role.COORDINATOR):
        return turn.say(common.STALE_CHOICE)
    frequency, due = RULES[name]
    words = texts.RULES[name]
    rule = ReportingRule(words, frequency, Source(0, 0, words), due)
    return turn.say(
        texts.RULE_SET.format(rule=words.lower()),
        Choice(texts.INVITE_NEXT, "invitewho"),
        changes=(SetReportingRule(id_of(plan), rule),),
    )


def discard(turn: Turn, plan: str) -> Step:
    """Drop the plan that waits."""
    pending = turn.view.pending
    if pending is None or str(pending.id) != plan or not turn.person.has(Role.COORDINATOR):
        return turn.say(texts.NOTHING_PENDING)
    return turn.say(texts.DISCARDED, changes=(DiscardPlan(pending.id),))


def table(turn: Turn, plan: str) -> Step:
    """All indicators that were read, the doubtful ones marked."""
    if not (turn.person.has(Role.COORDINATOR) or turn.person.has(Role.LEADER)):
        return turn.stay(common.NOT_ALLOWED)
    rows = turn.view.rows
    shown = turn.view.pending or turn.view.plan
    if shown is None or str(shown.id) != plan:
        return turn.say(texts.NOTHING_PENDING)
    lines = [texts.TABLE_HEAD.format(named=shown.named)]
    for row in rows:
        words = texts.TABLE_LINE if row.number else texts.TABLE_LINE_PLAIN
        line = words.format(number=row.number, name=short_name(row.name), target=target_text(row.target))
        line += texts.TABLE_ABOVE.format(above=row.above_briefly) if row.above_briefly else ""
        lines.append(line + (texts.TABLE_DOUBT if row.reasons else ""))
    return turn.say("\n".join(lines), *_taps(turn, shown) if not shown.adopted else ())


CHOICES: dict[str, OnChoice] = {
    "adopt": adopt,
    "rule": set_rule,
    "discard": discard,
    "table": table,
    "changes": show_changes,
}
