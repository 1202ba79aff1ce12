"""The lines of a document as understanding sees them: as printed, as mended, and plain for patterns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.mending import MendedWord, mend_lines
from knowledge.page_text import Line, Origin, Reading
from knowledge.plain import plain
from knowledge.source import Box, Source


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line: as printed, as understood, plain for patterns."""

    raw: str
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: ``raw`` as printed, ``text`` mended (equal to ``raw`` where nothing is damaged), ``plain`` for
    patterns.

    ``words`` holds the same words, printed beside understood; ``doubt`` is the reader's, where it was unsure of them.
    """

    number: int
    raw: str
    text: str
    plain: str
    page: int | None
    box: Box | None
    words: tuple[Word, ...]
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole document. Line numbers are 1-based and need not be dense; ``at`` finds a line by its number.

    ``typed`` says that somebody typed every letter of it (Word): no scan can have misread one.
    """

    lines: tuple[TextLine, ...]
    damaged: bool
    _position: dict[int, int]
    typed: bool = False

    @classmethod
    def of(cls, reading: Reading) -> Manuscript:
        """The manuscript of what a reader handed over."""
        printed = [line.text.strip() for line in reading.lines]
        if reading.damaged:
            mended = mend_lines(printed)
        else:
            mended = [[MendedWord(word, word) for word in text.split()] for text in printed]
        lines = tuple(_line(line, raw, words) for line, raw, words in zip(reading.lines, printed, mended, strict=True))
        typed = reading.origin is Origin.DOCX
        return cls(lines, reading.damaged, {line.number: index for index, line in enumerate(lines)}, typed)

    def between(self, first: int, last: int) -> tuple[TextLine, ...]:
        """The lines numbered ``first`` to ``last``, both included."""
        return self.lines[self._position[first] : self._position[last] + 1]

    def source(self, first: int, last: int) -> Source:
        """The place from line ``first`` to line ``last``, quoted as printed; blank lines are left out of the quote."""
        lines = self.between(first, last)
        return Source(
            first,
            last,
            "\n".join(line.raw for line in lines if line.raw),
            page=lines[0].page,
            box=around(line.box for line in lines if line.page == lines[0].page),
        )


def _line(line: Line, raw: str, mended: list[MendedWord]) -> TextLine:
    words = tuple(Word(word.raw, word.text, plain(word.text)) for word in mended)
    text = " ".join(word.text for word in words)
    return TextLine(
        line.number, raw, text, " ".join(word.plain for word in words), line.page, line.box, words, line.doubt
    )


def around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around the known ones; None where none is known."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    return Box(
        min(box.left for box in known),
        min(box.top for box in known),
        max(box.right for box in known),
        max(box.bottom for box in known),
        known[0].turn,
    )
