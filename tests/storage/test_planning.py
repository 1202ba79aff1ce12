"""The rule that a coordinator chooses goes to the plan it was asked for, and to no plan that is not in use."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.changes import SetReportingRule
from handlers.conversation import converse
from handlers.message import Incoming, MessageKind
from handlers.state import IDLE
from knowledge.reporting_rule import Frequency
from storage.errors import Outdated
from tests.storage.commune import Commune, plan, private, save


def chosen(number: int) -> Incoming:
    """The coordinator presses a rule under the plan with this id."""
    return Incoming(private("mai"), "rule", "mai", MessageKind.CHOICE, choice=f"rule:{number}:monthly")


async def set_rule(commune: Commune, number: int) -> None:
    """Apply what the pressed rule asks for."""
    step = converse(IDLE, chosen(number), await commune.view("mai"))
    assert any(isinstance(change, SetReportingRule) for change in step.changes)
    await commune.apply("mai", *step.changes)


async def test_next_years_plan_gets_its_rule_while_this_years_is_in_force(commune: Commune) -> None:
    bare = plan(number="31/KH-UBND", date=date(2026, 12, 20), title="Kế hoạch năm sau", year=2027)
    saved = await save(commune.store, bare, b"nam sau")
    in_force = (await commune.view("mai")).plan
    assert in_force is not None
    assert in_force.id == commune.plan
    await set_rule(commune, saved.id)
    async with commune.store.reading() as unit:
        rules = await unit.plans.rules(saved.id)
    assert rules[0].rule == "Hằng tháng, trước ngày 15"
    assert rules[0].frequency is Frequency.MONTHLY


async def test_a_plan_that_is_not_in_use_gets_no_rule(commune: Commune) -> None:
    saved = await save(commune.store, plan(number="32/KH-UBND", title="Kế hoạch chờ"), b"cho", adopt=False)
    with pytest.raises(Outdated):
        await set_rule(commune, saved.id)
