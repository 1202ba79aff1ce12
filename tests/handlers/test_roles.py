"""What a leader, a reporter and a group get: each their own things, and nothing that leads nowhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.conversation import converse
from handlers.message import ChatRef, Incoming, MessageKind
from handlers.state import IDLE
from handlers.view import Doubt, PlanView, Role, View
from knowledge.plan import Kind, Operator, Target
from tests.handlers.scene import pressed, typed, view

SIXTY = Target(Operator.EQUAL, Decimal(60), "%", Kind.PERCENT, "60%")
ROW = Doubt(41, "4", "Tỷ lệ phủ sóng", SIXTY, "4 Tỷ lệ phủ sóng 60%", (), "Phụ lục, dòng 4")
PLAN = PlanView(5, "20/KH-UBND", None, None, None, adopted=True, indicators=1, groups=1, rules=())


def leader() -> View:
    """Somebody who only leads the clinic, as ``storage`` loads it."""
    return replace(view(role=Role.LEADER), desks=(), plan=PLAN, rows=(ROW,))


def test_a_leader_sees_the_whole_table() -> None:
    assert "4. Tỷ lệ phủ sóng: 60 %" in converse(IDLE, pressed("table:5"), leader()).replies[0].text


def test_a_leader_is_not_told_of_reporting() -> None:
    (reply,) = converse(IDLE, typed("trợ giúp"), leader()).replies
    assert "• tiến độ:" in reply.text
    assert "• báo cáo:" not in reply.text
    assert "• chỉ tiêu:" not in reply.text
    assert "Báo cáo ngay" not in [choice.label for choice in reply.choices]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COORDINATOR])
def test_who_reports_is_told_of_it(role: Role) -> None:
    (reply,) = converse(IDLE, typed("trợ giúp"), view(role=role)).replies
    assert "• báo cáo:" in reply.text
    assert "Báo cáo ngay" in [choice.label for choice in reply.choices]


def test_a_leader_who_types_report_hears_that_there_is_nothing_to_enter() -> None:
    assert "không phải nhập số liệu" in converse(IDLE, typed("báo cáo"), leader()).replies[0].text


def in_group(text: str) -> Incoming:
    """A message that addresses the bot in a group."""
    return Incoming(ChatRef("test", "nhom"), "1", "hoa", MessageKind.TEXT, text, group=True)


@pytest.mark.parametrize("text", ["tiến độ", "báo cáo", "chỉ tiêu 5G là bao nhiêu?"])
def test_a_group_that_nobody_registered_says_how_to_register_even_to_a_coordinator(text: str) -> None:
    step = converse(IDLE, in_group(text), replace(view(role=Role.COORDINATOR), desks=(), standing=None))
    assert "Nhóm này chưa được ghi nhận" in step.replies[0].text


def test_a_registered_group_hears_the_progress() -> None:
    step = converse(IDLE, in_group("tiến độ"), replace(view(role=Role.COORDINATOR), group_registered=True))
    assert "Quý II/2026" in step.replies[0].text
