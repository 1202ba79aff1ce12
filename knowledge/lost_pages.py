"""What to say of pages that could not be read: a row that is missing looks like a row that never was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.page_text import Loss

_SAID = {
    Loss.WHOLE: "{pages} không đọc được, chỉ tiêu ở đó (nếu có) chưa có ở đây; anh/chị xem bản gốc hoặc gửi lại tệp.",
    Loss.PART: "{pages} bị hỏng một phần, có thể thiếu chỉ tiêu; anh/chị xem bản gốc hoặc gửi lại tệp.",
}
_SHOWN = 10  # pages named one by one


def lost_pages(lost: Iterable[tuple[int, Loss]]) -> Iterator[str]:
    """A sentence for the coordinator for each kind of loss; none where all pages were read."""
    pages: dict[Loss, list[int]] = {}
    for page, loss in lost:
        pages.setdefault(loss, []).append(page)
    for loss, sentence in _SAID.items():
        if loss in pages:
            yield sentence.format(pages=_named(pages[loss]))


def _named(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:_SHOWN]))
    more = len(pages) - _SHOWN
    return f"Trang {shown} và {more} trang nữa" if more > 0 else f"Trang {shown}"
