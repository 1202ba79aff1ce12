"""A cell that names who leads and who cooperates: "Chủ trì: Phòng Kinh tế; phối hợp: Công an xã"."""

from __future__ import annotations

import re

from knowledge.units import UnitLexicon

_LABEL = re.compile(
    r"(?:^|(?<=[\s;,.(-]))-?\s*(?:(?:cơ quan|đơn vị)\s+)?(chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?"
    r"\s*(?::|\s(?=[A-ZĐÀ-Ỹ]))",
    re.IGNORECASE,
)
_LEAD, _COOP = "chủ trì", "phối hợp"
_TRAILING = re.compile(r"[\s;,.()-]+$")


def parted(cell: str) -> tuple[str, str] | None:
    """The lead's part and the cooperating units' part of a cell that labels them; None where it does not."""
    labels = list(_LABEL.finditer(cell))
    if not any(_named(label) == _LEAD for label in labels):
        if not labels or not cell[: labels[0].start()].strip():
            return None
        return _TRAILING.sub("", cell[: labels[0].start()]), _TRAILING.sub("", cell[labels[0].end() :])
    parts = {_LEAD: "", _COOP: ""}
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        text = _TRAILING.sub("", cell[label.end() : after.start() if after else len(cell)])
        parts[_named(label)] += ("; " if parts[_named(label)] else "") + text.strip()
    return parts[_LEAD], parts[_COOP]


def _named(label: re.Match[str]) -> str:
    return " ".join(label.group(1).lower().split())


def responsible(
    lead: str, coop: str, lexicon: UnitLexicon, *, shared: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """Lead units, cooperating units, and what a person must confirm. ``shared`` says that one column is headed with
    both: where its cells do not label them, the first unit leads."""
    both = parted(lead)
    if both is not None:
        return lexicon.split(both[0]), (*lexicon.split(both[1]), *lexicon.split(coop)), []
    units = lexicon.split(lead)
    if not shared or len(units) < 2:
        return units, lexicon.split(coop), []
    asked = f"Cột ghi chung cơ quan chủ trì và phối hợp; hiểu là {units[0]} chủ trì."
    return units[:1], units[1:], [asked]
