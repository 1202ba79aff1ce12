"""The parts of a plan: headings with their numbers, blocks of lines below them, and the closing with the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.manuscript import TextLine
from knowledge.plain import plain

# How deep a heading stands; a deeper number ("2.1.") adds one.
PART, APPENDIX, ROMAN, NUMBER, LETTER = 0, 0, 1, 2, 5


class BlockKind(StrEnum):
    """What a run of lines is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading. ``label`` is its number as it should read ("II", "2.1", "a", "Phần I", "Phụ lục 1")."""

    level: int
    label: str
    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together, below its headings (outermost first)."""

    kind: BlockKind
    lines: tuple[TextLine, ...]
    path: tuple[Heading, ...]

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number

    @property
    def text(self) -> str:
        """The block as understood, on one line."""
        return " ".join(line.text for line in self.lines if line.text)

    @property
    def raw(self) -> str:
        """The block as printed, on one line."""
        return " ".join(line.raw for line in self.lines if line.raw)

    @property
    def plain(self) -> str:
        """The block for patterns, on one line."""
        return " ".join(line.plain for line in self.lines if line.plain)


@dataclass(slots=True)
class Outline:
    """The blocks of a document; ``recipients`` is the first line of the closing ("Nơi nhận"), None where there is
    none."""

    blocks: list[Block] = field(default_factory=list)
    recipients: int | None = None
    _closing: tuple[int, int] | None = None

    @property
    def closing(self) -> tuple[int, int] | None:
        """First and last line of recipients and signature; what follows (appendices, an attached plan) is not in it."""
        if self.recipients is None:
            return None
        if self._closing is None:
            after = [
                block for block in self.blocks if block.first > self.recipients and block.kind is BlockKind.HEADING
            ]
            last = after[0].first - 1 if after else self.blocks[-1].last
            self._closing = (self.recipients, last)
        return self._closing

    def closes(self, block: Block) -> bool:
        """Whether ``block`` belongs to the recipients and the signature."""
        closing = self.closing
        return closing is not None and closing[0] <= block.first <= closing[1]


def place(path: tuple[Heading, ...]) -> str:
    """The place in the form people cite: "II.2.1", "Phần I.3", "I.2.a", "Phụ lục 1"."""
    parts: list[str] = []
    inside = any(heading.level == ROMAN for heading in path)
    for heading in path:
        if heading.label.startswith("Phụ lục"):
            return heading.label
        if heading.level == PART and inside:
            continue
        if parts and heading.label.startswith(parts[-1] + "."):
            parts[-1] = heading.label
        else:
            parts.append(heading.label)
    return ".".join(parts)


_PAST = re.compile(r"danh gia ket qua|ket qua thuc hien|tinh hinh thuc hien|ket qua dat duoc")


def tells_of_the_past(block: Block) -> bool:
    """Whether ``block`` stands under a heading that tells what was done: nothing there sets a task or a duty."""
    return any(_PAST.search(plain(heading.title)) for heading in block.path if heading.level <= ROMAN)
