"""Pages that could not be read are told, never dropped."""

from __future__ import annotations

from knowledge.lost_pages import lost_pages
from knowledge.page_text import Loss


def test_pages_are_named_by_how_much_of_them_is_lost() -> None:
    whole, part = lost_pages([(3, Loss.WHOLE), (5, Loss.PART), (7, Loss.WHOLE)])
    assert whole.startswith("Trang 3, 7 không đọc được")
    assert part.startswith("Trang 5 bị hỏng một phần")


def test_nothing_is_said_where_all_was_read() -> None:
    assert not list(lost_pages([]))


def test_many_pages_are_counted() -> None:
    (said,) = lost_pages([(page, Loss.WHOLE) for page in range(1, 31)])
    assert "và 20 trang nữa" in said
