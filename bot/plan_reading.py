"""Plan files that people sent: read outside the conversation, one at a time, and never lost by a restart.

A file that waits is a row of the inbox, in the channel ``dispatch.READING``: the row is settled in the transaction that
stores the plan and tells its sender.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.channels.channel import Channel
from bot.delivery import Delivery
from bot.dispatch import READING, Dispatch
from bot.library import Library
from handlers.message import Attachment, ChatRef, Incoming, MessageKind, Outgoing
from handlers.texts import planning
from knowledge.errors import Refused
from knowledge.plan import Plan
from knowledge.reading import read_plan
from storage.actor import Actor
from storage.inbox import Received
from storage.names import is_province
from storage.store import Store

log = structlog.get_logger()

# Pages between two words of progress: a person on a phone wants to know that it goes on, not each page.
_PAGES_BETWEEN_WORDS = 10
# Plans already kept that are evidence for doubtful figures; a commune has its own and its province's.
_MOST_SIBLINGS = 6
# How often the queue is looked at, besides being woken.
_LOOK_EVERY = 5.0


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
            if not await self.read_waiting():
                await asyncio.sleep(_LOOK_EVERY)

    async def read_waiting(self) -> int:
        """Read everything that waits now; how many files."""
        async with self._store.reading() as unit:
            waiting = await unit.inbox.waiting(READING)
        mine = [received for received in waiting if received.body["channel"] in self._channels]
        for received in mine:
            await self._read(received)
            self._delivery.wake()
        return len(mine)

    async def _read(self, received: Received) -> None:
        body = received.body
        chat = ChatRef(body["channel"], body["address"])
        attachment = Attachment(body["ref"], body["name"], body["size"], body["media_type"])
        event = Incoming(chat, received.identity, body["account"], MessageKind.EVENT, "plan_read")
        try:
            content = await self._channels[chat.channel].fetch(attachment, self._limits.size)
            async with self._store.reading() as unit:
                known = [shelved.plan for shelved in (await self._library.shelf(unit)).plans if not shelved.superseded]
            plan = await self._understood(content, attachment.name, chat, known[-_MOST_SIBLINGS:])
        except Refused as refusal:
            await self._refused(received, event, refusal.sentence)
            return
        except TimeoutError:
            await self._refused(received, event, planning.TOOK_TOO_LONG)
            return
        except Exception:
            log.exception("plan_reading_failed", update=received.identity)
            await self._refused(received, event, planning.READING_FAILED)
            return
        async with self._store.unit() as unit:
            own = await unit.people.authority_of(Actor.of(event))
            issuer = plan.document.issuer
            # The province's plan, sent for comparison, is nobody's own to report on.
            reference = issuer is not None and is_province(issuer) and own is not None and not is_province(own)
            saved = await unit.plans.save(
                plan,
                file_name=attachment.name,
                content_hash=hashlib.sha256(content).hexdigest(),
                content=content,
                authority=None if reference else own,
                adopt=reference,
            )
            authority = await unit.authorities.name(saved.authority)
            if reference:
                kept = planning.REFERENCE_KEPT.format(number=plan.document.number or attachment.name, issuer=issuer)
                await unit.outbox.add(chat, Outgoing(kept))
            else:
                await self._dispatch.tell(unit, event)
            await unit.inbox.done(READING, received.identity)
        await self._library.put(saved.key, plan, file_name=attachment.name, authority=authority)
        log.info("plan_read", plan=saved.id, indicators=len(plan.indicators), pages=plan.pages)

    async def _understood(self, content: bytes, name: str, chat: ChatRef, siblings: Sequence[Plan]) -> Plan:
        loop = asyncio.get_running_loop()

        def progress(page: int, pages: int) -> None:
            if page < pages and page % _PAGES_BETWEEN_WORDS == 0:
                asyncio.run_coroutine_threadsafe(self._say_page(chat, page, pages), loop)

        async with asyncio.timeout(self._limits.seconds):
            return await asyncio.to_thread(read_plan, content, name, progress=progress, siblings=siblings)

    async def _say_page(self, chat: ChatRef, page: int, pages: int) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.add(chat, Outgoing(planning.READING_PAGE.format(page=page, pages=pages)))
        self._delivery.wake()

    async def _refused(self, received: Received, event: Incoming, sentence: str) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.add(event.chat, Outgoing(sentence))
            await unit.inbox.done(READING, received.identity)
