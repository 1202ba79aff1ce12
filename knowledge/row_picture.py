"""A row of a plan as a small picture, cut from the page it is printed on: ``python -m knowledge.row_picture``.

In: the pickled ``(content, page, boxes)``. Out, one frame as ``knowledge.reading_process`` writes it: ``("pictures",
JPEG, ...)`` in the order of the boxes, or ``("failed", error class)``. A process of its own with a limit of memory:
drawing a hostile page can crash the library that does it, or take all memory.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import numpy as np
from PIL import Image

from knowledge.readers import picture
from knowledge.readers.ink import ink_of
from knowledge.readers.page_worker import MEMORY, PagedFile, PictureFile
from knowledge.readers.paged import PDF_MARK, PICTURE_MARKS, is_paged
from knowledge.readers.photo import lay_flat
from knowledge.readers.turning import turned
from knowledge.readers.turns import TURNS
from knowledge.source import Box

# Points; a phone's screen is about as wide, and a table across A4 is still readable.
WIDTH: Final = 1000
# Bytes; a village's mobile line carries this in a second or two.
LARGEST: Final = 200_000
_QUALITIES: Final = (85, 70, 55, 40)
# Of the width: a messenger shows a flatter strip as a line, and shrinks a taller one until nobody can read it.
_FLATTEST: Final = 0.25
_TALLEST: Final = 1.4
# Paper around the row, of the page's width: the ruling stays in the picture, and a box a little off cuts no letter.
_MARGIN: Final = 0.012
# How much of its print the neighbourhood of the row keeps: there to see where the row stands, not to be read for it.
_FADED: Final = 0.35


def is_pictured(content: bytes) -> bool:
    """Whether the file has pages that can be drawn: a PDF or a picture, not a text or Word file."""
    return is_paged(content)


def row_pictures(content: bytes, page: int, boxes: Sequence[Box]) -> list[bytes]:
    """The rows in ``boxes`` (shares of the levelled page, as the readers give them) of ``page`` (1-based), as JPEG; a
    row that lies on its side is turned.

    Each is at most ``WIDTH`` points wide and, as far as compression reaches, ``LARGEST`` bytes. About a second a page.
    Raises UnreadableFile where the page cannot be drawn.
    """
    with tempfile.TemporaryDirectory(prefix="dondoc-row-") as folder:
        file = Path(folder) / "document"
        file.write_bytes(content)
        # As the reader sees the page: out of the photo's surroundings, at one size.
        flat = picture.fit(lay_flat(picture.grey(_open(file, content).picture(page - 1))))
    level = {turn: picture.straighten(_turned(flat, turn)) for turn in dict.fromkeys(box.turn for box in boxes)}
    return [_compressed(_cut(level[box.turn], turned(box))) for box in boxes]


def _turned(flat: Image.Image, turn: int) -> Image.Image:
    transpose = TURNS.get(turn)
    return flat if transpose is None else flat.transpose(transpose)


def _open(file: Path, content: bytes) -> PagedFile:
    if PDF_MARK in content[:1024] and not content.startswith(PICTURE_MARKS):
        from knowledge.readers.pdf import PdfFile

        return PdfFile(file)
    return PictureFile(file)


def _cut(level: Image.Image, box: Box) -> Image.Image:
    """The row with some of its neighbourhood, which is faded."""
    width, height = level.size
    margin = round(_MARGIN * width)
    top = max(0, min(height - 1, round(box.top * height) - margin // 2))
    bottom = max(top + 1, min(height, round(box.bottom * height) + margin // 2))
    left, right = _across(level, top, bottom, box)
    left, right = max(0, left - margin), min(width, right + margin)
    bottom = min(bottom, top + round(_TALLEST * (right - left)))
    air = max(margin, (round(_FLATTEST * (right - left)) - (bottom - top)) // 2)
    above, below = max(0, top - air), min(height, bottom + air)
    points = np.asarray(level.crop((left, above, right, below)), dtype=np.float32)
    faded = 255 - (255 - points) * np.float32(_FADED)
    faded[top - above : bottom - above] = points[top - above : bottom - above]
    row = Image.fromarray(faded.astype(np.uint8))
    if row.width <= WIDTH:
        return row
    return row.resize((WIDTH, max(1, round(row.height * WIDTH / row.width))), Image.Resampling.LANCZOS)


def _across(level: Image.Image, top: int, bottom: int, box: Box) -> tuple[int, int]:
    """From where to where the row reaches: its box, and whatever is printed beside it. A figure that was not read has
    no place in the box, and is what the picture is for."""
    width = level.width
    left = max(0, min(width - 1, round(box.left * width)))
    right = max(left + 1, min(width, round(box.right * width)))
    printed = np.nonzero(ink_of(np.asarray(level))[top:bottom].any(axis=0))[0]
    if not len(printed):
        return left, right
    return min(left, int(printed[0])), max(right, int(printed[-1]))


def _compressed(row: Image.Image) -> bytes:
    packed = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        row.save(buffer, "JPEG", quality=quality, optimize=True)
        packed = buffer.getvalue()
        if len(packed) <= LARGEST:
            break
    return packed


def main(orders: IO[bytes], channel: IO[bytes]) -> None:
    """Cut what is asked for, and say how it went."""
    import pickle

    from knowledge.reading_process import write_frame

    content, page, boxes = pickle.load(orders)  # noqa: S301 - written by our own parent
    try:
        write_frame(channel, "pictures", *row_pictures(content, page, boxes))
    except Exception as error:  # noqa: BLE001 - libraries raise anything on a broken page; the parent does without
        write_frame(channel, "failed", type(error).__name__)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    # Libraries print to standard output now and then; the frame goes through a copy of it that only we hold.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, out)
