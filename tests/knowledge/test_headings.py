"""Headings, groups and titles as a person reads them in an answer or a list."""

from __future__ import annotations

import pytest

from knowledge.headings import heading_text
from knowledge.reading import read_plan


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Hq tảng số", "Hạ tầng số"),
        ("Nhân lực 56", "Nhân lực số"),
        ("Phát triển kinh tế 5ố và xã hội số", "Phát triển kinh tế số và xã hội số"),
        ("Công tác lãnh đạo, chi dgo, điều hành năm 2026", "Công tác lãnh đạo, chỉ đạo, điều hành năm 2026"),
        ("ứng dụng phục vụ hợp tác xã", "Ứng dụng phục vụ hợp tác xã"),
        ("Thúc đẩy xây dựng phường hội số", "Thúc đẩy xây dựng xã hội số"),
    ],
)
def test_a_damaged_heading_says_its_set_phrase_whole(printed: str, meant: str) -> None:
    assert heading_text(printed, damaged=True) == meant


@pytest.mark.parametrize(
    "printed", ["Dữ liệu mở", "Nền tảng, ứng dụng phục vụ người dân", "Kinh tế biển", "Hạ tầng xã hội"]
)
def test_a_heading_that_reads_as_it_stands_is_left_alone(printed: str) -> None:
    assert heading_text(printed, damaged=True) == printed


def test_a_clean_heading_is_only_begun_with_a_capital() -> None:
    assert heading_text("nhân lực 56", damaged=False) == "Nhân lực 56"


HEAD = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI

Số: 77/KH-UBND

Quảng Ngãi, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
PHÁT TRIỂN MẠNG 5G VÀ INTERNET VẠN VẬT (IOT) THEO NGHỊ QUYẾT SỐ 15/NQ-HĐND
CỦA HỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG NGÃI NĂM 2026

I. MỤC ĐÍCH
Đưa Internet vạn vật (IoT) vào sản xuất trên địa bàn tỉnh Quảng Ngãi, cụ thể hóa
Nghị quyết số 15/NQ-HĐND của Hội đồng nhân dân tỉnh.
"""


def test_a_title_in_capitals_is_written_as_the_plan_writes_its_words() -> None:
    assert read_plan(HEAD.encode(), "k.txt").document.title == (
        "Kế hoạch Phát triển mạng 5G và Internet vạn vật (IoT) theo Nghị quyết số 15/NQ-HĐND "
        "của Hội đồng nhân dân tỉnh Quảng Ngãi năm 2026"
    )


def test_a_number_that_lost_its_stroke_is_read_and_asked_about() -> None:
    document = read_plan(HEAD.replace("77/KH-UBND", "77KH-UBND").encode(), "k.txt").document
    assert document.number == "77/KH-UBND"
    assert any("77KH-UBND" in check for check in document.checks)
