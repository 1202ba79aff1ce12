"""A coordinator settles the doubtful figures of a damaged scan: by button, by typing, by leaving one, on two days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from knowledge.plan import Indicator, Plan, Repair
from knowledge.source import Source
from tests.conversations.stage import CLINIC, CULTURE, POLICE, percent, row, sample_plan, stage

WHY = "Bản quét in không rõ."


def damaged_plan() -> Plan:
    """Five doubtful targets of six."""
    rows = [
        row(no, name, percent(value), lead, checks=(WHY,))
        for no, (name, value, lead) in enumerate(
            (
                ("Tỷ lệ người dân có Sổ sức khỏe điện tử", "80", CLINIC),
                ("Tỷ lệ người dân có tài khoản VNeID mức 2", "95", POLICE),
                ("Tỷ lệ phủ sóng 5G (dân số)", "60", CULTURE),
                ("Tỷ lệ hộ gia đình có cáp quang", "88", CULTURE),
                ("Tỷ lệ văn bản đi được ký số", "100", CULTURE),
            ),
            start=1,
        )
    ]
    sure = row(6, "Tỷ lệ thôn có mạng không dây", percent("50"), CULTURE)
    return replace(sample_plan(), indicators=(*rows, sure))


async def test_confirmed_typed_skipped_and_taken_up_again(tmp_path: Path) -> None:
    async with stage(tmp_path, plan=damaged_plan()) as on:
        await on.says("Đầu mối", "kế hoạch")
        (first,) = await on.says("Đầu mối", "1")
        assert "1/5. Chỉ tiêu 1" in first
        assert first.endswith("1. Đúng, 80 %\n  2. Sửa lại\n  3. Bỏ qua")
        assert "Đã xác nhận 80 %.\n  2/5. Chỉ tiêu 2" in (await on.says("Đầu mối", "1"))[0]
        assert "Đã xác nhận 95 %.\n  3/5. Chỉ tiêu 3" in (await on.says("Đầu mối", "đúng"))[0]
        assert "Đã sửa thành 65 %.\n  4/5. Chỉ tiêu 4" in (await on.says("Đầu mối", "65%"))[0]
        assert "Để lại chỗ vừa rồi.\n  5/5. Chỉ tiêu 5" in (await on.says("Đầu mối", "bỏ qua"))[0]

        # Something else comes between, and the next morning the rest is still there.
        await on.says("Đầu mối", "tiến độ")
        await on.ticks("2026-06-24T09:00")
        (shown,) = await on.says("Đầu mối", "ke hoach")
        assert "Có 2 chỗ cần anh/chị kiểm tra." in shown
        (left,) = await on.says("Đầu mối", "kiem tra 2 cho")
        assert "1/2. Chỉ tiêu 4" in left
        assert "2/2. Chỉ tiêu 5" in (await on.says("Đầu mối", "đúng"))[0]
        (asked,) = await on.says("Đầu mối", "sửa lại")
        assert "ví dụ 95 %." in asked
        assert "Tôi chưa rõ chỉ tiêu." in (await on.says("Đầu mối", "không phải vậy"))[0]
        assert "Tôi chưa rõ chỉ tiêu." in (await on.says("Đầu mối", "1000"))[0]
        (done,) = await on.says("Đầu mối", "trên 90")
        assert "Đã sửa thành trên 90 %.\n  Không còn chỗ nào cần kiểm tra." in done


async def test_what_is_left_open_keeps_no_plan_from_being_used(tmp_path: Path) -> None:
    async with stage(tmp_path, plan=damaged_plan()) as on:
        await on.says("Đầu mối", "kế hoạch")
        await on.says("Đầu mối", "1")
        for _ in range(4):
            await on.says("Đầu mối", "3")
        (end,) = await on.says("Đầu mối", "bỏ qua")
        assert "Còn 5 chỗ chưa xác nhận" in end
        assert "1. Kiểm tra 5 chỗ" in end


async def test_nothing_is_held_against_an_unconfirmed_target_without_saying_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        for text in ("báo cáo", "48", "nộp", "duyệt", "1"):
            await on.says("Đầu mối", text)
        (listed,) = await on.says("Đầu mối", "chỉ tiêu của tôi")
        assert "chỉ tiêu 60 % (chưa được xác nhận) (đã duyệt 48 %)" in listed
        for who in ("Đầu mối", "Lãnh đạo"):
            (progress,) = await on.says(who, "tiến độ")
            assert "Chưa đạt: 1. Trong đó 1 chỉ tiêu có mức chưa được xác nhận." in progress
            assert "48 %, chỉ tiêu 60 % (chưa được xác nhận)" in progress
        assert "0 đạt (1 có mức chưa được xác nhận)" in (await on.says("Đầu mối", "theo nhóm"))[0]
        await on.says("Đầu mối", "kế hoạch")
        await on.says("Đầu mối", "1")
        await on.says("Đầu mối", "đúng")
        (progress,) = await on.says("Lãnh đạo", "tiến độ")
        assert "chưa được xác nhận" not in progress


async def test_a_question_in_between_is_answered_and_settles_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, plan=damaged_plan()) as on:
        await on.says("Đầu mối", "kế hoạch")
        await on.says("Đầu mối", "1")
        await on.says("Đầu mối", "sửa lại")
        assert "Đã sửa" not in (await on.says("Đầu mối", "chỉ tiêu 5G của xã là bao nhiêu?"))[0]
        assert "Đã sửa thành 70 %." in (await on.says("Đầu mối", "70"))[0]


def disagreeing_plan() -> Plan:
    """The body sets 60 %, the appendix 65 %."""
    said = ("Phần nội dung (II.2) ghi 60 %, Phụ lục ghi 65 %.",)
    goal = Indicator(
        "Dân số được phủ sóng 5G",
        percent("60"),
        "II.2",
        Source(20, 20, "- Dân số được phủ sóng 5G đạt 60%"),
        checks=said,
    )
    stated = row(1, "Tỷ lệ phủ sóng 5G (dân số)", percent("65"), CULTURE, checks=said, same_as=0)
    return replace(sample_plan(), indicators=(goal, stated, *sample_plan().indicators[:3]))


async def test_two_places_that_disagree_are_settled_with_one_tap(tmp_path: Path) -> None:
    async with stage(tmp_path, plan=disagreeing_plan()) as on:
        await on.says("Đầu mối", "kế hoạch")
        (asked,) = await on.says("Đầu mối", "1")
        assert "Phần nội dung (II.2) ghi 60 %, Phụ lục ghi 65 %." in asked
        assert asked.endswith("1. Đúng, 65 %\n  2. Là 60 %\n  3. Sửa lại\n  4. Bỏ qua")
        assert "Đã sửa thành 60 %.\n  Không còn chỗ nào cần kiểm tra." in (await on.says("Đầu mối", "2"))[0]
        (answer,) = await on.says("Đầu mối", "chỉ tiêu phủ sóng 5G là bao nhiêu?")
        assert "60 %" in answer
        assert "65 %" not in answer
        assert "chưa được xác nhận" not in answer


def unclear_leads() -> Plan:
    """A lead that was understood, one of which nothing could be made, and one that two places name differently."""
    understood = "Cơ quan chủ trì in không rõ (“Tram Y t€ xa”); hiểu là Trạm Y tế xã."
    repair = Repair("lead", "Tram Y t€ xa", CLINIC, "Giống tên cơ quan ở các dòng khác.", 0.6)
    lost = "Cơ quan chủ trì của dòng này in không rõ; đề nghị xem bản gốc."
    health = row(
        1, "Tỷ lệ người dân có Sổ sức khỏe điện tử", percent("80"), CLINIC, checks=(understood,), repairs=(repair,)
    )
    cameras = replace(row(2, "Tỷ lệ thôn có camera an ninh", percent("50"), POLICE, checks=(lost,)), lead=())
    sure = row(3, "Tỷ lệ người dân có tài khoản VNeID mức 2", percent("95"), POLICE)
    return replace(sample_plan(), indicators=(health, cameras, sure))


async def test_a_lead_is_confirmed_with_one_tap_or_typed(tmp_path: Path) -> None:
    async with stage(tmp_path, plan=unclear_leads()) as on:
        assert "Có 2 chỗ cần anh/chị kiểm tra." in (await on.says("Đầu mối", "kế hoạch"))[0]
        (first,) = await on.says("Đầu mối", "1")
        assert 'Cơ quan chủ trì in: "Tram Y t€ xa".' in first
        assert first.endswith("1. Đúng, Trạm Y tế xã\n  2. Đơn vị khác\n  3. Bỏ qua")
        (second,) = await on.says("Đầu mối", "đúng")
        assert "Đã ghi chủ trì: Trạm Y tế xã.\n  2/2. Chỉ tiêu 2" in second
        assert second.endswith("1. Nhập đơn vị\n  2. Bỏ qua")
        assert "ví dụ: " in (await on.says("Đầu mối", "1"))[0]
        assert "Tôi chưa rõ đơn vị nào." in (await on.says("Đầu mối", "ông Tư"))[0]
        (done,) = await on.says("Đầu mối", "cong an")
        assert "Đã ghi chủ trì: Công an xã.\n  Không còn chỗ nào cần kiểm tra." in done

        # The police are asked for it from now on, and the answers name them without a doubt.
        assert "Tỷ lệ thôn có camera an ninh" in (await on.says("Công an", "chỉ tiêu của tôi"))[0]
        (answer,) = await on.says("Đầu mối", "đơn vị nào chủ trì camera an ninh?")
        assert "Công an xã chủ trì" in answer
        assert "chưa được xác nhận" not in answer


async def test_a_row_with_two_doubts_is_asked_about_twice(tmp_path: Path) -> None:
    plan = unclear_leads()
    both = replace(plan.indicators[0], checks=(*plan.indicators[0].checks, WHY))
    async with stage(tmp_path, plan=replace(plan, indicators=(both, plan.indicators[2]))) as on:
        await on.says("Đầu mối", "kế hoạch")
        assert "1. Đúng, 80 %" in (await on.says("Đầu mối", "1"))[0]
        (lead,) = await on.says("Đầu mối", "đúng")
        assert "Đã xác nhận 80 %.\n  2/2. Chỉ tiêu 1" in lead
        assert "Đã ghi chủ trì: Phòng Văn hóa - Xã hội." in (await on.says("Đầu mối", "phong vhxh"))[0]
