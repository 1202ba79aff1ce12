"""The coordinator's review: a button acts on what was shown, and on nothing that came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers.changes import ApproveEntries, ReturnEntry
from handlers.conversation import converse
from handlers.message import MAX_CHOICE_VALUE_BYTES, Choice, Outgoing
from handlers.state import IDLE
from handlers.step import Step
from handlers.view import Desk, Role, UnitRef, View
from reporting.entry import Entry, EntryState, Figure
from reporting.period import Period
from tests.handlers.scene import CLINIC, NOW, PERIOD, items, pressed, typed, view

MAY = Period("2026-05", "Tháng 5/2026", date(2026, 6, 1), date(2026, 6, 15), date(2026, 7, 1), id=8)
CHANGED = "Số liệu vừa thay đổi, anh/chị xem lại giúp."


def report(*values: str, period: Period = PERIOD, unit: UnitRef = CLINIC, minute: int = 0, first: int = 101) -> Desk:
    """A submitted report with these percentages, last touched at a minute of the hour."""
    at = NOW + timedelta(minutes=minute)
    entries = [
        Entry(Figure(Decimal(value), "%"), EntryState.SUBMITTED, at=at, id=first + n) for n, value in enumerate(values)
    ]
    rates = (items()[0], items()[2])
    return Desk(unit, period, tuple(replace(item, entry=entry) for item, entry in zip(rates, entries, strict=False)))


def waiting(*desks: Desk) -> View:
    """What the coordinator may look at while these reports wait."""
    return replace(view(role=Role.COORDINATOR), waiting=desks)


def tap(reply: Outgoing, label: str) -> Choice:
    """The choice whose words begin so."""
    return next(choice for choice in reply.choices if choice.label.startswith(label))


def press(step: Step, label: str, sees: View) -> Step:
    """Press a button of the step's first reply."""
    return converse(step.state, pressed(tap(step.replies[0], label).value), sees)


def test_the_button_approves_what_was_shown() -> None:
    sees = waiting(report("71", "88"))
    step = press(converse(IDLE, pressed("see"), sees), "Duyệt báo cáo này", sees)
    assert step.changes == (ApproveEntries((101, 102)),)


def test_figures_that_changed_since_they_were_shown_are_shown_again_and_not_approved() -> None:
    shown = converse(IDLE, pressed("see"), waiting(report("71", "88")))
    step = press(shown, "Duyệt báo cáo này", waiting(report("99", "88", minute=5)))
    assert step.changes == ()
    assert step.replies[0].text.startswith(CHANGED)
    assert "99 %" in step.replies[0].text
    again = press(step, "Duyệt báo cáo này", waiting(report("99", "88", minute=5)))
    assert again.changes == (ApproveEntries((101, 102)),)


def test_clean_reports_of_the_same_number_but_other_figures_are_not_approved_unseen() -> None:
    shown = converse(IDLE, typed("duyệt"), waiting(report("71", "88")))
    step = press(shown, "Duyệt 1 báo cáo", waiting(report("72", "88", minute=5)))
    assert step.changes == ()
    assert step.replies[0].text.startswith(CHANGED)


@pytest.mark.parametrize("reason", ["Thiếu minh chứng", "Khác"])
def test_a_figure_that_changed_is_not_returned_unseen(reason: str) -> None:
    before, after = waiting(report("71")), waiting(report("75", minute=5))
    asked = press(converse(IDLE, pressed("see"), before), "Trả lại", before)
    step = press(asked, reason, after)
    assert step.changes == ()
    assert step.replies[0].text.startswith(CHANGED)
    assert "75 %" in step.replies[0].text


def test_a_line_that_changed_is_not_returned_by_its_number() -> None:
    before, after = waiting(report("71", "88")), waiting(report("75", "88", minute=5))
    asked = press(converse(IDLE, pressed("see"), before), "Trả lại", before)
    step = converse(asked.state, typed("1"), after)
    assert step.replies[0].text.startswith(CHANGED)
    step = press(asked, "Dòng 1", after)
    assert step.replies[0].text.startswith(CHANGED)


def test_of_two_periods_of_a_unit_each_is_seen_and_approved_by_itself() -> None:
    both = waiting(report("60", period=MAY, first=201), report("71"))
    step = press(converse(IDLE, pressed("see"), both), "Để sau", both)
    assert "2/2. Trạm Y tế xã, Quý II/2026" in step.replies[0].text
    step = press(step, "Duyệt báo cáo này", both)
    assert step.changes == (ApproveEntries((101,)),)
    assert "1/1. Trạm Y tế xã, Tháng 5/2026" in step.replies[0].text


def test_of_two_periods_of_a_unit_the_one_that_was_seen_is_returned() -> None:
    both = waiting(report("60", period=MAY, first=201), report("71"))
    step = press(converse(IDLE, pressed("see:3:7"), both), "Trả lại", both)
    step = press(step, "Thiếu minh chứng", both)
    assert step.changes == (ReturnEntry(101, "Thiếu minh chứng"),)
    assert any(choice.value == "mend:11:3:7" for choice in step.replies[1].choices)


def why() -> tuple[Step, View]:
    """The coordinator is asked why a figure goes back."""
    sees = waiting(report("71"))
    return press(converse(IDLE, pressed("see"), sees), "Trả lại", sees), sees


@pytest.mark.parametrize("question", ["chỉ tiêu 5G là bao nhiêu", "ai phụ trách dữ liệu?", "chỉ tiêu 5G của xã"])
def test_a_question_is_answered_while_the_reasons_are_offered(question: str) -> None:
    asked, sees = why()
    step = converse(asked.state, typed(question), sees)
    assert step.changes == ()
    assert step.state.step == "why"


@pytest.mark.parametrize("own_words", [False, True])
@pytest.mark.parametrize("command", ["duyệt", "tiến độ", "Kế hoạch"])
def test_a_command_is_never_a_reason(command: str, *, own_words: bool) -> None:
    asked, sees = why()
    if own_words:
        asked = press(asked, "Khác", sees)
    assert converse(asked.state, typed(command), sees).changes == ()


def test_a_sentence_typed_under_the_reasons_is_one() -> None:
    asked, sees = why()
    step = converse(asked.state, typed("Chưa đúng với sổ của trạm"), sees)
    assert step.changes == (ReturnEntry(101, "Chưa đúng với sổ của trạm"),)


@pytest.mark.parametrize("slip", ["ok", "7", "..."])
def test_a_slip_under_the_reasons_shows_them_again(slip: str) -> None:
    asked, sees = why()
    step = converse(asked.state, typed(slip), sees)
    assert step.changes == ()
    assert tap(step.replies[0], "Khác, tôi nhập")


def test_own_words_may_be_short_hold_numbers_and_ask() -> None:
    asked, sees = why()
    asked = press(asked, "Khác", sees)
    step = converse(asked.state, typed("Sao chỉ 71?"), sees)
    assert step.changes == (ReturnEntry(101, "Sao chỉ 71?"),)


def test_the_longest_choices_fit_the_narrowest_channel() -> None:
    wide = replace(PERIOD, id=9_999_999)
    unit = replace(CLINIC, id=9_999_999)
    rows = report("71", "88", period=wide, unit=unit).items
    sees = waiting(Desk(unit, wide, tuple(replace(row, indicator=9_999_990 + n) for n, row in enumerate(rows))))
    step = press(converse(IDLE, pressed("see"), sees), "Trả lại", sees)
    step = press(step, "Dòng 1", sees)
    assert all(len(choice.value.encode()) <= MAX_CHOICE_VALUE_BYTES for choice in step.replies[0].choices)
