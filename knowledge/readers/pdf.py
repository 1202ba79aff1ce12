"""PDF pages: what text layer they have, and a page with one to lines and tables.

Runs inside a page worker only (``page_worker``): a hostile PDF can crash pdfium, or keep pdfminer busy for
ever.
"""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]
from PIL import Image

from knowledge.errors import NotADocument
from knowledge.readers import legacy, limits, page_damage, text_layer
from knowledge.readers.blanks import Blank
from knowledge.readers.picture import DPI, LONG_SIDE
from knowledge.readers.sheet import Sheet
from knowledge.readers.text import tidy
from knowledge.repair import has_dotted_letters

MIN_LETTERS = 20  # on a page; a stamp "Ký bởi ..." or a page number is not a text layer
# A scanned page signed electronically carries a few lines of text over its picture.
MIN_LETTERS_OVER_PICTURE = 250
MAX_DRAWN = 10_000  # lines and boxes; a page full of small ruled cells has 2,000, a map or a plan of a house more
PICTURE_SHARE = 0.6  # of the page under pictures makes it a scan
MAX_UNKNOWN_SHARE = 0.05  # bullets and check marks come from symbol fonts
_PATHS = [pdfium_c.FPDF_PAGEOBJ_PATH]
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
MAX_PAGES_BACK = 40  # of one table without ruling and with one header, the longest that is followed

_LOCKED = "Tệp PDF có mật khẩu; anh/chị bỏ mật khẩu (mở ra, in lại thành PDF) rồi gửi lại giúp."
_BROKEN = "Tệp PDF bị hỏng hoặc tải về chưa trọn; anh/chị tải lại, mở thử rồi gửi lại giúp."


@dataclass(frozen=True, slots=True)
class PageLayer:
    """What a page offers: how many letters of text, whether it is a picture of a page, and whether its text is not what
    that picture shows: another program read it with a model for another language. ``crowded`` says that more is drawn
    on it than any ruling, and that its lines are better not looked at one by one; ``lost`` that the file names the page
    and does not have it.
    """

    letters: int
    scanned: bool
    ruined: bool
    crowded: bool = False
    lost: bool = False

    @property
    def readable(self) -> bool:
        """Whether the text layer holds the page's words, ruined or not."""
        return not self.crowded and self.letters >= (MIN_LETTERS_OVER_PICTURE if self.scanned else MIN_LETTERS)


class PdfFile:
    """An open PDF. Raises NotADocument when it is locked or broken, FileTooLarge when it has too many pages."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")  # not by its name: it may have none but that of a descriptor
        try:
            self._pdf = pypdfium2.PdfDocument(self._stream)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
            raise NotADocument(_LOCKED if locked else _BROKEN) from error
        self._path = path
        self._plumber: Any = None
        self._layers: dict[int, text_layer.TextLayer] = {}
        self._broken: dict[int, bool] = {}  # of the pages looked at: whether their content breaks off
        self._cut: dict[int, tuple[Blank, ...]] = {}  # of the pages read: the columns that their end may have cut
        if not len(self._pdf):
            raise NotADocument(_BROKEN)
        limits.check_pages(len(self._pdf))

    def __len__(self) -> int:
        return len(self._pdf)

    def survey(self) -> list[PageLayer]:
        """The layer of every page."""
        layers = []
        for index in range(len(self._pdf)):
            try:
                page = self._page(index)
            except NotADocument:
                layers.append(PageLayer(0, scanned=False, ruined=False, lost=True))
                continue
            try:
                textpage = page.get_textpage()
                limits.check_page_letters(textpage.count_chars())
                text = textpage.get_text_bounded()
                textpage.close()
                scanned = self._is_picture(page)
                drawn = sum(1 for _ in itertools.islice(page.get_objects(_PATHS, max_depth=3), MAX_DRAWN + 1))
                # Without a picture there is nothing that could be read anew: ruined text is then repaired as text.
                ruined = scanned and not has_dotted_letters(text)
                layers.append(PageLayer(sum(map(str.isalnum, text)), scanned, ruined, drawn > MAX_DRAWN))
            finally:
                page.close()
        return layers

    def picture(self, index: int) -> Image.Image:
        """Page ``index`` (from 0) as a grey picture at 300 dpi, or as near as its size allows."""
        page = self._page(index)
        try:
            scanned = _embedded(page)
            if scanned is not None:
                return scanned
            width, height = page.get_size()
            scale = min(
                DPI / 72, 1.45 * LONG_SIDE / max(width, height)
            )  # pages of odd size: scans that call a dot a point
            drawn: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
            return drawn.convert("L")
        finally:
            page.close()

    def is_damaged(self, index: int, *, blank: bool) -> bool:
        """Whether something of page ``index`` is lost in the file; see ``page_damage``."""
        page = self._page(index)
        try:
            pictures = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            if any(page_damage.is_lost_picture(picture, blank=blank) for picture in pictures):
                return True
        finally:
            page.close()
        # Of a page that is one picture the content is a line; it is looked at only where nothing came of it.
        return (blank or not pictures) and self._has_broken_content(index, otherwise=blank)

    def _has_broken_content(self, index: int, *, otherwise: bool) -> bool:
        if index not in self._broken:
            try:
                self._broken[index] = page_damage.has_broken_content(self._plumber_of().pages[index])
            except Exception:  # noqa: BLE001 - pdfminer does without an index of the file less well than pdfium
                return otherwise
        return self._broken[index]

    def sheet(self, index: int) -> Sheet:
        """Page ``index`` (from 0) from its text layer, tables with their cells."""
        words = self._layer(index)
        going_on = self._columns_after(index - 1) if words.may_go_on else ()
        found, self._cut[index] = words.read(going_on)
        return found

    def _columns_after(self, index: int) -> tuple[Blank, ...]:
        """The blanks between the columns of a table without ruling in which page ``index`` ends."""
        first = index
        while first >= 0 and first not in self._cut and index - first < MAX_PAGES_BACK and self._layer(first).may_go_on:
            first -= 1
        for at in range(max(0, first), index + 1):
            if at not in self._cut:
                _, self._cut[at] = self._layer(at).read(self._cut.get(at - 1, ()))
        return self._cut.get(index, ())

    def _layer(self, index: int) -> text_layer.TextLayer:
        if index not in self._layers:
            self._has_broken_content(index, otherwise=False)  # its packed bytes are gone once they are unpacked
            self._layers = {
                index: text_layer.of(self._plumber_of().pages[index])
            }  # the last one alone: pages are large
        return self._layers[index]

    def _plumber_of(self) -> Any:
        if self._plumber is None:
            import pdfplumber  # 0.4 s, and scans do without

            self._plumber = pdfplumber.open(self._path.open("rb"))  # a place of its own in the file
        return self._plumber

    def _page(self, index: int) -> Any:
        try:
            page = self._pdf[index]
        except pypdfium2.PdfiumError as error:
            raise NotADocument(_BROKEN) from error
        limits.check_page_points(*page.get_size())
        return page

    def _is_picture(self, page: Any) -> bool:
        """Whether pictures cover the page; pictures too large to draw are refused."""
        width, height = page.get_size()
        covered = 0.0
        for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            limits.check_picture(*picture.get_px_size())
            left, bottom, right, top = picture.get_bounds()
            inside = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
            covered += inside / (width * height)
        return covered >= PICTURE_SHARE


def _embedded(page: Any) -> Image.Image | None:
    """The scanner's own picture where the page is nothing but one upright JPEG: sharper than drawn anew,
    and faster.
    """
    pictures = list(itertools.islice(page.get_objects(max_depth=1), 2))
    if len(pictures) != 1 or pictures[0].type != pdfium_c.FPDF_PAGEOBJ_IMAGE or page.get_rotation():
        return None
    a, b, c, d, e, f = pictures[0].get_matrix().get()
    width, height = page.get_size()
    if max(abs(b), abs(c), abs(e), abs(f)) > 1 or abs(a - width) > 2 or abs(d - height) > 2:
        return None
    if pictures[0].get_filters() != ["DCTDecode"]:
        return None
    try:
        scanned = Image.open(io.BytesIO(bytes(pictures[0].get_data())), formats=("JPEG",))
        if scanned.mode not in ("L", "RGB"):
            return None
        scanned.draft("L", scanned.size)
        return scanned.convert("L")
    except OSError:
        return None


def convert(sheet: Sheet) -> Sheet:
    """The sheet with text set in TCVN3 or VNI fonts as Unicode; other text unchanged."""
    conversion = legacy.conversion("\n".join(sheet.texts()))
    if conversion is None:
        return sheet
    return sheet.mapped(lambda text: tidy(conversion(text)))


def is_text(sheet: Sheet) -> bool:
    """False where the fonts do not say which letters their shapes are: pdfminer then prints "(cid:12)", or
    private letters.
    """
    text = "".join(sheet.texts())
    unknown = sum(map(len, _UNKNOWN.findall(text)))
    return unknown <= MAX_UNKNOWN_SHARE * len(text)
