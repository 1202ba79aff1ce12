"""From an update to a committed step: one message, one transaction.

The update's identity, the conversation's state, the changes and the replies commit together or not at all. A refusal is
answered with its sentence; a bug is logged, and the person hears one calm sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.calendar_keeping import keep_calendar
from bot.channels.channel import Channel, Moved, RawUpdate
from bot.channels.menu import pick
from bot.evidence_keeping import post_evidence
from bot.library import Library
from bot.posting import menu_of, post_notice
from bot.revisions import Revisions
from bot.row_pictures import RowPictures
from handlers.changes import AdoptPlan, ReadPlan, SetReportingRule, ShowEvidence
from handlers.conversation import converse
from handlers.message import Incoming, MessageKind, Outgoing
from handlers.state import IDLE, Menu
from handlers.step import Step
from handlers.texts import common
from handlers.view import View
from knowledge.errors import Refused
from scheduler.calendar import Calendar
from scheduler.clock import Clock
from scheduler.sending_hours import snooze_until
from storage.actor import Actor
from storage.inbox import Received
from storage.people import fresh_code
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# What a database says that is busy, full or away; the same message succeeds later.
Unavailable = (OperationalError, InterfaceError)

# A number typed later than this is no longer meant for the menu above it (people reuse stale numbers: see docs/zalo).
NUMBERS_HOLD = timedelta(minutes=15)
# A message that took the program down twice is set aside; the third try is not made.
MOST_TRIES = 2
# The inbox channel of the program's own jobs: files that wait to be read.
READING = "reading"


class Dispatch:
    """Handles updates of any channel. ``links`` are the bots' own addresses by channel, for groups to press."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        calendar: Calendar,
        library: Library,
        channels: Mapping[str, Channel],
    ) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._library = library
        self._channels = channels
        self._pictures = RowPictures(store)
        self._revisions = Revisions()
        self.links: dict[str, str] = {}
        self._begun: set[tuple[str, str]] = set()

    def lane(self, received: Received) -> str:
        """Which lane an update belongs to: its chat; an unreadable update has one of its own."""
        incoming = self._parse(received)
        return f"{received.channel} {incoming.chat.address}" if incoming else f"{received.channel} ?"

    def _parse(self, received: Received) -> Incoming | None:
        try:
            return self._channels[received.channel].parse(RawUpdate(received.identity, received.body))
        except Exception:  # noqa: BLE001  # one unreadable update must not stop the others; handle() sets it aside
            return None

    async def handle(self, received: Received) -> None:
        """Handle one stored update to its end. Raises only what ``Unavailable`` names: the update then comes again."""
        context = {"channel": received.channel, "update": received.identity}
        with structlog.contextvars.bound_contextvars(**context):
            try:
                raw = RawUpdate(received.identity, received.body)
                incoming = self._channels[received.channel].parse(raw)
            except Exception:
                log.exception("update_unreadable")
                await self._set_aside(received, "unreadable")
                return
            if incoming is None:
                await self._settle(received, self._channels[received.channel].moved(raw))
                return
            await self._handle(received, incoming)
            self._begun.discard((received.channel, received.identity))

    async def _handle(self, received: Received, incoming: Incoming) -> None:
        if await self._tries(received) > MOST_TRIES:
            log.error("update_set_aside")
            await self._apologise(received, incoming)
            return
        try:
            await self._converse(received, incoming)
        except Refused as refusal:
            log.info("refused", refusal=type(refusal).__name__)
            await self._answer(received, incoming, refusal.sentence)
        except Unavailable:
            # No fault of the message: it is not spoilt by a database that is busy or away.
            raise
        except Exception:
            log.exception("update_failed")
            await self._apologise(received, incoming)

    async def _tries(self, received: Received) -> int:
        """How often this update was begun by a program that then died; each run of the program counts once."""
        known = (received.channel, received.identity)
        if known in self._begun:
            return 0
        async with self._store.unit() as unit:
            tries = await unit.inbox.tried(received.channel, received.identity)
        self._begun.add(known)
        return tries

    async def _converse(self, received: Received, incoming: Incoming) -> None:
        """One step of the conversation; taken anew when a notice changed the chat's menu meanwhile."""
        while not await self._step(received, incoming):
            log.info("step_taken_anew")

    async def _step(self, received: Received, incoming: Incoming) -> bool:
        now = self._clock.now()
        async with self._store.reading() as unit:
            state, menu = await unit.conversations.load(incoming.chat, incoming.account)
            incoming = self._resolve(incoming, menu, now)
            view = await unit.views.load(incoming, now)
            shelf = await self._library.shelf(unit)
            revision = await self._revisions.of(unit, view)
        view = self._filled(view, incoming)
        view = replace(view, revision=revision, answer=self._library.answers(shelf, view.authority, now.date()))
        step = await asyncio.to_thread(converse, state, incoming, view)
        shows = self._channels[incoming.chat.channel].abilities.sends_files
        replies = [await self._pictures.shown(reply, as_picture=shows) for reply in step.replies]
        step = replace(step, replies=tuple(replies))
        async with self._store.unit() as unit:
            if not await unit.inbox.is_new(received.channel, received.identity):
                return True
            if await unit.conversations.load(incoming.chat, incoming.account) != (state, menu):
                return False
            if step.replies or step.changes or step.state != state:
                await self._commit(unit, incoming, menu, step)
            await unit.inbox.done(received.channel, received.identity)
        return True

    def _resolve(self, incoming: Incoming, menu: Menu | None, now: datetime) -> Incoming:
        """A typed "2" or "tiếp tục" as the choice that it names in the menu last shown.

        Where choices are buttons no numbers are shown, and a number that was shown long ago is forgotten: only words
        name a choice then.
        """
        if incoming.kind is not MessageKind.TEXT or menu is None or not incoming.text:
            return incoming
        numbered = not self._channels[incoming.chat.channel].abilities.buttons
        fresh = menu.shown_at >= now - NUMBERS_HOLD
        choice = pick(incoming.text, menu.choices, menu.awaits_figure or not numbered or not fresh)
        return replace(incoming, kind=MessageKind.CHOICE, choice=choice.value) if choice else incoming

    def _filled(self, view: View, incoming: Incoming) -> View:
        channel = self._channels[incoming.chat.channel]
        return replace(
            view,
            fresh_code=fresh_code(),
            invite_link=channel.invite_link,
            bot_link=self.links.get(incoming.chat.channel),
            next_working_morning=snooze_until(view.now.replace(hour=23), self._calendar),
        )

    async def _commit(self, unit: UnitOfWork, incoming: Incoming, menu: Menu | None, step: Step) -> None:
        now = self._clock.now()
        actor = Actor.of(incoming)
        for change in step.changes:
            if isinstance(change, ShowEvidence):
                continue
            await unit.apply(change, actor, now)
            if isinstance(change, ReadPlan):
                await unit.inbox.add(READING, f"{incoming.chat.channel} {incoming.update}", _job(incoming, change))
            elif isinstance(change, AdoptPlan | SetReportingRule):
                await keep_calendar(unit, self._calendar, now)
        shown = menu_of(step.replies, incoming.chat, now, menu)
        await unit.conversations.save(incoming.chat, incoming.account, step.state, shown)
        await self._post(unit, incoming, step)

    async def _post(self, unit: UnitOfWork, incoming: Incoming, step: Step) -> None:
        now = self._clock.now()
        for reply in step.replies:
            if reply.to is None or reply.to == incoming.chat:
                await unit.outbox.add(incoming.chat, reply, in_reply_to=incoming.update)
            else:
                await post_notice(unit, reply, now)
        for change in step.changes:
            if isinstance(change, ShowEvidence):
                await post_evidence(unit, change, incoming.chat, incoming.update)

    async def tell(self, unit: UnitOfWork, event: Incoming) -> None:
        """Let the conversation of a chat hear of something that the program did (a plan was read), in ``unit``."""
        now = self._clock.now()
        view = self._filled(await unit.views.load(event, now), event)
        view = replace(view, revision=await self._revisions.of(unit, view))
        # A notice like any other: whatever the person is in the middle of goes on.
        for reply in converse(IDLE, event, view).replies:
            await post_notice(unit, replace(reply, to=event.chat), now)

    async def _answer(self, received: Received, incoming: Incoming, sentence: str) -> None:
        """One sentence, and nothing changed."""
        async with self._store.unit() as unit:
            if await unit.inbox.is_new(received.channel, received.identity):
                await unit.outbox.add(incoming.chat, Outgoing(sentence), in_reply_to=incoming.update)
                await unit.inbox.done(received.channel, received.identity)

    async def _apologise(self, received: Received, incoming: Incoming) -> None:
        async with self._store.unit() as unit:
            if not await unit.inbox.is_new(received.channel, received.identity):
                return
            if not incoming.group or incoming.addressed:
                await unit.outbox.add(incoming.chat, Outgoing(common.APOLOGY), in_reply_to=incoming.update)
            await unit.inbox.quarantine(received.channel, received.identity, "failed")

    async def _set_aside(self, received: Received, reason: str) -> None:
        async with self._store.unit() as unit:
            await unit.inbox.quarantine(received.channel, received.identity, reason)

    async def _settle(self, received: Received, moved: Moved | None) -> None:
        async with self._store.unit() as unit:
            if moved is not None:
                await unit.chats.moved(moved.old, moved.new.address)
            await unit.inbox.done(received.channel, received.identity)


def _job(incoming: Incoming, change: ReadPlan) -> dict[str, object]:
    attachment = change.attachment
    return {
        "channel": incoming.chat.channel,
        "address": incoming.chat.address,
        "account": incoming.account,
        "ref": attachment.ref,
        "name": attachment.name,
        "size": attachment.size,
        "media_type": attachment.media_type,
    }
