"""A document that changes some rows of an earlier plan: which plan it amends, what it sets anew, what it drops.

Such a document says so in its title ("sửa đổi, bổ sung một số chỉ tiêu của Kế hoạch số 20/KH-UBND") or in its first
article. What it sets stands in a table like a plan's, or in clauses ("Sửa đổi chỉ tiêu số 4: ... đạt 65 %"). One that
puts a new plan, or a whole new appendix, in the place of the old one is a version of the plan, no amendment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from knowledge.dates import find_dates
from knowledge.document_codes import find_codes
from knowledge.goal_sentences import stated_targets
from knowledge.plain import plain
from knowledge.plan import Amendment, Chunk, Document, Indicator, Kind, Removal
from knowledge.source import Source

_VERB: Final = r"(?:sua doi|dieu chinh|bo sung)"
# "Bổ sung nhiệm vụ thực hiện Kế hoạch số ..." carries a plan out, and amends none.
_AMENDS: Final = re.compile(
    rf"\b{_VERB}(?:,? (?:va )?{_VERB})*\b(?:(?!\b(?:thuc hien|trien khai|can cu)\b)[^.;]){{0,160}}?"
    r"(?:\bke hoach(?: hanh dong)?(?: [^.;/\d]{0,80})?(?: so)? ?\d+ ?/|/kh\b)"
)
_WHOLE: Final = re.compile(r"\bthay the (?:toan bo|phu luc|ke hoach)|\bban hanh lai\b")
_FIRST_ARTICLE: Final = re.compile(rf"^\W*dieu 1[.:]?\s+{_VERB}\b")
# Letters behind "Kế hoạch" within which its number stands ("Kế hoạch chuyển đổi số năm 2026 ban hành kèm theo số ...").
_REACH: Final = 160

_BEGINNING: Final = r"^\W*(?:(?:dieu )?[\divx]{1,4}[.)\-:]?\s*|[a-z][.)]\s*)?"
_DROPS: Final = re.compile(
    _BEGINNING + r"(?:bai bo|huy bo|loai bo|bo|khong thuc hien)\s+(?:cac |mot so )?chi tieu\b(?P<rest>.*)", re.S
)
_SETS: Final = re.compile(
    _BEGINNING + r"(?:sua doi|dieu chinh|bo sung)(?:, (?:sua doi|bo sung))*\s+(?:cac )?chi tieu\b(?P<rest>.*)", re.S
)
_ARTICLE: Final = re.compile(r"^\W*dieu (\d{1,2})\b")
_ITEM: Final = re.compile(r"^\W*(\d{1,2})[.)]")
_NUMBERS: Final = re.compile(
    r"^\W*(?:(?:o |tai )?(?:so|thu|stt|tt|dong|so thu tu)\s+)*"
    r"(\d{1,3}(?:(?:\s*[,;]\s*|\s*(?:va|den)\s+)(?:so\s+)?\d{1,3})*)\b"
)
_QUOTED: Final = re.compile(r"[“\"«]([^”\"»]{6,})[”\"»]|\(([^()]{12,})\)")
_DROPPED_CELL: Final = re.compile(r"^\W*(?:bai bo|bo chi tieu|bo|huy bo|khong thuc hien)\W*$")
_DROPPED_GROUP: Final = re.compile(r"\bchi tieu (?:bai bo|huy bo|bi bo)\b|^\W*(?:bai bo|huy bo)\b")
# "từ 60% lên 65%": what it was is no target.
_FROM: Final = re.compile(r"\s*\btừ\s+\S+(?:\s?%)?\s+(?:lên|xuống|thành|sang|còn)\s+", re.IGNORECASE)


def read_amendment(
    document: Document, chunks: Sequence[Chunk], indicators: Sequence[Indicator]
) -> tuple[Amendment | None, list[Indicator]]:
    """Which plan ``document`` amends, with what it drops, and the indicators that it sets; None and all indicators for
    a plan that stands by itself."""
    said = _clause(document, chunks)
    if said is None:
        return None, list(indicators)
    number, day = _named(said)
    if number is None:
        number, day = next(((b.number, b.date) for b in document.legal_basis if "/KH" in b.number), (None, None))
    kept = [one for one in indicators if not _is_dropped(one)]
    removed = [Removal(one.no, one.name, one.source) for one in indicators if _is_dropped(one)]
    taken = [one.source for one in indicators]
    clauses: list[Indicator] = []
    article = ""
    for chunk in chunks:
        headed = _ARTICLE.match(plain(chunk.repaired))
        article = f"Điều {headed[1]}" if headed else article
        if _stands_in(chunk.source, taken):
            continue
        removed += _dropped(chunk)
        clauses += _set(chunk, article)
    # A clause may announce a row of the table; the row says more.
    return Amendment(number, day, tuple(removed)), [*clauses, *kept]


def _clause(document: Document, chunks: Sequence[Chunk]) -> str | None:
    """The words that say that the document amends a plan: its title, else its first article."""
    for words in (document.title or "", *(c.repaired for c in chunks if _FIRST_ARTICLE.match(plain(c.repaired)))):
        bare = plain(words)
        if _AMENDS.search(bare) and not _WHOLE.search(bare):
            return words
    return None


def _named(words: str) -> tuple[str | None, date | None]:
    """Number and date of the plan that ``words`` name."""
    for code in find_codes(words):
        if "/KH" not in code.number:
            continue
        dates = [one for one in find_dates(words[code.end :]) if one.start < _REACH]
        return code.number, dates[0].on() if dates else None
    return None, None


def _is_dropped(one: Indicator) -> bool:
    dropped_there = one.target.kind is Kind.MILESTONE and _DROPPED_CELL.match(plain(one.target.text))
    return bool(dropped_there or _DROPPED_GROUP.search(plain(one.group or "")))


def _stands_in(source: Source, taken: Sequence[Source]) -> bool:
    return any(one.first <= source.last and source.first <= one.last for one in taken)


def _dropped(chunk: Chunk) -> Iterator[Removal]:
    """What one clause drops: "Bãi bỏ các chỉ tiêu số 2 và số 3", "Bỏ chỉ tiêu “...”"."""
    found = _DROPS.match(plain(chunk.repaired))
    if found is None:
        return
    numbers = _numbers(found["rest"])
    quoted = [one or other for one, other in _QUOTED.findall(chunk.repaired)]
    if numbers:
        name = quoted[0] if len(numbers) == len(quoted) == 1 else None
        yield from (Removal(number, name, chunk.source) for number in numbers)
    elif quoted:
        yield from (Removal(None, name, chunk.source) for name in quoted)
    else:
        name = re.split(r"chỉ tiêu:?\s*", chunk.repaired, maxsplit=1, flags=re.IGNORECASE)[-1].strip(" .;:")
        yield Removal(None, name, chunk.source)


def _numbers(bare: str) -> list[str]:
    found = _NUMBERS.match(bare)
    if found is None:
        return []
    numbers = re.findall(r"\d+", found[1])
    if re.search(r"\bden\b", found[1]) and len(numbers) == 2:
        return [str(n) for n in range(int(numbers[0]), int(numbers[1]) + 1)]
    return numbers


def _set(chunk: Chunk, article: str) -> Iterator[Indicator]:
    """What one clause sets: "Sửa đổi chỉ tiêu số 4: Tỷ lệ phủ sóng 5G đạt 65 %"."""
    found = _SETS.match(plain(chunk.repaired))
    if found is None:
        return
    numbers = _numbers(found["rest"])
    text = re.split(r"chỉ tiêu\b", chunk.repaired, maxsplit=1, flags=re.IGNORECASE)[-1]
    if numbers:
        text = re.split(r"\d{1,3}\b", text, maxsplit=1)[-1]
    text = _FROM.sub(" đạt ", text).strip(' .;:(“"”').replace("”", "").replace("“", "")
    for name, target, checks in stated_targets(text)[:1]:
        name = re.sub(r"[\s,:]*(?:đạt|là)?[\s,:]*$", "", name)
        item = _ITEM.match(plain(chunk.repaired))
        where = ", ".join(filter(None, (article, f"khoản {item[1]}" if item else "")))
        yield Indicator(
            name=name[:1].upper() + name[1:],
            target=target,
            where=where,
            source=chunk.source,
            no=numbers[0] if len(numbers) == 1 else None,
            checks=tuple(checks),
        )


def is_clause(where: str) -> bool:
    """Whether a place is a clause of the text rather than a row of an appendix."""
    return not plain(where).startswith("phu luc")


def in_place_of(one: Indicator, before: Indicator) -> Indicator:
    """``one`` of an amendment in the place of ``before``: what the amendment does not say stays."""
    return replace(
        one,
        group=before.group or one.group,
        lead=one.lead or before.lead,
        coop=one.coop or (before.coop if not one.lead else ()),
        due=one.due or before.due,
    )
