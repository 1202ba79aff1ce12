"""Print that no word covers: single numbers and short cells that Tesseract's layout analysis dropped, found by their
ink and read one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image

from knowledge.readers import ocr
from knowledge.readers.cut import AIR, FIRST_LOOK, Edges, cut_out
from knowledge.readers.ink import Ink
from knowledge.readers.ocr import ReadWord

SHRUNK = 4  # points of the page that one point of the reduced one stands for
MIN_DARK = 2  # of its points; one is a speck
BETWEEN_LETTERS = 4  # reduced points: a word's blanks, and less than what parts two columns
WORD_AIR = 6  # points round a word that belong to it: Tesseract leaves marks above letters out
HALF_LETTER = 12  # points; a blank between words is wider
MIN_HEIGHT, MAX_HEIGHT = 14, 260  # points: a small letter of eight points' print; six lines
MIN_WIDTH, MIN_INK = 5, 60  # points; a "1" is ten wide and has three hundred
SQUARE = 24  # points: about the height of a line's small letters
MAX_PIECES = 120  # a page of small cells that was dropped whole; more is a picture


def read_unread(level: Image.Image, ink: Ink, words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words that stand where ``ink`` shows print and ``words`` has none; their lines are numbered after those of
    ``words``.
    """
    boxes = unread_pieces(ink, words)
    cuts = [cut_out(level, box, FIRST_LOOK) for box in boxes]
    found = [cuts[word.picture].on_page(word) for word in ocr.read_pictures([one.picture for one in cuts], ocr.BLOCK)]
    first = max((word.line[0] for word in words), default=0) + 1
    return [
        ReadWord(0, (first + word.picture, *word.line[1:]), word.left, word.top, word.right, word.bottom, word.sure,
                 word.text)
        for word in found
    ]  # fmt: skip


def unread_pieces(ink: Ink, words: Iterable[ReadWord]) -> list[Edges]:
    """Where print stands that no word covers, from top to bottom; none where there is more than a page of text has."""
    words = list(words)
    rest = ink.copy()
    for word in words:
        rest[
            max(0, word.top - WORD_AIR) : word.bottom + WORD_AIR, max(0, word.left - WORD_AIR) : word.right + WORD_AIR
        ] = False
    height, width = (edge // SHRUNK * SHRUNK for edge in rest.shape)
    dark = rest[:height, :width].reshape(height // SHRUNK, SHRUNK, -1, SHRUNK).sum(axis=(1, 3)) >= MIN_DARK
    pieces = []
    for left, top, right, bottom in _joined(dark):
        edges = left * SHRUNK, top * SHRUNK, right * SHRUNK, bottom * SHRUNK
        high, wide = edges[3] - edges[1], edges[2] - edges[0]
        if not MIN_HEIGHT <= high <= MAX_HEIGHT or wide < MIN_WIDTH:
            continue
        if any(_is_rest_of(word, edges) for word in words):
            continue
        if int(rest[edges[1] : edges[3], edges[0] : edges[2]].sum()) < MIN_INK:
            continue
        pieces.append((max(0, edges[0] - AIR), max(0, edges[1] - AIR), edges[2] + AIR, edges[3] + AIR))
    return sorted(pieces, key=lambda piece: piece[1]) if len(pieces) <= MAX_PIECES else []


def _is_rest_of(word: ReadWord, edges: Edges) -> bool:
    """Whether a piece is the other half of a letter that the box of ``word`` cuts."""
    left, top, right, bottom = edges
    beside = min(bottom, word.bottom) - max(top, word.top) >= 0.5 * (bottom - top)
    return beside and left - word.right <= HALF_LETTER and word.left - right <= HALF_LETTER


def _joined(dark: Ink) -> list[tuple[int, int, int, int]]:
    """The boxes (left, top, right, bottom, ends excluded) of dark points that touch, letters of one word together."""
    edges = np.diff(np.pad(dark.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    boxes: list[list[int]] = []
    parent: list[int] = []

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    above: list[tuple[int, int, int]] = []  # runs of the row before: from, to, index of their box
    current: list[tuple[int, int, int]] = []
    last_row = -1
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if row != last_row:
            above, current, last_row = (current if row == last_row + 1 else []), [], row
        if current and start - current[-1][1] <= BETWEEN_LETTERS:
            index = current[-1][2]
            current[-1] = (current[-1][0], end, index)
        else:
            index = len(boxes)
            boxes.append([start, row, end, row + 1])
            parent.append(index)
            current.append((start, end, index))
        met = [other for left, right, other in above if left <= end and start <= right]
        for other in (index, *met):
            one, two = root(index), root(other)
            if one != two:
                parent[two] = one
                boxes[one] = _around(boxes[one], boxes[two])
        one = root(index)
        boxes[one] = _around(boxes[one], [start, row, end, row + 1])
    return [(box[0], box[1], box[2], box[3]) for index, box in enumerate(boxes) if parent[index] == index]


def _around(one: list[int], two: list[int]) -> list[int]:
    return [min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])]


def unread_share(ink: Ink, words: Iterable[ReadWord]) -> float:
    """Share of the inked squares of the page that no word covers."""
    height, width = ink.shape[0] // SQUARE, ink.shape[1] // SQUARE
    squares = ink[: height * SQUARE, : width * SQUARE].reshape(height, SQUARE, width, SQUARE)
    inked = squares[:, ::3, :, ::3].sum(axis=(1, 3)) >= 5  # every ninth point is enough to see print
    total = int(inked.sum())
    for word in words:
        rows = slice(word.top // SQUARE, word.bottom // SQUARE + 1)
        inked[rows, word.left // SQUARE : word.right // SQUARE + 1] = False
    return int(inked.sum()) / total if total else 0.0
