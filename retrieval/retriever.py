"""The index as a LangChain retriever, for chains of others. The program itself does not go through it."""

from __future__ import annotations

from collections.abc import Collection

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrieval.index import PlanIndex


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
