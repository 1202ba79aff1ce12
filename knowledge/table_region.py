"""Where tables stand in the text, and which lines are theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.lost_header import headless, shows_units
from knowledge.manuscript import TextLine
from knowledge.plain import plain
from knowledge.sections import ROMAN, Block, BlockKind, Heading, Outline
from knowledge.table_header import (
    NUMBER_COLUMN,
    Columns,
    TableKind,
    header_runs,
    kind_of,
    without_header_scraps,
)


@dataclass(frozen=True, slots=True)
class Region:
    """A table in the text: its lines without the header (repeated on every page), its kind and its columns."""

    kind: TableKind
    columns: Columns
    path: tuple[Heading, ...]
    lines: tuple[TextLine, ...]
    header: tuple[TextLine, ...]


def find_regions(outline: Outline) -> list[Region]:
    """The tables printed as text, in order. A table ends where its section or its appendix ends."""
    found: list[Region] = []
    for path, lines in _stretches(outline):
        in_appendix = bool(path) and path[0].label.startswith("Phụ lục")
        if not in_appendix and not any(NUMBER_COLUMN.search(line.plain) for line in lines):
            continue
        runs = header_runs(lines, in_appendix)
        title = " ".join(heading.title for heading in path[-1:]).lower()
        if not runs:
            lost = headless(lines, plain(title)) if in_appendix else None
            if lost is not None:
                first, kind, columns = lost
                found.append(Region(kind, columns, path, tuple(lines[first:]), tuple(lines[:first])))
            continue
        for order, (start, end) in enumerate(runs):
            until = runs[order + 1][0] if order + 1 < len(runs) else len(lines)
            header = lines[start:end]
            body, scraps = without_header_scraps(lines[end:until], lines[runs[0][0] : runs[0][1]])
            header += scraps
            kind, columns = kind_of(" ".join(f"{line.plain} {plain(line.raw)}" for line in header), title)
            if kind is TableKind.INDICATORS and not columns.lead and shows_units(body):
                columns = replace(columns, lead=True)
            same = found and found[-1].path == path and (kind in (found[-1].kind, TableKind.OTHER) or order)
            if same:
                last = found[-1]
                found[-1] = Region(last.kind, last.columns, path, last.lines + tuple(body), last.header + tuple(header))
            else:
                found.append(Region(kind, columns, path, tuple(body), tuple(header)))
    return [region for region in found if region.lines]


def _stretches(outline: Outline) -> list[tuple[tuple[Heading, ...], list[TextLine]]]:
    """Runs of lines under one appendix (or one heading of the body): where a table may stand.

    Numbered rows look like headings; inside an appendix they are rows again as long as a table header went before.
    """
    stretches: list[tuple[tuple[Heading, ...], list[TextLine]]] = []
    prose = False  # the appendix goes on as running text, under headings of its own
    for block in outline.blocks:
        if outline.closes(block) or block.kind is BlockKind.TABLE:
            continue
        appendix = _appendix(block)
        if block.kind is BlockKind.HEADING and block.path[-1].label.startswith("Phụ lục"):
            stretches.append((block.path, []))
            prose = False
            continue
        if prose and appendix:
            continue
        ends = block.kind is BlockKind.HEADING and block.path[-1].level == ROMAN and appendix
        if ends and not _rows_follow(outline, block):
            stretches.append((block.path, []))
            prose = True
            continue
        key: tuple[Heading, ...] = (appendix,) if appendix else block.path
        if not appendix and block.kind is BlockKind.HEADING:
            stretches.append((block.path, []))
            continue
        if not stretches or stretches[-1][0][:1] != key[:1] or (not appendix and stretches[-1][0] != key):
            stretches.append((key, []))
        stretches[-1][1].extend(block.lines)
    return stretches


_ROW_SIGNS = re.compile(r"\d\s?%\s*(?:\||$|[A-ZĐ])|\|")


def _rows_follow(outline: Outline, heading: Block) -> bool:
    """Whether rows of a table, not running text, follow a numbered heading inside an appendix."""
    after = [line for block in outline.blocks if block.first > heading.last for line in block.lines if line.raw][:15]
    return sum(bool(_ROW_SIGNS.search(line.raw)) for line in after) >= 2


def _appendix(block: Block) -> Heading | None:
    return next((heading for heading in block.path if heading.label.startswith("Phụ lục")), None)
