"""A message that asks several things gets an answer to each, and what only looks like several gets one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.plan import Chunk, Plan, Task
from knowledge.source import Source
from retrieval.answer import Answer, AnswerKind
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.several import parts
from retrieval.shelf import Shelf, ShelvedPlan
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import TODAY, fill

RESULTS = ("Phần I: KẾT QUẢ THỰC HIỆN NĂM 2025", "3. Một cửa")


def chunk(line: int, text: str, *path: str) -> Chunk:
    return Chunk(path, text, text, Source(line, line, text))


PLAN = Plan(
    document=hoa_mau.COMMUNE_PLAN.document,
    indicators=hoa_mau.ROWS,
    tasks=(
        Task(
            "Lắp trạm quan trắc mực nước", "Phụ lục 2", Source(51, 51, "Lắp trạm quan trắc mực nước"),
            lead=("Phòng Kinh tế",), due="Tháng 9/2026",
        ),
        Task(
            "Bán cây giống qua mạng", "Phụ lục 2", Source(52, 52, "Bán cây giống qua mạng"),
            lead=("Phòng Kinh tế",), coop=("Hội Nông dân xã",),
        ),
    ),
    chunks=(
        hoa_mau.BODY[0],
        chunk(11, "- Đã trả kết quả: 2.310 hồ sơ. Trả trước hạn: 1.905. Trả quá hạn: 41.", *RESULTS),
        chunk(12, "- Cấp 640 chữ ký số cho cá nhân và 77 chữ ký số cho tổ chức.", *RESULTS),
        chunk(31, "- Khuyến khích huy động ngân hàng, hợp tác xã cùng góp tiền mua máy bơm.", "IV. KINH PHÍ"),
        chunk(32, "- Mỗi điểm tư vấn phục vụ ít nhất 45 lượt khách/năm.", "III. NHIỆM VỤ"),
        *(chunk(i.source.first, i.source.quote, hoa_mau.APPENDIX) for i in hoa_mau.ROWS),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    folder: Path = tmp_path_factory.mktemp("several")
    index = PlanIndex(folder, None)
    shelf = Shelf(
        (
            ShelvedPlan("own", hoa_mau.COMMUNE, "KH-20.txt", PLAN, hoa_mau.PROVINCE),
            ShelvedPlan("above", hoa_mau.PROVINCE, "KH-121.txt", hoa_mau.PROVINCE_PLAN),
        )
    )
    fill(index, shelf)
    answerer = Answerer(index)
    yield lambda question: answerer.answer(question, shelf, asker=hoa_mau.COMMUNE, today=TODAY)
    index.close()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Xã đã trả kết quả mấy hồ sơ, trong đó trước hạn bao nhiêu?", ("2.310", "1.905")),
        ("cap bao nhieu chu ky so cho ca nhan, bao nhieu cho to chuc", ("640", "77")),
        ("Chỉ tiêu thanh toán không dùng tiền mặt mấy % và ai chủ trì?", ("90", "Phòng Kinh tế")),
        ("tram quan trac muc nuoc don vi nao chu tri, thang may phai xong", ("Phòng Kinh tế", "9/2026")),
        ("Bán cây giống qua mạng: ai chủ trì, phối hợp với ai?", ("Phòng Kinh tế", "Hội Nông dân")),
        (
            "so suc khoe dien tu bao nhieu phan tram, tai khoan dinh danh muc 2 bao nhieu phan tram",
            ("80", "95"),
        ),
    ],
)
def test_each_part_is_answered(ask: Callable[[str], Answer], question: str, told: tuple[str, ...]) -> None:
    answer = ask(question)
    assert answer.kind is not AnswerKind.NONE
    assert [word for word in told if word not in answer.text] == []


def test_a_source_is_named_once(ask: Callable[[str], Answer]) -> None:
    answer = ask("Sổ sức khỏe điện tử bao nhiêu %, định danh mức 2 bao nhiêu %?")
    assert answer.text.count("Nguồn:") <= 2
    assert len(set(answer.citations)) == len(answer.citations)


def test_the_row_of_a_figure_names_its_lead(ask: Callable[[str], Answer]) -> None:
    answer = ask("Sổ sức khỏe điện tử bao nhiêu % và ai chủ trì?")
    assert answer.text.startswith("80 %")
    assert "Chủ trì: Trạm Y tế xã" in answer.text
    assert answer.text.count("Nguồn:") == 1


def test_what_the_plan_does_not_say_of_the_rest_is_said(ask: Callable[[str], Answer]) -> None:
    answer = ask("Sổ sức khỏe điện tử chỉ tiêu bao nhiêu phần trăm, máy bay không người lái giá bao nhiêu tiền?")
    assert "80" in answer.text
    assert "không nêu" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Văn hóa và xã hội do phòng nào lo?",
        "Ai là trưởng ban, tên gì?",
        "chi tieu 5g bao nhieu",
        "Chào em, cho hỏi ai lo 5G?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question, ()) == ()


def test_whom_a_thing_is_asked_of_is_no_lead(ask: Callable[[str], Answer]) -> None:
    answer = ask("xã huy động những ai góp tiền mua máy bơm?")
    assert "hợp tác xã" in answer.text
    assert answer.kind is AnswerKind.PASSAGE


def test_so_many_a_year_are_not_so_many_in_all(ask: Callable[[str], Answer]) -> None:
    assert ask("Năm 2026 các điểm tư vấn đã phục vụ tất cả bao nhiêu lượt khách?").kind is AnswerKind.NONE
    assert "45" in ask("mỗi điểm tư vấn phục vụ ít nhất mấy lượt khách một năm?").text


def test_theirs_and_ours_in_one_question_means_ours(ask: Callable[[str], Answer]) -> None:
    answer = ask("Theo kế hoạch của tỉnh thì ở xã mình phủ sóng 5G bao nhiêu phần trăm?")
    assert "60 %" in answer.text
