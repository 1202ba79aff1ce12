"""What a new version of a plan changes."""

from __future__ import annotations

from knowledge.plan_diff import compare
from tests.knowledge.readings import plan

FIRST = """
I. MỤC TIÊU

- Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.

- Tỷ lệ người dân có chữ ký số đạt 25%.

- Tỷ lệ hộ kinh doanh nhận chuyển khoản đạt 70%.
"""


def test_added_removed_and_changed_indicators() -> None:
    second = FIRST.replace("đạt 25%", "đạt 30%").replace("hộ kinh doanh nhận chuyển khoản", "thôn có mạng không dây")
    diff = compare(plan(FIRST), plan(second))
    assert [one.name for one in diff.added] == ["Tỷ lệ thôn có mạng không dây"]
    assert [one.name for one in diff.removed] == ["Tỷ lệ hộ kinh doanh nhận chuyển khoản"]
    (change,) = diff.changed
    assert change.target_changed
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
    assert (diff.added, diff.removed, diff.changed) == ((), (), ())


def test_a_version_compared_with_itself_changes_nothing() -> None:
    diff = compare(plan(FIRST), plan(FIRST))
    assert (diff.added, diff.removed, diff.changed) == ((), (), ())
