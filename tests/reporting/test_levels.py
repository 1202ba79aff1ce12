"""The sentence that sets a commune's target beside its province's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.plan import Kind, Operator, Target
from reporting.levels import Above, beside, briefly, level_of


def percent(value: int, operator: Operator = Operator.AT_LEAST) -> Target:
    return Target(operator, Decimal(value), "%", Kind.PERCENT, f"{value}%")


def above(target: Target, *, doubtful: bool = False) -> Above:
    return Above("xã", "tỉnh", "12/KH-UBND", "Phụ lục", target, doubtful)


@pytest.mark.parametrize(
    ("own", "province", "said"),
    [
        (95, 87, "cao hơn 8 điểm"),
        (60, 75, "thấp hơn tỉnh 15 điểm"),
        (60, 60, "Tỉnh cũng đặt"),
    ],
)
def test_a_target_is_set_beside_that_of_the_level_above(own: int, province: int, said: str) -> None:
    line = beside(percent(own), above(percent(province)))
    assert line is not None
    assert said in line


def test_more_than_a_value_asks_for_more_than_the_value() -> None:
    line = beside(percent(60, Operator.MORE), above(percent(60, Operator.EQUAL)))
    assert line is not None
    assert "cao hơn" in line


def test_what_is_measured_differently_is_not_compared() -> None:
    count = Target(Operator.AT_LEAST, Decimal(20), "hồ sơ", Kind.NUMBER, "20 hồ sơ")
    assert beside(count, above(percent(20))) is None
    assert beside(percent(5, Operator.AT_MOST), above(percent(5, Operator.AT_LEAST))) is None


def test_a_number_that_nobody_confirmed_is_said_to_be_unconfirmed() -> None:
    line = beside(percent(60), above(percent(60), doubtful=True))
    assert line is not None
    assert line.endswith("Số của tỉnh chưa được xác nhận.")


def test_authorities_are_called_by_their_level() -> None:
    assert level_of("UBND xã Hòa Mẫu") == "xã"
    assert level_of("UBND tỉnh Quảng Mẫu") == "tỉnh"


@pytest.mark.parametrize(
    ("own", "province", "said"), [(95, 87, "tỉnh tối thiểu 87 %"), (60, 75, "tỉnh tối thiểu 75 %"), (60, 60, None)]
)
def test_a_list_names_the_level_above_only_where_it_differs(own: int, province: int, said: str | None) -> None:
    assert briefly(percent(own), above(percent(province))) == said


def test_a_list_says_that_the_level_above_is_not_sure() -> None:
    assert briefly(percent(60), above(percent(75), doubtful=True)) == "tỉnh tối thiểu 75 % chưa xác nhận"
