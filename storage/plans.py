"""Plans kept: saving what was read, adopting a version, looking up what is in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan import Chunk, Plan
from knowledge.reporting_rule import ReportingRule
from retrieval.shelf import Shelf
from scheduler.clock import Clock
from scheduler.ruled_periods import RuleInTime
from storage.amending import amend, amendments_of, origin_of, plan_amended_by, rows_of, summary_of
from storage.amending_tables import amend_parts, parts_of
from storage.audit import AuditEntry, AuditTrail
from storage.authorities import Authorities
from storage.books import rules_in_time, rules_of
from storage.errors import Outdated
from storage.links import Links
from storage.models import (
    IN_USE,
    AuthorityRow,
    BudgetLineRow,
    IndicatorRow,
    IndicatorUnitRow,
    PlanFileRow,
    PlanRow,
    PlanState,
    ReportingRuleRow,
    ResultRow,
    TaskRow,
)
from storage.names import is_province, province_authority
from storage.new_plan import insert_plan
from storage.plan_rows import amendment_of, lead_of, plan_of, rule_row, unpack_chunks
from storage.shelving import bump_version, key_in_index, load_shelf, shelf_version
from storage.storable import storable
from storage.superseding import carry_over, is_newer, is_unclaimed, is_version_of, others_in_force

_AMENDS_NOTHING: Final = (
    "Văn bản này sửa đổi Kế hoạch {number}, nhưng chưa có kế hoạch đó đang dùng. Anh/chị nạp kế hoạch đó trước giúp."
)
# Whose a plan is when its issuer could not be read and nobody says; it can still be asked about.
UNKNOWN_ISSUER: Final = "Chưa rõ cơ quan ban hành"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """Where a plan went. ``fresh`` is False when the same bytes were there already; ``key`` names it in the index."""

    id: int
    key: str
    authority: int
    fresh: bool
    state: PlanState


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """An adopted plan, by its id; ``year`` is None where it could not be read."""

    id: int
    authority: int
    year: int | None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A plan as the index keeps it, passages included."""

    key: str
    plan: Plan
    file_name: str
    authority: str


class Plans:
    """The plans of all authorities, each version kept."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._authorities = Authorities(session)
        self._audit = AuditTrail(session)
        self._links = Links(session)

    async def save(
        self,
        plan: Plan,
        *,
        file_name: str,
        content_hash: str,
        content: bytes,
        authority: str | None = None,
        adopt: bool = False,
    ) -> SavedPlan:
        """Keep a plan that was read, for the ``authority`` of this name, or else for its issuer.

        The same bytes again are the same plan: nothing is read anew, though a plan that waited is adopted when asked,
        and one that was discarded waits again.
        """
        plan, file_name = storable(plan), storable(file_name)
        owner = await self._owner(plan, authority)
        row = (
            await self._session.scalars(
                select(PlanRow).where(PlanRow.authority_id == owner, PlanRow.content_hash == content_hash)
            )
        ).one_or_none()
        fresh = row is None
        if row is None:
            row = await insert_plan(self._session, plan, owner, file_name, content_hash, content, self._clock.now())
        elif row.state == PlanState.DISCARDED:
            row.state = PlanState.PENDING
        if adopt:
            await self.adopt(row.id)
        elif row.state == PlanState.PENDING:
            await self._session.flush()
            await self._links.settle(owner, below=False)
        return SavedPlan(row.id, key_in_index(row.content_hash), owner, fresh, PlanState(row.state))

    async def may_come_from_others(self, plan: Plan, content_hash: str) -> bool:
        """True when the plan may be put in force for its issuer by somebody who does not belong there: its bytes are
        in force already, or the issuer has nobody here and no plan that it could push aside."""
        issuer = await self._authorities.find(plan.document.issuer or UNKNOWN_ISSUER)
        return issuer is None or await is_unclaimed(self._session, issuer.id, plan.document.year, content_hash)

    async def _owner(self, plan: Plan, authority: str | None) -> int:
        name = authority or plan.document.issuer or UNKNOWN_ISSUER
        parent = None
        if plan.document.province and not is_province(name):
            parent = (await self._authorities.ensure(province_authority(plan.document.province))).id
        return (await self._authorities.ensure(name, parent)).id

    async def adopt(self, plan: int, *, person: int | None = None, channel: str = "cli") -> bool:
        """Put a waiting plan in force; False when it is in force or superseded already. Raises ``Outdated`` for an
        amendment of a plan that is not in force.

        Its lead units are made where they are new. A version of the same plan that is in force gives way and hands
        over what was reported and confirmed; when that one is newer, it stays, and ``plan`` goes to the shelf behind
        it.
        """
        row = await self._session.get_one(PlanRow, plan)
        if row.state in IN_USE:
            return False
        if amendment_of(row) is not None:
            await self._amend(row, person, channel)
            return True
        before = row.state
        row.state, row.adopted_at = PlanState.ADOPTED, self._clock.now()
        indicators = await self.indicator_rows(plan)
        await self.link_units(row.authority_id, indicators)
        for other in await others_in_force(self._session, row):
            others = await self.indicator_rows(other.id)
            if not is_version_of(row, indicators, other, others):
                continue
            older, newer = (other, row) if is_newer(row, other) else (row, other)
            older.state = PlanState.SUPERSEDED
            # The series goes on under its first id: the periods hang there.
            row.series_id = other.series_id
            if older is other:
                await carry_over(self._session, others, indicators)
                for amendment in await amendments_of(self._session, other.series_id):
                    amendment.state = PlanState.SUPERSEDED
            self._note("supersede_plan", newer, person, channel, {"superseded": None}, {"superseded": older.id})
        self._note("adopt_plan", row, person, channel, {"state": before}, {"state": row.state})
        await self._session.flush()
        await self._links.settle(row.authority_id, below=True)
        await bump_version(self._session)
        return True

    async def _amend(self, row: PlanRow, person: int | None, channel: str) -> None:
        """Let an amendment change the plan that it amends, which stays in force."""
        base = await plan_amended_by(self._session, row, await rows_of(self._session, row.id))
        if base is None:
            amends = amendment_of(row)
            raise Outdated(_AMENDS_NOTHING.format(number=(amends and amends.number) or "(chưa rõ số)"))
        row.state, row.series_id, row.adopted_at = PlanState.AMENDMENT, base.series_id, self._clock.now()
        await self.take_amendment(base, row, person, channel)
        self._note("adopt_plan", row, person, channel, {"state": PlanState.PENDING}, {"state": row.state})
        await self._links.settle(row.authority_id, below=True)
        await bump_version(self._session)

    async def take_amendment(
        self, base: PlanRow, row: PlanRow, person: int | None = None, channel: str = "cli"
    ) -> None:
        """Change the rows of ``base`` as the amendment ``row`` says, each with a line of the trail; its reporting rules
        hold from the day on which it was put in force."""
        now = self._clock.now()
        for touched in await amend(self._session, base, row):
            one = touched.row
            after = {} if one.withdrawn_from is not None else summary_of(one)
            entry = AuditEntry(now, person, channel, "amend_indicator", "indicator", one.id, touched.before, after)
            self._audit.add(entry, base.authority_id)
            if after:
                await self.link_units(base.authority_id, [one])
        since = (row.adopted_at or now).astimezone(now.tzinfo).date()
        read = await self._own(row)
        for part in await amend_parts(self._session, base, row, read, origin_of(row), since):
            action = f"amend_{part.record}"
            entry = AuditEntry(now, person, channel, action, part.record, part.id, part.before, part.after)
            self._audit.add(entry, base.authority_id)
        await self._session.flush()

    async def _own(self, row: PlanRow) -> Plan:
        """What an amendment itself says, without the words that it took out of another plan; no passages."""
        return plan_of(
            row,
            await rows_of(self._session, row.id),
            (),
            await parts_of(self._session, ReportingRuleRow, row.id),
            await parts_of(self._session, ResultRow, row.id),
            await parts_of(self._session, BudgetLineRow, row.id),
        )

    async def discard(self, plan: int, *, person: int | None = None, channel: str = "cli") -> bool:
        """Drop a waiting plan; False when it does not wait any more."""
        row = await self._session.get_one(PlanRow, plan)
        if row.state != PlanState.PENDING:
            return False
        row.state = PlanState.DISCARDED
        self._note("discard_plan", row, person, channel, {"state": PlanState.PENDING}, {"state": row.state})
        await self._session.flush()
        await self._links.settle(row.authority_id, below=False)
        return True

    async def in_force(self) -> Sequence[PlanInForce]:
        """The adopted plans of all authorities."""
        rows = await self._session.scalars(
            select(PlanRow).where(PlanRow.state == PlanState.ADOPTED).order_by(PlanRow.authority_id, PlanRow.id)
        )
        return [PlanInForce(row.id, row.authority_id, row.year) for row in rows]

    async def for_index(self, keys: Collection[str] | None = None) -> Sequence[IndexEntry]:
        """Every plan that is not discarded, whole: what the index should hold; of these ``keys`` alone, where given."""
        rows = await self._session.execute(
            select(PlanRow.id, PlanRow.content_hash, PlanRow.file_name, AuthorityRow.name)
            .join(AuthorityRow, AuthorityRow.id == PlanRow.authority_id)
            .where(PlanRow.state != PlanState.DISCARDED)
            .order_by(PlanRow.id)
        )
        return [
            IndexEntry(key_in_index(row.content_hash), await self.load(row.id), row.file_name, row.name)
            for row in rows.all()
            if keys is None or key_in_index(row.content_hash) in keys
        ]

    async def index_keys(self) -> frozenset[str]:
        """The keys of ``for_index``, without the plans."""
        hashes = await self._session.scalars(select(PlanRow.content_hash).where(PlanRow.state != PlanState.DISCARDED))
        return frozenset(key_in_index(content_hash) for content_hash in hashes)

    async def link_units(self, authority: int, indicators: Sequence[IndicatorRow]) -> None:
        """Let the lead units of ``indicators`` be asked for them, and nobody else; units that are new are made."""
        known: dict[str, int] = {}
        ids = [indicator.id for indicator in indicators]
        await self._session.execute(delete(IndicatorUnitRow).where(IndicatorUnitRow.indicator_id.in_(ids)))
        for indicator in indicators:
            linked = set()
            for name in lead_of(indicator):
                if name not in known:
                    known[name] = await self._authorities.ensure_unit(authority, name)
                linked.add(known[name])
            self._session.add_all(IndicatorUnitRow(indicator_id=indicator.id, unit_id=unit) for unit in sorted(linked))
        await self._session.flush()

    def _note(
        self,
        action: str,
        row: PlanRow,
        person: int | None,
        channel: str,
        before: dict[str, object],
        after: dict[str, object],
    ) -> None:
        entry = AuditEntry(self._clock.now(), person, channel, action, "plan", row.id, before, after)
        self._audit.add(entry, row.authority_id)

    async def indicator_rows(self, plan: int) -> Sequence[IndicatorRow]:
        """The plan's indicators in the plan's order."""
        return (
            await self._session.scalars(
                select(IndicatorRow).where(IndicatorRow.plan_id == plan).order_by(IndicatorRow.position)
            )
        ).all()

    async def load(self, plan: int) -> Plan:
        """The plan with its targets as confirmed, passages included."""
        row = await self._session.get_one(PlanRow, plan)
        return plan_of(
            row,
            await self.indicator_rows(plan),
            (
                await self._session.scalars(select(TaskRow).where(TaskRow.plan_id == plan).order_by(TaskRow.position))
            ).all(),
            await parts_of(self._session, ReportingRuleRow, plan),
            await parts_of(self._session, ResultRow, plan),
            await parts_of(self._session, BudgetLineRow, plan),
            await self.chunks(plan),
        )

    async def chunks(self, plan: int) -> tuple[Chunk, ...]:
        """The plan's passages, for the index."""
        packed = await self._session.scalar(select(PlanFileRow.chunks).where(PlanFileRow.plan_id == plan))
        return () if packed is None else unpack_chunks(packed)

    async def content(self, plan: int) -> bytes:
        """The file that the plan was read from."""
        return (await self._session.scalars(select(PlanFileRow.content).where(PlanFileRow.plan_id == plan))).one()

    async def rules(self, plan: int) -> list[ReportingRule]:
        """The plan's reporting rules; one that a coordinator chose comes first."""
        return (await rules_of(self._session, [plan]))[plan]

    async def rules_in_time(self, plan: int) -> list[RuleInTime]:
        """The same, each with the days between which it holds; and those that amendments ended."""
        return await rules_in_time(self._session, plan)

    async def set_rule(self, plan: int, rule: ReportingRule, person: int | None) -> None:
        """Add the rule that a coordinator chose, in place of one chosen before."""
        rows = await parts_of(self._session, ReportingRuleRow, plan)
        chosen = next((row for row in rows if row.chosen_by is not None), None)
        position = chosen.position if chosen else max((row.position for row in rows), default=-1) + 1
        if chosen is not None:
            await self._session.delete(chosen)
            await self._session.flush()
        self._session.add(rule_row(plan, position, rule, chosen_by=person))
        await self._session.flush()
        await bump_version(self._session)

    async def shelf(self) -> Shelf:
        """Everything that questions are answered from: plans in force and superseded ones, targets as confirmed."""
        return await load_shelf(self._session)

    async def version(self) -> int:
        """Grows whenever ``shelf`` would come out differently."""
        return await shelf_version(self._session)

    async def named(self, key: str) -> int | None:
        """The id of the plan with this key in the index."""
        return await self._session.scalar(
            select(PlanRow.id).where(PlanRow.content_hash.startswith(key, autoescape=True)).limit(1)
        )
