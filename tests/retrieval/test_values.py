"""A place is evidence only where it holds a value of the asked kind."""

from __future__ import annotations

import pytest

from retrieval.forms import Asked
from retrieval.values import one_line, sentences, spans


def found(asked: Asked, text: str, *nouns: str) -> list[str]:
    return [text[a:b] for a, b in spans(asked, [tuple(noun.split()) for noun in nouns], text)]


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        (Asked.PERCENT, "tối thiểu 3% tổng chi", "3%"),
        (Asked.MONEY, "dự toán 187,248 tỷ đồng", "187,248 tỷ đồng"),
        (Asked.DURATION, "trong vòng 24 tiếng", "24 tiếng"),
        (Asked.FREQUENCY, "phát 01 lần/tuần", "01 lần"),
        (Asked.EMAIL, "gửi về vp.hoamau@songiang.gov.vn.", "vp.hoamau@songiang.gov.vn"),
        (Asked.PHONE, "điện thoại 0255.3822.123", "0255.3822.123"),
        (Asked.DOCUMENT, "Quyết định số 430/QĐ-UBND", "430/QĐ-UBND"),
        (Asked.DOCUMENT, "Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
        (Asked.WHEN, "trước ngày 13 hằng tháng", "ngày 13 hằng tháng"),
        (Asked.WHEN, "xong trong tháng 4/2026", "tháng 4/2026"),
    ],
)
def test_values_are_found_where_they_stand(asked: Asked, text: str, value: str) -> None:
    assert value in found(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (Asked.PERCENT, "gồm 60 hộ ở 5 thôn"),
        (Asked.MONEY, "tỷ lệ chi tối thiểu 3 %"),
        (Asked.PHONE, "ngày 03/02/2026, số 20/KH-UBND, 1.707 hồ sơ"),
        (Asked.EMAIL, "liên hệ văn phòng"),
        (Asked.DOCUMENT, "ngày 03/02/2026"),
        (Asked.DURATION, "nhanh chóng, kịp thời"),
    ],
)
def test_no_value_of_the_kind_no_evidence(asked: Asked, text: str) -> None:
    assert found(asked, text) == []


def test_a_number_counts_only_what_stands_beside_it() -> None:
    assert found(Asked.COUNT, "trang bị 07 bộ máy tính", "may tinh")
    assert found(Asked.COUNT, "tổng số hồ sơ tiếp nhận là 1.707", "ho so")
    assert not found(Asked.COUNT, "01 lớp cho cán bộ", "can bo")
    assert not found(Asked.COUNT, "đạt 100 % cán bộ", "may tinh")
    assert not found(Asked.COUNT, "hồ sơ đạt 95 %", "ho so")


def test_sentences_do_not_cut_numbers_and_rows_stay_apart() -> None:
    text = "Tiếp nhận 1.707 hồ sơ. Đã giải quyết 1.642 hồ sơ; còn lại 65."
    assert next(text[a:b].strip() for a, b in sentences(text)) == "Tiếp nhận 1.707 hồ sơ."
    assert one_line("Xây dựng\nquy chế mới") == "Xây dựng quy chế mới"
    assert one_line("1 | Mạng LAN\n2 | Phủ sóng").count("\n") == 1
