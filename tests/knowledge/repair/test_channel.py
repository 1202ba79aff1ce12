"""Repair of scanned text, on invented sentences damaged the way scans damage them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.repair import DOUBTFUL, repair_lines, repair_text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Ty 1é phu song 5G trén dia ban", "Tỷ lệ phủ sóng 5G trên địa bàn"),
        ("Ké hoach chuyén d6i s6 nim 2026", "Kế hoạch chuyển đổi số năm 2026"),
        ("Uy ban nhan dan x4 chi dao cac thén", "Ủy ban nhân dân xã chỉ đạo các thôn"),
        ("ngwoi dan nép hé so truc tuyén", "người dân nộp hồ sơ trực tuyến"),
        ("Thuc hién viéc sé héa tai li¢u", "Thực hiện việc số hóa tài liệu"),
        ("Pang uy, Dang uy x3", "Đảng ủy, Đảng ủy xã"),
    ],
)
def test_words_get_their_letters_back(printed: str, meant: str) -> None:
    assert repair_text(printed).text == meant


def test_a_word_is_understood_by_the_figure_behind_it() -> None:
    assert repair_text("dat > 65% dan s6").text == "đạt > 65% dân số"


@pytest.mark.parametrize(
    "standing",
    [
        "60%",
        "6006",
        "31/12/2025",
        "1.707",
        "74,07 %",
        "20/KH-UBND",
        "57-NQ/TW",
        "5G",
        "IPv6",
        "VNPT",
        "OCOP",
        "LAN",
        "> 65%",
    ],
)
def test_figures_codes_and_names_stand(standing: str) -> None:
    repaired = repair_text(f"tai lieu {standing} trong nim 2026")
    assert repaired.text == f"tài liệu {standing} trong năm 2026"
    assert all(word.confidence >= DOUBTFUL for word in repaired.words)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("VNelD", "VNeID"), ("142/QD-TTg", "142/QĐ-TTg"), ("HDND", "HĐND"), ("BCP", "BCĐ"), ("Il.", "II."), ("Al", "AI")],
)
def test_names_and_initials_are_repaired_letter_by_letter(printed: str, meant: str) -> None:
    assert repair_text(printed).text == meant


def test_digits_of_words_become_letters_and_figures_stay() -> None:
    assert repair_text("S6: 88/KH-UBND, c6 06 thén va 1.204 nguoi").text == "Số: 88/KH-UBND, có 06 thôn và 1.204 người"


def test_a_bare_figure_is_read_as_a_word_only_where_its_neighbour_asks_for_it() -> None:
    repaired = repair_text("Ty 16 hé so nép dung han")
    assert repaired.text.startswith("Tỷ lệ hồ sơ")
    assert repaired.words[1].original == "16"
    assert repaired.words[1].confidence < DOUBTFUL
    assert repair_text("c6 16 hé so nép dung han").text.startswith("có 16 hồ sơ")
    assert repair_text("16 hé so").text == "16 hồ sơ"


def test_capitals_stay_capitals_and_a_capital_inside_a_small_word_goes() -> None:
    assert repair_text("KE HOACH CHUYEN DOI SO").text == "KẾ HOẠCH CHUYỂN ĐỔI SỐ"
    assert repair_text("cua BO Chinh tri").text == "của Bộ Chính trị"


def test_context_runs_over_line_breaks() -> None:
    assert [r.text for r in repair_lines(["phat trién khoa", "hoc va cong nghé"])] == [
        "phát triển khoa",
        "học và công nghệ",
    ]


def test_two_words_without_a_space_are_parted() -> None:
    repaired = repair_text("trén dia ban dugc trién khaidong bé")
    assert repaired.text == "trên địa bàn được triển khai đồng bộ"
    assert repaired.words[-2].original == "khaidong"
    assert repaired.words[-2].understood == "khai đồng"


def test_dirt_between_words_goes_but_punctuation_stays() -> None:
    assert repair_text("trinh.d6 cong nghé, hop tac.").text == "trình độ công nghệ, hợp tác."


def test_layout_is_kept() -> None:
    printed = "  Ké  hoach\n\n\tnim 2026 \n"
    assert repair_text(printed).text == "  Kế  hoạch\n\n\tnăm 2026 \n"


def test_the_original_is_kept_beside_what_was_understood() -> None:
    words = repair_text("Ké hoach 20/KH-UBND").words
    assert [word.original for word in words] == ["Ké", "hoach", "20/KH-UBND"]
    assert [word.changed for word in words] == [True, True, False]


@pytest.mark.parametrize("name", ["Tréin Vin Khéi", "Lé Thi Bich Ngén"])
def test_names_of_people_are_never_sure(name: str) -> None:
    assert all(word.confidence < DOUBTFUL for word in repair_text(f"CHU TICH\n\n{name}").words[2:])


def test_well_known_places_are_sure() -> None:
    words = repair_text("UBND tinh Quang Ngai").words
    assert [word.understood for word in words] == ["UBND", "tỉnh", "Quảng", "Ngãi"]
    assert all(word.confidence >= DOUBTFUL for word in words)


@pytest.mark.parametrize("run", ["a" * 20_000, "1" * 20_000, "é6" * 10_000, "a." * 10_000, "1/" * 10_000])
def test_an_endless_run_without_a_space_stands(run: str) -> None:
    assert repair_text(f"Ké hoach {run}").words[2].understood == run


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_comes_back_with_its_white_space(text: str) -> None:
    repaired = repair_text(text)
    composed = unicodedata.normalize("NFC", text)
    assert repaired.text.count("\n") == composed.count("\n")
    assert [word.original for word in repaired.words] == composed.split()
    assert all(0 <= word.confidence <= 1 for word in repaired.words)


@given(st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,3})?%?", fullmatch=True))
def test_a_figure_at_the_start_of_a_line_is_never_changed(figure: str) -> None:
    assert repair_text(f"{figure} dich vu").words[0].understood == figure
