"""What Word says by other means than letters: merged cells, lists, signs of symbol fonts, corrections, hidden words."""

from __future__ import annotations

import pytest

from knowledge.errors import NotADocument
from knowledge.readers import read
from knowledge.reading import read_plan
from tests.knowledge import invented_plan, word_forms
from tests.knowledge.readers import hostile
from tests.knowledge.word_forms import across, cell, paragraph, plain_table, row, run, table, word_file

TITLE = (paragraph(run("PHỤ LỤC")), paragraph(run("CHỈ TIÊU NĂM 2026")), paragraph(run("(Kèm theo Kế hoạch số 9/KH)")))
HEADER = ("TT", "Chỉ tiêu", "Mục tiêu năm 2026", "Cơ quan chủ trì")


def lines(*blocks: str) -> list[str]:
    return [line.text for line in read(word_file(*blocks), "a.docx").lines]


def test_the_plan_as_offices_set_it_is_read_like_the_plain_one() -> None:
    plan = read_plan(word_forms.plan_file(), "kehoach.docx")
    truth = invented_plan.truth()["indicators"]
    assert [one.name for one in plan.indicators] == [one["name"] for one in truth]
    assert [one.no for one in plan.indicators] == [one["no"] for one in truth]
    assert [one.group for one in plan.indicators] == [one["group"] for one in truth]
    assert [(one.target.operator, one.target.value) for one in plan.indicators if one.target.value is not None] == [
        (one["operator"], one["value"]) for one in truth if one["value"] is not None
    ]
    assert [list(one.lead) for one in plan.indicators] == [one["lead"] for one in truth]
    assert not any(one.needs_check for one in plan.indicators)


def test_a_row_under_a_merged_cell_is_cited_by_its_own_lines() -> None:
    first, second, *_ = read_plan(word_forms.plan_file(), "kehoach.docx").indicators
    assert second.source.first > first.source.last - 1
    assert first.name not in second.source.quote


def test_signs_of_symbol_fonts() -> None:
    assert lines(paragraph(run("≥ 85%")), paragraph(run("≤ 4 giờ"))) == ["≥ 85%", "≤ 4 giờ"]
    assert lines(paragraph(run("\uf0b3", font="Symbol"), run(" 85%"))) == ["≥ 85%"]
    assert lines(paragraph(run("³", font="Symbol"), run(" 85%"))) == ["≥ 85%"]


def test_hidden_words_and_struck_rows_are_no_text() -> None:
    hidden = run("trước ngày 03 hằng tháng", properties="<w:vanish/>")
    assert lines(paragraph(run("Trước ngày 18 hằng tháng"), hidden)) == ["Trước ngày 18 hằng tháng"]
    struck = row([cell("2"), cell("Bỏ")], properties="<w:del/>")
    assert lines(table([row([cell("1"), cell("Giữ")]), struck])) == ["1", "Giữ"]


def test_a_table_inside_a_table_that_lays_out_the_page() -> None:
    inner = plain_table([HEADER, ("1", "Tỷ lệ hộ có cáp quang", "88%", "Phòng Kinh tế")])
    (indicator,) = read_plan(word_file(*TITLE, table([row([cell(inner=inner)])])), "a.docx").indicators
    assert (indicator.target.value, indicator.lead) == (88, ("Phòng Kinh tế",))


def test_a_row_that_begins_in_the_second_column() -> None:
    header, wide = row(map(cell, HEADER)), row([cell("Hạ tầng số", properties=across(3))], '<w:gridBefore w:val="1"/>')
    figures = row(map(cell, ("1", "Tỷ lệ hộ có cáp quang", "88%", "Phòng Kinh tế")))
    (indicator,) = read_plan(word_file(*TITLE, table([header, wide, figures])), "a.docx").indicators
    assert (indicator.group, indicator.name) == ("Hạ tầng số", "Tỷ lệ hộ có cáp quang")


def test_old_letters_amid_unicode() -> None:
    old, named = run("Phßng Kinh tÕ", font=".VnTime"), run("Phòng Kinh tế", font=".VnTime")
    assert lines(paragraph(run("Cơ quan chủ trì")), paragraph(old), paragraph(named)) == [
        "Cơ quan chủ trì",
        "Phòng Kinh tế",
        "Phòng Kinh tế",
    ]


def test_lists_of_one_draft_count_on_and_may_start_anew() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    used = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    draft = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists = draft + used.format(1, "") + used.format(2, "") + used.format(3, anew)
    body = "".join(
        paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        for number, text in ((1, "a"), (1, "b"), (2, "c"), (3, "d"))
    )
    numbering = hostile.WORD_XML.replace("w:document", "w:numbering").format(lists)
    content = hostile.word_package(word__document_xml=hostile.WORD_XML.format(body), word__numbering_xml=numbering)
    assert [line.text for line in read(content, "a.docx").lines] == ["1. a", "2. b", "3. c", "1. d"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (hostile.word_package(mimetype="application/vnd.oasis.opendocument.text"), ".odt"),
        (hostile.word_package(xl__workbook_xml="<workbook/>"), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    ],
    ids=["odt", "xlsx", "doc", "xls", "locked docx"],
)
def test_other_kinds_of_files_are_named(content: bytes, said: str) -> None:
    with pytest.raises(NotADocument, match=said):
        read(content, "kehoach")
