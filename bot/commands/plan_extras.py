"""A plan's results of the year before and its money as tables for a terminal, doubtful rows marked, reasons below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.commands.plan_cells import GAP, MARK, NUMBER, PLACE, cells, hanging, marked, place, where
from handlers.wording import short_name
from knowledge.plan import Amount, Assessment, BudgetLine, Plan, Result

_SAID: Final = {Assessment.MET: "Đạt", Assessment.NOT_MET: "Chưa đạt", None: "-"}
_ASSESSMENT: Final = 10  # "? Chưa đạt"
# Of what is left beside number, assessment and place.
_NAME_SHARE: Final = 0.6
_NAME_LETTERS: Final = 90


def results(plan: Plan, width: int) -> Iterator[str]:
    """The table of results; nothing where the plan has none."""
    if not plan.results:
        return
    left = width - NUMBER - _ASSESSMENT - PLACE - 4 * GAP
    name = round(left * _NAME_SHARE)
    columns = (NUMBER, name, left - name, _ASSESSMENT, PLACE)
    years = sorted({row.year for row in plan.results if row.year is not None})
    title = f"Kết quả năm {', '.join(map(str, years))}" if years else "Kết quả đã thực hiện"
    yield from ("", f"{title}: {len(plan.results)} dòng")
    yield from cells(("TT", "Chỉ tiêu", "Kết quả", "Đánh giá", "Ở đâu"), columns)
    yield "─" * width
    for row in plan.results:
        texts = (row.no or "-", row.name, row.text or "-", _SAID[row.assessment], place(row.source))
        yield from cells((*texts[:2], marked(texts[2], doubtful=row.needs_check), *texts[3:]), columns)
    yield from _doubts(plan.results, width)


def budget(plan: Plan, width: int) -> Iterator[str]:
    """The table of money; nothing where the plan has none."""
    if not plan.budget:
        return
    left = width - NUMBER - PLACE - 3 * GAP
    name = round(left * _NAME_SHARE)
    columns = (NUMBER, name, left - name, PLACE)
    units = sorted({row.unit for row in plan.budget if row.unit is not None})
    unit = ", ".join(units) if units else "bảng không ghi đơn vị tính"
    yield from ("", f"Kinh phí ({unit}): {len(plan.budget)} dòng")
    yield from cells(("TT", "Nội dung", "Số tiền", "Ở đâu"), columns)
    yield "─" * width
    for row in plan.budget:
        said = "; ".join(_amount(amount) for amount in row.amounts) or "-"
        texts = (row.no or "-", row.name, marked(said, doubtful=row.needs_check), place(row.source))
        yield from cells(texts, columns)
    yield from _doubts(plan.budget, width)


def _amount(amount: Amount) -> str:
    return f"{amount.column}: {amount.text}" if amount.column else amount.text


def _doubts(rows: Sequence[Result | BudgetLine], width: int) -> Iterator[str]:
    doubtful = [row for row in rows if row.needs_check]
    if not doubtful:
        return
    yield from ("", f"Cần kiểm tra ({MARK}):")
    for row in doubtful:
        named = f"{row.no}. {row.name}" if row.no else row.name
        yield from hanging("- ", f"{short_name(named, _NAME_LETTERS)} ({where(row.source)})", width)
        for reason in row.checks:
            yield from hanging("    ", reason, width)
