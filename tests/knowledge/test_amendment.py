"""A document that amends rows of an earlier plan: told from a plan, its clauses and its table read, what it drops."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.amended import revise
from knowledge.plan import Plan
from tests.knowledge.readings import named, plan

DECISION = """
ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ KHE VÀNG                      Độc lập - Tự do - Hạnh phúc

Số: 312/QĐ-UBND                   Khe Vàng, ngày 15 tháng 6 năm 2026

QUYẾT ĐỊNH
Về việc {title}

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ KHE VÀNG

QUYẾT ĐỊNH:

Điều 1. Điều chỉnh các nội dung sau:

1. Sửa đổi chỉ tiêu số 1: Tỷ lệ phủ sóng 5G trên địa bàn từ 60% lên 65%.

2. Bổ sung chỉ tiêu: Tỷ lệ hộ kinh doanh nhận chuyển khoản đạt 70%.

3. {dropping}

Điều 2. Quyết định này có hiệu lực từ ngày ký.
"""
AMENDING = "điều chỉnh một số chỉ tiêu tại Phụ lục kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026"

WHOLE = """
ỦY BAN NHÂN DÂN
XÃ KHE VÀNG
Số: 12/KH-UBND
Khe Vàng, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

PHỤ LỤC
CHỈ TIÊU NĂM 2026

TT | Chỉ tiêu | Chỉ tiêu năm 2026 | Cơ quan chủ trì
1 | Tỷ lệ phủ sóng 5G trên địa bàn | 60% | Phòng Kinh tế
2 | Tỷ lệ người dân có chữ ký số | 30% | Công an xã
3 | Tỷ lệ doanh nghiệp sử dụng hợp đồng điện tử | 80% | Phòng Kinh tế
4 | Tỷ lệ sổ hộ tịch giấy được số hóa | 90% | Công an xã
"""


def decision(title: str = AMENDING, dropping: str = "Bãi bỏ các chỉ tiêu số 2 và số 4.") -> Plan:
    return plan(DECISION.format(title=title, dropping=dropping))


def test_the_clauses_of_a_decision_are_read() -> None:
    read = decision()
    assert read.amends is not None
    assert (read.amends.number, read.amends.date) == ("12/KH-UBND", date(2026, 1, 5))
    assert [one.no for one in read.amends.removed] == ["2", "4"]
    changed, added = named(read, "5G"), named(read, "chuyển khoản")
    assert (changed.no, changed.target.value, changed.where) == ("1", Decimal(65), "Điều 1, khoản 1")
    assert (added.no, added.target.value) == (None, Decimal(70))


@pytest.mark.parametrize(
    "title",
    [
        "ban hành Kế hoạch chuyển đổi số năm 2026",
        "bổ sung nhiệm vụ triển khai thực hiện Kế hoạch số 121/KH-UBND của UBND tỉnh",
        "ban hành Kế hoạch thay thế Kế hoạch số 12/KH-UBND sau khi sửa đổi, bổ sung",
        "sửa đổi, bổ sung Quy chế làm việc của Ủy ban nhân dân xã",
    ],
)
def test_a_plan_that_stands_by_itself_amends_none(title: str) -> None:
    assert decision(title).amends is None


def test_what_is_left_unsaid_stays_and_the_rest_is_counted() -> None:
    revision = revise(plan(WHOLE), decision())
    assert revision.partial
    (change,) = revision.changed
    assert (change.before.target.value, change.after.target.value) == (Decimal(60), Decimal(65))
    assert change.after.lead == ("Phòng Kinh tế",)
    assert not change.lead
    assert [one.name for one in revision.added] == ["Tỷ lệ hộ kinh doanh nhận chuyển khoản"]
    assert len(revision.removed) == 2
    assert revision.untouched == 1


def test_an_indicator_that_is_named_nearly_alike_is_a_new_one() -> None:
    added = "Bổ sung chỉ tiêu: Tỷ lệ doanh nghiệp sử dụng hóa đơn điện tử đạt 95%."
    revision = revise(plan(WHOLE), decision(dropping=added))
    assert "Tỷ lệ doanh nghiệp sử dụng hóa đơn điện tử" in [one.name for one in revision.added]
    assert not any("hợp đồng" in one.before.name for one in revision.changed)


def test_a_row_that_is_dropped_by_a_name_nobody_has_is_said() -> None:
    revision = revise(plan(WHOLE), decision(dropping="Bãi bỏ chỉ tiêu “Tỷ lệ thửa đất được đo đạc lại”."))
    assert revision.lost == ("Tỷ lệ thửa đất được đo đạc lại",)
    assert revision.removed == ()
