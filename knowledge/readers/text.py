"""Plain text: bytes of any encoding that Vietnamese offices use, to lines that keep the numbers of the file."""

from __future__ import annotations

import codecs
import re
import unicodedata

from knowledge.errors import EmptyFile, NotADocument
from knowledge.page_text import Line, Origin, Reading
from knowledge.readers import legacy, limits
from knowledge.repair import is_damaged

# A text has none of these; one in a hundred can come from a printer's or a terminal's leftovers.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.01
# A file cut or joined at a wrong byte has a handful of these; more means another encoding.
MAX_UNDECODED_SHARE = 0.002
# Blanks of other widths and separators that ``str.splitlines`` would break at but editors do not; invisible
# marks go.
_BLANKS = dict.fromkeys(map(ord, "\t\x0b\x0c\x1c\x1d\x1e\x85\u00a0\u2002\u2003\u2009\u200a\u202f\u2028\u2029"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TIDY: dict[int, str | None] = {**_BLANKS, **_INVISIBLE}

_NOT_TEXT = (
    "Tệp này không phải văn bản đọc được; "
    "anh/chị gửi kế hoạch ở dạng Word (.docx), PDF, ảnh chụp trang hoặc tệp .txt giúp."
)
_NO_WORDS = "Tệp không có chữ nào; anh/chị kiểm tra lại và gửi đúng tệp kế hoạch giúp."


def read_text(content: bytes) -> Reading:
    """The lines of a text file, numbered exactly as ``split("\\n")`` and an editor number them; a form feed
    turns the page.

    Raises EmptyFile, FileTooLarge, NotADocument.
    """
    limits.check_text_size(len(content))
    text = decode(content)
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")  # the line ends of old Macs
    raw = text.split("\n")
    limits.check_lines(len(raw), max(map(len, raw)))
    lines, pages = _number(raw)
    if not any(line.text for line in lines):
        raise EmptyFile(_NO_WORDS)
    return Reading(lines, Origin.TEXT, pages=pages, damaged=is_damaged("\n".join(line.text for line in lines)))


def tidy(text: str) -> str:
    """One line in the form every reader hands over: NFC, plain blanks, nothing invisible, no blank at the
    end.
    """
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", text.translate(_TIDY))).rstrip()


def decode(content: bytes) -> str:
    """Bytes to text: UTF-8, UTF-16 with or without its mark, else a Vietnamese encoding from before Unicode.

    Text of such an encoding that was once saved as UTF-8 (letters like "Kế ho¹ch") is converted as well.
    """
    if not content.strip(b"\x00 \t\r\n\f"):
        raise EmptyFile(_NO_WORDS)
    text = _decode_unicode(content)
    if text is None:
        text = legacy.from_bytes(content)
    if text is None:
        text = content.decode("utf-8", errors="replace")
        if text.count("\ufffd") > MAX_UNDECODED_SHARE * len(text):
            raise NotADocument(_NOT_TEXT)
    if len(_CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise NotADocument(_NOT_TEXT)
    return legacy.to_unicode(text)


def _decode_unicode(content: bytes) -> str | None:
    """The text if the bytes are valid Unicode of one form or another, else None."""
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = _unmarked_utf16(content) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark shows as zero bytes at every other place: Vietnamese letters are mostly below
    U+0100.
    """
    sample = content[:4000]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _number(raw: list[str]) -> tuple[tuple[Line, ...], int | None]:
    """Lines with their page; pages is None where the file has no form feed."""
    paged = any("\f" in line for line in raw)
    page, last, lines = 1, 1, []
    for number, line in enumerate(raw, start=1):
        head = line[: len(line) - len(line.lstrip())]
        page += head.count("\f")
        text = tidy(line)
        if "\f" in head:
            text = text.lstrip()
        lines.append(Line(number, text, page if paged else None))
        last = page if text else last
        page += line.count("\f") - head.count("\f")
    return tuple(lines), last if paged else None
