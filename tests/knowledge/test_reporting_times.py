"""When reports fall due, in the many ways that plans say it, and who sends them to whom through whom."""

from __future__ import annotations

import datetime

import pytest

from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, ReportingRule, YearlyDue
from tests.knowledge.readings import plan

HEAD = """
KẾ HOẠCH
Chuyển đổi số xã Khe Vàng năm 2026

I. TỔ CHỨC THỰC HIỆN

1. Chế độ thông tin

"""


def clauses(sentence: str) -> tuple[ReportingRule, ...]:
    return plan(f"{HEAD}- {sentence}").reporting


def every_quarter(day: int, *, months: tuple[int, ...] = (3, 6, 9, 12), before: bool = True) -> YearlyDue:
    return YearlyDue(tuple(f"{month:02d}-{day:02d}" for month in months), before)


@pytest.mark.parametrize(
    ("sentence", "frequency", "due"),
    [
        ("Các thôn báo cáo UBND xã trước ngày 24 của tháng cuối quý.", Frequency.QUARTERLY, every_quarter(24)),
        ("Trước ngày 9 tháng cuối mỗi quý, các thôn báo cáo UBND xã.", Frequency.QUARTERLY, every_quarter(9)),
        (
            "Các thôn báo cáo UBND xã trước ngày 06 của tháng đầu quý sau.",
            Frequency.QUARTERLY,
            every_quarter(6, months=(1, 4, 7, 10)),
        ),
        (
            "Các thôn báo cáo UBND xã trước ngày 11/3, 11/6, 11/9 và 11/12.",
            Frequency.QUARTERLY,
            every_quarter(11),
        ),
        (
            "Các thôn gửi báo cáo 6 tháng trước ngày 7/6, 9 tháng trước ngày 7/9, năm trước ngày 7/12 về UBND xã.",
            Frequency.QUARTERLY,
            YearlyDue(("06-07", "09-07", "12-07"), True),
        ),
        (
            "Các thôn gửi báo cáo chậm nhất ngày 19/6 và 19/12 về UBND xã.",
            Frequency.SEMIANNUAL,
            YearlyDue(("06-19", "12-19"), False),
        ),
        ("Hằng tháng, trước ngày 21, các thôn báo cáo UBND xã.", Frequency.MONTHLY, MonthlyDue(21, True)),
        ("Các thôn báo cáo UBND xã trước ngày 04 của tháng sau.", Frequency.MONTHLY, MonthlyDue(4, True)),
        ("Các thôn báo cáo UBND xã trước 16 giờ ngày 26 hằng tháng.", Frequency.MONTHLY, MonthlyDue(26, True)),
        ("Các thôn gửi báo cáo muộn nhất ngày 17 hàng tháng về UBND xã.", Frequency.MONTHLY, MonthlyDue(17, False)),
        (
            "Các thôn gửi báo cáo về UBND xã trước 29/10/2026.",
            Frequency.ONCE,
            OnceDue(datetime.date(2026, 10, 29), True),
        ),
    ],
)
def test_a_due_time(sentence: str, frequency: Frequency, due: Due) -> None:
    (rule,) = clauses(sentence)
    assert (rule.frequency, rule.due) == (frequency, due)


@pytest.mark.parametrize(
    ("sentence", "frequency"),
    [
        ("Công an xã báo cáo Chủ tịch UBND xã vào thứ Sáu hằng tuần.", Frequency.ADHOC),
        ("Các thôn gửi báo cáo về UBND xã trong vòng 05 ngày sau khi kết thúc quý.", Frequency.QUARTERLY),
        ("Các thôn báo cáo UBND xã vào ngày làm việc cuối cùng của tháng.", Frequency.MONTHLY),
        ("Các thôn báo cáo UBND xã vào ngày 15 và ngày 30 hằng tháng.", Frequency.MONTHLY),
        ("Định kỳ 03 tháng một lần, các thôn báo cáo UBND xã.", Frequency.QUARTERLY),
        ("Các thôn báo cáo UBND xã hai lần mỗi năm.", Frequency.SEMIANNUAL),
        ("Các thôn báo cáo UBND xã mỗi năm một lần.", Frequency.ANNUAL),
        ("Các thôn báo cáo đột xuất về UBND xã khi có yêu cầu.", Frequency.ADHOC),
    ],
)
def test_a_time_that_has_no_form_becomes_no_other_time(sentence: str, frequency: Frequency) -> None:
    (rule,) = clauses(sentence)
    assert (rule.frequency, rule.due) == (frequency, None)
    assert rule.rule == sentence


def test_a_clause_with_several_rhythms_gives_a_rule_for_each() -> None:
    monthly, quarterly, annual = clauses(
        "Các thôn báo cáo UBND xã hằng tháng (trước ngày 20 hằng tháng), quý (trước ngày 20 tháng cuối quý), "
        "năm (trước ngày 05/12)."
    )
    assert monthly.due == MonthlyDue(20, True)
    assert (quarterly.frequency, quarterly.due) == (Frequency.QUARTERLY, every_quarter(20))
    assert (annual.frequency, annual.due) == (Frequency.ANNUAL, YearlyDue(("12-05",), True))


def test_the_date_of_other_work_in_the_sentence_is_no_due_time() -> None:
    (rule,) = clauses(
        "Các thôn cập nhật biểu mẫu trước ngày 03 hằng tháng, Phòng Kinh tế tổng hợp báo cáo UBND xã trước ngày "
        "08 hằng "
        "tháng."
    )
    assert (rule.due, rule.reporters) == (MonthlyDue(8, True), "Phòng Kinh tế")


@pytest.mark.parametrize(
    ("sentence", "reporters", "to", "via"),
    [
        (
            "Sở Nội vụ báo cáo UBND tỉnh, Bộ Nội vụ trước ngày 15/11 hằng năm.",
            "Sở Nội vụ",
            "UBND tỉnh, Bộ Nội vụ",
            None,
        ),
        (
            "Hằng quý, trước ngày 25 của tháng cuối quý, các phòng, đơn vị báo cáo UBND xã qua Phòng Văn hóa - Xã hội.",
            "Các phòng, đơn vị",
            "UBND xã",
            "Phòng Văn hóa - Xã hội",
        ),
        (
            "Phòng Kinh tế cập nhật kết quả lên phần mềm theo dõi công việc và báo cáo UBND xã trước ngày 28 "
            "hằng tháng.",
            "Phòng Kinh tế",
            "UBND xã",
            "phần mềm theo dõi công việc",
        ),
        (
            "Trước ngày 08 hàng tháng, Trung tâm Phục vụ hành chính công báo cáo số liệu với Chủ tịch UBND phường.",
            "Trung tâm Phục vụ hành chính công",
            "Chủ tịch UBND phường",
            None,
        ),
        (
            "Yêu cầu các đơn vị nghiêm túc thực hiện và gửi báo cáo về UBND xã trước ngày 20/11 để trình UBND tỉnh.",
            "Các đơn vị",
            "UBND xã",
            None,
        ),
        (
            "Các thôn gửi báo cáo về Phòng Văn hóa - Xã hội trước 30/11/2026.",
            "Các thôn",
            "Phòng Văn hóa - Xã hội",
            None,
        ),
    ],
)
def test_who_reports_to_whom_through_whom(sentence: str, reporters: str, to: str, via: str | None) -> None:
    (rule,) = clauses(sentence)
    assert (rule.reporters, rule.to, rule.via) == (reporters, to, via)


def test_two_sentences_on_a_line_are_two_clauses() -> None:
    first, second = clauses(
        "Các thôn báo cáo UBND xã trước ngày 10/12/2026. Các trường báo cáo UBND xã trước ngày 15/6."
    )
    assert first.rule == "Các thôn báo cáo UBND xã trước ngày 10/12/2026."
    assert (second.reporters, second.due) == ("Các trường", YearlyDue(("06-15",), True))


def test_a_damaged_quarterly_clause_is_read() -> None:
    text = """
    KE HOACH
    Chuyén d6i s6 x4 Khe Vang nim 2026

    I. TO CHUC THUC HIEN

    1. Ché dé thong tin

    - Cac thon gti bao cao vé UBND xa trwéc ngay 15 cla thang cudi quy.
    """
    (rule,) = plan(text, damaged=True).reporting
    assert (rule.frequency, rule.due, rule.to) == (Frequency.QUARTERLY, every_quarter(15), "UBND xã")
