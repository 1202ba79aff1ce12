"""The plan comes in: reading it, confirming what is doubtful, putting it in force."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.ask import asks
from handlers.changes import (
    AdoptPlan,
    Change,
    ConfirmTarget,
    CorrectTarget,
    DiscardPlan,
    ReadPlan,
    SetReportingRule,
)
from handlers.message import Choice, Document, MessageKind, Outgoing
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common
from handlers.texts import planning as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Doubt, PlanView, Role
from handlers.wording import short_name, target_text
from knowledge.plan import Due, Frequency, Kind, MonthlyDue, QuarterWeekDue, ReportingRule, Source, Target, YearlyDue
from reporting.figure import read_figure

FLOW = "plan"
# What a coordinator can choose where the plan states no rule; NĐ 09/2019/NĐ-CP, Điều 12 closes half-years on the 14th.
RULES: dict[str, tuple[Frequency, Due]] = {
    "monthly": (Frequency.MONTHLY, MonthlyDue(15, before=True)),
    "quarterly": (Frequency.QUARTERLY, QuarterWeekDue("last")),
    "semiannual": (Frequency.SEMIANNUAL, YearlyDue(("06-14", "12-14"), before=False)),
}
# A doubtful target is shown with at most so many choices: a number up to it may be that of a line, typed late.
_MOST_CHOICES = 3
# What is quoted of the printed words beside a doubtful figure.
_PRINTED = 160


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
        said = texts.IN_FORCE.format(named=plan.named, indicators=plan.indicators)
        taps = [Choice(texts.SEE_TABLE, f"table:{plan.id}")]
        if turn.view.doubts:
            said += "\n" + texts.READ_DOUBTS.format(count=len(turn.view.doubts))
            taps.insert(0, Choice(texts.CHECK.format(count=len(turn.view.doubts)), "check"))
        return turn.say(said, *taps)
    return turn.say(_summary(turn, plan), *_taps(turn, plan))


def _summary(turn: Turn, plan: PlanView) -> str:
    head = (
        texts.READ_HEAD.format(named=plan.named, issuer=plan.issuer)
        if plan.issuer
        else texts.READ_HEAD_SHORT.format(named=plan.named)
    )
    if not plan.indicators:
        return f"{head}\n{texts.READ_NO_INDICATORS}"
    counts = texts.READ_COUNTS if plan.groups else texts.READ_COUNTS_FLAT
    line = counts.format(indicators=plan.indicators, groups=plan.groups, units=len(plan.units))
    rule = plan.rules[0].rule.rstrip(".") if plan.rules else None
    line += texts.READ_RULE.format(rule=short_name(rule, 120)) if rule else texts.READ_NO_RULE
    doubts = texts.READ_DOUBTS.format(count=len(turn.view.doubts)) if turn.view.doubts else texts.READ_NO_DOUBTS
    return f"{head}\n{line}\n{doubts}"


def _taps(turn: Turn, plan: PlanView) -> tuple[Choice, ...]:
    if not plan.indicators:
        return (Choice(texts.DISCARD, f"discard:{plan.id}"),)
    taps = []
    if turn.view.doubts:
        taps.append(Choice(texts.CHECK.format(count=len(turn.view.doubts)), "check"))
    else:
        taps.append(Choice(texts.ADOPT, f"adopt:{plan.id}"))
    taps.append(Choice(texts.SEE_TABLE, f"table:{plan.id}"))
    taps.append(Choice(texts.DISCARD, f"discard:{plan.id}"))
    return tuple(taps)


def check(
    turn: Turn, before: str = "", without: frozenset[int] = frozenset(), changes: tuple[Change, ...] = ()
) -> Step:
    """The next doubtful target, with the printed words and why it is doubted."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    doubts = [doubt for doubt in turn.view.doubts if doubt.indicator not in without]
    if not doubts:
        return _all_checked(turn, before, changes)
    total = len(turn.view.doubts)
    doubt = doubts[0]
    position = total - len(doubts) + 1
    head = texts.DOUBT_HEAD if doubt.number else texts.DOUBT_HEAD_PLAIN
    target = target_text(doubt.target)
    lines = [before] if before else []
    lines.append(head.format(position=position, total=total, number=doubt.number, name=doubt.name))
    lines.append(texts.DOUBT_PRINTED.format(printed=" ".join(doubt.printed.split())[:_PRINTED]))
    lines += doubt.reasons
    enter = Choice(texts.ENTER if doubt.target.is_unread else texts.CORRECT, f"wrong:{doubt.indicator}")
    right = () if doubt.target.is_unread else (Choice(texts.CONFIRM.format(target=target), f"right:{doubt.indicator}"),)
    taps = (*right, enter, Choice(texts.LATER, "later"))
    picture = Document("dong.png", "image/png", doubt.picture) if doubt.picture else None
    reply = Outgoing("\n".join(lines), taps, document=picture)
    return Step(IDLE.at(FLOW, "check", indicator=doubt.indicator), (reply,), changes)


def _all_checked(turn: Turn, before: str, changes: tuple[Change, ...]) -> Step:
    text = "\n".join(filter(None, (before, texts.NO_DOUBTS)))
    pending = turn.view.pending
    taps = (Choice(texts.ADOPT, f"adopt:{pending.id}"),) if pending else ()
    return turn.say(text, *taps, changes=changes)


def _doubt(turn: Turn, indicator: int) -> Doubt | None:
    return next((doubt for doubt in turn.view.doubts if doubt.indicator == indicator), None)


def confirm(turn: Turn, indicator: str) -> Step:
    """The target is as understood."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return check(turn, texts.DOUBT_GONE)
    said = texts.CONFIRMED.format(target=target_text(doubt.target))
    return check(turn, said, frozenset({doubt.indicator}), (ConfirmTarget(doubt.indicator),))


def ask_correction(turn: Turn, indicator: str) -> Step:
    """Wait for the right target."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return check(turn, texts.DOUBT_GONE)
    state = IDLE.at(FLOW, "correct", indicator=doubt.indicator)
    example = "95" if doubt.target.kind is Kind.PERCENT else "12"
    return Step(state, (Outgoing(texts.CORRECT_ASK.format(example=example), awaits_figure=True),))


def on_correction(turn: Turn) -> Step:
    """The target as the person typed it from the paper."""
    doubt = _doubt(turn, turn.state.slots["indicator"])
    if doubt is None:
        return check(turn, texts.DOUBT_GONE)
    kind = Kind.PERCENT if doubt.target.kind is Kind.MILESTONE else doubt.target.kind
    unit = doubt.target.unit or "%"
    understood = read_figure(turn.message.text, unit=unit, kind=kind)
    value: Decimal | None = understood.figure.value if understood.figure else None
    if value is None:
        return turn.stay(understood.question or texts.CORRECT_ASK.format(example="95"))
    target = Target(doubt.target.operator, value, unit, kind, turn.message.text.strip())
    said = texts.CORRECTED.format(target=target_text(target))
    return check(turn, said, frozenset({doubt.indicator}), (CorrectTarget(doubt.indicator, target),))


def on_check(turn: Turn) -> Step | None:
    """Words typed while a doubtful target is shown: a number is its correction, unless it may be that of a line of the
    list above it, typed late."""
    text = turn.message.text
    if turn.message.kind is not MessageKind.TEXT or asks(text) or not any(c.isdigit() for c in text):
        return None
    if _may_be_a_line(text):
        return check(turn, texts.CHOOSE_AGAIN)
    return on_correction(turn)


def _may_be_a_line(text: str) -> bool:
    numbers = re.findall(r"\d+", text)
    return len(numbers) == 1 and int(numbers[0]) <= _MOST_CHOICES and not any(sign in text for sign in "%,")


def later(turn: Turn) -> Step:
    """Leave the doubts for another time; they stay marked wherever they are shown."""
    return show(turn)


def adopt(turn: Turn, plan: str) -> Step:
    """Put the plan in force."""
    pending = turn.view.pending
    if pending is None or str(pending.id) != plan or not turn.person.has(Role.COORDINATOR):
        return turn.say(texts.NOTHING_PENDING)
    said = texts.ADOPTED.format(named=pending.named)
    if turn.view.doubts:
        said += texts.ADOPTED_DOUBTS.format(count=len(turn.view.doubts))
    changes: tuple[Change, ...] = (AdoptPlan(pending.id),)
    if not pending.rules:
        taps = tuple(Choice(words, f"rule:{pending.id}:{name}") for name, words in texts.RULES.items())
        return turn.say(f"{said}\n{texts.RULE_ASK}", *taps, changes=changes)
    return turn.say(said, Choice(texts.INVITE_NEXT, "invitewho"), changes=changes)


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
        line = texts.TABLE_LINE.format(
            number=row.number or "-", name=short_name(row.name), target=target_text(row.target)
        )
        lines.append(line + (texts.TABLE_DOUBT if row.reasons else ""))
    return turn.say("\n".join(lines), *_taps(turn, shown) if not shown.adopted else ())


CHOICES: dict[str, OnChoice] = {
    "check": check,
    "right": confirm,
    "wrong": ask_correction,
    "later": later,
    "adopt": adopt,
    "rule": set_rule,
    "discard": discard,
    "table": table,
}
