"""Times as the cells of a damaged table print them: "Quy Il nam 2026" is "Quý II năm 2026", "Thudng xuyén" is
"Thường xuyên"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.manuscript import Word
from knowledge.plain import plain
from knowledge.roman_numerals import numeral

ALWAYS = "thuong xuyen"
ALIKE = 76.0  # of 100: how alike two printed words must be to "thường xuyên"
_ROMAN = r"(?P<roman>iv|lv|1v|[il1]{1,3})"
_YEAR = r"(?P<year>20[2-4]\d)"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\bq\w{{1,2}}y {_ROMAN} ?(?P<link>/|nam) ?{_YEAR}\b"), "quarter"),
    (re.compile(rf"\bq\w{{1,2}}y {_ROMAN}(?P<link>){_YEAR}\b"), "quarter"),  # the stroke was read as nothing
    (re.compile(rf"(?<![\d/])(?P<roman>111|iii|iv)(?P<link>/){_YEAR}\b"), "quarter"),  # "Quý" itself is lost
    (re.compile(r"\bq\w{1,2}y (?P<roman>iv|iii|ii|i)\b"), "quarter"),
    (re.compile(rf"\bthang (?P<month>\d{{1,2}}) ?(?P<link>/|nam) ?{_YEAR}\b"), "month"),
    (re.compile(rf"\b(?:trong |truoc |het |den |den het )?nam {_YEAR}\b"), "words"),
    (re.compile(r"\btruoc (?:ngay )?\d{1,2}/\d{1,2}(?:/20\d\d)?\b"), "words"),
    (re.compile(r"\bh[ai]ng (?:thang|quy|nam|tuan|ngay)\b"), "words"),
    (re.compile(r"\btheo (?:chi dao|yeu cau|ke hoach|lo trinh)(?: cua \w+){0,1}\b"), "words"),
    (re.compile(r"\b20\d\d ?- ?20\d\d\b"), "words"),
)


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A time of a line: the words ``start`` to ``end`` (not included), and how people write it."""

    start: int
    end: int
    text: str


def find_time(words: Sequence[Word]) -> PrintedTime | None:
    """The first time that ``words`` hold; None where they hold none."""
    for at in range(len(words) - 1):
        pair = words[at : at + 2]
        readings = (" ".join(word.plain for word in pair), " ".join(plain(word.raw) for word in pair))
        if max(fuzz.ratio(reading.strip("|.,;: "), ALWAYS) for reading in readings) >= ALIKE:
            return PrintedTime(at, at + 2, "Thường xuyên")
    for bare in ([word.plain for word in words], [plain(word.raw) for word in words]):
        joined = " ".join(bare)
        for pattern, form in _FORMS:
            match = pattern.search(joined)
            if match is None:
                continue
            start = joined.count(" ", 0, match.start())
            end = joined.count(" ", 0, match.end()) + 1
            return PrintedTime(start, end, _written(match, form, words[start:end]))
    return None


def _written(match: re.Match[str], form: str, words: Sequence[Word]) -> str:
    if form == "words":
        text = " ".join(word.text for word in words).strip(" |.,;:")
        return text[:1].upper() + text[1:]
    said = match.groupdict()
    link = "" if not said.get("year") else f" năm {said['year']}" if said.get("link") == "nam" else f"/{said['year']}"
    if form == "month":
        return f"Tháng {int(said['month'])}{link}"
    return f"Quý {numeral(_quarter(said['roman']))}{link}"


def _quarter(printed: str) -> int:
    """The quarter that a Roman number in small letters is; I may be printed as any upright stroke ("i1l" is III)."""
    return 4 if printed.endswith("v") else len(printed)


_PRINTED_QUARTER = re.compile(r"\b(?P<word>[Qq])u[ýyỳ] ?(?P<roman>IV|[IVl1]{1,3})(?=\s?/|\s(?:n\w+m|20\d\d)|$)")


def quarter(text: str) -> str:
    """``text`` with its quarters as people write them: "Quy 111/2026" and "quy IV năm 2026" with Roman numbers."""

    def written(match: re.Match[str]) -> str:
        printed = match.group("roman").lower()
        if "v" in printed[:-1] or (printed.endswith("v") and len(printed) != 2):
            return match.group()  # there is no quarter VI
        return f"{match.group('word')}uý {numeral(_quarter(printed))}"

    return _PRINTED_QUARTER.sub(written, text)
