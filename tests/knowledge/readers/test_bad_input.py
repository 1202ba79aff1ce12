"""Whatever is sent: a reading, or one clear sentence; in bounded time and memory, and nothing else."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import EmptyFile, FileTooLarge, MissingReader, NotADocument, Refused, UnreadableFile
from knowledge.readers import limits, ocr, read
from tests.knowledge import plan_documents
from tests.knowledge.readers import hostile

A4 = "/MediaBox[0 0 595 842]"

needs_ocr = pytest.mark.skipif(
    not ocr.is_present(), reason="Tesseract with Vietnamese is missing: `make services` brings it"
)
needs_font = pytest.mark.skipif(
    plan_documents.font_folder() is None, reason="fonts-liberation2 is missing: `make services` brings it"
)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(hostile.locked_pdf, NotADocument, "mật khẩu", id="locked PDF"),
        pytest.param(lambda: b"%PDF-1.7\n" + bytes(2000) + b"%%EOF", NotADocument, "hỏng", id="broken PDF"),
        pytest.param(lambda: hostile.pdf(A4)[:-20], NotADocument, "thiếu phần cuối", id="cut PDF"),
        pytest.param(
            lambda: hostile.pdf(*[A4] * 10_000), FileTooLarge, "10.000 trang, vượt mức 1.000 trang;", id="10,000 pages"
        ),
        pytest.param(lambda: hostile.pdf("/MediaBox[0 0 50000 50000]"), FileTooLarge, "khổ giấy", id="huge page"),
        pytest.param(hostile.huge_picture_pdf, FileTooLarge, "quá lớn", id="huge picture in a PDF"),
        pytest.param(hostile.word_bomb, FileTooLarge, "quá lớn", id="Word bomb"),
        pytest.param(lambda: hostile.word_with_entities(external=False), NotADocument, "an toàn", id="entities"),
        pytest.param(lambda: hostile.word_with_entities(external=True), NotADocument, "an toàn", id="external entity"),
        pytest.param(hostile.word_with_misplaced_parts, NotADocument, "hỏng", id="parts before the file"),
        pytest.param(hostile.word_with_broken_packing, NotADocument, "hỏng", id="damaged LZMA"),
        pytest.param(
            lambda: hostile.word_package(
                word__document_xml=hostile.WORD_XML.format(f"<w:p><w:r><w:t>{'kế hoạch ' * 20_000}</w:t></w:r></w:p>")
            ),
            FileTooLarge,
            "dòng quá dài",
            id="a book in one paragraph",
        ),
        pytest.param(
            lambda: hostile.crowded_pdf(f"BT /F 1 Tf 1 TL {chr(10).join(['(' + 'a' * 99 + ') ' + chr(39)] * 800)} ET"),
            FileTooLarge,
            "dày chữ",
            id="letters over letters",
        ),
        pytest.param(hostile.word_with_deep_nesting, NotADocument, "hỏng", id="deep nesting"),
        pytest.param(lambda: hostile.word_package(a_xml="<a/>"), NotADocument, "không phải tệp Word", id="another zip"),
        pytest.param(lambda: plan_documents.word_file()[:20_000], NotADocument, "hỏng", id="half a Word file"),
        pytest.param(
            lambda: hostile.word_package(word__document_xml=hostile.WORD_XML.format("")),
            EmptyFile,
            "chữ",
            id="no words",
        ),
        pytest.param(lambda: b"\x00\x00\x00\x18ftypheic" + bytes(400), NotADocument, "HEIC", id="HEIC"),
    ],
)
def test_a_file_nobody_should_send(content: functools.partial[bytes], error: type[Refused], words: str) -> None:
    with pytest.raises(error, match=words) as refused:
        read(content(), "kehoach")
    assert "anh/chị" in refused.value.sentence


@needs_ocr
@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(hostile.landscape, NotADocument, "không giống trang văn bản", id="landscape"),
        pytest.param(hostile.noise, NotADocument, "không giống trang văn bản", id="noise"),
        pytest.param(hostile.huge_png, FileTooLarge, "quá lớn", id="huge PNG"),
        pytest.param(lambda: hostile.landscape()[:9_000], NotADocument, "hỏng|không giống", id="half a photo"),
        pytest.param(lambda: b"\xff\xd8\xff\xe0" + bytes(500), NotADocument, "hỏng", id="broken photo"),
        pytest.param(lambda: hostile.pdf(A4, A4), NotADocument, "Không đọc được chữ nào", id="blank pages"),
    ],
)
def test_a_picture_without_a_plan(content: functools.partial[bytes], error: type[Refused], words: str) -> None:
    with pytest.raises(error, match=words):
        read(content(), "anh.jpg")


def test_without_the_ocr_program_the_sentence_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(MissingReader, match="sudo apt-get install tesseract-ocr tesseract-ocr-vie"):
        read(hostile.landscape(), "trang.jpg")


def reads_or_refuses(content: bytes) -> None:
    """The one promise for any bytes at all."""
    refused, reading = None, None
    try:
        reading = read(content, "kehoach")
    except UnreadableFile as refusal:
        refused = refusal
    if refused is not None:
        assert refused.sentence.endswith("giúp.")
    if reading is not None:
        assert [line.number for line in reading.lines] == list(range(1, len(reading.lines) + 1))


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes(content: bytes) -> None:
    reads_or_refuses(content.replace(b"%PDF", b""))  # PDFs cost a process each, and have a test of their own


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp1258", "latin-1"]))
@settings(max_examples=100, deadline=None)
def test_any_text_in_any_encoding(text: str, encoding: str) -> None:
    reads_or_refuses(text.encode(encoding, errors="ignore"))


def mutations(size: int) -> st.SearchStrategy[list[tuple[int, bytes]]]:
    """A few places of a file of ``size`` bytes, and what to write there."""
    return st.lists(st.tuples(st.integers(0, size - 1), st.binary(min_size=1, max_size=30)), min_size=1, max_size=12)


def mutated(content: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    for at, new in changes:
        content = content[:at] + new + content[at + len(new) :]
    return content


@functools.cache
def word_text() -> bytes:
    """The invented plan as a Word package without compression, so that mutations reach the XML."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plan_documents.word_file())) as package, zipfile.ZipFile(buffer, "w") as plain:
        for name in ("word/document.xml", "word/styles.xml"):
            plain.writestr(name, package.read(name))
    return buffer.getvalue()


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_word_files(data: st.DataObject) -> None:
    content = mutated(word_text(), data.draw(mutations(len(word_text()))))
    if data.draw(st.booleans()):
        # Without the checksum's veto the damage reaches the parser.
        content = hostile.word_package(word__document_xml=_document(content))
    reads_or_refuses(content)


def _document(package: bytes) -> bytes:
    start = package.find(b"<w:document")
    return package[start : package.find(b"</w:document>") + len(b"</w:document>")]


OLD_FONTS = "UBND x· H¹ Lòng ban hµnh kÕ ho¹ch chuyÓn ®æi sè, c¸c c¬ quan göi b¸o c¸o tr­íc ngµy 18 h»ng th¸ng.\n" * 8


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(OLD_FONTS.encode("cp1252"), id="TCVN3"),
        pytest.param("UÛY BAN NHAÂN DAÂN XAÕ HAÏ LUÕNG, KEÁ HOAÏCH CHUYEÅN ÑOÅI SOÁ\n".encode("cp1252") * 8, id="VNI"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20, id="old Word"),
    ],
)
@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_old_files(content: bytes, data: st.DataObject) -> None:
    reads_or_refuses(mutated(content, data.draw(mutations(len(content)))))


@functools.cache
def picture(kind: str) -> bytes:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.open(io.BytesIO(hostile.landscape())).resize((400, 300)).save(buffer, kind)
    return buffer.getvalue()


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
@given(data=st.data())
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_pictures(kind: str, data: st.DataObject) -> None:
    content = picture(kind)
    reads_or_refuses(mutated(content, data.draw(mutations(len(content)))))


@needs_ocr
def test_a_drawing_of_lines_alone_is_no_plan() -> None:
    lines = "".join(f"{x * 5} {y * 5} 5 5 re S\n" for x in range(119) for y in range(160))
    with pytest.raises(NotADocument, match="Không đọc được chữ nào"):
        read(hostile.crowded_pdf(lines), "ban-ve.pdf")


@needs_font
@given(st.data())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_pdf_files(data: st.DataObject) -> None:
    plan = text_pdf()
    content = mutated(plan, data.draw(mutations(len(plan))))
    reads_or_refuses(content if b"%%EOF" in content[-4096:] else content + b"\n%%EOF\n")


@functools.cache
def text_pdf() -> bytes:
    return plan_documents.text_pdf()


def test_limits_leave_room_for_a_scan_of_three_hundred_pages() -> None:
    limits.check_pages(300, scanned=True)
    limits.check_file_size(150 * limits.MEGABYTE)
    limits.check_picture(9_000, 12_000)
