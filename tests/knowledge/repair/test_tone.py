"""The tone mark stands where official letterheads put it."""

import pytest

from knowledge.repair import old_tone


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Văn hoá", "Văn hóa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("thuỷ lợi, uỷ ban, Uỷ ban", "thủy lợi, ủy ban, Ủy ban"),
        ("khoẻ", "khỏe"),
    ],
)
def test_the_mark_moves_to_the_first_vowel_of_an_open_syllable(written: str, shown: str) -> None:
    assert old_tone(written) == shown


@pytest.mark.parametrize("word", ["quý", "Quỳ", "hoàn", "toán", "khuyến", "hóa", "thủy"])
def test_other_syllables_keep_their_mark(word: str) -> None:
    assert old_tone(word) == word
