"""Appendix tables of many layouts in text that a scan with the wrong model ruined: what is read, and what is asked."""

from __future__ import annotations

from knowledge.manuscript import Word
from knowledge.plan import Indicator, Operator, Plan
from knowledge.times import find_time
from tests.knowledge.readings import SCANNED_HEAD, plan
from tests.knowledge.ruined_layouts import ASIDE, SEEN
from tests.knowledge.ruined_plans import rows_of

HEAD = (
    SCANNED_HEAD.replace("Hoan thanh cac chi tiéu tai Phu luc.", "Hoan thanh cac chi tiéu tai Phu luc.\n\n"
                         "II. TO CHUC THUC HIEN\n\n1. Phong Van hoa - Xa hoi: theo doi chung.\n"
                         "2. Phong Kinh té: huong dan cac thon.\n3. Cong an xa: kiém tra cac thon.\n"
                         "4. Tram Y té xa: theo doi y té cac thon.")
    + """PHU LUC
CHI TIEU NAM 2026
(Kém theo Ké hoach s6 45/KH-UBND)

"""
)  # fmt: skip


def read(table: str) -> Plan:
    """The plan whose appendix holds ``table``, in ruined text."""
    return plan(HEAD + table, damaged=True)


def row_of(table: str, number: int) -> Indicator:
    """The row with that printed number."""
    found = [one for one in read(table).indicators if one.no == str(number)]
    assert len(found) == 1, [(one.no, one.name) for one in read(table).indicators]
    return found[0]


def target(row: Indicator) -> tuple[Operator | None, float | None, str | None]:
    """Direction, figure and unit of a row's target."""
    return row.target.operator, None if row.target.value is None else float(row.target.value), row.target.unit


MEASURED = """TT Chi tiéu Don vi tinh Muc tiéu nam 2026 Co quan chu tri
1 Ty 1é ho nuoi ong ban mat qua mang 0 60 Phong Kinh té
2 Ty 1é tho moc nhan tién qua tai khoan 9% Trén 85 Phong Kinh té
3 Ty 1é nha rong co mang khong day % 100 Phong Van hoa - Xa hoi
4 Ty 1é bep com truong ghi so dién tir of $50 Phong Van hoa - Xa hoi
5 S6 cau treo dugc lap camera diém 12 Cong an xa
6 Ty 1é ao ca co ma vung nuoi % 40 Phong Kinh té
"""


def test_a_figure_behind_the_column_of_its_unit_is_read_though_the_percent_sign_is_not() -> None:
    row = row_of(MEASURED, 1)
    assert target(row) == (Operator.EQUAL, 60, "%")
    assert row.checks == ()


def test_what_a_scan_makes_of_the_percent_column_is_not_taken_for_the_target() -> None:
    assert target(row_of(MEASURED, 2)) == (Operator.MORE, 85, "%")


def test_a_sign_before_a_figure_that_cannot_be_read_is_asked_for() -> None:
    row = row_of(MEASURED, 4)
    assert row.target.value == 50
    assert row.needs_check


def test_a_count_keeps_the_unit_of_its_own_column() -> None:
    assert target(row_of(MEASURED, 5)) == (Operator.EQUAL, 12, "điểm")


LEAD_FIRST = """TT Chi tiéu Don vi chu tri Muc tiéu nam 2026
1 Ty 1é ho nuoi ong ban mat qua mang Phong Kinh té 60%
2 Ty 1é tho moc nhan tién qua tai khoan Phong Kinh té Trén 85%
3 Ty 1é nha rong co mang khong day Phong Van hoa - Xa hoi 100%
4 Ty 1é bep com truong ghi so dién tir Phong Van hoa - Xa hoi 75%
5 Ty 1é ban lang co camera 40%
"""


def test_units_are_read_where_they_stand_before_the_target() -> None:
    row = row_of(LEAD_FIRST, 3)
    assert (row.lead, row.checks) == (("Phòng Văn hóa - Xã hội",), ())
    assert row.name.endswith("không dây")


def test_a_lead_that_left_no_trace_is_asked_for() -> None:
    row = row_of(LEAD_FIRST, 5)
    assert row.lead == ()
    assert row.needs_check


SIDE_BY_SIDE = """TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri Co quan phoi hop Thoi gian
1 Ty 1é ho nuoi ong ban mat qua mang 60% Phong Kinh té Truong thon cac thon Quy 11/2026
2 Ty 1é tho moc nhan tién qua 85% Phong Kinh té Cac co quan, don vi Thang
tai khoan ngan hang lién quan 11/2026
3 Ty 1é nha rong co mang khong day 100% Phong Van hoa - Xa hoi Truong thon cac thon Thuong xuyén
4 Ty 1é ao ca co ma vung nuoi 40% Phong Kinh té Truong thon cac thon Quy IV/2026
"""


def test_cooperating_units_beside_a_target_do_not_lead() -> None:
    row = row_of(SIDE_BY_SIDE, 1)
    assert (row.lead, row.coop) == (("Phòng Kinh tế",), ("Trưởng thôn các thôn",))
    assert row.target.value == 60


def test_a_time_broken_by_its_column_is_one_time() -> None:
    row = row_of(SIDE_BY_SIDE, 2)
    assert row.due == "Tháng 11/2026"
    assert "11/2026" not in row.name


TWO_YEARS = """TT Chi tiéu DVT Thuc hién nam 2025 Muc tiéu nam 2026 Co quan chu tri
1 Ty 1é ho nuoi ong ban mat qua mang % 40 60 Phong Kinh té
2 Ty 1é tho moc nhan tién qua tai khoan 0 55 85 Phong Kinh té
3 Ty 1é nha rong co mang khong day % 70 100 Phong Van hoa - Xa hoi
4 Ty 1é ao ca co ma vung nuoi % 40 Phong Kinh té
"""


def test_of_two_years_figures_the_plans_own_is_taken() -> None:
    assert target(row_of(TWO_YEARS, 2)) == (Operator.EQUAL, 85, "%")
    later = TWO_YEARS.replace("Thuc hién nam 2025 Muc tiéu nam 2026", "Muc tiéu nam 2026 Muc tiéu nam 2030")
    assert target(row_of(later, 2)) == (Operator.EQUAL, 55, "%")


def test_one_figure_where_there_should_be_two_is_asked_for() -> None:
    assert row_of(TWO_YEARS, 4).needs_check


TORN = """TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
19 Ty 1é ho nuoi ong ban mat qua mang 60% Phong Kinh té
20 Ty 1é tho moc nhan tién qua tai khoan 909% Phong Kinh té
71 Ban hanh quy ché an toan thong tin Hola thaah Cong a
22 Ty 1é nha rong co mang khong day 100% Phong Van hoa - Xa hoi
Ty 1é ban lang co loa truyén thanh thong
minh ~ ee a :
Ty 1é ao ca co ma vung nuoi 40% Phong Kinh té
25 ee ae one 35% Phong Kinh té
26 Ty 1é tram y té ké don dién tir 70% Cong ans
27 Ty 1é vuon che co nhat ky s6 55% Phong Kinh té
"""


def test_a_row_with_a_misread_number_and_no_figure_does_not_take_its_neighbours() -> None:
    row = row_of(TORN, 21)
    assert row.target.value is None
    assert row.needs_check
    assert row_of(TORN, 22).target.value == 100


def test_a_row_that_lost_number_and_figure_is_kept_apart_and_asked_for() -> None:
    row = row_of(TORN, 23)
    assert row.target.value is None
    assert row.needs_check
    assert row_of(TORN, 24).target.value == 40


def test_a_percent_sign_read_as_a_figure_and_a_sign_is_understood_and_asked_for() -> None:
    row = row_of(TORN, 20)
    assert target(row) == (Operator.EQUAL, 90, "%")
    assert row.needs_check


def test_a_figure_beside_a_name_that_nobody_can_read_is_asked_for() -> None:
    row = next(one for one in read(TORN).indicators if one.target.value == 35)
    assert row.needs_check


def test_a_unit_that_lost_its_level_is_the_plans_own_and_asked_for() -> None:
    row = row_of(TORN, 26)
    assert row.lead == ("Công an xã",)
    assert row.needs_check


def test_every_row_of_a_table_printed_cell_by_cell_is_asked_for() -> None:
    cells = """TT
Chi tiéu
Muc tiéu nam 2026
Co quan chu tri
1
Ty 1é ho nuoi ong ban mat qua mang
60%
Phong Kinh té
2
Ty 1é tho moc nhan tién qua tai khoan
85%
Phong Kinh té
3
Ty 1é nha rong co mang khong day
100%
Phong Van hoa - Xa hoi
"""
    found = [one for one in read(cells).indicators if one.target.value is not None]
    assert found
    assert all(one.needs_check for one in found)


STATED = """STT Muc tiéu, chi tiéu Thoi gian Co quan chu tri
1 100% ho nuoi ong ban mat qua mang Quy 11/2026 Phong Kinh té
2 > 85% tho moc nhan tién qua tai khoan Thang 6/2026 Phong Kinh té
3 75% nha rong co mang khong day Thuong xuyén Phong Van hoa - Xa hoi
4 Ty 1é ao ca co ma vung nuoi : Quy IV/2026 Phong Kinh té
"""


def test_a_time_may_stand_before_the_lead() -> None:
    row = row_of(STATED, 3)
    assert (row.target.value, row.lead, row.due) == (75, ("Phòng Văn hóa - Xã hội",), "Thường xuyên")


def test_a_rate_without_its_figure_is_no_milestone_that_passes() -> None:
    assert row_of(STATED, 4).needs_check


def test_a_quarter_of_any_upright_strokes_is_a_quarter() -> None:
    words = [Word(word, word, word) for word in ("quy", "i11/2026")]
    found = find_time(words)
    assert found is not None
    assert found.text == "Quý III/2026"


def test_the_invented_layouts_are_the_same_every_time_and_hold_no_row_twice() -> None:
    for layout in (*SEEN, *ASIDE):
        rows = rows_of(layout)
        assert rows == rows_of(layout)
        assert len({row.truth["name"] for row in rows}) == len(rows) == layout.rows
