"""A plan as a table for a terminal: one row an indicator, doubtful targets marked, the reasons below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands.plan_cells import GAP, MARK, NUMBER, PLACE, cells, hanging, marked, place, where
from bot.commands.plan_extras import budget, results
from handlers.revision import named
from handlers.wording import short_name, target_text
from knowledge.plan import BudgetLine, Indicator, Plan, Result

# Columns: number, name, target, lead, place. A narrow terminal has them all; names and units take what is left.
_NARROWEST: Final = 60
# Wider lines are hard to follow with the eye.
_WIDEST: Final = 160
# Of what is left beside number and place.
_NAME_SHARE: Final = 0.52
_TARGET_SHARE: Final = 0.18
# How the reader begins what it says of a lead; every other reason is about the target.
_OF_LEAD: Final = "Cơ quan chủ trì"
_RULE_LETTERS: Final = 200


@dataclass(frozen=True, slots=True)
class _Widths:
    name: int
    target: int
    lead: int

    @classmethod
    def of(cls, width: int) -> _Widths:
        """How wide each column is in a terminal of ``width``."""
        left = max(_NARROWEST, min(width, _WIDEST)) - NUMBER - PLACE - 4 * GAP
        name, target = round(left * _NAME_SHARE), round(left * _TARGET_SHARE)
        return cls(name, target, left - name - target)

    @property
    def columns(self) -> tuple[int, ...]:
        """The widths of all columns."""
        return NUMBER, self.name, self.target, self.lead, PLACE


def table(plan: Plan, width: int) -> list[str]:
    """The lines to print; none is wider than ``width``, from 60 columns on."""
    widths = _Widths.of(width)
    whole = max(_NARROWEST, min(width, _WIDEST))
    lines = list(_head(plan, whole))
    group: tuple[str, str | None] | None = None
    if plan.indicators:
        lines += ["", *cells(("TT", "Chỉ tiêu", "Mục tiêu", "Chủ trì", "Ở đâu"), widths.columns), "─" * whole]
    for row in plan.indicators:
        if (row.where, row.group) != group:
            group = (row.where, row.group)
            said = f"{row.where} - {row.group}" if row.group else row.where
            lines += ["", *textwrap.wrap(said, whole)]
        of_lead = [reason.startswith(_OF_LEAD) for reason in row.checks]
        target = marked(target_text(row.target), doubtful=not all(of_lead))
        lead = marked("; ".join(row.lead) or "-", doubtful=any(of_lead))
        lines += cells((row.no or "-", row.name, target, lead, place(row.source)), widths.columns)
    return [*lines, *_doubts(plan, whole), *results(plan, whole), *budget(plan, whole)]


def _head(plan: Plan, width: int) -> Iterator[str]:
    head = plan.document
    yield from textwrap.wrap(f"Kế hoạch {named(head)}" + (f" của {head.issuer}" if head.issuer else ""), width)
    tables: tuple[Sequence[Indicator | Result | BudgetLine], ...] = (plan.indicators, plan.results, plan.budget)
    doubtful = sum(row.needs_check for rows in tables for row in rows)
    counts = f"{len(plan.indicators)} chỉ tiêu, {len(plan.tasks)} nhiệm vụ, {len(plan.units)} đơn vị"
    counts += f", {len(plan.results)} kết quả" if plan.results else ""
    counts += f", {len(plan.budget)} dòng kinh phí" if plan.budget else ""
    yield from textwrap.wrap(f"{counts}; {doubtful} chỗ cần kiểm tra." if doubtful else f"{counts}.", width)
    for rule in plan.reporting:
        said = short_name(" ".join(rule.rule.split()), _RULE_LETTERS)
        yield from hanging(f"Chế độ báo cáo ({place(rule.source)}): ", said, width)
    if not plan.reporting:
        yield "Chế độ báo cáo: kế hoạch không nêu."
    for reason in head.checks:
        yield from hanging("Cần kiểm tra: ", reason, width)


def _doubts(plan: Plan, width: int) -> Iterator[str]:
    doubtful = [row for row in plan.indicators if row.needs_check]
    if not doubtful:
        return
    yield ""
    yield f"Cần kiểm tra ({MARK}):"
    for row in doubtful:
        named_row = f"{row.no}. {row.name}" if row.no else row.name
        yield from hanging("- ", f"{short_name(named_row, 90)} ({where(row.source)})", width)
        for reason in row.checks:
            yield from hanging("    ", reason, width)
