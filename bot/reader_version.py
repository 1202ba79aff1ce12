"""Which version of the reader a plan was read by: a stamp that nobody has to remember to raise.

It is made of the reader's own files, so that a plan which an older reader read is read again when its file comes again,
and one that this reader read is not read twice.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import knowledge
from knowledge.readers import ocr

_LETTERS: Final = 16
# What comes and goes beside the files without changing what is read.
_PASSING: Final = frozenset({".pyc", ".pyo", ".typed"})


@cache
def reader_version() -> str:
    """The stamp: the same for the same code, word lists and counts; another one where a scan could not be read before
    because Tesseract was missing. Some milliseconds, once."""
    home = Path(knowledge.__file__).resolve().parent
    made_of = sha256(b"ocr" if ocr.is_present() else b"")
    for file in sorted(path for path in home.rglob("*") if path.is_file() and path.suffix not in _PASSING):
        made_of.update(file.relative_to(home).as_posix().encode())
        made_of.update(file.read_bytes())
    return made_of.hexdigest()[:_LETTERS]
