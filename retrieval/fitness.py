"""What a question asks of a record or a passage before it may be the answer: a value of the kind, and of the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.plan import Indicator, Task
from retrieval.candidates import Passage, can_answer, of_its_time, supports_years
from retrieval.clauses import of_frequency
from retrieval.forms import PER, Asked
from retrieval.matching import Bag, Wanted
from retrieval.named_things import names_it
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.records import Match
from retrieval.terms import syllables
from retrieval.values import counted, nfc, plain, spans

_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
# Asked as a value: an indicator's row can hold it.
MEASURED: Final = (Asked.PERCENT, Asked.FIGURE, Asked.COUNT)
_SHOWN: Final = 180  # letters of a task that an answer shows; a number behind them would be lost
# A question without a question word that is an indicator's name: of the question in the name, of the name asked for.
_NAMED: Final = 0.8
_NAME: Final = 0.4
_SHORT: Final = 4  # words of content; a longer question without a question word describes a passage


def evidence(plan: PreparedPlan, passage: Passage, question: Question, wanted: Wanted) -> bool:
    """Whether a passage may be quoted as the answer: of the time and frequency asked for, with a value of the kind."""
    text = f"{' '.join(passage.place.chunk.path)} {passage.place.text}"
    years = " ".join(map(str, passage.place.years))
    if question.report and not of_frequency(passage.place.text, question):
        return False
    if not of_its_time(passage.place, question):
        return False
    if question.asked in (Asked.NAME, Asked.OPEN) or question.affected:
        sentence = passage.place.text[slice(*passage.span)]
        if not names_it(question.text, passage.place.text, sentence):
            return False
    return can_answer(passage, question, wanted) and supports_years(plan, f"{text} {years}", question)


def asks_target(question: Question) -> bool:
    """Whether an indicator's target would answer; "tỷ lệ thanh toán?" asks for one without a question word."""
    if question.asked in MEASURED:
        return True
    if question.asked is Asked.OPEN and len(question.words) <= _SHORT:
        return True
    return question.goal and question.asked in (Asked.NAME, Asked.OPEN)


# Asked when something is done: "thường xuyên" is never.
_COMPLETED: Final = re.compile(r"\b(?:xong|hoan thanh|ket thuc)\b")


def without_subject(question: Question) -> bool:
    """Whether a question makes sense though it names no thing: about the plan itself, its reports, its results."""
    return question.plan_itself or question.report or question.unmet


def says_its_name(indicators: Sequence[Match]) -> bool:
    """Whether a question without a question word is the name of an indicator."""
    return bool(indicators) and indicators[0].share >= _NAMED and indicators[0].exact >= _NAME


def tells_when(due: str | None, question: Question) -> bool:
    """Whether a time is as exact as was asked: "năm 2026" is no answer to "ngày nào", but "thường xuyên" is one."""
    if due is not None and _COMPLETED.search(plain(nfc(question.text))) and "thuong xuyen" in plain(nfc(due)):
        return False
    if due is None or question.asked is not Asked.DAY:
        return bool(due)
    return "thuong xuyen" in plain(nfc(due)) or next(spans(Asked.DAY, (), nfc(due)), None) is not None


def holds_result(task: Task, question: Question) -> bool:
    """Whether a task's result, or its short name, holds the number or the frequency that is asked for."""
    text = nfc(f"{task.name} {task.result or ''}")
    if question.asked is Asked.COUNT:
        return len(text) <= _SHOWN and counted(question.nouns, text) > 0
    return next(spans(question.asked, (), nfc(f"{task.result or ''} {task.due or ''}")), None) is not None


def can_hold(plan: PreparedPlan, number: int, question: Question) -> bool:
    """Whether an indicator's target is of the asked kind."""
    target = plan.plan.indicators[number].target
    if question.asked is Asked.PERCENT:
        return target.kind.value == "percent" or "%" in target.text
    if question.asked is Asked.COUNT:
        per = PER.search(" ".join(syllables(question.text, question=True))) is not None
        if "/" in (target.unit or "") and not per:
            return False  # so many per thousand is no count
        unit = Bag(syllables(f"{target.unit or ''} {target.text}"))
        if per and target.kind.value == "number":
            return True
        return target.kind.value == "number" and any(
            word in unit.words for word in [word for noun in question.nouns for word in noun[:2]]
        )
    return True


def in_years(plan: PreparedPlan, indicator: Indicator, question: Question) -> bool:
    """Whether an indicator is set for the asked years: those of its own time ("đến năm 2035"), else the plan's."""
    own = {int(year) for year in _YEAR.findall(f"{indicator.due or ''} {indicator.name}")}
    return question.years <= own if own else supports_years(plan, indicator.name, question)
