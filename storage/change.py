"""What carrying out a change needs: the session, who asks, when, and the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef
from storage.audit import AuditEntry, AuditTrail
from storage.authorities import Authorities
from storage.chats import Chats
from storage.people import People
from storage.plans import Plans
from storage.reminders import Reminders
from storage.rights import Rights


@dataclass(frozen=True, slots=True)
class Hand:
    """The hand that carries out one change."""

    session: AsyncSession
    rights: Rights
    now: datetime
    authorities: Authorities
    audit: AuditTrail
    chats: Chats
    people: People
    plans: Plans
    reminders: Reminders

    @property
    def person(self) -> int | None:
        """Who asks; None for the operator."""
        return self.rights.person

    @property
    def chat(self) -> ChatRef:
        """Where they ask."""
        return self.rights.actor.chat

    @property
    def channel(self) -> str:
        """Through which channel."""
        return self.rights.actor.channel

    def note(
        self,
        action: str,
        record: str,
        record_id: int | None,
        *,
        authority: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        person: int | None = None,
    ) -> None:
        """Write the change into the trail; ``person`` where it is not yet known who asks."""
        who = person if person is not None else self.person
        entry = AuditEntry(self.now, who, self.channel, action, record, record_id, before, after)
        self.audit.add(entry, authority)
