"""Unit cells that are too garbled to be read word by word: which known unit explains one, or looks most like it."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.manuscript import Word
from knowledge.unit_cells import UnitCell, UnitCellReader, readings_of
from knowledge.units import KnownUnit, UnitLexicon, alike


def _separate(words: Sequence[Word]) -> list[str]:
    """The plain words of ``words``; "hoa-" and "Xa" are two, "HĐND-UBND" is two."""
    return [word for word, _ in readings_of(words)]


def covering(lines: Sequence[Sequence[Word]], anchor: int, tail_at: int, lexicon: UnitLexicon) -> UnitCell | None:
    """The longest known unit that explains the anchor's tail though its words are garbled, doubled or glued together.

    Four words in five of the unit must be found at the line ends, and every word of the anchor's tail must be one of
    its.
    """
    tails = [list(words[tail_at:]) if index == anchor else list(words[-5:]) for index, words in enumerate(lines)]
    fixed = [piece for piece in _separate(tails[anchor]) if len(piece) > 1]
    if not fixed:
        return None
    best: tuple[float, KnownUnit] | None = None
    everything = [piece for tail in tails for piece in _separate(tail) if piece]
    for unit in lexicon.known:
        if len(unit.words) < 4 or not all(_part_of(piece, unit) for piece in fixed):
            continue
        found = sum(
            any(alike(word, piece) or (len(word) > 1 and word in piece) for piece in everything) for word in unit.words
        )
        share = found / len(unit.words)
        if share >= 0.8 and (best is None or (share * len(unit.words)) > best[0]):
            best = (share * len(unit.words), unit)
    if best is None:
        return None
    return UnitCell((best[1].name,), _tails_explained(lines, anchor, tail_at, best[1]), 0.1)


def _tails_explained(lines: Sequence[Sequence[Word]], anchor: int, tail_at: int, unit: KnownUnit) -> tuple[int, ...]:
    """How many words at the end of each line are parts of ``unit``."""
    sizes = []
    for index, words in enumerate(lines):
        size = 0
        while index != anchor and size < min(5, len(words)):
            tokens = [word for word in _separate([words[-1 - size]]) if word]
            if not tokens or not all(len(word) > 1 and _part_of(word, unit) for word in tokens):
                break
            size += 1
        sizes.append(len(words) - tail_at if index == anchor else size)
    return tuple(sizes)


def _part_of(piece: str, unit: KnownUnit) -> bool:
    if len(piece) <= 1:
        return True
    return any(alike(word, piece) >= 0.66 or (len(word) > 1 and piece.endswith(word)) for word in unit.words)


def nearest(lines: Sequence[Sequence[Word]], anchor: int, tail_at: int, reader: UnitCellReader) -> UnitCell | None:
    """The unit that the table names elsewhere and that a garbled cell looks most like; ``score`` is the likeness, 0
    to 1."""
    printed = " ".join(_separate(lines[anchor][tail_at:]))
    if len(printed) < 6:
        return None
    scored: list[tuple[float, KnownUnit]] = []
    for unit in reader.lexicon.known:
        if unit.name in reader.seen:
            scored.append((fuzz.ratio(" ".join(unit.words)[: len(printed) + 2], printed), unit))
    scored.sort(key=lambda pair: -pair[0])
    others = [score for score, unit in scored if unit.name != scored[0][1].name]
    if not scored or scored[0][0] < 52 or (others and scored[0][0] - others[0] < 6):
        return None
    score, unit = scored[0]
    return UnitCell((unit.name,), _tails_explained(lines, anchor, tail_at, unit), score / 100)
