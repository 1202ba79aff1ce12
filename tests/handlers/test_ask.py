"""A question while a figure is awaited: the plan's words where they can be read, what was understood where not; and
which of several indicators is meant, chosen with a tap."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.menu import pick
from handlers.conversation import converse
from handlers.state import IDLE
from handlers.step import Step
from handlers.view import View
from retrieval.answer import Answer, AnswerKind, Citation, Option
from tests.handlers.scene import items, pressed, typed, view


def asked_about(printed: str) -> str:
    """What is said of the first indicator, printed so, when its figure is awaited."""
    first, *rest = items()
    shown = view(replace(first, printed=printed), *rest)
    step = Step(IDLE)
    for text in ("bao cao", "chi tieu nay tinh the nao"):
        step = converse(step.state, typed(text), shown)
    return step.replies[0].text


def test_a_clean_row_is_quoted_as_it_stands() -> None:
    said = asked_about("1 | Tỷ lệ người dân có Sổ sức khỏe điện tử | 80% | Trạm Y tế xã")
    assert '"1 | Tỷ lệ người dân có Sổ sức khỏe điện tử | 80% | Trạm Y tế xã"' in said
    assert "Bản quét" not in said


def test_a_ruined_row_is_said_as_understood_and_shown_as_a_scan() -> None:
    said = asked_about("1 Ty 1é nguoi dan c6 S6 stc khoe dién ti 80% Tram Y té x4 " + "rac " * 60)
    assert "Tỷ lệ người dân có Sổ sức khỏe điện tử. Chỉ tiêu: 80 %." in said
    assert "Bản quét có chỗ in không rõ" in said
    assert len(said) < 600


def ambiguous(question: str) -> Answer:
    """The plan's answers: one question fits two indicators, each of them is answered."""
    place = Citation("20/KH-UBND", "kh.txt", None, (3, 3), "70% 90%")
    if question.startswith("chỉ tiêu"):
        return Answer(f"Trả lời: {question}", AnswerKind.INDICATOR, (place,))
    options = (Option("Thanh toán trực tuyến", "chỉ tiêu A"), Option("Thanh toán không tiền mặt", "chỉ tiêu B"))
    return Answer("Có 2 chỉ tiêu phù hợp, anh/chị hỏi chỉ tiêu nào?", AnswerKind.INDICATOR, (place,), options)


def with_answers() -> View:
    return replace(view(), answer=ambiguous)


def test_which_indicator_is_meant_is_chosen_with_a_tap() -> None:
    first = converse(IDLE, typed("tỷ lệ thanh toán?"), with_answers())
    assert [choice.label for choice in first.replies[0].choices] == [
        "Thanh toán trực tuyến",
        "Thanh toán không tiền mặt",
    ]
    second = converse(first.state, pressed(first.replies[0].choices[1].value), with_answers())
    assert second.replies[0].text == "Trả lời: chỉ tiêu B"
    assert [choice.label for choice in second.replies[0].choices] == ["Xem nguyên văn"]


def test_which_indicator_is_meant_is_chosen_with_its_number_where_there_are_no_buttons() -> None:
    first = converse(IDLE, typed("tỷ lệ thanh toán?"), with_answers())
    chosen = pick("2", first.replies[0].choices, False)
    assert chosen is not None
    second = converse(first.state, pressed(chosen.value), with_answers())
    assert second.replies[0].text == "Trả lời: chỉ tiêu B"
