"""Tables on scanned pages that their ruling does not cut into cells: none, level lines only, dotted, pale."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.page_text import Loss
from knowledge.readers import ocr, page_damage
from knowledge.readers.faint_rules import faint_rules
from knowledge.readers.grid import find_rules, half_size, with_faint_rules
from knowledge.readers.ink import ink_of
from knowledge.readers.missing_rules import is_whole
from knowledge.readers.ocr import ReadWord
from knowledge.readers.printed import without_echoes
from knowledge.readers.scan import read_scan
from knowledge.readers.sheet import PrintedTable, Sheet
from knowledge.readers.tilt import find_tilt
from knowledge.readers.unread import unread_pieces
from tests.knowledge import invented_plan, plan_documents
from tests.knowledge.plan_documents import Look

needs_ocr = pytest.mark.skipif(
    not ocr.is_present() or plan_documents.font_folder() is None, reason="`make services` brings Tesseract and the font"
)


def appendix(ruling: str, page: int) -> Image.Image:
    """A page of the appendix through the scanner."""
    clean = plan_documents.page_pictures(plan_documents.text_pdf(Look(ruling)))[page]
    return plan_documents.scan_page(clean, tilt=0.5, noise=12, blur=0.7, seed=page)


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """The rows of the tables of a page, each cell as one line."""
    return [
        tuple("" if at is None else " ".join(line.text for line in table.cells[at]) for at in row)
        for table in sheet.blocks
        if isinstance(table, PrintedTable)
        for row in table.rows
    ]


@needs_ocr
@pytest.mark.parametrize("ruling", ["none", "level", "upright"])
def test_rows_are_cut_into_cells_without_their_ruling(ruling: str) -> None:
    found = {row[0]: row for row in rows_of(read_scan(appendix(ruling, 2), 3)) if row[0].isdigit()}
    truth = {row[0]: row for row in invented_plan.appendix_rows() if row[0].isdigit() and row[0] in found}
    assert len(truth) >= 8
    for number, (_, _, target, lead, _) in truth.items():
        assert (found[number][2], found[number][3]) == (target, lead)


@needs_ocr
def test_a_table_goes_on_on_the_next_page_without_its_head() -> None:
    pages = plan_documents.page_pictures(plan_documents.text_pdf(Look("none")))
    assert len(pages) > 3
    rows = [row for row in rows_of(read_scan(appendix("none", 3), 4)) if row[0].isdigit()]
    assert rows
    assert all(len(row) == len(invented_plan.COLUMNS) for row in rows)


def ruled_page(paint: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A table of four columns and five rows on white paper, its lines pale or dotted."""
    page = Image.new("L", (1600, 1400), 255)
    draw = ImageDraw.Draw(page)
    for x in (100, 300, 800, 1200, 1500):
        _line(draw, (x, 100), (x, 1100), paint)
    for y in range(100, 1101, 200):
        _line(draw, (100, y), (1500, y), paint)
    return np.asarray(page)


def _line(draw: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int], paint: str) -> None:
    if paint == "pale":
        draw.line([start, end], fill=215, width=3)
        return
    along = (end[0] - start[0], end[1] - start[1])
    length = max(along)
    for at in range(0, length, 12):
        x, y = start[0] + along[0] * at // length, start[1] + along[1] * at // length
        draw.rectangle([x, y, x + 4, y + 4], fill=60)


@pytest.mark.parametrize("paint", ["pale", "dotted"])
def test_pale_and_dotted_ruling_is_seen(paint: str) -> None:
    page = ruled_page(paint)
    ink = ink_of(page) if paint == "dotted" else page < 128
    assert not find_rules(ink).grids()
    (grid,) = with_faint_rules(find_rules(ink), page, ink).grids()
    assert (grid.rows, grid.columns) == (5, 4)


def test_a_line_with_a_gap_in_one_row_still_parts_two_cells() -> None:
    page = ruled_page("pale").copy()
    page[310:490, 795:806] = 255
    (grid,) = with_faint_rules(find_rules(page < 128), page, page < 128).grids()
    assert len(grid.cells) == 20


def test_letters_are_no_ruling() -> None:
    page = Image.new("L", (1600, 800), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 700, 60):
        for x in range(100, 1500, 26):
            draw.rectangle([x, y, x + 14, y + 30], outline=0, width=4)
    grey = np.asarray(page)
    level, upright = faint_rules(grey, half_size(ink_of(grey)))
    assert not level
    assert not upright


def test_several_numbers_in_one_cell_say_that_lines_are_missing() -> None:
    page = np.full((1400, 1600), 255, dtype=np.uint8)
    for x in (100, 300, 800, 1200, 1500):
        page[100:1100, x : x + 4] = 0
    for y in (100, 300, 1096):
        page[y : y + 4, 100:1504] = 0
    ruled = find_rules(page < 128).grids()[0]
    assert is_whole(ruled, page < 128)
    for y in (400, 600, 800):
        page[y : y + 36, 190:210] = 0
    assert not is_whole(ruled, page < 128)


@pytest.mark.skipif(plan_documents.font_folder() is None, reason="`make services` brings the font")
@pytest.mark.parametrize("tilt", [-1.4, 0.35, 0.9])
def test_lines_that_are_staggered_from_column_to_column_do_not_mislead_the_tilt(tilt: float) -> None:
    page = plan_documents.page_pictures(plan_documents.text_pdf(Look("none")))[3]
    turned = page.rotate(-tilt, Image.Resampling.BICUBIC, fillcolor=255)
    assert find_tilt(turned) == pytest.approx(tilt, abs=0.12)


def word(text: str, left: int, right: int, sure: float, top: int = 0) -> ReadWord:
    return ReadWord(0, (1, 1, 1), left, top, right, top + 40, sure, text)


def test_of_words_read_twice_the_surer_stays() -> None:
    words = [word("tiếp", 0, 100, 95), word("Ỷ", 20, 90, 40, top=8), word("nhận", 120, 230, 96)]
    assert [one.text for one in without_echoes(words)] == ["tiếp", "nhận"]


def test_print_that_no_word_covers_is_found_but_not_the_half_of_a_letter() -> None:
    ink = np.zeros((400, 800), dtype=bool)
    ink[100:140, 100:200] = True  # a word that was read
    ink[100:140, 200:216] = True  # the rest of its last letter
    ink[100:140, 500:520] = True  # a number that was not
    (piece,) = unread_pieces(ink, [word("Trạm", 100, 200, 93, top=100)])
    assert piece[0] < 500 < 520 < piece[2]


def test_a_page_of_too_many_specks_is_given_up_and_told() -> None:
    page = np.full((3508, 2480), 255, dtype=np.uint8)
    for down in range(4):
        page[100 + down : 3350 : 13, 100:2350] = np.where(np.arange(2250) % 9 < 6, 0, 255)
    sheet = read_scan(Image.fromarray(page), 1)
    assert (sheet.blocks, sheet.lost) == ((), Loss.WHOLE)


class _Picture:
    """A picture object of a page as pdfium has it."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def get_data(self) -> bytes:
        return self._packed

    def get_filters(self) -> list[str]:
        return ["DCTDecode"]


def test_a_scan_whose_picture_breaks_off_is_damaged() -> None:
    page = plan_documents.scan_page(Image.new("L", (800, 1000), 255), tilt=0, noise=12, blur=0.5, seed=1)
    buffer = io.BytesIO()
    page.save(buffer, "JPEG")
    whole = buffer.getvalue()
    assert not page_damage.is_lost_picture(_Picture(whole), blank=False)
    assert page_damage.is_lost_picture(_Picture(whole[: len(whole) // 2]), blank=False)
