"""Units of measure: the sort of value they take, which count whole things only, what a magnitude means."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from knowledge.plan import Kind
from knowledge.repair.fold import strip_marks

# How "nghìn", "triệu", "tỷ" are typed, folded; "k" and "tr" stand glued to their number.
MAGNITUDES: Final = {
    "nghin": Decimal(1_000),
    "ngan": Decimal(1_000),
    "k": Decimal(1_000),
    "trieu": Decimal(1_000_000),
    "tr": Decimal(1_000_000),
    "ty": Decimal(1_000_000_000),
    "ti": Decimal(1_000_000_000),
}

# Things that only come whole. A unit that begins with one of them and has no "/" takes whole numbers.
_COUNTED: Final = (
    "nguoi", "ho so", "ho gia dinh", "ho", "doanh nghiep", "hop tac xa", "to chuc", "to", "thon", "xom", "ban", "xa",
    "phuong", "co so", "thu tuc", "dich vu", "tram", "luot", "san pham", "cuoc", "lop", "buoi", "can bo", "cong chuc",
    "thanh vien", "hoc sinh", "hoc vien", "tai khoan", "dong", "van ban", "he thong", "ung dung", "mo hinh", "camera",
    "may tinh", "thiet bi", "khu", "nha van hoa", "truong", "don vi", "co quan", "tin bai", "tin", "bai", "chi tieu",
    "nhiem vu", "hoi nghi", "truong hop", "dan", "sim", "thue bao", "giao dich", "cai", "chiec",
)  # fmt: skip

_WHOLE_THING: Final = re.compile(rf"(?:so )?(?:{'|'.join(_COUNTED)})\b")
# "hồ sơ/năm" counts files as "hồ sơ" does.
_PER_PERIOD: Final = re.compile(r"\s*/\s*(?:nam|quy|thang|tuan|ngay|ky)$")

# The words of those things, as they stand beside a typed number ("4390 người").
COUNTED_WORDS: Final = frozenset(word for thing in _COUNTED for word in thing.split()) - {
    "co",
    "so",
    "to",
    "tin",
    "khu",
}

# What an indicator's rate is usually a share of, by the words its name begins with; longer beginnings first.
_SHARE_OF: Final = (
    ("ho so", "hồ sơ"), ("ho gia dinh", "hộ"), ("ho kinh doanh", "hộ"), ("ho ", "hộ"), ("doanh nghiep", "doanh nghiệp"),
    ("can bo", "người"), ("cong chuc", "người"), ("nguoi", "người"), ("dan so", "người"), ("hoc sinh", "người"),
    ("benh nhan", "người"), ("thon", "thôn"), ("thu tuc", "thủ tục"), ("tthc", "thủ tục"), ("dich vu cong", "dịch vụ"),
    ("van ban", "văn bản"), ("co so", "cơ sở"), ("truong", "trường"), ("hop tac xa", "hợp tác xã"),
    ("thanh vien", "người"), ("co quan", "cơ quan"), ("don vi", "đơn vị"), ("bao cao", "báo cáo"),
)  # fmt: skip
_RATE: Final = re.compile(r"^(?:ty le|ti le|tl|so|phan tram|%)\s+")

_NO_UNIT: Final = frozenset({"", "-", "moc", "milestone", "trang thai", "hoan thanh", "co/khong"})


def kind_of_unit(unit: str | None) -> Kind:
    """The sort of value that a unit of measure alone tells: "%" a rate, none a milestone, everything else a number."""
    folded = strip_marks(unit or "").strip()
    if folded in _NO_UNIT:
        return Kind.MILESTONE
    if folded.startswith(("%", "phan tram", "ty le", "ti le")):
        return Kind.PERCENT
    return Kind.NUMBER


def only_whole(unit: str | None) -> bool:
    """True for units that count whole things ("người", "hồ sơ"); False for measures and shares ("người/vạn dân")."""
    folded = _PER_PERIOD.sub("", strip_marks(unit or "").strip())
    if "/" in folded or any(word in MAGNITUDES for word in folded.split()):
        return False
    return _WHOLE_THING.match(folded) is not None


def magnitude_of(unit: str | None) -> Decimal:
    """What one unit stands for: 1,000,000 for "triệu đồng", 1 for everything without a magnitude in its name."""
    for word in strip_marks(unit or "").split():
        if word in MAGNITUDES:
            return MAGNITUDES[word]
    return Decimal(1)


def share_of(name: str) -> str | None:
    """What the rate of an indicator of this name is a share of: "Tỷ lệ hồ sơ ..." of "hồ sơ"; None when unclear."""
    folded = _RATE.sub("", strip_marks(name).strip())
    return next((thing for beginning, thing in _SHARE_OF if folded.startswith(beginning)), None)
