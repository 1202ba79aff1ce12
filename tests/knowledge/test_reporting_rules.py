"""Reporting clauses: who must report when, in the wordings that plans use."""

from __future__ import annotations

import datetime

import pytest

from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from tests.knowledge.readings import plan

HEAD = """
KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

I. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội

- Theo dõi chung.

2. Chế độ báo cáo

"""


def clauses(sentence: str) -> tuple[ReportingRule, ...]:
    return plan(HEAD + sentence).reporting


@pytest.mark.parametrize(
    ("sentence", "frequency", "due"),
    [
        (
            "- Các thôn, đơn vị gửi báo cáo về UBND xã trước ngày 13 hằng tháng.",
            Frequency.MONTHLY,
            MonthlyDue(13, True),
        ),
        (
            "- Trước ngày 16 hàng tháng các đơn vị báo cáo kết quả về Phòng Văn hóa - Xã hội.",
            Frequency.MONTHLY,
            MonthlyDue(16, True),
        ),
        (
            "- Các cơ quan định kỳ ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm báo cáo kết quả về UBND xã.",
            Frequency.SEMIANNUAL,
            YearlyDue(("06-10", "12-10"), False),
        ),
        (
            "- Các đơn vị báo cáo kết quả về UBND xã trước ngày 01/6 và 15/11 hằng năm.",
            Frequency.SEMIANNUAL,
            YearlyDue(("06-01", "11-15"), True),
        ),
        (
            "- Trước ngày 15/12 hàng năm, Sở Khoa học và Công nghệ tổng hợp, báo cáo UBND tỉnh.",
            Frequency.ANNUAL,
            YearlyDue(("12-15",), True),
        ),
        (
            "- Hằng quý, các phòng báo cáo vào tuần cuối của tháng cuối trong quý về UBND xã.",
            Frequency.QUARTERLY,
            QuarterWeekDue("last"),
        ),
        (
            "- Tổng kết kết quả thực hiện và gửi về UBND xã trước ngày 05 tháng 12 năm 2026.",
            Frequency.ONCE,
            OnceDue(datetime.date(2026, 12, 5), True),
        ),
        ("- Định kỳ 06 tháng các đơn vị báo cáo kết quả về UBND xã.", Frequency.SEMIANNUAL, None),
        ("- Hằng năm, các đơn vị báo cáo kết quả thực hiện về Bộ Công an.", Frequency.ANNUAL, None),
    ],
)
def test_the_wordings_of_a_due_time(sentence: str, frequency: Frequency, due: Due | None) -> None:
    (rule,) = clauses(sentence)
    assert (rule.frequency, rule.due) == (frequency, due)


def test_a_clause_says_who_reports_to_whom_through_whom_and_where_it_stands() -> None:
    (rule,) = clauses(
        "Các thôn, đơn vị gửi báo cáo kết quả về UBND xã Khe Vàng (qua Phòng Văn hóa - Xã hội)\n"
        "trước ngày 20 hằng tháng để tổng hợp."
    )
    assert rule.reporters == "Các thôn, đơn vị"
    assert rule.to == "UBND xã Khe Vàng"
    assert rule.via == "Phòng Văn hóa - Xã hội"
    assert (rule.source.first, rule.source.last) == (12, 13)
    assert rule.source.quote.startswith("Các thôn, đơn vị gửi báo cáo")


@pytest.mark.parametrize(
    "sentence",
    [
        "- Hoàn thành xây dựng kế hoạch chi tiết xong trong tháng 12/2026.",
        "- Vận hành tốt Hệ thống thông tin báo cáo của tỉnh, cập nhật hằng ngày.",
        "- Thực hiện Kế hoạch số 12/KH-UBND ngày 20/11/2025 của UBND tỉnh về chế độ báo cáo.",
        "- Cải cách chế độ báo cáo trong cơ quan nhà nước.",
    ],
)
def test_work_and_cited_dates_are_no_reporting_clause(sentence: str) -> None:
    assert clauses(sentence) == ()


def test_what_was_done_last_year_sets_no_clause() -> None:
    text = """
    KẾ HOẠCH
    Chuyển đổi số năm 2026

    I. KẾT QUẢ THỰC HIỆN NĂM 2025

    Các đơn vị đã báo cáo kết quả về UBND xã trước ngày 10 hằng tháng.
    """
    assert plan(text).reporting == ()


def test_a_damaged_clause_is_read_all_the_same() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 x4 Khe Vang nim 2026

    I. TO CHUC THUC HIEN

    1. Ché dé bao cdo

    - Céc co quan, don vi dinh ky truée ngay 13 hang thang, tong hop, b4o cao két qua thyc hién
    giri vé Uy ban nhan dan xa (qua Phong Van hoa - X4 hoi).
    """
    (rule,) = plan(text, damaged=True).reporting
    assert (rule.frequency, rule.due) == (Frequency.MONTHLY, MonthlyDue(13, True))
