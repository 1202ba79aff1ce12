"""Indicator tables that a scan printed as plain lines, without columns."""

from __future__ import annotations

from knowledge.plan import Kind, Operator
from tests.knowledge.readings import SCANNED_HEAD, named, plan

# Names wrapped above and below their number, a lost percent sign, a value broken over two lines, a page break in the
# table, group rows, crumbs of diacritics: the ways in which such tables come out of a scan.
APPENDIX = (
    SCANNED_HEAD
    + """\
PHU LUC
CHI TIEU NAM 2026
(Kém theo Ké hoach s6 45/KH-UBND)

TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
I | Chinh quyén sé
1 Ty 1é hd so nép qua mang toan trinh, ngudi dan 80% Trung tam Phuc vu
khai mot lan hanh chinh cong
Ty 1é van ban di duoc ky s6 va gui qua
2 A . A X 100% Van phong HDND
mang, trir van ban mat va UBND
II | Ha tang s6
3 | Ty 1é phu séng 5G trén dia ban 6006 | Phong Van hoa - Xa
hoi
4 Hoan thién mang noi bo cua xa Hoan Phong Kinh té
thanh

TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
III | X4 hoi s6
5 | Ty 1é ngudi dan co S6 sirc khée dién tu >80% Tram Y té xa
6 | Ty 1é ngudi trong thanh co chir ky s6 150 Cong an xa
"""
)


def test_every_row_is_read_with_number_group_target_and_lead() -> None:
    read = plan(APPENDIX, damaged=True)
    rows = [(one.no, one.group, one.target.text, one.lead) for one in read.indicators]
    assert rows == [
        ("1", "Chính quyền số", "80%", ("Trung tâm Phục vụ hành chính công",)),
        ("2", "Chính quyền số", "100%", ("Văn phòng HĐND và UBND",)),
        ("3", "Hạ tầng số", "60%", ("Phòng Văn hóa - Xã hội",)),
        ("4", "Hạ tầng số", "Hoàn thành", ("Phòng Kinh tế",)),
        ("5", "Xã hội số", "trên 80%", ("Trạm Y tế xã",)),
        ("6", "Xã hội số", "15%", ("Công an xã",)),
    ]
    assert {one.where for one in read.indicators} == {"Phụ lục"}


def test_wrapped_names_are_joined_without_the_units_and_crumbs_between() -> None:
    read = plan(APPENDIX, damaged=True)
    assert read.indicators[0].name == "Tỷ lệ hồ sơ nộp qua mạng toàn trình, người dân khai một lần"
    assert read.indicators[1].name == "Tỷ lệ văn bản đi được ký số và gửi qua mạng, trừ văn bản mật"


def test_a_lost_percent_sign_is_proposed_shown_and_asked_about() -> None:
    read = plan(APPENDIX, damaged=True)
    coverage = named(read, "phủ sóng 5G")
    assert coverage.checks == ("Bản quét in “6006”; một tỷ lệ không thể vượt 100 %; hiểu là 60 %.",)
    (repair,) = coverage.repairs
    assert (repair.original, repair.understood) == ("6006", "60%")
    assert 0 < repair.confidence < 1
    assert "6006" in coverage.source.quote


def test_sound_rows_raise_no_doubt() -> None:
    read = plan(APPENDIX, damaged=True)
    assert [one.no for one in read.indicators if one.needs_check] == ["3", "6"]


def test_a_milestone_has_no_value() -> None:
    network = named(plan(APPENDIX, damaged=True), "mạng nội bộ")
    assert (network.target.kind, network.target.value) == (Kind.MILESTONE, None)


def test_lines_run_from_the_first_to_the_last_of_the_row() -> None:
    read = plan(APPENDIX, damaged=True)
    second = read.indicators[1].source
    assert second.quote.startswith("Ty 1é van ban di duoc ky s6")
    assert second.quote.endswith("va UBND")
    assert second.last - second.first == 2


def test_a_unit_column_and_a_row_number_misread() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 phuong Soi Bac nam 2026

    Phu luc 1
    CAC CHI TIEU NAM 2026
    (Kém theo Ké hoach)

    Don vi
    TT Noi dung chi tiéu tinh Chi tiéu
    I | PHAT TRIEN HA TANG
    1 | Ty 1é ho gia dinh co cap quang % 75%
    2 | Ty 1é khu phé co mang khong day mién phi cho ngudi % 60%
    dan va khach
    g | Ty 1é camera cong cong con hoat dong % >95%
    4 | Quy mo kinh té s6 trén dia ban % 12,5%
    """
    read = plan(text, damaged=True)
    assert [(one.no, one.target.value, one.target.unit) for one in read.indicators] == [
        ("1", 75, "%"),
        ("2", 60, "%"),
        ("3", 95, "%"),
        ("4", 12.5, "%"),
    ]
    assert {one.where for one in read.indicators} == {"Phụ lục 1"}
    assert read.indicators[2].target.operator is Operator.MORE
    assert not any(one.needs_check for one in read.indicators)


def test_rows_that_state_the_target_in_their_name() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 xa Khe Vang nam 2026

    PHU LUC
    PHAN CONG THUC HIEN CHI TIEU
    (Kém theo Ké hoach s6 45/KH-UBND)

    STT Muc tiéu, chi tiéu Co quan chu tri Co quan phéi hop Thoi gian thuc hién
    I | Kinh té s6
    1 | > 90% ho kinh doanh nhan chuyén khoan Phong Kinh té Cac don vi lién quan Thuong xuyén
    2 | Dua san pham cua xa lén san truc tuyén Phong Kinh té Cac don vi lién quan Thang 4/2026
    3 | 100% ngudi dan co tai khoan dinh danh dién tu Cong an xa Cac don vi lién quan Thuong xuyén
    """
    read = plan(text, damaged=True)
    rows = [(one.target.text, one.lead, one.coop, one.due) for one in read.indicators]
    assert rows == [
        ("trên 90%", ("Phòng Kinh tế",), ("Các đơn vị liên quan",), "Thường xuyên"),
        ("Hoàn thành", ("Phòng Kinh tế",), ("Các đơn vị liên quan",), "Tháng 4/2026"),
        ("100%", ("Công an xã",), ("Các đơn vị liên quan",), "Thường xuyên"),
    ]


def test_an_at_least_sign_printed_as_a_figure_is_never_passed_in_silence() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 xa Khe Vang nam 2026

    PHU LUC
    CHI TIEU NAM 2026
    (Kém theo Ké hoach)

    TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
    1 | Ty 1é hd so nép qua mang 280% Phong Kinh té
    2 | Ty 1é ngudi dan co S6 sirc khée dién tu > 80% Tram Y té xa
    3 | S6 doanh nghiép nho va vira duoc hd trg 25 doanh nghiép Phong Kinh té
    """
    first, second, third = plan(text, damaged=True).indicators
    assert (first.target.operator, first.target.value) == (Operator.AT_LEAST, 80)
    assert "280%" in first.checks[0]
    assert not second.needs_check
    assert third.target.value == 25
    assert "≥ 5" in third.checks[0]


def test_a_bare_figure_without_any_unit_is_asked_about() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 xa Khe Vang nam 2026

    PHU LUC
    CHI TIEU NAM 2026
    (Kém theo Ké hoach)

    TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
    1 | Chi s6 hai long chung cua toan xa 9002 Phong Kinh té
    2 | Muc d6 san sang cua cac thon trong xa 8511 Phong Kinh té
    """
    assert all(one.needs_check for one in plan(text, damaged=True).indicators)
