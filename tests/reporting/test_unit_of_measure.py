"""What units of measure tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.plan import Kind
from reporting.unit_of_measure import kind_of_unit, magnitude_of, only_whole, share_of


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", Kind.PERCENT),
        ("% dân số", Kind.PERCENT),
        ("phần trăm", Kind.PERCENT),
        ("người", Kind.NUMBER),
        ("Mbit/s", Kind.NUMBER),
        (None, Kind.MILESTONE),
        ("", Kind.MILESTONE),
    ],
)
def test_a_unit_tells_the_sort_of_value(unit: str | None, kind: Kind) -> None:
    assert kind_of_unit(unit) is kind


@pytest.mark.parametrize("unit", ["người", "Hồ sơ", "hồ sơ/năm", "dịch vụ công trực tuyến", "tổ chức, doanh nghiệp"])
def test_whole_things(unit: str) -> None:
    assert only_whole(unit)


@pytest.mark.parametrize(
    "unit", ["Mbit/s", "triệu đồng", "kết nối/người", "doanh nghiệp/1.000 dân", "người/vạn dân", "điểm", "%", None]
)
def test_measures_and_shares_may_have_decimals(unit: str | None) -> None:
    assert not only_whole(unit)


def test_magnitudes() -> None:
    assert magnitude_of("triệu đồng") == Decimal(1_000_000)
    assert magnitude_of("người") == 1


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("Tỷ lệ hồ sơ nộp trực tuyến", "hồ sơ"),
        ("Tỷ lệ người dân có tài khoản định danh", "người"),
        ("Tỷ lệ doanh nghiệp dùng hóa đơn điện tử", "doanh nghiệp"),
        ("Ty le ho gia dinh co cap quang", "hộ"),
        ("Mức độ hài lòng", None),
    ],
)
def test_the_name_of_a_rate_tells_what_it_is_a_share_of(name: str, things: str | None) -> None:
    assert share_of(name) == things
