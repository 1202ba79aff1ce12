"""Numbers in words, all of them up to a million, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.repair.fold import strip_marks
from reporting.number_words import read_words

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spelled(number: int, *, whole: bool = True) -> str:
    """A number below a million as it is written out in Vietnam."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return f"{spelled(thousands)} nghìn" + (f" {spelled(rest, whole=False)}" if rest else "")
    hundreds, rest = divmod(number, 100)
    words = [] if not hundreds and whole else [f"{_DIGITS[hundreds]} trăm"]
    tens, one = divmod(rest, 10)
    if tens:
        words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
        if one:
            words.append("mốt" if one == 1 and tens > 1 else "lăm" if one == 5 else _DIGITS[one])
    elif one or not words:
        words.append(f"linh {_DIGITS[one]}" if words else _DIGITS[one])
    return " ".join(words)


@given(st.integers(0, 999_999))
def test_every_number_written_out_is_read_with_and_without_marks(number: int) -> None:
    assert read_words(spelled(number)) == number
    assert read_words(strip_marks(spelled(number))) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("tám lăm", "85"),
        ("hai mốt", "21"),
        ("ba chục", "30"),
        ("ba phẩy năm", "3.5"),
        ("sáu mươi phẩy hai mươi lăm", "60.25"),
        ("không phẩy không năm", "0.05"),
        ("hai trăm rưỡi", "250"),
        ("một triệu rưỡi", "1500000"),
        ("ba tỷ hai trăm triệu", "3200000000"),
        ("Một Trăm", "100"),
    ],
)
def test_spoken_forms(words: str, value: str) -> None:
    assert read_words(words) == Decimal(value)


@pytest.mark.parametrize(
    "words",
    ["", "trăm", "linh hai", "một trăm hai", "hai nghìn năm", "hai ba", "nghìn", "một triệu hai tỷ", "xin chào",
     "sáu mươi phần trăm", "phẩy năm", "ba phẩy"],
)  # fmt: skip
def test_what_has_two_readings_or_none_is_no_number(words: str) -> None:
    assert read_words(words) is None
