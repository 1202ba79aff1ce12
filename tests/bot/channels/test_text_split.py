"""Cutting long texts: nothing lost, nothing too long, cuts where a reader would make them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.text_split import split_text, utf16_length

WORDS = st.text(alphabet="aăâđêôơư ế ộ\n📶👩‍👩‍👧x.,", max_size=300)


@given(WORDS, st.integers(min_value=4, max_value=60))
def test_no_part_is_too_long_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert all(0 < utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_paragraph_is_kept_whole_where_it_fits() -> None:
    text = "Hạn báo cáo là 26/6.\n\nCòn hai chỉ tiêu chưa có số liệu."

    assert split_text(text, 40) == ["Hạn báo cáo là 26/6.", "Còn hai chỉ tiêu chưa có số liệu."]


def test_a_message_is_not_cut_after_its_first_words_for_a_paragraphs_sake() -> None:
    assert split_text("Chào.\n\nmột hai ba bốn năm sáu", 20) == ["Chào.\n\nmột hai ba", "bốn năm sáu"]


def test_a_word_is_kept_whole_where_there_is_a_space() -> None:
    assert split_text("xin chào các anh các chị", 12) == ["xin chào các", "anh các chị"]


def test_an_emoji_counts_twice_and_is_not_cut() -> None:
    assert utf16_length("ế") == 1
    assert split_text("📶📶📶", 5) == ["📶📶", "📶"]
