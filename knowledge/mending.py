"""Damaged words mended: the one place where understanding calls the repair of damaged Vietnamese.

Before the repair, a few readings are set right that only this kind of document makes certain: "Ty 18" at the head of an
indicator is "Tỷ lệ", though "18" by itself is a number and the repair rightly leaves numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.repair import repair_lines, repair_text

_SPACES = re.compile(r"\s+")
# "Tỷ lệ" as scans print it: "Ty 1€", "ty 18", "Ti 1&", "Tilé", "Til¢". Behind a figure "tỷ" is a billion: left alone.
_RATE = re.compile(r"(?<![\w])(?<!\d\s)([Tt])([yỷýiỉí!])\s?([1lI][€&¢86éèêệe°]\W?|[1I](?=\s[^\W\d]))(?!\w)")
# Words that the scan's usual misreading turns into other words or figures.
_READINGS = (
    (re.compile(r"(?<!\w)s[6ốbd0o]\s?hd?[óo]a\b"), "số hóa"),
    (re.compile(r"\bAl\b(?=[\s,;.)]|$)"), "AI"),
    (re.compile(r"\bV[nN][e€]?[lI]D\b|\bVN[e€][lI]D\b"), "VNeID"),
    (re.compile(r"\b[lI]o?T\b|\bloT\b|\bToT\b"), "IoT"),
)


def prepared(line: str) -> str:
    """``line`` with those readings set right; the number of words may grow by one ("Tilé")."""
    line = _RATE.sub(lambda found: f"{found[1]}{'ỷ' if found[2] in 'yỷý' else 'ỉ'} lệ", line)
    for pattern, right in _READINGS:
        line = pattern.sub(right, line)
    return line


def mend(text: str, *, damaged: bool) -> str:
    """``text`` as understood; unchanged where the document is not damaged. White space is tidied either way."""
    text = _SPACES.sub(" ", text).strip()
    return repair_text(prepared(text)).text if damaged and text else text


def mend_lines(lines: Sequence[str]) -> list[str]:
    """Each prepared line as understood, its words one for one; the lines are context for each other."""
    return [repaired.text for repaired in repair_lines(lines)]
