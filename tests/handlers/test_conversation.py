"""Whatever is typed or pressed, wherever the conversation stands: one answer, in Vietnamese, and no wrong change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.changes import ApproveEntries, SaveDraft, SubmitReport
from handlers.conversation import converse
from handlers.message import Choice, MessageKind
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.view import Role
from tests.handlers.scene import pressed, typed, view


def after(*messages: str) -> Step:
    """The step after typing these words one after the other; changes are not applied to the view."""
    step = Step(IDLE)
    for text in messages:
        step = converse(step.state, typed(text), view())
    return step


def test_a_report_goes_question_by_question_and_ends_in_the_review() -> None:
    step = after("bao cao")
    assert "1/3. Tỷ lệ người dân có Sổ sức khỏe điện tử" in step.replies[0].text
    assert "Kỳ trước: 71,3 % (4.102/5.753)" in step.replies[0].text
    step = converse(step.state, typed("4.390/5.753"), view())
    assert isinstance(step.changes[0], SaveDraft)
    assert "Đã hiểu: 76,3 % (4.390/5.753)." in step.replies[0].text
    assert "2/3. Hồ sơ bệnh án" in step.replies[0].text
    step = converse(step.state, typed("xong rồi"), view())
    assert "3/3." in step.replies[0].text


def test_a_sharp_fall_is_confirmed_with_a_reason_before_it_is_kept() -> None:
    step = after("bao cao", "12")
    assert step.changes == ()
    assert "giảm 59,3 điểm" in step.replies[0].text
    step = converse(step.state, typed("dung"), view())
    assert step.changes == ()
    step = converse(step.state, typed("Dân chuyển đi nhiều"), view())
    kept = step.changes[0]
    assert isinstance(kept, SaveDraft)
    assert kept.note == "Dân chuyển đi nhiều"


def test_a_new_figure_may_be_typed_where_a_doubt_stands() -> None:
    step = after("bao cao", "12", "75,5")
    assert isinstance(step.changes[0], SaveDraft)
    assert "75,5 %" in step.replies[0].text


def test_a_count_alone_is_completed_with_its_total() -> None:
    step = after("bao cao", "7630")
    labels = [choice.label for choice in step.replies[0].choices]
    assert any("76,3" in label for label in labels)
    assert step.changes == ()


@pytest.mark.parametrize("typed_text", ["chi tieu nay tinh the nao", "chỉ tiêu 5G của xã là bao nhiêu?"])
def test_a_question_in_between_keeps_the_place(typed_text: str) -> None:
    step = after("bao cao", typed_text)
    assert step.changes == ()
    assert "Quay lại câu 1/3." in step.replies[0].text
    assert step.state.step == "figure"


def test_a_photo_is_not_a_figure() -> None:
    start = after("bao cao")
    step = converse(start.state, typed("", MessageKind.PHOTO), view())
    assert step.changes == ()
    assert "con số" in step.replies[0].text


def test_an_old_button_answers_its_own_question_and_no_other() -> None:
    start = after("bao cao", "76,3")
    step = converse(start.state, pressed("keep:11:3:7"), view())
    kept = step.changes[0]
    assert isinstance(kept, SaveDraft)
    assert kept.indicator == 11


def test_a_button_of_a_closed_period_changes_nothing() -> None:
    step = converse(IDLE, pressed("keep:11:3:6"), view())
    assert step.changes == ()
    assert "không thay đổi gì" in step.replies[0].text


@pytest.mark.parametrize(
    "choice",
    ["review", "approveclean:00aa11bb", "approve:3:7:00aa11bb", "return:3:7:11:00aa11bb", "why:3:7:11:0:00aa11bb"],
)
def test_a_reporter_cannot_review(choice: str) -> None:
    step = converse(IDLE, pressed(choice), view())
    assert not any(isinstance(change, ApproveEntries) for change in step.changes)
    assert step.changes == ()


def test_a_submission_without_figures_is_refused_kindly() -> None:
    step = converse(IDLE, pressed("submit:3:7"), view())
    assert not any(isinstance(change, SubmitReport) for change in step.changes)
    assert "Chưa có số liệu" in step.replies[0].text


PLACES = [
    IDLE,
    after("bao cao").state,
    after("bao cao", "12").state,
    after("bao cao", "12", "dung").state,
    after("bao cao", "7630").state,
    IDLE.at("submission", "review", unit=3, period=7),
    IDLE.at("explain", "reason", unit=3, period=7, indicator=11),
    IDLE.at("delay", "reason", unit=3, period=7),
    IDLE.at("review", "why", unit=3, period=7, indicator=11, seen="00aa11bb"),
    IDLE.at("review", "words", unit=3, period=7, indicator=11, seen="00aa11bb"),
    IDLE.at("review", "which", unit=3, period=7, seen="00aa11bb"),
    IDLE.at("plan", "correct", indicator=11),
    IDLE.at("an older flow", "of another version"),
]
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["báo cáo", "dung lai", "1", "60,5", "1: 5; 2: 7", "sửa 1", "nộp", "duyệt", "/start", "🙂", "mời"]),
)


@settings(max_examples=150, deadline=None)
@given(state=st.sampled_from(PLACES), text=WORDS, role=st.sampled_from(list(Role)))
def test_anything_typed_anywhere_gets_an_answer(state: State, text: str, role: Role) -> None:
    step = converse(state, typed(text), view(role=role))
    assert step.replies
    assert all(reply.text.strip() for reply in step.replies)


VERBS = [
    "report", "list", "keep:11:3:7", "stage:done:12:3:7", "skip:11:3:7", "back:12:3:7", "stop", "mend:11:3:7",
    "again:11:3:7", "odd:11:3:7:00aa11bb", "reading:11:3:7:0:00aa11bb", "look:3:7", "report:3:7",
    "submit:3:7", "evidence:3:7", "explain:11:3:7", "review", "see", "see:3:7", "help",
    "approve:3:7:00aa11bb", "approveclean:00aa11bb", "returnone:3:7", "return:3:7:11:00aa11bb", "photos:3:7",
    "why:3:7:11:other:00aa11bb", "progress", "progressby:unit",
    "progressby:group", "verbatim", "option:0", "check", "right:11", "wrong:11", "later", "adopt:1", "discard:1",
    "table:1", "rule:1:monthly", "invitewho", "inviteunit:3", "invite:3:reporter", "erase", "eraseyes", "keepdata",
    "snooze:3:7", "delay:3:7", "join:ABC", "notme:ABC", "nonsense", "keep", "keep:x:y:z", "why:3:7:11:99:00aa11bb",
]  # fmt: skip


@pytest.mark.parametrize("value", VERBS)
@pytest.mark.parametrize("role", list(Role))
def test_every_button_answers_wherever_it_is_pressed(value: str, role: Role) -> None:
    for state in PLACES:
        step = converse(state, pressed(value), view(role=role))
        assert step.replies
        for reply in step.replies:
            assert reply.text.strip()
            assert all(isinstance(choice, Choice) and choice.label for choice in reply.choices)
