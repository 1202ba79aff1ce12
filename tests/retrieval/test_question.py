"""What a question asks, in the ways people type it."""

from __future__ import annotations

import pytest

from retrieval.forms import Asked, Form
from retrieval.question import understand


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Chỉ tiêu phủ sóng 5G là bao nhiêu phần trăm?", Asked.PERCENT),
        ("ty le ho ngheo may phan tram", Asked.PERCENT),
        ("xã có mấy tổ hòa giải", Asked.COUNT),
        ("xa co may to hoa giai", Asked.COUNT),
        ("trạm y tế được cấp mấy máy tính", Asked.COUNT),
        ("sửa trụ sở hết bao nhiêu tiền", Asked.MONEY),
        ("kinh phí mua máy in là bn", Asked.MONEY),
        ("chi tieu 5g bn", Asked.FIGURE),
        ("ai làm việc này", Asked.WHO),
        ("phong nao phu trach ho tich", Asked.WHO),
        ("Sở nào chủ trì", Asked.WHO),
        ("khi nào phải nộp báo cáo", Asked.WHEN),
        ("han nop bao cao", Asked.WHEN),
        ("bao lâu báo cáo một lần", Asked.FREQUENCY),
        ("phát thanh mấy lần một tuần", Asked.FREQUENCY),
        ("gặp sự cố bao lâu phải sửa xong", Asked.DURATION),
        ("gửi qua email nào", Asked.EMAIL),
        ("cho xin sđt công an xã", Asked.PHONE),
        ("trang web của xã là gì", Asked.ADDRESS),
        ("theo quyết định số mấy", Asked.DOCUMENT),
        ("căn cứ công văn nào", Asked.DOCUMENT),
        ("lập nhóm Zalo để làm gì", Asked.PURPOSE),
        ("dùng phần mềm gì", Asked.NAME),
        ("phương án dự phòng", Asked.OPEN),
    ],
)
def test_the_kind_of_value(question: str, asked: Asked) -> None:
    assert understand(question).asked is asked


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Cho em hỏi xã mình phủ sóng 5G phải đạt bao nhiêu phần trăm vậy ạ?", "phu song 5g"),
        ("so suc khoe dien tu xa minh phan dau may phan tram", "so suc khoe dien tu"),
        ("Phòng nào phụ trách TTHC?", "thu tuc hanh chinh"),
        ("doanh nghiệp ứng dụng AI đạt mấy %", "doanh nghiep ung dung tri tue nhan tao"),
    ],
)
def test_what_is_left_is_the_subject(question: str, content: str) -> None:
    assert " ".join(understand(question).words) == content


def test_the_authoritys_name_is_no_subject() -> None:
    assert understand("xã Hòa Mẫu trồng rừng bao nhiêu ha", names=["xã Hòa Mẫu"]).words == ("trong", "rung", "ha")


def test_years_codes_and_forms() -> None:
    question = understand("Theo 121/KH-UBND đến năm 2030 tỉnh đặt bao nhiêu?")
    assert question.years == {2030}
    assert question.codes == ("121/KH-UBND",)
    assert question.parent
    assert understand("xã so với tỉnh thế nào").form is Form.COMPARE
    assert understand("có bao nhiêu chỉ tiêu").form is Form.TALLY
    assert understand("những chỉ tiêu nào do Trạm Y tế chủ trì").form is Form.LIST
    assert understand("hiện đã đạt bao nhiêu rồi").reported
    assert understand("Kế hoạch này ai ký").plan_itself
    assert understand("báo cáo tháng nộp trước ngày nào").report


def test_two_counted_things_are_both_heard() -> None:
    nouns = understand("có mấy tổ, bao nhiêu thành viên").nouns
    assert [noun[0] for noun in nouns] == ["to", "thanh"]
