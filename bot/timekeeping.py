"""The time: every minute, plan the reminders of the open periods, and put those that are due into the outbox.

The ledger's rows are the truth. Whatever happens to this process, a reminder's key is said once; after an outage each
chat hears one word for each period, not ten (``scheduler.reminders.catch_up``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from bot.calendar_keeping import keep_calendar
from bot.delivery import Delivery
from bot.posting import REMINDER_KEY, post_notice
from handlers.desk import handed_in, units_with_items
from handlers.message import ChatRef, Outgoing
from handlers.remind import remind, remind_group
from handlers.view import Role, Standing
from scheduler.calendar import Calendar
from scheduler.clock import Clock
from scheduler.reminders import (
    DeskFacts,
    Recipient,
    ReminderDraft,
    ReminderKind,
    catch_up,
    plan_reminders,
    snoozed,
)
from scheduler.waking import Waker
from storage.people import Member
from storage.reminders import LedgerLine
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# Sent messages hold names and figures: kept as long as somebody may ask what was said, no longer.
MESSAGES_KEPT = timedelta(days=30)
# Messengers repeat an update within a day at most; its identity is kept far longer than that.
UPDATES_KEPT = timedelta(days=30)
# The unit number that stands for the authority as a whole in reminders to its groups; no unit has it.
WHOLE = 0


class Timekeeping:
    """Plans and sends reminders. One of these may run in several processes: the ledger's keys keep them apart."""

    def __init__(self, store: Store, clock: Clock, calendar: Calendar, delivery: Delivery) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._delivery = delivery
        self._kept_on: date | None = None

    async def run(self) -> None:
        """Tick for ever; APScheduler only wakes this up."""
        waker = Waker(self._wake, self._clock)
        waker.start()
        try:
            await asyncio.Event().wait()
        finally:
            await waker.stop()

    async def _wake(self) -> None:
        try:
            await self.tick()
        except Exception:
            log.exception("tick_failed")

    async def tick(self) -> int:
        """Plan and send what is due now; how many reminders went into the outbox."""
        now = self._clock.now()
        sent = 0
        async with self._store.unit() as unit:
            if self._kept_on != now.date():
                await keep_calendar(unit, self._calendar, now)
                await unit.outbox.prune(now - MESSAGES_KEPT)
                await unit.inbox.prune(now - UPDATES_KEPT)
                self._kept_on = now.date()
            open_now = await unit.periods.open_at(now.date())
            for authority in sorted({period.authority for period in open_now}):
                for standing in await unit.views.standings(authority, now):
                    sent += await _Round(unit, self._calendar, now, authority, standing).run()
            still_open = {period.period.id for period in open_now}
            for line in await unit.reminders.due(now):
                if line.facts["period"] not in still_open:
                    await unit.reminders.skipped(line.key, "period closed")
        if sent:
            log.info("reminders_queued", count=sent)
            self._delivery.wake()
        return sent


@dataclass(slots=True)
class _Round:
    """One look at one authority's open period."""

    unit: UnitOfWork
    calendar: Calendar
    now: datetime
    authority: int
    standing: Standing

    async def run(self) -> int:
        """Plan what is missing from the ledger, then decide on everything that is due."""
        members = await self.unit.people.members(self.authority)
        groups = await self.unit.people.groups(self.authority)
        for draft in self._planned(members, groups):
            await self.unit.reminders.add_if_new(draft.key, _chat(draft.chat), draft.at, _facts(draft))
        lines = await self.unit.reminders.due(self.now)
        drafts = [draft for draft in map(self._draft, lines) if draft is not None]
        outcome = catch_up(drafts, self.now, self.calendar, owing=self._owing())
        for skipped in outcome.skip:
            await self.unit.reminders.skipped(skipped.draft.key, skipped.reason)
        sent = 0
        for draft in outcome.send:
            message = self._message(draft)
            if message is None:
                await self.unit.reminders.skipped(draft.key, "nothing left to say")
                continue
            await post_notice(self.unit, replace(message, key=REMINDER_KEY + draft.key), self.now)
            await self.unit.reminders.sent(draft.key)
            sent += 1
        return sent

    def _planned(
        self, members: Iterable[Member], groups: Iterable[tuple[ChatRef, int | None]]
    ) -> tuple[ReminderDraft, ...]:
        period, desks = self.standing.period, units_with_items(self.standing)
        reporters: dict[int, list[Recipient]] = {}
        coordinators: list[Recipient] = []
        for member in members:
            for chat in member.chats:
                recipient = Recipient(_address(chat), member.since)
                if member.role is Role.COORDINATOR:
                    coordinators.append(recipient)
                if member.role is not Role.LEADER:
                    reporters.setdefault(member.unit, []).append(recipient)
        whole: list[Recipient] = []
        for chat, unit in groups:
            (whole if unit is None else reporters.setdefault(unit, [])).append(Recipient(_address(chat)))
        facts = [DeskFacts(d.unit.id, handed_in(d), tuple(reporters.get(d.unit.id, ()))) for d in desks]
        facts.append(DeskFacts(WHOLE, all(handed_in(d) for d in desks), tuple(whole)))
        return plan_reminders(period, facts, coordinators, self.now, self.calendar, scope=f"period{period.id}")

    def _owing(self) -> frozenset[tuple[str, int]]:
        key = self.standing.period.key
        owing = {(key, desk.unit.id) for desk in units_with_items(self.standing) if not handed_in(desk)}
        return frozenset(owing | {(key, WHOLE)} if owing else owing)

    def _draft(self, line: LedgerLine) -> ReminderDraft | None:
        """A line of the ledger that is this authority's and this period's, as the draft it was."""
        facts, period = line.facts, self.standing.period
        if facts["period"] != period.id:
            return None
        chat = _address(line.chat)
        if facts["kind"] == "snooze":
            again = snoozed(period, facts["unit"], chat, line.due_at, self.calendar)
            return ReminderDraft(line.key, again.kind, period, again.units, chat, line.due_at)
        kind = ReminderKind(facts["kind"])
        return ReminderDraft(line.key, kind, period, tuple(facts["units"]), chat, line.due_at, facts["days"])

    def _message(self, draft: ReminderDraft) -> Outgoing | None:
        to = _chat(draft.chat)
        if draft.units == (WHOLE,):
            return remind_group(draft, self.standing, to)
        return remind(draft, self.standing, to, self.now.hour, self.now.date())


def _facts(draft: ReminderDraft) -> Mapping[str, Any]:
    """What the ledger keeps of a draft beside its key, chat and moment."""
    return {
        "kind": draft.kind.value,
        "period": draft.period.id,
        "units": list(draft.units),
        "days": draft.days,
    }


def _address(chat: ChatRef) -> str:
    return f"{chat.channel}:{chat.address}"


def _chat(address: str) -> ChatRef:
    channel, _, rest = address.partition(":")
    return ChatRef(channel, rest)
