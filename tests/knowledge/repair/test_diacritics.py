"""Diacritics for text typed without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.repair import restore_diacritics, strip_marks


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chi tieu 5g bao nhieu", "chỉ tiêu 5g bao nhiêu"),
        ("ty le phu song 5G cua xa minh la bao nhieu?", "tỷ lệ phủ sóng 5G của xã mình là bao nhiêu?"),
        ("khi nao nop bao cao thang nay", "khi nào nộp báo cáo tháng này"),
        ("UBND TINH QUANG NGAI", "UBND TỈNH QUẢNG NGÃI"),
        ("to cong nghe so cong dong", "tổ công nghệ số cộng đồng"),
    ],
)
def test_a_question_gets_its_diacritics(typed: str, meant: str) -> None:
    assert restore_diacritics(typed) == meant


def test_text_with_diacritics_is_kept() -> None:
    assert restore_diacritics("ai chủ trì chi tieu 12?") == "ai chủ trì chi tieu 12?"


def test_names_figures_and_layout_are_kept() -> None:
    assert restore_diacritics("VNeID  57-NQ/TW,\n5G 60%") == "VNeID  57-NQ/TW,\n5G 60%"


@given(st.text(alphabet=st.sampled_from("abcdehiknoptuvxy ABCDT0159.,%/-\n"), max_size=80))
def test_only_marks_are_added(typed: str) -> None:
    assert strip_marks(restore_diacritics(typed)) == typed.lower()
