"""Answers about what was reached in a year that is over, from the rows of a plan's table of results."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from knowledge.plan import Assessment, Result
from knowledge.targets import percentages
from retrieval.answer import Answer, AnswerKind, Citation
from retrieval.bearers import strangers
from retrieval.fitness import MEASURED
from retrieval.forms import Asked, Form
from retrieval.matching import Bag, Rarity, Wanted
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.terms import syllables
from retrieval.wording import capital, clip, ended, source_line, spaced

# Of the question in a row's name; names in such a table are as long as sentences, and share many words.
ENOUGH: Final = 0.72
_ENOUGH_WITH_GOAL: Final = 0.5  # where the question also says the row's goal ("mức tối thiểu 60%")
_CLOSE: Final = 0.05  # of two rows this close the question means neither for certain
_NAME: Final = 140
_TEXT: Final = 160
_SAID: Final = {Assessment.MET: " (đạt)", Assessment.NOT_MET: " (chưa đạt)", None: ""}
_UNSURE: Final = " Dòng này của bản quét còn chỗ đọc chưa chắc, anh/chị xem giúp bản gốc."
# "Tỷ lệ" begins most names and most questions, "kết quả đạt được" a question about results.
_IDLE: Final = frozenset(["ty", "le", "ket", "qua", "dat", "duoc", "thuc", "hien", "nam"])


def answer_result(plan: PreparedPlan, question: Question) -> tuple[float, Answer] | None:
    """What was reached of the indicator that ``question`` names in the year that it names, with how well the row fits
    (0 to 1); None where it asks for no such year, or where no row is meant for certain or readable."""
    asks = question.reported or question.asked in (*MEASURED, Asked.OPEN)
    if not asks or question.form not in (Form.ONE, Form.COMPARE) or len(question.years) != 1:
        return None
    if question.obliges and plan.plan.document.year in question.years:
        return None  # what is to be reached this year is a target
    rows = [row for row in plan.plan.results if row.year in question.years]
    runs = [run for whole in question.content if (run := _told(whole))]
    if not rows or not runs:
        return None
    goals = {said.value for said in percentages(question.text)}
    bags = [Bag(syllables(row.name)) for row in rows]
    wanted = Wanted(runs, Rarity.among(bags))
    scored = sorted(
        (
            (wanted.coverage(bag, lenient=True).share, -at)
            for at, bag in enumerate(bags)
            if not strangers(wanted.bearers, bag.bearers) and _of_goal(rows[at], goals)
        ),
        reverse=True,
    )
    enough = _ENOUGH_WITH_GOAL if goals else ENOUGH
    if not scored or scored[0][0] < enough or (len(scored) > 1 and scored[1][0] > scored[0][0] - _CLOSE):
        return None
    row = rows[-scored[0][1]]
    if not row.text or (question.asked is Asked.PERCENT and "%" not in row.text):
        return None
    return scored[0][0], _answer(plan, row, question)


def _of_goal(row: Result, goals: set[Decimal]) -> bool:
    """Whether a row has the goal that the question states; any row where it states none."""
    return not goals or (row.goal is not None and row.goal.value in goals)


def _told(run: tuple[str, ...]) -> tuple[str, ...]:
    """``run`` without the words at its beginning that name no indicator, and without figures."""
    kept = [word for word in run if not word.isdigit()]
    while kept and kept[0] in _IDLE:
        kept.pop(0)
    return tuple(kept)


def _answer(plan: PreparedPlan, row: Result, question: Question) -> Answer:
    name = clip(capital(row.name.rstrip(" .;,")), _NAME)
    text = f"{spaced(clip(row.text, _TEXT))}{_SAID[row.assessment]} năm {row.year}: {ended(name)}"
    if row.lead:
        text += f" Chủ trì: {clip('; '.join(row.lead), 100)}."
    text += _UNSURE if row.needs_check else ""
    where = f"{row.where}, dòng {row.no}" if row.no else row.where
    source, cited = source_line(plan, where, [_cite(plan, row)], question.text, row.source.origin)
    return Answer(f"{text}\n{source}", AnswerKind.PASSAGE, tuple(cited), verbatim=row.source.quote)


def _cite(plan: PreparedPlan, row: Result) -> Citation:
    """The row; the year stands in the table's head, so it is given with the words as understood."""
    parts = (row.no, row.name, "; ".join(row.lead), row.text, _SAID[row.assessment].strip(" ()"), f"năm {row.year}")
    return plan.cite(row.source, " | ".join(part for part in parts if part))
