"""Photos and files behind reports: noted in the message's transaction, fetched from the channel afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from handlers.message import Attachment
from storage.models import EvidenceRow


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence; ``channel`` is where ``attachment`` can be fetched."""

    id: int
    channel: str
    attachment: Attachment
    unit: int
    period: int
    indicator: int | None


class Evidence:
    """What was sent to support figures."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def unfetched(self, limit: int = 20) -> Sequence[Piece]:
        """Pieces whose bytes are still with the messenger, oldest first."""
        rows = await self._session.scalars(
            select(EvidenceRow).where(EvidenceRow.fetched.is_(False)).order_by(EvidenceRow.id).limit(limit)
        )
        return [_piece(row) for row in rows]

    async def fetched(self, piece: int, content: bytes | None) -> None:
        """Keep the bytes; None when they are gone for good and need not be asked for again."""
        await self._session.execute(
            update(EvidenceRow).where(EvidenceRow.id == piece).values(fetched=True, content=content)
        )

    async def of(self, unit: int, period: int) -> Sequence[Piece]:
        """What a unit sent for a period."""
        rows = await self._session.scalars(
            select(EvidenceRow)
            .where(EvidenceRow.unit_id == unit, EvidenceRow.period_id == period)
            .order_by(EvidenceRow.id)
        )
        return [_piece(row) for row in rows]

    async def content(self, piece: int) -> bytes | None:
        """The bytes, once fetched."""
        row = await self._session.get(EvidenceRow, piece, options=[undefer(EvidenceRow.content)])
        return None if row is None else row.content


def _piece(row: EvidenceRow) -> Piece:
    attachment = Attachment(row.ref, row.name, row.size, row.media_type)
    return Piece(row.id, row.channel, attachment, row.unit_id, row.period_id, row.indicator_id)
