"""Money of a plan from a table that a scan printed as plain lines, its columns run into each other.

What is left of the columns: a row's amounts stand behind each other on one line. How many columns there are, and which
of them are sums of others, is told by the rows that print them all; in a row with fewer amounts each run of them must
add up by itself. What does not is kept as printed, without a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from knowledge.budget_columns import printed_headings
from knowledge.budget_placing import place_parts
from knowledge.budget_rows import (
    YEAR,
    PrintedRow,
    amounts_of,
    behind_number,
    is_fill,
    numbers_of,
    sections_of,
    words_before,
)
from knowledge.budget_sums import TOTAL, Block, Line, check_columns
from knowledge.budget_table import group_of, unread
from knowledge.casing import sentence_case
from knowledge.cut_lines import CellKind
from knowledge.manuscript import Manuscript, TextLine, Word
from knowledge.mending import mend_each
from knowledge.money import Separators, money_unit
from knowledge.plain import plain
from knowledge.plan import Amount, BudgetLine
from knowledge.scan_junk import without_junk
from knowledge.sections import place
from knowledge.side_by_side import WIDEST, split
from knowledge.table_region import Region
from knowledge.targets import tidy_name
from knowledge.text_rows import divide
from knowledge.unit_cells import UnitCellReader
from knowledge.units import UnitLexicon

_SPENDING = re.compile(r"^CHỦ (?=ĐẦU TƯ(?: PHÁT TRIỂN)?$)")  # the commonest heading of such a table: capitals mislead
_TOTALS = {"tong cong": "Tổng cộng", "tong so": "Tổng số", "cong": "Cộng", "tong": "Tổng"}
_MORE_TEXT = re.compile(r"quyet dinh|phap ly|can cu|ghi chu|muc tieu|quy mo|dia diem")
_UNSURE_COLUMN = (
    "Bản quét mất cột: số của “{part}” được xếp theo tổng của các dòng, không theo chỗ in; đề nghị xem bản gốc."
)
_NO_COLUMN = "Bản quét mất cột, không rõ mỗi số thuộc cột nào; đề nghị xem bản gốc."
_HEADER_LINE = 8  # letters; shorter ones are alike by chance
_SAME = 78.0
_NEAR_HEADER = 3  # lines
_SMALLEST_TABLE = 2  # rows with amounts


def read_printed_budget(manuscript: Manuscript, region: Region, lexicon: UnitLexicon) -> list[BudgetLine]:
    """The rows of ``region``, in order; none where it holds hardly any amount."""
    header, rows = _rows(region)
    filled = [row for row in rows if row.figures]
    if len(filled) < _SMALLEST_TABLE:
        return []
    said = " ".join(line.text for line in header)
    unit = money_unit(said)
    separators = Separators.of([figure for row in filled for figure in row.figures], unit)
    values = [[separators.value(figure) for figure in row.figures] for row in rows]
    count, width = _shape(rows, values)
    headings = printed_headings(header, count, width)
    blocks = _blocks(count, width)
    lines = [
        Line(number, name, [None] * count)
        for number, name in zip(numbers_of(rows), _names(manuscript, rows, said, lexicon), strict=True)
    ]
    runs: list[tuple[Amount, ...]] = []
    open_parts: dict[int, list[tuple[int, Decimal, str]]] = {}
    for at, (row, found, line) in enumerate(zip(rows, values, lines, strict=True)):
        texts, loose, open_here = _placed(row.figures, found, line, count, blocks, headings)
        if open_here:
            open_parts[at] = open_here
        runs.append((*texts, *loose))
    placed = place_parts(lines, blocks, {at: [(b, value) for b, value, _ in parts] for at, parts in open_parts.items()})
    for at, parts in open_parts.items():
        amounts = list(runs[at])
        for order, (block, value, text) in enumerate(parts):
            column = placed.get((at, order))
            if column is None:
                lines[at].checks.append(_NO_COLUMN)
                lines[at].unread |= set(blocks[block].parts)
                amounts.append(Amount("", value, text))
            else:
                lines[at].values[column] = value
                lines[at].checks.append(_UNSURE_COLUMN.format(part=headings[column] or text))
                amounts.append(Amount(headings[column], value, text))
        runs[at] = tuple(amounts)
    check_columns(lines, headings)
    order_of = {heading: at for at, heading in enumerate(headings)}
    found_lines: list[BudgetLine] = []
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        if len(re.findall(r"\w{2,}", line.name)) < 1:
            continue
        ordered = sorted(runs[at], key=lambda amount: order_of.get(amount.column, count) if all(headings) else 0)
        group = group_of(lines, at)
        found_lines.append(
            BudgetLine(
                name=_TOTALS.get(plain(line.name), tidy_name(line.name)),
                where=place(region.path),
                source=manuscript.source(row.lines[0].number, row.lines[-1].number),
                no=line.number,
                group=sentence_case(tidy_name(group)) if group else None,
                amounts=tuple(ordered),
                unit=unit,
                total=line.is_total,
                checks=tuple(dict.fromkeys(line.checks)),
            )
        )
    return found_lines


def _rows(region: Region) -> tuple[list[TextLine], list[PrintedRow]]:
    """The first header's lines, and the rows; a total that was taken for a line of the header is a row."""
    first = region.lines[0].number
    before = [line for line in region.header if line.number < first and line.raw]
    totals = [line for line in before if _holds_row(line)]
    header = [line for line in before if line not in totals]
    inside = [line.number for line in region.header if line.number >= first]
    lines = [line for line in region.lines if line.raw and not _repeats(line, header, inside)]
    lines = [*totals, *lines]
    found = [amounts_of(line) for line in lines]
    anchors = [at for at, (figures, _, _) in enumerate(found) if figures]
    places = sorted({*anchors, *sections_of(lines)})
    if not places:
        return header, []
    rows: list[PrintedRow] = []
    for begin, end, anchor in divide(lines, places):
        figures, start, until = found[anchor] if anchor in anchors else ([], 0, 0)
        rows.append(PrintedRow(lines[begin : end + 1], anchor - begin if figures else None, figures, start, until))
    return header, rows


def _holds_row(line: TextLine) -> bool:
    """Whether a line that was taken for one of the header is a row: its name is made of words that headers use, too
    ("Tổng cộng", "Chi đầu tư")."""
    figures = [figure for figure in amounts_of(line)[0] if not YEAR.match(figure)]
    return len(figures) >= 2 or (len(figures) == 1 and TOTAL.match(words_before(line)) is not None)


def _repeats(line: TextLine, header: Sequence[TextLine], inside: Sequence[int]) -> bool:
    """Whether a page break prints a line of the header once more: alike, or between two lines that are."""
    near = [number for number in inside if abs(number - line.number) <= _NEAR_HEADER]
    if any(number < line.number for number in near) and any(number > line.number for number in near):
        return True
    return len(line.plain) >= _HEADER_LINE and any(
        fuzz.ratio(line.plain, other.plain) >= _SAME or fuzz.ratio(plain(line.raw), plain(other.raw)) >= _SAME
        for other in header
    )


def _shape(rows: Sequence[PrintedRow], values: Sequence[Sequence[Decimal | None]]) -> tuple[int, int | None]:
    """How many money columns there are, and how many of them make one sum with its parts (None: no sums)."""
    counts = Counter(len(row.figures) for row in rows if row.figures)
    whole: Counter[tuple[int, int]] = Counter()
    for found in values:
        for width in range(3, len(found) + 1):
            if len(found) % width == 0 and all(_adds_up(found[at : at + width]) for at in range(0, len(found), width)):
                whole[len(found), width] += 1
    if whole:
        (count, width), times = max(whole.items(), key=lambda item: (item[1], item[0]))
        if times >= 2 or counts.most_common(1)[0][0] <= count:
            return count, width
    return counts.most_common(1)[0][0], None


def _adds_up(found: Sequence[Decimal | None]) -> bool:
    known = [value for value in found if value is not None]
    return len(known) == len(found) >= 2 and known[0] == sum(known[1:], Decimal(0)) and known[0] > 0


def _blocks(count: int, width: int | None) -> list[Block]:
    if width is None:
        return []
    return [Block(at, tuple(range(at + 1, at + width))) for at in range(0, count, width)]


def _placed(
    figures: Sequence[str],
    values: Sequence[Decimal | None],
    line: Line,
    count: int,
    blocks: Sequence[Block],
    headings: Sequence[str],
) -> tuple[list[Amount], list[Amount], list[tuple[int, Decimal, str]]]:
    """The amounts of a row whose columns are certain, those that cannot be read, and the parts whose column the print
    does not tell (block, value, text). Fills ``line``."""
    if not figures:
        return [], [], []
    if not blocks:
        if len(figures) != count:
            line.checks.append(_NO_COLUMN)
            line.unread |= set(range(count))
            return [], [Amount("", value, text) for text, value in zip(figures, values, strict=True)], []
        amounts = []
        for at, (text, value) in enumerate(zip(figures, values, strict=True)):
            line.values[at] = value
            if value is None:
                line.unread.add(at)
                line.checks.append(unread(text, headings[at]))
            amounts.append(Amount(headings[at], value, text))
        return amounts, [], []
    amounts, loose, parts = [], [], []
    for at, (block, (start, end)) in enumerate(zip(blocks, _cut(values, blocks), strict=True)):
        texts, found = figures[start:end], values[start:end]
        columns = (block.total, *block.parts)
        if not texts:
            continue
        if len(texts) == len(columns) and _adds_up(found):
            for column, text, value in zip(columns, texts, found, strict=True):
                line.values[column] = value
                amounts.append(Amount(headings[column], value, text))
        elif len(texts) == 2 and _adds_up(found) and found[1] is not None:
            line.values[block.total] = found[0]
            amounts.append(Amount(headings[block.total], found[0], texts[0]))
            parts.append((at, found[1], texts[1]))
        else:
            line.unread |= set(columns)
            line.checks.append(unread(" ".join(texts), headings[block.total].split(":")[0]))
            loose.append(Amount(headings[block.total].split(":")[0], None, " ".join(texts)))
    return amounts, loose, parts


def _cut(values: Sequence[Decimal | None], blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where the amounts of each block begin and end: so that as many blocks as can be add up by themselves."""
    best: tuple[float, list[tuple[int, int]]] = (-1.0, [])
    for ends in combinations(range(len(values) + 1), len(blocks) - 1):
        bounds = list(zip((0, *ends), (*ends, len(values)), strict=True))
        score = 0.0
        for block, (start, end) in zip(blocks, bounds, strict=True):
            size = end - start
            if 2 <= size <= len(block.parts) + 1 and _adds_up(values[start:end]):
                score += 1.0 + 0.1 * (size == len(block.parts) + 1)
        even = -0.01 * (max(end - start for start, end in bounds) - min(end - start for start, end in bounds))
        if score + even > best[0]:
            best = (score + even, bounds)
    return best[1] or [(0, len(values)), *[(len(values), len(values))] * (len(blocks) - 1)]


def _names(manuscript: Manuscript, rows: Sequence[PrintedRow], header: str, lexicon: UnitLexicon) -> list[str]:
    """The names: what stands before the amounts, without the number and without a second column of words."""
    lines = [[_before(row, at) for at in range(len(row.lines))] for row in rows]
    beside = _MORE_TEXT.search(plain(header)) is not None
    if not beside:
        return _texts(manuscript, lines)
    reader = UnitCellReader(lexicon)
    kinds = (CellKind.TEXT, CellKind.TEXT)
    cells = [split(one, kinds, reader, (WIDEST + 2, WIDEST), row.anchor) for one, row in zip(lines, rows, strict=True)]
    return _texts(manuscript, [[line[0] for line in one] for one in cells])


def _before(row: PrintedRow, at: int) -> list[Word]:
    line = row.lines[at]
    words = list(line.words[: row.start] if at == row.anchor else line.words)
    if at in (0, 1, row.anchor, (row.anchor or 0) + 1):
        words = words[len(line.words) - len(behind_number(line)) :]
    while words and is_fill(words[0]):
        words = words[1:]
    return words


def _texts(manuscript: Manuscript, cells: Sequence[Sequence[Sequence[Word]]]) -> list[str]:
    """What each cell says, given its lines."""
    printed = [" ".join(word.raw for words in lines for word in without_junk(words)) for lines in cells]
    mended = mend_each(printed, damaged=manuscript.damaged)
    return [_SPENDING.sub("CHI ", text.strip(" |:;.,")) for text in mended]
