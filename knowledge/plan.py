"""What was understood of one document: the values that every other folder builds on.

Everything here is immutable and free of behaviour beyond small look-ups; ``knowledge.plan_json`` writes it as the
JSON of the command line. Vietnamese terms: chỉ tiêu (indicator), nhiệm vụ (task), chế độ báo cáo (reporting rule), cơ
quan chủ trì (lead).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge.reporting_rule import ReportingRule
from knowledge.source import Source


class Operator(StrEnum):
    """How the reached value must stand to the target. A plan's "đạt 60 %" is EQUAL: at least as good is good."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"


class Kind(StrEnum):
    """What sort of value an indicator takes."""

    PERCENT = "percent"
    NUMBER = "number"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Repair:
    """One departure from the printed words: what stood there, what was understood, why, and how sure (0 to 1)."""

    field: str
    original: str
    understood: str
    reason: str
    confidence: float


# The ``text`` of a target whose printed words gave nothing; a person must enter it.
UNREAD = "Chưa đọc được"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached. ``value`` is None for a milestone; ``text`` is the target as a person would write it."""

    operator: Operator | None
    value: Decimal | None
    unit: str | None
    kind: Kind
    text: str

    @property
    def is_unread(self) -> bool:
        """True when nothing could be read where the target is printed."""
        return self.value is None and self.text == UNREAD


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator (chỉ tiêu) at one place of a plan.

    ``checks`` are reasons, in Vietnamese for the coordinator, why the target is doubtful; empty when it is certain.
    The target of a doubtful row is the proposed one; what was printed stands in ``source.quote`` and in ``repairs``.
    ``same_as`` is the index, within the plan's ``indicators``, of the row that states this indicator first.
    ``name_doubt`` says why the name may be another one, None where it was read well; it does not bear on the target.
    """

    name: str
    target: Target
    where: str
    source: Source
    no: str | None = None
    group: str | None = None
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    due: str | None = None
    checks: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    same_as: int | None = None
    name_doubt: str | None = None

    @property
    def needs_check(self) -> bool:
        """True when a person must confirm the target or the lead before anybody reports against it."""
        return bool(self.checks)


@dataclass(frozen=True, slots=True)
class Task:
    """One task (nhiệm vụ) or assignment, with the unit that does it.

    ``checks`` are reasons, in Vietnamese for the coordinator, why its name, its lead or its time is doubtful.
    """

    name: str
    where: str
    source: Source
    result: str | None = None
    due: str | None = None
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def needs_check(self) -> bool:
        """True when a person should look at the printed words."""
        return bool(self.checks)


class Assessment(StrEnum):
    """What a table of results says of a goal: reached (đạt) or not (chưa đạt)."""

    MET = "met"
    NOT_MET = "not met"


@dataclass(frozen=True, slots=True)
class Result:
    """What was reached of one indicator in a year that is over: a row of a table of results.

    ``text`` is the result as printed (mended where the print is damaged), "" where nothing could be read; ``value`` and
    ``unit`` are given only where it is one figure that can be read in one way. ``goal`` is None where the row prints no
    goal, or several. ``assessment`` is None where nothing certain is printed. ``checks`` are reasons, in Vietnamese for
    the coordinator, why the row is doubtful.
    """

    name: str
    text: str
    where: str
    source: Source
    no: str | None = None
    group: str | None = None
    lead: tuple[str, ...] = ()
    value: Decimal | None = None
    unit: str | None = None
    year: int | None = None
    assessment: Assessment | None = None
    goal: Target | None = None
    checks: tuple[str, ...] = ()

    @property
    def needs_check(self) -> bool:
        """True when a person must look at the row before anybody relies on it."""
        return bool(self.checks)


@dataclass(frozen=True, slots=True)
class Amount:
    """One cell of money. ``column`` is the column's heading ("" where it could not be read), ``text`` the figure as
    printed; ``value`` is in the unit of its line, None where the figure is damaged or may be read in two ways."""

    column: str
    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One row of a table of money (kinh phí, dự toán).

    ``amounts`` are its filled cells in the order of the columns; ``unit`` is "đồng", "nghìn đồng", "triệu đồng" or "tỷ
    đồng" as the table says, None where it says nothing. ``total`` marks the row that adds up the table ("Tổng cộng").
    ``checks`` are reasons, in Vietnamese, why an amount is doubtful, sums that do not come out among them.
    """

    name: str
    where: str
    source: Source
    no: str | None = None
    group: str | None = None
    amounts: tuple[Amount, ...] = ()
    unit: str | None = None
    total: bool = False
    lead: tuple[str, ...] = ()
    note: str | None = None
    checks: tuple[str, ...] = ()

    @property
    def needs_check(self) -> bool:
        """True when a person must look at the row before anybody relies on its amounts."""
        return bool(self.checks)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that the plan rests on or cites."""

    number: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The head and the foot of a plan. Fields that could not be read are None; ``checks`` says which are doubtful.

    ``lost`` says, in Vietnamese for the coordinator, which pages of the file could not be read: what stands on them is
    in no list of the plan.
    """

    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    province: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    year: int | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    checks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """An indicator that an amendment drops, by its row number, its name, or both."""

    no: str | None
    name: str | None
    source: Source


class Manner(StrEnum):
    """How an amendment states a reporting rule: INSTEAD of an earlier one ("sửa đổi"), BESIDE those there are ("bổ
    sung"), or STATED without a word on the earlier ones."""

    INSTEAD = "instead"
    BESIDE = "beside"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Amendment:
    """Says that a document changes some rows of an earlier plan and leaves the others as they are.

    ``number`` and ``date`` are those of the earlier plan, None where they could not be read. ``manners`` go with the
    ``reporting`` of the amending plan, one each; ``ended`` are reports that it drops, by their frequency as a name.
    """

    number: str | None
    date: date | None = None
    removed: tuple[Removal, ...] = ()
    manners: tuple[Manner, ...] = ()
    ended: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece for retrieval: one bullet, paragraph or table row, never across two.

    ``path`` runs from the outermost heading inwards ("III. Nhiệm vụ", "3. Hạ tầng số"); ``text`` is the printed text,
    ``repaired`` the same as understood (equal to ``text`` for an undamaged document).
    """

    path: tuple[str, ...]
    text: str
    repaired: str
    source: Source


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was understood of one document. ``damaged`` says that the text came from a ruined scan;
    ``amends`` that its indicators are those of an earlier plan that it changes or adds."""

    document: Document
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    results: tuple[Result, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    reporting: tuple[ReportingRule, ...] = ()
    units: tuple[str, ...] = ()
    chunks: tuple[Chunk, ...] = field(default=(), repr=False)
    damaged: bool = False
    pages: int | None = None
    amends: Amendment | None = None

    @property
    def is_blank(self) -> bool:
        """True when nothing of a plan was found, not even its number: whatever the file is, it is no plan."""
        rows = (self.indicators, self.tasks, self.results, self.budget, self.reporting)
        return self.document.number is None and self.amends is None and not any(rows)
