"""Answers in the plan's own words: the passage that holds a value of the asked kind for the asked thing, cut to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.answer import Answer, AnswerKind
from retrieval.matching import Bag, Wanted
from retrieval.places import Place, PreparedPlan
from retrieval.question import Asked, Question
from retrieval.terms import syllables
from retrieval.values import Span, holds, plain, sentences, spans
from retrieval.wording import excerpt, heading, place_of_path, source_line

# How much of the question a passage must hold before it is quoted as the answer; below, it may only be the nearest place.
ENOUGH: Final = 0.6
NEAR: Final = 0.35

# A unit's name at the beginning of a heading or beside "chủ trì".
_UNIT: Final = re.compile(
    r"\b(?:phong|van phong|trung tam|cong an|tram y te|so|ban chi dao|ban|uy ban|to cong nghe|cac to|cac truong|truong|hoi|lien hiep|bao"
    r"|doan|doanh nghiep|cac doanh nghiep|ngan hang|ubmttq|ubnd|cac so|don vi|cac don vi|cac co quan|mat tran|de nghi)\b"
)
_VERB: Final = re.compile(
    r"\s+(?:tham muu|theo doi|to chuc (?!chinh|dang|hanh)|chu tri|phoi hop|can cu|xay dung|tiep tuc|day manh|thuc hien|chiu trach nhiem|dinh ky)\b|[:;]"
)
_LEADS: Final = re.compile(r"(?P<unit>[^.;|:\n]{4,80}?)\s+(?:chu tri|la dau moi|chiu trach nhiem|la co quan)\b")
_HANDED: Final = re.compile(
    r"\bgiao\s+(?:cho\s+)?(?P<unit>(?:phong|so|van phong|trung tam|cong an|ban|tram)[^.,;|:\n]{3,60}?)\s+(?:chu tri|tham muu|thuc hien|phoi hop|:)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that fits: ``share`` of the question in the whole chunk, ``span`` the sentence, ``value`` what was asked."""

    place: Place
    share: float
    rank: float
    span: Span
    value: Span | None


def passages(plan: PreparedPlan, wanted: Wanted, question: Question, near: Iterable[int] = ()) -> list[Passage]:
    """All places that share words with the question, best first; ``near`` are positions that the meaning speaks for."""
    if not wanted:
        return []
    close = set(near)
    found = []
    for place in plan.places:
        share = wanted.coverage(place.body, place.above).share
        if place.position in close:
            share = min(1.0, share + _MEANT)
        if share < NEAR / 2:
            continue
        found.append(_best_sentence(place, wanted, question, share))
    return sorted(found, key=lambda p: (-p.rank, p.place.position))


# What the nearness of meaning adds to a passage's share of words: enough to lift a paraphrase, never to carry it alone.
_MEANT: Final = 0.1


def _best_sentence(place: Place, wanted: Wanted, question: Question, share: float) -> Passage:
    asked = Asked.MONEY if question.asked is Asked.MONEY and not place.budget else question.asked
    if question.asked is Asked.MONEY and place.budget:
        asked = Asked.FIGURE
    best: tuple[float, Span, Span | None] | None = None
    for begin, end in sentences(place.text):
        sentence = place.text[begin:end]
        own = wanted.coverage(Bag(syllables(sentence)), None).share
        value = next(iter(_values(asked, question, sentence)), None)
        rank = own + (_HOLDS if value is not None else 0.0)
        if best is None or rank > best[0] + 1e-6:
            best = (rank, (begin, end), (begin + value[0], begin + value[1]) if value is not None else None)
    if best is None:
        return Passage(place, share, share, (0, len(place.text)), None)
    rank = share * 0.6 + best[0] * 0.4
    if question.target == (place.chunk.path[:1] == () or "danh gia ket qua" not in plain(" ".join(place.chunk.path))):
        rank += 0.03
    return Passage(place, share, rank, best[1], best[2])


_HOLDS: Final = 0.25


def _values(asked: Asked, question: Question, text: str) -> Iterable[Span]:
    if asked is Asked.DOCUMENT:
        return _codes(question, text)
    return spans(asked, question.noun, text)


def _codes(question: Question, text: str) -> list[Span]:
    """Document numbers of the kind that is asked for ("công văn nào"), with the kind's name."""
    kind = re.search(
        r"\b(ke hoach|quyet dinh|cong van|nghi quyet|chi thi|thong tu|nghi dinh|to trinh|thong bao|ket luan|luat)\b",
        " ".join(syllables(question.text, question=True)),
    )
    found = []
    bare = plain(text)
    for begin, end in spans(Asked.DOCUMENT, (), text):
        before = bare[max(0, begin - 40) : begin]
        if kind is None or kind.group() in " ".join(syllables(before)):
            found.append((begin, end))
    return found


def answer_passage(plan: PreparedPlan, passage: Passage, question: Question) -> Answer:
    """The sentence that holds the answer, with its place."""
    begin, end = passage.span
    text = passage.place.text
    value = passage.value
    keep = (value[0] - begin, value[1] - begin) if value and value[1] > value[0] else (0, min(60, end - begin))
    body = excerpt(text[begin:end], keep)
    citation = plan.cite_chunk(passage.place.chunk)
    line, cited = source_line(plan, place_of_path(passage.place.chunk.path), [citation], question.text)
    kind = AnswerKind.REPORTING if question.report else AnswerKind.PASSAGE
    return Answer(f"{body}\n{line}", kind, tuple(cited), verbatim=passage.place.chunk.source.quote)


def responsible(plan: PreparedPlan, place: Place) -> str | None:
    """The unit that a passage makes responsible: named as leading in it, else the heading that it stands under."""
    bare = plain(place.text)
    for pattern in (_LEADS, _HANDED):
        match = pattern.search(bare)
        if match:
            text = place.text[match.start("unit") : match.end("unit")]
            unit = _unit(text)
            if unit:
                return unit
    for part in reversed(place.chunk.path):
        unit = _unit(heading(part))
        if unit and plain(heading(part)).startswith(plain(unit)):
            return unit
    return _unit(place.text[:80]) if _UNIT.match(bare) else None


def _unit(text: str) -> str | None:
    """The unit's name within ``text``: from its first word to the first verb."""
    bare = plain(text)
    start = _UNIT.search(bare)
    if start is None:
        return None
    stop = _VERB.search(bare, start.end())
    name = text[start.start() : stop.start() if stop else len(text)].strip(" .,:;-–")
    if plain(name).startswith("de nghi "):
        name = name[8:].strip()
    return name if 4 <= len(name) <= 120 else None


def answer_who(plan: PreparedPlan, passage: Passage, question: Question) -> Answer | None:
    """The unit responsible for what a passage says; None where it names none."""
    unit = responsible(plan, passage.place)
    if unit is None:
        return None
    begin, end = passage.span
    work = excerpt(passage.place.text[begin:end], (0, min(40, end - begin)), 220)
    same = plain(work).startswith(plain(unit))
    text = work if same else f"{unit}: {work}"
    line, cited = source_line(
        plan, place_of_path(passage.place.chunk.path), [plan.cite_chunk(passage.place.chunk)], question.text
    )
    return Answer(f"{text}\n{line}", AnswerKind.TASK, tuple(cited), verbatim=passage.place.chunk.source.quote)


def supports_years(plan: PreparedPlan, text: str, question: Question) -> bool:
    """Whether a place speaks of every year asked about: the plan's own year, or one that it names."""
    own = plan.plan.document.year
    return all(year == own or str(year) in text for year in question.years)


def can_answer(passage: Passage, question: Question, wanted: Wanted, missing: Sequence[str]) -> bool:
    """Whether a passage is evidence: enough of the question, a value of the asked kind, and no rare word unheard of."""
    if passage.share < ENOUGH:
        return False
    if question.asked not in (Asked.NAME, Asked.OPEN, Asked.WHO) and passage.value is None:
        return False
    return not any(not wanted.rarity.knows(word) for word in missing[:2])


__all__ = ["Passage", "answer_passage", "answer_who", "can_answer", "holds", "passages", "supports_years"]
