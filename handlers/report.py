"""Reporting: one indicator after the other, with back, skip, keep, stop; the review is in ``handlers.submission``."""

from __future__ import annotations

from handlers.changes import Change, RecordDelay, SaveDraft, Snooze
from handlers.desk import current, desk_of, drafts, filled, handed_in, item_of, waiting, with_draft
from handlers.message import Choice, Outgoing
from handlers.question import again, here_of, show
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.submission import show_review
from handlers.texts import common, reminding
from handlers.texts import reporting as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk, Item
from handlers.wording import day, entry_text, short_name, target_text, weekday
from reporting.entry import EntryState, Figure, Milestone

FLOW = "report"


def start(turn: Turn, unit: str | None = None, period: str | None = None) -> Step:
    """Begin, or go on where the unit stopped, on whatever phone: in the period that is named, else in the earliest
    that the unit has not finished."""
    if unit is not None and period is not None:
        named = desk_of(turn.view, id_of(unit), id_of(period))
        if named is not None and not handed_in(named):
            return _begin(turn, named)
    desks = [desk for desk in current(turn.view) if unit is None or desk.unit.id == id_of(unit)]
    if not desks:
        return turn.say(_why_nothing(turn))
    if len(desks) > 1:
        unfinished = [d for d in desks if not handed_in(d)]
        if len(unfinished) != 1:
            choices = [Choice(d.unit.name, f"report:{d.unit.id}") for d in desks]
            return turn.say(texts.WHICH_UNIT, *choices)
        desks = unfinished
    return _begin(turn, desks[0])


def _begin(turn: Turn, desk: Desk) -> Step:
    todo = waiting(desk)
    if todo:
        return ask(turn, desk, tuple(item.indicator for item in todo), 0)
    if drafts(desk):
        return show_review(turn, desk)
    approved = all(i.entry and i.entry.state is EntryState.APPROVED for i in desk.items)
    said = texts.ALL_APPROVED if approved else texts.ALL_SUBMITTED
    return turn.say(said.format(unit=desk.unit.name, count=len(desk.items), period=desk.period.label))


def _why_nothing(turn: Turn) -> str:
    if turn.view.desks:
        return texts.NO_INDICATORS.format(unit=turn.view.desks[0].unit.name)
    if not turn.person.units:
        return texts.NO_UNIT
    if not turn.person.reports_for:
        return texts.LEADER_ONLY_READS
    upcoming = turn.view.next_period
    if upcoming is None:
        return texts.NOTHING_OPEN
    return texts.NOTHING_OPEN + texts.NEXT_OPENS.format(
        label=upcoming.label, opens=day(upcoming.opens), due=weekday(upcoming.due)
    )


def ask(
    turn: Turn, desk: Desk, queue: tuple[int, ...], at: int, before: str = "", changes: tuple[Change, ...] = ()
) -> Step:
    """Show the question at this place of the queue; past its end comes the review."""
    while at < len(queue) and item_of(desk, queue[at]) is None:
        at += 1
    if at >= len(queue):
        return show_review(turn, desk, before, changes)
    item = item_of(desk, queue[at])
    assert item is not None
    state = IDLE.at(FLOW, "figure", unit=desk.unit.id, period=desk.period.id, queue=list(queue), at=at)
    return Step(state, (show(desk, item, at + 1, len(queue), before),), changes)


def here(turn: Turn) -> tuple[Desk, Item, tuple[int, ...], int] | None:
    """Where the report stands, or None when the state is of another flow or its period has closed meanwhile."""
    slots = turn.state.slots
    if turn.state.flow != FLOW or "queue" not in slots:
        return None
    desk = desk_of(turn.view, slots["unit"], slots["period"])
    queue, at = tuple(slots["queue"]), slots["at"]
    item = item_of(desk, queue[at]) if desk and at < len(queue) else None
    return (desk, item, queue, at) if desk and item else None


def take(turn: Turn, figure: Figure, before: str, note: str | None = None) -> Step:
    """Keep a figure for the question that stands, and go on to the next."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, item, queue, at = place
    change = SaveDraft(item.indicator, desk.unit.id, _period(desk), figure, note)
    return ask(turn, with_draft(desk, change), queue, at + 1, before, (change,))


def at_question(turn: Turn, indicator: str, unit: str, period: str) -> tuple[Turn, bool]:
    """The turn at the question whose button was pressed.

    The standing question first; a button of an earlier question of the same report goes back to that one. False when
    the period of the button is no longer open.
    """
    place = here(turn)
    if place is not None and here_of(place[0], place[1]) == f"{id_of(indicator)}:{id_of(unit)}:{id_of(period)}":
        return turn, True
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    if desk is None or item_of(desk, id_of(indicator)) is None:
        return turn, False
    queue: list[int] = []
    if turn.state.flow == FLOW and _reports_on(turn, desk):
        queue = list(turn.state.slots.get("queue", []))
    if id_of(indicator) not in queue:
        queue = [id_of(indicator), *queue]
    state = IDLE.at(
        FLOW, "figure", unit=id_of(unit), period=id_of(period), queue=queue, at=queue.index(id_of(indicator))
    )
    return turn.at(state), True


def _reports_on(turn: Turn, desk: Desk) -> bool:
    slots = turn.state.slots
    return slots.get("unit") == desk.unit.id and slots.get("period") == desk.period.id


def keep(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """The same figure as last period."""
    turn, open_ = at_question(turn, indicator, unit, period)
    return keep_here(turn) if open_ else turn.say(common.STALE_CHOICE)


def keep_here(turn: Turn) -> Step:
    """The same figure as last period, for the question that stands."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, item, queue, at = place
    if item.last is None:
        return Step(turn.state, (again(desk, item, at + 1, len(queue), texts.NO_LAST_TO_KEEP),))
    said = texts.KEPT_LAST.format(figure=entry_text(item.last, texts.REVIEW_MISSING))
    return take(turn, item.last.figure, said)


def stage(turn: Turn, reached: str, indicator: str, unit: str, period: str) -> Step:
    """How far a milestone has come."""
    turn, open_ = at_question(turn, indicator, unit, period)
    if not open_:
        return turn.say(common.STALE_CHOICE)
    if reached not in texts.MILESTONES:
        return turn.say(common.STALE_CHOICE)
    milestone = Milestone(reached)
    return take(turn, Figure(milestone=milestone), texts.UNDERSTOOD.format(figure=texts.MILESTONES[reached].lower()))


def skip(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """Leave this indicator without a figure."""
    turn, open_ = at_question(turn, indicator, unit, period)
    return skip_here(turn) if open_ else turn.say(common.STALE_CHOICE)


def skip_here(turn: Turn) -> Step:
    """Leave the question that stands without a figure."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, _, queue, at = place
    return ask(turn, desk, queue, at + 1, texts.SKIPPED)


def back(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """Return to the question before."""
    turn, open_ = at_question(turn, indicator, unit, period)
    return back_here(turn) if open_ else turn.say(common.STALE_CHOICE)


def back_here(turn: Turn) -> Step:
    """Return to the question before the one that stands."""
    place = here(turn)
    if place is None:
        return start(turn)
    desk, item, queue, at = place
    if at == 0:
        return Step(turn.state, (again(desk, item, 1, len(queue), texts.NO_PREVIOUS_QUESTION),))
    return ask(turn, desk, queue, at - 1)


def stop(turn: Turn) -> Step:
    """Stop whatever is being done; figures already entered stay."""
    if turn.state.flow != FLOW:
        return turn.say(common.STOPPED if turn.state.flow else common.NOTHING_TO_STOP)
    desk = desk_of(turn.view, turn.state.slots["unit"], turn.state.slots["period"])
    if desk is None:
        return turn.say(common.STOPPED)
    said = texts.KEPT_SO_FAR.format(done=len(filled(desk)), total=len(desk.items))
    return turn.say(said, Choice(texts.CONTINUE, f"report:{desk.unit.id}:{desk.period.id}"))


def show_list(turn: Turn) -> Step:
    """All indicators of the person's units with what is reported so far."""
    desks = [desk for desk in turn.view.desks if desk.items]
    if not desks:
        return turn.say(_why_nothing(turn))
    replies = [Outgoing(_listed(desk)) for desk in desks]
    replies[-1] = Outgoing(replies[-1].text, (Choice(common.MENU_REPORT, "report"),))
    return Step(turn.state, tuple(replies))


def _listed(desk: Desk) -> str:
    head = texts.LIST_HEAD.format(unit=desk.unit.name, period=desk.period.label, due=weekday(desk.period.due))
    lines = [head]
    for item in desk.items:
        entry = item.entry
        if entry is not None and entry.state is EntryState.RETURNED:
            state = texts.LIST_RETURNED
        else:
            state = texts.LIST_STATES[entry.state.value if entry else None].format(figure=entry_text(entry, ""))
        target = target_text(item.target) + (texts.LIST_UNSURE if item.doubts else "")
        lines.append(texts.LIST_LINE.format(number=item.number, name=short_name(item.name), target=target, state=state))
    return "\n".join(lines)


def mend(turn: Turn, indicator: str, unit: str, period: str) -> Step:
    """Enter a returned figure again."""
    desk = desk_of(turn.view, id_of(unit), id_of(period))
    item = item_of(desk, id_of(indicator)) if desk else None
    if desk is None or item is None:
        return turn.say(texts.NOT_RETURNED)
    return ask(turn, desk, (item.indicator,), 0)


def snooze(turn: Turn, unit: str, period: str) -> Step:
    """Remind this chat again this afternoon, or tomorrow morning when the afternoon is over."""
    until = turn.view.now.replace(hour=15, minute=0, second=0, microsecond=0)
    if until <= turn.view.now:
        until = turn.view.next_working_morning
    said = texts.SNOOZED.format(time=f"{until:%H:%M}", day=day(until.date()))
    return turn.stay(said, changes=(Snooze(id_of(unit), id_of(period), until),))


def ask_delay(turn: Turn, unit: str, period: str) -> Step:
    """Why the unit is late."""
    if desk_of(turn.view, id_of(unit), id_of(period)) is None:
        return turn.say(common.STALE_CHOICE)
    return turn.say(texts.DELAY_ASK, state=IDLE.at("delay", "reason", unit=id_of(unit), period=id_of(period)))


def on_delay(turn: Turn) -> Step:
    """The reason goes to the coordinator, in the unit's own words."""
    slots = turn.state.slots
    desk = desk_of(turn.view, slots["unit"], slots["period"])
    reason = turn.message.text.strip()
    if desk is None:
        return turn.say(common.STALE_CHOICE)
    if not reason:
        return turn.stay(texts.REASON_NEEDS_WORDS)
    told = texts.DELAY_TOLD.format(unit=desk.unit.name, period=desk.period.label, reason=reason)
    return Step(
        IDLE,
        (
            Outgoing(texts.DELAY_SENT, (Choice(reminding.REPORT_NOW, f"report:{desk.unit.id}:{desk.period.id}"),)),
            *(Outgoing(told, to=chat) for chat in turn.view.coordinators),
        ),
        (RecordDelay(desk.unit.id, _period(desk), reason),),
    )


def _period(desk: Desk) -> int:
    assert desk.period.id is not None, "an open period is a stored one"
    return desk.period.id


def resumed(turn: Turn) -> State:
    """The state without the question in between (a doubt about a figure), for "nhập lại"."""
    kept = {key: turn.state.slots[key] for key in ("unit", "period", "queue", "at")}
    return State(FLOW, "figure", kept)


CHOICES: dict[str, OnChoice] = {
    "report": start,
    "list": show_list,
    "keep": keep,
    "stage": stage,
    "skip": skip,
    "back": back,
    "stop": stop,
    "mend": mend,
    "snooze": snooze,
    "delay": ask_delay,
}
