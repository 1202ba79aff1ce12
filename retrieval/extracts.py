"""Answers in the plan's own words: the passage that holds a value of the asked kind for the asked thing, cut to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from retrieval.answer import Answer, AnswerKind
from retrieval.forms import TIMES, Asked
from retrieval.grounding import numbers
from retrieval.matching import Bag, Coverage, Wanted
from retrieval.places import Place, PreparedPlan
from retrieval.question import Question
from retrieval.responsible import responsible, together
from retrieval.terms import syllables
from retrieval.values import Span, counted, plain, spans
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

# How much of the question a passage must hold to be quoted as the answer; below, it may only be the nearest place.
ENOUGH: Final = 0.6
NEAR: Final = 0.35

# How much of the question must stand in the very sentence that holds the value; of a reporting question nearly all.
_NEARLY_ALL: Final = 0.8  # of the question; one word that the plan never uses is then a way of speaking
_NEAR_VALUE: Final = 0.2
_REPORTS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that fits: ``share`` of the question in the whole chunk, ``own`` of it in the sentence ``span``.

    ``value`` is where the sentence holds a value of the asked kind; ``totals`` says that it is the total asked for.
    """

    place: Place
    share: float
    rank: float
    span: Span
    value: Span | None
    missing: tuple[str, ...]
    own: float
    totals: bool = False


def passages(plan: PreparedPlan, wanted: Wanted, question: Question, near: Iterable[int] = ()) -> list[Passage]:
    """The places that share most words with the question, best first; ``near`` are positions meant by their sense."""
    if not wanted:
        return []
    close = set(near)
    shares: list[tuple[float, Place, Coverage]] = []
    promising = nlargest(_WEIGHED, plan.places, key=lambda place: wanted.rough(place.body, place.above))
    for place in {p.position: p for p in (*promising, *(plan.places[n] for n in close))}.values():
        coverage = wanted.coverage(place.body, place.above)
        share = min(1.0, coverage.share + (_MEANT if place.position in close else 0.0))
        if share >= NEAR / 2:
            shares.append((share, place, coverage))
    shares.sort(key=lambda row: (-row[0], row[1].position))
    found = []
    for share, place, coverage in shares[:_READ]:
        closer = wanted.coverage(place.body, place.above, lenient=True)
        found.append(_best_sentence(place, wanted, question, share - coverage.share + closer.share, closer))
    return sorted(found, key=lambda p: (-p.rank, p.place.position))


# What the nearness of meaning adds to a passage's share of words: enough to lift a paraphrase, never to carry it alone.
_MEANT: Final = 0.1
_POINTS: Final = 3
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
# Passages weighed word by word and pair by pair, and passages whose sentences are looked at one by one.
_WEIGHED: Final = 80
_READ: Final = 24


def _best_sentence(place: Place, wanted: Wanted, question: Question, share: float, coverage: Coverage) -> Passage:
    asked = Asked.FIGURE if question.asked is Asked.MONEY and place.budget else question.asked
    best: tuple[float, Span, Span | None, float] | None = None
    for (begin, end), bag in place.sentences:
        text = place.text[begin:end]
        value = next(iter(_values(asked, question, text)), None)
        own = wanted.coverage(bag).share
        rank = own + _bonus(place, question, text, value) - _LENGTH * (end - begin) - _JUNK * bag.junk
        if best is None or rank > best[0] + 1e-6:
            found = (begin + value[0], begin + value[1]) if value is not None else None
            best = (rank, (begin, end), found, own)
    if best is None:
        return Passage(place, share, share, (0, len(place.text)), None, coverage.missing, share)
    totals = bool(_TOTAL.search(plain(question.text)) and _TOTALS.search(plain(place.text[slice(*best[1])])))
    return Passage(place, share, share * 0.6 + best[0] * 0.4, best[1], best[2], coverage.missing, best[3], totals)


# What speaks for a sentence beside its words, as shares of the question.
_HOLDS: Final = 0.25
_PROPER: Final = 0.25
# Against words that a scan has ruined: an answer must be readable.
_JUNK: Final = 0.4
# Against a longer piece that says no more.
_LENGTH: Final = 0.0002
_COUNTED: Final = 0.3
_BESIDE: Final = 14  # letters behind a counted thing that may still name it
_TOTALLED: Final = 0.5
_BASED: Final = 0.5
_TOTAL: Final = re.compile(r"\btong\b")
_TOTALS: Final = re.compile(r"\btong (?:cong|so|kinh phi)\b[^.]*\d")
_BASIS: Final = re.compile(r"\b(?:theo|can cu|thuc hien|dua tren)\b")
_BEGINS_BASIS: Final = re.compile(r"^\W*(?:thuc hien|can cu|theo)\b")
_NAMED: Final = re.compile(r"\b(?:phan mem|ung dung|nen tang|he thong|nha mang|mang xa hoi|kenh|trang|app)\b")
# A product's name among Vietnamese words: capitals inside a word, or an all-capital word that is no abbreviation.
_PRODUCT: Final = re.compile(
    r"\b(?:[A-Za-z]+[a-z][A-Z]\w*|[A-Z]{2,}[a-z]{2,}\w*|VNPT|Viettel|Zalo|Facebook|Mobifone|MoMo|Shopee)\b"
)
# "Thời gian hoàn thành: ..." times all that stands above it; a scan reads "thoát gian".
_DEADLINE: Final = re.compile(r"^\W*tho\w{1,3} (?:gian|han)\b|^\W*hoan thanh truoc\b")
_LISTED: Final = re.compile(r"\bnhu\b:?[^.;]*,[^.;]*,|\bgom\b[^.;]*,")


def _bonus(place: Place, question: Question, text: str, value: Span | None) -> float:
    bare = plain(text)
    bonus = 0.0
    if question.asked is Asked.COUNT:
        bonus += _HOLDS * counted(question.nouns, text)
        if value is not None:
            # "28 trạm 5G" counts the asked stations, "87 trạm" any.
            beside = set(syllables(text[value[0] : value[1] + _BESIDE]))
            asked_for = {word for noun in question.nouns for word in noun}
            bonus += _COUNTED * len(beside & asked_for) / max(1, len(asked_for))
    elif value is not None and value[1] > value[0]:
        bonus += _HOLDS
    asked = plain(question.text)
    if question.asked is Asked.MONEY and _TOTAL.search(asked) and _TOTALS.search(bare):
        bonus += _TOTALLED
    if (
        question.asked is Asked.DOCUMENT
        and _BASIS.search(asked)
        and not place.chunk.path
        and _BEGINS_BASIS.search(bare)
    ):
        bonus += _BASED
    if question.asked in TIMES and _DEADLINE.match(bare):
        bonus += _PROPER
    if question.asked is Asked.NAME:
        bonus += _PROPER if _NAMED.search(asked) and _PRODUCT.search(text) else 0.0
        bonus += _PROPER if _LISTED.search(bare) else 0.0
        # A row of a table names what it measures, seldom what a thing is.
        bonus -= _PROPER / 2 if any("phu luc" in plain(part) for part in place.chunk.path) else 0.0
    return bonus


def _values(asked: Asked, question: Question, text: str) -> Iterable[Span]:
    if asked is Asked.DOCUMENT:
        return _codes(question, text)
    return spans(asked, question.nouns, text)


_KINDS: Final = r"(ke hoach|quyet dinh|cong van|nghi quyet|chi thi|thong tu|nghi dinh|to trinh|thong bao|ket luan|luat)"
_KIND_ASKED: Final = re.compile(rf"\b{_KINDS}\b(?=(?:(?!{_KINDS})\b.)*?\b(?:nao|so|bao nhieu|may)\b)")


def _codes(question: Question, text: str) -> list[Span]:
    """Document numbers of the kind that is asked for ("công văn nào")."""
    kinds = _KIND_ASKED.findall(" ".join(syllables(question.text, question=True)))
    kind = kinds[-1] if kinds else None
    kind = kind[0] if isinstance(kind, tuple) else kind
    bare = plain(text)
    found = []
    for begin, end in spans(Asked.DOCUMENT, (), text):
        before = " ".join(syllables(bare[max(0, begin - 40) : begin]))
        if kind is None or kind in before:
            found.append((begin, end))
    return found


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
    if question.asked is not Asked.NAME or not _NAMED.search(" ".join(syllables(question.text, question=True))):
        return None
    found = [match.span() for match in _PRODUCT.finditer(text)]
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
        if near and other.place is not passage.place and other.share >= passage.share * _NEARLY_ALL:
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


# A part of a plan that looks back: what it says is a result, of the year it names.
_RESULTS: Final = re.compile(r"\bket qua (?:thuc hien|dat duoc|chuyen doi so)|\btinh hinh (?:thuc hien|ket qua)")
_HEADED: Final = 80  # letters of a heading; a longer one is a sentence, and its years are of what it cites
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def of_its_time(place: Place, question: Question) -> bool:
    """Whether a place can speak of what is asked: last year's results are neither a goal nor this year's figure."""
    above = " ".join(part for part in place.chunk.path if len(part) <= _HEADED)
    past = bool(place.years) or _RESULTS.search(plain(above)) is not None
    if past and question.goal and not question.years:
        return False
    of = place.years | {int(year) for year in _YEAR.findall(above)}
    return not of or question.years <= of | {int(year) for year in _YEAR.findall(place.text)}


def supports_years(plan: PreparedPlan, text: str, question: Question) -> bool:
    """Whether a place speaks of every year asked about: the plan's own year, or one that it names."""
    own = plan.plan.document.year
    return all(year == own or str(year) in text for year in question.years)


def can_answer(passage: Passage, question: Question, wanted: Wanted) -> bool:
    """Whether a passage is evidence: enough of the question, a value of the asked kind, and no rare word unheard of."""
    if passage.share < ENOUGH:
        return False
    if question.asked not in (Asked.NAME, Asked.OPEN, Asked.WHO, Asked.PURPOSE) and passage.value is None:
        return False
    # "Thời gian hoàn thành: trước ngày ..." is a sentence of its own, below the work that it times.
    below = question.asked in TIMES and _DEADLINE.match(plain(passage.place.text[slice(*passage.span)]))
    needed = _REPORTS if question.report else 0.0 if below or question.asked is Asked.DURATION else _NEAR_VALUE
    if passage.own < needed and not (question.asked is Asked.MONEY and passage.totals):
        return False
    return passage.share >= _NEARLY_ALL or all(wanted.rarity.knows(word) for word in passage.missing[:2])


__all__ = ["Passage", "answer_passage", "answer_who", "can_answer", "passages", "supports_years"]
