"""Tables of a ruined scan whose cells are cut, wrongly spaced, run together, or without their header."""

from __future__ import annotations

from knowledge.mending import mend
from tests.knowledge.readings import SCANNED_HEAD, named, plan

HEAD = """
KE HOACH
Chuyén d6i s6 xa Khe Vang nam 2026

I. TO CHUC THUC HIEN

1. Phong Van hoa- Xa hoi

- Theo ddi chung viéc thuc hién ké hoach cua cac thon trong xa.

2. Phong Kinh té

- Theo ddi viéc phat trién kinh té s6 trén dia ban xa.

3. Van phong HDND va UBND xa

- Theo ddi viéc cai cach hanh chinh.

Noi nhan: TM. UY BAN NHAN DAN
- Luu: VT. CHU TICH

PHU LUC
MUC TIEU, CHI TIEU NAM 2026
(Kém theo Ké hoach s6 45/KH-UBND)

"""

TWO_COLUMNS = (
    HEAD
    + """STT Muc tiéu, Chi tiéu Co quan chu tri Co quan phoi hop Thoi gian thuc hién
1 | >90% ho trong ché ban hang qua mang Phong Kinh té cac phong, Thuong xuyén
Truong thon cac thon
2 | 85% can bo xa lam chu ky nang s6 co ban Phong Kinh té Cac co quan, don vi Thuong xuyén
A A s ~ ., z | Phong Van hoa - , . . .
3 | 100% nha van hoa thon c6 mang khong day X hoi Cac co quan, don vi Thuong xuyén
Phong Van hoa 9 .
4 | 70% thon c6 to doc sach dién tir Xa hoi V4q p}I;Ig\\IEDN Thuong xuyén
> 95% bien lai thu tien dien phat hanh dién tir Phong Kinh té Cac co quan, don vi ee says
5 | 60% ho nuoi ca c6 ma so vung nuoi Phong Kinh té Cac co quan, don vi Thuong xuyén
"""
)


def test_a_unit_whose_first_letters_stand_alone_leads_without_a_question() -> None:
    row = named(plan(TWO_COLUMNS, damaged=True), "nhà văn hóa thôn")
    assert (row.lead, row.coop, row.checks) == (("Phòng Văn hóa - Xã hội",), ("Các cơ quan, đơn vị",), ())


def test_a_list_of_units_goes_on_in_the_line_below() -> None:
    read = plan(TWO_COLUMNS, damaged=True)
    assert "Trưởng thôn các thôn" in named(read, "bán hàng qua mạng").coop
    assert named(read, "làm chủ").lead == ("Phòng Kinh tế",)


def test_a_row_whose_time_is_beyond_reading_is_not_lost() -> None:
    row = named(plan(TWO_COLUMNS, damaged=True), "biên lai")
    assert (row.target.value, row.lead) == (95, ("Phòng Kinh tế",))


ONE_COLUMN = (
    HEAD
    + """TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
1 | Ty 1é ho trong ché ban hang qua mang dién tir 60% S& Khoa hoc va
Cong nghé
2 | Ty 1é can bo xa lam chu ky nang s6 co ban dat 85% S& Khoa hoc va
muc trung binh tro 1én Cong nghé
Ty 1é nha van hoa thon c6 mang khong day phuc SAO Khoa Ah ocva
3 70% Cong nghé va céac
vu nhu cau hoc tap \\ .
sO, nganh
Ty 1é diem chi tra khong dung tien mat tai cac Ngan hang Nha
4 thon trén dia ban 50% nudc Khu vuc 9
5 | Ty 1é truong hoc c6 thu vien dién tir mo cua 90% So Noi vu va cac so,
hang ngay cho hoc sinh dat muc s6 co ban
nganh
S¢ Tai chinh; Ban
» 14 A N o A oz X Quan 1y Khu du
6 | Ty 1é ho kinh doanh nha nghi dung phan mem 50% lich Khe
Vang
"""
)


def test_a_unit_whose_words_are_wrongly_spaced_is_read_from_the_table() -> None:
    row = named(plan(ONE_COLUMN, damaged=True), "nhà văn hóa thôn")
    assert row.lead == ("Sở Khoa học và Công nghệ", "Các sở, ngành")
    assert "ocva" not in row.name


def test_an_office_of_which_there_are_several_keeps_its_number() -> None:
    assert named(plan(ONE_COLUMN, damaged=True), "chi trả").lead == ("Ngân hàng Nhà nước Khu vực 9",)


def test_the_end_of_a_name_is_not_taken_for_a_part_of_the_unit() -> None:
    row = named(plan(ONE_COLUMN, damaged=True), "thư viện")
    assert row.lead == ("Sở Nội vụ", "Các sở, ngành")
    assert row.name.endswith("cơ bản")


def test_a_unit_that_no_list_knows_is_put_together_from_its_lines_and_asked_for() -> None:
    row = named(plan(ONE_COLUMN, damaged=True), "nhà nghỉ")
    assert row.lead[0] == "Sở Tài chính"
    assert row.lead[1].startswith("Ban Quản lý")
    assert any("Cơ quan chủ trì" in check for check in row.checks)


HEADLESS = (
    HEAD
    + """ae eyes
1 | Ty 1é ho trong ché ban hang qua mang dién tir 60% Phong Kinh té
2 | Ty 1é can bo xa lam chu ky nang s6 co ban 85% Phong Van hoa - Xa hoi
3 | Ty 1é nha van hoa thon c6 mang khong day 70% Phong Van hoa - Xa hoi
"""
)


def test_a_table_of_targets_is_read_without_its_header() -> None:
    read = plan(HEADLESS, damaged=True)
    assert [one.target.value for one in read.indicators] == [60, 85, 70]
    assert named(read, "bán hàng").lead == ("Phòng Kinh tế",)


def test_a_data_centre_keeps_its_tier_and_loses_the_mark_of_a_footnote() -> None:
    assert "Tier 3," in mend("trung tam dir liéu dat chuan toi thiéu Tier 33, bao dam an toan", damaged=True)


TASKS = (
    HEAD.replace("MUC TIEU, CHI TIEU", "DANH MUC NHIEM VU")
    + """STT Tén nhiém vu Yéu cau két qua Thoi gian thuc hién Don vi chu tri Don vi phoi hop
1 | Phat tai liéu ban hang qua mang cho ho trong ché 01 lan/thang Thuong xuyén Phong Kinh té Cac thon
Soan bang hoi vé mang khong day tai cac nha van Hoi dan timg thon
2 | hoa thon, ghi lai cac diém chua co song 01 lan/nam lan Thuong xuyén Phong Van hoa - Xa hoi
dau
thang 11 sau do
bo sung vao
so theo doi
Mo lop hoc lam chu ky nang s6 cho can bo xa va
3 | truong thon, moi lop mot buoi tai nha van hoa 02 lop Quy III/2026 Phong Van hoa - Xa hoi
trung tam
Lap to doc sach dién tir tai cac nha van hoa, chon
nguoi phu trach va gio mo cua hop voi ba con
4 | trong thon 02 buoi/nam Thuong xuyén Phong Van hoa - Xa hoi
T6 Cong nghé s6,
Huong dan ho nuoi ca khai ma so vung nuoi tren
mang va in ma cho tung ho
5 | de dan tai be 30 ho Thuong xuyén Phong Kinh té
theo mau
cua tinh
gui ve
"""
)


def test_a_task_begins_where_its_name_does_though_the_row_above_is_long() -> None:
    rows = [task for task in plan(TASKS, damaged=True).tasks if task.due]
    assert [row.due for row in rows] == ["Thường xuyên", "Thường xuyên", "Quý III/2026", "Thường xuyên", "Thường xuyên"]
    assert rows[2].name.startswith("Mở lớp học")
    assert rows[3].name.startswith("Lập t")
    assert "Lập" not in rows[2].name


BROKEN_TIME = (
    SCANNED_HEAD
    + """
PHU LUC
NHIEM VU CHUYEN DOI SO NAM 2026

TT Tén nhiém vu | Yéu cau két qua | Thoi gian thuc hién | Don vi chu tri | Don vi phéi hop

T6 chuc tap huan ky nang s6 cho can bo xa
1 va thanh vién t6 cong nghé s6 cong dong | 02 16p | Quy II/2026 | Phong Kinh té | Cong an xa

Ra soat cac diém 16m song trén dia ban xa
2 va dé nghi bo sung cac | 01 lan/nam lan 1 truoc ngay | Phong Kinh té | Cong an xa

tram phat song

20/11 sau do dinh

3 Phat song thong tin vé chuyén déi s6 | 01 lan/tuan | Thuong xuyén | Cong an xa | Phong Kinh té
4 Tham gia cac 16p boi duong truc tuyén | 01 lan/nam | Quy III/2026 | Phong Kinh té | Cong an xa
"""
)


def test_a_time_that_breaks_off_is_no_part_of_the_name() -> None:
    task = next(task for task in plan(BROKEN_TIME, damaged=True).tasks if task.name.endswith("trạm phát sóng"))
    assert task.due is None
    assert "Thời gian của nhiệm vụ này in không rõ; đề nghị xem bản gốc." in task.checks
