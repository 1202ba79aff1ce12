"""What was read doubtfully is settled by a person, one place after the other: confirmed, corrected, or left open."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.ask import asks
from handlers.changes import Change, ConfirmTarget, CorrectTarget, SettleLead
from handlers.doubt_question import likely_rate, lines_of, skipping, taps_of
from handlers.message import Choice, MessageKind, Outgoing
from handlers.plans import show
from handlers.step import Step
from handlers.texts import common
from handlers.texts import planning as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.typed_lead import offered, read_lead
from handlers.typed_target import is_rate, read_typed
from handlers.view import Doubt, Role
from handlers.walk import Walk, beginning, walk_at
from handlers.wording import target_text
from knowledge.plan import Operator, Target
from knowledge.repair import strip_marks
from knowledge.targets import percent_target
from reporting.milestone_words import read_milestone

# A doubtful target is shown with at most so many choices: a number up to it may be that of a line, typed late.
_MOST_CHOICES = 3
# Words that move on, as people type them, folded.
_SKIP = frozenset({"bo qua", "bo", "qua", "tiep", "tiep theo", "chua ro", "khong ro", "khong biet"})
_LATER = frozenset({"de sau", "de sau nhe", "thoi", "thoi de sau"})


def check(turn: Turn) -> Step:
    """Begin with the first doubtful target."""
    return _question(turn, beginning(turn))


def _question(
    turn: Turn, walk: Walk, before: str = "", settled: str | None = None, changes: tuple[Change, ...] = ()
) -> Step:
    """The next doubtful place, with the printed words and why it is doubted; ``settled`` is the one of this turn."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    left = [doubt for doubt in turn.view.doubts if doubt.key != settled]
    doubt = next((doubt for doubt in left if doubt.key not in walk.skipped), None)
    if doubt is None:
        return _end(turn, before, len(left), changes)
    head = texts.DOUBT_HEAD if doubt.number else texts.DOUBT_HEAD_PLAIN
    lines = [before] if before else []
    lines.append(head.format(position=walk.at, total=walk.total, number=doubt.number, name=doubt.name))
    lines += lines_of(doubt)
    return Step(
        walk.state("check", doubt.key), (Outgoing("\n".join(lines), taps_of(doubt), row=doubt.indicator),), changes
    )


def _end(turn: Turn, before: str, left: int, changes: tuple[Change, ...]) -> Step:
    """Everything was looked at; ``left`` were left open, and do not keep the plan from being used."""
    pending = turn.view.pending
    taps = []
    if left:
        taps.append(Choice(texts.CHECK.format(count=left), "check"))
    if pending:
        taps.append(Choice(texts.ADOPT, f"adopt:{pending.id}"))
    said = texts.LEFT_OPEN.format(count=left) if left else texts.NO_DOUBTS
    return turn.say("\n".join(filter(None, (before, said))), *taps, changes=changes)


def _doubt(turn: Turn, indicator: str, *, about_lead: bool = False) -> Doubt | None:
    at = id_of(indicator)
    return next((d for d in turn.view.doubts if d.indicator == at and d.about_lead is about_lead), None)


def _standing(turn: Turn) -> Doubt | None:
    """The doubt that the conversation stands at; a row that is settled, where it is to be corrected all the same."""
    places = (*turn.view.doubts, *(turn.view.rows if turn.state.slots.get("anew") else ()))
    return next((doubt for doubt in places if doubt.key == turn.state.slots.get("doubt")), None)


def _gone(turn: Turn) -> Step:
    return _question(turn, beginning(turn), texts.DOUBT_GONE)


def confirm(turn: Turn, indicator: str) -> Step:
    """The target is as understood."""
    doubt = _doubt(turn, indicator)
    if doubt is None:
        return _gone(turn)
    said = texts.CONFIRMED.format(target=target_text(doubt.target))
    here = doubt.indicator
    return _question(turn, walk_at(turn, doubt.key).on(), said, doubt.key, (ConfirmTarget(here),))


def mean(turn: Turn, indicator: str, rate: str) -> Step:
    """The rate that was offered for an impossible figure."""
    doubt = _doubt(turn, indicator)
    if doubt is None:
        return _gone(turn)
    if likely_rate(doubt) != id_of(rate):
        return turn.stay(common.STALE_CHOICE)
    return _corrected(turn, doubt, percent_target(doubt.target.operator or Operator.EQUAL, Decimal(id_of(rate))))


def mean_there(turn: Turn, indicator: str) -> Step:
    """The target that another place of the plan sets."""
    doubt = _doubt(turn, indicator)
    if doubt is None or not doubt.elsewhere:
        return _gone(turn)
    return _corrected(turn, doubt, doubt.elsewhere[0])


def _corrected(turn: Turn, doubt: Doubt, target: Target) -> Step:
    said = texts.CORRECTED.format(target=target_text(target))
    change = CorrectTarget(doubt.indicator, target)
    return _question(turn, walk_at(turn, doubt.key).on(), said, doubt.key, (change,))


def skip(turn: Turn, indicator: str) -> Step:
    """Leave this one open for now; it stays marked wherever it is shown."""
    doubt = _doubt(turn, indicator)
    if doubt is None:
        return _gone(turn)
    return _skipped(turn, doubt)


def _skipped(turn: Turn, doubt: Doubt) -> Step:
    return _question(turn, walk_at(turn, doubt.key).on(skipping=doubt.key), texts.SKIPPED)


def skip_lead(turn: Turn, indicator: str) -> Step:
    """Leave this lead open for now."""
    doubt = _doubt(turn, indicator, about_lead=True)
    return _gone(turn) if doubt is None else _skipped(turn, doubt)


def lead(turn: Turn, indicator: str, at: str) -> Step:
    """The unit that was offered."""
    doubt = _doubt(turn, indicator, about_lead=True)
    if doubt is None:
        return _gone(turn)
    likely = offered(doubt)
    return _led(turn, doubt, likely[id_of(at)]) if id_of(at) < len(likely) else turn.stay(common.STALE_CHOICE)


def _led(turn: Turn, doubt: Doubt, units: tuple[str, ...]) -> Step:
    said = texts.LEAD_SETTLED.format(lead="; ".join(units))
    change = SettleLead(doubt.indicator, units)
    return _question(turn, walk_at(turn, doubt.key).on(), said, doubt.key, (change,))


def ask_lead(turn: Turn, indicator: str) -> Step:
    """Wait for the right unit."""
    doubt = _doubt(turn, indicator, about_lead=True)
    return _gone(turn) if doubt is None else _asked(turn, doubt, texts.LEAD_ASK)


def later(turn: Turn) -> Step:
    """Leave all that are left for another time."""
    return show(turn)


def ask_correction(turn: Turn, indicator: str) -> Step:
    """Wait for the right target; also where it was settled, by a tap too quick or by somebody else."""
    doubt = _doubt(turn, indicator)
    if doubt is None:
        settled = next((row for row in turn.view.rows if row.indicator == id_of(indicator)), None)
        if settled is None or not turn.person.has(Role.COORDINATOR):
            return _gone(turn)
        words = texts.CORRECT_ANEW.replace("{target}", target_text(settled.target))
        return _asked(turn, settled, words, anew=True)
    return _asked(turn, doubt, texts.CORRECT_ASK)


def _asked(turn: Turn, doubt: Doubt, words: str, *, anew: bool = False) -> Step:
    state = walk_at(turn, doubt.key).state("correct", doubt.key)
    if anew:
        state = state.with_slots(anew=True)
    said = words.format(example=_lead_example(turn, doubt) if doubt.about_lead else _example(doubt))
    return Step(state, (Outgoing(said, (skipping(doubt),), awaits_figure=not doubt.about_lead),))


def _lead_example(turn: Turn, doubt: Doubt) -> str:
    return next((name for name in _units(turn) if (name,) not in offered(doubt)), texts.LEAD_EXAMPLE)


def _units(turn: Turn) -> list[str]:
    """The names of the plan's units, and of those that the authority has."""
    plans = (turn.view.pending, turn.view.plan)
    return list(dict.fromkeys([n for plan in plans if plan for n in plan.units] + [u.name for u in turn.view.units]))


def _example(doubt: Doubt) -> str:
    if is_rate(doubt):
        return texts.EXAMPLE_RATE
    if doubt.target.is_unread:
        return texts.EXAMPLE_ANY
    return texts.EXAMPLE_COUNT.format(unit=doubt.target.unit or "").strip()


def on_correction(turn: Turn) -> Step | None:
    """The target as the person typed it from the paper; None for a question to the plans."""
    doubt = _standing(turn)
    if doubt is None:
        return _gone(turn)
    moved = _moved_on(turn, doubt)
    if moved is not None:
        return moved
    text = turn.message.text
    if turn.message.kind is MessageKind.TEXT and asks(text):
        return None
    if doubt.about_lead:
        units = read_lead(text, _units(turn))
        return _led(turn, doubt, units) if units else _asked(turn, doubt, texts.LEAD_AGAIN)
    target = read_typed(text, doubt)
    if target is None:
        return _asked(turn, doubt, texts.CORRECT_AGAIN, anew=bool(turn.state.slots.get("anew")))
    return _corrected(turn, doubt, target)


def _moved_on(turn: Turn, doubt: Doubt) -> Step | None:
    folded = " ".join(strip_marks(turn.message.text).strip(" .!").split())
    if folded in _SKIP:
        return _skipped(turn, doubt)
    return later(turn) if folded in _LATER else None


def on_check(turn: Turn) -> Step | None:
    """Words typed while a doubtful target is shown: a figure is its correction, unless it may be that of a line of the
    list above it, typed late."""
    text = turn.message.text
    if turn.message.kind is not MessageKind.TEXT or asks(text):
        return None
    doubt = _standing(turn)
    if doubt is None:
        return _gone(turn)
    if doubt.about_lead:
        units = read_lead(text, _units(turn))
        return _led(turn, doubt, units) if units else _moved_on(turn, doubt)
    if not any(c.isdigit() for c in text):
        return on_correction(turn) if read_milestone(text) else _moved_on(turn, doubt)
    if _may_be_a_line(text, _MOST_CHOICES + len(doubt.elsewhere[:1])):
        return _question(turn, walk_at(turn, doubt.key), texts.CHOOSE_AGAIN)
    return on_correction(turn)


def _may_be_a_line(text: str, lines: int) -> bool:
    numbers = re.findall(r"\d+", text)
    return len(numbers) == 1 and int(numbers[0]) <= lines and not any(sign in text for sign in "%,")


CHOICES: dict[str, OnChoice] = {
    "check": check,
    "right": confirm,
    "meant": mean,
    "there": mean_there,
    "wrong": ask_correction,
    "skipdoubt": skip,
    "led": lead,
    "wronglead": ask_lead,
    "skiplead": skip_lead,
    "later": later,
}
