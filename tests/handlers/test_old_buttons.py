"""Buttons of an older question, figure or period: they do what they said, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.changes import AddEvidence, Change, SaveDraft, SubmitReport
from handlers.conversation import converse
from handlers.desk import with_draft
from handlers.message import Attachment, Incoming, MessageKind, Outgoing
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.view import Desk, View
from reporting.entry import EntryState
from reporting.period import Period
from tests.handlers.scene import CHAT, CLINIC, items, pressed, typed, view

JUNE = Period("2026-06", "Tháng 6/2026", date(2026, 6, 10), date(2026, 6, 30), date(2026, 7, 10), id=8)
STALE = "không thay đổi gì"


def value_of(reply: Outgoing, label: str) -> str:
    """The value of the choice whose words begin so."""
    return next(choice.value for choice in reply.choices if choice.label.startswith(label))


def both(sees: View | None = None) -> View:
    """The clinic owes a quarterly and a monthly report at once."""
    sees = sees or view()
    return replace(sees, desks=(sees.desks[0], Desk(CLINIC, JUNE, items())))


def after(sees: View, *messages: str, state: State = IDLE) -> Step:
    """The step after typing these words, nothing saved."""
    step = Step(state)
    for text in messages:
        step = converse(step.state, typed(text), sees)
    return step


def drafts(changes: tuple[Change, ...]) -> list[tuple[int, int]]:
    """Which indicators were saved in which periods."""
    return [(change.indicator, change.period) for change in changes if isinstance(change, SaveDraft)]


def test_a_button_of_the_month_does_not_answer_the_same_question_of_the_quarter() -> None:
    sees = both()
    asked = after(sees, "báo cáo")
    assert asked.state.slots["period"] == 7
    step = converse(asked.state, pressed("keep:11:3:8"), sees)
    assert drafts(step.changes) == [(11, 8)]


def test_a_reading_of_another_figure_is_not_taken() -> None:
    sees = view()
    first = after(sees, "báo cáo", "7630")
    old = first.replies[0].choices[0].value
    second = after(sees, "8120", state=first.state)
    assert second.replies[0].choices[0].value != old
    step = converse(second.state, pressed(old), sees)
    assert step.changes == ()
    assert STALE in step.replies[0].text
    step = converse(second.state, pressed(second.replies[0].choices[0].value), sees)
    assert drafts(step.changes) == [(11, 7)]


def test_a_yes_to_another_odd_figure_is_not_taken() -> None:
    sees = view()
    first = after(sees, "báo cáo", "12")
    old = value_of(first.replies[0], "Đúng")
    second = after(sees, "15", state=first.state)
    step = converse(second.state, pressed(old), sees)
    assert step.state.step == "odd"
    assert STALE in step.replies[0].text
    step = converse(second.state, pressed(value_of(second.replies[0], "Đúng")), sees)
    assert step.state.step == "reason"


def test_an_odd_figure_is_not_confirmed_for_another_period() -> None:
    sees = both()
    old = value_of(after(sees, "báo cáo", "12").replies[0], "Đúng")
    month = converse(IDLE, pressed("report:3:8"), sees)
    odd = after(sees, "12", state=month.state)
    assert STALE in converse(odd.state, pressed(old), sees).replies[0].text


def test_entering_again_goes_back_to_the_buttons_own_question() -> None:
    sees = view()
    doubted = after(sees, "báo cáo", "12")
    value = value_of(doubted.replies[0], "Nhập lại")
    assert "1/3. Tỷ lệ người dân" in converse(doubted.state, pressed(value), sees).replies[0].text
    third = converse(doubted.state, pressed("skip:12:3:7"), sees)
    assert "Tỷ lệ người dân có Sổ" in converse(third.state, pressed(value), sees).replies[0].text
    assert STALE in converse(third.state, pressed(value), replace(sees, desks=())).replies[0].text


def handed_in(desk: Desk) -> Desk:
    """The desk with every figure submitted."""
    for item in desk.items:
        last = items()[0].last
        assert last is not None
        desk = with_draft(desk, SaveDraft(item.indicator, desk.unit.id, desk.period.id or 0, last.figure))
    return replace(
        desk,
        items=tuple(
            replace(item, entry=replace(item.entry, state=EntryState.SUBMITTED)) for item in desk.items if item.entry
        ),
    )


def test_two_periods_of_a_unit_are_asked_one_after_the_other_and_not_as_two_units() -> None:
    sees = both()
    step = after(sees, "báo cáo")
    assert step.state.slots["period"] == 7
    sees = replace(sees, desks=(handed_in(sees.desks[0]), sees.desks[1]))
    step = after(sees, "báo cáo")
    assert step.state.slots["period"] == 8
    listed = after(sees, "1: 71; 3: 88")
    assert drafts(listed.changes) == [(11, 8), (13, 8)]


@pytest.mark.parametrize("period", [7, 8])
def test_the_buttons_of_either_period_work(period: int) -> None:
    sees = both()
    assert drafts(converse(IDLE, pressed(f"keep:11:3:{period}"), sees).changes) == [(11, period)]
    assert "1/1." in converse(IDLE, pressed(f"mend:11:3:{period}"), sees).replies[0].text
    waiting = converse(IDLE, pressed(f"evidence:3:{period}"), sees)
    photo = Incoming(CHAT, "2", "binh", MessageKind.PHOTO, attachment=Attachment("f1", "anh.jpg"))
    kept = converse(waiting.state, photo, sees).changes
    assert kept == (AddEvidence(3, period, Attachment("f1", "anh.jpg")),)
    desks = tuple(
        with_draft(desk, SaveDraft(11, 3, desk.period.id or 0, last.figure)) if last else desk
        for desk in sees.desks
        for last in (items()[0].last,)
    )
    assert converse(IDLE, pressed(f"submit:3:{period}"), replace(sees, desks=desks)).changes == (
        SubmitReport(3, period),
    )


def test_a_reason_for_a_period_that_closed_meanwhile_leaves_the_question() -> None:
    asked = converse(IDLE, pressed("delay:3:7"), view())
    assert asked.state.flow == "delay"
    closed = replace(view(), desks=())
    step = converse(asked.state, typed("Máy hỏng"), closed)
    assert step.state == IDLE
    assert step.changes == ()
    assert STALE in step.replies[0].text
    assert STALE in converse(IDLE, pressed("delay:3:7"), closed).replies[0].text
