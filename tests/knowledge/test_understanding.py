"""A whole plan: its head, its parts, what links them, and the chunks that retrieval builds on."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from knowledge.page_text import Line, Origin, Reading
from knowledge.plan import Operator
from knowledge.understanding import understand
from tests.knowledge.readings import named, plan, reading

PLAN = """
ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ KHE VÀNG                      Độc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND                   Khe Vàng, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

Thực hiện Kế hoạch số 301/KH-UBND ngày 20/12/2025 của UBND tỉnh Lào Cai, UBND xã
ban hành kế hoạch như sau:

I. MỤC TIÊU

- Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.

- Tỷ lệ người dân có chữ ký số đạt 25%.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế

- Phối hợp với Công an xã rà soát các điểm lõm sóng; hoàn thành trước tháng 6.

2. Công an xã: hướng dẫn người dân kích hoạt tài khoản định danh tại nhà văn hóa thôn.

Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
- UBND tỉnh;                       KT. CHỦ TỊCH
- Lưu: VT.                         PHÓ CHỦ TỊCH
Vàng A Sinh

PHỤ LỤC
CHỈ TIÊU NĂM 2026
(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026)

TT | Chỉ tiêu | Chỉ tiêu năm 2026 | Cơ quan chủ trì
1 | Tỷ lệ phủ sóng 5G trên địa bàn (dân số) | 60% | Phòng Kinh tế
2 | Tỷ lệ người dân có chữ ký số | 30% | Công an xã
"""


def test_head_and_signature() -> None:
    head = plan(PLAN).document
    assert (head.number, head.date, head.year) == ("12/KH-UBND", datetime.date(2026, 1, 5), 2026)
    assert (head.issuer, head.province) == ("UBND xã Khe Vàng", "Lào Cai")
    assert head.title == "Kế hoạch Chuyển đổi số xã Khe Vàng năm 2026"
    assert (head.signer, head.signer_title) == ("Vàng A Sinh", "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH")
    assert [(basis.number, basis.date) for basis in head.legal_basis] == [("301/KH-UBND", datetime.date(2025, 12, 20))]
    assert head.checks == ()


def test_the_year_of_a_plan_for_a_period_is_the_year_of_issue() -> None:
    text = PLAN.replace(
        "xã Khe Vàng năm 2026\n\nThực hiện", "giai đoạn 2026 - 2030, tầm nhìn đến năm 2045\n\nThực hiện"
    )
    assert plan(text).document.year == 2026


@pytest.mark.parametrize(
    ("printed", "understood"),
    [
        ("ngay /2 thang 02nam 2026", datetime.date(2026, 2, 12)),
        ("ngay3/ thang 12 nam 2025", datetime.date(2025, 12, 31)),
        ("ngay 76 thing 9 nam 2025", datetime.date(2025, 9, 16)),
    ],
)
def test_a_handwritten_date_is_read_but_never_without_a_doubt(printed: str, understood: datetime.date) -> None:
    text = f"UY BAN NHAN DAN\nXA KHE VANG\nS6: 12/KH-UBND Khe Vang, {printed}\nKE HOACH\nChuyén d6i s6"
    head = plan(text, damaged=True).document
    assert head.date == understood
    assert any("Ngày ban hành" in check for check in head.checks)


def test_the_same_indicator_in_body_and_appendix_is_linked() -> None:
    read = plan(PLAN)
    body, _, appendix, _ = read.indicators
    assert (body.where, appendix.where) == ("I", "Phụ lục")
    assert appendix.same_as == 0
    assert body.same_as is None
    assert not body.needs_check


def test_a_disagreement_between_body_and_appendix_is_shown_on_both() -> None:
    read = plan(PLAN)
    doubtful = [one for one in read.indicators if one.needs_check]
    assert [one.target.value for one in doubtful] == [25, 30]
    assert "(I) ghi 25 %" in doubtful[0].checks[0]
    assert "Phụ lục ghi 30 %" in doubtful[0].checks[0]


def test_assignments_name_the_unit_the_partner_and_the_place() -> None:
    first, second = plan(PLAN).tasks
    assert (first.lead, first.coop, first.where) == (("Phòng Kinh tế",), ("Công an xã",), "II.1")
    assert second.lead == ("Công an xã",)
    assert second.name.startswith("Hướng dẫn người dân kích hoạt")


def test_chunks_cover_every_line_once_and_never_cross_a_row() -> None:
    read = plan(PLAN)
    lines = PLAN.strip("\n").split("\n")
    covered: list[int] = []
    for chunk in read.chunks:
        covered.extend(at for at in range(chunk.source.first, chunk.source.last + 1) if lines[at - 1].strip())
    assert sorted(covered) == [at for at, line in enumerate(lines, 1) if line.strip()]
    rows = [chunk for chunk in read.chunks if chunk.text.startswith(("1 |", "2 |"))]
    assert len(rows) == 2
    assert rows[0].path == ("Phụ lục: CHỈ TIÊU NĂM 2026",)


def test_a_bullets_chunk_carries_the_way_to_it() -> None:
    (chunk,) = [chunk for chunk in plan(PLAN).chunks if "điểm lõm sóng" in chunk.text]
    assert chunk.path == ("II. TỔ CHỨC THỰC HIỆN", "1. Phòng Kinh tế")
    assert chunk.repaired == chunk.text


def test_pages_and_boxes_reach_the_citation() -> None:
    lines = (
        Line(1, "I. MỤC TIÊU", page=1),
        Line(2, ""),
        Line(3, "- Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%.", page=2),
    )
    (indicator,) = understand(Reading(lines, Origin.PDF, pages=2)).indicators
    assert (indicator.source.page, indicator.source.first) == (2, 3)


def test_damage_is_decided_by_a_sibling_plan_and_still_asked_about() -> None:
    damaged = """
    KE HOACH
    Chuyén d6i s6 x4 Khe Vang nim 2026

    PHU LUC
    CHI TIEU NAM 2026
    (Kém theo Ké hoach)

    TT Chi tiéu Muc tiéu nam 2026 Co quan chu tri
    1 | Ty 1é ngudi dan co chir ky s6 1000 | Cong an xa
    2 | Ty 1é phu séng 5G trén dia ban 60% | Phong Kinh té
    """
    alone = named(plan(damaged, damaged=True), "chữ ký số")
    assert alone.needs_check
    sibling = plan(PLAN.replace("| 30% |", "| 10% |").replace("đạt 25%", "đạt 10%"))
    helped = named(plan(damaged, damaged=True, siblings=(sibling,)), "chữ ký số")
    assert helped.target.value == 10
    assert helped.needs_check
    assert "12/KH-UBND" in helped.checks[0]
    assert helped.repairs[0].confidence > 0.9


def test_a_target_far_from_what_plans_set_is_asked_about() -> None:
    text = PLAN.replace("Tỷ lệ phủ sóng 5G trên địa bàn đạt 60%", "Tỷ lệ phủ sóng 5G trên địa bàn đạt 6%")
    first = plan(text).indicators[0]
    assert any("khác thường" in check for check in first.checks)
    assert first.target.operator is Operator.EQUAL


@pytest.mark.parametrize("text", ["", "xin chào", "I. MỤC TIÊU", "TT | Chỉ tiêu | Mục tiêu năm 2026", "PHỤ LỤC"])
def test_text_that_is_hardly_a_plan_gives_an_empty_plan(text: str) -> None:
    read = plan(text)
    assert read.indicators == ()
    assert read.reporting == ()


def test_a_signer_whose_line_the_reader_doubts_is_to_be_confirmed() -> None:
    read = reading(
        """
        ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        XÃ SUỐI MẪU                  Độc lập - Tự do - Hạnh phúc
        Số: 12/KH-UBND               Suối Mẫu, ngày 05 tháng 01 năm 2026

        KẾ HOẠCH
        Chuyển đổi số năm 2026

        Nơi nhận:                    TM. ỦY BAN NHÂN DÂN
        - Như trên;                  CHỦ TỊCH
        Lò Văn Ty
        """
    )
    doubtful = replace(read.lines[-1], doubt="các lần đọc ảnh chưa cho một tên chắc chắn")
    assert not any("Lò Văn Ty" in check for check in understand(read).document.checks)
    head = understand(replace(read, lines=(*read.lines[:-1], doubtful))).document
    assert head.signer == "Lò Văn Ty"
    assert any("Lò Văn Ty" in check and "chưa cho một tên chắc chắn" in check for check in head.checks)
