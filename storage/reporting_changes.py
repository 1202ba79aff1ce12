"""What a unit does with its own report: figures, evidence, submitting, explaining."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from handlers.changes import AddEvidence, KeepReturned, RecordDelay, SaveDraft, Snooze, SubmitReport
from reporting.entry import EntryState
from reporting.errors import NotAllowed, NothingToSubmit, PeriodClosed
from storage.change import Hand
from storage.desks import coordinating_unit
from storage.entry_rows import entry_json, figure_columns
from storage.errors import Outdated
from storage.models import (
    DelayRow,
    EntryRow,
    EvidenceRow,
    IndicatorRow,
    IndicatorUnitRow,
    PeriodRow,
    PlanRow,
    PlanState,
    UnitRow,
)
from storage.rights import GONE

_NOT_YET: Final = "Kỳ báo cáo {label} chưa mở, anh/chị báo cáo từ ngày {day}."
_CLOSED: Final = "Kỳ báo cáo {label} đã khóa từ ngày {day}. Anh/chị liên hệ người đầu mối tổng hợp nếu cần bổ sung."
_APPROVED: Final = "Số liệu này đã được duyệt. Nếu cần sửa, anh/chị nhờ người đầu mối tổng hợp."
_NOTHING: Final = 'Chưa có số liệu mới để nộp. Anh/chị gõ "báo cáo" để nhập.'
_NOT_LED: Final = "Chỉ tiêu này không do đơn vị của anh/chị báo cáo."


async def open_period(hand: Hand, unit: int, period: int) -> PeriodRow:
    """The period, once it is sure that it is the unit's authority's and takes reports today."""
    found = (
        await hand.session.execute(
            select(PeriodRow, PlanRow.authority_id, UnitRow.authority_id)
            .join(PlanRow, PlanRow.id == PeriodRow.plan_id)
            .join(UnitRow, UnitRow.id == unit)
            .where(PeriodRow.id == period)
        )
    ).one_or_none()
    if found is None or found[1] != found[2]:
        raise Outdated(GONE)
    row: PeriodRow = found[0]
    today = hand.now.date()
    if today < row.opens:
        raise PeriodClosed(_NOT_YET.format(label=row.label, day=f"{row.opens:%d/%m/%Y}"))
    if today > row.closes:
        raise PeriodClosed(_CLOSED.format(label=row.label, day=f"{row.closes:%d/%m/%Y}"))
    return row


async def _led(hand: Hand, unit: int, indicator: int, period: PeriodRow) -> None:
    """Refuse unless the unit reports this indicator of the plan in force that the period belongs to."""
    row = (
        await hand.session.execute(
            select(IndicatorRow.plan_id, PlanRow.authority_id)
            .join(PlanRow, PlanRow.id == IndicatorRow.plan_id)
            .where(
                IndicatorRow.id == indicator,
                PlanRow.series_id == period.plan_id,
                PlanRow.state == PlanState.ADOPTED,
            )
        )
    ).one_or_none()
    if row is None:
        raise Outdated(GONE)
    links = (
        await hand.session.execute(
            select(IndicatorUnitRow.indicator_id, IndicatorUnitRow.unit_id)
            .join(IndicatorRow, IndicatorRow.id == IndicatorUnitRow.indicator_id)
            .where(IndicatorRow.plan_id == row.plan_id)
        )
    ).all()
    if (indicator, unit) in [(link.indicator_id, link.unit_id) for link in links]:
        return
    if not links and unit == await coordinating_unit(hand.session, row.authority_id):
        return
    raise NotAllowed(_NOT_LED)


async def _entry(hand: Hand, indicator: int, unit: int, period: int) -> EntryRow | None:
    return (
        await hand.session.scalars(
            select(EntryRow)
            .where(EntryRow.indicator_id == indicator, EntryRow.unit_id == unit, EntryRow.period_id == period)
            .with_for_update()
        )
    ).one_or_none()


async def _authority(hand: Hand, period: PeriodRow) -> int:
    return (await hand.session.get_one(PlanRow, period.plan_id)).authority_id


async def save_draft(hand: Hand, change: SaveDraft) -> None:
    """Keep a figure as a draft, in place of whatever stood there unless it is approved."""
    hand.rights.of_unit(change.unit)
    period = await open_period(hand, change.unit, change.period)
    await _led(hand, change.unit, change.indicator, period)
    row = await _entry(hand, change.indicator, change.unit, change.period)
    if row is not None and row.state == EntryState.APPROVED:
        raise NotAllowed(_APPROVED)
    before = None if row is None else entry_json(row)
    if row is None:
        row = EntryRow(indicator_id=change.indicator, unit_id=change.unit, period_id=change.period)
        hand.session.add(row)
    for column, value in figure_columns(change.figure).items():
        setattr(row, column, value)
    row.state, row.note, row.reason = EntryState.DRAFT, change.note, None
    row.at, row.reported_by, row.reviewed_by, row.reviewed_at = hand.now, hand.person, None, None
    await hand.session.flush()
    hand.note(
        "save_draft", "entry", row.id, authority=await _authority(hand, period), before=before, after=entry_json(row)
    )


async def keep_returned(hand: Hand, change: KeepReturned) -> None:
    """Submit a returned figure again as it stands, explained."""
    hand.rights.of_unit(change.unit)
    period = await open_period(hand, change.unit, change.period)
    row = await _entry(hand, change.indicator, change.unit, change.period)
    if row is None or row.state != EntryState.RETURNED:
        raise Outdated(GONE)
    before = entry_json(row)
    row.state, row.note, row.at, row.reported_by = EntryState.SUBMITTED, change.note, hand.now, hand.person
    hand.note(
        "keep_returned",
        "entry",
        row.id,
        authority=await _authority(hand, period),
        before=before,
        after=entry_json(row),
    )


async def submit_report(hand: Hand, change: SubmitReport) -> None:
    """All drafts of the unit in the period become submitted."""
    hand.rights.of_unit(change.unit)
    period = await open_period(hand, change.unit, change.period)
    rows = (
        await hand.session.scalars(
            select(EntryRow)
            .where(
                EntryRow.unit_id == change.unit,
                EntryRow.period_id == change.period,
                EntryRow.state == EntryState.DRAFT,
            )
            .order_by(EntryRow.id)
            .with_for_update()
        )
    ).all()
    if not rows:
        raise NothingToSubmit(_NOTHING)
    authority = await _authority(hand, period)
    for row in rows:
        before = {"state": row.state}
        row.state, row.at = EntryState.SUBMITTED, hand.now
        hand.note("submit_entry", "entry", row.id, authority=authority, before=before, after=entry_json(row))


async def add_evidence(hand: Hand, change: AddEvidence) -> None:
    """Note a photo or file; its bytes are fetched after the commit (``Evidence``)."""
    hand.rights.of_unit(change.unit)
    period = await open_period(hand, change.unit, change.period)
    if change.indicator is not None:
        await _led(hand, change.unit, change.indicator, period)
    sent = change.attachment
    row = EvidenceRow(
        unit_id=change.unit,
        period_id=change.period,
        indicator_id=change.indicator,
        channel=hand.channel,
        ref=sent.ref,
        name=sent.name,
        media_type=sent.media_type,
        size=sent.size,
        added_by=hand.person,
        added_at=hand.now,
    )
    hand.session.add(row)
    await hand.session.flush()
    hand.note(
        "add_evidence",
        "evidence",
        row.id,
        authority=await _authority(hand, period),
        after={"unit": change.unit, "period": change.period, "indicator": change.indicator},
    )


async def record_delay(hand: Hand, change: RecordDelay) -> None:
    """Keep why the unit is late."""
    hand.rights.of_unit(change.unit)
    period = await open_period(hand, change.unit, change.period)
    row = DelayRow(
        unit_id=change.unit, period_id=change.period, reason=change.reason, said_by=hand.person, said_at=hand.now
    )
    hand.session.add(row)
    await hand.session.flush()
    hand.note(
        "record_delay",
        "delay",
        row.id,
        authority=await _authority(hand, period),
        after={"unit": change.unit, "period": change.period, "reason": change.reason},
    )


async def snooze(hand: Hand, change: Snooze) -> None:
    """Remind this chat of the unit's report again at a moment; the same wish twice is one reminder."""
    hand.rights.of_unit(change.unit)
    await open_period(hand, change.unit, change.period)
    chat = await hand.chats.ensure(hand.chat)
    key = f"snooze:{chat.id}:{change.unit}:{change.period}:{change.until.isoformat(timespec='minutes')}"
    facts = {"kind": "snooze", "unit": change.unit, "period": change.period}
    if await hand.reminders.add_if_new(key, hand.chat, change.until, facts):
        hand.note(
            "snooze",
            "unit",
            change.unit,
            after={"period": change.period, "until": change.until.isoformat()},
        )
