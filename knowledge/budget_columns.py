"""The headings of the money columns of a table: from its header's cells, or from header lines without columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.manuscript import TextLine
from knowledge.money import figure_in
from knowledge.page_text import Row

_COLUMN_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?$")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d+)*|[IVX]{1,5}|[A-H])\.?$")
_DEEPEST = 5  # rows of a header
_SOURCE = re.compile(r"^(?:ns|nstw|nsdp|nsx|nst|nguon|von|ngan)$")
_SUM = re.compile(r"\btong (?:cong|so)\b|\btong\b")
_TITLES = (
    (re.compile(r"tong muc dau tu(?:\s?/\s?du toan)?"), "Tổng mức đầu tư"),
    (re.compile(r"nhu cau (?:von|kinh phi)(?:\s?/\s?du toan)?"), "Nhu cầu vốn"),
    (re.compile(r"du toan(?: kinh phi)?"), "Dự toán kinh phí"),
    (re.compile(r"kinh phi(?: thuc hien| du kien)?"), "Kinh phí"),
)
_YEAR = re.compile(r"^\W*(20\d\d)\W*$")


def whole_header(rows: Sequence[Row], depth: int) -> int:
    """How many of ``rows`` are the header of a table of money, of which the first ``depth`` are known to be: more where
    names of sources or years, or the numbers of the columns, stand below."""
    while depth < min(len(rows) - 1, _DEEPEST) and (_names_columns(rows, depth) or numbers_columns(rows[depth])):
        depth += 1
    return depth


def _names_columns(rows: Sequence[Row], depth: int) -> bool:
    cells, above = rows[depth].cells, rows[depth - 1].cells
    first = cells[0].text.strip() if cells else ""
    if _ROW_NUMBER.match(first) or any(figure_in(cell.text) for cell in cells if not _YEAR.match(cell.text)):
        return False
    fresh = [
        cell.text for at, cell in enumerate(cells) if cell.text.strip() and not (at < len(above) and above[at] == cell)
    ]
    return len(fresh) >= 2 and all(len(text.split()) <= 8 for text in fresh) and (not first or above[0] == cells[0])


def numbers_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: "(1) (2) (3)", "A B 1 2"."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    digits = [text.strip("()") for text in texts if text.strip("()").isdigit()]
    return (
        len(texts) >= 3
        and all(_COLUMN_NUMBER.match(text) for text in texts)
        and digits == sorted(digits, key=int)
        and digits[:1] in (["1"], ["2"], ["3"])
    )


def headings_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The heading of each column from the rows of a header; a cell over several columns heads each of them."""
    width = max(len(row.cells) for row in rows)
    heads: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        if numbers_columns(row):
            continue
        texts = [row.cells[at].text if at < len(row.cells) else "" for at in range(width)]
        texts = [" ".join(text.split()).strip(" :;.") for text in texts]
        spread = ""
        for at, text in enumerate(texts):
            spread = text or spread
            # An empty cell right of a filled one is part of it only where the next row tells its columns apart.
            below = any(at < len(later.cells) and later.cells[at].text.strip() for later in rows[depth + 1 :])
            said = text or (spread if below and depth + 1 < len(rows) else "")
            if said and said not in heads[at]:
                heads[at].append(said)
    return tuple(": ".join(parts) for parts in heads)


def printed_headings(header: Sequence[TextLine], count: int, width: int | None) -> tuple[str, ...]:
    """The headings of ``count`` money columns from header lines without columns; ``width`` is how many columns make one
    sum with its parts, where that is known from the figures. Empty strings where the header does not tell."""
    unknown = ("",) * count
    if count == 1:
        return (_title(" ".join(line.plain for line in header)) or "",)
    if width is None or width < 2:
        years = next((found for line in header if len(found := _years(line)) == count), None)
        return tuple(f"Năm {year}" for year in years) if years else unknown
    blocks = count // width
    parts = _parts(header, blocks, width - 1)
    if parts is None:
        return unknown
    titles = _block_titles(header, blocks)
    said = " ".join(line.plain for line in header)
    whole = "Tổng số" if "tong so" in said else "Tổng cộng"
    names = (whole, *parts)
    return tuple(f"{title}: {name}" if title else name for title in titles for name in names)


def _years(line: TextLine) -> list[str]:
    return [match.group(1) for word in line.words if (match := _YEAR.match(word.raw))]


def _parts(header: Sequence[TextLine], blocks: int, parts: int) -> tuple[str, ...] | None:
    """The names of the parts of each sum ("NS tỉnh", "Nguồn khác"): once for all blocks, or in each of them the
    same."""
    for at, line in enumerate(header):
        words = [word for word in line.words if re.search(r"\w", word.raw)]
        starts = [place for place, word in enumerate(words) if _SOURCE.match(word.plain)]
        if len(starts) not in (parts, parts * blocks):
            continue
        names = [
            " ".join(word.text for word in words[start:end])
            for start, end in zip(starts, [*starts[1:], len(words)], strict=True)
        ]
        below = [word for word in header[at + 1].words if re.search(r"\w", word.raw)] if at + 1 < len(header) else []
        if all(len(name.split()) == 1 for name in names):
            if len(below) != len(names):
                continue
            names = [f"{name} {word.text}" for name, word in zip(names, below, strict=True)]
        if names[:parts] * (len(names) // parts) == names:
            return tuple(names[:parts])
    years = next((found for line in header if len(found := _years(line)) == parts), None)
    return tuple(f"Năm {year}" for year in years) if years else None


def _block_titles(header: Sequence[TextLine], blocks: int) -> tuple[str, ...]:
    """What each sum is of, in order; a year belongs to the last one."""
    said = " ".join(line.plain for line in header)
    found: list[tuple[int, int, str]] = []
    for pattern, title in _TITLES:
        for match in pattern.finditer(said):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), title))
    titles = list(dict.fromkeys(title for _, _, title in sorted(found)))
    if len(titles) > blocks:  # "Tổng mức đầu tư/Dự toán kinh phí": one heading with two names
        titles = titles[:blocks]
    if len(titles) < blocks:
        return ("",) * blocks
    years = set(re.findall(r"\b20\d\d\b", said))
    if blocks > 1 and len(years) == 1:
        titles[-1] += f" năm {next(iter(years))}"
    return tuple(titles)


def _title(said: str) -> str | None:
    found = [(match.start(), title) for pattern, title in _TITLES if (match := pattern.search(said))]
    return min(found)[1] if found else None
