"""What a typed figure is understood as: habits of Vietnamese typists, and everything that must be asked back."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan import Kind, Operator, Target
from reporting.display import figure_text, rate
from reporting.entry import Figure, Milestone
from reporting.figure import read_figure
from reporting.figure_json import understood_json
from reporting.understood import Understood


def rate_of(text: str, **evidence: object) -> Understood:
    return read_figure(text, unit="%", **evidence)  # type: ignore[arg-type]  # keyword evidence of mixed types


def labels(understood: Understood) -> list[str]:
    return [option.label for option in understood.options]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("60,5", "60.5"),
        ("60.5", "60.5"),
        ("60,5%", "60.5"),
        ("60,50 %", "60.5"),
        ("100%", "100"),
        ("0", "0"),
        ("85.", "85"),
        ("đạt 85", "85"),
        ("dạ 85 ạ", "85"),
        ("tỷ lệ là 85", "85"),
        ("85 phần trăm", "85"),
        ("85 phan tram", "85"),
        ("85 phẩy 5", "85.5"),
        ("tăng lên 85", "85"),
        ("giảm xuống còn 85%", "85"),
        ("năm", "5"),
        ("sáu mươi", "60"),
        ("sau muoi", "60"),
        ("tám lăm", "85"),
        ("một trăm", "100"),
        ("sáu mươi phẩy năm", "60.5"),
        ("1,234", "1.234"),
        ("８５％", "85"),
        ("85 👍", "85"),
        ("\u200b85\u00a0%", "85"),
    ],
)
def test_a_rate_is_read_as_typed(typed: str, value: str) -> None:
    understood = rate_of(typed)
    assert understood.question is None
    assert understood.figure == Figure(value=Decimal(value), unit="%")


@pytest.mark.parametrize(
    "typed",
    [
        "4390/5753",
        "4.390/5.753",
        "4,390/5,753",
        "4 390/5 753",
        "4390 / 5753",
        "4390\\5753",
        "4390 trên 5753",
        "4390 tren 5753",
        "4390 trong tổng số 5753",
        "4390 người/5753 người",
        "76,3 % (4.390/5.753)",
        "76,3% = 4390/5753",
        "76,31% (4390/5753)",
        "đạt 4390/5753 ạ",
    ],
)
def test_a_rate_is_computed_from_its_counts(typed: str) -> None:
    understood = rate_of(typed)
    assert understood.question is None
    assert understood.echo == "76,3 % (4.390/5.753)"
    figure = understood.figure
    assert figure is not None
    assert (figure.numerator, figure.denominator) == (4390, 5753)
    assert figure.value == Decimal("76.308")


def test_a_rate_that_contradicts_its_counts_is_asked() -> None:
    understood = rate_of("80% (4390/5753)")
    assert understood.figure is None
    assert labels(understood) == ["76,3 % (4.390/5.753)", "80 %"]


def test_a_count_where_a_rate_is_wanted_is_asked_with_both_readings() -> None:
    understood = rate_of("7630")
    assert understood.figure is None
    assert understood.question == "Số 7.630 lớn hơn 100 %. Anh/chị muốn nói 76,30 % hay 7.630 người?"
    assert labels(understood) == ["76,3 %", "7.630 người"]
    assert understood.options[1].figure == Figure(unit="%", numerator=Decimal(7630))


def test_a_count_is_set_against_the_total_of_the_last_period() -> None:
    last = Figure(Decimal("71.3"), "%", Decimal(4102), Decimal(5753))
    assert "76,3 % (4.390/5.753)" in labels(rate_of("4390", last=last))


def test_thousands_with_a_dot_where_a_rate_is_wanted_are_asked() -> None:
    assert labels(rate_of("7.630")) == ["7,63 %", "76,3 %", "7.630 người"]


def test_the_counted_things_take_the_name_they_have() -> None:
    assert labels(rate_of("150", counted="hồ sơ")) == ["15 %", "150 hồ sơ"]


def test_counts_the_wrong_way_round_are_asked() -> None:
    understood = rate_of("5753/4390")
    assert understood.figure is None
    assert "lớn hơn tổng số" in (understood.question or "")
    assert labels(understood) == ["76,3 % (4.390/5.753)"]


def test_reached_over_target_is_asked() -> None:
    target = Target(Operator.EQUAL, Decimal(80), "%", Kind.PERCENT, "80%")
    assert labels(rate_of("75/80", target=target)) == ["93,8 % (75/80)", "75 %"]
    assert rate_of("75/90", target=target).echo == "83,3 % (75/90)"
    assert labels(rate_of("76,3/80")) == ["95,4 % (76,3/80)", "76,3 %"]
    assert rate_of("75%/80%").figure is None


def test_a_rate_above_a_hundred_is_believed_where_the_target_lies_there() -> None:
    above = Target(Operator.MORE, Decimal(100), "%", Kind.PERCENT, "trên 100%")
    assert rate_of("112,5", target=above).echo == "112,5 %"
    assert rate_of("112,5").figure is None
    assert rate_of("7630", target=above).figure is None


def test_a_share_is_asked_where_figures_are_usually_large() -> None:
    target = Target(Operator.EQUAL, Decimal(80), "%", Kind.PERCENT, "80%")
    assert labels(rate_of("0,85", target=target)) == ["0,85 %", "85 %"]
    assert rate_of("0,85").echo == "0,85 %"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("khoảng 60", ["60 %"]),
        ("hơn 60", ["60 %"]),
        ("trên 90", ["90 %"]),
        (">90", ["90 %"]),
        ("~60", ["60 %"]),
        ("ước đạt 60", ["60 %"]),
        ("sau", ["6 %"]),
        ("85 gì đó", ["85 %"]),
        ("85?", ["85 %"]),
        ("60-65", ["60 %", "65 %"]),
        ("1 2", ["1,2 %", "1 %", "2 %"]),
        ("60, 5", ["60,5 %", "60 %", "5 %"]),
        ("4390 5753", ["76,3 % (4.390/5.753)"]),
        ("hoàn thành", ["100 %"]),
        ("xong roi", ["100 %"]),
        ("chưa có", ["0 %", "Chưa có số liệu"]),
        ("chưa có số liệu", ["0 %", "Chưa có số liệu"]),
        ("không có số liệu", ["0 %", "Chưa có số liệu"]),
        ("số liệu không", ["0 %"]),
        ("tất cả", ["100 %"]),
        ("tổng số 5753, đạt 4390", ["76,3 % (4.390/5.753)"]),
        ("năm 2026 đạt 85", ["85 %"]),
        ("60 người", ["60 người"]),
        ("ko co", ["0 %", "Chưa có số liệu"]),
        ("không", ["0 %", "Chưa có số liệu"]),
        ("tăng 5%", []),
        (".5", []),
        (",5", []),
        ("1..2", []),
        ("dạ -5 ạ", []),
        ("-5", []),
        ("− 5", []),
        ("âm 5", []),
        ("0/0", []),
        ("100,5", []),
        ("30/6/2026", []),
        ("1/2/3", []),
        ("abc", []),
        ("85abc", []),
        ("6o", []),
        ("JPWKHJYAN6", []),  # an invite code
        ("FEJQBR782K", []),
        ("1e3", []),
        ("½", []),
        ("5²", []),
        ("12.34.56", []),
        ("0912345678", []),
        ("9" * 40, []),
        ("8" * 5000, []),
        ("😀😀", []),
        ("", []),
        ("   ", []),
        ("/", []),
        ("%", []),
    ],
)
def test_what_is_not_clear_is_asked_in_one_sentence_or_two(typed: str, offered: list[str]) -> None:
    understood = rate_of(typed)
    assert understood.figure is None
    assert understood.echo == ""
    assert understood.question
    assert len(understood.question) <= 400
    assert labels(understood)[: len(offered)] == offered
    assert bool(labels(understood)) == bool(offered)


@pytest.mark.parametrize(
    ("typed", "unit", "echo"),
    [
        ("1.234", "người", "1.234 người"),
        ("1,234", "người", "1.234 người"),
        ("12 500", "người", "12.500 người"),
        ("1.234.567", "đồng", "1.234.567 đồng"),
        ("1,2 triệu", "người", "1.200.000 người"),
        ("1.2tr", "người", "1.200.000 người"),
        ("1tr2", "người", "1.200.000 người"),
        ("1 triệu 200 nghìn", "người", "1.200.000 người"),
        ("5k", "hồ sơ", "5.000 hồ sơ"),
        ("3 tỷ", "triệu đồng", "3.000 triệu đồng"),
        ("1,2 triệu", "triệu đồng", "1,2 triệu đồng"),
        ("ba nghìn hai trăm", "người", "3.200 người"),
        ("85 người", "người", "85 người"),
        ("85 hồ sơ", "hồ sơ/năm", "85 hồ sơ/năm"),
        ("1.234", "hồ sơ/năm", "1.234 hồ sơ/năm"),
        ("1.000", "tổ chức, doanh nghiệp", "1.000 tổ chức, doanh nghiệp"),
        ("2 tỷ 300 triệu", "tỷ đồng", "2,3 tỷ đồng"),
        ("40 Mbit/s", "Mbit/s", "40 Mbit/s"),
        ("1,2", "kết nối/người", "1,2 kết nối/người"),
    ],
)
def test_a_number_is_read_in_its_unit(typed: str, unit: str, echo: str) -> None:
    understood = read_figure(typed, unit=unit)
    assert understood.question is None
    assert understood.echo == echo


@pytest.mark.parametrize(
    ("typed", "unit", "offered"),
    [
        ("60,5", "người", []),
        ("85%", "người", []),
        ("15/20", "người", ["15 người"]),
        ("1.234", "Mbit/s", ["1.234 Mbit/s", "1,234 Mbit/s"]),
        ("85 hồ sơ", "người", ["85 người"]),
        ("chưa có", "người", ["0 người", "Chưa có số liệu"]),
        ("hai nghìn năm", "người", []),
    ],
)
def test_a_number_that_does_not_fit_its_unit_is_asked(typed: str, unit: str, offered: list[str]) -> None:
    understood = read_figure(typed, unit=unit)
    assert understood.figure is None
    assert labels(understood) == offered


@pytest.mark.parametrize(
    ("typed", "stage"),
    [
        ("hoàn thành", Milestone.DONE),
        ("hoan thanh", Milestone.DONE),
        ("Đã hoàn thành 100%", Milestone.DONE),
        ("xong rồi", Milestone.DONE),
        ("dạ xong rồi ạ", Milestone.DONE),
        ("xong roi", Milestone.DONE),
        ("đã có", Milestone.DONE),
        ("rồi ạ", Milestone.DONE),
        ("hoàn thành một phần", Milestone.UNDER_WAY),
        ("bắt đầu làm", Milestone.UNDER_WAY),
        ("đang làm", Milestone.UNDER_WAY),
        ("dang lam", Milestone.UNDER_WAY),
        ("đang triển khai", Milestone.UNDER_WAY),
        ("sắp xong", Milestone.UNDER_WAY),
        ("chưa", Milestone.NOT_STARTED),
        ("chua lam", Milestone.NOT_STARTED),
        ("chưa có", Milestone.NOT_STARTED),
        ("ko co", Milestone.NOT_STARTED),
    ],
)
def test_a_milestone_is_read_with_and_without_diacritics(typed: str, stage: Milestone) -> None:
    understood = read_figure(typed, unit=None, kind=Kind.MILESTONE)
    assert understood.question is None
    assert understood.figure == Figure(milestone=stage)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("chưa xong", ["đang thực hiện", "chưa thực hiện"]),
        ("không đạt", ["đang thực hiện", "chưa thực hiện"]),
        ("đã triển khai", ["đang thực hiện", "hoàn thành"]),
        ("85", ["hoàn thành", "đang thực hiện", "chưa thực hiện"]),
        ("dạ", ["hoàn thành", "đang thực hiện", "chưa thực hiện"]),
        ("abc", ["hoàn thành", "đang thực hiện", "chưa thực hiện"]),
    ],
)
def test_an_unclear_milestone_is_asked(typed: str, offered: list[str]) -> None:
    understood = read_figure(typed, unit=None, kind=Kind.MILESTONE)
    assert understood.figure is None
    assert labels(understood) == offered


@pytest.mark.parametrize(
    ("typed", "echo"),
    [("85", "85"), ("1.234", "1.234"), ("85%", "85 %"), ("4390/5753", "76,3 % (4.390/5.753)"), ("xong", "hoàn thành")],
)
def test_without_a_unit_the_text_tells_what_it_is(typed: str, echo: str) -> None:
    assert read_figure(typed, unit=None).echo == echo


@pytest.mark.parametrize("typed", ["như kỳ trước", "nhu ky truoc", "giữ nguyên", "không thay đổi", "Như tháng trước ạ"])
def test_the_last_figure_is_repeated_on_request(typed: str) -> None:
    last = Figure(Decimal("71.3023"), "%", Decimal(4102), Decimal(5753))
    assert rate_of(typed, last=last).figure == last
    assert rate_of(typed).figure is None


def test_decomposed_letters_are_the_same_letters() -> None:
    assert rate_of(unicodedata.normalize("NFD", "sáu mươi phẩy năm")).echo == "60,5 %"
    assert rate_of(unicodedata.normalize("NFD", "như kỳ trước")).question == rate_of("như kỳ trước").question


def test_the_command_line_writes_numbers_or_a_question() -> None:
    assert understood_json(rate_of("4390/5753"), "%") == {
        "value": 76.308,
        "numerator": 4390,
        "denominator": 5753,
        "unit": "%",
        "understood": "76,3 % (4.390/5.753)",
        "question": None,
    }
    asked = understood_json(rate_of("7630"), "%")
    assert asked["value"] is None
    assert "7.630" in asked["question"]


def decimals(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


@given(decimals(0, 100))
def test_a_displayed_rate_reads_back_as_itself(value: Decimal) -> None:
    figure = Figure(value=value, unit="%")
    assert rate_of(figure_text(figure)).figure == figure


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_displayed_rate_of_counts_reads_back_as_itself(a: int, b: int) -> None:
    part, whole = Decimal(min(a, b)), Decimal(b)
    figure = Figure(rate(part, whole), "%", part, whole)
    assert rate_of(figure_text(figure)).figure == figure


@given(st.integers(0, 10**12), st.sampled_from(["người", "hồ sơ", "doanh nghiệp", "thôn"]))
def test_a_displayed_count_reads_back_as_itself(value: int, unit: str) -> None:
    figure = Figure(value=Decimal(value), unit=unit)
    assert read_figure(figure_text(figure), unit=unit).figure == figure


@given(decimals(0, 10**6, places=1), st.sampled_from(["Mbit/s", "triệu đồng", "kết nối/người"]))
def test_a_displayed_measure_reads_back_as_itself_or_is_asked(value: Decimal, unit: str) -> None:
    figure = Figure(value=value, unit=unit)
    understood = read_figure(figure_text(figure), unit=unit)
    offered = [option.figure for option in understood.options]
    assert understood.figure == figure or figure in offered


@pytest.mark.parametrize("stage", Milestone)
def test_a_displayed_milestone_reads_back_as_itself(stage: Milestone) -> None:
    figure = Figure(milestone=stage)
    assert read_figure(figure_text(figure), unit=None).figure == figure


@given(st.text(max_size=250), st.sampled_from(["%", "người", "Mbit/s", "triệu đồng", None]))
def test_no_text_breaks_the_reading(text: str, unit: str | None) -> None:
    understood = read_figure(text, unit=unit)
    assert (understood.figure is None) == bool(understood.question)
    for option in understood.options:
        assert option.label


@given(st.from_regex(r"[\d.,/% -]{1,14}( (trên|khoảng|triệu|người|đạt))?", fullmatch=True))
def test_a_rate_is_never_negative_nor_above_a_hundred_in_silence(text: str) -> None:
    figure = rate_of(text).figure
    assert figure is None or (figure.value is not None and 0 <= figure.value <= 100)
