"""Answers about money from a plan's table of money: the row that a question names, its amounts as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.amended_tables import SUM_OUTDATED
from knowledge.plan import Amount, BudgetLine
from retrieval.answer import Answer, AnswerKind, Citation
from retrieval.forms import Asked, Form
from retrieval.matching import Bag, Rarity, Wanted
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.terms import syllables
from retrieval.wording import capital, clip, ended, source_line

# A name that the question covers this well is what is asked, as for indicators.
ENOUGH: Final = 0.62
# Of two rows this close the question means neither for certain.
_CLOSE: Final = 0.05
_MOST_SHOWN: Final = 6
_NAME: Final = 140
# Words of a question about money that name no row.
_IDLE: Final = frozenset(
    re.split(
        r"\s+",
        "kinh phi tong cong so von tien ngan sach du toan thuc hien ke hoach nhiem vu chuyen doi nam cua het ca la can "
        "bao nhieu nhu cau chi cho xa phuong tinh trieu dong ty toan bo muc dau tu nguon khac ns phu luc trong",
    )
)
_WHOLE: Final = re.compile(r"\btong\b|\btoan bo\b|\bca ke hoach\b")
_UNSURE: Final = " Dòng này của bản quét còn chỗ đọc chưa chắc, anh/chị xem giúp bản gốc."
_NO_UNIT: Final = " Bảng không ghi đơn vị tính."


def answer_budget(plan: PreparedPlan, question: Question) -> tuple[float, Answer] | None:
    """The amounts of the row that ``question`` asks about, with how well it fits (0 to 1); None where no row is meant
    for certain, or where the row prints nothing readable."""
    if question.asked is not Asked.MONEY or question.form is not Form.ONE or not plan.plan.budget:
        return None
    year = plan.plan.document.year
    if question.years and not question.years <= {year}:
        return None
    runs = [tuple(w for w in run if w not in _IDLE and not w.isdigit()) for run in question.content]
    runs = [run for run in runs if run]
    found = _named(plan.plan.budget, runs) if runs else _total(plan.plan.budget, question)
    if found is None:
        return None
    share, line = found
    amounts = [amount for amount in line.amounts if amount.value is not None and amount.column] or [
        amount for amount in line.amounts if amount.value is not None and len(line.amounts) == 1
    ]
    return (share, _answer(plan, line, amounts, question)) if amounts else None


def _total(lines: Sequence[BudgetLine], question: Question) -> tuple[float, BudgetLine] | None:
    """The row that adds up the table, where the whole is asked for and there is one such row."""
    totals = [line for line in lines if line.total]
    said = " ".join(syllables(question.text, question=True))
    return (1.0, totals[0]) if len(totals) == 1 and _WHOLE.search(said) else None


def _named(lines: Sequence[BudgetLine], runs: Sequence[tuple[str, ...]]) -> tuple[float, BudgetLine] | None:
    """The one row whose name holds what is asked."""
    bags = [Bag(syllables(line.name)) for line in lines]
    wanted = Wanted(list(runs), Rarity.among(bags))
    scored = [(wanted.coverage(bag, lenient=True).share, -at) for at, bag in enumerate(bags) if lines[at].amounts]
    scored.sort(reverse=True)
    if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[1][0] > scored[0][0] - _CLOSE):
        return None
    return scored[0][0], lines[-scored[0][1]]


def _answer(plan: PreparedPlan, line: BudgetLine, amounts: Sequence[Amount], question: Question) -> Answer:
    unit = f" {line.unit}" if line.unit else ""
    said = "; ".join(
        f"{amount.column}: {amount.text}{unit}" if amount.column else f"{amount.text}{unit}"
        for amount in amounts[:_MOST_SHOWN]
    )
    name = capital(clip(line.name.rstrip(" .;,:"), _NAME))
    text = f"{name} - {ended(said)}" + ("" if line.unit else _NO_UNIT) + _doubt(line)
    source, cited = source_line(plan, line.where, [_cite(plan, line)], question.text, line.source.origin)
    return Answer(f"{text}\n{source}", AnswerKind.PASSAGE, tuple(cited), verbatim=line.source.quote)


def _doubt(line: BudgetLine) -> str:
    """What to beware of; a sum over rows that were amended is read well and is out of date."""
    if SUM_OUTDATED in line.checks:
        return f" {SUM_OUTDATED}"
    return _UNSURE if line.needs_check else ""


def _cite(plan: PreparedPlan, line: BudgetLine) -> Citation:
    """The row; the columns' headings stand above it, so they are given with the amounts as understood."""
    said = "; ".join(f"{amount.column}: {amount.text}" for amount in line.amounts)
    return plan.cite(line.source, " | ".join(part for part in (line.no, line.name, said) if part))
