"""The time: every minute, plan the reminders of the open periods, and put those that are due into the outbox.

The ledger's rows are the truth. Whatever happens to this process, a reminder's key is said once; after an outage each
chat hears one word for each period, not ten (``scheduler.catching_up.catch_up``).

Most minutes nothing is new and nothing is due. So everything is decided on a picture of the records that waits for no
writer and holds up none (``bot.reminder_round``); a transaction is opened for what is to be written alone, and asks the
ledger once more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog

from bot.calendar_keeping import keep_calendar
from bot.delivery import Delivery
from bot.posting import post_notice
from bot.reminder_round import Round, Verdict, in_ledger, period_of, scope_of, stray
from scheduler.calendar import Calendar
from scheduler.clock import Clock
from scheduler.reminders import OUTBOX_KEY
from scheduler.waking import Waker
from storage.reminders import LedgerLine
from storage.store import Store
from storage.work import UnitOfWork

log = structlog.get_logger()

# Sent messages hold names and figures: kept as long as somebody may ask what was said, no longer.
MESSAGES_KEPT = timedelta(days=30)
# Messengers repeat an update within a day at most; its identity is kept far longer than that.
UPDATES_KEPT = timedelta(days=30)
# Chats whose reminders are written in one transaction, some 12 ms each: at eight o'clock people's messages must get
# their turn between those of a thousand reminders.
CHATS_AT_ONCE = 10


class Timekeeping:
    """Plans and sends reminders. One of these may run in several processes: the ledger's keys keep them apart."""

    def __init__(self, store: Store, clock: Clock, calendar: Calendar, delivery: Delivery) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._delivery = delivery
        self._done_on: dict[str, date] = {}

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
        """Plan and send what is due now; how many reminders went into the outbox.

        An authority whose records cannot be read, or a row that makes no sense, is logged and stops nobody else's.
        """
        now = self._clock.now()
        await self._once_a_day("keep_calendar", now, self._keep_calendar)
        await self._once_a_day("prune", now, self._prune)
        async with self._store.reading() as unit:
            open_now = await unit.periods.open_at(now.date())
            due: dict[int | None, list[LedgerLine]] = defaultdict(list)
            for line in await unit.reminders.due(now):
                due[period_of(line)].append(line)
        sent = 0
        for authority in sorted({period.authority for period in open_now}):
            try:
                sent += await self._look_at(authority, due, now)
            except Exception:
                log.exception("authority_not_reminded", authority=authority)
        still_open = {period.period.id for period in open_now}
        await self._carry_out([stray(line) for id_, lines in due.items() if id_ not in still_open for line in lines])
        if sent:
            log.info("reminders_queued", count=sent)
            self._delivery.wake()
        return sent

    async def _keep_calendar(self, unit: UnitOfWork, now: datetime) -> bool:
        return await keep_calendar(unit, self._calendar, now)

    @staticmethod
    async def _prune(unit: UnitOfWork, now: datetime) -> bool:
        await unit.outbox.prune(now - MESSAGES_KEPT)
        await unit.inbox.prune(now - UPDATES_KEPT)
        return True

    async def _once_a_day(
        self, step: str, now: datetime, work: Callable[[UnitOfWork, datetime], Awaitable[bool]]
    ) -> None:
        """A step that is done once it is committed; one that fails, or says so, is tried again the next minute."""
        if self._done_on.get(step) == now.date():
            return
        try:
            async with self._store.unit() as unit:
                done = await work(unit, now)
        except Exception:
            log.exception("daily_step_failed", step=step)
            return
        if done:
            self._done_on[step] = now.date()

    async def _look_at(self, authority: int, due: Mapping[int | None, Sequence[LedgerLine]], now: datetime) -> int:
        """Plan and send for one authority; how many reminders went into the outbox."""
        async with self._store.reading() as unit:
            standings = await unit.views.standings(authority, now)
            members = await unit.people.members(authority)
            groups = await unit.people.groups(authority)
            known = {standing.period.id: await unit.reminders.keys(scope_of(standing)) for standing in standings}
        sent = 0
        for standing in standings:
            one = Round(self._calendar, now, standing)
            new = [draft for draft in one.planned(members, groups) if draft.key not in known[standing.period.id]]
            if new:
                async with self._store.unit() as unit:
                    await unit.reminders.add_all(map(in_ledger, new))
            sent += await self._carry_out(list(one.decided(due.get(standing.period.id, ()), new)))
        return sent

    async def _carry_out(self, verdicts: Sequence[Verdict]) -> int:
        """Write down what was decided, all of a chat's in one transaction; how many reminders are to be sent."""
        by_chat: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            by_chat[verdict.chat].append(verdict)
        chats = list(by_chat.values())
        sent = 0
        for start in range(0, len(chats), CHATS_AT_ONCE):
            some = chats[start : start + CHATS_AT_ONCE]
            try:
                sent += await self._write(some)
            except Exception:
                # One of them makes no sense; the others have nothing to do with it.
                log.exception("reminders_not_written", chats=len(some))
                sent += await self._write_apart(some)
        return sent

    async def _write_apart(self, chats: Sequence[Sequence[Verdict]]) -> int:
        sent = 0
        for verdicts in chats:
            try:
                sent += await self._write([verdicts])
            except Exception:
                log.exception("chat_not_reminded")
        return sent

    async def _write(self, chats: Sequence[Sequence[Verdict]]) -> int:
        sent = 0
        async with self._store.unit() as unit:
            for verdict in (verdict for verdicts in chats for verdict in verdicts):
                sent += await _write(unit, verdict, self._clock.now())
        return sent


async def _write(unit: UnitOfWork, verdict: Verdict, now: datetime) -> int:
    """Write down a verdict; 1 where a message went into the outbox. Nothing happens where somebody was faster."""
    if verdict.message is not None:
        if not await unit.reminders.sent(verdict.key):
            return 0
        await post_notice(unit, replace(verdict.message, key=OUTBOX_KEY + verdict.key), now)
        return 1
    if verdict.broken:
        await unit.reminders.failed(verdict.key, verdict.reason)
    else:
        await unit.reminders.skipped(verdict.key, verdict.reason)
    return 0
