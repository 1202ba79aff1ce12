"""The places that share most with a question, and whether one is evidence: a value of the asked kind for the thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from retrieval.forms import PER, TIMES, Asked
from retrieval.matching import Bag, Coverage, Wanted, everyday
from retrieval.places import Place, PreparedPlan
from retrieval.question import Question
from retrieval.terms import syllables
from retrieval.values import Span, counted, plain, spans

# How much of the question a passage must hold to be quoted as the answer; below, it may only be the nearest place.
ENOUGH: Final = 0.6
NEAR: Final = 0.35
# How much of the question must stand in the very sentence that holds the value; of a reporting question nearly all.
NEARLY_ALL: Final = 0.8  # of the question; one word that the plan never uses is then a way of speaking
_NEAR_VALUE: Final = 0.2
_REPORTS: Final = 0.6
# What the nearness of meaning adds to a passage's share of words: enough to lift a paraphrase, never to carry it alone.
_MEANT: Final = 0.1
# Passages weighed word by word and pair by pair, and passages whose sentences are looked at one by one.
_WEIGHED: Final = 80
_READ: Final = 24
# What speaks for a sentence beside its words, as shares of the question.
_HOLDS: Final = 0.25
_PROPER: Final = 0.25
# Letters around a value that say what it is of.
_BEFORE: Final = 60
_BEHIND: Final = 40
# Kinds of which a wrong one does harm: a figure of something else.
_FIGURES: Final = (Asked.PERCENT, Asked.COUNT, Asked.FIGURE, Asked.MONEY)
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
NAMED: Final = re.compile(r"\b(?:san|phan mem|ung dung|nen tang|he thong|nha mang|mang xa hoi|kenh|trang|app)\b")
# A product's name among Vietnamese words: capitals inside a word, or an all-capital word that is no abbreviation.
PRODUCT: Final = re.compile(
    r"\b(?:[A-Za-z]+[a-z][A-Z]\w*|[A-Z]{2,}[a-z]{2,}\w*|VNPT|Viettel|Zalo|Facebook|Mobifone|MoMo|Shopee)\b"
)
# "Thời gian hoàn thành: ..." times all that stands above it; a scan reads "thoát gian".
_DEADLINE: Final = re.compile(r"^\W*tho\w{1,3} (?:gian|han)\b|^\W*hoan thanh truoc\b")
_LISTED: Final = re.compile(r"\bnhu\b:?[^.;]*,[^.;]*,|\bgom\b[^.;]*,|\([^()]*,[^()]*,[^()]*\)|:[^.;]*,[^.;]*,")
_KINDS: Final = r"(ke hoach|quyet dinh|cong van|nghi quyet|chi thi|thong tu|nghi dinh|to trinh|thong bao|ket luan|luat)"
_KIND_ASKED: Final = re.compile(rf"\b{_KINDS}\b(?=(?:(?!{_KINDS})\b.)*?\b(?:nao|so|bao nhieu|may)\b)")
# A part of a plan that looks back: what it says is a result, of the year it names.
# "100 hồ sơ/năm/xã": for each, not in all.
_EACH: Final = re.compile(r"\s*/\s*(?:nam|thang|quy|tuan|xa|phuong|ho|nguoi)\b")
_RESULTS: Final = re.compile(r"\bket qua (?:thuc hien|dat duoc|chuyen doi so)|\btinh hinh (?:thuc hien|ket qua)")
_HEADED: Final = 80  # letters of a heading; a longer one is a sentence, and its years are of what it cites
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


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
    promising = np.argsort(-wanted.rough(plan.words, plan.above), kind="stable")[:_WEIGHED]
    for place in plan.look_at(dict.fromkeys((*map(int, promising), *close))):
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


def _best_sentence(place: Place, wanted: Wanted, question: Question, share: float, coverage: Coverage) -> Passage:
    asked = Asked.FIGURE if question.asked is Asked.MONEY and place.budget else question.asked
    best: tuple[float, Span, Span | None, float] | None = None
    for (begin, end), bag in place.single if asked is Asked.PERCENT else place.sentences:
        text = place.text[begin:end]
        own = wanted.coverage(bag).share
        value = _nearest(list(_values(asked, question, text)), text, wanted) if own > 0 else None
        rank = own + _bonus(place, question, text, value) - _LENGTH * (end - begin) - _JUNK * bag.junk
        if best is None or rank > best[0] + 1e-6:
            found = (begin + value[0], begin + value[1]) if value is not None else None
            best = (rank, (begin, end), found, own)
    if best is None:
        return Passage(place, share, share, (0, len(place.text)), None, coverage.missing, share)
    totals = bool(_TOTAL.search(plain(question.text)) and _TOTALS.search(plain(place.text[slice(*best[1])])))
    return Passage(place, share, share * 0.6 + best[0] * 0.4, best[1], best[2], coverage.missing, best[3], totals)


def _nearest(found: list[Span], text: str, wanted: Wanted) -> Span | None:
    """Of several values in a sentence the one whose surroundings say most of what is wanted; the first among equals."""
    if len(found) < 2 or found[0][1] == found[0][0]:
        return found[0] if found else None
    shares = [wanted.coverage(Bag(syllables(text[max(0, a - _BEFORE) : b + _BEHIND]))).share for a, b in found]
    return found[shares.index(max(shares))]


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
        bonus += _PROPER if NAMED.search(asked) and PRODUCT.search(text) else 0.0
        bonus += _PROPER if _LISTED.search(bare) else 0.0
        # A row of a table names what it measures, seldom what a thing is.
        bonus -= _PROPER / 2 if any("phu luc" in plain(part) for part in place.chunk.path) else 0.0
    return bonus


def _values(asked: Asked, question: Question, text: str) -> Iterable[Span]:
    if asked is Asked.DOCUMENT:
        return _codes(question, text)
    found = spans(asked, question.nouns, text)
    if asked is Asked.COUNT and not PER.search(" ".join(syllables(question.text, question=True))):
        bare = plain(text)
        return [(begin, end) for begin, end in found if not _EACH.match(bare, end)]
    return found


def _codes(question: Question, text: str) -> list[Span]:
    """Document numbers of the kind that is asked for ("công văn nào")."""
    kinds = _KIND_ASKED.findall(" ".join(syllables(question.text, question=True)))
    kind = kinds[-1] if kinds else None
    kind = kind[0] if isinstance(kind, tuple) else kind
    bare = plain(text)
    found = []
    for begin, end in spans(Asked.DOCUMENT, (), text):
        # A law's kind is the first word of its name.
        before = " ".join(syllables(bare[max(0, begin - 40) : begin + len("luat")]))
        if kind is None or kind in before:
            found.append((begin, end))
    return found


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


def _holds_anchor(passage: Passage, wanted: Wanted) -> bool:
    """Whether a passage holds the two words side by side that tell most of the question, or else nearly all of it.

    "Thanh toán trực tuyến" is not answered by a row about "cung cấp trực tuyến toàn trình", which shares common words.
    """
    anchor = wanted.anchor()
    if anchor is None or passage.share >= NEARLY_ALL:
        return True
    if anchor in passage.place.body.pairs or anchor in passage.place.above.pairs:
        return True
    return wanted.alike(anchor, passage.place.body)


def _of_the_same(passage: Passage, wanted: Wanted) -> bool:
    """Whether a passage is about the very thing: it holds what tells most, the names, and every term asked with."""
    if not (_holds_anchor(passage, wanted) and _holds_names(passage, wanted)):
        return False
    return passage.share >= NEARLY_ALL or not wanted.lacking(passage.place.body, passage.place.above)


def _of_the_bearers(passage: Passage, wanted: Wanted) -> bool:
    """Whether a passage, or its heading, speaks of those whose share is asked for: files are no people."""
    place = passage.place
    return not wanted.bearers or bool(wanted.bearers & (place.body.bearers | place.above.bearers))


def _holds_names(passage: Passage, wanted: Wanted) -> bool:
    """Whether a passage holds the names asked about, as far as the plan knows them: VNPT's stations are not all."""
    held = passage.place.body.words | passage.place.above.words
    return all(name in held or wanted.also(name, passage.place.body) for name in wanted.foreign)


def can_answer(passage: Passage, question: Question, wanted: Wanted) -> bool:
    """Whether a passage is evidence: enough of the question, a value of the asked kind, and no rare word unheard of."""
    if passage.share < ENOUGH:
        return False
    if question.asked in _FIGURES and not _of_the_same(passage, wanted):
        return False
    if question.asked is Asked.PERCENT and not _of_the_bearers(passage, wanted):
        return False
    if question.asked not in (Asked.NAME, Asked.OPEN, Asked.WHO, Asked.PURPOSE) and passage.value is None:
        return False
    # "Thời gian hoàn thành: trước ngày ..." is a sentence of its own, below the work that it times.
    below = question.asked in TIMES and bool(_DEADLINE.match(plain(passage.place.text[slice(*passage.span)])))
    # A footnote has none of the words that it explains.
    below = below or (question.asked is Asked.DOCUMENT and passage.place.note)
    needed = _REPORTS if question.report else 0.0 if below or question.asked is Asked.DURATION else _NEAR_VALUE
    if passage.own < needed and not (question.asked is Asked.MONEY and passage.totals):
        return False
    return passage.share >= NEARLY_ALL or all(
        wanted.rarity.knows(word) or everyday(word) for word in passage.missing[:2]
    )
