"""Names that a ruined print leaves unreadable are marked; names that can be read are not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.commands.plan_table import table
from knowledge import plan_json
from knowledge.plan import Document, Indicator, Kind, Operator, Plan, Target, Task
from knowledge.print_doubts import doubted_names, doubted_tasks, unreadable
from knowledge.source import Source

RATE = Target(Operator.EQUAL, Decimal(60), "%", Kind.PERCENT, "60%")


@pytest.mark.parametrize(
    "name",
    [
        "Tỷ lệ phủ sóng 5G trên địa bàn (dân số)",
        "Tỷ lệ người dân có tài khoản VNeID mức 2, VssID hoặc ví MoMo",
        "Ứng dụng AI, IoT và Big Data; kết nối băng rộng 1Gb/s, IPv6 tại 12/15 thôn",
        "Trang web, fanpage Zalo và chatbot của xã (https://hoamau.gov.vn)",
        "Hồ sơ TTHC trên Hệ thống thông tin giải quyết TTHC theo Quyết định số 1012/QĐ-TTg",
        "Cán bộ, công chức được bồi dưỡng kỹ năng số v.v...",
    ],
)
def test_what_can_be_read_is_not_marked(name: str) -> None:
    assert unreadable(name) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tỷ lệ dịch vụ có)g được dùng", ["có)g"]),
        ("Tỷ lệ cán bộ, céqg chức của xã", ["céqg"]),
        ("lí“iyénlct&doanh nghiệp dùng nền tảng số", ["lí“iyénlct&doanh"]),
        ("Tỷ lệ th}léc hiện, clru đáo", ["th}léc", "clru"]),
    ],
)
def test_words_that_are_none_are_named(name: str, words: list[str]) -> None:
    assert unreadable(name) == words


def test_a_doubted_name_is_no_doubt_of_the_target() -> None:
    source = Source(7, 7, "...")
    sound = Indicator("Tỷ lệ thôn có mạng", RATE, "Phụ lục", source, "1")
    ruined = Indicator("Tỷ lệ cán bộ, céqg chức", RATE, "Phụ lục", source, "2")
    work = Task("Rà soát điểm lõm sóng", "III.1", source, lead=("Phòng Kinh tế",), due="Quý II/2026")
    bad = replace(work, name="Mở lớp tllgéng cho thôn", due="Quý l}I năm 2026")
    plan = Plan(Document("20/KH-UBND"), tuple(doubted_names([sound, ruined])), tuple(doubted_tasks([work, bad])))
    first, second = plan_json.plan(plan)["indicators"]
    assert (first["name_doubt"], first["needs_check"]) == (None, False)
    assert second["name_doubt"] == "Tên in không rõ ở chỗ “céqg”; đề nghị xem bản gốc."
    assert second["needs_check"] is False
    one, other = plan_json.plan(plan)["tasks"]
    assert (one["needs_check"], one["checks"]) == (False, [])
    assert other["needs_check"]
    assert other["checks"] == [
        "Tên in không rõ ở chỗ “tllgéng”; đề nghị xem bản gốc.",
        "Thời gian in không rõ ở chỗ “l}I”; đề nghị xem bản gốc.",
    ]
    shown = "\n".join(table(plan, 140))
    assert "? Tỷ lệ cán bộ, céqg chức" in shown
    assert "? Tỷ lệ thôn" not in shown
    assert "2. Tỷ lệ cán bộ, céqg chức: Tên in không rõ ở chỗ “céqg”" in shown
    assert "Mở lớp tllgéng cho thôn (dòng 7)" in shown
    assert "0 chỗ" not in shown
