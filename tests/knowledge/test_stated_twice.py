"""A plan that states an indicator in its body and in its appendix: linked however it is worded, disagreement said."""

from __future__ import annotations

from decimal import Decimal

from knowledge.plan import Indicator, Kind, Operator, Target
from knowledge.source import Source
from knowledge.stated_twice import link

BODY, APPENDIX = "II.2", "Phụ lục"


def rate(
    name: str, value: int, where: str, *lead: str, no: str | None = None, checks: tuple[str, ...] = ()
) -> Indicator:
    target = Target(Operator.EQUAL, Decimal(value), "%", Kind.PERCENT, f"{value}%")
    return Indicator(name, target, where, Source(1, 1, name), no, lead=lead, checks=checks)


OTHERS = (
    rate("Hộ gia đình có đường truyền cáp quang", 88, BODY),
    rate("Doanh nghiệp nhỏ và vừa dùng nền tảng số", 45, BODY),
    rate("Thôn có tổ công nghệ số cộng đồng hoạt động", 100, BODY),
    rate("Tỷ lệ hộ kinh doanh nhận chuyển khoản ngân hàng", 70, APPENDIX, no="8"),
    rate("Tỷ lệ sổ hộ tịch giấy được chuyển thành dữ liệu", 90, APPENDIX, no="9"),
)


def test_a_reworded_row_with_another_target_is_linked_and_both_say_so() -> None:
    body = rate("Dân số trưởng thành được cấp chữ ký số hoặc chữ ký điện tử cá nhân", 60, BODY)
    row = rate("Tỷ lệ người dân trưởng thành có chữ ký số hoặc chữ ký điện tử", 65, APPENDIX, no="1")
    linked = link([body, *OTHERS, row])
    assert linked[-1].same_as == 0
    said = "Phần nội dung (II.2) ghi 60 %, Phụ lục ghi 65 %."
    assert linked[0].checks == linked[-1].checks == (said,)
    assert not any(one.needs_check for one in linked[1:-1])


def test_two_appendices_are_named_as_they_are_called() -> None:
    linked = link([rate("Tỷ lệ phủ sóng 5G", 60, "Phụ lục 1"), rate("Tỷ lệ phủ sóng 5G", 65, "Phụ lục 2")])
    assert linked[1].checks == ("Phụ lục 1 ghi 60 %, Phụ lục 2 ghi 65 %.",)


def test_other_leads_are_a_reason_to_check_the_lead() -> None:
    name = "Tỷ lệ người dân có sổ sức khỏe điện tử"
    linked = link([rate(name, 80, BODY, "Trạm Y tế xã"), rate(name, 80, APPENDIX, "Phòng Văn hóa - Xã hội", no="1")])
    (reason,) = linked[1].checks
    assert reason == (
        "Cơ quan chủ trì ghi khác nhau: phần nội dung (II.2) ghi Trạm Y tế xã, Phụ lục ghi Phòng Văn hóa - Xã hội."
    )
    assert linked[0].checks == (reason,)


def test_the_same_lead_in_other_letters_is_no_disagreement() -> None:
    name = "Tỷ lệ người dân có sổ sức khỏe điện tử"
    linked = link([rate(name, 80, BODY, "Phòng Văn hoá - Xã hội"), rate(name, 80, APPENDIX, "Phòng Văn hóa- Xã hội")])
    assert not linked[0].needs_check


def test_indicators_of_other_people_or_steps_are_not_taken_for_one() -> None:
    pairs = (
        ("Tỷ lệ cán bộ được bồi dưỡng kỹ năng số cơ bản", "Tỷ lệ người dân được bồi dưỡng kỹ năng số cơ bản"),
        (
            "Kết quả thủ tục hành chính trả trên môi trường điện tử",
            "Tỷ lệ hồ sơ, kết quả thủ tục hành chính được số hóa",
        ),
        ("Doanh nghiệp sử dụng hợp đồng điện tử", "Tỷ lệ doanh nghiệp sử dụng hóa đơn điện tử"),
    )
    for one, other in pairs:
        linked = link([rate(one, 60, BODY), *OTHERS, rate(other, 65, APPENDIX, no="1")])
        assert not any(row.needs_check for row in linked), (one, other)
        assert linked[-1].same_as is None


def test_where_two_rows_fit_as_well_none_is_taken() -> None:
    body = rate("Thủ tục hành chính được giải quyết trực tuyến", 60, BODY)
    rows = [
        rate("Tỷ lệ thủ tục hành chính của thôn Khe được giải quyết trực tuyến", 65, APPENDIX, no="1"),
        rate("Tỷ lệ thủ tục hành chính của thôn Suối được giải quyết trực tuyến", 70, APPENDIX, no="2"),
    ]
    assert not any(one.needs_check for one in link([body, *OTHERS, *rows]))


def test_a_figure_that_is_doubted_already_accuses_no_other() -> None:
    body = rate("Dân số trưởng thành được cấp chữ ký số hoặc chữ ký điện tử cá nhân", 60, BODY)
    doubted = rate(
        "Tỷ lệ người dân trưởng thành có chữ ký số hoặc chữ ký điện tử", 6, APPENDIX, no="1", checks=("In không rõ.",)
    )
    assert not link([body, *OTHERS, doubted])[0].needs_check
