"""Answers in the plan's own words: the passage that holds a value of the asked kind for the asked thing, cut to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from retrieval.answer import Answer, AnswerKind
from retrieval.candidates import ENOUGH, NAMED, NEARLY_ALL, PRODUCT, Passage
from retrieval.forms import Asked
from retrieval.grounding import numbers
from retrieval.matching import Bag, Wanted
from retrieval.places import Place, PreparedPlan
from retrieval.question import Question
from retrieval.responsible import responsible, together
from retrieval.terms import syllables
from retrieval.values import Span, plain
from retrieval.wording import (
    MAX_BODY,
    UNCLEAR,
    capital,
    clip,
    continued,
    doubt,
    ended,
    excerpt,
    heading,
    place_of_path,
    source_line,
)

_POINTS: Final = 5
# How near a place must come to the best one to be cited beside it, and how many may be.
_AGREES: Final = 0.6
_ROUNDED: Final = re.compile(r"\b(?:hon|khoang|gan|tren|xap xi)\s*$")
_ROUNDING: Final = 0.05  # how far a rounded number lies from the exact one
_TELLING: Final = 3  # signs of a figure that two places do not share by chance
_ALSO_CITED: Final = 2
# What the nearest place may take of the phone's screen, and what makes it worth it.
_NEAR_TEXT: Final = 200
_A_SENTENCE: Final = 6
_RUINED: Final = 0.2
_ADDRESSEES: Final = re.compile(r"^\W*(?:noi ?nhan\b|luu\s*:|nhu tren\b)|\((?:b/c|b/cao|p/h|de b/c)\)")
# Debris in a quotation that must be said to come from a scan.
_UNCLEAR: Final = 0.07


def answer_passage(plan: PreparedPlan, passage: Passage, question: Question, others: Sequence[Passage] = ()) -> Answer:
    """The sentence that holds the answer, with its place; others with the same value are cited, too."""
    below = _below(plan, passage.place)
    if below:
        return _answer_heading(plan, passage.place, below, question)
    begin, end = passage.span
    text = passage.place.text
    value = passage.value
    keep = (value[0] - begin, value[1] - begin) if value and value[1] > value[0] else (0, min(60, end - begin))
    keep = _products(text[begin:end], question) or keep
    body = continued(excerpt(text[begin:end], keep))
    exact = _exact(passage, others)
    if exact is not None:
        body = f"{ended(body)} Nơi khác trong kế hoạch ghi: {_value(exact)}."
    doubtful = _doubtful(plan, passage.place, body)
    citations = [plan.cite_chunk(p.place.chunk) for p in (passage, *([exact] if exact else _agreeing(passage, others)))]
    if doubtful is not None:
        indicator = plan.plan.indicators[doubtful]
        body += doubt(indicator, doubtful in plan.shelved.confirmed)
        citations.append(plan.cite_indicator(indicator))
    elif plan.plan.damaged and Bag(syllables(body)).junk > _UNCLEAR:
        body = f"{ended(body)} {UNCLEAR}"
    line, cited = source_line(plan, place_of_path(passage.place.chunk.path), citations, question.text)
    kind = AnswerKind.REPORTING if question.report else AnswerKind.PASSAGE
    return Answer(f"{body}\n{line}", kind, tuple(cited), verbatim=passage.place.chunk.source.quote)


def _agreeing(passage: Passage, others: Sequence[Passage]) -> list[Passage]:
    """The places that give the same value for what is asked: a summary repeats its appendix."""
    if passage.value is None:
        return []
    said = {n for n in numbers(passage.place.text[slice(*passage.value)]) if len(n) >= _TELLING}
    near = [p for p in others if p.place is not passage.place and p.share >= passage.share * _AGREES]
    return [p for p in near if said and said <= numbers(p.place.text[slice(*p.span)])][:_ALSO_CITED]


def _products(text: str, question: Question) -> Span | None:
    """From the first to the last product named in ``text``, where the name of one is asked for and they stand close."""
    if question.asked is not Asked.NAME or not NAMED.search(" ".join(syllables(question.text, question=True))):
        return None
    found = [match.span() for match in PRODUCT.finditer(text)]
    return (found[0][0], found[-1][1]) if found and found[-1][1] - found[0][0] <= MAX_BODY // 2 else None


def _value(passage: Passage) -> str:
    return passage.place.text[slice(*passage.value)] if passage.value is not None else ""


def _exact(passage: Passage, others: Sequence[Passage]) -> Passage | None:
    """The place with the exact number where the answer's is rounded ("hơn 10.500"): a reader needs both."""
    rounded = _amount(_value(passage))
    before = plain(passage.place.text[: passage.value[0]]) if passage.value is not None else ""
    if rounded is None or not _ROUNDED.search(before):
        return None
    for other in others:
        found = _amount(_value(other))
        near = found is not None and found != rounded and abs(found - rounded) <= rounded * _ROUNDING
        if near and other.place is not passage.place and other.share >= passage.share * NEARLY_ALL:
            return other
    return None


def _amount(text: str) -> int | None:
    """A grouped or plain whole number at the beginning of ``text``."""
    match = re.match(r"\d{1,3}(?:\.\d{3})+|\d+", text)
    return int(match[0].replace(".", "")) if match else None


def says_something(passage: Passage) -> bool:
    """Whether the nearest place is worth showing: a sentence with words of its own, no list of addressees."""
    text = passage.place.text[slice(*passage.span)].rstrip()
    words = Bag(syllables(text))
    if text.endswith(":"):
        return False
    return (
        len(words.words) >= _A_SENTENCE and words.junk < _RUINED and not _ADDRESSEES.search(plain(passage.place.text))
    )


def answer_near(plan: PreparedPlan, passage: Passage, question: Question) -> Answer:
    """The sentence nearest to a question that the plan does not answer, as a reference."""
    begin, end = passage.span
    text = continued(excerpt(passage.place.text[begin:end], (0, min(60, end - begin)), _NEAR_TEXT))
    citations = [plan.cite_chunk(passage.place.chunk)]
    line, cited = source_line(plan, place_of_path(passage.place.chunk.path), citations, question.text)
    return Answer(f"{ended(text)}\n{line}", AnswerKind.PASSAGE, tuple(cited), verbatim=passage.place.chunk.source.quote)


def is_heading(plan: PreparedPlan, passage: Passage) -> bool:
    """Whether a passage is a heading with points below it."""
    return bool(_below(plan, passage.place))


def _below(plan: PreparedPlan, place: Place) -> list[Place]:
    """The places under ``place`` where that is a heading; none where it is not."""
    title = plain(heading(place.text))
    below = []
    for other in plan.places[place.position + 1 :]:
        if not any(plain(heading(part)) == title for part in other.chunk.path):
            break
        below.append(other)
    return below


def _answer_heading(plan: PreparedPlan, place: Place, below: list[Place], question: Question) -> Answer:
    """What stands under a heading that was asked for: its first points, as many as a phone shows."""
    shown = below[:_POINTS]
    room = MAX_BODY // len(shown)
    points = [f"- {excerpt(other.text, (0, 0), room)}" for other in shown]
    more = "\n…" if len(below) > len(shown) else ""
    citations = [plan.cite_chunk(other.chunk) for other in shown]
    line, cited = source_line(plan, f"mục “{clip(heading(place.text), 70)}”", citations, question.text)
    text = "\n".join(points) + more
    return Answer(f"{text}\n{line}", AnswerKind.PASSAGE, tuple(cited), verbatim=shown[0].chunk.source.quote)


def _doubtful(plan: PreparedPlan, place: Place, body: str) -> int | None:
    """The indicator whose badly printed figure is among the quoted words."""
    source, said = place.chunk.source, numbers(body)
    for number, indicator in enumerate(plan.plan.indicators):
        if indicator.source.last < source.first or indicator.source.first > source.last:
            continue
        if any(numbers(repair.original) & said for repair in indicator.repairs if repair.field == "target"):
            return number
    return None


def answer_who(plan: PreparedPlan, passage: Passage, question: Question) -> Answer | None:
    """The unit responsible for what a passage says; None where it names none."""
    unit = (together if question.coop else responsible)(passage.place, passage.span)
    if unit is None or Wanted(question.content, plan.rarity).coverage(Bag(syllables(unit))).share >= ENOUGH:
        return None  # a unit that is named after the thing says only that, and not who does it
    begin, end = passage.span
    work = excerpt(passage.place.text[begin:end], (0, min(40, end - begin)), 220)
    same = plain(work).startswith(plain(unit))
    text = capital(work if same else f"{unit}: {work}")
    if question.coop and unit:
        text = f"Phối hợp với {unit}: {work}"
    line, cited = source_line(
        plan, place_of_path(passage.place.chunk.path), [plan.cite_chunk(passage.place.chunk)], question.text
    )
    return Answer(f"{text}\n{line}", AnswerKind.TASK, tuple(cited), verbatim=passage.place.chunk.source.quote)
