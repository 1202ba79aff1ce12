"""What people say of a milestone: "xong rồi", "dang lam", "chưa có" become a ``Milestone``, or the few it may be."""

from __future__ import annotations

import re
from typing import Final

from knowledge.repair.fold import strip_marks
from reporting.entry import Milestone

_DONE, _UNDER_WAY, _NOT_STARTED = Milestone.DONE, Milestone.UNDER_WAY, Milestone.NOT_STARTED

_POLITE: Final = re.compile(r"\b(?:da thua|thua|da vang|vang|a|nhe|nha|em|anh|chi|oi|bao cao|chung em|xa|don vi)\b")
_END: Final = r"hoan thanh|hoan tat|hoan thien|xong|ket thuc"
_ACT: Final = r"lam|thuc hien|trien khai|tien hanh|xay dung|bat dau"
_NO: Final = r"chua|khong|ko|kg|k|hok"

# Checked in this order, on the folded words without politeness; each must match from the first word to the last.
_PHRASES: Final = tuple(
    (re.compile(pattern), stages)
    for pattern, stages in (
        (rf"(?:{_NO}) (?:{_END}|dat|xong het)(?: het)?", (_UNDER_WAY, _NOT_STARTED)),
        (rf"(?:{_NO})(?: (?:duoc|he))?(?: (?:{_ACT}|co))?(?: (?:gi|ai|so lieu|so|duoc))*", (_NOT_STARTED,)),
        (r"se (?:lam|thuc hien|trien khai)", (_NOT_STARTED,)),
        (rf"(?:dang|con|van dang|hien dang|dang con)(?: (?:{_ACT}|do|lam do|xu ly))?(?: do)?", (_UNDER_WAY,)),
        (
            rf"(?:sap|gan|gan nhu|co ban|hau nhu)(?: da)? (?:{_END})|(?:da )?(?:{_ACT}) (?:do|mot phan)|mot phan",
            (_UNDER_WAY,),
        ),
        (rf"(?:da )?(?:{_END}) mot phan", (_UNDER_WAY,)),
        (r"(?:(?:da|moi) )?bat dau(?: lam| trien khai| thuc hien)?", (_UNDER_WAY,)),
        (rf"(?:da )?(?:(?:{_ACT}) )?(?:{_END})(?: het| roi| ca roi| toan bo| 100 ?%)*", (_DONE,)),
        (r"(?:da )?(?:co|dat|du)(?: roi| du| het)?|roi|100 ?%|ht|done|(?:tat ca|toan bo|het)(?: roi)?", (_DONE,)),
        (rf"da (?:{_ACT})(?: roi)?", (_UNDER_WAY, _DONE)),
    )
)


def read_milestone(text: str) -> tuple[Milestone, ...]:
    """The stages that ``text`` may mean: one when it is clear, two when it must be asked, none when it says no stage.

    "xong rồi" is done, "đang làm" under way, "chưa có" not started; "chưa xong" may be under way or not started.
    """
    words = strip_marks(text).strip(" .,!?;:()\"'")
    words = re.sub(r"\s+", " ", _POLITE.sub(" ", words)).strip()
    if words.startswith("da ") and not _starts_a_phrase(words):
        words = words.removeprefix("da ")
    return next((stages for pattern, stages in _PHRASES if pattern.fullmatch(words)), ())


def _starts_a_phrase(words: str) -> bool:
    """The polite "dạ" and the past "đã" fold to the same two letters; keep it where a phrase needs it."""
    return any(pattern.fullmatch(words) for pattern, _ in _PHRASES)
