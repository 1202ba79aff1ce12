"""Where in a document something stands: lines, page and box, as it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as shares (0 to 1) of the page's width and height, origin at the top left.

    ``turn`` is by how many degrees, clockwise, the page must be turned for the words in it to stand upright.
    """

    left: float
    top: float
    right: float
    bottom: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that amends the plan: how it is cited, and the file that it was read from."""

    number: str | None
    date: date | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document.

    ``first`` and ``last`` are 1-based lines of the text the document was read as (for a text file: lines of that file);
    ``page`` is 1-based, None where the input has no pages; ``quote`` holds the words as printed, damage included.
    ``origin`` is the amending document that the place is in, None for the plan's own.
    """

    first: int
    last: int
    quote: str
    page: int | None = None
    box: Box | None = None
    origin: Origin | None = None
