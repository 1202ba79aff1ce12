"""Tesseract's library, called in this process: no program to start and no model to load for every page.

That saves a fifth of a second a call, a tenth of a page's time. The library may crash or swallow memory as the
program may; page workers are there to be lost. Its C interface has been the same since version 4.
"""

from __future__ import annotations

import atexit
import ctypes
from functools import cache

from PIL import Image

NAMES = ("libtesseract.so.5", "libtesseract.so.4", "libtesseract.5.dylib")
LSTM_ONLY = 1  # the engine mode; Debian's Vietnamese data has no other
RESOLUTION = 300  # what pictures are brought to before; Tesseract otherwise guesses from the letters

_HANDLE, _TEXT, _NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int


class Library:
    """The library with one language loaded. Not for several threads at once."""

    def __init__(self, calls: ctypes.CDLL, handle: int) -> None:
        self._calls = calls
        self._handle = handle

    def table(self, picture: Image.Image, layout: int, *, page: int = 0) -> str:
        """The words of a grey picture as the program prints them under "tsv", numbered as page ``page`` + 1."""
        calls, handle = self._calls, self._handle
        calls.TessBaseAPISetPageSegMode(handle, layout)
        calls.TessBaseAPISetImage(handle, picture.tobytes(), picture.width, picture.height, 1, picture.width)
        calls.TessBaseAPISetSourceResolution(handle, RESOLUTION)
        text = calls.TessBaseAPIGetTsvText(handle, page)
        try:
            return (ctypes.string_at(text) if text else b"").decode("utf-8", errors="replace")
        finally:
            if text:
                calls.TessDeleteText(text)
            calls.TessBaseAPIClear(handle)


@cache
def loaded(language: str) -> Library | None:
    """The library with ``language``; None where the machine has only the program.

    It obeys OMP_THREAD_LIMIT as it stood when this process began.
    """
    calls = _library()
    if calls is None:
        return None
    handle = calls.TessBaseAPICreate()
    if not handle or calls.TessBaseAPIInit2(handle, None, language.encode(), LSTM_ONLY) != 0:
        return None
    calls.TessBaseAPISetVariable(handle, b"tessedit_do_invert", b"0")  # plans have no white print on black
    atexit.register(calls.TessBaseAPIDelete, handle)  # else it complains on standard error as the process ends
    return Library(calls, handle)


def _library() -> ctypes.CDLL | None:
    for name in NAMES:
        try:
            calls = ctypes.CDLL(name)
            _declare(calls)
        except (OSError, AttributeError):
            continue
        return calls
    return None


def _declare(calls: ctypes.CDLL) -> None:
    """The calls used here, with their types. Raises AttributeError where the library lacks one."""
    for name, result, arguments in (
        ("Create", _HANDLE, ()),
        ("Init2", _NUMBER, (_HANDLE, _TEXT, _TEXT, _NUMBER)),
        ("SetVariable", _NUMBER, (_HANDLE, _TEXT, _TEXT)),
        ("SetPageSegMode", None, (_HANDLE, _NUMBER)),
        ("SetImage", None, (_HANDLE, _TEXT, _NUMBER, _NUMBER, _NUMBER, _NUMBER)),
        ("SetSourceResolution", None, (_HANDLE, _NUMBER)),
        ("GetTsvText", _HANDLE, (_HANDLE, _NUMBER)),
        ("Clear", None, (_HANDLE,)),
        ("Delete", None, (_HANDLE,)),
    ):
        call = getattr(calls, f"TessBaseAPI{name}")
        call.restype, call.argtypes = result, arguments
    calls.TessDeleteText.restype, calls.TessDeleteText.argtypes = None, (_HANDLE,)
