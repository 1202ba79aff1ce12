"""How much of a file is taken: beyond these limits a file is refused at once, before any costly step.

Every check raises ``FileTooLarge`` with the sentence for the person who sent the file. The values leave
room above the largest plans that communes send, and keep the worst file within a minute or so of work and
the memory of a mini PC.
"""

from __future__ import annotations

from knowledge.errors import FileTooLarge

MEGABYTE = 1_000_000

# 300 pages scanned in grey weigh 60 to 150 MB; Telegram hands a bot 20 MB, so only the command line comes near this.
MAX_FILE_BYTES = 195 * MEGABYTE
# 1,000 pages of text weigh 3 to 4 MB in UTF-8: a larger "text" is a log or a table dump.
MAX_TEXT_BYTES = 20 * MEGABYTE
# 45 lines a page: a thousand pages.
MAX_LINES = 50_000
# A paragraph saved as one line stays below 10,000 characters; beyond this it is no text for people.
MAX_LINE_CHARACTERS = 100_000
MAX_PAGES = 1_000
# Two cores read about one scanned page a second: ten minutes for the longest.
MAX_SCANNED_PAGES = 500
# PDF itself allows no more (14,400 points, 5 m).
MAX_PAGE_POINTS = 14_400
# A page of A3 set in 8 points holds 20,000; the library that finds words takes a minute for 100,000.
MAX_PAGE_LETTERS = 40_000
# A phone's largest pictures have 108 and 200 million points; a page at 300 dpi has 9 million.
MAX_PICTURE_PIXELS = 120_000_000


def check_file_size(size: int) -> None:
    """Refuse a file of ``size`` bytes that no reader would take. Cheap: call it before the file is read
    into memory.
    """
    if size > MAX_FILE_BYTES:
        raise FileTooLarge(
            f"Tệp nặng {size // MEGABYTE} MB, vượt mức {MAX_FILE_BYTES // MEGABYTE} MB; "
            "anh/chị tách riêng phần kế hoạch và gửi lại giúp."
        )


def check_text_size(size: int) -> None:
    """Refuse a plain text of ``size`` bytes."""
    if size > MAX_TEXT_BYTES:
        raise FileTooLarge(
            f"Tệp văn bản nặng {size // MEGABYTE} MB, vượt mức {MAX_TEXT_BYTES // MEGABYTE} MB; "
            "anh/chị chỉ gửi riêng phần kế hoạch giúp."
        )


def check_lines(count: int, longest: int) -> None:
    """Refuse a text of more lines, or with a longer line, than a document written for people has."""
    if count > MAX_LINES:
        raise FileTooLarge(
            f"Văn bản dài {_shown(count)} dòng, vượt mức {_shown(MAX_LINES)} dòng; "
            "anh/chị chỉ gửi riêng phần kế hoạch giúp."
        )
    if longest > MAX_LINE_CHARACTERS:
        raise FileTooLarge("Văn bản có dòng quá dài, không giống một kế hoạch; anh/chị kiểm tra lại tệp giúp.")


def check_pages(count: int, *, scanned: bool = False) -> None:
    """Refuse a document of ``count`` pages; scanned pages cost far more, so fewer are taken."""
    limit = MAX_SCANNED_PAGES if scanned else MAX_PAGES
    if count > limit:
        kind = "trang ảnh chụp" if scanned else "trang"
        raise FileTooLarge(
            f"Tài liệu có {_shown(count)} {kind}, vượt mức {_shown(limit)} trang; "
            "anh/chị chỉ gửi riêng các trang của kế hoạch giúp."
        )


def check_page_points(width: float, height: float) -> None:
    """Refuse a page (in points, 1/72 inch) larger than the PDF format allows."""
    if not (0 < width <= MAX_PAGE_POINTS and 0 < height <= MAX_PAGE_POINTS):
        raise FileTooLarge("Tài liệu có trang với khổ giấy bất thường; anh/chị xuất lại PDF khổ A4 rồi gửi lại giúp.")


def check_page_letters(count: int) -> None:
    """Refuse a page with more letters than a sheet of paper holds."""
    if count > MAX_PAGE_LETTERS:
        raise FileTooLarge(
            "Tài liệu có trang dày chữ bất thường, không giống một kế hoạch; anh/chị kiểm tra lại tệp rồi gửi lại giúp."
        )


def check_picture(width: int, height: int) -> None:
    """Refuse a picture of more points than can be held in memory beside the rest."""
    if width <= 0 or height <= 0 or width * height > MAX_PICTURE_PIXELS:
        raise FileTooLarge("Ảnh có kích thước quá lớn; anh/chị chụp hoặc quét lại ở mức 300 dpi rồi gửi lại giúp.")


def _shown(count: int) -> str:
    """A count as Vietnamese prints it: 10.000."""
    return f"{count:,}".replace(",", ".")
