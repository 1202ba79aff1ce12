"""Answers about reporting (chế độ báo cáo): when, how often, to whom and by which way."""

from __future__ import annotations

import re
from typing import Final

from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from retrieval.answer import Answer, AnswerKind
from retrieval.forms import TIMES, Asked
from retrieval.grounding import grounded
from retrieval.matching import Bag, Wanted
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.records import wanted_of
from retrieval.terms import syllables
from retrieval.values import nfc, plain, spans
from retrieval.wording import MAX_BODY, continued, excerpt, source_line

# The frequency that a question names, as syllables of the question.
_NAMED: Final[dict[Frequency, str]] = {
    Frequency.MONTHLY: r"\bhang thang\b|\bmoi thang\b|\bbao cao thang\b",
    Frequency.QUARTERLY: r"\bhang quy\b|\bmoi quy\b|\bbao cao quy\b|\bcuoi quy\b|\bquy (?:nay|sau|[1-4])\b",
    Frequency.SEMIANNUAL: r"\b6 thang\b|nua nam",
    Frequency.ANNUAL: r"\bhang nam\b|\bmoi nam\b|tong ket|ca nam",
    Frequency.ONCE: r"tong ket|so ket",
    Frequency.ADHOC: r"dot xuat",
}
# Words that every question about reports has.
_OF_REPORTS: Final = frozenset(
    [
        "bao",
        "cao",
        "gui",
        "nop",
        "ket",
        "qua",
        "dinh",
        "ky",
        "thang",
        "quy",
        "nam",
        "tuan",
        "tien",
        "do",
        "so",
        "lieu",
        "lan",
        "hang",
        "thuc",
        "hien",
        "trinh",
        "tinh",
        "hinh",
        "uy",
        "ban",
        "nhan",
        "dan",
        "don",
        "vi",
        "phong",
        "cac",
        "co",
        "quan",
        "email",
        "chuyen",
        "doi",
        "so",
        "cds",
        "xa",
        "phuong",
        "ke",
        "hoach",
        "ve",
    ]
)
# Of what the question names beside these, in the clause.
_SPOKEN_OF: Final = 0.4
# What it counts that a clause is about the reporters and the recipients who are named.
_ADDRESSED: Final = 0.3
# Of the clause's own words, where the time stands before them.
_CLAUSE: Final = 260
_SENT: Final = re.compile(r"\b(?:gui|bao cao|trinh)\b(?= (?:ve|cho|len|ban|uy|chu|so|bo|hoi|dang|tinh|lanh)\b)")
_RECIPIENT: Final = 80  # letters of who receives it
_DATED: Final = (*TIMES, Asked.FREQUENCY, Asked.DURATION, Asked.OPEN, Asked.NAME)


def answer_reporting(plan: PreparedPlan, question: Question) -> Answer | None:
    """The clause that says when or how reports go; None where no clause holds what is asked."""
    asked = " ".join(syllables(question.text, question=True))
    named = {frequency for frequency, pattern in _NAMED.items() if re.search(pattern, asked)}
    wanted = wanted_of(question, plan)
    best: tuple[float, ReportingRule] | None = None
    for rule in plan.plan.reporting:
        if not _holds(rule, question):
            continue
        rank = wanted.coverage(Bag(syllables(f"{rule.rule} {rule.reporters or ''} {rule.to or ''}"))).share
        rank += _ADDRESSED * wanted.coverage(Bag(syllables(f"{rule.reporters or ''} ; {rule.to or ''}"))).share
        own = rule.frequency in named or any(re.search(_NAMED[f], " ".join(syllables(rule.rule))) for f in named)
        rank += 0.5 if own else (-2.0 if named else 0.0)  # a monthly clause says nothing of a quarterly report
        rank += 0.1 if rule.due is not None else 0.0
        if best is None or rank > best[0]:
            best = (rank, rule)
    if best is None or best[0] < 0.0:
        return None
    if _of_something_else(plan, best[1], question):
        return None
    return _answer(plan, best[1], question)


def _of_something_else(plan: PreparedPlan, rule: ReportingRule, question: Question) -> bool:
    """Whether the question names whose or which report it asks about, and the clause speaks of none of that."""
    runs = [tuple(w for w in run if w not in _OF_REPORTS) for run in question.content]
    wanted = Wanted([run for run in runs if run], plan.rarity)
    said = f"{rule.rule} {rule.reporters or ''} {rule.to or ''} {rule.via or ''} {rule.source.quote}"
    return len(wanted.words) > 1 and wanted.coverage(Bag(syllables(said)), lenient=True).share < _SPOKEN_OF


def of_frequency(text: str, question: Question) -> bool:
    """Whether a text about reports speaks of the frequency that the question names; any does where it names none."""
    asked, said = (" ".join(syllables(part, question=part is question.text)) for part in (question.text, text))
    named = [pattern for pattern in _NAMED.values() if re.search(pattern, asked)]
    return not named or any(re.search(pattern, said) for pattern in named)


def _holds(rule: ReportingRule, question: Question) -> bool:
    text = nfc(f"{rule.rule} {rule.via or ''} {rule.source.quote}")
    if question.asked in (Asked.EMAIL, Asked.PHONE, Asked.ADDRESS):
        return next(spans(question.asked, (), text), None) is not None
    if question.asked is Asked.WHO:
        return bool(rule.to or rule.via)
    if question.asked in (*TIMES, Asked.DURATION):
        return rule.due is not None
    if question.asked is Asked.FREQUENCY:
        return rule.due is not None or next(spans(Asked.FREQUENCY, (), text), None) is not None
    return question.asked in _DATED


def _said(due: Due | None) -> str:
    """A due time in a few words, the first thing a reader looks for."""
    match due:
        case MonthlyDue(day, before):
            return f"{'Trước ngày' if before else 'Ngày'} {day} hằng tháng"
        case YearlyDue(dates, before):
            days = [f"{int(day)}/{int(month)}" for month, day in (each.split("-") for each in dates)]
            return f"{'Trước ngày' if before else 'Ngày'} {' và '.join(days)} hằng năm"
        case OnceDue(day, before):
            return f"{'Trước ngày' if before else 'Ngày'} {day:%d/%m/%Y}"
        case QuarterWeekDue(week):
            return f"Tuần {'đầu' if week == 'first' else 'cuối'} của tháng cuối quý"
    return ""


def _answer(plan: PreparedPlan, rule: ReportingRule, question: Question) -> Answer:
    text = nfc(" ".join(rule.rule.split()))
    value = next(spans(question.asked, (), text), (0, 0)) if question.asked is not Asked.WHO else (0, 0)
    citation, when = plan.cite_rule(rule), _said(rule.due)
    timed = question.asked in (*TIMES, Asked.FREQUENCY, Asked.OPEN) and bool(when)
    if question.asked is Asked.WHO and len(text) > MAX_BODY:
        # To whom a report goes in the end stands at the end of the clause.
        sent = [match.span() for match in _SENT.finditer(plain(text))]
        value = (sent[-1][0], min(len(text), sent[-1][1] + _RECIPIENT)) if sent else value
    body = continued(excerpt(text, value))
    if timed and grounded(when, [citation], question.text):
        said = excerpt(text, value, _CLAUSE)
        body = f"{when}." if plain(said).strip(" .") == plain(when) else f"{when}. Lời kế hoạch: {said}"
    if question.asked is Asked.EMAIL and value == (0, 0):
        printed = nfc(f"{rule.via or ''} {rule.source.quote}")
        begin, end = next(spans(Asked.EMAIL, (), printed))
        body = f"{printed[begin:end]}: {excerpt(text, (0, 0), 220)}"
    extra = [part for part in (rule.to, rule.via) if part and part not in body]
    if extra and question.asked in (Asked.WHO, *TIMES):
        body += f" Gửi: {'; '.join(extra)}."
    line, cited = source_line(plan, "", [citation], question.text, rule.source.origin)
    return Answer(f"{body}\n{line}", AnswerKind.REPORTING, tuple(cited), verbatim=rule.source.quote)
