"""Targets set in the running text of a plan's goals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.plan import Indicator, Kind, Operator
from tests.knowledge.readings import plan

HEAD = """
KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

II. MỤC TIÊU

1. Mục tiêu chung

- Đưa 100% việc của xã lên mạng trong những năm tới.

2. Mục tiêu cụ thể

2.1. Hạ tầng số

"""


def targets(bullet: str) -> tuple[Indicator, ...]:
    return plan(HEAD + bullet).indicators


@pytest.mark.parametrize(
    ("bullet", "name", "operator", "value", "unit"),
    [
        ("- 100% văn bản đi được ký số.", "Văn bản đi được ký số", Operator.EQUAL, "100", "%"),
        ("- Trên 90% người dân hài lòng.", "Người dân hài lòng", Operator.MORE, "90", "%"),
        ("- Có > 65% người dân dùng ví điện tử.", "Người dân dùng ví điện tử", Operator.MORE, "65", "%"),
        (
            "- Tối thiểu 80% hộ kinh doanh nhận chuyển khoản.",
            "Hộ kinh doanh nhận chuyển khoản",
            Operator.AT_LEAST,
            "80",
            "%",
        ),
        (
            "- Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.",
            "Tỷ lệ phủ sóng 5G trên địa bàn",
            Operator.EQUAL,
            "60",
            "%",
        ),
        (
            "- Tỷ trọng thương mại điện tử đạt trên 18,7%.",
            "Tỷ trọng thương mại điện tử",
            Operator.MORE,
            "18.7",
            "%",
        ),
        (
            "- Tỷ lệ người dùng có đường truyền trên 01 Gb/s đạt 60%.",
            "Tỷ lệ người dùng có đường truyền trên 01 Gb/s",
            Operator.EQUAL,
            "60",
            "%",
        ),
        (
            "- Tỷ lệ người từ 15 tuổi trở lên có tài khoản (tính cả 5% dân tạm trú) đạt 85%.",
            "Tỷ lệ người từ 15 tuổi trở lên có tài khoản (tính cả 5% dân tạm trú)",
            Operator.EQUAL,
            "85",
            "%",
        ),
        (
            "- Trung bình mỗi người dân có 01 kết nối Internet.",
            "Trung bình mỗi người dân có kết nối Internet",
            Operator.EQUAL,
            "1",
            "kết nối/người",
        ),
        (
            "- Tốc độ tải xuống trung bình: tối thiểu 40 Mbit/s tại các thôn.",
            "Tốc độ tải xuống trung bình tại các thôn",
            Operator.AT_LEAST,
            "40",
            "Mbit/s",
        ),
        (
            "- Xây dựng ít nhất 02 mô hình chợ không tiền mặt.",
            "Xây dựng mô hình chợ không tiền mặt",
            Operator.AT_LEAST,
            "2",
            "mô hình",
        ),
    ],
)
def test_a_bullet_gives_name_direction_figure_and_unit(
    bullet: str, name: str, operator: Operator, value: str, unit: str
) -> None:
    (indicator,) = targets(bullet)
    target = indicator.target
    assert (indicator.name, target.operator, target.value, target.unit) == (name, operator, Decimal(value), unit)
    assert not indicator.needs_check
    assert (indicator.where, indicator.group) == ("II.2.1", "Hạ tầng số")


def test_a_bullet_may_set_two_targets() -> None:
    first, second = targets("- 100% hồ sơ nộp qua mạng; 90% hồ sơ trả trước hạn.")
    assert (first.name, first.target.value) == ("Hồ sơ nộp qua mạng", 100)
    assert (second.name, second.target.value) == ("Hồ sơ trả trước hạn", 90)


def test_a_count_and_the_count_inside_it_are_two_targets() -> None:
    text = "- Bảo đảm cung cấp 981 dịch vụ công trực tuyến với số lượng hồ sơ trung bình ít nhất 10 hồ sơ/năm."
    services, files = targets(text)
    assert (services.target.value, services.target.unit) == (981, "dịch vụ công trực tuyến")
    assert (files.target.operator, files.target.value, files.target.unit) == (Operator.AT_LEAST, 10, "hồ sơ/năm")


def test_a_rate_above_a_hundred_is_never_passed_in_silence() -> None:
    (indicator,) = targets("- Phủ sóng 4G đạt tỷ lệ trên 100% các thôn.")
    assert indicator.needs_check
    assert "không thể vượt 100 %" in indicator.checks[0]
    assert "trên 100%" in indicator.source.quote


@pytest.mark.parametrize(
    "bullet",
    [
        "- Duy trì hoạt động của 7 thôn theo mô hình chính quyền địa phương 02 cấp.",
        "- Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022.",
        "- Tiếp tục nâng cao chất lượng phục vụ người dân.",
    ],
)
def test_figures_that_are_no_targets(bullet: str) -> None:
    assert targets(bullet) == ()


def test_percentages_outside_the_goals_are_no_indicators() -> None:
    text = """
    KẾ HOẠCH
    Chuyển đổi số xã Khe Vàng năm 2026

    I. KẾT QUẢ NĂM 2025

    - 95% người dân đã có định danh điện tử.

    II. MỤC TIÊU

    - 60% dân số được phủ sóng 5G.

    III. NHIỆM VỤ

    - Số hóa 100% hồ sơ phát sinh.
    """
    (indicator,) = plan(text).indicators
    assert indicator.name == "Dân số được phủ sóng 5G"
    assert indicator.target.kind is Kind.PERCENT
    assert (indicator.source.first, indicator.source.last) == (10, 10)


def test_a_damaged_bullet_keeps_its_figure_and_gets_its_letters_back() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 x4 Khe Vang nim 2026

    I. MUC TIEU

    2. Muc tiéu cu thé

    - Ty 16 doanh nghiép st dung hop déng dién tir dat trén 80%.

    - 85% can b6, cong chirc dugc tap huan k¥ nang s6.
    """
    first, second = plan(text, damaged=True).indicators
    assert first.name == "Tỷ lệ doanh nghiệp sử dụng hợp đồng điện tử"
    assert (first.target.operator, first.target.value) == (Operator.MORE, 80)
    assert second.name == "Cán bộ, công chức được tập huấn kỹ năng số"
