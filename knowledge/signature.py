"""The signature at the foot of a plan: who signed it, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.manuscript import Manuscript, TextLine
from knowledge.people import is_family_name, person_name
from knowledge.plain import plain
from knowledge.sections import Outline

_SIGNER_TITLES = (
    ("pho thu tuong", "PHÓ THỦ TƯỚNG"),
    ("thu tuong", "THỦ TƯỚNG"),
    ("pho chu tich", "PHÓ CHỦ TỊCH"),
    ("chu tich", "CHỦ TỊCH"),
    ("giam doc", "GIÁM ĐỐC"),
    ("truong phong", "TRƯỞNG PHÒNG"),
)
_ROLE = re.compile(r"ch\S{1,3} t[iy]?[cdg]?[yi]?\S?c?h\b")


# "- Lưu: VT, KGVX. Nguyễn Văn A": the name stands beside the last of the recipients.
_KEPT = re.compile(r"^\W*L\S{1,2}u\s?:?\s*VT\b[^a-z.]*[.,;]?\s+((?:[A-ZĐÀ-Ỹ][^\W\d_]+\s?){2,5})\W*$")


def read_signature(manuscript: Manuscript, outline: Outline) -> tuple[str | None, str | None, list[str]]:
    """Who signed ``manuscript``, as what, and what of it needs a look; None for what is not found."""
    lines = [line for line in manuscript.lines if line.raw]
    if outline.closing is None:
        return _bare_signature(lines, typed=manuscript.typed)
    start, end = outline.closing
    closing = [line for line in lines if start <= line.number <= end]
    joined = " ".join(line.plain for line in closing)
    role = None
    if re.search(r"\bkt\s?\.", joined):
        role = "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH" if "chu tich" in joined or _ROLE.search(joined) else "KT."
    else:
        for line in closing:
            tail = re.split(r"\s{2,}|[—:;]", line.plain)[-1].strip()
            if line.raw.split()[-2:] and line.raw.split()[-1].isupper():
                role = next((title for key, title in _SIGNER_TITLES if key in tail), role)
        if role is None and re.search(r"\btm\s?\.", joined):
            role = "TM. ỦY BAN NHÂN DÂN"
    for line in reversed(closing):
        for printed in _name_places(line):
            spelled, sure = person_name(printed, damaged=manuscript.damaged, typed=manuscript.typed)
            if spelled:
                return spelled, role, _signer_checks(line, printed, spelled, sure)
    return None, role, []


def _name_places(line: TextLine) -> Iterator[str]:
    """Where a name may stand on ``line``: alone, or to the right of the last line of the recipients."""
    yield line.raw
    kept = _KEPT.match(line.raw)
    beside = kept.group(1) if kept else re.split(r"\s{3,}", line.raw.strip())[-1]
    if beside != line.raw.strip() and len(beside.split()) > 1 and is_family_name(beside.split()[0]):
        yield beside


def _signer_checks(line: TextLine, printed: str, spelled: str, sure: bool) -> list[str]:
    """Why the name on ``line`` needs a look: its spelling, or the reader's own doubt."""
    if not sure:
        return [f"Tên người ký in “{printed.strip(' ~-')}”; hiểu là “{spelled}”."]
    return [f"Tên người ký “{spelled}”: {line.doubt}."] if line.doubt else []


def _bare_signature(lines: list[TextLine], *, typed: bool) -> tuple[str | None, str | None, list[str]]:
    """A signature without a list of recipients: a role in capitals with a name under it, near the top or the end."""
    for above, below in pairwise(lines):
        role = next((title for key, title in _SIGNER_TITLES if plain(above.raw).strip(" .") == key), None)
        if role and above.raw.isupper():
            spelled, sure = person_name(below.raw, damaged=False, typed=typed)
            if spelled:
                return spelled, role, _signer_checks(below, below.raw, spelled, sure)
    return None, None, []
