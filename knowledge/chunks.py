"""Chunks for retrieval: one heading, paragraph, bullet or table row each, never across two.

Every line with words stands in exactly one chunk, so that whatever a plan says can be found and cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.manuscript import Manuscript, TextLine
from knowledge.plan import Chunk
from knowledge.sections import BlockKind, Heading, Outline

LONGEST = 1500  # letters: a longer paragraph is cut between sentences, so that a citation stays readable


def labels(path: Sequence[Heading]) -> tuple[str, ...]:
    """The path as people read it: "III. Nhiệm vụ", "3. Hạ tầng số"."""
    found = []
    for heading in path:
        glue = ": " if heading.label.startswith(("Phụ lục", "Phần")) else ") " if heading.label.islower() else ". "
        found.append(f"{heading.label}{glue}{heading.title}" if heading.title else heading.label)
    return tuple(found)


def cut(
    manuscript: Manuscript, outline: Outline, rows: Iterable[tuple[int, int, tuple[str, ...]]]
) -> tuple[Chunk, ...]:
    """The chunks of the document. ``rows`` are table rows as (first line, last line, further path), each one chunk."""
    row_of: dict[int, tuple[int, int, tuple[str, ...]]] = {}
    for row in rows:
        for line_number in range(row[0], row[1] + 1):
            row_of.setdefault(line_number, row)
    chunks: list[Chunk] = []
    for block in outline.blocks:
        path = labels(block.path[:-1] if block.kind is BlockKind.HEADING else block.path)
        run: list[TextLine] = []
        owner: tuple[int, int, tuple[str, ...]] | None = None
        for line in block.lines:
            mine = row_of.get(line.number)
            if run and mine != owner:
                chunks.extend(_chunks(manuscript, path, run, owner))
                run = []
            owner = mine
            run.append(line)
        if run:
            chunks.extend(_chunks(manuscript, path, run, owner))
    return _joined(manuscript, chunks, row_of)


def _chunks(
    manuscript: Manuscript, path: tuple[str, ...], lines: list[TextLine], row: tuple[int, int, tuple[str, ...]] | None
) -> list[Chunk]:
    if row is not None:
        return [_chunk(manuscript, (*path, *row[2]), lines)]
    pieces: list[list[TextLine]] = [[]]
    size = 0
    for line in lines:
        if size > LONGEST and pieces[-1] and pieces[-1][-1].raw.endswith((".", ";", ":")):
            pieces.append([])
            size = 0
        pieces[-1].append(line)
        size += len(line.raw) + 1
    return [_chunk(manuscript, path, piece) for piece in pieces if any(line.raw for line in piece)]


def _chunk(manuscript: Manuscript, path: tuple[str, ...], lines: Sequence[TextLine]) -> Chunk:
    return Chunk(
        path=path,
        text="\n".join(line.raw for line in lines if line.raw),
        repaired="\n".join(line.text for line in lines if line.raw),
        source=manuscript.source(lines[0].number, lines[-1].number),
    )


def _joined(
    manuscript: Manuscript, chunks: list[Chunk], row_of: dict[int, tuple[int, int, tuple[str, ...]]]
) -> tuple[Chunk, ...]:
    """A table row that blank lines broke into several blocks is one chunk again."""
    found: list[Chunk] = []
    for chunk in chunks:
        row = row_of.get(chunk.source.first)
        if row is not None and found and row_of.get(found[-1].source.first) == row:
            before = found.pop()
            lines = [line for line in manuscript.between(before.source.first, chunk.source.last) if line.raw]
            found.append(_chunk(manuscript, before.path, lines))
        else:
            found.append(chunk)
    return tuple(found)
