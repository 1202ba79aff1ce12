"""One plan prepared for questions: its chunks and records as bags of search syllables, and the place of its head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from knowledge.plan import Chunk, Indicator, Task
from knowledge.repair.syllables import language
from knowledge.reporting_rule import ReportingRule
from knowledge.source import Source
from retrieval.answer import Citation
from retrieval.grounding import numbers
from retrieval.index import body_syllables
from retrieval.matching import Bag, Rarity
from retrieval.plan_words import PlanWords, headings
from retrieval.shelf import ShelvedPlan
from retrieval.statements import stated_first
from retrieval.terms import syllables
from retrieval.values import Span, nfc, one_line, plain, sentences

# Places of one plan whose words and sentences are kept at hand, some 35 KB each; a question looks at eighty.
_AT_HAND: Final = 120
# The head of a plan is within its first lines.
_HEAD_LINES: Final = 40

# The head of a table of money names several of these; a sentence about money one or two.
_PAIR_LENGTH: Final = 320  # two sentences longer than an answer may be are no answer
_MONEY_WORDS: Final = 3
_MONEY_TABLE: Final = re.compile(r"kinh phi|du toan|nguon von|tong muc dau tu|nhu cau von|\bns tinh\b|ngan sach tinh")
# The head of a table of results: "Chỉ tiêu | Cơ quan chủ trì | Kết quả thực hiện năm 2025 | Đánh giá".
_RESULTS_HEAD: Final = re.compile(
    r"\bket qua thuc hien\b(?=.*\bchi tieu\b)|\bchi tieu\b(?=.*\bket qua thuc hien\b)", re.S
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FOOTNOTE: Final = re.compile(r"\s*\d{1,2}\s+[A-ZĐÀ-Ỹ][^|]*$", re.S)
_NOTE_REACH: Final = 8  # passages on a page


@dataclass(frozen=True)
class Place:
    """One chunk of a plan whose ``words`` are known: ``above`` are those of its headings.

    ``budget`` says that it is a row of a table of money, whose bare numbers are amounts; ``years`` are those that the
    head of its table names; ``note`` that it is a footnote, which explains a word above it.
    """

    position: int
    chunk: Chunk
    words: PlanWords
    above: Bag
    budget: bool
    years: frozenset[int] = frozenset()
    note: bool = False

    @cached_property
    def text(self) -> str:
        """The words as understood, on one line."""
        return one_line(self.chunk.repaired)

    @cached_property
    def body(self) -> Bag:
        """The search words; made when the place is looked at."""
        return Bag(self.words.of(self.position))

    @cached_property
    def sentences(self) -> list[tuple[Span, Bag]]:
        """The sentences of ``text``, and neighbours in pairs, each with its words; made when first asked for.

        A pair is for what is said in two: "Thành lập các tổ ở thôn; (gồm 07 tổ với 52 thành viên)".
        """
        single = [span for span, _ in self.single]
        pairs = [(a, d) for (a, _), (_, d) in pairwise(single) if d - a <= _PAIR_LENGTH]
        return [*self.single, *(((a, b), Bag(with_misread(syllables(self.text[a:b])))) for a, b in pairs)]

    def put_away(self) -> None:
        """Let go of what was worked out; it is made again when next asked for."""
        for made in ("text", "body", "sentences", "single"):
            self.__dict__.pop(made, None)

    @cached_property
    def single(self) -> list[tuple[Span, Bag]]:
        """The sentences alone: a share belongs to what its own sentence names, not to what the one before does."""
        return [((a, b), Bag(with_misread(syllables(self.text[a:b])))) for a, b in sentences(self.text)]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator or a task: ``name`` its own words, ``around`` group, result and place."""

    number: int
    name: Bag
    around: Bag
    size: int


class PreparedPlan:
    """A shelved plan and its passages, ready to be asked. Immutable once built; share it freely."""

    def __init__(self, shelved: ShelvedPlan, chunks: list[Chunk], words: Sequence[str] = ()) -> None:
        """``words`` are the search words of each chunk as the index keeps them; worked out where it keeps none."""
        self.shelved = shelved
        self.plan = shelved.plan
        held = [own.split() for own in words] if len(words) == len(chunks) else list(map(body_syllables, chunks))
        chunks = [_in_force(chunk, shelved.withdrawn) for chunk in chunks]
        self.words = PlanWords(with_misread(own if chunk.text else []) for own, chunk in zip(held, chunks, strict=True))
        self.places = _places(chunks, self.words)
        self.above = headings(place.above.words for place in self.places)
        self._looked_at: dict[int, None] = {}
        # Among names of indicators other words are common than in running text.
        self.name_rarity = Rarity.among([row.name for row in self.indicators])
        self.rarity = Rarity(self.words) if chunks else self.name_rarity

    @cached_property
    def indicators(self) -> list[Row]:
        """The indicators' rows, in the plan's order."""
        return [
            _row(n, i.name, " ; ".join([i.group or "", i.where, i.due or "", i.target.unit or "", *i.lead]))
            for n, i in enumerate(self.plan.indicators)
        ]

    @cached_property
    def tasks(self) -> list[Row]:
        """The tasks' rows, in the plan's order."""
        return [
            _row(n, t.name, " ; ".join([t.where, t.result or "", t.due or ""])) for n, t in enumerate(self.plan.tasks)
        ]

    @cached_property
    def head(self) -> Citation | None:
        """The lines that print number and date, None where no chunk holds the number."""
        document = self.plan.document
        digits = re.match(r"\d+", document.number or "")
        if digits is None:
            return None
        for place in self.places:
            if place.chunk.source.first > _HEAD_LINES:
                break
            bare = plain(nfc(place.chunk.text))
            if re.search(rf"(?<!\d){digits.group()}\s*/", bare) and re.search(r"\bngay|so\s*:|s\d\s*:", bare):
                return self._cite_head(place.chunk)
        return None

    def _cite_head(self, chunk: Chunk) -> Citation:
        """The head's lines; a date that was printed badly is given as it was understood."""
        citation = self.cite_chunk(chunk)
        day = self.plan.document.date
        if day is None or {str(day.year)} - numbers(citation.quote):
            return citation
        understood = f"{citation.repaired or citation.quote} (ngày {day:%d/%m/%Y})"
        return Citation(
            citation.document, citation.file_name, citation.page, citation.lines, citation.quote, understood
        )

    def look_at(self, positions: Iterable[int]) -> list[Place]:
        """The places at ``positions``, whose words are about to be needed; those looked at long ago are put away."""
        wanted = list(positions)
        for position in wanted:
            self._looked_at.pop(position, None)
            self._looked_at[position] = None
        for position in list(self._looked_at)[:-_AT_HAND]:
            if self._looked_at.pop(position, self) is None:
                self.places[position].put_away()
        return [self.places[position] for position in wanted]

    def same(self, number: int) -> list[int]:
        """The rows that state the indicator of row ``number``, that row first."""
        first = self.stated[number]
        return [number, *(n for n, one in enumerate(self.stated) if n != number and one == first)]

    @cached_property
    def stated(self) -> list[int]:
        """For every row the first row that states its indicator: as the reading linked them, or by value and name."""
        return stated_first(self)

    def cite_chunk(self, chunk: Chunk) -> Citation:
        """The citation of a chunk."""
        return self.cite(chunk.source, chunk.repaired if chunk.repaired != chunk.text else None)

    def cite(self, source: Source, repaired: str | None) -> Citation:
        """The citation of a place; ``repaired`` as understood, None where that equals the print."""
        origin = source.origin
        return Citation(
            document=origin.number if origin else self.plan.document.number,
            file_name=origin.file_name if origin else self.shelved.file_name,
            page=source.page,
            lines=(source.first, source.last),
            quote=source.quote,
            repaired=repaired,
        )

    def cite_indicator(self, indicator: Indicator) -> Citation:
        """The citation of an indicator's row; what was repaired is given as it was understood."""
        told = (indicator.no, indicator.name, indicator.target.text, ", ".join(indicator.lead), indicator.due)
        understood = " | ".join(part for part in told if part)
        # A time, or a unit of measure, may stand in the head of the table.
        within = numbers(understood) <= numbers(indicator.source.quote)
        same = not self.plan.damaged and not indicator.repairs and within
        return self.cite(indicator.source, None if same else understood)

    def cite_task(self, task: Task) -> Citation:
        """The citation of a task."""
        parts = (task.name, task.result, task.due, ", ".join(task.lead))
        return self.cite(task.source, " | ".join(p for p in parts if p) if self.plan.damaged else None)

    def cite_rule(self, rule: ReportingRule) -> Citation:
        """The citation of a reporting clause."""
        return self.cite(rule.source, rule.rule if self.plan.damaged else None)

    def spelled_out(self, short: str) -> tuple[str, ...] | None:
        """The words of the plan that ``short`` abbreviates by their first letters; None where none or several do."""
        found: Counter[tuple[str, ...]] = Counter()
        for place, initials in enumerate(self._initials):
            at = initials.find(short)
            while at >= 0:
                found[tuple(self.words.of(place)[at : at + len(short)])] += 1
                at = initials.find(short, at + 1)
        best = found.most_common(2)
        sure = best and (len(best) == 1 or best[0][1] > best[1][1])
        return best[0][0] if sure else None

    @cached_property
    def _initials(self) -> list[str]:
        """The first letters of each place's words."""
        return ["".join(word[0] for word in self.words.of(place)) for place in range(len(self.words))]

    def at(self, source: Source) -> Place | None:
        """The chunk that holds the first line of ``source``."""
        return next((p for p in self.places if p.chunk.source.first <= source.first <= p.chunk.source.last), None)


def _in_force(chunk: Chunk, withdrawn: frozenset[tuple[int, int]]) -> Chunk:
    """``chunk``, or one without words where an amendment set its lines anew: it answers nothing."""
    if not any(first <= chunk.source.first <= last for first, last in withdrawn):
        return chunk
    return Chunk((), "", "", chunk.source)


def _places(chunks: list[Chunk], words: PlanWords) -> list[Place]:
    places: list[Place] = []
    bags: dict[str, Bag] = {}  # neighbours share one
    budget = in_appendix = False
    outer: str | None = None
    years: frozenset[int] = frozenset()
    for position, chunk in enumerate(chunks):
        outermost = chunk.path[0] if chunk.path else ""
        if outermost != outer:
            budget, outer, years = False, outermost, frozenset()
            in_appendix = "phu luc" in plain(nfc(outermost))
        if in_appendix:
            bare = plain(nfc(f"{' '.join(chunk.path)} {chunk.repaired}"))
            # A table of money prints its unit, if at all, in the head: the rows below it hold bare numbers.
            budget = budget or len(set(_MONEY_TABLE.findall(bare))) >= _MONEY_WORDS
            if _RESULTS_HEAD.search(bare):
                years = frozenset(int(year) for year in _YEAR.findall(bare))
            elif len(chunk.path) > 1:
                years = frozenset()  # a heading of its own begins: the table is over
        above = " ; ".join(chunk.path)
        note = not in_appendix and _FOOTNOTE.match(chunk.repaired) is not None
        if note:
            # A note explains a word of its page; where a scan has lost the mark, any of those above may be meant.
            above = " ; ".join([above, *(c.repaired for c in chunks[max(0, position - _NOTE_REACH) : position])])
        if above not in bags:
            bags[above] = Bag(syllables(above))
        places.append(Place(position, chunk, words, bags[above], budget, years, note))
    return places


# Digits that an English OCR model prints for Vietnamese letters within a word: "lõm" is "16m".
_DIGITS: Final = str.maketrans({"0": "o", "1": "l", "5": "s", "6": "o", "8": "b", "9": "g"})
_MIXED: Final = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z\d]{3,6}")


def with_misread(words: list[str]) -> list[str]:
    """``words``, and behind them what those that mix letters and digits may have been; "5g" and "24h" are no words."""
    read = [word.translate(_DIGITS) for word in words if _MIXED.fullmatch(word)]
    return words + [word for word in read if language().spellings(word)]


def _row(number: int, name: str, around: str) -> Row:
    words = syllables(name)
    return Row(number, Bag(words), Bag(syllables(around)), len(words))
