"""The gate for a language model's words: it may say an answer more smoothly, and nothing else.

Figures with what they count, dates, numbers of documents, names and negations must be those of the extractive answer.
A number in words cannot be compared, so none is let through; what was asked is no source, and neither is the rest of
the cited text, in which a sentence may have been planted.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from retrieval.grounding import numbers
from retrieval.values import plain

_DATE: Final = re.compile(r"(?<!\d)(\d{1,2})\s*(?:/|-|\bthang\b)\s*(\d{1,2})(?:\s*(?:/|-|\bnam\b)\s*(\d{4}))?(?![\d/])")
_CODE: Final = re.compile(r"\d+(?:/\d{4})?\s*[/-]\s*[A-ZĐ]{2,}(?:\s?[-/]\s?[A-ZĐ&]+)*")
_WITH_UNIT: Final = re.compile(
    r"(\d[\d.,]*)\s*(phan tram|nguoi|ho so|ho|dong|trieu|ty|nghin|ngay|tuan|thang|nam|quy|gio|tieng|phut|lan|lop|to"
    r"|bo|may|tram|xa|phuong|thon|diem|chi tieu|thu tuc|dich vu|tai khoan|mbit|gb|km|ha)\b"
)
_WORD: Final = r"(?:mot|hai|ba|bon|sau|bay|tam|chin|muoi|tram|nghin|trieu)"
_IN_WORDS: Final = re.compile(
    rf"\b(?<!phan ){_WORD}(?: (?:{_WORD}|nam|lam|linh|le|ruoi))+\b"
    rf"|\b(?<!phan )(?:{_WORD}|nam) (?:phan tram|phan nghin|nguoi|ho so|dong|lan|lop|diem)\b"
)
_NEGATION: Final = re.compile(r"\b(?:khong|chua|chang|cham dut|huy bo)\b")
# A word within a sentence; one with a capital there is a name.
_INNER: Final = re.compile(r"(?<=[\w,;)/%-]) ([^\W\d_]\w*)")


def faithful(text: str, answer: str) -> bool:
    """Whether ``text`` says no more and nothing else than ``answer``, the words taken from the plan."""
    text, answer = (unicodedata.normalize("NFC", part) for part in (text, answer))
    said, known = plain(text), plain(answer)
    body = answer.split("\nNguồn:", 1)[0].split("\n", 1)[0]
    return (
        numbers(text) <= numbers(answer)
        and numbers(body) <= numbers(text)
        and _pairs(said) <= _pairs(known)
        and _dates(said) <= _dates(known)
        and _codes(text) <= _codes(answer)
        and set(_IN_WORDS.findall(said)) <= set(_IN_WORDS.findall(known))
        and set(_NEGATION.findall(said)) == set(_NEGATION.findall(known))
        and {plain(word) for word in _INNER.findall(text) if word[0].isupper()} <= set(re.findall(r"\w+", known))
    )


def _pairs(bare: str) -> set[tuple[str, str]]:
    """Every figure with what it counts; "%" and "phần trăm" are one."""
    return {(number.strip(".,"), unit.replace("phan tram", "%")) for number, unit in _units(bare)}


def _units(bare: str) -> list[tuple[str, str]]:
    spaced = re.sub(r"%", " phan tram ", bare)
    return _WITH_UNIT.findall(spaced)


def _dates(bare: str) -> set[tuple[int, ...]]:
    return {tuple(int(part) for part in match if part) for match in _DATE.findall(bare)}


def _codes(text: str) -> set[str]:
    return {re.sub(r"\s", "", match).casefold() for match in _CODE.findall(text)}
