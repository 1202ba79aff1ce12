"""Several figures in one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.several import read_many


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("1: 85; 2: 100; 12: 60,5", [(1, "85"), (2, "100"), (12, "60,5")]),
        ("1:85 2:100 12:60,5", [(1, "85"), (2, "100"), (12, "60,5")]),
        ("1: 85, 2: 60,5, 3: 4390/5753", [(1, "85"), (2, "60,5"), (3, "4390/5753")]),
        ("1. 85\n2. 100\n", [(1, "85"), (2, "100")]),
        ("1) 85\n2) hoàn thành", [(1, "85"), (2, "hoàn thành")]),
        ("1 - 85; 2 - chưa có", [(1, "85"), (2, "chưa có")]),
        ("câu 1: 85; cau 2: 90", [(1, "85"), (2, "90")]),
        ("1=85;1=86", [(1, "85"), (1, "86")]),
    ],
)
def test_pairs_are_read_in_the_order_typed(typed: str, pairs: list[tuple[int, str]]) -> None:
    assert read_many(typed) == pairs


@pytest.mark.parametrize(
    "typed", ["85", "60,5", "1.85", "4390/5753", "4390:5753", "xin chào", "", "1:", "tôi gửi sau 1: 85", "1: 85; 2:"]
)
def test_any_other_message_is_not_a_list(typed: str) -> None:
    assert read_many(typed) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    pairs = read_many(text)
    assert pairs is None or all(value for _, value in pairs)


@pytest.mark.parametrize(
    "typed", ["\n" * 2000, " " * 2000, "1: " * 600, "câu " * 500, "1:1 " * 500, ";" * 2000, "1" * 2000]
)
def test_a_message_made_to_be_slow_is_read_all_the_same(typed: str) -> None:
    assert read_many(typed) is None or typed.startswith("1:1")
