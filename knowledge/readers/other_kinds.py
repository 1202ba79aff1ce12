"""Files that people send and no reader takes, told by their first bytes: one sentence each on what to send instead."""

from __future__ import annotations

import io
import zipfile
import zlib

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what Word makes of a .docx with a password
ZIP = b"PK\x03\x04"

_OLD_WORD = "Tệp Word đời cũ (.doc) chưa đọc được; anh/chị mở bằng Word, lưu lại thành .docx hoặc PDF rồi gửi giúp."
_LOCKED = "Tệp Word có mật khẩu; anh/chị bỏ mật khẩu rồi gửi lại giúp."
_RICH_TEXT = "Tệp .rtf chưa đọc được; anh/chị mở bằng Word, lưu lại thành .docx hoặc PDF rồi gửi giúp."
_OPEN_TEXT = "Tệp .odt chưa đọc được; anh/chị mở bằng Word hoặc LibreOffice, lưu lại thành .docx hoặc PDF rồi gửi giúp."
_WORKBOOK = "Tệp Excel chưa đọc được; anh/chị lưu bảng thành PDF, hoặc dán vào tệp Word (.docx), rồi gửi giúp."
_SLIDES = "Tệp trình chiếu chưa đọc được; anh/chị gửi kế hoạch ở dạng Word (.docx) hoặc PDF giúp."
_PHONE_PICTURE = "Ảnh dạng HEIC chưa đọc được; anh/chị gửi lại ở dạng JPG hoặc PNG giúp."
# Names of the streams of an old office file, as its directory spells them.
_STREAMS = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", _OLD_WORD),
    ("Workbook", _WORKBOOK),
    ("PowerPoint Document", _SLIDES),
)
_OPEN_KINDS = {
    b"application/vnd.oasis.opendocument.text": _OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": _WORKBOOK,
    b"application/vnd.oasis.opendocument.presentation": _SLIDES,
}
_PARTS = {"xl/workbook.xml": _WORKBOOK, "xl/workbook.bin": _WORKBOOK, "ppt/presentation.xml": _SLIDES}
_LONGEST_TYPE = 100  # bytes of the type of an OpenDocument file


def sentence_for(content: bytes) -> str | None:
    """What to tell the sender of ``content``; None where it may be a file that a reader takes."""
    if content.startswith(OLD_OFFICE):
        return next((said for name, said in _STREAMS if name.encode("utf-16-le") in content), _OLD_WORD)
    if content.startswith(b"{\\rtf"):
        return _RICH_TEXT
    if content[4:8] == b"ftyp":
        return _PHONE_PICTURE
    return _of_zip(content) if content.startswith(ZIP) else None


def _of_zip(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.NameToInfo
            if "mimetype" in names:
                with package.open("mimetype") as entry:
                    return _OPEN_KINDS.get(entry.read(_LONGEST_TYPE).strip())
            return next((said for name, said in _PARTS.items() if name in names), None)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):
        return None  # broken or locked: the reader of Word files has its own sentence
