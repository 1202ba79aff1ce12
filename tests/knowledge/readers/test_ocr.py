"""Tesseract's two doors, its library and its program, read the same words."""

from __future__ import annotations

import pytest

from knowledge.readers import ocr, tesseract_library
from tests.knowledge import plan_documents

needs_all = pytest.mark.skipif(
    not ocr.is_present() or plan_documents.font_folder() is None, reason="`make services` brings Tesseract and the font"
)


@needs_all
def test_the_program_reads_what_the_library_reads() -> None:
    if tesseract_library.loaded(ocr.LANGUAGE) is None:
        pytest.skip("this machine has Tesseract's program only")
    page = plan_documents.page_pictures(plan_documents.text_pdf())[0]
    pictures = [page.crop((0, 0, page.width, 700)), page.crop((0, 700, page.width, 1100))]
    by_library = ocr.read_pictures(pictures, ocr.BLOCK)
    assert {word.picture for word in by_library} == {0, 1}
    assert "Lũng" in [word.text for word in by_library]
    assert ocr.read_by_program(pictures, ocr.BLOCK) == by_library
