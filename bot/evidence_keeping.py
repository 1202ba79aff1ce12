"""Photos and files behind reports: fetched from the messenger after the commit, sent to the reviewer on request."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.channels.channel import Channel, DeliveryFailed
from handlers.changes import ShowEvidence
from handlers.message import ChatRef, Document, Outgoing
from handlers.texts import reviewing
from knowledge.errors import Refused
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# Evidence is wanted when the report is reviewed, hours later; but messengers' addresses expire within an hour.
_LOOK_EVERY = 10.0


class EvidenceKeeping:
    """Fetches what people sent; a piece that is gone for good is asked for no more."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], limit: int) -> None:
        self._store = store
        self._channels = channels
        self._limit = limit

    async def run(self) -> None:
        """Fetch for ever."""
        while True:
            try:
                await self.fetch_waiting()
            except Exception:
                log.exception("evidence_failed")
            await asyncio.sleep(_LOOK_EVERY)

    async def fetch_waiting(self) -> None:
        """Fetch everything that is still with a messenger of ours."""
        async with self._store.reading() as unit:
            waiting = await unit.evidence.unfetched()
        for piece in waiting:
            channel = self._channels.get(piece.channel)
            if channel is None:
                continue
            content: bytes | None = None
            try:
                content = await channel.fetch(piece.attachment, self._limit)
            except Refused as refusal:
                log.warning("evidence_gone", piece=piece.id, reason=type(refusal).__name__)
            except DeliveryFailed as failure:
                log.info("evidence_postponed", piece=piece.id, reason=failure.reason)
                continue
            except Exception:
                # One piece that cannot be fetched must not keep the others waiting for ever.
                log.exception("evidence_broke", piece=piece.id)
            async with self._store.unit() as unit:
                await unit.evidence.fetched(piece.id, content)


async def post_evidence(unit: UnitOfWork, change: ShowEvidence, to: ChatRef, in_reply_to: str) -> None:
    """Queue a unit's evidence of a period for the chat that asked; says so where there is none yet."""
    shown = 0
    for piece in await unit.evidence.of(change.unit, change.period):
        content = await unit.evidence.content(piece.id)
        if content is None:
            continue
        shown += 1
        media_type = piece.attachment.media_type or "image/jpeg"
        document = Document(piece.attachment.name or f"minh-chung-{shown}.jpg", media_type, content)
        caption = reviewing.EVIDENCE_CAPTION.format(number=shown)
        await unit.outbox.add(to, Outgoing(caption, document=document), in_reply_to=in_reply_to)
    if not shown:
        await unit.outbox.add(to, Outgoing(reviewing.EVIDENCE_NOT_YET), in_reply_to=in_reply_to)
