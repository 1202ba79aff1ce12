"""The honest answer where the plans do not say: that they do not, and what stands nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from retrieval import extracts
from retrieval.answer import Answer, AnswerKind
from retrieval.candidates import NEAR, passages
from retrieval.fitness import MEASURED
from retrieval.grounding import grounded
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.records import ENOUGH, answer_indicator, first_statement, matches, wanted_of
from retrieval.terms import syllables
from retrieval.wording import NEAREST, NO_PROVINCE, NOT_STATED, NOT_STATED_YEAR, nothing, title_of

_RELATED: Final = 0.45  # of the question, in an indicator that is offered though it is not the one asked for
_NEAREST: Final = 3  # passages of which one may be offered


def not_stated(question: Question, own: Sequence[PreparedPlan], others: Sequence[PreparedPlan]) -> Answer:
    """That the plans do not say, with the nearest indicator or passage as a reference where one is near enough."""
    plan = own[0]
    title = title_of(plan)
    foreign_years = sorted(y for y in question.years if y != plan.plan.document.year)
    if foreign_years and grounded(title, [c for c in [plan.head] if c], question.text):
        text = NOT_STATED_YEAR.format(plan=title, years=", ".join(map(str, foreign_years)))
    else:
        text = NOT_STATED.format(plan=title)
    nearest = nearest_indicator(question, [*own, *others]) or nearest_indicator(question, own, _RELATED)
    if question.asked in MEASURED and nearest is not None:
        return nothing(text + NEAREST.format(text=nearest.text), nearest.citations, nearest.verbatim)
    wanted = wanted_of(question, plan)
    places = passages(plan, wanted, question) if wanted else []
    offered = next((p for p in places[:_NEAREST] if p.share >= NEAR and extracts.says_something(p)), None)
    if offered is not None:
        answer = extracts.answer_near(plan, offered, question)
        return nothing(text + NEAREST.format(text=answer.text), answer.citations, answer.verbatim)
    return nothing(text, [plan.head] if plan.head else [])


def nearest_indicator(question: Question, plans: Sequence[PreparedPlan], enough: float = ENOUGH) -> Answer | None:
    """The indicator that the question is about, of the first of ``plans`` that has it."""
    for plan in plans:
        best = matches(plan.indicators, wanted_of(question, plan))
        if best and best[0].share >= enough:
            return answer_indicator(plan, first_statement(plan, best[0].row.number), question)
    return None


def of_province(answer: Answer) -> Answer:
    """What a commune's own plan says where the province's was asked for and is not there: a reference, no answer."""
    said = " ".join(f"{c.quote} {c.repaired or ''}" for c in answer.citations[:1])
    if answer.kind is AnswerKind.NONE or "tinh" in syllables(said):
        return answer
    return nothing(f"{NO_PROVINCE}{NEAREST.format(text=answer.text)}", answer.citations, answer.verbatim)
