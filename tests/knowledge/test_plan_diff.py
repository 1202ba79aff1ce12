"""What a new version of a plan changes, and what only a scan does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from knowledge.plan import Document, Indicator, Kind, Operator, Plan, Target
from knowledge.plan_diff import compare
from knowledge.source import Source
from tests.knowledge.readings import plan

FIRST = """
I. MỤC TIÊU

- Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.

- Tỷ lệ người dân có chữ ký số đạt 25%.

- Tỷ lệ hộ kinh doanh nhận chuyển khoản đạt 70%.
"""


def rate(value: str, operator: Operator = Operator.EQUAL) -> Target:
    return Target(operator, Decimal(value), "%", Kind.PERCENT, f"{value}%")


def row(no: int, name: str, target: Target, **more: object) -> Indicator:
    lead = more.pop("lead", ("Công an xã",))
    return Indicator(name, target, "Phụ lục", Source(no, no, name), str(no), lead=lead, **more)  # type: ignore[arg-type]


ROWS = (
    row(1, "Tỷ lệ phủ sóng 5G (dân số)", rate("60"), due="Quý III/2026"),
    row(2, "Tỷ lệ người dân có tài khoản VNeID mức 2", rate("95", Operator.AT_LEAST)),
    row(3, "Tỷ lệ hộ kinh doanh nhận chuyển khoản", rate("70")),
    row(4, "Hồ sơ bệnh án điện tử tại trạm y tế", Target(None, None, None, Kind.MILESTONE, "Hoàn thành")),
)


def of(*rows: Indicator, damaged: bool = False) -> Plan:
    return Plan(Document("20/KH-UBND"), rows, damaged=damaged)


def test_added_removed_and_changed_indicators() -> None:
    second = FIRST.replace("đạt 25%", "đạt 30%").replace("hộ kinh doanh nhận chuyển khoản", "thôn có mạng không dây")
    diff = compare(plan(FIRST), plan(second))
    assert [one.name for one in diff.added] == ["Tỷ lệ thôn có mạng không dây"]
    assert [one.name for one in diff.removed] == ["Tỷ lệ hộ kinh doanh nhận chuyển khoản"]
    (change,) = diff.changed
    assert change.target
    assert (change.before.target.value, change.after.target.value) == (25, 30)


def test_reports_follow_an_indicator_that_moved_or_was_reworded() -> None:
    second = """
    I. MỤC TIÊU

    - Tỷ lệ người dân trên địa bàn xã có chữ ký số đạt 25%.

    - Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.

    - Tỷ lệ hộ kinh doanh nhận chuyển khoản đạt 70%.
    """
    diff = compare(plan(FIRST), plan(second))
    assert diff.kept == ((0, 1), (1, 0), (2, 2))
    assert diff.nothing


def test_a_version_compared_with_itself_changes_nothing() -> None:
    assert compare(plan(FIRST), plan(FIRST)).nothing


def test_renumbered_rows_are_the_same_rows() -> None:
    moved = tuple(replace(one, no=str(9 - at)) for at, one in enumerate(reversed(ROWS)))
    diff = compare(of(*ROWS), of(*moved))
    assert diff.nothing
    assert diff.kept == ((0, 3), (1, 2), (2, 1), (3, 0))


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (0, "Tỷ lệ phủ song 5G (dan sô)"),
        (1, "Tỷ lệ người dân từ đủ 14 tuổi trở lên có tài khoản VNeID mức 2"),
        (2, "Tỷ lệ hộ kinh doanh nhan chuyên khoàn_"),
        (2, "Tỷ lệ hộ kinh doanh, cơ sở dịch vụ nhận thanh toán chuyển khoản"),
    ],
)
def test_a_renamed_or_misread_row_is_neither_new_nor_dropped(at: int, name: str) -> None:
    second = [*ROWS]
    second[at] = replace(ROWS[at], name=name)
    assert compare(of(*ROWS), of(*second)).nothing


def test_another_figure_in_the_name_makes_another_indicator() -> None:
    second = (ROWS[0], replace(ROWS[1], name="Tỷ lệ người dân có tài khoản VNeID mức 1"), *ROWS[2:])
    diff = compare(of(*ROWS), of(*second))
    assert [one.name[-5:] for one in diff.added] == ["mức 1"]
    assert [one.name[-5:] for one in diff.removed] == ["mức 2"]


def test_a_new_lead_and_a_new_time_are_changes() -> None:
    second = (
        replace(ROWS[0], due="Quý IV/2026"),
        replace(ROWS[1], lead=("Phòng Văn hóa - Xã hội",)),
        replace(ROWS[2], lead=("Công an xa",)),
        ROWS[3],
    )
    time, lead = compare(of(*ROWS), of(*second)).changed
    assert (time.target, time.lead, time.due) == (False, False, True)
    assert (lead.target, lead.lead, lead.due) == (False, True, False)


def test_a_sign_that_a_scan_lost_is_no_change() -> None:
    scanned = (
        replace(ROWS[0], target=rate("60", Operator.MORE)),
        replace(ROWS[1], target=rate("95", Operator.MORE)),
        *ROWS[2:],
    )
    assert compare(of(*ROWS), of(*scanned, damaged=True)).nothing
    (change,) = compare(of(*ROWS), of(*scanned)).changed
    assert change.after.target.operator is Operator.MORE
    assert change.before.target.operator is Operator.EQUAL


def test_a_doubtful_reading_is_unsure_and_never_a_change() -> None:
    same = replace(ROWS[0], checks=('Bản quét in "6006".',))
    other = replace(ROWS[0], target=rate("6"), checks=('Bản quét in "6006".',))
    assert compare(of(*ROWS), of(same, *ROWS[1:])).nothing
    diff = compare(of(*ROWS), of(other, *ROWS[1:]))
    assert diff.changed == ()
    assert [one.after for one in diff.unsure] == [other]


def test_an_indicator_stated_twice_is_compared_where_its_lead_stands() -> None:
    goal = replace(ROWS[2], no=None, where="I", lead=())
    before = of(goal, *(replace(one, same_as=0 if one is ROWS[2] else None) for one in ROWS))
    after = of(*ROWS[:2], replace(ROWS[2], lead=("Phòng Kinh tế",)), ROWS[3])
    diff = compare(before, after)
    (change,) = diff.changed
    assert change.lead
    assert (diff.added, diff.removed) == ((), ())


def test_a_reading_that_failed_is_told_from_a_plan_that_changed() -> None:
    ruined = tuple(row(n, f"Dòng hỏng {'abcd'[n - 1] * 9}", rate("1")) for n in range(1, 5))
    assert not compare(of(*ROWS), of(*ruined)).comparable
    assert compare(of(*ROWS), of(*ROWS[:2])).comparable
