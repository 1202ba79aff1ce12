"""The index as others use it: LangChain retrievers, over plans and over any passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.documents import Document

from knowledge.errors import Misconfigured
from knowledge.repair.fold import strip_marks
from retrieval.index import PlanIndex
from retrieval.retriever import PassageRetriever, PlanRetriever
from tests.retrieval.conftest import TrigramEmbedding

# Invented passages of no plan: no numbering, no headings, one of them twice as long.
PASSAGES = [
    Document("Trạm y tế xã mở cửa từ 7 giờ đến 17 giờ, trừ Chủ nhật.", id="tram", metadata={"nguon": "bảng tin"}),
    Document("Chợ phiên họp vào ngày mùng 5 và ngày 20 âm lịch.", id="cho"),
    Document("Hội đua thuyền trên hồ Sen thu hút hai mươi đội của các thôn ven hồ.", id="thuyen"),
    Document("Chánh án tòa án huyện ký quyết định công nhận hòa giải thành của hai gia đình.", id="toa"),
    Document(
        "Lớp học bơi miễn phí cho trẻ em mở vào mỗi dịp hè. Người dạy là giáo viên thể dục của trường trung học, học "
        "phí do hội khuyến học của xã trả, và mỗi lớp có không quá hai mươi em.",
        id="boi",
    ),
]

QUESTIONS = {
    "Trạm y tế mở cửa lúc mấy giờ?": "tram",
    "ngày nào có chợ phiên": "cho",
    "Ai dạy trẻ em học bơi?": "boi",
    "đua thuyền ở đâu": "thuyen",
    "chánh án công nhận việc gì": "toa",
}


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[PassageRetriever]:
    made = PassageRetriever.from_documents(PASSAGES, folder=tmp_path / "index", k=3)
    yield made
    made.close()


def test_documents_carry_their_place(index: PlanIndex) -> None:
    found = PlanRetriever(index=index, keys=["hoa-mau"], k=3).invoke("phu song 5g")
    assert len(found) == 3
    assert "5G" in found[0].page_content
    assert found[0].metadata["key"] == "hoa-mau"
    assert (found[0].metadata["first"], found[0].metadata["last"]) == (72, 72)
    assert found[0].metadata["score"] >= found[1].metadata["score"]


@pytest.mark.parametrize(("question", "identity"), QUESTIONS.items())
def test_any_passages_are_found_with_and_without_diacritics(
    retriever: PassageRetriever, question: str, identity: str
) -> None:
    typed, bare = retriever.invoke(question), retriever.invoke(strip_marks(question))
    assert typed[0].id == identity
    assert [d.id for d in bare] == [d.id for d in typed]


def test_what_comes_back_is_what_was_given(retriever: PassageRetriever) -> None:
    found = retriever.invoke("trạm y tế")[0]
    assert found.page_content == PASSAGES[0].page_content
    assert found.metadata["nguon"] == "bảng tin"
    assert isinstance(found.metadata["score"], float)
    assert "score" not in PASSAGES[0].metadata  # the caller's own documents stay as they are


def test_at_most_k_come_back_and_nothing_for_nothing(retriever: PassageRetriever) -> None:
    assert len(retriever.invoke("hai mươi của xã các thôn")) == 3
    assert retriever.invoke("xyzzy") == []
    assert retriever.invoke("") == []


def test_without_a_folder_nothing_stays_behind() -> None:
    made = PassageRetriever.from_documents(PASSAGES)
    folder = Path(made._folder.name)
    assert folder.is_dir()
    made.close()
    assert not folder.exists()


def test_meaning_is_searched_where_an_embedding_is_given(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = PassageRetriever.from_documents(
        PASSAGES, embedding=TrigramEmbedding(), folder=tmp_path, progress=lambda done, of: seen.append((done, of))
    )
    # No whole word is shared; letters are.
    assert made.invoke("trungtâm bơilội trẻem")[0].id is not None
    assert seen[-1] == (5, 5)
    assert made.invoke("chợ phiên")[0].id == "cho"
    made.close()


def test_a_model_that_fails_is_said_at_once(tmp_path: Path) -> None:
    class Failing(TrigramEmbedding):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise RuntimeError("no memory")

    with pytest.raises(Misconfigured, match="no memory"):
        PassageRetriever.from_documents(PASSAGES, embedding=Failing(), folder=tmp_path)


def test_an_index_of_plans_is_not_written_over(index: PlanIndex, tmp_path: Path) -> None:
    assert index.entries()
    with pytest.raises(Misconfigured, match="plans"):
        PassageRetriever.from_documents(PASSAGES, folder=tmp_path)
    assert index.search("phủ sóng 5G")


def test_no_passages_are_no_error() -> None:
    made = PassageRetriever.from_documents([])
    assert made.invoke("chợ phiên") == []
    made.close()
