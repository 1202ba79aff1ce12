"""When a plan is a newer version of another, who may push one aside, and what the older one hands over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rapidfuzz import fuzz
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.plan_diff import pairs
from storage.models import EntryRow, EvidenceRow, IndicatorRow, MembershipRow, PlanRow, PlanState, UnitRow
from storage.names import key_of
from storage.plan_rows import indicator_of
from storage.restated import one_each

# Two plans of one issuer and year are versions of one another when their titles or half of their indicators agree;
# otherwise they are two plans (a year's digital-transformation plan beside its plan for Nghị quyết 57).
_SAME_TITLE: Final = 90.0
_SHARED: Final = 0.5
# A second scan of the same page differs in a letter here and there; names of different indicators by a word or more.
_SAME_NAME: Final = 95.0


def is_version_of(row: PlanRow, own: Sequence[IndicatorRow], other: PlanRow, others: Sequence[IndicatorRow]) -> bool:
    """True when the two plans of one authority are the same plan in two versions: the same number, or the same year
    and by title or indicators the same matter."""
    if row.number is not None and other.number is not None and key_of(row.number) == key_of(other.number):
        return row.year == other.year or row.year is None or other.year is None
    if row.year is None or row.year != other.year:
        return False
    if row.title and other.title and fuzz.ratio(key_of(row.title), key_of(other.title)) >= _SAME_TITLE:
        return True
    smaller = min(len(own), len(others))
    return smaller > 0 and len(matches(others, own)) >= _SHARED * smaller


async def others_in_force(session: AsyncSession, row: PlanRow) -> Sequence[PlanRow]:
    """The plans of the same authority that are in force beside ``row``."""
    return (
        await session.scalars(
            select(PlanRow).where(
                PlanRow.authority_id == row.authority_id, PlanRow.state == PlanState.ADOPTED, PlanRow.id != row.id
            )
        )
    ).all()


async def is_unclaimed(session: AsyncSession, authority: int, year: int | None, content_hash: str) -> bool:
    """True when a plan of ``authority`` can be put in force without touching what its own people rely on: these very
    bytes are in force, or it has neither members nor another plan in force that may be of the same ``year``."""
    in_force = (
        await session.execute(
            select(PlanRow.content_hash, PlanRow.year).where(
                PlanRow.authority_id == authority, PlanRow.state == PlanState.ADOPTED
            )
        )
    ).all()
    if any(row.content_hash == content_hash for row in in_force):
        return True
    if any(year is None or row.year is None or row.year == year for row in in_force):
        return False
    member = await session.scalar(
        select(MembershipRow.id)
        .join(UnitRow, UnitRow.id == MembershipRow.unit_id)
        .where(UnitRow.authority_id == authority, MembershipRow.ends.is_(None))
        .limit(1)
    )
    return member is None


def is_newer(row: PlanRow, other: PlanRow) -> bool:
    """True when ``row`` was issued after ``other``, or on the same or an unknown day but read later."""
    issued, other_issued = row.date or date.max, other.date or date.max
    return (issued, row.id) > (other_issued, other.id)


def matches(old: Sequence[IndicatorRow], new: Sequence[IndicatorRow]) -> list[tuple[IndicatorRow, IndicatorRow]]:
    """Pairs of the same indicator in two versions, each used once: by name, and by nearly the same name where the
    numbers in it and the kind agree."""
    pairs: list[tuple[IndicatorRow, IndicatorRow]] = []
    left = {row.id: row for row in one_each(new)}
    unmatched = []
    by_key: dict[str, list[IndicatorRow]] = {}
    for row in left.values():
        by_key.setdefault(row.key, []).append(row)
    for row in one_each(old):
        same = [candidate for candidate in by_key.get(row.key, ()) if candidate.id in left]
        if same:
            pairs.append((row, left.pop(same[0].id)))
        else:
            unmatched.append(row)
    for row in unmatched:
        scored = [
            (fuzz.ratio(row.key, candidate.key), candidate.id)
            for candidate in left.values()
            if candidate.kind == row.kind and _numbers(candidate.key) == _numbers(row.key)
        ]
        score, best = max(scored, default=(0.0, 0))
        if score >= _SAME_NAME:
            pairs.append((row, left.pop(best)))
    return pairs


def _numbers(key: str) -> list[str]:
    return [word for word in key.split() if any(c.isdigit() for c in word)]


def _successors(old: Sequence[IndicatorRow], new: Sequence[IndicatorRow]) -> list[tuple[IndicatorRow, IndicatorRow]]:
    """Which row of the new version goes on with which of the old one: the pairs that the coordinator was shown."""
    olds, news = one_each(old), one_each(new)
    found = pairs([indicator_of(row) for row in olds], [indicator_of(row) for row in news])
    return [(olds[first], news[second]) for first, second in found]


async def carry_over(session: AsyncSession, old: Sequence[IndicatorRow], new: Sequence[IndicatorRow]) -> None:
    """Hand what was reported for the old version's indicators to the same ones of the new version.

    A confirmed target is handed over as well where the new version prints the same words in the same doubt.
    """
    with_entries = set(
        await session.scalars(
            select(EntryRow.indicator_id).where(EntryRow.indicator_id.in_([row.id for row in old])).distinct()
        )
    )
    for before, after in _successors(old, new):
        if before.id in with_entries:
            await session.execute(
                update(EntryRow).where(EntryRow.indicator_id == before.id).values(indicator_id=after.id)
            )
        await session.execute(
            update(EvidenceRow).where(EvidenceRow.indicator_id == before.id).values(indicator_id=after.id)
        )
        if (
            before.confirmed_at is not None
            and after.confirmed_at is None
            and before.source["quote"] == after.source["quote"]
        ):
            for column in ("operator", "value", "measure", "kind", "text", "by", "at"):
                setattr(after, f"confirmed_{column}", getattr(before, f"confirmed_{column}"))
        if (
            before.lead_confirmed_at is not None
            and after.lead_confirmed_at is None
            and before.source["quote"] == after.source["quote"]
        ):
            after.confirmed_lead, after.lead_confirmed_at = before.confirmed_lead, before.lead_confirmed_at
    await session.flush()
