"""Digits are guarded: figures and codes stand, words printed with digits do not count as figures."""

import pytest

from knowledge.repair.figures import Sort, sort_of


@pytest.mark.parametrize(
    "core", ["60", "60%", "31/12/2025", "1.707", "74,07", ">=40", "01", "2026-2030", "6006", "2.1.4"]
)
def test_figures(core: str) -> None:
    assert sort_of(core) is Sort.FIGURE


@pytest.mark.parametrize(
    "core", ["20/KH-UBND", "57-NQ/TW", "278/2025/ND-CP", "02-KH/BCDTW", "HDND&UBND/KT", "VX-NC/KT"]
)
def test_document_codes(core: str) -> None:
    assert sort_of(core) is Sort.CODE


@pytest.mark.parametrize("core", ["5G", "4G", "IPv6", "Q1", "www.xa.gov.vn", "to@xa.vn", "Gb/s"])
def test_names_spelled_with_digits_and_addresses(core: str) -> None:
    assert sort_of(core) is Sort.SPELLED


@pytest.mark.parametrize("core", ["I", "IV", "XII", "Il", "Ill"])
def test_roman_numbers(core: str) -> None:
    assert sort_of(core) is Sort.ROMAN


@pytest.mark.parametrize("core", ["s6", "d6i", "1é", "x4", "S6", "B6", "1a", "d6ng", "16p", "Ban", "CBCC"])
def test_words_printed_with_digits(core: str) -> None:
    assert sort_of(core) is Sort.WORD
