"""Headers of tables printed as plain lines: which lines they are, what kind of table and which columns they promise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from knowledge.manuscript import TextLine
from knowledge.plain import plain


class TableKind(StrEnum):
    """What the rows of a table are."""

    INDICATORS = "indicators"  # a value column: target of the year
    STATED = "stated"  # the target stands inside the name ("100% hồ sơ ...")
    RESULTS = "results"  # what was reached last year
    TASKS = "tasks"
    BUDGET = "budget"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns the header names, besides number and name."""

    unit: bool = False
    lead: bool = False
    coop: bool = False
    due: bool = False
    result: bool = False


_VOCABULARY = frozenset(
    [
        "tt",
        "stt",
        "chi",
        "tieu",
        "chitieu",
        "muc",
        "nam",
        "co",
        "quan",
        "chu",
        "tri",
        "danh",
        "gia",
        "don",
        "vi",
        "tinh",
        "do",
        "luong",
        "noi",
        "dung",
        "ket",
        "qua",
        "thuc",
        "hien",
        "thoi",
        "gian",
        "hoan",
        "thanh",
        "phoi",
        "hop",
        "ghi",
        "chu",
        "dat",
        "duoc",
        "yeu",
        "cau",
        "ten",
        "nhiem",
        "vu",
        "san",
        "pham",
        "ke",
        "hoach",
        "chuc",
        "dvt",
        "cac",
        "theo",
        "ti",
        "du",
        "an",
        "trong",
        "so",
        "doi",
        "tong",
        "dau",
        "tu",
        "toan",
        "nhu",
        "cau",
        "von",
        "kinh",
        "phi",
        "nguon",
        "ns",
        "khac",
        "cong",
        "quyet",
        "dinh",
        "phe",
        "duyet",
        "cap",
        "tham",
        "quyen",
        "phap",
        "ly",
        "de",
        "con",
    ]
)
_HEADER_KEY = re.compile(r"chi ?tieu|noi dung|nhiem vu|muc tieu|du an")
_HEADER_SECOND = re.compile(
    r"\bs?tt\b|\btr\b|don vi|co quan|thoi gian|chu tri|ket qua|danh gia|muc tieu|quyet dinh|kinh phi|\bvon\b|phoi hop"
)
_HEADER_KEYS = re.compile(
    r"\bs?tt\b|chi ?tieu|muc tieu|co quan|don vi|chu tri|phoi hop|thoi gian|ket qua|nhiem vu|giai phap"
)
_ROW_START = re.compile(
    r"^(?:\d{1,3}|[IVXl1|]{1,4})\s*[|\]]\s*\S|^\d{1,3}\s+(?!.{0,4}(?:M[uụ]c|C[hơ])).*\d\s?%|^T[yỷiỉ]\s"
)
NUMBER_COLUMN = re.compile(r"\bs?tt\b")
_SURE, _NEAR = 0.78, 0.62  # shares of header words: by itself, and next to a sure header line
_YEAR = re.compile(r"^20\d\d$")


def _word_fits(word: str) -> bool:
    return word in _VOCABULARY or (len(word) >= 5 and any(fuzz.ratio(word, known) >= 80 for known in _VOCABULARY))


def _header_share(line: TextLine) -> float:
    """The share of the letters of ``line`` that stand in words of table headers, 0 for what cannot be a header."""
    return max(_share(line, plain(line.raw)), _share(line, line.plain))


def _share(line: TextLine, bare: str) -> float:
    words = [word for word in re.findall(r"[a-z]+|20\d\d", bare) if len(word) > 1]
    if (
        not words
        or len(words) > 24
        or "%" in line.raw
        or line.raw.lstrip()[:1] in '-+•“"'
        or _ROW_START.match(line.raw)
    ):
        return 0.0
    fitting = sum(len(word) for word in words if _word_fits(word) or _YEAR.match(word))
    share = fitting / sum(len(word) for word in words)
    return min(1.0, share + (0.13 if len(_HEADER_KEYS.findall(bare)) >= 3 else 0.0))


def looks_like_header(line: TextLine) -> bool:
    """Whether the words of ``line`` are nearly all words of table headers."""
    return _header_share(line) >= _SURE


def _lone_word(line: TextLine) -> bool:
    """Whether ``line`` is one word that opens no header: the rest of a cell above it ("thành" of "Hoàn thành")."""
    return len(line.words) == 1 and not NUMBER_COLUMN.search(line.plain)


def header_runs(lines: list[TextLine], in_appendix: bool) -> list[tuple[int, int]]:
    """Runs of header lines (index of first, index after last); scraps between two header lines belong to the run."""
    shares = [_header_share(line) for line in lines]
    flags = [
        share >= _SURE or (share >= _NEAR and max(shares[max(0, at - 1) : at + 2]) >= _SURE)
        for at, share in enumerate(shares)
    ]
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if not flags[index] or _lone_word(lines[index]):
            index += 1
            continue
        end = index + 1
        while end < len(lines):
            if flags[end]:
                end += 1
                continue
            scrap = len(re.findall(r"\w{2,}", lines[end].plain)) <= 2 and "%" not in lines[end].raw
            if scrap and end + 1 < len(lines) and flags[end + 1]:
                end += 2
                continue
            if (
                scrap
                and not re.match(r"^\W*(?:\d{1,3}|[IVXl1|]{1,4}|[A-H])(?:\b|_)", lines[end].raw)
                and not any(letter.isdigit() for letter in lines[end].raw)
                and len(lines[end].plain) < 9
            ):
                end += 1
                continue
            break
        joined = " ".join(f"{line.plain} {plain(line.raw)}" for line in lines[index:end])
        if (
            _HEADER_KEY.search(joined)
            and _HEADER_SECOND.search(joined)
            and (in_appendix or NUMBER_COLUMN.search(joined))
        ):
            runs.append((index, end))
        index = end
    return runs


def kind_of(header: str, title: str) -> tuple[TableKind, Columns]:
    """The kind of a table and its columns, from the plain words of its header and its appendix's title."""
    everything = f"{title} {header}"
    columns = Columns(
        unit=bool(
            re.search(r"don vi\s*(?:tinh|:|\W*tinh|do)|dvt|don vi\W+(?:\w+\W+){0,4}tinh|tinh/do|don vi ket qua", header)
        ),
        lead=bool(re.search(r"chu\b|chu tri|co quan|don vi chu|danh gia", header)),
        coop=bool(re.search(r"phoi", header)),
        due=bool(re.search(r"thoi gian|th[oa]i l|hoan thanh|tien do", header)),
        result=bool(re.search(r"ket qua|san pham", header)),
    )
    if re.search(r"tong muc|kinh phi|von\b|du toan", header):
        return TableKind.BUDGET, columns
    if re.search(r"ket qua th\S{1,3}c hien", header) and "danh gia" in header and not re.search(r"muc tieu", header):
        return TableKind.RESULTS, columns
    if re.search(r"chi ?tieu|muc tieu", header) and not re.search(r"nhiem vu", header):
        if (
            columns.coop
            and not columns.unit
            and not re.search(r"(?:muc tieu|chi ?tieu|ke hoach|ket qua)\s+n\w{1,2}m", header)
        ):
            return TableKind.STATED, columns
        return TableKind.INDICATORS, columns
    if re.search(r"nhiem vu|giai phap|noi dung|cong viec", everything) and (
        columns.lead or columns.coop or columns.due
    ):
        return TableKind.TASKS, columns
    return TableKind.OTHER, columns


def without_header_scraps(body: list[TextLine], header: list[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """``body`` without single header cells that a page break repeats on lines of their own ("Cơ quan chủ" / "trì")."""
    joined = " ".join(line.plain for line in header)
    scraps = {
        index
        for index, line in enumerate(body)
        if looks_like_header(line) and len(line.plain) >= 5 and fuzz.partial_ratio(line.plain, joined) >= 88
    }
    together = {index for index in scraps if scraps & {index - 2, index - 1, index + 1, index + 2}}
    kept = [line for index, line in enumerate(body) if index not in together]
    return kept, [body[index] for index in sorted(together)]
