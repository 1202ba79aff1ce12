"""Choosing by typing: what people without buttons see, and what is understood of what they type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.menu import pick, render
from handlers.message import Choice, Outgoing


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, f"value:{number}") for number, label in enumerate(labels))


REMINDER = choices("Báo cáo ngay", "Nhắc lại chiều nay")
FIGURE = choices("Giữ như kỳ trước", "Bỏ qua", "Dừng lại")
DOUBT = choices("76,3 %", "7.630 người", "Nhập lại")
STATE = choices("Hoàn thành", "Đang thực hiện", "Chưa thực hiện")


def test_choices_are_a_numbered_list_at_the_end() -> None:
    shown = render(Outgoing("Còn 3 ngày làm việc đến hạn.", REMINDER), buttons=False)

    assert shown == ("Còn 3 ngày làm việc đến hạn.\n\n1. Báo cáo ngay\n2. Nhắc lại chiều nay")


def test_while_a_figure_is_awaited_choices_have_no_numbers() -> None:
    shown = render(Outgoing("Anh/chị nhập tỷ lệ.", FIGURE, awaits_figure=True), buttons=False)

    assert shown == 'Anh/chị nhập tỷ lệ.\n\nHoặc gõ: "Giữ như kỳ trước", "Bỏ qua", "Dừng lại".'


def test_with_buttons_the_words_stay_alone() -> None:
    assert render(Outgoing("Anh/chị chọn:", REMINDER), buttons=True) == "Anh/chị chọn:"
    assert render(Outgoing("Đã ghi nhận."), buttons=False) == "Đã ghi nhận."


@pytest.mark.parametrize(
    ("typed", "offered", "label"),
    [
        ("1", REMINDER, "Báo cáo ngay"),
        (" 2. ", REMINDER, "Nhắc lại chiều nay"),
        ("2)", REMINDER, "Nhắc lại chiều nay"),
        ("số 2", REMINDER, "Nhắc lại chiều nay"),
        ("chon 2", REMINDER, "Nhắc lại chiều nay"),
        ("2. Nhắc lại", REMINDER, "Nhắc lại chiều nay"),
        ("Báo cáo ngay", REMINDER, "Báo cáo ngay"),
        ("BAO CAO NGAY!", REMINDER, "Báo cáo ngay"),
        (unicodedata.normalize("NFD", "báo cáo ngay"), REMINDER, "Báo cáo ngay"),
        ("[Báo cáo ngay]", REMINDER, "Báo cáo ngay"),
        ("nhac lai", REMINDER, "Nhắc lại chiều nay"),
        ("nhắc", REMINDER, "Nhắc lại chiều nay"),
        ("dung", choices("Đúng, 60 %", "Sửa lại"), "Đúng, 60 %"),
        ("đúng 60%", choices("Đúng, 60 %", "Sửa lại"), "Đúng, 60 %"),
        ("đang", STATE, "Đang thực hiện"),
        ("2", choices("1", "3", "2"), "2"),
        ("đạt", choices("Đất", "Đạt"), "Đạt"),
    ],
)
def test_understood(typed: str, offered: tuple[Choice, ...], label: str) -> None:
    picked = pick(typed, offered, awaits_figure=False)

    assert picked is not None
    assert picked.label == label


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("0", REMINDER),
        ("3", REMINDER),
        ("1000000", REMINDER),
        ("12/45", REMINDER),
        ("1: 85; 2: 100", REMINDER),
        ("2 người", REMINDER),
        ("2. bốn mươi", REMINDER),
        ("", REMINDER),
        ("?!", REMINDER),
        ("📶", REMINDER),
        ("thuc hien", STATE),
        ("nhắc tôi báo cáo", REMINDER),
        ("báo cáo ngay bây giờ được không", REMINDER),
        ("bao", REMINDER[1:]),
        ("dat", choices("Đất", "Đạt")),
        ("xem", choices("Xem từng báo cáo", "Xem cả bảng")),
        ("1", ()),
    ],
)
def test_not_a_choice(typed: str, offered: tuple[Choice, ...]) -> None:
    assert pick(typed, offered, awaits_figure=False) is None


@pytest.mark.parametrize("typed", ["1", "2", "3", "2.", "số 2", "76", "7", "76,3", "7630", "2. bo qua"])
@pytest.mark.parametrize("offered", [FIGURE, DOUBT])
def test_a_figure_stays_a_figure_while_one_is_awaited(typed: str, offered: tuple[Choice, ...]) -> None:
    assert pick(typed, offered, awaits_figure=True) is None


@pytest.mark.parametrize(
    ("typed", "label"), [("76,3 %", "76,3 %"), ("7.630 nguoi", "7.630 người"), ("nhap lai", "Nhập lại")]
)
def test_a_whole_label_is_understood_while_a_figure_is_awaited(typed: str, label: str) -> None:
    picked = pick(typed, DOUBT, awaits_figure=True)

    assert picked is not None
    assert picked.label == label


def test_the_same_choice_offered_twice_is_one() -> None:
    twice = (Choice("Dừng lại", "stop"), Choice("Dừng lại", "stop"))

    assert pick("dung lai", twice, awaits_figure=True) == twice[0]


@given(st.text(max_size=40), st.booleans())
def test_whatever_is_typed_gives_a_choice_or_nothing(typed: str, awaits_figure: bool) -> None:
    assert pick(typed, FIGURE, awaits_figure) in (None, *FIGURE)


@given(st.integers(min_value=0, max_value=2), st.booleans())
def test_every_label_names_itself(number: int, awaits_figure: bool) -> None:
    for offered in (FIGURE, DOUBT, STATE):
        assert pick(offered[number].label, offered, awaits_figure) == offered[number]
