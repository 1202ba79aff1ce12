"""Names and initials in their own spelling."""

import pytest

from knowledge.repair.names import repaired_initials, spelled_name
from knowledge.repair.syllables import language


@pytest.mark.parametrize(
    ("printed", "name"), [("VNelD", "VNeID"), ("VNeID", "VNeID"), ("Al", "AI"), ("LAN", "LAN"), ("IoT", "IoT")]
)
def test_a_name_is_known_in_spite_of_look_alike_letters(printed: str, name: str) -> None:
    assert spelled_name(printed) == name


@pytest.mark.parametrize("word", ["ai", "Lan", "lan", "Nam", "web"])
def test_vietnamese_words_and_people_are_no_such_names(word: str) -> None:
    assert spelled_name(word) is None


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("HDND", "HĐND"),
        ("QD", "QĐ"),
        ("QP", "QĐ"),
        ("BCP", "BCĐ"),
        ("UBND", "UBND"),
        ("TTHC", "TTHC"),
        ("XZQW", "XZQW"),
    ],
)
def test_initials_gain_their_d(printed: str, meant: str) -> None:
    assert repaired_initials(printed, language()) == meant
