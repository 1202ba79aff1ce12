"""Readers: from the bytes of a file to a ``Reading``, one module a file format.

``read`` looks at the first bytes, never at the file's name, and hands the file to the reader that takes it.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.errors import EmptyFile, NotADocument
from knowledge.page_text import Reading
from knowledge.readers import limits
from knowledge.readers.docx import read_docx
from knowledge.readers.other_kinds import ZIP, sentence_for
from knowledge.readers.paged import is_paged, read_paged
from knowledge.readers.text import read_text

Progress = Callable[[int, int], None]
"""Called as ``progress(page, of)`` each time a page is done; ``page`` counts the pages done so far."""

_EMPTY = "Tệp rỗng, không có nội dung; anh/chị kiểm tra lại và gửi đúng tệp kế hoạch giúp."


def read(content: bytes, name: str, progress: Progress | None = None) -> Reading:
    """Read one file. ``name`` is the name the sender gave it; the kind is decided by the content alone.

    Raises EmptyFile, FileTooLarge, NotADocument, MissingReader; each carries the sentence for the sender.
    """
    limits.check_file_size(len(content))
    if not content:
        raise EmptyFile(_EMPTY)
    sentence = sentence_for(content)
    if sentence is not None:
        raise NotADocument(sentence)
    if is_paged(content):
        return read_paged(content, progress)
    reading = read_docx(content) if content.startswith(ZIP) else read_text(content)
    if progress is not None:
        progress(1, 1)
    return reading
