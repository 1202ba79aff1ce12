"""What a handler may look at: a read-only picture of the records, loaded by ``storage`` before the handler runs.

Everything here belongs to one authority, and holds only what the person has a right to see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from handlers.message import ChatRef
from knowledge.plan import Amendment, Kind, Repair, Target
from knowledge.plan_diff import PlanDiff
from knowledge.reporting_rule import ReportingRule
from reporting.entry import Entry, EntryState
from reporting.levels import Above, beside, briefly
from reporting.period import Period
from retrieval.answer import Answer


class Role(StrEnum):
    """What a person is in a unit: reports its figures; coordinates the authority (reviews, invites, plans); leads
    it."""

    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit (cơ quan, đơn vị, tổ) of the authority; ``indicators`` counts those it leads in the plan in force."""

    id: int
    name: str
    indicators: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """The person's role in a unit, in force now."""

    unit: UnitRef
    role: Role


@dataclass(frozen=True, slots=True)
class PersonView:
    """Who speaks."""

    id: int
    name: str
    memberships: tuple[Membership, ...]
    joined_at: datetime

    def has(self, role: Role) -> bool:
        """True when one of the memberships gives this role."""
        return any(m.role is role for m in self.memberships)

    @property
    def units(self) -> tuple[UnitRef, ...]:
        """The units the person belongs to, each once."""
        return tuple({m.unit.id: m.unit for m in self.memberships}.values())

    @property
    def reports_for(self) -> tuple[UnitRef, ...]:
        """The units whose figures the person enters: a leader of a unit does not, its coordinator does."""
        return tuple({m.unit.id: m.unit for m in self.memberships if m.role is not Role.LEADER}.values())


@dataclass(frozen=True, slots=True)
class InviteView:
    """An invite that was asked for by its code."""

    code: str
    unit: UnitRef
    role: Role
    expires: datetime
    used: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan in force, or one that waits for confirmation (``adopted`` False).

    ``amends``: which one it changes; ``lost``: what to say of pages that could not be read.
    """

    id: int
    number: str | None
    date: date | None
    title: str | None
    issuer: str | None
    adopted: bool
    indicators: int
    groups: int
    rules: tuple[ReportingRule, ...]
    units: tuple[str, ...] = ()
    amends: Amendment | None = None
    lost: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """How the plan is cited ("20/KH-UBND ngày 03/02/2026")."""
        day = f" ngày {self.date:%d/%m/%Y}" if self.date else ""
        return f"{self.number or self.title or 'chưa rõ số'}{day}"


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator as a reporter or a reviewer sees it.

    ``number`` counts within the unit's list, from 1. ``doubts`` is empty once the target is certain or confirmed;
    ``printed`` are the words of the plan. ``entry`` is this period's, ``last`` the latest approved one of an earlier
    period with its label. ``above`` is the same indicator of the level above.
    """

    indicator: int
    number: int
    name: str
    target: Target
    place: str
    printed: str
    group: str | None = None
    doubts: tuple[str, ...] = ()
    entry: Entry | None = None
    last: Entry | None = None
    last_period: str | None = None
    evidence: int = 0
    above: Above | None = None

    @property
    def is_milestone(self) -> bool:
        """True when the answer is a stage, not a number."""
        return self.target.kind is Kind.MILESTONE

    @property
    def beside(self) -> str | None:
        """How the target stands to the level above, in one line; None where there is nothing to compare."""
        return beside(self.target, self.above, doubtful=bool(self.doubts)) if self.above else None

    @property
    def open(self) -> bool:
        """True while the reporter still owes something: no figure yet, or one that was returned."""
        return self.entry is None or self.entry.state is EntryState.RETURNED


@dataclass(frozen=True, slots=True)
class Desk:
    """What one unit has to report in an open period, in the plan's order. ``evidence`` counts the photos and files for
    the report as a whole."""

    unit: UnitRef
    period: Period
    items: tuple[Item, ...]
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """One row as read, for the coordinator. ``number`` is the printed row number; ``reasons`` say why its target (its
    lead, where ``about_lead``) is doubtful and are empty once it is certain or confirmed. ``name_doubt`` says why the
    name may be another one. ``picture`` is the cropped row of a scan (PNG).
    ``elsewhere`` and ``leads_elsewhere`` are what other places of the plan say of the same indicator; ``repairs`` what
    was understood of the print.
    """

    indicator: int
    number: str | None
    name: str
    target: Target
    printed: str
    reasons: tuple[str, ...]
    place: str
    picture: bytes | None = None
    above: Above | None = None
    elsewhere: tuple[Target, ...] = ()
    lead: tuple[str, ...] = ()
    leads_elsewhere: tuple[tuple[str, ...], ...] = ()
    repairs: tuple[Repair, ...] = ()
    name_doubt: str | None = None
    about_lead: bool = False

    @property
    def key(self) -> str:
        """What tells this doubt from the others of the plan."""
        return f"{self.indicator}/lead" if self.about_lead else str(self.indicator)

    @property
    def beside(self) -> str | None:
        """How the target stands to the level above, in one line; None where there is nothing to compare."""
        return beside(self.target, self.above, doubtful=bool(self.reasons)) if self.above else None

    @property
    def above_briefly(self) -> str | None:
        """What the level above sets, where that is another target."""
        return briefly(self.target, self.above) if self.above else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the open period stands for the whole authority: every unit's desk, and who may be written to."""

    period: Period
    desks: tuple[Desk, ...]


# Stands for a moment that dispatch has not filled in; far in the future, so that nothing is done by mistake.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class View:
    """All that the handlers may look at for one message.

    ``desks`` are those of the units that the person reports for, in every period that takes reports, earliest first for
    each unit (``handlers.desk.current`` picks one); ``standing`` is filled for coordinators, leaders and groups.
    ``waiting`` (for coordinators) are the desks with submitted figures, also of periods that have closed. ``doubts``
    and ``rows`` (the doubtful targets, and all of them) are of the plan that waits, else of the one in force;
    ``doubts`` are filled for coordinators, ``rows`` for leaders too. ``group_registered`` is True in a group that
    belongs to the authority. ``coordinators`` are the private chats of the coordinators, ``reporters`` those of each
    unit by its id. Filled in by dispatch: ``answer`` looks a question up in the plans, ``revision`` is what the plan
    that waits changes in the one in force (None where it is no version of it), ``fresh_code`` is an unused invite code,
    ``invite_link`` and ``bot_link`` are the channel's, ``next_working_morning`` the moment for "tomorrow".
    """

    now: datetime
    authority: str | None = None
    person: PersonView | None = None
    plan: PlanView | None = None
    pending: PlanView | None = None
    doubts: tuple[Doubt, ...] = ()
    rows: tuple[Doubt, ...] = ()
    desks: tuple[Desk, ...] = ()
    standing: Standing | None = None
    waiting: tuple[Desk, ...] = ()
    next_period: Period | None = None
    invite: InviteView | None = None
    units: tuple[UnitRef, ...] = ()
    coordinators: tuple[ChatRef, ...] = ()
    reporters: dict[int, tuple[ChatRef, ...]] | None = None
    group_registered: bool = False
    group_unit: UnitRef | None = None
    answer: Callable[[str], Answer] | None = None
    revision: PlanDiff | None = None
    fresh_code: str = ""
    invite_link: Callable[[str], str | None] = lambda code: None
    bot_link: str | None = None
    next_working_morning: datetime = NEVER

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return self.now.date()
