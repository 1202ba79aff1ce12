"""From an imperative of the conversation to the function that carries it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from handlers import changes as said
from storage.actor import Actor
from storage.change import Hand
from storage.joining import accept_invite, create_invite, leave_and_forget, register_group
from storage.planning import (
    adopt_plan,
    confirm_target,
    correct_target,
    discard_plan,
    read_plan,
    set_reporting_rule,
    settle_lead,
)
from storage.reporting_changes import add_evidence, keep_returned, record_delay, save_draft, snooze, submit_report
from storage.reviewing import approve_entries, return_entry
from storage.rights import registered, rights_of

if TYPE_CHECKING:
    from storage.work import UnitOfWork

_CARRIED_OUT_BY: Final[dict[type[Any], Callable[[Hand, Any], Awaitable[None]]]] = {
    said.AcceptInvite: accept_invite,
    said.AddEvidence: add_evidence,
    said.AdoptPlan: adopt_plan,
    said.ApproveEntries: approve_entries,
    said.ConfirmTarget: confirm_target,
    said.CorrectTarget: correct_target,
    said.CreateInvite: create_invite,
    said.DiscardPlan: discard_plan,
    said.KeepReturned: keep_returned,
    said.LeaveAndForget: leave_and_forget,
    said.ReadPlan: read_plan,
    said.RecordDelay: record_delay,
    said.RegisterGroup: register_group,
    said.ReturnEntry: return_entry,
    said.SaveDraft: save_draft,
    said.SetReportingRule: set_reporting_rule,
    said.SettleLead: settle_lead,
    said.Snooze: snooze,
    said.SubmitReport: submit_report,
}


async def apply(unit: UnitOfWork, change: said.Change, by: Actor, now: datetime) -> None:
    """Carry out one change for ``by``; raises a ``Refused`` before anything of it was written."""
    rights = await rights_of(unit.session, by)
    if not isinstance(change, said.AcceptInvite):
        registered(rights)
    hand = Hand(
        unit.session, rights, now, unit.authorities, unit.audit, unit.chats, unit.people, unit.plans, unit.reminders
    )
    await _CARRIED_OUT_BY[type(change)](hand, change)
    await unit.session.flush()
