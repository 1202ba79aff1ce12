"""Cells that say "as above": "nt", "-nt-", "Như trên", two small strokes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.grid_header import Role
from knowledge.plain import plain

_WORDS = re.compile(r"^\W*(?:nt|n\.t|nhu tren|as above)\W*$")
_STROKES = re.compile(r"^\s*(?:[\"″〃“”]|''|,,|//)\s*$")
_REPEATED = (Role.LEAD, Role.COOP, Role.DUE, Role.MEASURE, Role.VALUE)
_ASKED = "ô ghi “{}” (như dòng trên), hiểu là “{}”"


def as_above(
    cells: Mapping[Role, str], above: Mapping[Role, str]
) -> tuple[dict[Role, str], tuple[tuple[Role, str], ...]]:
    """``cells`` with what they say "as above" taken from the row ``above``, and what of it must be confirmed: a target
    is never repeated in silence."""
    read, doubts = dict(cells), list[tuple[Role, str]]()
    for role in _REPEATED:
        text, before = cells.get(role, ""), above.get(role, "")
        if not before or not (_STROKES.match(text) or _WORDS.match(plain(text))):
            continue
        read[role] = before
        if role is Role.VALUE:
            doubts.append((role, _ASKED.format(text, " ".join(before.split()))))
    return read, tuple(doubts)
