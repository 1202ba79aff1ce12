"""One look at one open period: which reminders it has, and what becomes of those due. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from handlers.desk import handed_in, units_with_items
from handlers.message import ChatRef, Outgoing
from handlers.remind import remind, remind_group
from handlers.view import Role, Standing
from scheduler.calendar import Calendar
from scheduler.catching_up import catch_up
from scheduler.reminders import DeskFacts, Recipient, ReminderDraft, ReminderKind, plan_reminders, snoozed
from storage.people import Member
from storage.reminders import LedgerLine, Planned

log = structlog.get_logger()

# The unit number that stands for the authority as a whole in reminders to its groups; no unit has it.
WHOLE = 0
# Why a line of the ledger fails that this program cannot make sense of.
UNREADABLE = "unreadable"
# Why a line fails to be sent whose period is due on another day now: the new day has reminders of its own.
MOVED = "deadline moved"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one reminder: its message goes out, or it is settled without one, for a reason."""

    key: str
    chat: str
    message: Outgoing | None = None
    reason: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One look at one open period: values in, values out."""

    calendar: Calendar
    now: datetime
    standing: Standing

    def planned(
        self, members: Iterable[Member], groups: Iterable[tuple[ChatRef, int | None]]
    ) -> tuple[ReminderDraft, ...]:
        """All reminders of the period for who is there now."""
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
        return plan_reminders(period, facts, coordinators, self.now, self.calendar, scope=scope_of(self.standing))

    def decided(self, lines: Iterable[LedgerLine], new: Iterable[ReminderDraft]) -> Iterator[Verdict]:
        """What becomes of the ledger's lines that are due, and of what has just been planned."""
        drafts = [draft for draft in new if draft.at <= self.now]
        for line in lines:
            if self._moved(line):
                yield Verdict(line.key, _address(line.chat), reason=MOVED)
                continue
            try:
                drafts.append(self._draft(line))
            except (KeyError, TypeError, ValueError):
                log.exception("reminder_unreadable", line=line.id)
                yield Verdict(line.key, _address(line.chat), reason=UNREADABLE, broken=True)
        outcome = catch_up(drafts, self.now, self.calendar, owing=self._owing())
        for draft in outcome.send:
            yield self._worded(draft)
        for skipped in outcome.skip:
            yield Verdict(skipped.draft.key, skipped.draft.chat, reason=skipped.reason)

    def _moved(self, line: LedgerLine) -> bool:
        """Whether a line speaks of a deadline that has moved; what a chat asked for itself is kept."""
        facts = line.facts
        if not isinstance(facts, Mapping) or facts.get("kind") == ReminderKind.SNOOZED:
            return False
        due = self.standing.period.due.isoformat()
        return bool(facts.get("due", due) != due)

    def _worded(self, draft: ReminderDraft) -> Verdict:
        try:
            message = self._message(draft)
        except Exception:
            log.exception("reminder_not_worded", kind=draft.kind.value, period=draft.period.id)
            return Verdict(draft.key, draft.chat, reason="could not be worded", broken=True)
        return Verdict(draft.key, draft.chat, message, "nothing left to say")

    def _owing(self) -> frozenset[tuple[str, int]]:
        key = self.standing.period.key
        owing = {(key, desk.unit.id) for desk in units_with_items(self.standing) if not handed_in(desk)}
        return frozenset(owing | {(key, WHOLE)} if owing else owing)

    def _draft(self, line: LedgerLine) -> ReminderDraft:
        """A line of the ledger as the draft it was. KeyError, TypeError or ValueError where it makes no sense."""
        facts, period, chat = line.facts, self.standing.period, _address(line.chat)
        if facts["kind"] == "snooze":
            again = snoozed(period, int(facts["unit"]), chat, line.due_at, self.calendar)
            return replace(again, key=line.key, at=line.due_at)
        units = tuple(int(unit) for unit in facts["units"])
        kind = ReminderKind(facts["kind"])
        return ReminderDraft(line.key, kind, period, units, chat, line.due_at, int(facts["days"]))

    def _message(self, draft: ReminderDraft) -> Outgoing | None:
        to = _chat(draft.chat)
        if draft.units == (WHOLE,):
            return remind_group(draft, self.standing, to)
        return remind(draft, self.standing, to, self.now.hour, self.now.date())


def stray(line: LedgerLine) -> Verdict:
    """What becomes of a line whose period is not open."""
    if period_of(line) is None:
        log.error("reminder_unreadable", line=line.id)
        return Verdict(line.key, _address(line.chat), reason=UNREADABLE, broken=True)
    return Verdict(line.key, _address(line.chat), reason="period closed")


def period_of(line: LedgerLine) -> int | None:
    """The period that a line of the ledger is about; None where it does not say."""
    period = line.facts.get("period") if isinstance(line.facts, Mapping) else None
    return period if isinstance(period, int) else None


def scope_of(standing: Standing) -> str:
    """What the keys of a period's reminders begin with."""
    return f"period{standing.period.id}"


def in_ledger(draft: ReminderDraft) -> Planned:
    """A draft as the ledger keeps it."""
    facts = {
        "kind": draft.kind.value,
        "period": draft.period.id,
        "units": list(draft.units),
        "days": draft.days,
        "due": draft.period.due.isoformat(),
    }
    return Planned(draft.key, _chat(draft.chat), draft.at, facts)


def _address(chat: ChatRef) -> str:
    return f"{chat.channel}:{chat.address}"


def _chat(address: str) -> ChatRef:
    channel, _, rest = address.partition(":")
    return ChatRef(channel, rest)
