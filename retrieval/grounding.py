"""The gate for figures: nothing is said that no cited place, and not the question itself, holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from retrieval.answer import Citation

_NUMBER: Final = re.compile(r"\d[\d.,]*")


def numbers(text: str) -> set[str]:
    """Every figure of ``text`` as printed: "98,26", "03", "1.707"."""
    return {match.strip(".,") for match in _NUMBER.findall(text)}


def supported(citations: Iterable[Citation], question: str) -> set[str]:
    """The figures that an answer with these citations may use.

    Those of the quotes, as printed and as understood, of the documents' numbers and places, and those the asker typed.
    """
    known = numbers(question)
    for citation in citations:
        known |= numbers(f"{citation.quote} {citation.repaired or ''} {citation.document or ''}")
        known |= numbers(f"{citation.page or ''} {citation.lines[0]} {citation.lines[1]}")
    return known


def grounded(text: str, citations: Sequence[Citation], question: str) -> bool:
    """Whether every figure of ``text`` is supported."""
    return numbers(text) <= supported(citations, question)
