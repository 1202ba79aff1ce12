"""A target as a coordinator types it from the paper: "65%", "trên 65", "12 điểm", "hoàn thành"."""

from __future__ import annotations

import re

from handlers.view import Doubt
from knowledge.grid_rows import read_target
from knowledge.plan import Kind, Operator, Repair, Target
from knowledge.repair import strip_marks
from knowledge.targets import NUMBER, milestone, written
from reporting.entry import Milestone
from reporting.milestone_words import read_milestone

_PER_CENT = re.compile(r"ph(?:ầ|a)n tr(?:ă|a)m", re.IGNORECASE)
_RATE_NAMES = ("ty le", "ti le", "phan tram")
_COMPLETED = re.compile(r"\bhoan (?:thanh|tat|thien)\b")
# Words, folded, that leave a figure open or take it back: nobody's target is "khoảng 60" or "không phải 60".
_UNSURE = re.compile(
    r"\b(?:khoang|tam|chung|gan|xap xi|uoc|hinh nhu|chac|co le|co the|hay|hoac|sai|nham|tang|giam)\b"
    r"|\b(?:khong|chua|chang)\b(?! (?:qua|vuot|duoi|thap hon|it hon|lon hon|nho hon|cao hon|kem|nhieu hon))"
    r"|[~≈?]|(?:^|\s)[-–−](?=\d)"
)


def is_rate(doubt: Doubt) -> bool:
    """Whether a bare number is a share of a hundred: the reading says so, or the name does."""
    target = doubt.target
    if target.kind is Kind.PERCENT or target.unit == "%":
        return True
    return strip_marks(doubt.name).startswith(_RATE_NAMES)


def _is_step(text: str, doubt: Doubt) -> bool:
    """Whether words without a figure state what is to be done; "chưa xong" tells how far somebody is, and "có" is an
    answer rather than the target of a rate."""
    if read_milestone(text) != (Milestone.DONE,):
        return False
    return not is_rate(doubt) or _COMPLETED.search(strip_marks(text)) is not None


def read_typed(text: str, doubt: Doubt) -> Target | None:
    """The target that ``text`` states for this row; None where it states none, several, one that cannot be, or one that
    it leaves open ("khoảng 60").

    What is not typed is taken from the row: its unit of measure, and "trên" or "tối thiểu" before a bare figure. Where
    nothing was read of the row, its unit must be typed too.
    """
    text = _PER_CENT.sub("%", " ".join(text.split()).strip(" .;"))
    if not any(c.isdigit() for c in text):
        return milestone(text) if _is_step(text, doubt) else None
    if _UNSURE.search(strip_marks(text)):
        return None
    if len(re.findall(NUMBER, text)) != 1:
        return None
    bare = not any(c.isalpha() or c in "%<>≥≤=" for c in text)
    own = "%" if is_rate(doubt) else doubt.target.unit
    if bare and own is None and doubt.target.is_unread:
        return None
    checks: list[str] = []
    repairs: list[Repair] = []
    target = read_target(text, (own or "") if bare else "", checks, repairs)
    if target.value is None or checks:
        return None
    operator = target.operator or Operator.EQUAL
    if bare and operator is Operator.EQUAL:
        operator = doubt.target.operator or operator
    unit = target.unit or own
    kind = Kind.PERCENT if unit == "%" else target.kind
    return Target(operator, target.value, unit, kind, written(operator, target.value, unit))
