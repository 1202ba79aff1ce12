"""The index as others use it: a LangChain retriever."""

from __future__ import annotations

from retrieval.index import PlanIndex
from retrieval.retriever import PlanRetriever


def test_documents_carry_their_place(index: PlanIndex) -> None:
    found = PlanRetriever(index=index, keys=["hoa-mau"], k=3).invoke("phu song 5g")
    assert len(found) == 3
    assert "5G" in found[0].page_content
    assert found[0].metadata["key"] == "hoa-mau"
    assert (found[0].metadata["first"], found[0].metadata["last"]) == (72, 72)
    assert found[0].metadata["score"] >= found[1].metadata["score"]
