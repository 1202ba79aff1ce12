"""The extra "sentence-transformers": its real library over tiny models that are made here. Skips where it is absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document

from retrieval.embeddings import SentenceTransformer
from retrieval.index import PlanIndex
from retrieval.reranking import CrossEncoder
from retrieval.retriever import PassageRetriever
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import fill

pytest.importorskip("sentence_transformers", reason="needs the extra: pip install 'dondoc[sentence-transformers]'")

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "tram", "te", "mo", "cua", "cho", "hop", "phu", "song", "chi"]


def made(folder: Path, kind: str, **more: Any) -> str:
    """A model of one layer with random weights and sixteen numbers a word, saved as a hub would serve it."""
    import torch
    import transformers

    torch.manual_seed(1)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = transformers.BertConfig(vocab_size=len(WORDS), **size, **more)
    getattr(transformers, kind)(config).save_pretrained(folder / kind)
    tokenizer.save_pretrained(folder / kind)
    return str(folder / kind)


def test_a_model_of_ones_own_finds_passages(tmp_path: Path) -> None:
    model = SentenceTransformer(made(tmp_path, "BertModel"))
    assert len(model.embed_query("tram y te")) == 16
    retriever = PassageRetriever.from_documents(
        [Document("Trạm y tế mở cửa từ 7 giờ.", id="a"), Document("Chợ họp ngày mùng 5.", id="b")], embedding=model, k=1
    )
    assert [d.id for d in retriever.invoke("tram y te mo cua")] == ["a"]
    retriever.close()


def test_a_cross_encoder_puts_the_best_in_its_order(tmp_path: Path) -> None:
    reranker = CrossEncoder(made(tmp_path, "BertForSequenceClassification", num_labels=1))
    index = PlanIndex(tmp_path / "index", None, reranker=reranker)
    fill(index, hoa_mau.shelf())
    hits = index.search("chi tieu phu song 5g bao nhieu", k=5)
    scores = [hit.parts["reranked"] for hit in hits]
    assert len(hits) == 5
    assert scores == sorted(scores, reverse=True)
    index.close()
