"""Answers over many records: the indicators of a unit or a group, their number, a commune beside its province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.plan import Kind
from retrieval.answer import Answer, AnswerKind, Citation
from retrieval.candidates import passages
from retrieval.forms import Asked, Form
from retrieval.matching import Bag, Wanted
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.records import ENOUGH, first_statement, is_doubtful, label, matches, wanted_of, where_of
from retrieval.statements import whole
from retrieval.terms import syllables
from retrieval.values import plain
from retrieval.wording import capital, clip, doubt, ended, excerpt, place_of_path, source_line, spaced

_MOST_LISTED: Final = 12
_RESULT: Final = 200
_BEGINNING: Final = 50  # letters by which the same task in the body and in an appendix is known
_DUTIES: Final = 4
_OF_DUTIES: Final = frozenset({"nhiem", "vu", "trach", "vai", "tro", "viec"})
_ROW: Final = 110  # letters of a table's row in a list
_UNMET: Final = re.compile(r"\bchua (?:dat|hoan thanh)\b")
# Of the name of the commune's indicator in the province's; the wording differs, the thing does not.
_COUNTERPART: Final = 0.5
# Words by which a list is asked for, and no unit's or group's name.
_OF_LISTS: Final = frozenset({"thuoc", "nhom", "linh", "vuc", "muc", "phan", "ve", "mang"})
# What a list is taken from: the plan's own appendix or table.
_TAKEN_FROM: Final = re.compile(r"\b(?:phu luc(?: (?:\d+|[ivx]+))?|bang(?: phan cong| chi tieu)?)\b")


def listing(plan: PreparedPlan, question: Question, tally: bool) -> Answer | None:
    """The indicators that a unit leads or a group holds, or their number; None where the question names neither."""
    indicators = plan.plan.indicators
    kept = [n for n in range(len(indicators)) if plan.stated[n] == n]
    every = range(len(indicators))
    if question.form is Form.ONE:
        # "Chỉ tiêu an toàn thông tin" is the name of a group, and asks for all of it.
        named = set(question.words)
        group = next((g for i in indicators if (g := i.group) and set(syllables(g)) == named), None)
        if group is None:
            return None
    wanted = wanted_of(question, plan)
    chosen, of = kept, ""
    if wanted:
        named_runs = [_TAKEN_FROM.sub(" ", " ".join(run)).split() for run in question.content]
        wanted = Wanted([[w for w in run if w not in _OF_LISTS] for run in named_runs], plan.rarity)
    if wanted:
        leads = {n: _leads(plan, n) for n in kept}
        units = {unit: Bag(syllables(unit)) for lead in leads.values() for unit in lead}
        groups = {i.group: Bag(syllables(i.group)) for i in indicators if i.group}
        by_unit = max(units, key=lambda u: wanted.coverage(units[u]).share, default=None)
        by_group = max(groups, key=lambda g: wanted.coverage(groups[g]).share, default=None)
        unit_share = wanted.coverage(units[by_unit]).share if by_unit else 0.0
        group_share = wanted.coverage(groups[by_group]).share if by_group else 0.0
        if max(unit_share, group_share) < ENOUGH:
            return None
        if unit_share >= group_share and by_unit:
            chosen, of = [n for n in kept if by_unit in leads[n]], f" do {by_unit} chủ trì"
        elif by_group:
            chosen, of = _once(plan, [n for n in every if indicators[n].group == by_group]), f" thuộc nhóm {by_group}"
    elif not tally:
        return None
    if not chosen:
        return None
    shown = chosen[:_MOST_LISTED]
    citations: list[Citation] = [plan.cite_indicator(indicators[n]) for n in (chosen if tally else shown)]
    head = f"{len(chosen)} chỉ tiêu{of}" if question.tallied else f"Các chỉ tiêu{of}"
    body = (
        ""
        if tally
        else "\n"
        + "\n".join(
            f"- {clip(label(indicators[n]), 70)}: {indicators[n].target.text}{'?' if is_doubtful(plan, n) else ''}"
            for n in shown
        )
    )
    more = (
        f"\n… và các chỉ tiêu khác trong {indicators[shown[-1]].where}."
        if len(chosen) > len(shown) and not tally
        else ""
    )
    doubtful = (
        "\n(Dấu ? là số đọc từ bản quét, chưa được xác nhận.)"
        if not tally and any(is_doubtful(plan, n) for n in shown)
        else ""
    )
    if question.tallied:
        citations = [_counted(citations, len(chosen)), *citations[1:]]
    line, cited = source_line(plan, indicators[chosen[0]].where, citations, question.text)
    return Answer(
        f"{head}.{body}{more}{doubtful}\n{line}" if tally else f"{head}:{body}{more}{doubtful}\n{line}",
        AnswerKind.INDICATOR,
        tuple(cited),
    )


def _once(plan: PreparedPlan, rows: Sequence[int]) -> list[int]:
    """``rows`` without those that state an indicator again."""
    return list({plan.stated[n]: n for n in reversed(rows)}.values())[::-1]


def _leads(plan: PreparedPlan, number: int) -> tuple[str, ...]:
    """The units that lead an indicator, as far as any of its places could be read."""
    return whole(plan, number).lead


def duties(plan: PreparedPlan, question: Question) -> Answer | None:
    """What a unit has to do, from the tasks that it leads; None where the question names no unit of the plan."""
    named = [w for w in question.words if w not in _OF_DUTIES]
    if not question.duties or not named:
        return None
    asked = Bag(named)
    tasks = [t for t in plan.plan.tasks if any(_same_unit(Bag(syllables(unit)), asked) for unit in t.lead)]
    if not tasks:
        return None
    tasks = list({plain(task.name[:_BEGINNING]): task for task in reversed(tasks)}.values())[::-1]
    shown = tasks[:_DUTIES]
    citations = [plan.cite_task(task) for task in shown]
    lines = "\n".join(f"- {clip(capital(task.name.rstrip(' .;:')), _ROW)}" for task in shown)
    more = "\n…" if len(tasks) > len(shown) else ""
    line, cited = source_line(plan, shown[0].where, citations, question.text)
    return Answer(f"{lines}{more}\n{line}", AnswerKind.TASK, tuple(cited), verbatim=shown[0].source.quote)


def _same_unit(one: Bag, other: Bag) -> bool:
    """Whether two names are one unit's: "Sở Tài chính" and "sở tài chính tỉnh", not "Sở Tài nguyên"."""
    shorter, longer = sorted((one, other), key=lambda bag: len(bag.words))
    return len(shorter.words) > 1 and shorter.joined in longer.joined and len(longer.words) - len(shorter.words) <= 1


def across_years(plan: PreparedPlan, question: Question) -> Answer | None:
    """This year's goal beside the result of a year before; None where the plan states not both."""
    own = plan.plan.document.year
    before = [year for year in question.years if own is not None and year < own]
    best = matches(plan.indicators, wanted_of(question, plan, named=True))
    wanted = wanted_of(question, plan)
    if own not in question.years or len(before) != 1 or not best or best[0].share < ENOUGH:
        return None
    number = first_statement(plan, best[0].row.number)
    goal = plan.plan.indicators[number]
    past = next(
        (
            p
            for p in passages(plan, wanted, replace(question, asked=Asked.PERCENT, years=frozenset(before)))
            if p.share >= ENOUGH and p.value and (before[0] in p.place.years or str(before[0]) in p.place.text)
        ),
        None,
    )
    if past is None or past.place.chunk.source.first == goal.source.first:
        return None
    citations = [plan.cite_indicator(goal), plan.cite_chunk(past.place.chunk)]
    line, cited = source_line(plan, where_of(goal), citations, question.text, goal.source.origin)
    target = f"Chỉ tiêu năm {own}: {spaced(goal.target.text)} ({clip(goal.name, 120)})."
    result = ended(excerpt(past.place.text[slice(*past.span)], (0, 0), _RESULT))
    doubtful = doubt(goal, number in plan.shelved.confirmed)
    return Answer(f"{target}{doubtful}\nNăm {before[0]}: {result}\n{line}", AnswerKind.INDICATOR, tuple(cited))


def unmet(plan: PreparedPlan, question: Question) -> Answer | None:
    """The rows of a table of results that say "Chưa đạt", of the asked year; None where no table says so."""
    rows = [
        place
        for place in plan.places
        if place.years and question.years <= place.years and _UNMET.search(plain(place.text))
    ]
    if not rows:
        return None
    years = ", ".join(str(year) for year in sorted(rows[0].years))
    citations = [plan.cite_chunk(place.chunk) for place in rows]
    head = f"{len(rows)} chỉ tiêu của năm {years} được đánh giá chưa đạt"
    shown = "\n".join(f"- {excerpt(place.text, (0, 0), _ROW)}" for place in rows[:_MOST_LISTED])
    body = f"{head}." if question.form is Form.TALLY else f"{head}:\n{shown}"
    citations[0] = _counted(citations, len(rows), years)
    line, cited = source_line(plan, place_of_path(rows[0].chunk.path), citations, question.text)
    return Answer(f"{body}\n{line}", AnswerKind.PASSAGE, tuple(cited))


def _counted(citations: Sequence[Citation], count: int, years: str = "") -> Citation:
    """The first row's citation, carrying the count as what was understood: it is printed nowhere."""
    first = citations[0]
    understood = (
        f"{first.repaired or first.quote} (dòng thứ nhất trong {count} dòng{f', năm {years}' if years else ''})"
    )
    return Citation(first.document, first.file_name, first.page, first.lines, first.quote, understood)


def compared(own: PreparedPlan, other: PreparedPlan, question: Question) -> Answer | None:
    """One indicator in two plans side by side; None where either has none that fits."""
    best = matches(own.indicators, wanted_of(question, own))
    number = first_statement(own, best[0].row.number) if best and best[0].share >= ENOUGH else None
    counterpart = None if number is None else _counterpart(own, number, other, question)
    if number is None or counterpart is None:
        return None
    found = [(own, number), (other, counterpart)]
    lines, citations, values = [], [], []
    for plan, number in found:
        indicator = plan.plan.indicators[number]
        doubtful = doubt(indicator, number in plan.shelved.confirmed)
        lines.append(f"{plan.shelved.authority}: {spaced(indicator.target.text)}.{doubtful}")
        citations.append(plan.cite_indicator(indicator))
        values.append(indicator.target)
    sources = "; ".join(
        f"{p.plan.document.number or p.shelved.authority}, {where_of(p.plan.indicators[n])}" for p, n in found
    )
    verdict = ""
    a, b = values
    if a.kind is b.kind is not Kind.MILESTONE and a.value is not None and b.value is not None:
        name = (
            "Hai nơi đặt bằng nhau."
            if a.value == b.value
            else (f"{own.shelved.authority} đặt {'cao' if a.value > b.value else 'thấp'} hơn.")
        )
        verdict = f" {name}"
    name = clip(own.plan.indicators[found[0][1]].name, 120)
    return Answer(
        f"{name}\n" + "\n".join(lines) + f"{verdict}\nNguồn: {sources}.", AnswerKind.INDICATOR, tuple(citations)
    )


def _counterpart(own: PreparedPlan, number: int, other: PreparedPlan, question: Question) -> int | None:
    """The row of ``other`` that is about what row ``number`` of ``own`` is about; None where none is."""
    fitting = [m for m in matches(other.indicators, wanted_of(question, other)) if m.share >= ENOUGH]
    name = Wanted([own.indicators[number].name.joined.split()], other.name_rarity)
    likeness = {m.row.number: name.coverage(m.row.name, lenient=True).share for m in fitting}
    best = max(likeness, key=lambda n: likeness[n], default=None)
    return first_statement(other, best) if best is not None and likeness[best] >= _COUNTERPART else None
