"""What a handler wants changed, as imperatives. ``storage`` applies them in the transaction of the message.

Each checks its own right again when it is applied: a button pressed a month later, by someone who has left, changes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.message import Attachment
from handlers.view import Role
from knowledge.plan import Target
from knowledge.reporting_rule import ReportingRule
from reporting.entry import Figure


@dataclass(frozen=True, slots=True)
class AcceptInvite:
    """The sender joins with this code, having agreed to ``consent`` (the version of the words shown)."""

    code: str
    name: str
    consent: str


@dataclass(frozen=True, slots=True)
class CreateInvite:
    """An invite for one person to a unit."""

    code: str
    unit: int
    role: Role
    expires: datetime


@dataclass(frozen=True, slots=True)
class LeaveAndForget:
    """Erase the sender's name, accounts and chats; the unit's figures stay, without a name."""


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """A figure for one indicator of one unit in one period; replaces a draft, a returned or a submitted one."""

    indicator: int
    unit: int
    period: int
    figure: Figure
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KeepReturned:
    """Send a returned figure again as it stands, with an explanation."""

    indicator: int
    unit: int
    period: int
    note: str


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """A photo or file for the unit's report in a period; ``indicator`` None: for the report as a whole."""

    unit: int
    period: int
    attachment: Attachment
    indicator: int | None = None


@dataclass(frozen=True, slots=True)
class ShowEvidence:
    """Send the unit's evidence of a period to the chat that asks: files travel outside the handler, nothing changes."""

    unit: int
    period: int


@dataclass(frozen=True, slots=True)
class SubmitReport:
    """All drafts of the unit in the period become submitted."""

    unit: int
    period: int


@dataclass(frozen=True, slots=True)
class ApproveEntries:
    """Submitted entries become approved."""

    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReturnEntry:
    """A submitted entry goes back to its unit with a reason."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """Read an uploaded file as a plan, outside the transaction; the result comes back as an EVENT message."""

    attachment: Attachment


@dataclass(frozen=True, slots=True)
class AdoptPlan:
    """The plan that waits becomes the one in force; its periods are computed."""

    plan: int


@dataclass(frozen=True, slots=True)
class DiscardPlan:
    """The plan that waits is dropped."""

    plan: int


@dataclass(frozen=True, slots=True)
class ConfirmTarget:
    """The doubtful target of an indicator is right as understood."""

    indicator: int


@dataclass(frozen=True, slots=True)
class CorrectTarget:
    """The target of an indicator as a person corrected it."""

    indicator: int
    target: Target


@dataclass(frozen=True, slots=True)
class SettleLead:
    """Which units lead an indicator, as a person confirmed or corrected it."""

    indicator: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetReportingRule:
    """The reporting rule of a plan that states none, as the coordinator chose it."""

    plan: int
    rule: ReportingRule


@dataclass(frozen=True, slots=True)
class Snooze:
    """Remind this chat again at a moment."""

    unit: int
    period: int
    until: datetime


@dataclass(frozen=True, slots=True)
class RecordDelay:
    """Why a unit is late, in its own words."""

    unit: int
    period: int
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    """This group belongs to the authority (``unit`` None) or to one unit, and gets its reminders."""

    unit: int | None = None


Change = (
    AcceptInvite
    | CreateInvite
    | LeaveAndForget
    | SaveDraft
    | KeepReturned
    | AddEvidence
    | ShowEvidence
    | SubmitReport
    | ApproveEntries
    | ReturnEntry
    | ReadPlan
    | AdoptPlan
    | DiscardPlan
    | ConfirmTarget
    | CorrectTarget
    | SettleLead
    | SetReportingRule
    | Snooze
    | RecordDelay
    | RegisterGroup
)
