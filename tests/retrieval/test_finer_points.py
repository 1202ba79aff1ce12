"""What a question is not: of another year, bearer, place or frequency; and who, with whom, by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.plan import Chunk, Indicator, Plan, Task
from knowledge.source import Source
from retrieval.answer import Answer, AnswerKind
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf, ShelvedPlan
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import TODAY, Ask, fill

LOST = "Cơ quan chủ trì in không rõ (đọc được: Công an phường); đề nghị xem bản gốc."


def chunk(line: int, text: str, *path: str) -> Chunk:
    return Chunk(path, text, text, Source(line, line, text))


def goal(line: int, name: str, value: str, **more: object) -> Indicator:
    fields: dict[str, object] = {"source": Source(line, line, f"{value}% {name}"), "where": "I.2"} | more
    return Indicator(name=name, target=hoa_mau._percent(value), **fields)  # type: ignore[arg-type]


GOALS = (
    goal(11, "Thủ tục hành chính đủ điều kiện được cung cấp trực tuyến", "95"),
    goal(12, "Hồ sơ công việc xử lý trên mạng và dùng chữ ký số cá nhân", "100"),
    goal(13, "Tỷ lệ hộ gia đình có đồng hồ nước thông minh", "35", due="Đến năm 2030"),
    goal(
        41, "TTHC đủ điều kiện cung cấp trực tuyến", "95", no="1", where="Phụ lục", lead=("Trung tâm Hành chính công",)
    ),
    goal(42, "Tỷ lệ đèn đường dùng cảm biến", "50", no="2", where="Phụ lục", lead=("Công an phường",), checks=(LOST,)),
)
RESULTS = "Phụ lục 2"
TASKS = (
    Task(
        "Lắp đèn đường dùng pin mặt trời", "V.1", Source(51, 51, "Lắp đèn đường dùng pin mặt trời"),
        lead=("Phòng Kinh tế",),
    ),
    Task(
        "Vận hành nhà kho lạnh dùng chung", "V.1", Source(52, 52, "Vận hành nhà kho lạnh dùng chung"),
        lead=("Phòng Kinh tế",), coop=("Hội Nông dân",),
    ),
)  # fmt: skip
PLAN = Plan(
    document=hoa_mau.COMMUNE_PLAN.document,
    indicators=GOALS,
    tasks=TASKS,
    chunks=(
        hoa_mau.BODY[0],
        *(chunk(g.source.first, g.source.quote, "I. MỤC TIÊU") for g in GOALS[:3]),
        chunk(21, "- Tổng kinh phí đã dùng là 4,2 tỷ đồng.", "PHẦN I: KẾT QUẢ THỰC HIỆN NĂM 2025"),
        chunk(22, "- Đã tổ chức 14 buổi tập huấn cho đoàn viên.", "PHẦN I: KẾT QUẢ THỰC HIỆN NĂM 2025"),
        chunk(31, "a) Trồng cây xanh ven kênh Đông.", "II. NHIỆM VỤ"),
        chunk(32, "- Cơ quan chủ trì: Hội Cựu chiến binh.", "II. NHIỆM VỤ"),
        chunk(33, "- Thời gian hoàn thành: trước ngày 20 tháng 9 năm 2026.", "II. NHIỆM VỤ"),
        *(chunk(g.source.first, f"{g.no} | {g.name} | {g.target.text}", "Phụ lục 1") for g in GOALS[3:]),
        *(chunk(t.source.first, t.name, "V. TỔ CHỨC THỰC HIỆN") for t in TASKS),
        chunk(60, "STT | Chỉ tiêu | Cơ quan chủ trì | Kết quả thực hiện năm 2025 | Đánh giá", RESULTS),
        chunk(61, "1 | Tỷ lệ nhà văn hóa có mạng không dây | Phòng Kinh tế | 41,5% | Chưa đạt", RESULTS),
        chunk(62, "2 | Tỷ lệ chợ có mã thanh toán | Phòng Kinh tế | 88% | Đạt", RESULTS),
    ),
)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Callable[[str], Answer]]:
    shelf = Shelf((ShelvedPlan("hoa-phu", hoa_mau.COMMUNE, "kh.txt", PLAN),))
    index = PlanIndex(tmp_path)
    fill(index, shelf)
    answerer = Answerer(index)
    yield lambda question: answerer.answer(question, shelf, asker=hoa_mau.COMMUNE, today=TODAY)
    index.close()


def test_a_goal_and_its_row_in_the_appendix_are_one_indicator(asked: Callable[[str], Answer]) -> None:
    answer = asked("thủ tục hành chính cung cấp trực tuyến bao nhiêu %?")
    assert answer.text.startswith("95 %: ")
    assert "Trung tâm Hành chính công" in answer.text
    assert {c.lines for c in answer.citations} >= {(11, 11), (41, 41)}


def test_a_lead_that_nobody_can_read_is_not_told(asked: Callable[[str], Answer]) -> None:
    answer = asked("ai chủ trì đèn đường dùng cảm biến?")
    assert answer.kind is AnswerKind.NONE
    assert "không rõ cơ quan chủ trì" in answer.text
    assert "Công an phường" not in answer.text


def test_a_share_of_something_else_is_no_answer(asked: Callable[[str], Answer]) -> None:
    assert asked("bao nhiêu % người dân có chữ ký số?").kind is AnswerKind.NONE


def test_a_target_is_answered_for_the_year_it_is_set_for(asked: Callable[[str], Answer]) -> None:
    assert asked("đến năm 2030 bao nhiêu % hộ gia đình có đồng hồ nước thông minh?").text.startswith("35 %")
    assert asked("năm 2027 bao nhiêu % hộ gia đình có đồng hồ nước thông minh?").kind is AnswerKind.NONE


def test_last_years_money_is_not_this_years(asked: Callable[[str], Answer]) -> None:
    assert "4,2 tỷ" in asked("năm 2025 tổng kinh phí đã dùng là bao nhiêu?").text
    assert asked("tổng kinh phí năm 2026 là bao nhiêu tiền?").kind is AnswerKind.NONE


def test_a_labelled_line_below_says_who_and_when(asked: Callable[[str], Answer]) -> None:
    assert asked("ai chủ trì trồng cây xanh ven kênh Đông?").text.startswith("Hội Cựu chiến binh: Trồng cây xanh")
    assert asked("trồng cây xanh ven kênh Đông xong trước ngày nào?").text.startswith("Trước ngày 20 tháng 9 năm 2026")


def test_a_unit_is_told_what_it_has_to_do_and_with_whom(asked: Callable[[str], Answer]) -> None:
    duties = asked("Phòng Kinh tế làm gì?")
    assert "Lắp đèn đường" in duties.text
    assert "nhà kho lạnh" in duties.text
    assert asked("vận hành nhà kho lạnh phối hợp với ai?").text.startswith("Phối hợp: Hội Nông dân.")


def test_results_that_fell_short_are_listed(asked: Callable[[str], Answer]) -> None:
    answer = asked("năm 2025 chỉ tiêu nào chưa đạt?")
    assert answer.text.startswith("1 chỉ tiêu của năm 2025 được đánh giá chưa đạt")
    assert "nhà văn hóa" in answer.text
    assert "chợ" not in answer.text


def test_a_row_of_results_answers_for_its_year(asked: Callable[[str], Answer]) -> None:
    assert "41,5%" in asked("năm 2025 tỷ lệ nhà văn hóa có mạng không dây đạt bao nhiêu?").text


@pytest.mark.parametrize(
    "question", ["tổ trưởng tổ công nghệ số là ai?", "chủ tịch xã tên gì", "ai là giám đốc trung tâm"]
)
def test_a_person_is_named_only_where_the_plan_names_one(asked: Callable[[str], Answer], question: str) -> None:
    assert asked(question).kind is AnswerKind.NONE


def test_a_commune_whose_plan_is_not_there_has_no_answer(ask: Ask) -> None:
    answer = ask("xã Bình An phủ sóng 5G bao nhiêu?")
    assert answer.kind is AnswerKind.NONE
    assert "xã Bình An" in answer.text


def test_another_frequency_of_reports_is_not_answered(ask: Ask) -> None:
    assert ask("báo cáo hằng quý nộp ngày nào?").kind is AnswerKind.NONE
    assert ask("báo cáo hằng tháng nộp ngày nào?").text.startswith("Trước ngày 18 hằng tháng.")


def test_choices_show_their_targets(ask: Ask) -> None:
    text = ask("tỷ lệ thanh toán?").text
    assert "70 %" in text
    assert "90 %" in text


def test_a_communes_own_province_is_not_replaced_by_another(ask: Ask) -> None:
    document = replace(hoa_mau.COMMUNE_PLAN.document, province="Hà Bắc")
    plan = replace(hoa_mau.COMMUNE_PLAN, document=document)
    _, province = hoa_mau.shelf().plans
    shelf = Shelf((ShelvedPlan("hoa-mau", hoa_mau.COMMUNE, "KH-20.txt", plan), province))
    assert "75 %" not in ask("xã so với tỉnh thì phủ sóng 5G thế nào", shelf=shelf).text
