"""The coordinator settles doubtful targets and reporting rules: numbers typed late are no targets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.changes import CorrectTarget, SetReportingRule
from handlers.conversation import converse
from handlers.state import IDLE
from handlers.step import Step
from handlers.view import Doubt, Role, View
from knowledge.plan import Kind, Operator, Target
from tests.handlers.scene import pressed, typed, view

SIXTY = Target(Operator.EQUAL, Decimal(60), "%", Kind.PERCENT, "60%")
DOUBT = Doubt(41, "4", "Tỷ lệ phủ sóng", SIXTY, "4 Tỷ lệ phủ sóng 6006", ("Có lẽ in nhầm.",), "Phụ lục, dòng 4")


def coordinator() -> View:
    """A coordinator with one doubtful target to settle."""
    return replace(view(role=Role.COORDINATOR), doubts=(DOUBT,))


def corrected(step: Step) -> list[Decimal | None]:
    """The values that targets were corrected to."""
    return [change.target.value for change in step.changes if isinstance(change, CorrectTarget)]


@pytest.mark.parametrize("late", ["1", "2", "3", "2.", "số 3"])
def test_the_number_of_a_line_typed_late_is_no_target(late: str) -> None:
    shown = converse(IDLE, pressed("check"), coordinator())
    step = converse(shown.state, typed(late), coordinator())
    assert step.changes == ()
    assert step.replies[0].text.startswith("Anh/chị chọn lại giúp.")
    assert step.replies[0].choices == shown.replies[0].choices


@pytest.mark.parametrize(("typed_text", "value"), [("95", "95"), ("2%", "2"), ("2,5", "2.5"), ("4", "4")])
def test_what_can_be_no_line_is_the_target(typed_text: str, value: str) -> None:
    shown = converse(IDLE, pressed("check"), coordinator())
    assert corrected(converse(shown.state, typed(typed_text), coordinator())) == [Decimal(value)]


def test_after_correct_any_number_is_the_target() -> None:
    asked = converse(IDLE, pressed("wrong:41"), coordinator())
    assert corrected(converse(asked.state, typed("2"), coordinator())) == [Decimal(2)]


@pytest.mark.parametrize(
    "unsure",
    ["khoảng 60", "gần 60%", "~65%", "60-70%", "60 hoặc 70", "không phải 60%", "-5", "chắc là 65%", "tăng 5%", "6006"],
)
def test_a_figure_that_is_left_open_or_denied_is_no_target(unsure: str) -> None:
    for begin in ("check", "wrong:41"):
        asked = converse(IDLE, pressed(begin), coordinator())
        step = converse(asked.state, typed(unsure), coordinator())
        assert step.changes == ()
        assert step.replies[0].text.startswith("Tôi chưa rõ chỉ tiêu.")


@pytest.mark.parametrize(
    ("said", "value"), [("không quá 5%", "5"), ("không dưới 60%", "60"), ("theo bản giấy là 65%", "65")]
)
def test_words_that_belong_to_a_target_stay(said: str, value: str) -> None:
    asked = converse(IDLE, pressed("wrong:41"), coordinator())
    assert corrected(converse(asked.state, typed(said), coordinator())) == [Decimal(value)]


@pytest.mark.parametrize("said", ["chưa hoàn thành", "đang làm", "có", "rồi"])
def test_how_far_somebody_is_is_no_target(said: str) -> None:
    asked = converse(IDLE, pressed("wrong:41"), coordinator())
    assert converse(asked.state, typed(said), coordinator()).changes == ()


def test_what_was_confirmed_too_quickly_is_corrected_by_its_old_button() -> None:
    settled = replace(coordinator(), doubts=(), rows=(replace(DOUBT, reasons=()),))
    asked = converse(IDLE, pressed("wrong:41"), settled)
    assert asked.replies[0].text.startswith("Chỗ này đã được xác nhận là 60 %.")
    assert corrected(converse(asked.state, typed("65%"), settled)) == [Decimal(65)]
    assert converse(asked.state, typed("bỏ qua"), settled).changes == ()


def test_who_was_asked_before_somebody_else_settled_it_overrides_nothing() -> None:
    asked = converse(IDLE, pressed("wrong:41"), coordinator())
    settled = replace(coordinator(), doubts=(), rows=(replace(DOUBT, reasons=()),))
    step = converse(asked.state, typed("65%"), settled)
    assert step.changes == ()
    assert "Chỗ này đã được xác nhận rồi." in step.replies[0].text


def test_a_question_with_a_number_is_no_target() -> None:
    shown = converse(IDLE, pressed("check"), coordinator())
    step = converse(shown.state, typed("chỉ tiêu 5G là bao nhiêu"), coordinator())
    assert step.changes == ()


def test_a_rule_is_set_for_the_plan_that_the_button_names() -> None:
    """Next year's plan is adopted while this year's is in force."""
    step = converse(IDLE, pressed("rule:9:quarterly"), coordinator())
    (change,) = step.changes
    assert isinstance(change, SetReportingRule)
    assert change.plan == 9


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER])
def test_only_a_coordinator_sets_a_rule(role: Role) -> None:
    assert converse(IDLE, pressed("rule:9:quarterly"), view(role=role)).changes == ()
