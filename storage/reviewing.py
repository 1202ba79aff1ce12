"""What a coordinator does with submitted figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from handlers.changes import ApproveEntries, ReturnEntry
from reporting.entry import EntryState
from storage.change import Hand
from storage.entry_rows import entry_json
from storage.errors import Outdated
from storage.models import EntryRow, UnitRow
from storage.reporting_changes import open_period
from storage.rights import GONE
from storage.shelving import bump_version

_CHANGED: Final = 'Số liệu này đã thay đổi sau khi tôi gửi nút cho anh/chị. Anh/chị gõ "duyệt" để xem lại.'


async def _entries(hand: Hand, ids: Sequence[int]) -> Sequence[tuple[EntryRow, int]]:
    """The entries with their authorities; all must be of an authority that the actor coordinates."""
    found = (
        await hand.session.execute(
            select(EntryRow, UnitRow.authority_id)
            .join(UnitRow, UnitRow.id == EntryRow.unit_id)
            .where(EntryRow.id.in_(ids))
            .order_by(EntryRow.id)
            .with_for_update(of=EntryRow)
        )
    ).all()
    if not found:
        raise Outdated(GONE)
    for _, authority in found:
        hand.rights.coordinates(authority)
    return [(entry, authority) for entry, authority in found]


async def approve_entries(hand: Hand, change: ApproveEntries) -> None:
    """Submitted figures become approved; those approved before stay so, and nothing else may be among them."""
    entries = await _entries(hand, change.entries)
    if any(row.state not in (EntryState.SUBMITTED, EntryState.APPROVED) for row, _ in entries):
        raise Outdated(_CHANGED)
    for row, authority in entries:
        if row.state == EntryState.APPROVED:
            continue
        row.state, row.reviewed_by, row.reviewed_at = EntryState.APPROVED, hand.person, hand.now
        hand.note(
            "approve_entry",
            "entry",
            row.id,
            authority=authority,
            before={"state": EntryState.SUBMITTED},
            after=entry_json(row),
        )
    await hand.session.flush()
    await bump_version(hand.session)


async def return_entry(hand: Hand, change: ReturnEntry) -> None:
    """A submitted figure goes back to its unit; the unit must still be able to mend it."""
    ((row, authority),) = await _entries(hand, (change.entry,))
    if row.state != EntryState.SUBMITTED:
        raise Outdated(_CHANGED)
    await open_period(hand, row.unit_id, row.period_id)
    before = entry_json(row)
    row.state, row.reason = EntryState.RETURNED, change.reason
    row.reviewed_by, row.reviewed_at = hand.person, hand.now
    hand.note("return_entry", "entry", row.id, authority=authority, before=before, after=entry_json(row))
