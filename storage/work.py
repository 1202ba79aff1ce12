"""A unit of work: everything that can be done to the records within one transaction."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.changes import Change
from scheduler.clock import Clock
from storage.actor import Actor
from storage.applying import apply
from storage.audit import AuditTrail
from storage.authorities import Authorities
from storage.books import Shelved
from storage.chats import Chats
from storage.conversations import Conversations
from storage.evidence import Evidence
from storage.inbox import Inbox
from storage.links import Links
from storage.outbox import Outbox
from storage.people import People
from storage.periods import Periods
from storage.plans import Plans
from storage.reminders import Reminders
from storage.special_days import SpecialDays
from storage.views import Views


class UnitOfWork:
    """One transaction, seen through the nouns of the program. Made by ``Store.unit``, which commits it."""

    def __init__(self, session: AsyncSession, clock: Clock, shelved: Shelved | None = None) -> None:
        self.session = session
        self._clock = clock
        self._shelved = shelved

    @cached_property
    def audit(self) -> AuditTrail:
        """Who changed what."""
        return AuditTrail(self.session)

    @cached_property
    def authorities(self) -> Authorities:
        """Authorities and their units."""
        return Authorities(self.session)

    @cached_property
    def chats(self) -> Chats:
        """Addresses in channels."""
        return Chats(self.session)

    @cached_property
    def conversations(self) -> Conversations:
        """Where conversations stand."""
        return Conversations(self.session, self.chats, self._clock)

    @cached_property
    def evidence(self) -> Evidence:
        """Photos and files behind reports."""
        return Evidence(self.session)

    @cached_property
    def inbox(self) -> Inbox:
        """Updates as they came."""
        return Inbox(self.session, self._clock)

    @cached_property
    def links(self) -> Links:
        """Indicators linked to the level above."""
        return Links(self.session)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages to be sent."""
        return Outbox(self.session, self.chats, self._clock)

    @cached_property
    def people(self) -> People:
        """Persons, memberships, invites."""
        return People(self.session)

    @cached_property
    def periods(self) -> Periods:
        """When reports are due."""
        return Periods(self.session)

    @cached_property
    def plans(self) -> Plans:
        """Plans and their indicators."""
        return Plans(self.session, self._clock)

    @cached_property
    def reminders(self) -> Reminders:
        """The ledger of reminders."""
        return Reminders(self.session, self.chats, self._clock)

    @cached_property
    def special_days(self) -> SpecialDays:
        """Days off and worked that were decided here."""
        return SpecialDays(self.session)

    @cached_property
    def views(self) -> Views:
        """What handlers may look at."""
        return Views(self.session, self._shelved)

    async def apply(self, change: Change, by: Actor, now: datetime) -> None:
        """Carry out one change, its right checked again, and write it into the audit trail.

        Raises a ``Refused`` whose sentence is for the person; nothing was changed by this call then.
        """
        await apply(self, change, by, now)
