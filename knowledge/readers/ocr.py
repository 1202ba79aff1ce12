"""Tesseract: pictures in, words with their places out.

Its library is asked where it can be loaded (``tesseract_library``), else the program; the words are the same.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image

from knowledge.errors import MissingReader
from knowledge.readers import tesseract_library

LANGUAGE = "vie"
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
# Page modes: find the layout of a page; take the picture for one block of text, one line, scattered words, one line as
# a whole.
PAGE, BLOCK, LINE, SPARSE, RAW_LINE = 3, 6, 7, 11, 13
SECONDS_A_CALL = 240  # the fullest page takes ten; the rest is for a machine that is busy

_NO_PROGRAM = (
    "Tài liệu là ảnh chụp trang nhưng máy chủ chưa có chương trình đọc ảnh; "
    f"anh/chị nhờ người quản trị chạy lệnh: {INSTALL}, rồi gửi lại giúp."
)
_NO_VIETNAMESE = (
    "Chương trình đọc ảnh trên máy chủ chưa có tiếng Việt; "
    "anh/chị nhờ người quản trị chạy lệnh: sudo apt-get install tesseract-ocr-vie, rồi gửi lại giúp."
)


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word: its place in points of its picture, the line it belongs to, and how sure the program is (0
    to 100).
    """

    picture: int
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    text: str


def require() -> None:
    """Raise MissingReader, with the command that installs it, unless Tesseract and its Vietnamese data are
    here.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise MissingReader(_NO_PROGRAM)
    if LANGUAGE not in _languages(program, os.environ.get("TESSDATA_PREFIX")):
        raise MissingReader(_NO_VIETNAMESE)


def is_present() -> bool:
    """Whether scans can be read on this machine."""
    try:
        require()
    except MissingReader:
        return False
    return True


def read_pictures(pictures: Sequence[Image.Image], layout: int) -> list[ReadWord]:
    """The words of grey pictures, in Tesseract's order. ``layout`` is its page mode: PAGE, BLOCK, LINE or
    RAW_LINE.

    No file is written. Raises subprocess.SubprocessError when the program fails.
    """
    if not pictures:
        return []
    library = tesseract_library.loaded(LANGUAGE)
    if library is None:
        return read_by_program(pictures, layout)
    return [
        word for index, picture in enumerate(pictures) for word in _words(library.table(picture, layout, page=index))
    ]


def read_by_program(pictures: Sequence[Image.Image], layout: int) -> list[ReadWord]:
    """As ``read_pictures``, by the program: one call for all, since loading the model takes longer than reading a
    cell. Raises subprocess.SubprocessError.
    """
    book = io.BytesIO()  # TIFF is the one format that holds many pictures, and the program reads it from a pipe
    pictures[0].save(book, "TIFF", save_all=True, append_images=pictures[1:])
    done = subprocess.run(  # noqa: S603 - the arguments are ours, the pictures go through the pipe
        [
            shutil.which("tesseract") or "tesseract", "stdin", "stdout",
            "-l", LANGUAGE, "--psm", str(layout), "--oem", "1", "--dpi", "300",
            "-c", "tessedit_do_invert=0", "tsv",
        ],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # pages run side by side; threads within one only wait
        input=book.getvalue(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        timeout=SECONDS_A_CALL, check=True,
    )  # fmt: skip
    return _words(done.stdout.decode("utf-8", errors="replace"))


@cache
def _languages(program: str, _prefix: str | None) -> frozenset[str]:
    done = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=30)  # noqa: S603
    return frozenset(done.stdout.decode(errors="replace").split())


def _words(table: str) -> list[ReadWord]:
    """The word rows of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width,
    height, sure, text.
    """
    words = []
    for row in table.split("\n"):
        fields = row.rstrip("\r").split("\t")
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        page, block, paragraph, line = (int(field) for field in fields[1:5])
        left, top, width, height = (int(field) for field in fields[6:10])
        place = (left, top, left + width, top + height)
        words.append(ReadWord(page - 1, (block, paragraph, line), *place, float(fields[10]), fields[11].strip()))
    return words
