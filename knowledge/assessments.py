"""What a table of results says of a goal ("Đạt", "Chưa đạt"), in a cell or at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.manuscript import Word
from knowledge.plain import plain
from knowledge.plan import Assessment

_NOT = frozenset({"chua", "khong"})
_MORE = frozenset({"vuot"})
# "Đạt" as scans print it. A lower-case "dat" is a word of a name ("... dat 95%"); "bat" is a capital Đ read as b.
_REACHED = re.compile(r"^(?:[ĐDPB][aạáàă]t|b[aạáàă]t|Đạt|ĐẠT|DAT)$")
_REACHED_BEHIND = re.compile(r"^[ĐDPBđdpb][aạáàă]t$")  # behind "Chưa"
_SIGNS = re.compile(r"^[\W_]*|[\W_]*$")
_CRUMBS = 2  # signs and single letters that may stand behind the cell


def assessment_of(cell: str) -> Assessment | None:
    """What a cell says; None where it says anything else ("Đạt một phần", "Hoàn thành 2/3") or nothing."""
    words = plain(cell).replace(".", " ").split()
    if not words:
        return None
    if len(words) == 2 and words[0] in _NOT and words[1] in ("dat", "hoan"):
        return Assessment.NOT_MET
    if words[:2] in (["chua", "hoan"], ["khong", "hoan"]) and words[2:] == ["thanh"]:
        return Assessment.NOT_MET
    if words in (["dat"], ["vuot"], ["hoan", "thanh"]) or set(words) <= {
        "dat",
        "vuot",
        "va",
        "chi",
        "tieu",
        "ke",
        "hoach",
    }:
        return Assessment.MET if "dat" in words or "vuot" in words or "hoan" in words else None
    return None


def at_end(words: Sequence[Word]) -> tuple[Assessment, int] | None:
    """What the words at the end of a line say, and where they begin; None where they are no assessment."""
    end = len(words)
    crumbs = 0
    while end and crumbs <= _CRUMBS and len(_bare(words[end - 1])) <= 1 and not words[end - 1].raw[:1].isdigit():
        end, crumbs = end - 1, crumbs + 1
    if not end:
        return None
    last, before = _bare(words[end - 1]), words[end - 2] if end > 1 else None
    denied = before is not None and plain(_bare(before)) in _NOT and before.raw[:1].isupper()
    if denied and _REACHED_BEHIND.match(last):
        return Assessment.NOT_MET, end - 2
    if _REACHED.match(last):
        more = before is not None and plain(_bare(before)) in _MORE
        return Assessment.MET, end - (2 if more else 1)
    return None


def denial_at_end(words: Sequence[Word]) -> bool:
    """Whether a line ends with the beginning of "Chưa đạt", its "đạt" on the line below."""
    return bool(words) and plain(_bare(words[-1])) in _NOT and words[-1].raw.strip("|")[:1].isupper()


def _bare(word: Word) -> str:
    return _SIGNS.sub("", word.raw)
