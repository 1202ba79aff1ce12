"""Whether a text holds a value of the kind that is asked for, and where: percentages, money, dates, codes, counts.

An answer is given only from a place that holds such a value; a good match of words alone is no evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from knowledge.repair.fold import strip_marks
from retrieval.forms import Asked
from retrieval.vocabulary import ABBREVIATIONS

Span = tuple[int, int]

_NUMBER: Final = r"\d+(?:[.,]\d+)*"
_MONTH_WORDS: Final = r"(?:hang|hing|moi|dinh ky)[ ,]+(?:ngay|tuan|thang|quy|nam)|thuong xuyen|6 thang|9 thang"
_PATTERNS: Final[dict[Asked, str]] = {
    Asked.PERCENT: rf"{_NUMBER}\s*(?:%|phan tram)",
    Asked.MONEY: rf"{_NUMBER}\s*(?:ty|trieu|nghin|ngan)?\s*(?:dong|vnd)\b(?! du lieu)|{_NUMBER}\s*(?:ty|trieu)\b",
    Asked.FIGURE: _NUMBER,
    Asked.WHEN: (
        r"\bngay\s*\d{1,2}\s*(?:/|thang)\s*\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?|\bthang\s*\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?"
        r"|\bquy\s*(?:[1-4]\b|[ivlu1]{1,4}\b)(?:\s*(?:/|nam)\s*\d{4})?|\b\d{1,2}/\d{1,2}(?:/\d{4})?"
        r"|\bngay \d{1,2} hang (?:thang|quy|nam)"
        r"|tuan (?:dau|cuoi)|thuong xuyen|\b(?:hang|moi) (?:thang|quy|nam)\b|\bnam \d{4}\b"
    ),
    Asked.DAY: (
        r"\bngay\s*\d{1,2}\s*(?:/|thang)\s*\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?|\b\d{1,2}/\d{1,2}/\d{4}"
        r"|\bngay \d{1,2} hang (?:thang|quy|nam)|tuan (?:dau|cuoi)"
        # The neighbouring column's words stand between in a table that a scan has read line by line.
        r"|\btruoc ngay\b[^.;]{0,60}?\b\d{1,2}/\d{1,2}(?![\d/])"
    ),
    Asked.FREQUENCY: rf"\d+\s*(?:lan|so|buoi|ky)\b|{_MONTH_WORDS}",
    Asked.DURATION: r"\d+\s*(?:tieng|gio|phut|ngay|tuan|thang|nam|h)\b",
    Asked.EMAIL: r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    Asked.PHONE: r"(?<![\d/.])(?:\+84|0)(?:[\s.]?\d){8,10}(?![\d/])|\b1[89]00[\s.]?\d{4,6}\b",
    Asked.ADDRESS: r"https?://\S+|www\.\S+|\b[\w-]+\.(?:gov|com|org|edu|net)(?:\.vn)?\b\S*|\b[\w.-]+\.vn\b"
    r"|\bdia chi\s*:|\bso (?:nha )?\d+[a-z]?,? (?:duong|pho|to|thon|quoc lo)\b",
    # A law is known by its name.
    Asked.DOCUMENT: (
        r"\b(?-i:Luật)\s+(?-i:[A-ZĐ])\w*(?:\s+\w+){1,5}|"
        r"\d+[a-z]?(?:/\d{4})?\s*(?:/[A-ZĐ][\w&]*(?:\s?-\s?[\w&]+)*|-\s?[A-ZĐ]{2,}\s?/\s?[A-ZĐ]\w*)"
    ),
}
_COMPILED: Final = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()} | {
    # Only capitals tell a name.
    Asked.PERSON: re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s+[^\W\d_a-zà-ỹ]\w+(?:\s+[^\W\d_a-zà-ỹ]\w*){1,4}")
}

# Between a number and the thing it counts may stand a measure: "07 bộ máy tính", "hơn 200 lượt cơ quan".
_MEASURE: Final = r"(?:\s+(?!(?:cho|cua|tai|ve|den|voi|va|trong|theo|tu|o|la|de|thi|do|hoac)\b)[^\W\d_]+){0,2}?"
# Words that are counted alone, whatever follows them: "07 tổ", "02 lớp", "532 trạm".
_COUNTERS: Final = frozenset(
    re.split(
        r"\s+", "to lop tram buoi diem thon ap xa phuong nhom doi luot nguoi bo may khoa hoi cuoc tin bai mo du de bien"
    )
)
# "ba trụ cột": a small number in words, right before a thing of two syllables.
_IN_WORDS: Final = r"\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
# A thing named first and counted after: "tổng số hồ sơ tiếp nhận ... là 1.707", "Tổ: 07".
_THEN: Final = r"[^.;]{0,120}?(?:\bla\b|:|\bdat\b|\bgom\b|\bco\b)\s*(?:la\s*)?(?:hon\s*|khoang\s*|tong\s*)?"
_ROW_BEGINS: Final = re.compile(r"\s*(?:\d{1,3}|[IVX]{1,4})\s*\|")
_ROW_ENDS: Final = re.compile(r"\d[\d.,]*[\s|]+\d[\d.,]*[\s|]*$")
_TOTAL_ROW: Final = re.compile(r"\s*t.{1,3}ng c.ng\b")
_SENTENCE: Final = re.compile(r"(?<=[.;?!])\s+(?=[^a-z\d\s])|\n+|(?<=\.)\s+(?=\d+[.)]\s)|\s+(?=\(\d\)\s)")


@lru_cache(maxsize=1 << 13)  # the sentences of the plans that are being asked about
def plain(text: str) -> str:
    """``text`` without case and marks, letter for letter: places in it are places in ``text`` (which must be NFC)."""
    bare = strip_marks(text)
    if len(bare) == len(text):
        return bare
    return "".join((strip_marks(c) or " ")[0] for c in text)


def one_line(text: str) -> str:
    """``text`` in NFC with line ends as blanks, but for those before a row of a table or behind one's figures."""
    lines = nfc(text).split("\n")
    joined = lines[0].strip()
    for before, line in pairwise(lines):
        row = _ROW_BEGINS.match(line) or _ROW_ENDS.search(before) or _TOTAL_ROW.match(plain(line))
        joined += ("\n" if row else " ") + line.strip()
    return re.sub(r"[^\S\n]+", " ", joined)


def nfc(text: str) -> str:
    """``text`` as it is compared and shown."""
    return unicodedata.normalize("NFC", text)


def spans(asked: Asked, nouns: Sequence[tuple[str, ...]], text: str) -> Iterator[Span]:
    """Where ``text`` holds values of the asked kind; one empty span at 0 for kinds that any text can answer."""
    bare = plain(text)
    if asked is Asked.COUNT:
        for noun in nouns:
            yield from _counted(noun, bare)
    elif asked in (Asked.DOCUMENT, Asked.PERSON):
        yield from (m.span() for m in _COMPILED[asked].finditer(text))
    elif asked in _COMPILED:
        yield from (m.span() for m in _COMPILED[asked].finditer(bare))
    else:
        yield (0, 0)


def counted(nouns: Sequence[tuple[str, ...]], text: str) -> float:
    """The share of the counted things that ``text`` gives a number of."""
    bare = plain(text)
    return sum(next(_counted(noun, bare), None) is not None for noun in nouns) / max(1, len(nouns))


def _counted(noun: tuple[str, ...], bare: str) -> Iterator[Span]:
    for patterns in _number_of(noun):
        found = False
        for pattern in patterns:
            for match in pattern.finditer(bare):
                if _numbers_a_point(bare, match.start()):
                    continue
                found = True
                yield match.span()
        if found:
            return


def _numbers_a_point(bare: str, at: int) -> bool:
    """Whether the number at ``at`` counts points, not things: "... ; (3) cung cấp dịch vụ ...", no "bảy (07) tổ"."""
    before = bare[:at].rstrip()
    return (
        before.endswith("(")
        and (not before[:-1].strip() or before[:-1].rstrip()[-1] in ".;:,")
        and bool(re.match(r"\d{1,2}\)", bare[at:]))
    )


@lru_cache(maxsize=1 << 8)
def _number_of(noun: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The patterns of a number of a thing, for each way of naming it, the fullest first."""
    # A thing of two syllables is named by both ("ho so"); one syllable may be a word of its own ("to", "lop", "xa").
    heads = [rf"{re.escape(noun[0])}\s+{re.escape(noun[1])}"] if len(noun) > 1 else []
    if len(noun) == 1 or noun[0] in _COUNTERS:
        heads.append(re.escape(noun[0]))
    heads += [
        re.escape(short) for short, long in ABBREVIATIONS.items() if long.split() == list(noun[: len(long.split())])
    ]
    found = []
    for head in heads:
        patterns = [
            rf"(?<![\w/.,-])(?:\d+/)?{_NUMBER}\)?{_MEASURE}\s+{head}\b",
            rf"\b{head}\b{_THEN}{_NUMBER}(?![\d%/]|\s*%)",
        ]
        if r"\s+" in head:
            patterns.append(rf"{_IN_WORDS}\s+{head}\b")
        found.append(tuple(map(re.compile, patterns)))
    return tuple(found)


def sentences(text: str) -> list[Span]:
    """The sentences of a chunk: cut at full stops, semicolons and lines, never inside a number or a code."""
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
