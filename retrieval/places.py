"""One plan prepared for questions: its chunks and records as bags of search syllables, and the place of its head."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Final

from knowledge.plan import Chunk, Indicator, ReportingRule, Source, Task
from knowledge.repair.syllables import language
from retrieval.answer import Citation
from retrieval.grounding import numbers
from retrieval.index import PlanIndex, body_syllables
from retrieval.matching import Bag, Rarity
from retrieval.shelf import ShelvedPlan
from retrieval.statements import stated_first
from retrieval.terms import syllables
from retrieval.values import Span, nfc, one_line, plain, sentences

# Prepared plans in memory: a commune needs two; a busy province's process the ones that are being asked about.
KEPT: Final = 64
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
    """One chunk: ``body`` its words, ``above`` those of its headings, ``text`` the words as understood, on one line.

    ``budget`` says that it is a row of a table of money, whose bare numbers are amounts; ``years`` are those that the
    head of its table names; ``note`` that it is a footnote, which explains a word above it.
    """

    position: int
    chunk: Chunk
    text: str
    body: Bag
    above: Bag
    budget: bool
    years: frozenset[int] = frozenset()
    note: bool = False

    @cached_property
    def sentences(self) -> list[tuple[Span, Bag]]:
        """The sentences of ``text``, and neighbours in pairs, each with its words; made when first asked for.

        A pair is for what is said in two: "Thành lập các tổ ở thôn; (gồm 07 tổ với 52 thành viên)".
        """
        single = [span for span, _ in self.single]
        pairs = [(a, d) for (a, _), (_, d) in pairwise(single) if d - a <= _PAIR_LENGTH]
        return [*self.single, *(((a, b), Bag(with_misread(syllables(self.text[a:b])))) for a, b in pairs)]

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

    def __init__(self, shelved: ShelvedPlan, chunks: list[Chunk]) -> None:
        self.shelved = shelved
        self.plan = shelved.plan
        self.places = [_in_force(place, shelved.withdrawn) for place in _places(chunks)]
        self.rarity = Rarity([p.body for p in self.places] or [row.name for row in self.indicators])
        # Among names of indicators other words are common than in running text.
        self.name_rarity = Rarity([row.name for row in self.indicators])

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
        size = len(short)
        found = Counter(
            run
            for place in self.places
            for words in [place.body.joined.split()]
            for at in range(len(words) - size + 1)
            if all(word[0] == letter for word, letter in zip(words[at : at + size], short, strict=True))
            for run in [tuple(words[at : at + size])]
        )
        best = found.most_common(2)
        sure = best and (len(best) == 1 or best[0][1] > best[1][1])
        return best[0][0] if sure else None

    def at(self, source: Source) -> Place | None:
        """The chunk that holds the first line of ``source``."""
        return next((p for p in self.places if p.chunk.source.first <= source.first <= p.chunk.source.last), None)


class Prepared:
    """The prepared plans of a process, the last used ones kept."""

    def __init__(self, index: PlanIndex) -> None:
        self._index = index
        self._kept: OrderedDict[str, tuple[int, ShelvedPlan, PreparedPlan]] = OrderedDict()
        self._lock = Lock()

    def of(self, shelved: ShelvedPlan) -> PreparedPlan:
        """``shelved`` prepared; made anew when the index or the record changed."""
        entry = self._index.entries().get(shelved.key)
        generation = entry.generation if entry else -1
        with self._lock:
            kept = self._kept.get(shelved.key)
            if kept is not None and kept[0] == generation and _same(kept[1], shelved):
                self._kept.move_to_end(shelved.key)
                return kept[2]
        prepared = PreparedPlan(shelved, self._index.passages(shelved.key))
        with self._lock:
            self._kept[shelved.key] = (generation, shelved, prepared)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return prepared


def _same(kept: ShelvedPlan, now: ShelvedPlan) -> bool:
    # The plan is compared by identity first: equality of some hundred rows on every question would cost milliseconds.
    return (
        (kept.plan is now.plan or kept.plan == now.plan)
        and kept.confirmed == now.confirmed
        and kept.withdrawn == now.withdrawn
        and kept.reported == now.reported
        and kept.file_name == now.file_name
    )


def _in_force(place: Place, withdrawn: frozenset[tuple[int, int]]) -> Place:
    """``place``, or one without words where an amendment set its lines anew: it answers nothing."""
    if not any(first <= place.chunk.source.first <= last for first, last in withdrawn):
        return place
    return Place(place.position, place.chunk, "", Bag([]), Bag([]), budget=False)


def _places(chunks: list[Chunk]) -> list[Place]:
    places: list[Place] = []
    budget = False
    appendix: str | None = None
    years: frozenset[int] = frozenset()
    for position, chunk in enumerate(chunks):
        outer = chunk.path[0] if chunk.path else ""
        if outer != appendix:
            budget, appendix, years = False, outer, frozenset()
        bare = plain(nfc(f"{' '.join(chunk.path)} {chunk.repaired}"))
        # A table of money prints its unit, if at all, in the head: the rows below it hold bare numbers.
        in_appendix = "phu luc" in plain(nfc(outer))
        budget = in_appendix and (budget or len(set(_MONEY_TABLE.findall(bare))) >= _MONEY_WORDS)
        if _RESULTS_HEAD.search(bare):
            years = frozenset(int(year) for year in _YEAR.findall(bare))
        elif len(chunk.path) > 1:
            years = frozenset()  # a heading of its own begins: the table is over
        above = " ; ".join(chunk.path)
        note = _FOOTNOTE.match(chunk.repaired) is not None and not in_appendix
        if note:
            # A note explains a word of its page; where a scan has lost the mark, any of those above may be meant.
            above = " ; ".join([above, *(c.repaired for c in chunks[max(0, position - _NOTE_REACH) : position])])
        places.append(
            Place(
                position,
                chunk,
                one_line(chunk.repaired),
                Bag(with_misread(body_syllables(chunk))),
                Bag(syllables(above)),
                budget,
                years if in_appendix else frozenset(),
                note,
            )
        )
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
