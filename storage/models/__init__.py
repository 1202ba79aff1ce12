"""The tables. Rows are named after what they hold, with ``Row`` behind it: the bare nouns are the program's values."""

from storage.models.base import Base
from storage.models.messages import (
    ChatRow,
    ConversationRow,
    InboxRow,
    InboxState,
    OutboxRow,
    OutboxState,
)
from storage.models.people import (
    AccountRow,
    AuthorityRow,
    ConsentRow,
    InviteRow,
    MembershipRow,
    PersonRow,
    UnitAliasRow,
    UnitRow,
)
from storage.models.plans import (
    IN_USE,
    IndicatorLinkRow,
    IndicatorRow,
    IndicatorUnitRow,
    PlanFileRow,
    PlanRow,
    PlanState,
    ReportingRuleRow,
    TaskRow,
)
from storage.models.reports import (
    DelayRow,
    EntryRow,
    EvidenceRow,
    PeriodRow,
    ReminderRow,
    ReminderState,
    SpecialDayRow,
)
from storage.models.trail import AuditRow, SettingRow

__all__ = [
    "IN_USE",
    "AccountRow",
    "AuditRow",
    "AuthorityRow",
    "Base",
    "ChatRow",
    "ConsentRow",
    "ConversationRow",
    "DelayRow",
    "EntryRow",
    "EvidenceRow",
    "InboxRow",
    "InboxState",
    "IndicatorLinkRow",
    "IndicatorRow",
    "IndicatorUnitRow",
    "InviteRow",
    "MembershipRow",
    "OutboxRow",
    "OutboxState",
    "PeriodRow",
    "PersonRow",
    "PlanFileRow",
    "PlanRow",
    "PlanState",
    "ReminderRow",
    "ReminderState",
    "ReportingRuleRow",
    "SettingRow",
    "SpecialDayRow",
    "TaskRow",
    "UnitAliasRow",
    "UnitRow",
]
