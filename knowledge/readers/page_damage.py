"""Pages that are damaged inside a PDF whose other pages are whole.

Neither library that opens PDFs complains of them: a packed text ends where its damage begins, a picture comes out white
or grey. What is lost must be said, since a row that is missing looks like a row that never was.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
from PIL import Image

MIN_PACKED = 4_000  # bytes; an empty page packs into less, as black and white or as JPEG; a page of print into more
MIN_LOST = 0.04  # of a picture's height, in rows of one and the same grey: what a decoder puts for what it cannot read
FILLER = range(100, 156)  # that grey


def has_broken_content(page: Any) -> bool:
    """Whether the packed operators of a page of pdfplumber break off; to be asked before its words are."""
    from pdfminer.pdftypes import PDFStream, resolve1

    try:
        streams = [resolve1(stream) for stream in page.page_obj.contents]
    except Exception:  # noqa: BLE001 - pdfminer raises anything on a broken object
        return True
    return any(not isinstance(stream, PDFStream) or _breaks_off(stream) for stream in streams)


def _breaks_off(stream: Any) -> bool:
    if [str(name) for name, _ in stream.get_filters()] != ["/'FlateDecode'"]:
        return False
    packed = stream.get_rawdata()
    if packed is None:  # unpacked already: the library keeps no packed bytes then
        return False
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(packed)
    except zlib.error:
        return True
    return not unpacking.eof


def is_lost_picture(picture: Any, *, blank: bool) -> bool:
    """Whether a picture object of pdfium is not what it was; ``blank`` says that its page came out empty."""
    packed = bytes(picture.get_data())
    if blank and len(packed) >= MIN_PACKED:
        return True
    if picture.get_filters() != ["DCTDecode"]:
        return False
    try:
        shown = Image.open(io.BytesIO(packed), formats=("JPEG",))
        shown.draft("L", (shown.width // 4, shown.height // 4))
        grey = np.asarray(shown.convert("L"))
    except (OSError, ValueError, SyntaxError):
        return True
    filler = (grey.max(axis=1) == grey.min(axis=1)) & np.isin(grey[:, 0], FILLER)
    return bool(filler.mean() >= MIN_LOST)
