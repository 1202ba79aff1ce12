"""Reporting clauses of an amending document: which one is meant, without the words that announce it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.amended_rules import amended_rules
from knowledge.plan import Manner, Plan
from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from tests.knowledge.readings import plan

HEAD = """
ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ KHE VÀNG                      Độc lập - Tự do - Hạnh phúc

Số: 312/QĐ-UBND                   Khe Vàng, ngày 15 tháng 6 năm 2026

QUYẾT ĐỊNH
Về việc sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-UBND ngày 05/01/2026

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ KHE VÀNG

QUYẾT ĐỊNH:

Điều 1. Điều chỉnh các nội dung sau:

{clause}

Điều 2. Quyết định này có hiệu lực từ ngày ký.
"""
LAST_WEEK = QuarterWeekDue("last")
BEFORE_20 = MonthlyDue(20, before=True)


def amendment(clause: str) -> Plan:
    return plan(HEAD.format(clause=clause))


@pytest.mark.parametrize(
    ("clause", "manner", "due", "words"),
    [
        ("1. Sửa đổi kỳ báo cáo: trước ngày 20 hằng tháng.", "instead", BEFORE_20, "Trước ngày 20 hằng tháng"),
        (
            "1. Sửa đổi, bổ sung chế độ báo cáo như sau: các đơn vị báo cáo UBND xã trước ngày 20 hằng tháng.",
            "instead",
            BEFORE_20,
            "Các đơn vị báo cáo UBND xã trước ngày 20 hằng tháng",
        ),
        (
            "1. Điều chỉnh thời hạn báo cáo từ trước ngày 13 hằng tháng sang trước ngày 20 hằng tháng.",
            "instead",
            BEFORE_20,
            "Trước ngày 20 hằng tháng",
        ),
        (
            "1. Thay đổi kỳ hạn báo cáo thành hằng quý, vào tuần cuối của tháng cuối quý (thay cho hằng tháng).",
            "instead",
            LAST_WEEK,
            "Hằng quý, vào tuần cuối của tháng cuối quý",
        ),
        (
            "1. Sửa đổi khoản 2 Mục IV như sau:\n“2. Các thôn báo cáo UBND xã ngày 10 tháng 6 và ngày 10 tháng 12.”",
            "instead",
            YearlyDue(("06-10", "12-10"), before=False),
            "Các thôn báo cáo UBND xã ngày 10 tháng 6 và ngày 10 tháng 12",
        ),
        (
            "1. Bổ sung chế độ báo cáo: Phòng Kinh tế báo cáo UBND xã trước ngày 05 tháng 12 năm 2026.",
            "beside",
            OnceDue(date(2026, 12, 5), before=True),
            "Phòng Kinh tế báo cáo UBND xã trước ngày 05 tháng 12 năm 2026",
        ),
    ],
)
def test_a_clause_is_read_without_its_announcement(clause: str, manner: str, due: Due, words: str) -> None:
    read = amendment(clause)
    assert read.amends is not None
    (rule,) = read.reporting
    assert (rule.due, rule.rule) == (due, words)
    assert read.amends.manners == (Manner(manner),)
    assert rule.source.quote.startswith("1. ")


@pytest.mark.parametrize(
    ("clause", "frequency"),
    [
        ("1. Bãi bỏ chế độ báo cáo hằng tháng.", "monthly"),
        ("1. Bỏ báo cáo 6 tháng.", "semiannual"),
        ("1. Không thực hiện báo cáo quý.", "quarterly"),
    ],
)
def test_reports_that_end_are_named_by_their_rhythm(clause: str, frequency: str) -> None:
    read = amendment(clause)
    assert read.amends is not None
    assert [one.name for one in read.amends.ended] == [frequency]
    assert read.reporting == ()


def test_a_clause_about_an_indicator_is_no_rule() -> None:
    assert amendment("1. Sửa đổi chỉ tiêu số 1: Tỷ lệ phủ sóng 5G trên địa bàn từ 60% lên 65%.").reporting == ()


def earlier(frequency: Frequency, due: Due | None, reporters: str | None = None) -> ReportingRule:
    (sample,) = amendment("1. Sửa đổi kỳ báo cáo: trước ngày 20 hằng tháng.").reporting
    return replace(sample, frequency=frequency, due=due, reporters=reporters, rule="Báo cáo kết quả")


VILLAGES = earlier(Frequency.MONTHLY, MonthlyDue(13, before=True), "Các thôn")
OFFICE = earlier(Frequency.SEMIANNUAL, YearlyDue(("06-14", "12-14"), before=False), "Phòng Kinh tế")


def test_the_report_of_the_same_rhythm_is_meant() -> None:
    rules = amended_rules((VILLAGES, OFFICE), amendment("1. Sửa đổi kỳ báo cáo: trước ngày 20 hằng tháng."))
    assert (rules.pairs, rules.added, rules.ended) == (((0, 0),), (), ())


def test_the_report_of_the_same_unit_is_meant() -> None:
    clause = "1. Sửa đổi kỳ báo cáo: Phòng Kinh tế báo cáo UBND xã trước ngày 20 hằng tháng."
    assert amended_rules((earlier(Frequency.QUARTERLY, LAST_WEEK, "Công an xã"), OFFICE), amendment(clause)).pairs == (
        (1, 0),
    )


def test_where_several_may_be_meant_none_is_dropped() -> None:
    clause = "1. Sửa đổi kỳ báo cáo: hằng quý, vào tuần cuối của tháng cuối quý."
    rules = amended_rules((replace(VILLAGES, reporters=None), replace(OFFICE, reporters=None)), amendment(clause))
    assert (rules.pairs, rules.ended) == ((), ())
    assert rules.added == rules.unsure == (0,)


def test_what_is_added_stands_beside_the_others() -> None:
    clause = "1. Bổ sung chế độ báo cáo: các thôn báo cáo UBND xã trước ngày 20 hằng tháng."
    rules = amended_rules((VILLAGES,), amendment(clause))
    assert (rules.pairs, rules.added, rules.unsure) == ((), (0,), ())


def test_a_rule_that_is_repeated_changes_nothing() -> None:
    clause = "1. Sửa đổi kỳ báo cáo: các thôn báo cáo UBND xã trước ngày 13 hằng tháng."
    rules = amended_rules((VILLAGES, OFFICE), amendment(clause))
    assert (rules.pairs, rules.added, rules.ended) == ((), (), ())
