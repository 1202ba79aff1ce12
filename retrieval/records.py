"""Answers computed from the confirmed records: indicators, tasks, who leads, lists, counts, commune beside province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.plan import Indicator
from retrieval.answer import Answer, AnswerKind, Citation, Option
from retrieval.bearers import strangers
from retrieval.forms import TIMES, Asked
from retrieval.matching import Bag, Wanted
from retrieval.places import Place, PreparedPlan, Row
from retrieval.question import Question
from retrieval.shelf import Reported
from retrieval.statements import Clarity, clarity, whole
from retrieval.values import Span
from retrieval.wording import WHICH, capital, clip, doubt, ended, indicator_line, nothing, source_line, spaced

# A place in the body by its headings ("II.2.1"), which people call "mục".
_SECTION: Final = re.compile(r"[IVX]+(?:[.\-][0-9A-Za-z]+)*")

# A name that is covered this well by the question is what is asked; found on the questions, not on the wording of one.
ENOUGH: Final = 0.62
# Two indicators this close in coverage are both meant; the question does not tell them apart.
CLOSE: Final = 0.04
_EXACT: Final = 0.12  # what a name's fullness counts beside the question's: it decides among equals
_LONG: Final = 20  # words; what a longer text is about stands at its beginning
_EARLY: Final = 0.05
_IN_FULL: Final = 0.6
_UNANCHORED: Final = 0.7
# What a row and the passage it shortens share at least: of the row's name, of the question; both together; and how far
# before the next row.
_SHORTENED: Final = 0.35
_TWIN: Final = 0.85
_APART: Final = 0.2
# For the one row that can be meant, whose name a scan has lost a common word of.
_ONLY_ONE: Final = 0.2
# A row about enterprises says nothing of citizens; one that names nobody may still mean them.
_STRANGERS: Final = 0.6
_NOBODY: Final = 0.1
_FEW: Final = 3  # words; more of them mean one indicator, however badly it is named
_BOTH: Final = 0.97  # all of the question stands in more than one name
_MOST_OPTIONS: Final = 4
_MOST_CITED: Final = 3
_ALSO_CITED: Final = 2
# Letters of an abbreviation that can hardly stand for two things.
_SHORT_FOR: Final = 3
_VOWEL: Final = re.compile(r"[aeiouy]")
_IN_WORDS: Final = {2: "hai", 3: "ba", 4: "bốn"}

# "Tỷ lệ" begins most names and most questions: it tells nothing.
_IDLE: Final = frozenset({"ty", "le"})


@dataclass(frozen=True, slots=True)
class Match:
    """One record that fits a question.

    ``share`` is how much of the question its words hold, ``exact`` how much of its words the question says.
    """

    row: Row
    share: float
    rank: float
    exact: float


def matches(rows: Sequence[Row], wanted: Wanted) -> list[Match]:
    """The rows by how well they fit, best first; shorter names first among equals, because less of them is unasked.

    Where rows hold the question's rarest pair of words, those without it are about something else.
    """
    anchor = wanted.anchor()
    anchored = [row for row in rows if anchor in row.name.pairs]
    found = []
    for row in rows:
        coverage = wanted.coverage(row.name, row.around)
        share = coverage.share
        if anchored and anchor not in row.name.pairs:
            share *= _UNANCHORED
        elif len(anchored) == 1 and all(wanted.common(word) for word in coverage.missing):
            share = min(1.0, share + _ONLY_ONE)
        if strangers(wanted.bearers, row.name.bearers):
            share *= _STRANGERS
        elif wanted.bearers and not row.name.bearers and row.name.whole:
            share -= _NOBODY
        if share > 0:
            asked = sum(1 for word in row.name.words if word in wanted.words)
            exact = asked / max(1, len(row.name.words))
            early = wanted.begins(row.name) if len(row.name.words) > _LONG else 0.0
            found.append(Match(row, share, share + _EXACT * exact + _EARLY * early, exact))
    return sorted(found, key=lambda m: (-m.rank, m.row.number))


def wanted_of(question: Question, plan: PreparedPlan, *, named: bool = False) -> Wanted:
    """The question's content without the words that every indicator begins with; ``named``: for names of indicators."""
    runs = [tuple(w for w in run if w not in _IDLE) for run in question.content]
    runs = [tuple(spelled for w in run for spelled in _spelled_out(w, plan)) for run in runs]
    return Wanted([run for run in runs if run], plan.name_rarity if named else plan.rarity)


def _spelled_out(word: str, plan: PreparedPlan) -> tuple[str, ...]:
    """``word``, or what it abbreviates in the plan: "bvdlcn" is "bảo vệ dữ liệu cá nhân"."""
    if len(word) < _SHORT_FOR or not word.isalpha() or _VOWEL.search(word) or plan.rarity.knows(word):
        return (word,)
    return plan.spelled_out(word) or (word,)


def row_of(plan: PreparedPlan, body: Bag, question: Question) -> int | None:
    """The row of an appendix whose name says in short what ``body`` says, and which has a lead, or a time."""
    indicators = plan.plan.indicators
    wanted, lead = wanted_of(question, plan), question.asked is Asked.WHO
    found: list[tuple[float, int]] = [(0.0, -1), (0.0, -1)]
    for row in plan.indicators:
        indicator = indicators[row.number]
        led = clarity(indicator) >= Clarity.UNDERSTOOD
        if not (led if lead else indicator.due):
            continue
        shortened = Wanted([row.name.joined.split()], plan.rarity).coverage(body, lenient=True).share
        share = wanted.coverage(row.name, lenient=True).share
        if min(share, shortened) >= _SHORTENED:
            found.append((share + shortened, row.number))
    second, best = sorted(found)[-2:]
    return best[1] if best[0] >= max(_TWIN, second[0] + _APART) else None


def first_statement(plan: PreparedPlan, number: int) -> int:
    """The row that stands for an indicator: the one that names its lead (the appendix's own), else the first."""
    indicators = plan.plan.indicators
    return next((n for n in sorted(plan.same(number)) if indicators[n].lead), plan.stated[number])


def answer_indicator(plan: PreparedPlan, number: int, question: Question, also: Sequence[int] = ()) -> Answer:
    """The target of one indicator, with its lead, its doubts, what was reported last, and its places.

    Rows among ``also`` that set the same value are cited, too: a body and its appendix that the reading did not link.
    """
    indicator = whole(plan, number)
    confirmed = number in plan.shelved.confirmed
    reported = next((r for n in plan.same(number) if (r := plan.shelved.reported.get(n)) is not None), None)
    same = [n for n in also if _same_target(plan.plan.indicators[n], indicator)]
    places = dict.fromkeys([*plan.same(number), *same])
    citations = [plan.cite_indicator(plan.plan.indicators[n]) for n in places][:_MOST_CITED]
    if reported is not None:
        citations.append(_cite_report(reported))
    line, cited = source_line(plan, where_of(indicator), citations, question.text, indicator.source.origin)
    body = indicator_line(indicator, reported, first=question.reported) + doubt(indicator, confirmed)
    if question.asked in TIMES and indicator.due:
        body = f"{capital(indicator.due)}: {body[:1].lower()}{body[1:]}"
    return Answer(f"{body}\n{line}", AnswerKind.INDICATOR, tuple(cited), verbatim=indicator.source.quote)


def _same_target(one: Indicator, other: Indicator) -> bool:
    return one.target.kind is other.target.kind and one.target.value == other.target.value


def where_of(indicator: Indicator) -> str:
    where = indicator.where.rstrip(".")
    if indicator.source.origin is not None:
        return where  # the row's number is the plan's, the place is in the amending document
    if indicator.no and "dòng" not in where:
        return f"{where}, dòng {indicator.no}"
    return f"mục {where}" if _SECTION.fullmatch(where) else where


def _cite_report(reported: Reported) -> Citation:
    """The approved report as a source of its figure; it has no lines."""
    return Citation(None, f"Báo cáo {reported.period}", None, (0, 0), f"{reported.text} ({reported.period})")


def answer_lead(plan: PreparedPlan, number: int, question: Question) -> Answer | None:
    """Who leads an indicator; None where the plan names nobody. A print that nobody can read is said to be one."""
    indicators = plan.plan.indicators
    led = max(plan.same(number), key=lambda n: clarity(indicators[n]))
    sure = clarity(indicators[led])
    if sure is Clarity.NONE:
        return None
    indicator, name = indicators[led], clip(capital(whole(plan, number).name), 140)
    citations = [plan.cite_indicator(indicator)]
    if sure is Clarity.LOST:
        line, cited = source_line(plan, where_of(indicator), citations, question.text, indicator.source.origin)
        text = f"Bản quét in không rõ cơ quan chủ trì: {ended(name)} Anh/chị xem giúp bản gốc.\n{line}"
        return nothing(text, cited, indicator.source.quote)
    text = f"{'; '.join(indicator.lead)} chủ trì: {ended(name)}"
    if question.coop:
        if not indicator.coop:
            return None
        text = f"Phối hợp: {'; '.join(indicator.coop)}. Chủ trì: {'; '.join(indicator.lead)}. Chỉ tiêu: {ended(name)}"
    elif indicator.coop:
        text += f" Phối hợp: {clip('; '.join(indicator.coop), 100)}."
    due = whole(plan, number).due if question.timed else None
    if due:
        text += f" Thời hạn: {clip(due, 60)}."
    if sure is Clarity.DISPUTED:
        text += " Hai chỗ trong kế hoạch ghi cơ quan chủ trì khác nhau, chưa được xác nhận."
        citations = [plan.cite_indicator(indicators[n]) for n in plan.same(led)][:_MOST_CITED]
    if sure is Clarity.UNDERSTOOD:
        text += " Tên cơ quan đọc từ bản quét in không rõ, chưa được xác nhận."
    line, cited = source_line(plan, where_of(indicator), citations, question.text, indicator.source.origin)
    return Answer(f"{text}\n{line}", AnswerKind.INDICATOR, tuple(cited), verbatim=indicator.source.quote)


def answer_twin(plan: PreparedPlan, number: int, question: Question, place: Place, span: Span) -> Answer:
    """The lead or the time of row ``number``, in the words of the passage that the row shortens."""
    row, confirmed = plan.plan.indicators[number], number in plan.shelved.confirmed
    asked = f"{'; '.join(row.lead)} chủ trì" if question.asked is Asked.WHO else capital(row.due or "")
    body = f"{asked}: {ended(clip(capital(place.text[slice(*span)].strip(' .;-+')), 180))}{doubt(row, confirmed)}"
    citations = [plan.cite_indicator(row), plan.cite_chunk(place.chunk)]
    line, cited = source_line(plan, where_of(row), citations, question.text, row.source.origin)
    return Answer(f"{body}\n{line}", AnswerKind.INDICATOR, tuple(cited), verbatim=row.source.quote)


def answer_task(
    plan: PreparedPlan, number: int, question: Question, also: Sequence[int] = (), places: Sequence[Place] = ()
) -> Answer:
    """A task with its unit, its result and its time, the asked one first.

    Tasks among ``also`` that say the same (the unit, the result, the time that was asked for) are cited, too, and the
    ``places`` that do.
    """
    task = plan.plan.tasks[number]
    name = clip(capital(task.name.rstrip(" .;")), 180)
    lead, coop = "; ".join(task.lead), "; ".join(task.coop)
    if question.coop:
        text = f"Phối hợp: {coop}. Chủ trì: {lead}. Nhiệm vụ: {ended(name)}"
    elif question.asked is Asked.WHO:
        text = f"{lead}: {ended(name)}" + (f" Thời hạn: {clip(task.due, 60)}." if question.timed and task.due else "")
    elif question.asked in (*TIMES, Asked.DURATION):
        text = f"{task.due}: {ended(name)}" + (f" Chủ trì: {clip(lead, 80)}." if lead else "")
    else:
        text = f"{clip(task.result or '', 140)}: {ended(name)}" if task.result else ended(name)
        text += f" Thời gian: {clip(task.due, 60)}." if task.due else ""
        text += f" Chủ trì: {clip(lead, 80)}." if lead else ""
    if coop and question.asked is Asked.WHO and not question.coop:
        text += f" Phối hợp: {clip(coop, 80)}."
    told = (lambda t: t.lead) if question.asked is Asked.WHO else (lambda t: (t.result, t.due))
    others = [t for n in also if n != number and told(t := plan.plan.tasks[n]) == told(task)][:_ALSO_CITED]
    citations = [plan.cite_task(one) for one in (task, *others)]
    held = [one.source for one in (task, *others)]
    apart = [
        p for p in places if not any(s.first <= p.chunk.source.last and p.chunk.source.first <= s.last for s in held)
    ]
    citations += [plan.cite_chunk(place.chunk) for place in apart[:_ALSO_CITED]]
    line, cited = source_line(plan, task.where, citations, question.text)
    return Answer(f"{text}\n{line}", AnswerKind.TASK, tuple(cited), verbatim=task.source.quote)


def choices(plan: PreparedPlan, best: Sequence[Match], question: Question) -> Answer | None:
    """The question back with choices where several indicators fit it equally well; None where one is meant."""
    if not best:
        return None
    # A long name holds many words by chance: it is meant only where the question covers it about as well.
    close = [m for m in best if m.share >= max(ENOUGH, best[0].share - CLOSE) and m.exact >= best[0].exact / 2]
    distinct = list(dict.fromkeys(first_statement(plan, m.row.number) for m in close))
    short = sum(word not in _IDLE for word in question.words) <= _FEW
    if len(distinct) < 2 or not (short or close[1].share >= _BOTH):
        return None
    # One goal stated at two places that the reading did not link is one goal.
    if len({(plan.plan.indicators[n].target.kind, plan.plan.indicators[n].target.value) for n in distinct}) < 2:
        return None
    # A name that the question says almost in full is meant, however many longer names hold the same words.
    if best[0].exact > _IN_FULL:
        return None
    rows = [plan.plan.indicators[n] for n in distinct[:_MOST_OPTIONS]]
    options = tuple(Option(clip(label(i), 60), f"chỉ tiêu {i.name}") for i in rows)
    citations = tuple(plan.cite_indicator(i) for i in rows)
    count = "Vài" if len(distinct) > _MOST_OPTIONS else _IN_WORDS[len(rows)]
    listed = "\n".join(
        f"- {clip(label(i), 100)}: {spaced(i.target.text)}{'?' if is_doubtful(plan, n) else ''}"
        for n, i in zip(distinct, rows, strict=False)
    )
    text = WHICH.format(count=count).replace("Có Vài", "Có vài") + "\n" + listed
    return Answer(text, AnswerKind.INDICATOR, citations, options)


def label(indicator: Indicator) -> str:
    return capital(indicator.name.removeprefix("Tỷ lệ ").strip())


def is_doubtful(plan: PreparedPlan, number: int) -> bool:
    """Whether a target was read from a scan with doubts that nobody has settled."""
    return plan.plan.indicators[number].needs_check and number not in plan.shelved.confirmed
