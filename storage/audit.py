"""The audit trail: written with every change, read by who must answer for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AuditRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change. ``person`` is an id, None for the operator and the program itself."""

    at: datetime
    person: int | None
    channel: str
    action: str
    record: str
    record_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class AuditTrail:
    """Append and read; there is no third thing to do."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, entry: AuditEntry, authority: int | None = None) -> None:
        """Append; ``before`` and ``after`` must be plain JSON without names, accounts or codes."""
        self._session.add(
            AuditRow(
                at=entry.at,
                authority_id=authority,
                person_id=entry.person,
                channel=entry.channel,
                action=entry.action,
                record=entry.record,
                record_id=entry.record_id,
                before=None if entry.before is None else dict(entry.before),
                after=None if entry.after is None else dict(entry.after),
            )
        )

    async def entries(
        self,
        *,
        record: str | None = None,
        record_id: int | None = None,
        authority: int | None = None,
        limit: int = 1000,
    ) -> Sequence[AuditEntry]:
        """The newest ``limit`` changes, oldest first; of one record or one authority where given."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        if record is not None:
            query = query.where(AuditRow.record == record)
        if record_id is not None:
            query = query.where(AuditRow.record_id == record_id)
        if authority is not None:
            query = query.where(AuditRow.authority_id == authority)
        return [
            AuditEntry(row.at, row.person_id, row.channel, row.action, row.record, row.record_id, row.before, row.after)
            for row in reversed((await self._session.scalars(query)).all())
        ]
