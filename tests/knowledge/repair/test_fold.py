"""Folded forms: a scan, a person without diacritics and clean text meet; figures stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.repair import fold, strip_marks


@pytest.mark.parametrize(
    ("scanned", "clean"),
    [
        ("Chuyén d6i s6", "Chuyển đổi số"),
        ("Ty 1é", "Tỷ lệ"),
        ("dia phwong", "địa phương"),
        ("Ha tang s0", "Hạ tầng số"),
        ("x4 6n dinh", "xã ổn định"),
    ],
)
def test_a_scan_and_clean_text_fold_alike(scanned: str, clean: str) -> None:
    assert fold(scanned) == fold(clean)


@pytest.mark.parametrize("figure", ["6006", "60%", "31/12/2025", "1.707", "74,07", "5g", "4g", "ipv6", "20/kh-ubnd"])
def test_figures_and_codes_are_not_folded(figure: str) -> None:
    assert fold(figure) == figure
    assert fold(figure.upper()) == figure


@pytest.mark.parametrize("run", ["1" * 20_000, "a" * 20_000, "1a" * 10_000])
def test_an_endless_run_without_a_space_stands(run: str) -> None:
    assert fold(run) == run


def test_punctuation_and_layout_survive() -> None:
    assert fold("“Số hóa”,\n  (xã)") == "“so hoa”,\n  (xa)"


def test_strip_marks_leaves_digits_in_words_alone() -> None:
    assert strip_marks("Đặc khu d6i ủy ban") == "dac khu d6i uy ban"


def test_decomposed_text_folds_like_composed_text() -> None:
    assert fold("Đổi mới") == fold("Đổi mới") == "doi moi"


@given(st.text())
def test_stripping_twice_changes_nothing(text: str) -> None:
    once = strip_marks(text)
    assert strip_marks(once) == once
