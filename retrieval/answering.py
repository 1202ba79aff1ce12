"""From a question to an ``Answer``: records first, the plan's own words second, else "kế hoạch không nêu"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from retrieval import extracts, overviews, records
from retrieval.about_plan import about_plan
from retrieval.answer import Answer, AnswerKind
from retrieval.candidates import Passage, passages
from retrieval.clauses import answer_reporting
from retrieval.faithful import faithful
from retrieval.fitness import (
    evidence,
    without_subject,
)
from retrieval.forms import TIMES, Asked, Form
from retrieval.index import PlanIndex
from retrieval.labels import labelled
from retrieval.money import answer_budget
from retrieval.not_stated import nearest_indicator, not_stated, of_province
from retrieval.places import PreparedPlan
from retrieval.prepared import KEPT, Prepared
from retrieval.question import Question, is_province, understand
from retrieval.record_choice import RECORD_FIRST, from_records
from retrieval.records import (
    row_of,
    wanted_of,
)
from retrieval.results import answer_result
from retrieval.scope import foreign_place, names, scope
from retrieval.several import joined, parts
from retrieval.shelf import Shelf
from retrieval.terms import syllables
from retrieval.wording import (
    ASK_AGAIN,
    NEAREST,
    NO_PLAN,
    NO_PLAN_OF,
    NO_PROVINCE,
    nothing,
)

_USUAL: Final = "chi tieu phu song 5g la bao nhieu?"  # bare, so that the restoring of diacritics is loaded, too
_LETTER: Final = re.compile(r"[^\W\d_]")
# Kinds that are there in letters or not at all: meaning adds nothing.
_EXACT: Final = (Asked.EMAIL, Asked.PHONE, Asked.ADDRESS, Asked.COUNT, Asked.MONEY)
_MEANT: Final = 3  # passages that meaning may lift
_TWINS: Final = 3  # passages whose row in an appendix is looked for
_SURE: Final = 0.85  # of the question, for a passage to be the one that is meant


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
        if place is not None and not any(plan.words.holds(syllables(place)) for plan in own):
            return nothing(NO_PLAN_OF.format(place=place))
        answer = self._from_plans(understood, own, others)
        asked = parts(question, names(shelf.plans))
        if asked:
            answer = joined(answer, asked, [self._from_plans(part, own, others) for part in asked])
        if understood.parent and understood.form is Form.ONE and not any(is_province(p.shelved.authority) for p in own):
            answer = of_province(answer)
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
            alone = nearest_indicator(question, own)
            if alone is not None:
                return nothing(NO_PROVINCE + NEAREST.format(text=alone.text), alone.citations, alone.verbatim)
        best: tuple[float, Answer] | None = None
        for plan in own:
            found_here = self._from_plan(question, plan)
            if found_here is not None and (best is None or found_here[0] > best[0] + RECORD_FIRST):
                best = found_here
        return best[1] if best is not None else not_stated(question, own, others)

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
        record = from_records(question, plan, wanted, near, found[0].share if found else 0.0)
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


def _by_label(plan: PreparedPlan, near: Sequence[Passage], question: Question) -> tuple[float, Answer] | None:
    """The lead or the time from the labelled line below the passage: "Cơ quan chủ trì: ...", "Thời gian: ..."."""
    for passage in near[:_TWINS]:
        answer = labelled(plan, passage, question) if passage.share >= _SURE else None
        if answer is not None:
            return passage.share, answer
    return None


def _by_twin(plan: PreparedPlan, near: Sequence[Passage], question: Question) -> tuple[float, Answer] | None:
    """The lead or the time from a row of the appendix that shortens the very passage the question is about."""
    if question.coop or (question.asked is not Asked.WHO and question.asked not in TIMES):
        return None
    for passage in near[:_TWINS]:
        number = row_of(plan, passage.place.body, question) if passage.share >= _SURE else None
        if number is not None:
            return passage.share, records.answer_twin(plan, number, question, passage.place, passage.span)
    return None
