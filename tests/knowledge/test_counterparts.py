"""The same indicator in a commune's and its province's plan is found; what only sounds alike is left alone."""

from __future__ import annotations

import pytest

from knowledge.counterparts import Statement, counterparts
from knowledge.plan import Kind

# A province's list, so that common words weigh as little as they do in a plan.
PROVINCE = (
    "Tỷ lệ hồ sơ thủ tục hành chính tiếp nhận trực tuyến toàn trình của các sở, ngành và cấp xã",
    "Tỷ lệ thủ tục hành chính thực hiện không phụ thuộc địa giới hành chính",
    "Tỷ lệ thanh toán trực tuyến phí, lệ phí khi giải quyết thủ tục hành chính",
    "Tỷ lệ người dân hài lòng khi dùng dịch vụ công trực tuyến",
    "Tỷ lệ số hóa kết quả giải quyết thủ tục hành chính",
    "Tỷ lệ hồ sơ công việc cấp xã xử lý trên môi trường điện tử",
    "Tỷ lệ thôn, tổ dân phố có sóng di động 5G",
    "Tỷ lệ hộ gia đình có đường truyền cáp quang",
    "Tỷ lệ người dân trưởng thành có chữ ký số cá nhân",
    "Tỷ lệ người dân trưởng thành có tài khoản định danh điện tử mức 2",
    "Tỷ lệ người dân có sổ sức khỏe điện tử trên ứng dụng VNeID",
    "Tỷ lệ giao dịch mua bán thanh toán không dùng tiền mặt",
    "Tỷ lệ doanh nghiệp nhỏ và vừa dùng nền tảng số",
    "Tỷ lệ doanh nghiệp dùng hợp đồng điện tử",
    "Tỷ lệ cán bộ, công chức, viên chức được bồi dưỡng kỹ năng số cơ bản",
    "Tỷ lệ Tổ công nghệ số cộng đồng sinh hoạt đều đặn",
    "Tỷ lệ học sinh phổ thông có học bạ số",
    "Tỷ lệ hệ thống thông tin được phê duyệt hồ sơ đề xuất cấp độ an toàn thông tin",
)

SAME = (
    ("Hồ sơ TTHC được tiếp nhận trực tuyến toàn trình tại xã", 0),
    ("TTHC thực hiện phi địa giới hành chính", 1),
    ("Thanh toán trực tuyến phí, lệ phí trong giải quyết TTHC", 2),
    ("Mức độ hài lòng của người dân khi dùng DVC trực tuyến", 3),
    ("Kết quả giải quyết TTHC được số hóa", 4),
    ("Hồ sơ công việc của xã được xử lý trên môi trường điện tử (trừ hồ sơ mật)", 5),
    ("Hộ gia đình có đường truyền internet cáp quang", 7),
    ("Dân số trưởng thành có chữ ký số cá nhân", 8),
    ("Người dân từ đủ 14 tuổi trở lên có tài khoản định danh điện tử", 9),
    ("Tỷ lệ dân số có Sổ sức khoẻ điện tử", 10),
    ("Giao dịch mua bán trên địa bàn thanh toán không tiền mặt", 11),
    ("Doanh nghiệp vừa và nhỏ trên địa bàn xã dùng nền tảng số", 12),
    ("CBCCVC được bồi dưỡng kĩ năng số căn bản", 14),
    ("Tổ CNSCĐ sinh hoạt đều đặn hằng tháng", 15),
    ("Học sinh phổ thông trên địa bàn phường có học bạ số", 16),
)

OTHERS = (
    "Thanh toán dịch vụ công trực tuyến qua mã QR tại quầy",
    "Hồ sơ thủ tục hành chính tiếp nhận trực tuyến một phần",
    "Hồ sơ thủ tục hành chính tiếp nhận trực tiếp tại Trung tâm",
    "Cán bộ, công chức xã có chữ ký số cá nhân",
    "Học sinh có tài khoản định danh điện tử mức 2",
    "Thôn, tổ dân phố có sóng di động 4G",
    "Dân số được phủ sóng di động 5G",
    "Người dân hài lòng với Tổ công nghệ số cộng đồng",
    "Doanh nghiệp dùng hóa đơn điện tử",
    "Hộ kinh doanh thanh toán không dùng tiền mặt",
    "Người dân có hồ sơ sức khỏe điện tử do Trạm Y tế lập",
    "Học sinh phổ thông nộp học phí không dùng tiền mặt",
    "Người dân được tập huấn kỹ năng số cơ bản",
    "Cán bộ, công chức, viên chức làm chủ kỹ năng số",
    "Hộ gia đình có địa chỉ số",
    "Văn bản mật trao đổi trên mạng riêng",
    "Thủ tục hành chính được cắt giảm thời gian giải quyết",
    "Kết quả giải quyết thủ tục hành chính đã số hóa được khai thác, sử dụng lại",
    "Máy tính tại UBND xã cài phần mềm phòng, chống mã độc",
)


def stated(*names: str, kind: Kind = Kind.PERCENT) -> list[Statement]:
    return [Statement(name, kind) for name in names]


def pairs(lower: list[Statement], upper: list[Statement]) -> dict[int, int]:
    return {at: found.to for at, found in counterparts(lower, upper).items()}


@pytest.mark.parametrize(("name", "expected"), SAME, ids=[name[:40] for name, _ in SAME])
def test_the_same_indicator_worded_otherwise_is_found(name: str, expected: int) -> None:
    assert pairs(stated(name), stated(*PROVINCE)) == {0: expected}


@pytest.mark.parametrize("name", OTHERS, ids=[name[:40] for name in OTHERS])
def test_what_only_sounds_alike_is_left_alone(name: str) -> None:
    assert pairs(stated(name), stated(*PROVINCE)) == {}


def test_a_whole_commune_is_linked_at_once() -> None:
    lower = stated(*(name for name, _ in SAME), *OTHERS)
    assert pairs(lower, stated(*PROVINCE)) == {at: to for at, (_, to) in enumerate(SAME)}


def test_where_two_fit_equally_well_none_is_chosen() -> None:
    upper = stated("Tỷ lệ phủ sóng 5G tại khu vực đồng bằng", "Tỷ lệ phủ sóng 5G tại khu vực miền núi")
    assert pairs(stated("Tỷ lệ phủ sóng 5G"), upper) == {}


def test_a_number_is_no_counterpart_of_a_rate() -> None:
    upper = stated("Tổ công nghệ số cộng đồng hoạt động hiệu quả", kind=Kind.NUMBER)
    assert pairs(stated("Tổ công nghệ số cộng đồng hoạt động hiệu quả"), upper) == {}


def test_a_letter_lost_in_a_scan_does_not_hide_the_indicator() -> None:
    lower = stated("Ty lệ hô so công viec cấp xã xử lý trên môi trường điện tu")
    assert pairs(lower, stated(*PROVINCE)) == {0: 5}
