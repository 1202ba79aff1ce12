"""Plain text, in whatever encoding an office saved it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from knowledge.errors import EmptyFile, FileTooLarge, NotADocument, Refused
from knowledge.page_text import Origin
from knowledge.readers import legacy, limits, read

SENTENCES = (
    "KẾ HOẠCH\n"
    "Chuyển đổi số xã Hạ Lũng năm 2026\n"
    "\n"
    "Tỷ lệ người dân trưởng thành sử dụng dịch vụ công trực tuyến đạt 65%.\n"
    "Giữ gìn hạ tầng mạng, khuyến khích doanh nghiệp ứng dụng chữ ký số, quyết liệt thực hiện.\n"
)
SHARED = Path(__file__).resolve().parents[4] / "shared"


def in_tcvn3(text: str) -> str:
    """The text as TCVN3 bytes look when taken for Western letters."""
    codes = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


def in_windows_1258(text: str) -> bytes:
    """Windows-1258 keeps ă â ê ô ơ ư as letters and writes the tone behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        out.append(base + "".join(mark for mark in marks if mark in tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_form_of_unicode_gives_the_same_lines(encoding: str, form: str) -> None:
    reading = read(unicodedata.normalize(form, SENTENCES).encode(encoding), "kehoach.txt")
    assert [line.text for line in reading.lines] == SENTENCES.split("\n")
    assert reading.origin is Origin.TEXT
    assert not reading.damaged


def test_lines_are_numbered_as_split_numbers_them() -> None:
    text = "\n\n  Một\u2028hai\x0bba\x85bốn\r\nnăm \n\nsáu"
    reading = read(text.encode(), "a.txt")
    assert [line.number for line in reading.lines] == list(range(1, len(text.split("\n")) + 1))
    assert reading.lines[2].text == "  Một hai ba bốn"
    assert reading.lines[5].text == "sáu"
    assert reading.pages is None


def test_form_feeds_turn_pages_without_moving_line_numbers() -> None:
    reading = read("trang một\n\fTrang hai\nvẫn hai\f\ntrang ba\n\f".encode(), "a.txt")
    assert [(line.number, line.page, line.text) for line in reading.lines if line.text] == [
        (1, 1, "trang một"),
        (2, 2, "Trang hai"),
        (3, 2, "vẫn hai"),
        (4, 3, "trang ba"),
    ]
    assert reading.pages == 3


@pytest.mark.parametrize("saved", ["bytes", "as unicode"])
def test_tcvn3_is_read(saved: str) -> None:
    western = in_tcvn3(SENTENCES.lower())
    reading = read(western.encode("latin-1" if saved == "bytes" else "utf-8"), "a.txt")
    assert "\n".join(line.text for line in reading.lines) == SENTENCES.lower()


def test_vni_is_read() -> None:
    western = (
        "KEÁ HOAÏCH\nChuyeån ñoåi soá xaõ Haï Luõng\n"
        "Tyû leä ngöôøi daân söû duïng dòch vuï coâng tröïc tuyeán 65%, quyeát lieät\n"
    )
    lines = read(western.encode("latin-1"), "a.txt").lines
    assert [line.text for line in lines][:3] == [
        "KẾ HOẠCH",
        "Chuyển đổi số xã Hạ Lũng",
        "Tỷ lệ người dân sử dụng dịch vụ công trực tuyến 65%, quyết liệt",
    ]


def test_windows_1258_is_read() -> None:
    content = in_windows_1258(SENTENCES)
    assert [line.text for line in read(content, "a.txt").lines] == SENTENCES.split("\n")


def test_text_ruined_by_a_foreign_ocr_model_is_marked_damaged() -> None:
    ruined = "Ty 1é nguoi dan truong thanh st dung dich vu cong truc tuyén dat 65%, chuyén d6i s6 nim 2026\n" * 5
    assert read(ruined.encode(), "a.txt").damaged
    assert not read(SENTENCES.encode() * 3, "a.txt").damaged


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b" \r\n\t\n", EmptyFile),
        ("\ufeff\u200b \n".encode(), EmptyFile),
        (bytes(range(256)) * 40, NotADocument),
        (b"\x7fELF" + b"\x00\x01\x02\x03" * 500, NotADocument),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, NotADocument),
        (b"{\\rtf1 ke hoach}", NotADocument),
        (b"a\n" * 60_000, FileTooLarge),
        (b"a" * 200_000, FileTooLarge),
        (b"a" * (limits.MAX_TEXT_BYTES + 1), FileTooLarge),
    ],
    ids=["empty", "blank", "invisible", "binary", "program", "doc", "rtf", "lines", "one line", "20 MB"],
)
def test_a_file_that_is_no_text_gets_one_sentence(content: bytes, error: type[Refused]) -> None:
    with pytest.raises(error) as refused:
        read(content, "a.txt")
    assert "anh/chị" in refused.value.sentence
    assert refused.value.sentence.endswith("giúp.")
    assert "\n" not in refused.value.sentence


def test_two_hundred_megabytes_are_refused_by_size_alone() -> None:
    with pytest.raises(FileTooLarge, match="200 MB"):
        limits.check_file_size(200 * limits.MEGABYTE)
    with pytest.raises(FileTooLarge):
        read(bytes(limits.MAX_FILE_BYTES + 1), "a.pdf")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared plans are not beside this repository")
def test_real_texts_keep_their_lines_and_are_told_apart() -> None:
    for path in sorted([*SHARED.glob("plans/*.txt"), *SHARED.glob("plans-clean/*.txt")]):
        reading = read(path.read_bytes(), path.name)
        expected = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).split("\n")
        assert [line.text for line in reading.lines] == [line.rstrip() for line in expected]
        assert reading.damaged == (path.parent.name == "plans")
