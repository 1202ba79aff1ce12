"""What an official reads: the figure first, the place second, doubts said, and nothing that no place holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from retrieval.answer import Answer, AnswerKind
from retrieval.grounding import grounded
from retrieval.shelf import Reported, Shelf, ShelvedPlan
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import Ask


def lines(answer: Answer) -> set[tuple[int, int]]:
    return {citation.lines for citation in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ tiêu phủ sóng 5G của xã là bao nhiêu?",
        "chi tieu 5g cua xa minh la bao nhieu",
        "phủ sóng 5g phấn đấu mấy phần trăm vậy ad",
        "xã Hòa Mẫu phủ sóng 5G năm 2026 bn %",
    ],
)
def test_a_target_is_answered_from_its_row_however_it_is_typed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.INDICATOR
    assert answer.text.startswith("60 %")
    assert (72, 72) in lines(answer)


def test_a_repaired_target_says_what_was_printed_and_that_nobody_confirmed_it(ask: Ask) -> None:
    answer = ask("chỉ tiêu 5G của xã là bao nhiêu?")
    assert '"6006"' in answer.text
    assert "chưa được xác nhận" in answer.text
    assert "20/KH-UBND" in answer.text
    assert "dòng 12" in answer.text


def test_a_confirmed_target_says_that_it_was_confirmed(ask: Ask) -> None:
    answer = ask("chỉ tiêu 5G của xã là bao nhiêu?", shelf=hoa_mau.shelf(confirmed=frozenset({3})))
    assert "đã được xác nhận" in answer.text
    assert "chưa được" not in answer.text


def test_the_latest_approved_figure_stands_beside_the_target(ask: Ask) -> None:
    reported = {3: Reported(Decimal(48), "48 %", "Quý I", date(2026, 3, 28))}
    answer = ask("chỉ tiêu 5G của xã là bao nhiêu?", shelf=hoa_mau.shelf(reported=reported))
    assert "48 %" in answer.text
    assert "Quý I" in answer.text


def test_a_milestone_is_answered_in_words(ask: Ask) -> None:
    answer = ask("mạng LAN nội bộ phải đạt mức nào?")
    assert answer.text.startswith("Hoàn thành")
    assert (73, 73) in lines(answer)


@pytest.mark.parametrize(
    ("question", "unit", "line"),
    [
        ("Ai chủ trì chỉ tiêu sổ sức khỏe điện tử?", hoa_mau.CLINIC, 74),
        ("phong nao lo he thong thong tin dat dai", hoa_mau.ECONOMY, 33),
        ("đơn vị nào phụ trách số hóa hộ tịch", "Văn phòng HĐND và UBND", 31),
        ("ai mở lớp bình dân học vụ số", hoa_mau.CULTURE, 81),
    ],
)
def test_who_is_responsible_comes_first(ask: Ask, question: str, unit: str, line: int) -> None:
    answer = ask(question)
    assert answer.text.startswith(unit)
    assert (line, line) in lines(answer)


@pytest.mark.parametrize(
    ("question", "wanted", "line"),
    [
        ("năm 2025 xã tiếp nhận bao nhiêu hồ sơ?", "2.304", 11),
        ("xa co may to cong nghe so cong dong, bao nhieu thanh vien", "63", 14),
        ("máy trạm cài phần mềm gì để bảo đảm an toàn thông tin?", "SafeGuard", 21),
        ("hệ thống gặp sự cố thì bao lâu phải khôi phục?", "36 giờ", 24),
        ("Kế hoạch căn cứ công văn nào của tỉnh?", "812/UBND-KT", 5),
        ("gửi báo cáo qua email nào", "vhxh.hoamau@songiang.gov.vn", 41),
        ("báo cáo hằng tháng nộp trước ngày nào", "ngày 18", 41),
        ("mo may lop binh dan hoc vu so", "03 lớp", 81),
        ("lớp bình dân học vụ số khi nào mở", "Quý III/2026", 81),
        ("Kế hoạch này số bao nhiêu, ban hành ngày nào?", "03/02/2026", 1),
    ],
)
def test_facts_are_answered_in_the_plans_own_words(ask: Ask, question: str, wanted: str, line: int) -> None:
    answer = ask(question)
    assert wanted in answer.text
    assert any(first <= line <= last for first, last in lines(answer))


@pytest.mark.parametrize(
    "question",
    [
        "Xã có bao nhiêu camera an ninh?",
        "cho xin sđt của Phòng Kinh tế với",
        "xa co bao nhieu to dan pho",
        "thành viên tổ công nghệ số được hỗ trợ bao nhiêu tiền một tháng?",
        "lương chuyên viên bao nhiêu",
        "thời tiết ngày mai thế nào",
    ],
)
def test_what_the_plans_do_not_say_is_not_answered(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.NONE
    assert "không nêu" in answer.text


def test_another_year_is_not_answered_but_the_nearest_is_shown(ask: Ask) -> None:
    answer = ask("đến năm 2030 phủ sóng 5G bao nhiêu phần trăm?")
    assert answer.kind is AnswerKind.NONE
    assert "2030" in answer.text
    assert "60 %" in answer.text


def test_the_provinces_figure_is_pointed_to_not_given_for_the_communes(ask: Ask) -> None:
    answer = ask("kinh tế số chiếm bao nhiêu % GRDP của xã?")
    assert answer.kind is AnswerKind.NONE
    assert "không nêu" in answer.text
    assert "121/KH-UBND" in answer.text


def test_a_named_authority_answers_from_its_own_plan(ask: Ask) -> None:
    assert ask("tỉnh Sơn Giang phủ sóng 5G bao nhiêu?").text.startswith("75 %")
    assert ask("chỉ tiêu 5G của tỉnh là bao nhiêu").text.startswith("75 %")
    assert ask("chỉ tiêu 5G là bao nhiêu", asker=hoa_mau.PROVINCE).text.startswith("75 %")
    assert ask("theo 121/KH-UBND thì 5G là bao nhiêu").text.startswith("75 %")


def test_commune_and_province_are_compared(ask: Ask) -> None:
    answer = ask("xã so với tỉnh thì phủ sóng 5G thế nào")
    assert "60 %" in answer.text
    assert "75 %" in answer.text
    assert "thấp hơn" in answer.text
    assert {citation.document for citation in answer.citations} == {"20/KH-UBND", "121/KH-UBND"}


def test_an_ambiguous_question_is_asked_back_with_choices(ask: Ask) -> None:
    answer = ask("tỷ lệ thanh toán?")
    assert len(answer.options) == 2
    again = [ask(option.question).text for option in answer.options]
    assert any(text.startswith("70 %") for text in again)
    assert any(text.startswith("90 %") for text in again)


def test_indicators_of_a_unit_are_listed_and_counted(ask: Ask) -> None:
    listed = ask("những chỉ tiêu nào do Phòng Văn hóa - Xã hội chủ trì?")
    assert "5G" in listed.text
    assert "LAN" in listed.text
    assert "VNeID" not in listed.text
    assert ask("có bao nhiêu chỉ tiêu?").text.startswith("7 chỉ tiêu")


def test_a_superseded_plan_answers_nothing(ask: Ask) -> None:
    old = ShelvedPlan("old", hoa_mau.COMMUNE, "cu.txt", hoa_mau.COMMUNE_PLAN, superseded=True)
    assert "Chưa có kế hoạch" in ask("chỉ tiêu 5G là bao nhiêu", shelf=Shelf((old,))).text


QUESTIONS = [
    "chỉ tiêu 5G là bao nhiêu", "xã so với tỉnh thì phủ sóng 5G thế nào", "có bao nhiêu chỉ tiêu?", "tỷ lệ thanh toán?",
    "những chỉ tiêu nào do Phòng Văn hóa - Xã hội chủ trì?", "ai ký kế hoạch", "báo cáo hằng tháng nộp trước ngày nào",
    "năm 2025 xã tiếp nhận bao nhiêu hồ sơ?", "đến năm 2030 phủ sóng 5G bao nhiêu phần trăm?", "số hóa hộ tịch ai làm",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_figure_of_an_answer_stands_in_a_cited_place(ask: Ask, question: str) -> None:
    answer = ask(question)
    if answer.kind is not AnswerKind.NONE:
        assert answer.citations
        assert grounded(answer.text, answer.citations, question)
    assert len(answer.text) <= 700
