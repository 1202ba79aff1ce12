"""Doubtful targets weighed against other places: the same indicator in this document, in plans already read, in the
catalogue.

Evidence may choose between readings of a damaged figure and may raise or lower a confidence. It never silences a
doubt: a target that was read from a damaged figure stays to be confirmed by a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.catalogue import entries
from knowledge.plain import plain_words
from knowledge.plan import Indicator, Kind, Plan, Repair
from knowledge.targets import percent_target
from knowledge.value_cells import candidates

SAME = 92.0  # of 100: how alike two names must be to state the same indicator
_EMPTY_WORDS = frozenset(
    [
        "ty",
        "ti",
        "le",
        "cac",
        "cua",
        "va",
        "duoc",
        "tren",
        "dia",
        "ban",
        "xa",
        "phuong",
        "tinh",
        "cap",
        "co",
        "trong",
        "theo",
        "thuc",
        "hien",
        "dat",
        "tai",
        "cho",
        "la",
        "ve",
        "den",
        "het",
        "nam",
        "tong",
        "phai",
    ]
)


_DIFFERENCE = re.compile(r"\b(?:tăng|giảm|cắt giảm)\b.*\bso với\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StandardIndicator:
    """An indicator that many plans set: wordings that its name holds, unit of measure, plausible range."""

    name: str
    wordings: tuple[re.Pattern[str], ...]
    unit: str
    low: Decimal
    high: Decimal


@lru_cache(maxsize=1)
def standard_indicators() -> tuple[StandardIndicator, ...]:
    """The catalogue of standard indicators."""
    found = []
    for row in entries("indicators.tsv"):
        wordings = tuple(_wording(wording) for wording in row[1].split(";"))
        found.append(StandardIndicator(row[0], wordings, row[2], Decimal(row[3]), Decimal(row[4])))
    return tuple(found)


def _wording(wording: str) -> re.Pattern[str]:
    """Words that must follow each other; "*" stands for any words between."""
    parts = [" ".join(plain_words(part)) for part in wording.split("*")]
    return re.compile(r"\b" + r"\b.*\b".join(re.escape(part) for part in parts) + r"\b")


def standard(name: str) -> StandardIndicator | None:
    """The catalogue's indicator that ``name`` is one of; the one with the longest wording where several fit."""
    bare = " ".join(plain_words(name))
    fitting = [
        (len(wording.pattern), order)
        for order, one in enumerate(standard_indicators())
        for wording in one.wordings
        if wording.search(bare)
    ]
    return standard_indicators()[max(fitting)[1]] if fitting else None


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The words of a name that tell it from others, in order."""
    return " ".join(word for word in plain_words(name) if word not in _EMPTY_WORDS)


def alike(one: str, other: str) -> float:
    """How much two names state the same indicator, 0 to 100; figures in the names must be the same."""
    first, second = key(one), key(other)
    if not first or not second or re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return 0.0
    words, others = set(first.split()), set(second.split())
    shorter, longer = sorted((len(first), len(second)))
    if (words <= others or others <= words) and shorter >= 0.6 * longer and shorter >= 8:
        return 95.0
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second) - 3)


def weigh(indicators: Sequence[Indicator], siblings: Sequence[Plan]) -> list[Indicator]:
    """``indicators`` with damaged figures decided by evidence, and rates outside the plausible range marked."""
    return [_weighed(one, index, indicators, siblings) for index, one in enumerate(indicators)]


def _weighed(one: Indicator, index: int, indicators: Sequence[Indicator], siblings: Sequence[Plan]) -> Indicator:
    repair = next((repair for repair in one.repairs if repair.field == "target" and "≥" not in repair.reason), None)
    if repair is not None:
        return _decided(one, repair, index, indicators, siblings)
    if _DIFFERENCE.search(one.name):
        return one  # how much more than before, not how much
    if one.target.kind is Kind.PERCENT and not one.repairs and one.target.value is not None and not one.checks:
        known = standard(one.name)
        if (
            known is not None
            and known.unit == "%"
            and one.target.unit == "%"
            and not known.low <= one.target.value <= known.high
        ):
            text = f"{one.target.text.replace('%', ' %')}"
            reason = (
                f"Chỉ tiêu {text} khác thường so với các kế hoạch cùng loại ({known.low}-{known.high} %); đề "
                f"nghị xem lại bản gốc."
            )
            return replace(one, checks=(*one.checks, reason))
    return one


def _decided(
    one: Indicator, repair: Repair, index: int, indicators: Sequence[Indicator], siblings: Sequence[Plan]
) -> Indicator:
    read = candidates(repair.original)
    if not read or one.target.operator is None:
        return one
    chosen, why, confidence = read[0], "", repair.confidence
    elsewhere = _values_elsewhere(one, index, indicators)
    others = _values_in(one, siblings)
    known = standard(one.name)
    agreeing = [value for value in read if value in elsewhere]
    agreeing_others = [value for value in read if value in others]
    if agreeing:
        chosen, why, confidence = agreeing[0], "trùng với chỉ tiêu này ở chỗ khác trong kế hoạch", 0.97
    elif agreeing_others:
        chosen, why, confidence = agreeing_others[0], f"trùng với {others[agreeing_others[0]]}", 0.93
    elif known is not None and known.unit == "%":
        possible = [value for value in read if known.low <= value <= known.high]
        if possible:
            chosen, confidence = possible[0], max(confidence, 0.85 if len(possible) == 1 else confidence)
    target = percent_target(one.target.operator, chosen)
    checks = []
    for check in one.checks:
        if "hiểu là" in check and repair.original in check and "Cơ quan" not in check:
            check = _restated(repair, target.text, read, chosen, why)
        checks.append(check)
    reason = repair.reason if not why else f"{repair.reason[:-1]}; {why}."
    repairs = tuple(
        replace(other, understood=target.text, reason=reason, confidence=round(confidence, 2))
        if other is repair
        else other
        for other in one.repairs
    )
    return replace(one, target=target, checks=tuple(checks), repairs=repairs)


def _restated(repair: Repair, text: str, read: Sequence[Decimal], chosen: Decimal, why: str) -> str:
    cause = "một tỷ lệ không thể vượt 100 %" if "vượt 100" in repair.reason else "thiếu dấu %"
    said = f"Bản quét in “{repair.original}”; {cause}; hiểu là {text.replace('%', ' %')}"
    others = [f"{written_plain(value)} %" for value in read if value != chosen]
    if why:
        return f"{said} ({why})."
    return f"{said} (cũng có thể là {', '.join(others)})." if others else f"{said}."


def written_plain(value: Decimal) -> str:
    """A number the Vietnamese way: 18,7."""
    return format(value.normalize(), "f").replace(".", ",")


def _values_elsewhere(one: Indicator, index: int, indicators: Sequence[Indicator]) -> set[Decimal]:
    return {
        other.target.value
        for at, other in enumerate(indicators)
        if at != index and other.target.value is not None and not other.repairs and alike(one.name, other.name) >= SAME
    }


def _values_in(one: Indicator, siblings: Sequence[Plan]) -> dict[Decimal, str]:
    """Undamaged values of the same indicator in plans already read, each with the plan that sets it."""
    found: dict[Decimal, str] = {}
    for plan in siblings:
        for other in plan.indicators:
            if other.target.value is None or other.repairs or other.target.unit != "%":
                continue
            if alike(one.name, other.name) >= SAME:
                found.setdefault(
                    other.target.value, f"kế hoạch {plan.document.number or plan.document.issuer or 'khác'}"
                )
    return found
