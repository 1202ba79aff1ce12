"""Names of signers whose marks a scan lost."""

from __future__ import annotations

import pytest

from knowledge.people import person_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Nguyén Thi Thuy Linh", "Nguyễn Thị Thùy Linh"),
        ("Truong Viét Ding", "Trương Việt Dũng"),
        ("Lé Hoang Hién", "Lê Hoàng Hiền"),
        ("Pham Quéc Viét", "Phạm Quốc Việt"),
        ("Tran Thi Lan", "Trần Thị Lan"),
        ("Huynh Dirc Tho", "Huỳnh Đức Thọ"),
        ("Lé Phuwée Hanh", "Lê Phước Hạnh"),
    ],
)
def test_a_damaged_name_is_spelled_as_people_are_called_and_never_called_certain(printed: str, name: str) -> None:
    assert person_name(printed, damaged=True) == (name, False)


def test_a_clean_name_stands() -> None:
    assert person_name("Đinh Văn Sơn", damaged=False) == ("Đinh Văn Sơn", True)
    assert person_name("Hoàng Phương Lĩnh", damaged=False) == ("Hoàng Phương Lĩnh", True)


def test_a_first_word_that_is_no_family_name_is_called_uncertain() -> None:
    assert person_name("Định Văn Sơn", damaged=False) == ("Đinh Văn Sơn", False)


@pytest.mark.parametrize("line", ["CHỦ TỊCH", "- Như Điều 3;", "KẾ HOẠCH", "Nơi nhận"])
def test_a_line_of_the_closing_that_names_nobody_is_no_signer(line: str) -> None:
    assert person_name(line, damaged=False)[0] is None
