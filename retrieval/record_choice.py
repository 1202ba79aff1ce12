"""Which record answers: the indicator or the task that fits a question better than any passage does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.plan import Task
from retrieval import extracts
from retrieval.answer import Answer
from retrieval.candidates import Passage
from retrieval.fitness import asks_target, can_hold, holds_result, in_years, says_its_name, tells_when
from retrieval.forms import TIMES, Asked
from retrieval.matching import Wanted
from retrieval.places import Place, PreparedPlan
from retrieval.question import Question
from retrieval.records import (
    CLOSE,
    ENOUGH,
    Match,
    answer_indicator,
    answer_lead,
    answer_task,
    choices,
    matches,
    wanted_of,
)
from retrieval.statements import whole
from retrieval.terms import syllables

# An indicator is preferred to a passage that fits a little better: its row was confirmed by a person.
RECORD_FIRST: Final = 0.08
# Where the question says that it asks for a goal, a result in the text is not meant.
_GOAL_FIRST: Final = 0.3
_NAMING: Final = 0.5  # of the question, in a place that names the unit of the answer
_AGREEING: Final = 0.2  # a task that says the same in other words shares so much less of the question

Found = tuple[float, Answer]


def from_records(
    question: Question, plan: PreparedPlan, wanted: Wanted, near: Sequence[Passage], rival: float
) -> Found | None:
    """The record that answers, with how much of the question it holds; None where the passage at ``rival`` fits better.

    ``near`` are the passages nearest to the question, ``rival`` is what the best of them that is evidence holds of it.
    """
    if question.affected:
        return None  # a record names who does it, not whom it is done to
    indicators = [
        m
        for m in matches(plan.indicators, wanted_of(question, plan, named=True))
        if m.share >= ENOUGH and in_years(plan, plan.plan.indicators[m.row.number], question)
    ]
    tasks = [m for m in matches(plan.tasks, wanted) if m.share >= ENOUGH]
    if question.asked is Asked.WHO:
        return _who(question, plan, indicators, tasks, near, rival)
    target = _target(question, plan, indicators, rival)
    if target is not None:
        return target
    if question.asked in (Asked.COUNT, Asked.FREQUENCY):
        result = [m for m in tasks if holds_result(plan.plan.tasks[m.row.number], question)]
        if result and result[0].share >= rival - RECORD_FIRST:
            return result[0].share, answer_task(plan, result[0].row.number, question)
    if question.asked in (*TIMES, Asked.DURATION) and not question.report:
        return _time(question, plan, indicators, tasks, rival)
    return None


def _who(
    question: Question,
    plan: PreparedPlan,
    indicators: Sequence[Match],
    tasks: Sequence[Match],
    near: Sequence[Passage],
    rival: float,
) -> Found | None:
    """The lead of the indicator or the task that fits best and has one."""
    of_task = {id(m) for m in tasks}
    best_first = sorted([*indicators, *tasks], key=lambda m: (_undated(plan, m, id(m) in of_task, question), -m.rank))
    for match in best_first:
        if match.share < rival - RECORD_FIRST:
            continue
        if id(match) in of_task:
            found = _who_does(question, plan, match, tasks, near)
        else:
            led = [n for n in plan.same(match.row.number) if plan.plan.indicators[n].lead]
            found = answer_lead(plan, led[0], question) if led else None
        if found is not None:
            return match.share, found
    return None


def _who_does(
    question: Question, plan: PreparedPlan, match: Match, tasks: Sequence[Match], near: Sequence[Passage]
) -> Answer | None:
    task = plan.plan.tasks[match.row.number]
    if len(task.lead) > 1:
        # "A chủ trì ...; B chủ trì ...": the sentence that is asked about says which of them.
        own = next((p for p in near if p.place is plan.at(task.source)), None)
        who = extracts.answer_who(plan, own, question) if own is not None else None
        if who is not None:
            return who
    if not (task.coop if question.coop else task.lead):
        return None
    also = [m.row.number for m in tasks if m.share >= match.share - _AGREEING]
    return answer_task(plan, match.row.number, question, also, _naming(task, near))


def _target(question: Question, plan: PreparedPlan, indicators: Sequence[Match], rival: float) -> Found | None:
    """The target of the indicator that is asked for, or the question back where several may be meant."""
    if not (asks_target(question) or (question.asked is Asked.OPEN and says_its_name(indicators))):
        return None
    fitting = [m for m in indicators if can_hold(plan, m.row.number, question)]
    margin = _GOAL_FIRST if question.obliges else RECORD_FIRST
    if not fitting or fitting[0].share < rival - margin:
        return None
    options = choices(plan, fitting, question)
    if options is not None:
        return fitting[0].share, options
    also = [m.row.number for m in fitting[1:] if m.share >= fitting[0].share - CLOSE]
    return fitting[0].share, answer_indicator(plan, fitting[0].row.number, question, also)


def _time(
    question: Question, plan: PreparedPlan, indicators: Sequence[Match], tasks: Sequence[Match], rival: float
) -> Found | None:
    """The time of the best indicator, or of the task that has one."""
    rows = [n for m in indicators[:1] for n in plan.same(m.row.number)]
    due = [n for n in rows if tells_when(plan.plan.indicators[n].due, question)]
    if due and indicators[0].share >= rival - RECORD_FIRST:
        return indicators[0].share, answer_indicator(plan, due[0], question)
    dated = [m for m in tasks if tells_when(plan.plan.tasks[m.row.number].due, question)]
    if dated and dated[0].share >= rival - RECORD_FIRST:
        return dated[0].share, answer_task(plan, dated[0].row.number, question)
    return None


def _undated(plan: PreparedPlan, match: Match, of_task: bool, question: Question) -> bool:
    """Whether a record lacks the time that is asked for beside its lead: one that tells both is preferred."""
    if not question.timed:
        return False
    number = match.row.number
    return not (plan.plan.tasks[number].due if of_task else whole(plan, number).due)


def _naming(task: Task, near: Sequence[Passage]) -> list[Place]:
    """The places that hold the question and name the unit of ``task``: they say the same."""
    unit = " ".join(syllables(task.lead[0])) if task.lead else ""
    return [p.place for p in near if p.share >= _NAMING and unit and unit in p.place.body]
