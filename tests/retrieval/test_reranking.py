"""A cross-encoder behind a real server on loopback puts the best passages in its own order."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from langchain_core.documents import Document

from knowledge.errors import Misconfigured
from knowledge.plan import Chunk, Plan
from knowledge.plan import Document as Head
from knowledge.source import Source
from retrieval.index import PlanIndex
from retrieval.reranking import RERANKED, CrossEncoder, RerankEndpoint, as_compressor

TEXTS = ["Nuôi ong lấy mật ở thôn Hạ.", "Nuôi ong trong rừng tràm, nuôi ong lấy sáp.", "Trồng chè trên đồi."]


class _Server(BaseHTTPRequestHandler):
    """The smallest /rerank endpoint: the shorter a passage, the better; answered in reverse order, best not first."""

    heard: list[dict[str, object]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).heard.append(body)
        scored = [{"index": n, "relevance_score": -len(text)} for n, text in enumerate(body["documents"])]
        if body["model"] == "forgetful":
            scored = scored[:-1]
        reply = json.dumps({"results": scored[::-1]}).encode()
        self.send_response(500 if body["model"] == "broken" else 200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    _Server.heard = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def filled(folder: Path, reranker: RerankEndpoint | None, texts: list[str] = TEXTS) -> PlanIndex:
    index = PlanIndex(folder, reranker=reranker)
    chunks = tuple(Chunk((), text, text, Source(n, n, text)) for n, text in enumerate(texts, 1))
    index.replace("a", Plan(Head(), chunks=chunks), file_name="a", authority="a")
    return index


def order(index: PlanIndex, question: str, k: int = 10) -> list[str]:
    found = [hit.chunk.text for hit in index.search(question, k=k)]
    index.close()
    return found


def test_the_reranker_has_the_last_word(endpoint: str, tmp_path: Path) -> None:
    question = "nuôi ong lấy sáp"
    assert order(filled(tmp_path / "one", None), question) == [TEXTS[1], TEXTS[0]]
    reranked = filled(tmp_path / "two", RerankEndpoint(endpoint, "m"))
    hits = reranked.search(question)
    assert [hit.chunk.text for hit in hits] == [TEXTS[0], TEXTS[1]]
    assert hits[0].parts["reranked"] > hits[1].parts["reranked"]
    assert [hit.chunk.text for hit in reranked.search(question, k=1)] == [TEXTS[0]]
    reranked.close()


def test_it_reads_the_question_with_diacritics_and_few_passages(endpoint: str, tmp_path: Path) -> None:
    many = [f"Chỉ tiêu đường giao thông nông thôn thứ {n}." for n in range(50)]
    found = order(filled(tmp_path, RerankEndpoint(endpoint, "m"), many), "chi tieu duong giao thong nong thon", k=30)
    assert len(found) == len(set(found)) == 30
    (heard,) = _Server.heard
    assert heard["query"] == "chỉ tiêu đường giao thông nông thôn"
    assert isinstance(heard["documents"], list)
    assert len(heard["documents"]) == RERANKED


@pytest.mark.parametrize("model", ["broken", "forgetful"])
def test_a_reranker_that_fails_changes_nothing(endpoint: str, tmp_path: Path, model: str) -> None:
    question = "nuôi ong trong rừng"
    plain = order(filled(tmp_path / "one", None), question)
    assert order(filled(tmp_path / "two", RerankEndpoint(endpoint, model)), question) == plain
    with pytest.raises((httpx.HTTPStatusError, ValueError)):
        RerankEndpoint(endpoint, model).score(question, TEXTS)


def test_langchain_gets_a_compressor(endpoint: str) -> None:
    compressor = as_compressor(RerankEndpoint(endpoint, "m"), top_n=2)
    documents = [Document(text, id=str(n), metadata={"n": n}) for n, text in enumerate(TEXTS)]
    best = compressor.compress_documents(documents, "nuôi ong")
    assert [(d.id, d.metadata["n"]) for d in best] == [("2", 2), ("0", 0)]
    assert best[0].metadata["relevance_score"] == -len(TEXTS[2])
    assert "relevance_score" not in documents[2].metadata
    assert compressor.compress_documents([], "nuôi ong") == []


def test_a_missing_package_is_said_in_one_line() -> None:
    with pytest.raises(Misconfigured, match="sentence-transformers"):
        CrossEncoder("no such model").score("nuôi ong", TEXTS)
