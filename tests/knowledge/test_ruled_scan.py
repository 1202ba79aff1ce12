"""A table whose upright rules a scan half keeps, and one with two unit columns that run into each other."""

from __future__ import annotations

from knowledge.plan import Operator
from knowledge.reporting_rule import Frequency, QuarterWeekDue
from tests.knowledge.readings import named, plan

RULED = """
UY BAN NHAN DAN
XA KHE VANG
S6: 45/KH-UBND Khe Vang, ngay 12 thang 01 nam 2026
KE HOACH
Chuyén d6i s6 xa Khe Vang nam 2026

I. TO CHUC THUC HIEN

1. Phong Kinh té

- Theo ddi chung viéc thuc hién ké hoach cua cac thon trong xa va cac don vi.

2. Ché d6 bao cao
Cac co quan, don vi bao cao két qua thuc hién hang quy, vao tuan cudi cua
thang cudi quy, giti Uy ban nhan dan xa dé tong hop.

Noi nhan: TM. UY BAN NHAN DAN
- Luu: VT. CHU TICH

Lé Van Binh

PHU LUC
CHI TIEU NAM 2026
(Kém theo Ké hoach s6 45/KH-UBND)

TT | Chi tiéu Muc tiéu Co quan chu tri
nam 2026
I | Chinh quyén sé
9 Ty 1é bao cao dinh ky hang quy lap trén mang 100% Van phong HDND va
UBND
10 | Phong hop khong giay tai tru so xa Hoan thanh | Van phong HDND va
UBND
11 | Ty lé cudc hop cua xa co tai liéu dién tu 80% Van phong HDND va
UBND
I | Ha tang s6
12 | TY1é phu song 5G cua xa (tinh theo dan sé) —_| 6006 | Phong Van hoa - Xa hdi
13 | S6 camera an ninh cua xa | 14 camera | Cong an xa
14 | S6 b6 dir liéu cua xa mo cho ngudi dan | 7 bd dir liéu_ | Van phong HDND va
UBND
Ill | Kinh té s6
15 _| Ty 1é doanh nghiép co hop dong dién tu =| 70% Phong Kinh té
16 | S6 san pham OCOP co gian hang trén mang | 8 san pham | Phong Kinh té
17 | Thoi gian cho trung binh tai b6 phan | < 20 phut | Phong Kinh té
IV | An toan thong tin
18 | Ty 1é may tinh co phan mém phong ma d6c 100% Cong an xa
Vv | Nhan luc
19 | S6 hd dugc hudng dan tai nha | 1.500 hé gia | T6 cong nghé s6 cong dong
dinh
"""


def test_counted_targets_between_bars_are_read() -> None:
    read = plan(RULED, damaged=True)
    rows = [
        (one.no, one.target.operator, str(one.target.value), one.target.unit, one.lead[0])
        for one in read.indicators
        if one.target.unit not in ("%", None)
    ]
    assert rows == [
        ("13", Operator.EQUAL, "14", "camera", "Công an xã"),
        ("14", Operator.EQUAL, "7", "bộ dữ liệu", "Văn phòng HĐND và UBND"),
        ("16", Operator.EQUAL, "8", "sản phẩm", "Phòng Kinh tế"),
        ("17", Operator.LESS, "20", "phút", "Phòng Kinh tế"),
        ("19", Operator.EQUAL, "1500", "hộ gia đình", "Tổ công nghệ số cộng đồng"),
    ]


def test_row_11_is_no_group_and_damaged_numerals_are() -> None:
    read = plan(RULED, damaged=True)
    assert [one.no for one in read.indicators] == [str(number) for number in range(9, 20)]
    groups = {one.no: one.group for one in read.indicators}
    assert groups["11"] == "Chính quyền số"
    assert groups["12"] == "Hạ tầng số"
    assert groups["15"] == "Kinh tế số"
    assert groups["18"] == "An toàn thông tin"
    assert groups["19"] == "Nhân lực"


def test_names_carry_no_marks_of_the_rules() -> None:
    read = plan(RULED, damaged=True)
    assert named(read, "phủ sóng 5G").name == "Tỷ lệ phủ sóng 5G của xã (tính theo dân số)"
    assert named(read, "hợp đồng").name == "Tỷ lệ doanh nghiệp có hợp đồng điện tử"
    assert not any(mark in one.name for one in read.indicators for mark in "|_=—")


def test_the_rest_of_a_unit_belongs_to_the_row_above() -> None:
    read = plan(RULED, damaged=True)
    assert named(read, "có tài liệu điện tử").name == "Tỷ lệ cuộc họp của xã có tài liệu điện tử"


def test_the_rows_of_a_table_are_no_reporting_clause() -> None:
    (rule,) = plan(RULED, damaged=True).reporting
    assert (rule.frequency, rule.due) == (Frequency.QUARTERLY, QuarterWeekDue("last"))
    assert (rule.reporters, rule.to) == ("Các cơ quan, đơn vị", "Ủy ban nhân dân xã")


TWO_COLUMNS = """
KE HOACH
Chuyén d6i s6 xa Khe Vang nam 2026

I. TO CHUC THUC HIEN

1. Phong Van hoa- Xa hoi

- Theo ddi chung viéc thuc hién ké hoach cua cac thon trong xa.

2. Phong Kinh té

- Theo ddi viéc phat trién kinh té s6 trén dia ban xa.

Noi nhan: TM. UY BAN NHAN DAN
- Luu: VT. CHU TICH

PHU LUC
PHAN CONG MUC TIEU, CHI TIEU NAM 2026
(Kém theo Ké hoach s6 45/KH-UBND)

STT Muc tiéu, Chi tiéu Co quan chu tri Co quan phoi hop Thoi gian thuc hién
1 | >90% ho kinh doanh nhan thanh toan khong tién mat Phong Kinh té Cac co quan, don vi Thuong xuyén
2 | 85% can bo xa lam chu ky nang s6 co ban Phong Van hoa - Cac co quan, don vi Thuong xuyén
Xa hoi lién quan
I | X4 hoi s6
A g NPT 0 Phong Van hoa - A XA . A
3 | Ty 1é phu song 5G trén dia ban dat > 65% X3 hoi Doanh nghiép vién thong | Thuong xuyén
4 | 70% thon co diém truy cap khong day Cac don vi lién quan Thuong xuyén
"""


def test_two_unit_columns_are_told_apart() -> None:
    read = plan(TWO_COLUMNS, damaged=True)
    first = named(read, "thanh toán")
    assert (first.lead, first.coop, first.needs_check) == (("Phòng Kinh tế",), ("Các cơ quan, đơn vị",), False)
    second = named(read, "kỹ năng số")
    assert (second.lead, second.needs_check) == (("Phòng Văn hóa - Xã hội",), False)


def test_a_lead_is_read_through_the_crumbs_around_it() -> None:
    third = named(plan(TWO_COLUMNS, damaged=True), "5G")
    assert third.lead == ("Phòng Văn hóa - Xã hội",)
    assert third.coop == ("Các doanh nghiệp viễn thông",)
    assert (third.name, third.target.value, third.checks) == ("Tỷ lệ phủ sóng 5G trên địa bàn", 65, ())


def test_a_lead_left_behind_in_the_name_is_found_and_said() -> None:
    torn = TWO_COLUMNS.replace("Phong Van hoa - A XA . A", "Phong Van hoa uh NTAS hom qua").replace("65% X3 hoi", "65%")
    third = named(plan(torn, damaged=True), "5G")
    assert third.lead == ("Phòng Văn hóa - Xã hội",)
    assert any("Cơ quan chủ trì" in check for check in third.checks)


def test_a_crowd_alone_in_two_columns_is_not_taken_for_the_lead() -> None:
    fourth = named(plan(TWO_COLUMNS, damaged=True), "truy cập")
    assert fourth.lead == ()
    assert any("Các đơn vị liên quan" in check for check in fourth.checks)


def test_a_place_whose_tones_are_lost_is_spelled_as_in_a_plan_already_read() -> None:
    sibling = plan(
        "ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG\nSố: 12/KH-UBND Khe Vàng, ngày 05 tháng 01 năm 2025\nKẾ HOẠCH\nNăm 2025"
    )
    assert sibling.document.issuer == "UBND xã Khe Vàng"
    document = plan(RULED, damaged=True, siblings=(sibling,)).document
    assert document.issuer == "UBND xã Khe Vàng"
    assert any("Khe Vang" in check for check in document.checks)
