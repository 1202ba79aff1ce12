"""Plan files that people sent: read outside the conversation, one at a time, and never lost by a restart.

A file that waits is a row of the inbox, in the channel ``dispatch.READING``: the row is settled in the transaction that
stores the plan and tells its sender.

A file is refused when the process that reads it died of it ``MOST_DEATHS`` times, one try after the other. A restart is
no fault of the file: a stop gives the try back, and a power cut counts as one of ``MOST_BEGUN`` beginnings without an
end, which only a file that takes the whole program down every time comes to.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.channels.channel import Channel
from bot.delivery import Delivery
from bot.dispatch import READING, Dispatch, Unavailable
from bot.library import Library
from bot.reader_version import reader_version
from bot.reading_apart import ReadingDied, read_apart
from handlers.message import Attachment, ChatRef, Incoming, MessageKind, Outgoing
from handlers.texts import planning
from knowledge.errors import NotAPlan, Refused
from knowledge.plan import Plan
from storage.actor import Actor
from storage.inbox import Received
from storage.models import IN_USE
from storage.names import is_province
from storage.plans import SavedPlan
from storage.rereading import KeptFile, kept_file, replace_reading, stamp
from storage.storable import storable
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# Pages between two words of progress: a person on a phone wants to know that it goes on, not each page.
_PAGES_BETWEEN_WORDS = 10
# Plans already kept that are evidence for doubtful figures; a commune has its own and its province's.
_MOST_SIBLINGS = 6
# A process that dies for want of memory may do better in a minute; one that dies three times dies of the file.
MOST_DEATHS = 3
MOST_BEGUN = 10
# How often the queue is looked at, besides being woken.
_LOOK_EVERY = 5.0

_OTHERS_PLAN = "Kế hoạch này của {issuer} đã có bản đang dùng; người đầu mối của {issuer} nạp bản mới giúp."


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, in bytes, and how long its reading may take, in seconds."""

    size: int
    seconds: float


class PlanReading:
    """Reads the files that wait, and lets their senders know."""

    def __init__(
        self,
        store: Store,
        dispatch: Dispatch,
        delivery: Delivery,
        library: Library,
        channels: Mapping[str, Channel],
        limits: Limits,
    ) -> None:
        self._store = store
        self._dispatch = dispatch
        self._delivery = delivery
        self._library = library
        self._channels = channels
        self._limits = limits

    async def run(self) -> None:
        """Read for ever."""
        while True:
            try:
                read = await self.read_waiting()
            except Exception:
                log.exception("plan_queue_failed")
                read = 0
            if not read:
                await asyncio.sleep(_LOOK_EVERY)

    async def read_waiting(self) -> int:
        """Read everything that waits now; how many files are settled."""
        async with self._store.reading() as unit:
            waiting = await unit.inbox.waiting(READING)
        settled = 0
        for received in waiting:
            if received.body["channel"] not in self._channels:
                continue
            try:
                await self._read(received)
                settled += 1
            except Exception:
                log.exception("plan_reading_failed", update=received.identity)
            self._delivery.wake()
        return settled

    async def _read(self, received: Received) -> None:
        async with self._store.unit() as unit:
            tries = await unit.inbox.tried(READING, received.identity)
        body = received.body
        chat = ChatRef(body["channel"], body["address"])
        event = Incoming(chat, received.identity, body["account"], MessageKind.EVENT, "plan_read")
        if tries > MOST_BEGUN:
            log.error("plan_set_aside", update=received.identity, tries=tries)
            await self._refused(received, event, planning.READING_FAILED)
            return
        try:
            await self._kept(received, event)
        except asyncio.CancelledError:
            # The program is being stopped; the file is read from its beginning after the next start.
            await asyncio.shield(self._give_back(received))
            raise
        except Refused as refusal:
            await self._refused(received, event, refusal.sentence)
        except TimeoutError:
            await self._refused(received, event, planning.TOOK_TOO_LONG)
        except Unavailable:
            # No fault of the file: it is read again.
            raise
        except Exception:
            log.exception("plan_reading_failed", update=received.identity)
            await self._refused(received, event, planning.READING_FAILED)

    async def _give_back(self, received: Received) -> None:
        async with self._store.unit() as unit:
            await unit.inbox.untried(READING, received.identity)

    async def _kept(self, received: Received, event: Incoming) -> None:
        body = received.body
        attachment = Attachment(body["ref"], body["name"], body["size"], body["media_type"])
        content = await self._channels[event.chat.channel].fetch(attachment, self._limits.size)
        async with self._store.reading() as unit:
            known = [shelved.plan for shelved in (await self._library.shelf(unit)).plans if not shelved.superseded]
        before = await self._before(event, content)
        if before is not None and _need_not_be_read(before):
            async with self._store.reading() as unit:
                plan = await unit.plans.load(before.id)
        else:
            # Whatever is written of them below, into records, messages and index, can be written.
            plan = storable(await self._understood(content, attachment.name, event.chat, known[-_MOST_SIBLINGS:]))
            if plan.is_blank:
                raise NotAPlan
        name = storable(attachment.name)
        async with self._store.unit() as unit:
            saved = await self._stored(unit, event, plan, name, content, before)
            authority = await unit.authorities.name(saved.authority)
            await unit.inbox.done(READING, received.identity)
        log.info("plan_read", plan=saved.id, indicators=len(plan.indicators), pages=plan.pages)
        try:
            await self._library.put(saved.key, plan, file_name=name, authority=authority)
        except Exception:
            # The records have the plan; ``Library.catch_up`` brings it into the index.
            log.exception("plan_not_indexed", plan=saved.id)

    async def _before(self, event: Incoming, content: bytes) -> KeptFile | None:
        """The sender's own plan of the very same file."""
        async with self._store.reading() as unit:
            own = await unit.people.authority_of(Actor.of(event))
            authority = await unit.authorities.find(own) if own is not None else None
            if authority is None:
                return None
            return await kept_file(unit.session, hashlib.sha256(content).hexdigest(), authority.id)

    async def _stored(
        self, unit: UnitOfWork, event: Incoming, plan: Plan, name: str, content: bytes, before: KeptFile | None
    ) -> SavedPlan:
        own = await unit.people.authority_of(Actor.of(event))
        issuer = plan.document.issuer
        content_hash = hashlib.sha256(content).hexdigest()
        # The province's plan, sent for comparison, is nobody's own to report on.
        reference = issuer is not None and is_province(issuer) and own is not None and not is_province(own)
        if reference and not await unit.plans.may_come_from_others(plan, content_hash):
            raise Refused(_OTHERS_PLAN.format(issuer=issuer))
        if before is not None and not _need_not_be_read(before):
            saved = await replace_reading(
                unit.session, unit.plans, before.id, plan, file_name=name, content=content, adopt=False
            )
        else:
            saved = await unit.plans.save(
                plan,
                file_name=name,
                content_hash=content_hash,
                content=content,
                authority=None if reference else own,
                adopt=reference,
            )
        if saved.fresh:
            await stamp(unit.session, saved.id, reader_version())
        if reference:
            kept = planning.REFERENCE_KEPT.format(number=plan.document.number or name, issuer=issuer)
            await unit.outbox.add(event.chat, Outgoing(kept))
        else:
            await self._dispatch.tell(unit, event)
        return saved

    async def _understood(self, content: bytes, name: str, chat: ChatRef, siblings: Sequence[Plan]) -> Plan:
        async def progress(page: int, pages: int) -> None:
            if page < pages and page % _PAGES_BETWEEN_WORDS == 0:
                await self._say_page(chat, page, pages)

        async with asyncio.timeout(self._limits.seconds):
            for death in range(1, MOST_DEATHS):
                try:
                    return await read_apart(content, name, progress=progress, siblings=siblings)
                except ReadingDied as died:
                    log.warning("plan_reader_died", death=death, reason=str(died))
            return await read_apart(content, name, progress=progress, siblings=siblings)

    async def _say_page(self, chat: ChatRef, page: int, pages: int) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.add(chat, Outgoing(planning.READING_PAGE.format(page=page, pages=pages)))
        self._delivery.wake()

    async def _refused(self, received: Received, event: Incoming, sentence: str) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.add(event.chat, Outgoing(sentence))
            await unit.inbox.done(READING, received.identity)


def _need_not_be_read(before: KeptFile) -> bool:
    """Whether the plan that was read from the same file is as good as a new reading. One in force is never set anew by
    a file that is sent once more: that is for ``dondoc ingest --again``."""
    return before.reader == reader_version() or before.state in IN_USE
