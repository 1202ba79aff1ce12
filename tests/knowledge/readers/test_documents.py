"""One invented plan as a Word file, a PDF with text and a scan: the same lines, rows and places come out."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageChops

from knowledge.page_text import Origin, Reading, Table
from knowledge.readers import ocr, read
from knowledge.reading import read_plan
from tests.knowledge import invented_plan, plan_documents
from tests.knowledge.readers import hostile

needs_ocr = pytest.mark.skipif(
    not ocr.is_present(), reason="Tesseract with Vietnamese is missing: `make services` brings it"
)
needs_font = pytest.mark.skipif(
    plan_documents.font_folder() is None, reason="fonts-liberation2 is missing: `make services` brings it"
)
BODY = [*invented_plan.TITLE, *invented_plan.BODY]


@cache
def text_pdf() -> bytes:
    return plan_documents.text_pdf()


@cache
def scan() -> Reading:
    return read(plan_documents.scan_pdf(text_pdf()), "quet.pdf")


def words(reading: Reading) -> str:
    return " ".join(" ".join(line.text for line in reading.lines).split())


def rows(tables: tuple[Table, ...]) -> list[tuple[str, ...]]:
    """All rows of the five-column tables, cells on one line each."""
    return [
        tuple(" ".join(cell.text.split()) for cell in row.cells)
        for table in tables
        for row in table.rows
        if len(row.cells) == len(invented_plan.COLUMNS)
    ]


def check_numbering(reading: Reading) -> None:
    assert [line.number for line in reading.lines] == list(range(1, len(reading.lines) + 1))
    for table in reading.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.text:
                    cited = reading.lines[cell.first - 1 : cell.last]
                    assert "\n".join(line.text for line in cited) == cell.text


def test_word_file() -> None:
    reading = read(plan_documents.word_file(), "kehoach.docx")
    assert reading.origin is Origin.DOCX
    assert reading.pages is None
    lines = [line.text for line in reading.lines]
    assert lines[:6] == [*invented_plan.HEAD_LEFT, *invented_plan.HEAD_RIGHT]
    assert lines[6 : 6 + len(BODY)] == BODY
    assert rows(reading.tables) == invented_plan.appendix_rows()
    check_numbering(reading)


@needs_font
def test_text_pdf() -> None:
    seen: list[tuple[int, int]] = []
    reading = read(text_pdf(), "kehoach.pdf", lambda page, of: seen.append((page, of)))
    assert reading.origin is Origin.PDF
    assert reading.pages == 4
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    for paragraph in (*invented_plan.HEAD_LEFT, *invented_plan.HEAD_RIGHT, *BODY, *invented_plan.SIGNATURE):
        assert paragraph in words(reading)
    assert rows(reading.tables) == invented_plan.appendix_rows()
    check_numbering(reading)
    five_g = next(row for table in reading.tables for row in table.rows if "phủ sóng 5G" in row.cells[1].text)
    assert five_g.page == 3
    assert five_g.box is not None
    assert five_g.box.left < 0.2
    assert 0.5 < five_g.box.top < five_g.box.bottom < 0.65 < 0.85 < five_g.box.right


@needs_font
@needs_ocr
def test_scan() -> None:
    reading = scan()
    assert reading.origin is Origin.SCAN
    assert reading.pages == 4
    assert not reading.damaged
    truth = invented_plan.appendix_rows()
    read_rows = rows(reading.tables)
    assert len(read_rows) == len(truth)
    for column in (0, 2, 4):  # numbers, targets and Roman quarters: to the letter
        assert [row[column] for row in read_rows] == [row[column] for row in truth]
    right = sum(row == expected for row, expected in zip(read_rows, truth, strict=True))
    assert right >= 0.9 * len(truth)
    assert "ngày 19 tháng 01 năm 2026" in words(reading)
    assert "III/2026" in words(reading)
    check_numbering(reading)


@needs_font
@needs_ocr
def test_a_photo_of_a_page_by_phone() -> None:
    page = plan_documents.page_pictures(text_pdf())[3]
    photo = plan_documents.scan_page(page, tilt=2.0, noise=6, blur=0.8, seed=5)
    shadow = Image.linear_gradient("L").resize(photo.size).point(lambda value: 120 + value // 2)
    buffer = io.BytesIO()
    ImageChops.multiply(photo, shadow).save(buffer, "JPEG", quality=80)
    reading = read(buffer.getvalue(), "trang4.jpg")
    truth = [row for row in invented_plan.appendix_rows() if row[0].isdigit() and int(row[0]) >= 18]
    assert [row[2] for row in rows(reading.tables) if row[0].isdigit() and int(row[0]) >= 18] == [
        row[2] for row in truth
    ]


@needs_font
@needs_ocr
def test_a_scan_with_a_ruined_text_layer_is_read_again() -> None:
    reading = read(with_ruined_text(plan_documents.page_pictures(text_pdf())[1]), "quet.pdf")
    assert reading.origin is Origin.SCAN
    assert "Phòng Văn hóa - Xã hội trước ngày 18 hằng tháng" in words(reading)


@needs_font
@needs_ocr
def test_each_page_is_read_from_what_it_has() -> None:
    ruined = [with_ruined_text(page) for page in plan_documents.page_pictures(text_pdf())]
    mixed = pypdfium2.PdfDocument.new()
    for index in range(len(ruined)):
        source = ruined[index] if index in (0, 3) else text_pdf()
        mixed.import_pages(pypdfium2.PdfDocument(source), [0 if index in (0, 3) else index])
    buffer = io.BytesIO()
    mixed.save(buffer)
    plan = read_plan(buffer.getvalue(), "kehoach.pdf")
    assert (plan.document.number, plan.document.signer) == ("47/KH-UBND", "Đinh Khắc Toàn")
    targets = [(row.no, None if row.target.value is None else float(row.target.value)) for row in plan.indicators]
    assert targets == [(row["no"], row["value"]) for row in invented_plan.truth()["indicators"]]


@needs_font
def test_without_ocr_a_ruined_text_layer_is_read_as_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    reading = read(with_ruined_text(plan_documents.page_pictures(text_pdf())[1]), "quet.pdf")
    assert reading.origin is Origin.PDF
    assert reading.damaged


def with_ruined_text(page: Image.Image) -> bytes:
    """A scanned page over the text that an OCR program with a foreign model made of it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    text = canvas.beginText(60, 780)
    text.setTextRenderMode(3)
    for _ in range(12):
        text.textLine("Phong Van héa - Xa hoi theo doi, d6n d6c cac co quan thuc hién chuyén d6i s6 cua xa nim 2026")
    canvas.drawText(text)
    canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
    canvas.save()
    return buffer.getvalue()


@needs_font
def test_a_plan_is_understood_the_same_from_word_and_pdf() -> None:
    for content in (plan_documents.word_file(), text_pdf()):
        plan = read_plan(content, "kehoach")
        truth = invented_plan.truth()["indicators"]
        assert [row.name for row in plan.indicators] == [row["name"] for row in truth]
        values = [None if row.target.value is None else float(row.target.value) for row in plan.indicators]
        assert values == [row["value"] for row in truth]
        assert [list(row.lead) for row in plan.indicators] == [row["lead"] for row in truth]
        assert plan.document.number == "47/KH-UBND"


def test_word_lists_merged_cells_and_boxes() -> None:
    lines = [line.text for line in read(rich_word_file(), "a.docx").lines]
    assert lines[:4] == ["I. Mục đích", "1. Hạ tầng số", "2. Dữ liệu số", "II. Yêu cầu"]
    assert "Khung chữ bên lề" in lines
    table = read(rich_word_file(), "a.docx").tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "Phủ sóng", "Phòng Kinh tế"],
        ["2", "Cáp quang", "Phòng Kinh tế"],
        ["Nhóm chung", "", "trong lồng"],
    ]
    assert table.rows[0].cells[2].first == table.rows[1].cells[2].first


def rich_word_file() -> bytes:
    """Automatic numbers, a vertical and a horizontal merge, a nested table, a text box."""

    def level(depth: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    def draft(number: int, levels: str) -> str:
        return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'

    headings = draft(0, level(0, "upperRoman", "%1.") + level(1, "decimal", "%2."))
    ordinals = draft(1, level(0, "decimal", "%1"))
    used = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    )
    lists = hostile.WORD_XML.replace("w:document", "w:numbering").format(headings + ordinals + used)

    def paragraph(text: str, level: int | None = None, number: int = 7, font: str = "") -> str:
        listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        look = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
        return f"<w:p>{'' if level is None else listed}<w:r>{look}<w:t>{text}</w:t></w:r></w:p>"

    def cell(inner: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"

    auto = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr></w:pPr></w:p>'
    nested = f"<w:tbl><w:tr>{cell(paragraph('trong'))}{cell(paragraph('lồng'))}</w:tr></w:tbl>"
    starts, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{cell(auto)}{cell(paragraph('Phủ sóng'))}{cell(paragraph('Phòng Kinh tế'), starts)}</w:tr>"
        f"<w:tr>{cell(auto)}{cell(paragraph('Cáp quang'))}{cell('<w:p/>', goes_on)}</w:tr>"
        f"<w:tr>{cell(paragraph('Nhóm chung'), wide)}{cell(nested)}</w:tr></w:tbl>"
    )
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('Khung chữ bên lề')}</w:txbxContent></w:pict></w:r></w:p>"
    body = (
        paragraph("Mục đích", 0) + paragraph("Hạ tầng số", 1) + paragraph("Dữ liệu số", 1) + paragraph("Yêu cầu", 0)
        + box + table
    )  # fmt: skip
    return hostile.word_package(word__document_xml=hostile.WORD_XML.format(body), word__numbering_xml=lists)


def test_word_files_in_old_fonts() -> None:
    body = (
        '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>kÕ ho¹ch</w:t></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t xml:space="preserve"> chuyÓn ®æi sè</w:t></w:r></w:p>'
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>xaõ Haï Luõng</w:t></w:r></w:p>'
    )
    reading = read(hostile.word_package(word__document_xml=hostile.WORD_XML.format(body)), "a.docx")
    assert [line.text for line in reading.lines] == ["KẾ HOẠCH chuyển đổi số", "xã Hạ Lũng"]


def test_tracked_deletions_are_not_text() -> None:
    document = Document()
    document.add_paragraph("Trước ngày 18 hằng tháng")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        xml = package.read("word/document.xml").decode()
    edited = xml.replace(
        "<w:body>", "<w:body><w:p><w:del><w:r><w:delText>Trước ngày 25</w:delText></w:r></w:del></w:p>"
    )
    reading = read(hostile.word_package(word__document_xml=edited), "a.docx")
    assert [line.text for line in reading.lines if line.text] == ["Trước ngày 18 hằng tháng"]
