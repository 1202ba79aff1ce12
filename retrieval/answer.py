"""What an asker gets: a short Vietnamese answer, its kind, and the places that say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class AnswerKind(StrEnum):
    """What the answer rests on. NONE: the plans do not say, and the text says that they do not."""

    INDICATOR = "indicator"
    TASK = "task"
    REPORTING = "reporting"
    PASSAGE = "passage"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that supports an answer. ``repaired`` is None where nothing in the quote was repaired."""

    document: str | None
    file_name: str
    page: int | None
    lines: tuple[int, int]
    quote: str
    repaired: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of the command line's contract."""
        return {
            "document": self.document,
            "source": self.file_name,
            "page": self.page,
            "lines": list(self.lines),
            "quote": self.quote,
            "repaired": self.repaired,
        }


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of an ambiguous question: the words for the button, and the question to ask instead."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is complete in itself (figure first, place second). ``options`` is filled where the question fits
    several indicators and the asker should choose; ``verbatim`` is the passage for "Xem nguyên văn"."""

    text: str
    kind: AnswerKind
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
    verbatim: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of the command line's contract, without the caller's ``id``, ``question`` and ``seconds``."""
        return {"answer": self.text, "kind": self.kind.value, "citations": [c.as_json() for c in self.citations]}
