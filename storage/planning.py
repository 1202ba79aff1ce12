"""What a coordinator does with plans: adopt, drop, confirm what was read."""

from __future__ import annotations

from typing import Any, Final

from handlers.changes import (
    AdoptPlan,
    ConfirmTarget,
    CorrectTarget,
    DiscardPlan,
    ReadPlan,
    SetReportingRule,
    SettleLead,
)
from knowledge import plan_json
from knowledge.checks import of_lead
from knowledge.plan import Target
from storage.change import Hand
from storage.errors import Outdated
from storage.links import Links
from storage.models import IndicatorRow, PlanRow, PlanState
from storage.plan_rows import lead_of, open_checks, read_target_of, target_of
from storage.restated import groups_of
from storage.rights import GONE, authority_of_plan
from storage.shelving import bump_version

_DROPPED: Final = "Kế hoạch này đã được bỏ trước đó. Anh/chị gửi lại tệp nếu vẫn cần."


async def read_plan(hand: Hand, change: ReadPlan) -> None:
    """Only the right is checked: reading happens outside, and what was read is kept by ``Plans.save``."""
    hand.rights.coordinates_something()


async def adopt_plan(hand: Hand, change: AdoptPlan) -> None:
    """Put a waiting plan in force; once more changes nothing."""
    hand.rights.coordinates(await authority_of_plan(hand.session, change.plan))
    row = await hand.session.get_one(PlanRow, change.plan)
    if row.state == PlanState.DISCARDED:
        raise Outdated(_DROPPED)
    await hand.plans.adopt(change.plan, person=hand.person, channel=hand.channel)


async def discard_plan(hand: Hand, change: DiscardPlan) -> None:
    """Drop a waiting plan; one in force is not dropped by an old button."""
    hand.rights.coordinates(await authority_of_plan(hand.session, change.plan))
    row = await hand.session.get_one(PlanRow, change.plan)
    if row.state not in (PlanState.PENDING, PlanState.DISCARDED):
        raise Outdated(GONE)
    await hand.plans.discard(change.plan, person=hand.person, channel=hand.channel)


async def confirm_target(hand: Hand, change: ConfirmTarget) -> None:
    """The target as read is right; one that a person settled before stays as they settled it."""
    row, authority = await _indicator(hand, change.indicator)
    if row.confirmed_at is None:
        await _settle(hand, "confirm_target", row, authority, read_target_of(row))


async def correct_target(hand: Hand, change: CorrectTarget) -> None:
    """The target is another than was read."""
    row, authority = await _indicator(hand, change.indicator)
    await _settle(hand, "correct_target", row, authority, change.target)


async def settle_lead(hand: Hand, change: SettleLead) -> None:
    """Who leads an indicator; a plan in force asks those units from now on."""
    row, authority = await _indicator(hand, change.indicator)
    before, after = lead_of(row), tuple(dict.fromkeys(change.units))
    action = "confirm_lead" if after == tuple(row.lead) else "correct_lead"
    for place in await _stating(hand, row):
        if place is row or any(map(of_lead, open_checks(place))):
            place.confirmed_lead, place.lead_confirmed_at = list(after), hand.now
    hand.note(
        action, "indicator", row.id, authority=authority, before={"lead": list(before)}, after={"lead": list(after)}
    )
    await hand.session.flush()
    if (await hand.session.get_one(PlanRow, row.plan_id)).state == PlanState.ADOPTED:
        await hand.plans.link_units(authority, [row])
    await bump_version(hand.session)


async def set_reporting_rule(hand: Hand, change: SetReportingRule) -> None:
    """The reporting rule as the coordinator chose it."""
    authority = await authority_of_plan(hand.session, change.plan)
    hand.rights.coordinates(authority)
    if (await hand.session.get_one(PlanRow, change.plan)).state != PlanState.ADOPTED:
        raise Outdated(GONE)
    await hand.plans.set_rule(change.plan, change.rule, hand.person)
    hand.note(
        "set_reporting_rule",
        "plan",
        change.plan,
        authority=authority,
        after={"frequency": change.rule.frequency, "due": plan_json.due(change.rule.due)},
    )


async def _indicator(hand: Hand, indicator: int) -> tuple[IndicatorRow, int]:
    row = await hand.session.get(IndicatorRow, indicator)
    if row is None:
        raise Outdated(GONE)
    plan = await hand.session.get_one(PlanRow, row.plan_id)
    hand.rights.coordinates(plan.authority_id)
    if plan.state not in (PlanState.PENDING, PlanState.ADOPTED):
        raise Outdated(GONE)
    return row, plan.authority_id


async def _settle(hand: Hand, action: str, row: IndicatorRow, authority: int, target: Target) -> None:
    read = target_of(row)
    before = _target_json(read)
    for place in await _stating(hand, row):
        if place is row or not all(map(of_lead, open_checks(place))):
            _confirm(place, target, hand)
    hand.note(action, "indicator", row.id, authority=authority, before=before, after=_target_json(target))
    await hand.session.flush()
    if target.kind is not read.kind:
        await Links(hand.session).settle(authority, below=True)
    await bump_version(hand.session)


async def _stating(hand: Hand, row: IndicatorRow) -> list[IndicatorRow]:
    """All rows of the plan that state the indicator of ``row``: what is settled holds at every place."""
    groups = groups_of(await hand.plans.indicator_rows(row.plan_id))
    return next(group for group in groups.values() if row in group)


def _confirm(row: IndicatorRow, target: Target, hand: Hand) -> None:
    row.confirmed_operator = target.operator
    row.confirmed_value = target.value
    row.confirmed_measure = target.unit
    row.confirmed_kind = target.kind
    row.confirmed_text = target.text
    row.confirmed_by, row.confirmed_at = hand.person, hand.now


def _target_json(target: Target) -> dict[str, Any]:
    return {
        "operator": target.operator,
        "value": None if target.value is None else format(target.value, "f"),
        "unit": target.unit,
        "kind": target.kind,
        "text": target.text,
    }
