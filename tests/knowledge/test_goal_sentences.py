"""What the goals' sentences set: lists in a sentence, counts, ranges, figures that are only told, leads, times."""

from __future__ import annotations

import pytest

from knowledge.plan import Indicator, Operator
from tests.knowledge.readings import plan

HEAD = """
KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

II. MỤC TIÊU

1. Mục tiêu chung

Đưa 100% việc của xã lên mạng trong những năm tới.

2. Mục tiêu cụ thể

"""


def targets(text: str, *, damaged: bool = False) -> tuple[Indicator, ...]:
    return plan(HEAD + text, damaged=damaged).indicators


def figures(text: str) -> list[tuple[str, str, float, str | None]]:
    found = []
    for one in targets(text):
        target = one.target
        assert target.operator is not None
        assert target.value is not None
        found.append((one.name, target.operator.value, float(target.value), target.unit))
    return found


@pytest.mark.parametrize(
    ("bullet", "name", "operator", "value", "unit"),
    [
        ("- 7/7 thôn có nhóm trao đổi chung.", "Thôn có nhóm trao đổi chung", "=", 7, "thôn"),
        ("- Mở 05 lớp học tại 05 thôn.", "Mở lớp học tại 05 thôn", "=", 5, "lớp học"),
        ("- Tập huấn cho 1.350 người trong xã.", "Tập huấn cho người trong xã", "=", 1350, "người"),
        ("- Thời gian chờ: không quá 12 phút/lượt.", "Thời gian chờ", "<=", 12, "phút/lượt"),
        ("- Mỗi thôn có ít nhất 01 tổ thường trực.", "Mỗi thôn có tổ thường trực", ">=", 1, "tổ"),
        ("- Hồ sơ trễ hẹn không vượt quá 1,5%.", "Hồ sơ trễ hẹn", "<=", 1.5, "%"),
        ("- Từ 70% trở lên hộ dùng ví điện tử.", "Hộ dùng ví điện tử", ">=", 70, "%"),
        ("- Độ sẵn sàng của mạng đạt 99,9%/năm.", "Độ sẵn sàng của mạng", "=", 99.9, "%"),
        ("- Chi phí in ấn giảm 25% so với năm 2025.", "Chi phí in ấn giảm so với năm 2025", "=", 25, "%"),
        ("- Nâng tỷ lệ ký số từ 55% lên 90%.", "Nâng tỷ lệ ký số", "=", 90, "%"),
        ("- 5/7 thôn đạt 100% hộ có cáp quang.", "Thôn đạt 100% hộ có cáp quang", "=", 5, "thôn"),
    ],
)
def test_one_target(bullet: str, name: str, operator: str, value: float, unit: str) -> None:
    assert figures(bullet) == [(name, operator, value, unit)]
    assert not targets(bullet)[0].needs_check


@pytest.mark.parametrize(
    "items",
    [
        "1. 80% hộ có mã QR.\n2. Ít nhất 03 chợ có wifi.",
        "a) 80% hộ có mã QR.\nb) Ít nhất 03 chợ có wifi.",
        "2.1. 80% hộ có mã QR.\n2.2. Ít nhất 03 chợ có wifi.",
        "(1) 80% hộ có mã QR.\n(2) Ít nhất 03 chợ có wifi.",
        "— 80% hộ có mã QR.\n— Ít nhất 03 chợ có wifi.",
        "Năm 2026, xã phấn đấu đạt các chỉ tiêu sau: 80% hộ có mã QR; ít nhất 03 chợ có wifi.",
        "Về thanh toán số: 80% hộ có mã QR; ít nhất 03 chợ có wifi.",
    ],
)
def test_however_an_author_lists_them(items: str) -> None:
    assert figures(items) == [("Hộ có mã QR", "=", 80, "%"), ("Chợ có wifi", ">=", 3, "chợ")]


def test_targets_joined_by_commas_and_by_and() -> None:
    text = "- Hồ sơ nộp qua mạng đạt tối thiểu 82%, hồ sơ trả qua mạng đạt 90%."
    assert [found[1:3] for found in figures(text)] == [(">=", 82), ("=", 90)]
    text = "- Tỷ lệ lớp dùng sổ điện tử đạt 100% ở cấp tiểu học và trên 70% ở cấp trung học cơ sở."
    first, second = figures(text)
    assert first[0] == "Tỷ lệ lớp dùng sổ điện tử ở cấp tiểu học"
    assert second[:3] == ("Tỷ lệ lớp dùng sổ điện tử ở cấp trung học cơ sở", ">", 70)
    text = "- Giảm ít nhất 20% thời gian và 15% chi phí làm hồ sơ."
    assert [found[1:3] for found in figures(text)] == [(">=", 20), (">=", 15)]


def test_a_second_target_says_of_which_things_it_is() -> None:
    _, second = figures("- Duy trì cung cấp 40 dịch vụ công trực tuyến và 100% trả kết quả điện tử.")
    assert second[0] == "Trả kết quả điện tử (đối với 40 dịch vụ công trực tuyến)"


@pytest.mark.parametrize(
    ("bullet", "value"),
    [
        ("- Tỷ lệ dùng sổ sức khỏe: năm 2025 đạt 61%, năm 2026 phấn đấu đạt 77%.", 77),
        ("- Tỉnh giao 60% hộ có chữ ký số, xã phấn đấu đạt 64%.", 64),
        ("- Tỷ lệ hài lòng đạt 93%, cao hơn 4% so với chỉ tiêu tỉnh giao.", 93),
        ("- 88% người dân có tài khoản (năm 2025 đạt 80%).", 88),
    ],
)
def test_last_years_and_the_provinces_figures_are_no_targets(bullet: str, value: float) -> None:
    ((_, _, read, _),) = figures(bullet)
    assert read == value


def test_money_that_grows_by_a_rate_is_the_target_not_the_rate() -> None:
    ((name, _, value, unit),) = figures("- Doanh thu bán hàng qua mạng đạt 9 tỷ đồng, tăng 30% so với năm 2025.")
    assert (name, value, unit) == ("Doanh thu bán hàng qua mạng", 9, "tỷ đồng")


@pytest.mark.parametrize(
    ("bullet", "low"),
    [("- Kinh tế số chiếm 12-15% giá trị sản xuất.", 12), ("- Có từ 02 đến 04 sản phẩm lên sàn.", 2)],
)
def test_a_range_asks_a_person(bullet: str, low: float) -> None:
    (indicator,) = targets(bullet)
    assert (indicator.target.operator, float(indicator.target.value or 0)) == (Operator.AT_LEAST, low)
    assert "khoảng" in indicator.checks[0]


@pytest.mark.parametrize(
    "bullet",
    [
        "- Chỉ số của xã thuộc nhóm 10 xã dẫn đầu tỉnh.",
        "- Xã đạt chuẩn chuyển đổi số mức độ 2.",
        "- Xếp hạng tăng từ 03 đến 05 bậc so với năm trước.",
        "- Nâng cấp mạng theo mô hình 4 lớp.",
        "- Triển khai Đề án 06 tại các thôn.",
    ],
)
def test_ranks_levels_and_numbers_of_documents_are_no_figures(bullet: str) -> None:
    assert targets(bullet) == ()


@pytest.mark.parametrize(
    ("bullet", "name", "due"),
    [
        ("- 90% hộ có mã QR trước ngày 30/6/2026.", "Hộ có mã QR", "Trước ngày 30/6/2026"),
        ("- Đến hết năm 2026, 90% hộ có mã QR.", "Hộ có mã QR", "Đến hết năm 2026"),
        ("- 90% hộ có mã QR, hoàn thành trong Quý II/2026.", "Hộ có mã QR", "Quý II/2026"),
        ("Đến hết năm 2026:\n- 90% hộ có mã QR.", "Hộ có mã QR", "Đến hết năm 2026"),
    ],
)
def test_the_time_of_a_target(bullet: str, name: str, due: str) -> None:
    (indicator,) = targets(bullet)
    assert (indicator.name, indicator.due) == (name, due)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("- 90% hộ có mã QR (Phòng Kinh tế chủ trì).", "Phòng Kinh tế"),
        ("- 90% hộ có mã QR. Cơ quan chủ trì: Công an xã.", "Công an xã"),
        ("a) Phòng Kinh tế chủ trì:\n\n+ 90% hộ có mã QR.", "Phòng Kinh tế"),
        ("2.1. Nhóm chỉ tiêu do Trạm Y tế xã chủ trì\n\n- 90% hộ có mã QR.", "Trạm Y tế xã"),
    ],
)
def test_the_lead_of_a_target(text: str, lead: str) -> None:
    (indicator,) = targets(text)
    assert (indicator.name, indicator.lead) == ("Hộ có mã QR", (lead,))


def test_a_heading_that_leads_nobody_gives_no_lead() -> None:
    (indicator,) = targets("2.1. Kinh tế số\n\n- 90% hộ có mã QR.")
    assert indicator.lead == ()


def test_a_damaged_direction_is_read() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 x4 Khe Vang nim 2026

    I. MUC TIEU CU THE

    1. 80% hé gia dinh cé ma QR.
    2. Tw 60% tré lén hé kinh doanh nhan chuyén khoan.
    3. Khong dudi 95% nguoi dan hai long.
    4. 40% cho cé wifi truéc ngay 01/10/2026.
    """
    read = plan(text, damaged=True).indicators
    assert [(one.target.operator, one.target.value) for one in read] == [
        (Operator.EQUAL, 80),
        (Operator.AT_LEAST, 60),
        (Operator.AT_LEAST, 95),
        (Operator.EQUAL, 40),
    ]
    assert read[3].due == "Trước ngày 01/10/2026"
