"""A plan as a table for a terminal: one row an indicator, doubtful targets marked, the reasons below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands.plan_cells import GAP, MARK, NUMBER, PLACE, cells, hanging, marked, place, where
from bot.commands.plan_extras import budget, results
from handlers.revision import named
from handlers.texts import planning
from handlers.wording import short_name, target_text
from knowledge.checks import of_lead as is_of_lead
from knowledge.plan import Amendment, BudgetLine, Indicator, Plan, Result
from reporting.levels import Above, briefly

# Columns: number, name, target, lead, place. A narrow terminal has them all; names and units take what is left.
_NARROWEST: Final = 60
# Wider lines are hard to follow with the eye.
_WIDEST: Final = 160
# Of what is left beside number and place.
_NAME_SHARE: Final = 0.52
_TARGET_SHARE: Final = 0.18
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


def table(plan: Plan, width: int, above: Mapping[int, Above] | None = None) -> list[str]:
    """The lines to print; none is wider than ``width``, from 60 columns on. ``above`` is what the level above sets, by
    the index of the indicator."""
    widths = _Widths.of(width)
    whole = max(_NARROWEST, min(width, _WIDEST))
    lines = list(_head(plan, whole))
    group: tuple[str, str | None] | None = None
    if plan.indicators:
        lines += ["", *cells(("TT", "Chỉ tiêu", "Mục tiêu", "Chủ trì", "Ở đâu"), widths.columns), "─" * whole]
    for at, row in enumerate(plan.indicators):
        if (row.where, row.group) != group:
            group = (row.where, row.group)
            said = f"{row.where} - {row.group}" if row.group else row.where
            lines += ["", *textwrap.wrap(said, whole)]
        of_lead = [is_of_lead(reason) for reason in row.checks]
        target = marked(target_text(row.target), doubtful=not all(of_lead))
        higher = briefly(row.target, above[at]) if above and at in above else None
        target += f" ({higher})" if higher else ""
        lead = marked("; ".join(row.lead) or "-", doubtful=any(of_lead))
        name = marked(row.name, doubtful=bool(row.name_doubt))
        lines += cells((row.no or "-", name, target, lead, place(row.source)), widths.columns)
    return [*lines, *_doubts(plan, whole), *_unclear(plan, whole), *results(plan, whole), *budget(plan, whole)]


def _head(plan: Plan, width: int) -> Iterator[str]:
    head = plan.document
    yield from textwrap.wrap(f"Kế hoạch {named(head)}" + (f" của {head.issuer}" if head.issuer else ""), width)
    tables: tuple[Sequence[Indicator | Result | BudgetLine], ...] = (plan.indicators, plan.results, plan.budget)
    doubtful = sum(row.needs_check for rows in tables for row in rows)
    counts = f"{len(plan.indicators)} chỉ tiêu, {len(plan.tasks)} nhiệm vụ, {len(plan.units)} đơn vị"
    counts += f", {len(plan.results)} kết quả" if plan.results else ""
    counts += f", {len(plan.budget)} dòng kinh phí" if plan.budget else ""
    yield from textwrap.wrap(f"{counts}; {doubtful} chỗ cần kiểm tra." if doubtful else f"{counts}.", width)
    if plan.amends is not None:
        yield from _amends(plan.amends, width)
    for rule in plan.reporting:
        said = short_name(" ".join(rule.rule.split()), _RULE_LETTERS)
        yield from hanging(f"Chế độ báo cáo ({place(rule.source)}): ", said, width)
    if not plan.reporting and plan.amends is None:
        yield "Chế độ báo cáo: kế hoạch không nêu."
    for sentence in head.lost:
        yield from textwrap.wrap(sentence, width)
    for reason in head.checks:
        yield from hanging("Cần kiểm tra: ", reason, width)


def _amends(amends: Amendment, width: int) -> Iterator[str]:
    number = amends.number or "(chưa rõ số)"
    yield from hanging("Sửa đổi: ", f"Kế hoạch {number}; các chỉ tiêu không nêu ở đây được giữ nguyên.", width)
    for one in amends.removed:
        said = ". ".join(filter(None, (one.no, one.name)))
        yield from hanging(f"Bỏ ({place(one.source)}): ", said, width)
    for one in amends.ended:
        yield from hanging(f"Bỏ kỳ báo cáo ({place(one.source)}): ", planning.EVERY[one.name or ""], width)


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


def _unclear(plan: Plan, width: int) -> Iterator[str]:
    """Names that are not read for certain, and tasks to look at: what no figure hangs on."""
    names = [row for row in plan.indicators if row.name_doubt]
    tasks = [task for task in plan.tasks if task.needs_check]
    if names:
        yield from ("", f"Tên chỉ tiêu in không rõ ({MARK}):")
    for row in names:
        number = f"{row.no}. " if row.no else ""
        yield from hanging("- ", f"{number}{short_name(row.name, 60)}: {row.name_doubt}", width)
    if tasks:
        yield from ("", "Nhiệm vụ in không rõ:")
    for task in tasks:
        said = f"{short_name(task.name, 60)} ({place(task.source)}): {' '.join(task.checks)}"
        yield from hanging("- ", said, width)
