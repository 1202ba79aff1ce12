"""A PDF page from its text layer: lines in reading order, tables along their ruling or, without it, their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from knowledge.page_text import Origin
from knowledge.readers import old_words, struck, symbols
from knowledge.readers.blanks import Blank, between, narrowed, printed, segments
from knowledge.readers.columns import Word, WordLine, in_reading_order, lines_of
from knowledge.readers.open_rows import ORDINAL
from knowledge.readers.open_stretch import MIN_COLUMNS, OpenTable, Rule, height_of
from knowledge.readers.open_table import find_open_tables, may_go_on
from knowledge.readers.sheet import PAGE_NUMBER, PrintedLine, PrintedTable, Sheet
from knowledge.readers.text import tidy
from knowledge.readers.turning import turned_back
from knowledge.readers.wrapped_dash import rejoined
from knowledge.source import Box

Size = tuple[float, float]

MAX_RULE = 3.0  # points; a thicker level thing is a box or shading, of which the edges count
SHADED = 0.3  # of the page's width: narrower boxes stand behind words, not behind rows
EDGE = 0.09  # of a page's height, at its top and bottom, where its number stands
HEADER_GAP = 1.0  # heights of a line, between two texts of a header that share one ruled cell
UNSURE = "bảng không kẻ dòng, chữ của hai dòng liền nhau có thể lẫn"


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A table found along its ruling, and the words in its cells."""

    table: PrintedTable
    inside: set[Word]
    top: float
    whole: bool  # nothing says that a part of its ruling is missing


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What a page prints: words, tables found along their ruling, level rules; page numbers count from 1."""

    number: int
    size: Size
    turn: int  # degrees, clockwise, by which the page was turned for its words to stand upright
    words: tuple[Word, ...]
    ruled: tuple[_Ruled, ...]
    rules: tuple[Rule, ...]

    @property
    def may_go_on(self) -> bool:
        """Whether the page may begin amid a table without ruling."""
        return may_go_on(self._open_words())

    def read(self, going_on: Sequence[Blank]) -> tuple[Sheet, tuple[Blank, ...]]:
        """The page, and the blanks of a table without ruling that its end may cut; ``going_on`` are such of the page
        before.
        """
        open_tables, cut = find_open_tables(self._open_words(), self.rules, going_on)
        tables: list[tuple[float, PrintedTable]] = []
        taken: set[Word] = set()
        for ruled in self.ruled:
            better = [table for table in open_tables if table.words & ruled.inside]
            if sum(_size(table) for table in better) > len(ruled.table.rows) * len(ruled.table.rows[0]):
                continue
            open_tables = [table for table in open_tables if table not in better]
            tables.append((ruled.top, ruled.table))
            taken |= ruled.inside
        for table in open_tables:
            tables.append((table.box[1], _printed_table(table, self.size)))
            taken |= table.words
        rest = [word for word in self.words if word not in taken]
        lines = rejoined(list(_print(in_reading_order(lines_of(rest)), self.size)))
        lines = [line for line in lines if not _numbers_page(line)]
        sheet = Sheet(tuple(_in_order(lines, tables, self.size[1])), self.number, Origin.PDF)
        return (sheet if not self.turn else sheet.moved(lambda box: turned_back(box, self.turn))), cut

    def _open_words(self) -> list[Word]:
        closed = set().union(*(ruled.inside for ruled in self.ruled if ruled.whole))
        return [word for word in self.words if word not in closed]


def of(page: Any) -> TextLayer:
    """The layer of a page of pdfplumber, which is closed; one whose words lie on their side is turned first."""
    turn = _turn(page)
    if turn:
        page = _turned(page, turn)
    try:
        words = [
            Word(word["text"], float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"]))
            for word in _wanted(page).extract_words(x_tolerance_ratio=0.2, keep_blank_chars=False)
        ]
        words = _in_unicode(words)
        size = (float(page.width), float(page.height))
        rest, ruled = list(words), list[_Ruled]()
        for found in page.find_tables():
            table = _ruled(found, rest, size)
            if table is not None:
                ruled.append(table)
                rest = [word for word in rest if word not in table.inside]
        rules = tuple(_rules(page))
        return TextLayer(int(page.page_number), size, turn, tuple(words), tuple(ruled), rules)
    finally:
        page.close()


def _wanted(page: Any) -> Any:
    """``page`` without the letters that are no part of its words."""
    left_out = struck.unwanted(page.chars, ((rule.at, rule.left, rule.right) for rule in _rules(page)))
    if not left_out:
        return page
    unwanted = {id(page.chars[at]) for at in left_out}
    return page.filter(lambda thing: id(thing) not in unwanted)


def _in_unicode(words: list[Word]) -> list[Word]:
    parts = [[line[at] for at in part] for line in lines_of(words) for part in segments(line, height_of(line))]
    mended = old_words.as_unicode([[word.text for word in part] for part in parts])
    if not mended:
        return words
    new = {id(parts[part][at]): text for (part, at), text in mended.items()}
    return [replace(word, text=new.get(id(word), word.text)) for word in words]


def _ruled(found: Any, words: Sequence[Word], size: Size) -> _Ruled | None:
    """A ruled table with the words that lie in its cells; None where the ruling is only a frame."""
    rows = [row.cells for row in found.rows]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    cells: list[tuple[PrintedLine, ...]] = []
    places: list[list[int | None]] = []
    boxes: list[Box] = []
    inside: set[Word] = set()
    columns: dict[int, list[list[WordLine]]] = {}
    tall: dict[int, tuple[int, float]] = {}  # column: the cell that reaches below its row, and how far
    for row in rows:
        present = [cell for cell in row if cell is not None]
        top = min((cell[1] for cell in present), default=0.0)
        bottom = min((cell[3] for cell in present), default=0.0)
        indexes: list[int | None] = []
        for column, cell in enumerate(row):
            if cell is None:
                above = tall.get(column)
                indexes.append(above[0] if above is not None and above[1] > top + 1 else None)
                continue
            held = lines_of(word for word in words if _holds(cell, word))
            inside.update(word for line in held for word in line)
            columns.setdefault(column, []).append(held)
            indexes.append(len(cells))
            tall[column] = (len(cells), float(cell[3]))
            cells.append(tuple(_print(held, size)))
        places.append(indexes)
        boxes.append(box_of((float(found.bbox[0]), float(top), float(found.bbox[2]), float(bottom)), size))
    table = PrintedTable(tuple(cells), tuple(map(tuple, places)), tuple(boxes))
    whole = max(map(len, rows)) >= MIN_COLUMNS and not _misses_rows(columns) and not _misses_columns(columns)
    return _Ruled(table, inside, float(found.bbox[1]), whole)


def _misses_rows(columns: dict[int, list[list[WordLine]]]) -> bool:
    """Whether several rows share the cells of one: their numbers stand below each other in the first column."""
    return any(
        sum(len(line) == 1 and ORDINAL.match(line[0].text) is not None for line in cell) > 1
        for cell in columns.get(0, ())
    )


def _misses_columns(columns: dict[int, list[list[WordLine]]]) -> bool:
    """Whether two texts of the header share a cell, and a blank between them goes on down the column."""
    for cells in columns.values():
        header, *rest = cells
        lines = [line for cell in rest for line in cell]
        if not header or len(lines) < 2:
            continue
        height = median(word.bottom - word.top for line in header for word in line)
        blanks = between((span for line in header for span in printed(line, height)), HEADER_GAP * height)
        if blanks and all(narrowed(blanks, line, height) is not None for line in lines):
            return True
    return False


def _numbers_page(line: PrintedLine) -> bool:
    """Whether a line is only the number of its page: no words of the document, and in the middle of a sentence."""
    if line.box is None or EDGE < line.box.bottom < 1 - EDGE:
        return False
    return PAGE_NUMBER.match(line.text) is not None


def _size(table: OpenTable) -> int:
    return len(table.rows) * len(table.rows[0])


def _printed_table(table: OpenTable, size: Size) -> PrintedTable:
    cells: list[tuple[PrintedLine, ...]] = []
    rows: list[tuple[int, ...]] = []
    boxes: list[Box] = []
    doubts: list[tuple[int, str]] = []
    left, _, right, _ = table.box
    above: tuple[tuple[WordLine, ...], ...] = ()
    for row in table.rows:
        indexes: list[int] = []
        for column, cell in enumerate(row):
            if above and cell and above[column] and above[column][0] is cell[0]:
                indexes.append(rows[-1][column])
                continue
            indexes.append(len(cells))
            if cell and column and not table.sure:
                doubts.append((len(cells), UNSURE))
            cells.append(tuple(_print(cell, size)))
        rows.append(tuple(indexes))
        above = row
        words = [word for cell in row for line in cell for word in line]
        boxes.append(box_of((left, min(w.top for w in words), right, max(w.bottom for w in words)), size))
    return PrintedTable(tuple(cells), tuple(rows), tuple(boxes), tuple(doubts))


def _rules(page: Any) -> Iterator[Rule]:
    """Level lines, and the upper and lower edges of what is shaded behind rows."""
    for line in page.lines:
        if abs(line["top"] - line["bottom"]) < MAX_RULE:
            yield Rule(float(line["top"]), float(line["x0"]), float(line["x1"]))
    for box in page.rects:
        left, right = float(box["x0"]), float(box["x1"])
        if abs(box["bottom"] - box["top"]) < MAX_RULE:
            yield Rule((float(box["top"]) + float(box["bottom"])) / 2, left, right)
        elif right - left > SHADED * page.width:
            yield Rule(float(box["top"]), left, right)
            yield Rule(float(box["bottom"]), left, right)


def _turn(page: Any) -> int:
    """By how many degrees, clockwise, the page must be turned for most of its letters to stand upright."""
    turns = {0: 0, 90: 0, 180: 0, 270: 0}
    for letter in page.chars:
        a, b, c, d, _, _ = letter["matrix"]
        if abs(a) + abs(d) >= abs(b) + abs(c):
            turns[0 if a > 0 else 180] += 1
        else:
            turns[90 if b > 0 else 270] += 1
    most = max(turns, key=lambda turn: turns[turn])
    return most if turns[most] > 0.6 * sum(turns.values()) else 0


def _turned(page: Any, turn: int) -> Any:
    from pdfplumber.page import Page

    layout = page.page_obj
    layout.rotate = (int(layout.rotate) + turn) % 360
    layout.attrs = {**layout.attrs, "Rotate": layout.rotate}
    page.close()
    return Page(page.pdf, layout, page.page_number, page.initial_doctop)


def _holds(cell: tuple[float, float, float, float], word: Word) -> bool:
    left, top, right, bottom = cell
    return left <= (word.left + word.right) / 2 <= right and top <= word.middle <= bottom


def _print(lines: Sequence[WordLine], size: Size) -> Iterator[PrintedLine]:
    for line in lines:
        text = tidy(symbols.before_figures(" ".join(word.text for word in line)))
        if text:
            left, top = min(word.left for word in line), min(word.top for word in line)
            right, bottom = max(word.right for word in line), max(word.bottom for word in line)
            yield PrintedLine(text, box_of((left, top, right, bottom), size))


def _in_order(
    lines: Sequence[PrintedLine], tables: Sequence[tuple[float, PrintedTable]], height: float
) -> Iterator[PrintedLine | PrintedTable]:
    waiting = sorted(tables, key=lambda table: table[0])
    for line in lines:
        while waiting and line.box is not None and waiting[0][0] / height < line.box.top:
            yield waiting.pop(0)[1]
        yield line
    yield from (table for _, table in waiting)


def box_of(edges: tuple[float, float, float, float], size: Size) -> Box:
    """The place of ``edges`` as shares of the page."""
    left, top, right, bottom = edges
    width, height = size
    shares = [min(1.0, max(0.0, edge)) for edge in (left / width, top / height, right / width, bottom / height)]
    return Box(shares[0], shares[1], shares[2], shares[3])
