"""Questions about money and about last year's results, answered from the rows that print them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.plan import Plan
from knowledge.understanding import understand as read
from retrieval.answer import Answer
from retrieval.money import answer_budget
from retrieval.places import PreparedPlan
from retrieval.question import understand
from retrieval.results import answer_result
from retrieval.shelf import ShelvedPlan
from tests.knowledge.readings import word_document

HEAD = ("UBND XÃ KHE VÀNG", "KẾ HOẠCH", "Chuyển đổi số xã Khe Vàng năm 2026", "PHỤ LỤC 1")
MONEY = (
    ("TT", "Nội dung", "Kinh phí (triệu đồng)", "Ghi chú"),
    ("1", "Mua máy quét cho bộ phận một cửa", "1.250", ""),
    ("2", "Tập huấn tổ công nghệ số cộng đồng", "80", ""),
    ("Tổng cộng", "", "1.330", ""),
)
RESULTS = (
    ("TT", "Chỉ tiêu", "Cơ quan chủ trì", "Kết quả thực hiện năm 2025", "Đánh giá"),
    ("1", "Tỷ lệ hồ sơ nộp qua mạng đạt tối thiểu 70%", "Công an xã", "68,5%", "Chưa đạt"),
    ("2", "Tỷ lệ người dân có sổ sức khỏe điện tử đạt 80%", "Trạm Y tế xã", "81%", "Đạt"),
)


def prepared(plan: Plan) -> PreparedPlan:
    document = replace(plan.document, number="45/KH-UBND", year=2026)
    plan = replace(plan, document=document)
    return PreparedPlan(ShelvedPlan(key="k", authority="UBND xã Khe Vàng", file_name="k.docx", plan=plan), [])


def money(question: str) -> Answer | None:
    found = answer_budget(prepared(read(word_document(HEAD, MONEY))), understand(question))
    return found[1] if found else None


def result(question: str) -> Answer | None:
    found = answer_result(prepared(read(word_document(HEAD, RESULTS))), understand(question))
    return found[1] if found else None


def test_the_amount_of_a_row_is_given_as_printed_with_its_place() -> None:
    answer = money("Mua máy quét hết bao nhiêu tiền?")
    assert answer is not None
    assert "1.250 triệu đồng" in answer.text
    assert "1.250" in answer.citations[0].quote


def test_the_whole_is_the_row_that_adds_up_the_table() -> None:
    answer = money("Tổng kinh phí của kế hoạch là bao nhiêu?")
    assert answer is not None
    assert "1.330 triệu đồng" in answer.text


@pytest.mark.parametrize(
    "question", ["Kinh phí mua xe ô tô là bao nhiêu?", "Tổng kinh phí năm 2031 là bao nhiêu?", "Ai chủ trì tập huấn?"]
)
def test_money_that_no_row_holds_is_not_answered(question: str) -> None:
    assert money(question) is None


def test_a_result_is_given_with_its_assessment_and_year() -> None:
    answer = result("Năm 2025 tỷ lệ hồ sơ nộp qua mạng được bao nhiêu?")
    assert answer is not None
    assert answer.text.startswith("68,5 % (chưa đạt) năm 2025: Tỷ lệ hồ sơ nộp qua mạng")
    assert "68,5%" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Tỷ lệ hồ sơ nộp qua mạng là bao nhiêu?",  # this year's target is another matter
        "Năm 2024 tỷ lệ hồ sơ nộp qua mạng được bao nhiêu?",
        "Năm 2025 tỷ lệ phủ sóng 5G được bao nhiêu?",
    ],
)
def test_a_result_that_no_row_holds_is_not_answered(question: str) -> None:
    assert result(question) is None
