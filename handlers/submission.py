"""Looking over what was entered, mending a line, adding evidence, submitting."""

from __future__ import annotations

import re

from handlers.changes import AddEvidence, Change, KeepReturned, SubmitReport
from handlers.desk import desk_of, drafts, filled, in_state, item_of
from handlers.message import Choice, MessageKind, Outgoing
from handlers.question import show
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.texts import common, reviewing
from handlers.texts import reporting as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk
from handlers.warning import warning_of
from handlers.wording import clock, day, entry_text, short_day, short_name
from knowledge.repair import strip_marks
from reporting.entry import EntryState

FLOW = "submission"
_MEND = re.compile(r"^(?:sua|s)\s*(?:dong\s*)?(\d{1,3})$")


def show_review(turn: Turn, desk: Desk, before: str = "", changes: tuple[Change, ...] = ()) -> Step:
    """All indicators of the desk with their figures, ready to be submitted."""
    done, total = len(filled(desk)), len(desk.items)
    head = texts.REVIEW_HEAD_FULL if done == total else texts.REVIEW_HEAD
    lines = [head.format(done=done, total=total)]
    lines += [
        texts.REVIEW_LINE.format(
            number=item.number,
            name=short_name(item.name),
            figure=texts.REVIEW_MISSING if item.open else entry_text(item.entry, texts.REVIEW_MISSING),
        )
        for item in desk.items
    ]
    lines.append(texts.REVIEW_MEND.format(number=desk.items[0].number))
    here = f"{desk.unit.id}:{desk.period.id}"
    taps = []
    if drafts(desk):
        taps.append(Choice(texts.SUBMIT, f"submit:{here}"))
    if done < total:
        taps.append(Choice(texts.CONTINUE, f"report:{here}"))
    taps.append(Choice(texts.EVIDENCE, f"evidence:{here}"))
    text = "\n".join(([before] if before else []) + lines)
    return Step(_state(desk, "review"), (Outgoing(text, tuple(taps)),), changes)


def _state(desk: Desk, step: str) -> State:
    return IDLE.at(FLOW, step, unit=desk.unit.id, period=desk.period.id)


def _desk(turn: Turn) -> Desk | None:
    slots = turn.state.slots
    return desk_of(turn.view, slots["unit"], slots["period"])


def look(turn: Turn, unit: str, period: str) -> Step:
    """Look over what was entered so far."""
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    return turn.say(common.STALE_CHOICE) if desk is None or not desk.items else show_review(turn, desk)


def on_message(turn: Turn) -> Step | None:
    """Words while the review stands: "sửa 2", "nộp", a photo; None when it is something else."""
    desk = _desk(turn)
    if desk is None:
        return None
    if turn.message.kind in (MessageKind.PHOTO, MessageKind.FILE):
        return keep_evidence(turn, desk)
    folded = " ".join(strip_marks(turn.message.text).strip(" .!").split())
    if turn.state.step == "evidence" and folded in ("xong", "het", "du roi", "xong roi"):
        return show_review(turn, desk)
    if folded in ("nop", "nop bao cao", "gui", "gui bao cao", "ok", "xac nhan", "dong y"):
        return submit(turn, str(desk.unit.id), str(desk.period.id))
    mend = _MEND.match(folded)
    if mend is None:
        return None
    item = next((i for i in desk.items if i.number == int(mend.group(1))), None)
    if item is None:
        return turn.stay(texts.NO_SUCH_LINE.format(number=mend.group(1), last=desk.items[-1].number))
    state = IDLE.at("report", "figure", unit=desk.unit.id, period=desk.period.id, queue=[item.indicator], at=0)
    return Step(state, (show(desk, item, 1, 1),))


def submit(turn: Turn, unit: str, period: str) -> Step:
    """Hand in all drafts; the coordinators hear of it."""
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    if desk is None:
        return turn.say(common.STALE_CHOICE)
    ready = drafts(desk)
    if not ready:
        handed = in_state(desk, EntryState.SUBMITTED, EntryState.APPROVED)
        if handed and len(handed) == len(desk.items):
            said = texts.ALL_SUBMITTED.format(unit=desk.unit.name, count=len(desk.items), period=desk.period.label)
            return turn.say(said)
        return turn.say(texts.NOTHING_TO_SUBMIT)
    odd = sum(1 for item in ready if warning_of(item))
    told = reviewing.TOLD_SUBMITTED.format(
        unit=desk.unit.name,
        period=desk.period.label,
        count=len(ready),
        warnings=reviewing.TOLD_WARNINGS.format(warnings=odd) if odd else "",
    )
    taps = (Choice(reviewing.SEE_REPORT, f"see:{desk.unit.id}:{desk.period.id}"), Choice(common.MENU_REVIEW, "review"))
    notices = tuple(Outgoing(told, taps, to=chat) for chat in turn.view.coordinators if chat != turn.message.chat)
    reply = Outgoing(_submitted(turn, desk, len(filled(desk))), (Choice(texts.EVIDENCE, f"evidence:{unit}:{period}"),))
    return Step(IDLE, (reply, *notices), (SubmitReport(desk.unit.id, desk.period.id or 0),))


def _submitted(turn: Turn, desk: Desk, done: int) -> str:
    now, due, total = turn.view.now, desk.period.due, len(desk.items)
    if done < total:
        return texts.SUBMITTED_PARTLY.format(
            done=done, total=total, left=total - done, time=clock(now), day=day(now.date()), due=short_day(due)
        )
    days = (due - now.date()).days
    timeliness = (
        texts.EARLY.format(days=days) if days > 0 else texts.LATE.format(days=-days) if days < 0 else texts.ON_THE_DAY
    )
    return texts.SUBMITTED.format(time=clock(now), day=day(now.date()), timeliness=timeliness)


def ask_evidence(turn: Turn, unit: str, period: str) -> Step:
    """Wait for photos."""
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    if desk is None:
        return turn.say(common.STALE_CHOICE)
    return Step(_state(desk, "evidence"), (Outgoing(texts.EVIDENCE_SEND),))


def keep_evidence(turn: Turn, desk: Desk) -> Step:
    """A photo or file goes with the unit's report."""
    assert turn.message.attachment is not None, "a photo comes with its attachment"
    change = AddEvidence(desk.unit.id, desk.period.id or 0, turn.message.attachment)
    if not drafts(desk):
        return Step(turn.state, (Outgoing(texts.EVIDENCE_ON_SUBMITTED),), (change,))
    step = show_review(turn, desk, texts.EVIDENCE_KEPT)
    return Step(step.state, step.replies, (change,))


def ask_explanation(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """A returned figure is right after all: ask for the words that say why."""
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    item = item_of(desk, id_of(indicator)) if desk else None
    if desk is None or item is None or item.entry is None or item.entry.state is not EntryState.RETURNED:
        return turn.say(texts.NOT_RETURNED)
    said = texts.EXPLAIN.format(name=short_name(item.name), figure=entry_text(item.entry, texts.REVIEW_MISSING))
    return turn.say(
        said,
        state=IDLE.at("explain", "reason", unit=desk.unit.id, period=desk.period.id, indicator=item.indicator),
    )


def on_explanation(turn: Turn) -> Step:
    """The explanation goes back to the reviewer with the figure unchanged."""
    slots = turn.state.slots
    text = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or not any(c.isalpha() for c in text):
        return turn.stay(texts.REASON_NEEDS_WORDS)
    desk = desk_of(turn.view, slots["unit"], slots["period"])
    if desk is None:
        return turn.say(texts.NOT_RETURNED)
    told = reviewing.TOLD_SUBMITTED.format(unit=desk.unit.name, period=desk.period.label, count=1, warnings="")
    taps = (Choice(reviewing.SEE_REPORT, f"see:{desk.unit.id}:{desk.period.id}"),)
    return Step(
        IDLE,
        (Outgoing(texts.EXPLAINED), *(Outgoing(told, taps, to=chat) for chat in turn.view.coordinators)),
        (KeepReturned(slots["indicator"], desk.unit.id, desk.period.id or 0, text),),
    )


CHOICES: dict[str, OnChoice] = {
    "look": look,
    "submit": submit,
    "evidence": ask_evidence,
    "explain": ask_explanation,
}
