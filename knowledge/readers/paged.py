"""Files of pages, PDF and pictures: each page from its text layer where that is sound, through OCR where it
is not.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.errors import EmptyFile, NotADocument
from knowledge.page_text import Loss, Origin, Reading
from knowledge.readers import limits, ocr
from knowledge.readers.crew import Crew
from knowledge.readers.sheet import Numbering, PrintedTable, Sheet, from_json

PICTURE_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
PDF_MARK = b"%PDF"
MIN_WORDS = 12  # on all pages together; a photo of something else gives a few stray letters
_WORD = re.compile(r"[^\W\d_]{2,}")

_CUT = "Tệp PDF bị thiếu phần cuối, có thể tải về chưa trọn; anh/chị tải lại rồi gửi lại giúp."
_BROKEN = "Tệp PDF bị hỏng, không mở được trang nào; anh/chị tải lại, mở thử rồi gửi lại giúp."
_NO_WORDS = "Không đọc được chữ nào trong tài liệu; anh/chị kiểm tra lại và gửi đúng tệp kế hoạch giúp."
_NO_PAGE = "Ảnh không giống trang văn bản; anh/chị chụp thẳng, đủ sáng, trọn trang kế hoạch rồi gửi lại giúp."


def is_paged(content: bytes) -> bool:
    """Whether the first bytes are those of a PDF or a picture."""
    if content.startswith(b"RIFF"):
        return content[8:12] == b"WEBP"
    if content.startswith(b"BM"):
        return len(content) > 14 and content[6:10] == b"\x00\x00\x00\x00"
    return content.startswith(PICTURE_MARKS) or PDF_MARK in content[:1024]


def read_paged(content: bytes, progress: Callable[[int, int], None] | None = None) -> Reading:
    """The lines and tables of a PDF or a picture, with pages and places.

    A page without a sound text layer is read by OCR; where Tesseract is missing, a ruined text layer is
    taken as it is (the reading then says ``damaged``), and a page without text raises MissingReader. Raises
    EmptyFile, FileTooLarge, NotADocument.
    """
    is_pdf = PDF_MARK in content[:1024] and not content.startswith(PICTURE_MARKS)
    if is_pdf and b"%%EOF" not in content[-4096:]:
        raise NotADocument(_CUT)
    # The file has no name: however this process ends, the system takes it back.
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        with Crew(file) as crew:
            survey = crew.survey()
            by_text = _ways(survey)
            limits.check_pages(by_text.count(False), scanned=True)
            sheets = {
                page: Sheet((), page, Origin.PDF, lost=Loss.WHOLE)
                for page, layer in enumerate(survey, start=1)
                if layer["lost"]
            }
            asked = [page for page in range(1, len(survey) + 1) if page not in sheets]
            if not asked:
                raise NotADocument(_BROKEN)
            requests = [{"do": "text" if by_text[page - 1] else "scan", "page": page} for page in asked]
            if any(request["do"] == "scan" for request in requests):
                ocr.require()
            for index, shape in crew.read(requests):
                sheets[asked[index]] = from_json(shape)
                if progress is not None:
                    progress(len(sheets), len(survey))
            for index in range(2, len(survey) + 1):
                if sheets[index - 1].columns and sheets[index].origin is Origin.SCAN and sheets[index].may_go_on:
                    sheets[index] = _with_columns(crew, sheets[index], sheets[index - 1])
    return _reading([sheets[page] for page in sorted(sheets)], is_pdf)


def _with_columns(crew: Crew, sheet: Sheet, before: Sheet) -> Sheet:
    """A scanned page read again, now that the columns of the table before it are known; as it was where that shows no
    table.
    """
    request = {"do": "scan", "page": sheet.page, "columns": before.columns}
    again = next(from_json(shape) for _, shape in crew.read([request]))
    return again if any(isinstance(block, PrintedTable) for block in again.blocks) else sheet


def _ways(pages: Sequence[Mapping[str, bool]]) -> list[bool]:
    """For each page, whether its text layer is to be taken; a ruined one only where nothing can read its picture."""
    present = any(page["ruined"] for page in pages) and ocr.is_present()
    return [page["readable"] and not (page["ruined"] and present) for page in pages]


def _reading(sheets: list[Sheet], is_pdf: bool) -> Reading:
    numbering = Numbering()
    for sheet in sheets:
        numbering.add(sheet)
    scanned = sum(sheet.origin is Origin.SCAN for sheet in sheets)
    words = sum(len(_WORD.findall(line.text)) for line in numbering.lines)
    if scanned and words < MIN_WORDS:
        raise NotADocument(_NO_WORDS if is_pdf else _NO_PAGE)
    if not words:
        raise EmptyFile(_NO_WORDS)
    reading = numbering.reading(Origin.SCAN if scanned * 2 > len(sheets) else Origin.PDF, len(sheets))
    lost = tuple((sheet.page, sheet.lost) for sheet in sheets if sheet.page is not None and sheet.lost is not None)
    return replace(reading, lost=lost, damaged=reading.damaged and scanned * 2 <= len(sheets))
