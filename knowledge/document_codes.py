"""Document numbers (số, ký hiệu): "20/KH-UBND", "57-NQ/TW", "42/2022/NĐ-CP"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What the letters of a number should be where a scan lost the stroke of Đ.
_STROKES = (
    (re.compile(r"^Q[DPBĐ](?=[-/])"), "QĐ"),
    (re.compile(r"^Qb(?=[-/])"), "QĐ"),
    (re.compile(r"^N[DĐ](?=-CP)"), "NĐ"),
    (re.compile(r"H[DBPĐ]ND"), "HĐND"),
    (re.compile(r"BC[DBPĐ](?=TW|$)"), "BCĐ"),
    (re.compile(r"(?<=[-/])[DBP][UƯ]$"), "ĐU"),
    (re.compile(r"C[DPB]SQG"), "CĐSQG"),
    (re.compile(r"_"), "-"),
    (re.compile(r"-{2,}"), "-"),
)
_LETTERS = r"[A-ZĐƯ][A-Za-zĐđƯ&]*(?:\s?[-_/]\s?-?\s?[A-ZĐƯ][A-Za-zĐđƯ&]*)*"
CODE = re.compile(rf"(?<![\w/])(\d{{1,5}})\s?((?:/\d{{4}})?)\s?([/-])\s?({_LETTERS})(?![\w])")
_KNOWN = re.compile(r"^(?:QĐ|NQ|KH|CT|NĐ|TB|BC|TT|CV|UBND|KL|CTr|TTr|HD|QC|ĐA|Đ|BKH|SKH|TTg|HĐND|QH|VP|STT|BNN|TU|SNN)")


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """A document number at ``start`` to ``end`` of a text, spelled as it should be."""

    start: int
    end: int
    number: str


def spell(letters: str) -> str:
    """The letters of a number with their strokes: "QD-UBND" becomes "QĐ-UBND"."""
    letters = re.sub(r"\s+", "", letters)
    for pattern, right in _STROKES:
        letters = pattern.sub(right, letters)
    return letters


def find_codes(text: str) -> list[DocumentCode]:
    """All document numbers of ``text``, in order."""
    found = []
    for match in CODE.finditer(text):
        letters = spell(match.group(4)).rstrip("-/_")
        if _KNOWN.match(letters) and ("-" in letters or "/" in letters or match.group(2) or len(letters) > 3):
            number = f"{match.group(1)}{match.group(2)}{match.group(3)}{letters}"
            found.append(DocumentCode(match.start(), match.end(), number))
    return found
