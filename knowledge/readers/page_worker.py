"""A process that reads pages for its parent: ``python -m knowledge.readers.page_worker FILE``.

It speaks JSON, one object a line: ``{"do": "survey"}``, ``{"do": "text", "page": 3}`` or ``{"do": "scan",
"page": 3}`` in; ``{"done": ...}`` or ``{"refused": error class, "sentence": ...}`` out. A process of its
own, since libraries that take files apart can crash, hang or swallow memory on a hostile one: the parent
then loses this process and nothing else. It writes no file, so that none can be left behind.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from knowledge.errors import NotADocument, UnreadableFile
from knowledge.page_text import Loss
from knowledge.readers import limits, ocr, sheet

MEMORY = 1_400_000_000  # bytes of address space; a page at 300 dpi takes 250 MB of it, libraries included

_BROKEN_PICTURE = "Tệp ảnh bị hỏng, không mở được; anh/chị chụp hoặc quét lại rồi gửi lại giúp."


class PagedFile(Protocol):
    """A file of pages."""

    def __len__(self) -> int: ...

    def picture(self, index: int) -> Image.Image:
        """Page ``index`` (from 0) as a picture."""
        ...

    def is_damaged(self, index: int, *, blank: bool) -> bool:
        """Whether something of the page is lost in the file; ``blank`` says that nothing was found on it."""
        ...


class PictureFile:
    """A picture file; a TIFF may hold many pages. Raises NotADocument or FileTooLarge."""

    def __init__(self, path: Path) -> None:
        Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, with a sentence for people
        try:
            self._picture = Image.open(path, formats=("JPEG", "PNG", "TIFF", "WEBP", "BMP"))
            self._pages = getattr(self._picture, "n_frames", 1)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise NotADocument(_BROKEN_PICTURE) from error
        limits.check_pages(self._pages, scanned=True)

    def __len__(self) -> int:
        return self._pages

    def picture(self, index: int) -> Image.Image:
        """Page ``index``, turned as the camera says it was held."""
        from PIL import ImageOps

        try:
            self._picture.seek(index)
            limits.check_picture(*self._picture.size)
            if self._picture.format == "JPEG":
                self._picture.draft("L", self._picture.size)
            return ImageOps.exif_transpose(self._picture.copy())
        except (OSError, ValueError, SyntaxError, EOFError, KeyError) as error:
            raise NotADocument(_BROKEN_PICTURE) from error

    def is_damaged(self, index: int, *, blank: bool) -> bool:
        """False: a picture that does not open is refused."""
        return False


def answer(file: PagedFile, request: dict[str, Any]) -> Any:
    """Do one request. Raises UnreadableFile."""
    match request["do"]:
        case "survey":
            return _survey(file)
        case "text":
            return _text(file, request["page"])
        case _:
            return _scan(file, request["page"], request.get("columns", ()))


def _survey(file: PagedFile) -> list[dict[str, bool]]:
    from knowledge.readers.pdf import PdfFile

    if not isinstance(file, PdfFile):
        return [{"readable": False, "ruined": False, "lost": False}] * len(file)
    return [{"readable": layer.readable, "ruined": layer.ruined, "lost": layer.lost} for layer in file.survey()]


def _text(file: PagedFile, page: int) -> dict[str, Any]:
    """A page from its text layer; by OCR where the layer turns out to be no text, or beyond the library
    that reads it.
    """
    from knowledge.readers.pdf import PdfFile, convert, is_text

    if not isinstance(file, PdfFile):
        raise TypeError("a picture has no text layer")
    try:
        found = convert(file.sheet(page - 1))
        if is_text(found) or not ocr.is_present():
            return sheet.to_json(_with_loss(file, found))
    except Exception:  # pdfminer raises anything on a broken font
        if not ocr.is_present():
            raise
    return _scan(file, page)


def _scan(file: PagedFile, page: int, columns: Iterable[Iterable[float]] = ()) -> dict[str, Any]:
    from knowledge.readers.scan import read_scan

    found = read_scan(file.picture(page - 1), page, tuple((left, right) for left, right in columns))
    return sheet.to_json(_with_loss(file, found))


def _with_loss(file: PagedFile, found: sheet.Sheet) -> sheet.Sheet:
    """The sheet, saying whether its page is damaged in the file: libraries then show what they can, or white paper."""
    if found.lost is not None or not file.is_damaged(found.page - 1 if found.page else 0, blank=not found.blocks):
        return found
    return replace(found, lost=Loss.PART if found.blocks else Loss.WHOLE)


def _open(path: Path) -> PagedFile:
    with path.open("rb") as stream:
        head = stream.read(1024)
    if b"%PDF" not in head:
        return PictureFile(path)
    from knowledge.readers.pdf import PdfFile

    return PdfFile(path)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(path: Path, requests: Any, replies: Callable[[str], object]) -> None:
    """Serve requests until the parent closes the pipe."""
    file: PagedFile | None = None
    for line in requests:
        try:
            file = file or _open(path)
            reply = {"done": answer(file, json.loads(line))}
        except UnreadableFile as refusal:
            reply = {"refused": type(refusal).__name__, "sentence": refusal.sentence}
        except (MemoryError, subprocess.SubprocessError):
            reply = {"failed": "resources"}
        except Exception as error:  # noqa: BLE001 - third-party parsers raise anything on a broken file
            reply = {"failed": type(error).__name__}
        replies(json.dumps(reply, ensure_ascii=False) + "\n")


def _end_with_parent() -> None:
    """End this process, and what it started, at the moment the parent is gone, however it went: nobody would
    take the page.
    """

    def wait() -> None:
        gone = select.poll()
        gone.register(0, 0)  # no event but the other end's closing
        gone.poll()
        os.killpg(0, signal.SIGKILL)  # the parent gave us a group of our own

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    _limit_memory()
    _end_with_parent()
    # Libraries print to standard output now and then; the replies go through a copy of it that only we hold.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(text: str) -> None:
        """One reply, at once."""
        channel.write(text)
        channel.flush()

    main(Path(sys.argv[1]), sys.stdin, send)
