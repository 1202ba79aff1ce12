"""From a question to an ``Answer``: records first, the plan's own words second, else "kế hoạch không nêu"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from knowledge.plan import Task
from retrieval import extracts, overviews, records
from retrieval.about_plan import about_plan
from retrieval.answer import Answer, AnswerKind
from retrieval.candidates import NEAR, Passage, passages
from retrieval.clauses import answer_reporting
from retrieval.faithful import faithful
from retrieval.fitness import (
    MEASURED,
    asks_target,
    can_hold,
    evidence,
    holds_result,
    in_years,
    says_its_name,
    tells_when,
    without_subject,
)
from retrieval.forms import TIMES, Asked, Form
from retrieval.grounding import grounded
from retrieval.index import PlanIndex
from retrieval.labels import labelled
from retrieval.matching import Wanted
from retrieval.money import answer_budget
from retrieval.places import KEPT, Place, Prepared, PreparedPlan
from retrieval.question import Question, is_province, understand
from retrieval.records import (
    Match,
    answer_indicator,
    answer_lead,
    answer_task,
    choices,
    first_statement,
    matches,
    row_of,
    wanted_of,
)
from retrieval.results import answer_result
from retrieval.scope import foreign_place, names, scope
from retrieval.several import joined, parts
from retrieval.shelf import Shelf
from retrieval.statements import whole
from retrieval.terms import syllables
from retrieval.wording import (
    ASK_AGAIN,
    NEAREST,
    NO_PLAN,
    NO_PLAN_OF,
    NO_PROVINCE,
    NOT_STATED,
    NOT_STATED_YEAR,
    nothing,
    title_of,
)

_USUAL: Final = "chi tieu phu song 5g la bao nhieu?"  # bare, so that the restoring of diacritics is loaded, too
_LETTER: Final = re.compile(r"[^\W\d_]")
# Kinds that are there in letters or not at all: meaning adds nothing.
_EXACT: Final = (Asked.EMAIL, Asked.PHONE, Asked.ADDRESS, Asked.COUNT, Asked.MONEY)
_MEANT: Final = 3  # passages that meaning may lift
_RELATED: Final = 0.45  # of the question, in an indicator that is offered though it is not the one asked for
_NEAREST: Final = 3  # passages of which one may be offered where the plan does not say
_NAMING: Final = 0.5  # of the question, in a place that names the unit of the answer
_AGREEING: Final = 0.2  # a task that says the same in other words shares so much less of the question
_TWINS: Final = 3  # passages whose row in an appendix is looked for
_SURE: Final = 0.85  # of the question, for a passage to be the one that is meant
# An indicator is preferred to a passage that fits a little better: its row was confirmed by a person.
_RECORD_FIRST: Final = 0.08
# Where the question says that it asks for a goal, a result in the text is not meant.
_GOAL_FIRST: Final = 0.3


class Phrasing(Protocol):
    """Says an answer in other words. Returns None where it cannot; the extractive text then stands."""

    def phrase(self, question: str, answer: Answer) -> str | None:
        """The answer to ``question`` as a sentence; every figure of it is checked against the citations."""


class Answerer:
    """Answers questions from ``index`` and a shelf of plans. Safe to share by threads."""

    def __init__(self, index: PlanIndex, *, phrasing: Phrasing | None = None) -> None:
        self._index, self._phrasing = index, phrasing
        self._prepared = Prepared(index)

    def answer(self, question: str, shelf: Shelf, *, asker: str | None, today: date) -> Answer:
        """The answer for someone of the authority ``asker`` (None: unknown). Never raises for what a person typed."""
        if not _LETTER.search(question):
            return nothing(ASK_AGAIN)
        understood = understand(question, names=names(shelf.plans))
        current = [p for p in shelf.plans if not p.superseded or p.plan.document.year in understood.years]
        if not current:
            return nothing(NO_PLAN)
        first, second = scope(understood, current, asker, today)
        own, others = [self._prepared.of(p) for p in first], [self._prepared.of(p) for p in second]
        if not own:
            return nothing(NO_PLAN)
        place = foreign_place(question, shelf.plans)
        if place is not None and not any(" ".join(syllables(place)) in p.body for plan in own for p in plan.places):
            return nothing(NO_PLAN_OF.format(place=place))
        answer = self._from_plans(understood, own, others)
        asked = parts(question, names(shelf.plans))
        if asked:
            answer = joined(answer, asked, [self._from_plans(part, own, others) for part in asked])
        if understood.parent and understood.form is Form.ONE and not any(is_province(p.shelved.authority) for p in own):
            answer = _of_province(answer)
        return self._phrased(understood, answer)

    def warm(self, shelf: Shelf, today: date) -> None:
        """Load the language and prepare the plans in force, so that the first question costs no more than the next.

        Takes about a fifth of a second a plan on one core: meant for a thread beside the start, not before it.
        """
        plain_answers = Answerer(self._index)
        plain_answers._prepared = self._prepared
        for plan in [p for p in shelf.plans if not p.superseded][:KEPT]:
            plain_answers.answer(_USUAL, Shelf((plan,)), asker=plan.authority, today=today)

    def _phrased(self, question: Question, answer: Answer) -> Answer:
        if self._phrasing is None or answer.kind is AnswerKind.NONE or answer.options:
            return answer
        text = self._phrasing.phrase(question.text, answer)
        if not text or not faithful(text, answer.text):
            return answer
        return Answer(text, answer.kind, answer.citations, answer.options, answer.verbatim)

    def _from_plans(self, question: Question, own: Sequence[PreparedPlan], others: Sequence[PreparedPlan]) -> Answer:
        tabled = [row for plan in own if (row := answer_budget(plan, question) or answer_result(plan, question))]
        if tabled:
            return max(tabled, key=lambda row: row[0])[1]
        if question.form is Form.COMPARE and others:
            for other in others:
                found = overviews.compared(own[0], other, question)
                if found is not None:
                    return found
        if not question.content and question.form is Form.ONE and not without_subject(question):
            return nothing(ASK_AGAIN)
        if question.form is Form.COMPARE and not others:
            alone = _nearest_indicator(question, own)
            if alone is not None:
                return nothing(NO_PROVINCE + NEAREST.format(text=alone.text), alone.citations, alone.verbatim)
        best: tuple[float, Answer] | None = None
        for plan in own:
            found_here = self._from_plan(question, plan)
            if found_here is not None and (best is None or found_here[0] > best[0] + _RECORD_FIRST):
                best = found_here
        return best[1] if best is not None else self._not_stated(question, own, others)

    def _from_plan(self, question: Question, plan: PreparedPlan) -> tuple[float, Answer] | None:
        if question.plan_itself or question.asked is Asked.DOCUMENT:
            about = about_plan(plan, question)
            if about is not None:
                return 1.0, about
        if len(question.years) > 1:
            beside = overviews.across_years(plan, question)
            if beside is not None:
                return 1.0, beside
        if question.unmet:
            fallen = overviews.unmet(plan, question)
            if fallen is not None:
                return 1.0, fallen
        if question.form in (Form.LIST, Form.TALLY) or (question.goal and question.asked is Asked.OPEN):
            listed = overviews.listing(plan, question, question.form is Form.TALLY)
            if listed is not None:
                return 1.0, listed
        if question.report:
            clause = answer_reporting(plan, question)
            if clause is not None:
                return 1.0, clause
        wanted = wanted_of(question, plan)
        if not wanted:
            return None
        near = passages(plan, wanted, question)
        found = [p for p in near if evidence(plan, p, question, wanted)]
        record = self._from_records(question, plan, wanted, near, found[0].share if found else 0.0)
        if record is not None and record[1].kind is not AnswerKind.NONE:
            return record
        twin = _by_twin(plan, near, question) or _by_label(plan, near, question)
        if twin is not None or record is not None:
            return twin or record
        duties = overviews.duties(plan, question)
        if duties is not None and not (found and extracts.is_heading(plan, found[0])):
            return 1.0, duties
        if not found and question.asked not in _EXACT:
            meant = passages(plan, wanted, question, self._meant(question, plan))
            found = [p for p in meant if evidence(plan, p, question, wanted)]
        if not found:
            return None
        passage = found[0]
        if question.asked is Asked.WHO and not question.affected:
            for candidate in found[:5]:
                who = extracts.answer_who(plan, candidate, question)
                if who is not None and candidate.share >= passage.share - 0.15:
                    return candidate.share, who
            return None
        return passage.share, extracts.answer_passage(plan, passage, question, near)

    def _meant(self, question: Question, plan: PreparedPlan) -> list[int]:
        """Positions of the passages nearest in meaning; none for a ruined scan, or where the index has no vectors."""
        # Of damaged words the embedding makes little: it found 15 of 100 places where the words found 80.
        if plan.plan.damaged or not self._index.dense:
            return []
        hits = self._index.search(question.text, keys=[plan.shelved.key], k=_MEANT)
        return [hit.position for hit in hits if "dense" in hit.parts]

    def _from_records(
        self, question: Question, plan: PreparedPlan, wanted: Wanted, near: Sequence[Passage], rival: float
    ) -> tuple[float, Answer] | None:
        indicators = [
            m
            for m in matches(plan.indicators, wanted_of(question, plan, named=True))
            if m.share >= records.ENOUGH and in_years(plan, plan.plan.indicators[m.row.number], question)
        ]
        tasks = [m for m in matches(plan.tasks, wanted) if m.share >= records.ENOUGH]
        if question.affected:
            return None  # a record names who does it
        if question.asked is Asked.WHO:
            for match in sorted(
                [*indicators, *tasks], key=lambda m: (_undated(plan, m, m in tasks, question), -m.rank)
            ):
                of_task = match in tasks
                if match.share < rival - _RECORD_FIRST:
                    continue
                task = plan.plan.tasks[match.row.number] if of_task else None
                if task is not None and len(task.lead) > 1:
                    # "A chủ trì ...; B chủ trì ...": the sentence that is asked about says which of them.
                    own = next((p for p in near if p.place is plan.at(task.source)), None)
                    who = extracts.answer_who(plan, own, question) if own is not None else None
                    if who is not None:
                        return match.share, who
                if task is not None and (task.coop if question.coop else task.lead):
                    also = [m.row.number for m in tasks if m.share >= match.share - _AGREEING]
                    return match.share, answer_task(plan, match.row.number, question, also, _naming(task, near))
                led = [] if of_task else [n for n in plan.same(match.row.number) if plan.plan.indicators[n].lead]
                lead = answer_lead(plan, led[0], question) if led else None
                if lead is not None:
                    return match.share, lead
            return None
        if asks_target(question) or (question.asked is Asked.OPEN and says_its_name(indicators)):
            fitting = [m for m in indicators if can_hold(plan, m.row.number, question)]
            margin = _GOAL_FIRST if question.obliges else _RECORD_FIRST
            if fitting and fitting[0].share >= rival - margin:
                options = choices(plan, fitting, question)
                if options is not None:
                    return fitting[0].share, options
                also = [m.row.number for m in fitting[1:] if m.share >= fitting[0].share - records.CLOSE]
                return fitting[0].share, answer_indicator(plan, fitting[0].row.number, question, also)
        if question.asked in (Asked.COUNT, Asked.FREQUENCY):
            result = [m for m in tasks if holds_result(plan.plan.tasks[m.row.number], question)]
            if result and result[0].share >= rival - _RECORD_FIRST:
                return result[0].share, answer_task(plan, result[0].row.number, question)
        if question.asked in (*TIMES, Asked.DURATION) and not question.report:
            dated = [m for m in tasks if tells_when(plan.plan.tasks[m.row.number].due, question)]
            rows = [n for m in indicators[:1] for n in plan.same(m.row.number)]
            due = [n for n in rows if tells_when(plan.plan.indicators[n].due, question)]
            if due and indicators[0].share >= rival - _RECORD_FIRST:
                return indicators[0].share, answer_indicator(plan, due[0], question)
            if dated and dated[0].share >= rival - _RECORD_FIRST:
                return dated[0].share, answer_task(plan, dated[0].row.number, question)
        return None

    def _not_stated(self, question: Question, own: Sequence[PreparedPlan], others: Sequence[PreparedPlan]) -> Answer:
        plan = own[0]
        title = title_of(plan)
        foreign_years = sorted(y for y in question.years if y != plan.plan.document.year)
        if foreign_years and grounded(title, [c for c in [plan.head] if c], question.text):
            text = NOT_STATED_YEAR.format(plan=title, years=", ".join(map(str, foreign_years)))
        else:
            text = NOT_STATED.format(plan=title)
        nearest = _nearest_indicator(question, [*own, *others]) or _nearest_indicator(question, own, _RELATED)
        if question.asked in MEASURED and nearest is not None:
            return nothing(text + NEAREST.format(text=nearest.text), nearest.citations, nearest.verbatim)
        wanted = wanted_of(question, plan)
        places = passages(plan, wanted, question) if wanted else []
        offered = next((p for p in places[:_NEAREST] if p.share >= NEAR and extracts.says_something(p)), None)
        if offered is not None:
            answer = extracts.answer_near(plan, offered, question)
            return nothing(text + NEAREST.format(text=answer.text), answer.citations, answer.verbatim)
        return nothing(text, [plan.head] if plan.head else [])


def _by_label(plan: PreparedPlan, near: Sequence[Passage], question: Question) -> tuple[float, Answer] | None:
    """The lead or the time from the labelled line below the passage: "Cơ quan chủ trì: ...", "Thời gian: ..."."""
    for passage in near[:_TWINS]:
        answer = labelled(plan, passage, question) if passage.share >= _SURE else None
        if answer is not None:
            return passage.share, answer
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


def _nearest_indicator(
    question: Question, plans: Sequence[PreparedPlan], enough: float = records.ENOUGH
) -> Answer | None:
    """The indicator that the question is about, of the first of ``plans`` that has it."""
    for plan in plans:
        best = matches(plan.indicators, wanted_of(question, plan))
        if best and best[0].share >= enough:
            return answer_indicator(plan, first_statement(plan, best[0].row.number), question)
    return None


def _of_province(answer: Answer) -> Answer:
    """What a commune's own plan says where the province's was asked for and is not there: a reference, no answer."""
    said = " ".join(f"{c.quote} {c.repaired or ''}" for c in answer.citations[:1])
    if answer.kind is AnswerKind.NONE or "tinh" in syllables(said):
        return answer
    return nothing(f"{NO_PROVINCE}{NEAREST.format(text=answer.text)}", answer.citations, answer.verbatim)


def _by_twin(plan: PreparedPlan, near: Sequence[Passage], question: Question) -> tuple[float, Answer] | None:
    """The lead or the time from a row of the appendix that shortens the very passage the question is about."""
    if question.coop or (question.asked is not Asked.WHO and question.asked not in TIMES):
        return None
    for passage in near[:_TWINS]:
        number = row_of(plan, passage.place.body, question) if passage.share >= _SURE else None
        if number is not None:
            return passage.share, records.answer_twin(plan, number, question, passage.place, passage.span)
    return None
