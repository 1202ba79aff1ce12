"""Vietnamese syllables are told from foreign ones."""

import pytest

from knowledge.repair.spelling import split_syllable


@pytest.mark.parametrize(
    ("syllable", "parts"),
    [
        ("người", ("ng", "ười")),
        ("nghiêng", ("ngh", "iêng")),
        ("ủy", ("", "ủy")),
        ("quyết", ("qu", "yết")),
        ("giá", ("gi", "á")),
        ("gì", ("g", "ì")),
        ("học", ("h", "ọc")),
    ],
)
def test_onset_and_rime(syllable: str, parts: tuple[str, str]) -> None:
    assert split_syllable(syllable) == parts


@pytest.mark.parametrize("word", ["make", "online", "ubnd", "hđnd", "duoc", "hoc", "tàà", "", "5g", "nghiêngg"])
def test_no_vietnamese_syllable(word: str) -> None:
    assert split_syllable(word) is None
