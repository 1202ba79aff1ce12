"""What was read doubtfully is settled by a person, one target after the other: confirmed, corrected, or left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.ask import asks
from handlers.changes import Change, ConfirmTarget, CorrectTarget
from handlers.message import Choice, MessageKind, Outgoing
from handlers.plans import FLOW, show
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.texts import common
from handlers.texts import planning as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.typed_target import is_rate, read_typed
from handlers.view import Doubt, Role
from handlers.wording import target_text
from knowledge.plan import Operator, Target
from knowledge.repair import strip_marks
from knowledge.targets import percent_target
from knowledge.value_cells import candidates
from reporting.milestone_words import read_milestone

# A doubtful target is shown with at most so many choices: a number up to it may be that of a line, typed late.
_MOST_CHOICES = 3
_WHOLE = 100
# What is quoted of the printed words beside a doubtful figure.
_PRINTED = 160
# Words that move on, as people type them, folded.
_SKIP = frozenset({"bo qua", "bo", "qua", "tiep", "tiep theo", "chua ro", "khong ro", "khong biet"})
_LATER = frozenset({"de sau", "de sau nhe", "thoi", "thoi de sau"})


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where the person is: at which of how many, and what was left open on the way."""

    at: int
    total: int
    skipped: tuple[int, ...] = ()

    def on(self, skipping: int | None = None) -> _Walk:
        """One further; ``skipping`` leaves this one open."""
        return replace(self, at=self.at + 1, skipped=self.skipped if skipping is None else (*self.skipped, skipping))


def _walk(turn: Turn, indicator: int) -> _Walk:
    """The walk that stands at this indicator; an old button of another one begins anew."""
    slots = turn.state.slots
    if turn.state.flow == FLOW and slots.get("indicator") == indicator and "total" in slots:
        return _Walk(slots["at"], slots["total"], tuple(slots["skipped"]))
    return _Walk(1, len(turn.view.doubts))


def check(turn: Turn) -> Step:
    """Begin with the first doubtful target."""
    return _question(turn, _Walk(1, len(turn.view.doubts)))


def _question(
    turn: Turn, walk: _Walk, before: str = "", settled: int | None = None, changes: tuple[Change, ...] = ()
) -> Step:
    """The next doubtful target, with the printed words and why it is doubted; ``settled`` is the one of this turn."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    left = [doubt for doubt in turn.view.doubts if doubt.indicator != settled]
    doubt = next((doubt for doubt in left if doubt.indicator not in walk.skipped), None)
    if doubt is None:
        return _end(turn, before, len(left), changes)
    head = texts.DOUBT_HEAD if doubt.number else texts.DOUBT_HEAD_PLAIN
    lines = [before] if before else []
    lines.append(head.format(position=walk.at, total=walk.total, number=doubt.number, name=doubt.name))
    lines.append(texts.DOUBT_PRINTED.format(printed=" ".join(doubt.printed.split())[:_PRINTED]))
    lines += doubt.reasons
    if doubt.beside:
        lines.append(doubt.beside)
    here, unread = doubt.indicator, doubt.target.is_unread
    taps = [Choice(texts.ENTER if unread else texts.CORRECT, f"wrong:{here}"), Choice(texts.SKIP, f"skipdoubt:{here}")]
    likely = _likely(doubt)
    if likely is not None:
        taps.insert(0, Choice(texts.MEANT.format(rate=likely), f"meant:{here}:{likely}"))
    elif not unread and not _is_impossible(doubt):
        taps[:0] = [
            Choice(texts.CONFIRM.format(target=target_text(doubt.target)), f"right:{here}"),
            *(
                Choice(texts.MEANT_THERE.format(target=target_text(one)), f"there:{here}")
                for one in doubt.elsewhere[:1]
            ),
        ]
    return Step(_state("check", here, walk), (Outgoing("\n".join(lines), tuple(taps), row=here),), changes)


def _is_impossible(doubt: Doubt) -> bool:
    """True for a rate that was read as a count, and is above a hundred: nobody is asked to say that it is right."""
    value = doubt.target.value
    return value is not None and value > _WHOLE and is_rate(doubt) and doubt.target.unit is None


def _likely(doubt: Doubt) -> int | None:
    """What an impossible rate was before its per cent sign was read as digits; None where nothing fits."""
    if not _is_impossible(doubt):
        return None
    readings = candidates(f"{doubt.target.value:f}")
    return next((int(one) for one in readings if one <= _WHOLE and one == one.to_integral_value()), None)


def _state(step: str, indicator: int, walk: _Walk) -> State:
    return IDLE.at(FLOW, step, indicator=indicator, at=walk.at, total=walk.total, skipped=list(walk.skipped))


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


def _doubt(turn: Turn, indicator: int) -> Doubt | None:
    return next((doubt for doubt in turn.view.doubts if doubt.indicator == indicator), None)


def _gone(turn: Turn) -> Step:
    return _question(turn, _Walk(1, len(turn.view.doubts)), texts.DOUBT_GONE)


def confirm(turn: Turn, indicator: str) -> Step:
    """The target is as understood."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return _gone(turn)
    said = texts.CONFIRMED.format(target=target_text(doubt.target))
    here = doubt.indicator
    return _question(turn, _walk(turn, here).on(), said, here, (ConfirmTarget(here),))


def mean(turn: Turn, indicator: str, rate: str) -> Step:
    """The rate that was offered for an impossible figure."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return _gone(turn)
    if _likely(doubt) != id_of(rate):
        return turn.stay(common.STALE_CHOICE)
    return _corrected(turn, doubt, percent_target(doubt.target.operator or Operator.EQUAL, Decimal(id_of(rate))))


def mean_there(turn: Turn, indicator: str) -> Step:
    """The target that another place of the plan sets."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None or not doubt.elsewhere:
        return _gone(turn)
    return _corrected(turn, doubt, doubt.elsewhere[0])


def _corrected(turn: Turn, doubt: Doubt, target: Target) -> Step:
    said = texts.CORRECTED.format(target=target_text(target))
    here = doubt.indicator
    return _question(turn, _walk(turn, here).on(), said, here, (CorrectTarget(here, target),))


def skip(turn: Turn, indicator: str) -> Step:
    """Leave this one open for now; it stays marked wherever it is shown."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return _gone(turn)
    return _question(turn, _walk(turn, doubt.indicator).on(skipping=doubt.indicator), texts.SKIPPED)


def later(turn: Turn) -> Step:
    """Leave all that are left for another time."""
    return show(turn)


def ask_correction(turn: Turn, indicator: str) -> Step:
    """Wait for the right target."""
    doubt = _doubt(turn, id_of(indicator))
    if doubt is None:
        return _gone(turn)
    return _asked(turn, doubt, texts.CORRECT_ASK)


def _asked(turn: Turn, doubt: Doubt, words: str) -> Step:
    state = _state("correct", doubt.indicator, _walk(turn, doubt.indicator))
    skipping = Choice(texts.SKIP, f"skipdoubt:{doubt.indicator}")
    return Step(state, (Outgoing(words.format(example=_example(doubt)), (skipping,), awaits_figure=True),))


def _example(doubt: Doubt) -> str:
    if is_rate(doubt):
        return texts.EXAMPLE_RATE
    if doubt.target.is_unread:
        return texts.EXAMPLE_ANY
    return texts.EXAMPLE_COUNT.format(unit=doubt.target.unit or "").strip()


def on_correction(turn: Turn) -> Step | None:
    """The target as the person typed it from the paper; None for a question to the plans."""
    doubt = _doubt(turn, turn.state.slots["indicator"])
    if doubt is None:
        return _gone(turn)
    moved = _moved_on(turn, doubt)
    if moved is not None:
        return moved
    text = turn.message.text
    if turn.message.kind is MessageKind.TEXT and asks(text):
        return None
    target = read_typed(text, doubt)
    if target is None:
        return _asked(turn, doubt, texts.CORRECT_AGAIN)
    return _corrected(turn, doubt, target)


def _moved_on(turn: Turn, doubt: Doubt) -> Step | None:
    folded = " ".join(strip_marks(turn.message.text).strip(" .!").split())
    if folded in _SKIP:
        return skip(turn, str(doubt.indicator))
    return later(turn) if folded in _LATER else None


def on_check(turn: Turn) -> Step | None:
    """Words typed while a doubtful target is shown: a figure is its correction, unless it may be that of a line of the
    list above it, typed late."""
    text = turn.message.text
    if turn.message.kind is not MessageKind.TEXT or asks(text):
        return None
    doubt = _doubt(turn, turn.state.slots["indicator"])
    if doubt is None:
        return _gone(turn)
    if not any(c.isdigit() for c in text):
        return on_correction(turn) if read_milestone(text) else _moved_on(turn, doubt)
    if _may_be_a_line(text, _MOST_CHOICES + len(doubt.elsewhere[:1])):
        return _question(turn, _walk(turn, doubt.indicator), texts.CHOOSE_AGAIN)
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
    "later": later,
}
