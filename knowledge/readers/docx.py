"""Word files (.docx): paragraphs and tables in document order, text boxes and automatic numbers included.

A .docx is a zip of XML. Only three of its parts are opened (never pictures or embedded files), their
declared and real sizes are limited, and XML with a document type (the way to entities, internal or
external) is refused: Word never writes one.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from knowledge.errors import EmptyFile, FileTooLarge, NotADocument
from knowledge.page_text import Origin, Reading
from knowledge.readers import legacy, limits, symbols
from knowledge.readers.docx_fonts import OldFonts, text_of
from knowledge.readers.docx_styles import Lists, Styles, W, is_on
from knowledge.readers.sheet import Numbering, PrintedLine, PrintedTable, Sheet
from knowledge.readers.text import tidy

# 300 pages make 5 to 15 MB of XML; a tree in memory takes some ten times that.
MAX_PART_BYTES = 30_000_000
MAX_ENTRIES = 10_000
MAX_COLUMNS = 100  # Word itself allows 63
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Deleted words, field codes, pictures' old forms (repeated from their new ones) and the like are not the
# text.
_NOT_TEXT = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr", _FALLBACK}

_BROKEN = "Tệp Word bị hỏng, không mở được; anh/chị mở bằng Word, lưu lại thành .docx mới rồi gửi lại giúp."
_NOT_WORD = "Tệp này không phải tệp Word; anh/chị gửi kế hoạch ở dạng Word (.docx), PDF hoặc ảnh chụp trang giúp."
_LOCKED = "Tệp Word có mật khẩu; anh/chị bỏ mật khẩu rồi gửi lại giúp."
_UNSAFE = "Tệp Word chứa nội dung không an toàn; anh/chị mở bằng Word, lưu lại thành .docx mới rồi gửi lại giúp."
_HEAVY = "Tệp Word bung ra quá lớn; anh/chị chỉ giữ phần kế hoạch, lưu thành tệp mới rồi gửi lại giúp."
_NO_WORDS = "Tệp Word không có chữ nào; anh/chị kiểm tra lại và gửi đúng tệp kế hoạch giúp."


def read_docx(content: bytes) -> Reading:
    """The lines and tables of a Word file. It has no pages: where they break is decided when it is printed.

    Raises EmptyFile, FileTooLarge, NotADocument.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            blocks = _blocks(package)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError) as error:
        raise NotADocument(_BROKEN) from error
    except (
        ElementTree.ParseError,
        ValueError,
        RecursionError,
    ) as error:  # no UTF-8; a directory that points before the file
        raise NotADocument(_BROKEN) from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise NotADocument(_LOCKED) from error
    numbering = Numbering()
    numbering.add(Sheet(blocks, origin=Origin.DOCX))
    if not any(line.text for line in numbering.lines):
        raise EmptyFile(_NO_WORDS)
    limits.check_lines(len(numbering.lines), max(len(line.text) for line in numbering.lines))
    return numbering.reading(Origin.DOCX)


def _blocks(package: zipfile.ZipFile) -> tuple[PrintedLine | PrintedTable, ...]:
    if len(package.infolist()) > MAX_ENTRIES:
        raise FileTooLarge(_HEAVY)
    document = _part(package, "word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise NotADocument(_NOT_WORD)
    styles, lists = Styles.of(_part(package, "word/styles.xml")), Lists.of(_part(package, "word/numbering.xml"))
    walk = _Walk(styles, lists, OldFonts.of(text_of(body)))
    return tuple(walk.blocks(body))


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    """One part as XML, or None where the package has no such part."""
    try:
        entry = package.getinfo(name)
    except KeyError:
        return None
    if entry.file_size > MAX_PART_BYTES:
        raise FileTooLarge(_HEAVY)
    with package.open(entry) as stream:
        content = stream.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise FileTooLarge(_HEAVY)
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotADocument(_UNSAFE)
    return ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand


@dataclass(slots=True)
class _Walk:
    """One pass through the document; lists count on as paragraphs come by."""

    styles: Styles
    lists: Lists
    fonts: OldFonts

    def blocks(self, parent: Element) -> Iterator[PrintedLine | PrintedTable]:
        """Paragraphs and tables below ``parent``, through content controls and tracked insertions."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from map(PrintedLine, self.paragraph(child))
            elif child.tag == f"{W}tbl":
                yield from self.table_blocks(child)
            elif child.tag not in _NOT_TEXT:
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> list[str]:
        """The lines of a paragraph: one, or more where it holds line breaks or text boxes. Empty ones are
        kept as "".
        """
        properties = element.find(f"{W}pPr")
        style = None if properties is None else _attribute(properties.find(f"{W}pStyle"))
        own_list = None if properties is None else properties.find(f"{W}numPr")
        boxes: list[str] = []
        self.fonts.begin(text_of(element))
        text = "".join(self._pieces(element, style, boxes))
        if text.strip():
            label = self.lists.label(own_list if own_list is not None else self.styles.numbering(style), style)
            text = f"{label} {text.lstrip()}" if label else text
        elif own_list is not None and element.find(f"{W}del") is None:
            text = self.lists.label(own_list)  # an automatic row number alone in its cell
        return [tidy(line) for line in text.split("\n")] + boxes

    def table_blocks(self, element: Element) -> Iterator[PrintedLine | PrintedTable]:
        """A table; or, where it only lays out the page and holds whole tables in its cells, what stands in these."""
        rows = [list(_cells(row)) for row in _rows(element)]
        if not any(_is_table(inner) for cells in rows for cell in cells for inner in cell.iter(f"{W}tbl")):
            yield self.table(element)
            return
        for cells in rows:
            for cell in cells:
                yield from self.blocks(cell)

    def table(self, element: Element) -> PrintedTable:
        """A table with its merged cells; small tables inside its cells become lines of the cell."""
        cells: list[tuple[PrintedLine, ...]] = []
        rows: list[tuple[int | None, ...]] = []
        above: list[int | None] = []
        for row in _rows(element):
            places: list[int | None] = [None] * min(MAX_COLUMNS, _number(row.find(f"{W}trPr"), "gridBefore"))
            for cell in _cells(row):
                properties = cell.find(f"{W}tcPr")
                span = min(MAX_COLUMNS, max(1, _number(properties, "gridSpan")))
                merged = properties.find(f"{W}vMerge") if properties is not None else None
                over = above[len(places)] if len(places) < len(above) else None
                if merged is not None and _attribute(merged) != "restart" and over is not None:
                    places.append(over)
                else:
                    places.append(len(cells))
                    cells.append(tuple(PrintedLine(text) for text in self._cell_lines(cell) if text))
                places += [None] * (span - 1)
            rows.append(tuple(places[:MAX_COLUMNS]))
            above = places
        width = max(map(len, rows), default=0)
        return PrintedTable(tuple(cells), tuple(row + (None,) * (width - len(row)) for row in rows))

    def _cell_lines(self, cell: Element) -> Iterator[str]:
        for block in self.blocks(cell):
            if isinstance(block, PrintedLine):
                yield block.text
                continue
            for row in block.rows:
                inner = [line.text for index in row if index is not None for line in block.cells[index]]
                yield " ".join(inner)

    def _pieces(self, parent: Element, style: str | None, boxes: list[str]) -> Iterator[str]:
        """The words of a paragraph, run by run; the lines of its text boxes go to ``boxes``."""
        for child in parent:
            if child.tag in _NOT_TEXT:
                continue
            if child.tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                if properties is not None and is_on(properties.find(f"{W}vanish")):
                    continue  # hidden words are printed nowhere
                font = self.styles.font(properties, style)
                words = symbols.in_font(font, "".join(self._pieces(child, style, boxes)))
                yield legacy.from_font(font, words) if self.fonts.hold_old(font, words) else words
            elif child.tag in (f"{W}t", _FORMULA_TEXT):
                yield child.text or ""
            elif child.tag == f"{W}sym":
                yield symbols.sign(child.get(f"{W}font", ""), child.get(f"{W}char", ""))
            elif child.tag == f"{W}txbxContent":
                boxes += [line.text for line in _flat(self.blocks(child)) if line.text]
            elif child.tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif child.tag == f"{W}tab":
                yield " "
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            else:
                yield from self._pieces(child, style, boxes)


def _flat(blocks: Iterator[PrintedLine | PrintedTable]) -> Iterator[PrintedLine]:
    for block in blocks:
        if isinstance(block, PrintedLine):
            yield block
        else:
            yield from (line for cell in block.cells for line in cell)


def _is_table(element: Element) -> bool:
    """Whether a table is more than a list or a pair of columns."""
    rows = [sum(1 for _ in _cells(row)) for row in _rows(element)]
    return len(rows) > 1 and max(rows) > 2


def _rows(table: Element) -> Iterator[Element]:
    """Rows, also those wrapped in content controls; not those of tables inside, nor those that somebody struck out."""
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in _NOT_TEXT and child.tag != f"{W}tc":
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _NOT_TEXT:
            yield from _cells(child)


def _attribute(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _number(parent: Element | None, name: str) -> int:
    text = _attribute(parent.find(f"{W}{name}")) if parent is not None else None
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 0
