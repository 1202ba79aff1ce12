"""An indicator beside the same one of the level above: "Tỉnh đặt 87 %; xã đặt cao hơn 8 điểm."

Two targets are compared only where they are measured alike; otherwise nothing is said. A number that nobody has
confirmed is said to be unconfirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.plan import Kind, Operator, Target
from knowledge.repair.fold import strip_marks
from reporting.display import number_text, target_text, with_unit
from reporting.unit_of_measure import kind_of_unit

# How an authority is called in a sentence about levels, by how its name begins once "UBND" is gone.
_LEVELS: Final = (
    ("dac khu", "đặc khu"), ("phuong", "phường"), ("xa", "xã"), ("thi tran", "thị trấn"),
    ("thanh pho", "thành phố"), ("tinh", "tỉnh"), ("chinh phu", "Trung ương"), ("thu tuong chinh phu", "Trung ương"),
)  # fmt: skip
_COMMITTEE: Final = ("ubnd ", "uy ban nhan dan ")

_HIGHER: Final = "{above} đặt {target}; {own} đặt cao hơn{by}."
_LOWER: Final = "{above} đặt {target}; {own} đặt thấp hơn {level}{by}."
_EQUAL: Final = "{above} cũng đặt {target}."
_BRIEFLY: Final = "{level} {target}"
_BRIEFLY_UNCONFIRMED: Final = " chưa xác nhận"
_UNCONFIRMED: Final = " Số của {whose} chưa được xác nhận."
_BOTH_UNCONFIRMED: Final = " Cả hai số chưa được xác nhận."


class Order(StrEnum):
    """How a target stands to that of the level above."""

    HIGHER = "higher"
    EQUAL = "equal"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Above:
    """The same indicator in the plan in force of the level above.

    ``own`` and ``level`` are the two authorities as a sentence calls them (``level_of``: "xã", "tỉnh"); ``plan`` and
    ``place`` say where the target stands; ``doubtful`` is True until a doubtful target was confirmed.
    """

    own: str
    level: str
    plan: str
    place: str
    target: Target
    doubtful: bool = False


def level_of(authority: str) -> str:
    """What an authority is called beside another level: "xã" for "UBND xã Hòa Mẫu"; its name where that tells none."""
    folded = strip_marks(authority).strip()
    for committee in _COMMITTEE:
        folded = folded.removeprefix(committee)
    return next((level for beginning, level in _LEVELS if f"{folded} ".startswith(f"{beginning} ")), authority)


def order(own: Target, above: Target) -> Order | None:
    """How ``own`` stands to ``above``; None where they are measured differently or one of them has no value.

    "Trên 60 %" asks for more than "60 %"; "đạt 60 %" and "tối thiểu 60 %" ask for the same.
    """
    if own.value is None or above.value is None or own.kind is not above.kind or not _same_measure(own, above):
        return None
    if _is_limit(own) != _is_limit(above):
        return None
    if own.value != above.value:
        return Order.HIGHER if own.value > above.value else Order.LOWER
    if own.operator is above.operator or not {own.operator, above.operator} & {Operator.MORE, Operator.LESS}:
        return Order.EQUAL
    stricter = own.operator is Operator.MORE or above.operator is Operator.LESS
    return Order.HIGHER if stricter else Order.LOWER


def _same_measure(one: Target, other: Target) -> bool:
    return _measure(one) == _measure(other)


def _measure(target: Target) -> str:
    unit = "".join(strip_marks(target.unit or "").split())
    return unit or ("%" if target.kind is Kind.PERCENT else "")


def _is_limit(target: Target) -> bool:
    return target.operator in (Operator.AT_MOST, Operator.LESS)


def beside(own: Target, above: Above, *, doubtful: bool = False) -> str | None:
    """One line on how the target stands to the level above; None where the two cannot be compared.

    ``doubtful`` says that ``own`` waits to be confirmed.
    """
    found = order(own, above.target)
    if found is None:
        return None
    sentence = {Order.HIGHER: _HIGHER, Order.EQUAL: _EQUAL, Order.LOWER: _LOWER}[found]
    said = sentence.format(
        above=above.level[:1].upper() + above.level[1:],
        level=above.level,
        own=above.own,
        target=target_text(above.target),
        by=_difference(own, above.target),
    )
    if doubtful and above.doubtful:
        return said + _BOTH_UNCONFIRMED
    if doubtful or above.doubtful:
        return said + _UNCONFIRMED.format(whose=above.own if doubtful else above.level)
    return said


def briefly(own: Target, above: Above) -> str | None:
    """What the level above sets, where that is another target: "tỉnh 65 %"; None where it is the same, or another
    measure."""
    if order(own, above.target) in (None, Order.EQUAL):
        return None
    said = _BRIEFLY.format(level=above.level, target=target_text(above.target))
    return said + _BRIEFLY_UNCONFIRMED if above.doubtful else said


def _difference(own: Target, above: Target) -> str:
    """ " 8 điểm", " 20 hồ sơ"; empty where only the words differ ("trên 60 %", "60 %")."""
    if own.value is None or above.value is None or own.value == above.value:
        return ""
    size = number_text(abs(own.value - above.value))
    is_rate = own.kind is Kind.PERCENT or kind_of_unit(own.unit) is Kind.PERCENT
    return f" {size} điểm" if is_rate else f" {with_unit(size, own.unit)}"
