"""Names of places after the official list, in text whose marks a scan lost."""

from __future__ import annotations

import pytest

from knowledge.places import communes, only_province
from knowledge.plan import Document
from tests.knowledge.readings import plan


def head(place: str, line: str) -> Document:
    """The document that a letterhead of ``line``, issued at ``place``, makes."""
    return plan(
        f"""
        UY BAN NHAN DAN CONG HOA XA HOI CHU NGHIA VIET NAM
        {line} Déc lap - Ty do - Hanh phuc
        S6: 12/KH-UBND {place}, ngay 05 thang 01 nam 2026

        KE HOACH
        Chuyén d6i s6 nam 2026

        Uy ban nhan dan ban hanh Ké hoach chuyén ddi sé nhw sau:
        """,
        damaged=True,
    ).document


def test_the_list_is_whole() -> None:
    assert len(communes()) == 3321
    assert len({commune.province for commune in communes()}) == 34


@pytest.mark.parametrize(
    ("place", "line", "issuer"),
    [
        ("Sa Thay", "XA SATHAY", "UBND xã Sa Thầy"),
        ("Binh Chuong", "XA BINH CHUONG", "UBND xã Bình Chương"),
        ("Thuong Tin", "XA THUONG TIN", "UBND xã Thường Tín"),
    ],
)
def test_a_listed_commune_gets_its_marks_back_and_is_still_to_be_confirmed(place: str, line: str, issuer: str) -> None:
    document = head(place, line)
    assert document.issuer == issuer
    assert any(issuer.removeprefix("UBND xã ") in check for check in document.checks)


def test_a_place_that_is_on_no_list_is_read_all_the_same() -> None:
    assert "Qua" in (head("Vinh Quang Hai", "XA VINH QUANG HAI").issuer or "")


def test_the_province_of_a_name_that_exists_once_is_known() -> None:
    assert only_province("Sa Thầy", "xã") == "Quảng Ngãi"
    assert only_province("Châu Thành", "xã") is None
    assert only_province("Hòa Mẫu", "xã") is None
