"""A figure beside its target and beside the last period: reached or not, risen or fallen, and what looks wrong.

Cautions never refuse: the person confirms with a reason, and the reviewer sees both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from knowledge.plan import Kind, Operator, Target
from reporting.display import difference_text, figure_text, number_text
from reporting.entry import Figure, Milestone
from reporting.unit_of_measure import kind_of_unit

_HUNDRED: Final = Decimal(100)

# What is reached is under half of the target: more than the coming weeks will mend.
_FAR: Final = Decimal("0.5")

# Coverage grows slowly and hardly ever shrinks: ten points down within one period is nearly always a slip or another
# way of counting. A campaign can lift a rate by twenty points in a quarter; beyond thirty somebody should look.
_SHARP_FALL_POINTS: Final = Decimal(10)
_SHARP_RISE_POINTS: Final = Decimal(30)
# Counts move more freely than rates, so they are judged as a share of the last figure.
_SHARP_FALL_SHARE: Final = Decimal("0.3")
_SHARP_RISE_SHARE: Final = Decimal(2)
# The people or files that a rate is a share of change little from period to period.
_DENOMINATOR_SHARE: Final = Decimal("0.1")


class Reach(StrEnum):
    """How a figure stands to its target: đạt, chưa đạt, còn xa."""

    MET = "met"
    NOT_MET = "not_met"
    FAR = "far"


def reach(figure: Figure, target: Target) -> Reach | None:
    """Whether the target is reached; None where the two cannot be compared (no figure yet, no value in the plan).

    "Đạt 60 %" is reached by 60 or more; "trên 60 %" by more than 60. Counts decide exactly, before any rounding.
    """
    if figure.milestone is not None:
        return Reach.MET if figure.milestone is Milestone.DONE else _unfinished(figure.milestone)
    value = exact_value(figure)
    if value is None or target.value is None:
        return None
    if _holds(value, target.operator, target.value):
        return Reach.MET
    share = shortfall(figure, target)
    return Reach.FAR if share is not None and share > _FAR else Reach.NOT_MET


def _unfinished(stage: Milestone) -> Reach:
    return Reach.FAR if stage is Milestone.NOT_STARTED else Reach.NOT_MET


def exact_value(figure: Figure) -> Decimal | None:
    """The value, for a rate with counts the unrounded quotient."""
    if figure.numerator is not None and figure.denominator:
        return figure.numerator * _HUNDRED / figure.denominator
    return figure.value


def shortfall(figure: Figure, target: Target) -> Decimal | None:
    """The missing part as a share of the target (0.4 of "15 %" at 9 %); 0 when it is reached, None when unknown.

    For a target that is an upper limit it is the excess as a share of the limit. Comparable across units of measure.
    """
    if figure.milestone is not None:
        return {Milestone.DONE: Decimal(0), Milestone.UNDER_WAY: Decimal("0.5")}.get(figure.milestone, Decimal(1))
    value = exact_value(figure)
    if value is None or target.value is None:
        return None
    if _holds(value, target.operator, target.value):
        return Decimal(0)
    missing = abs(target.value - value)
    return missing / abs(target.value) if target.value else missing


def _holds(value: Decimal, operator: Operator | None, goal: Decimal) -> bool:
    match operator:
        case Operator.MORE:
            return value > goal
        case Operator.AT_MOST:
            return value <= goal
        case Operator.LESS:
            return value < goal
        case _:
            return value >= goal


# --- beside the last period ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Movement:
    """The way from the last figure to this one; ``difference`` is in points for rates, in the unit for numbers."""

    difference: Decimal
    unit: str | None

    @property
    def text(self) -> str:
        """ "tăng 5,0 điểm", "giảm 120 hồ sơ", "không đổi"."""
        if not self.difference:
            return "không đổi"
        direction = "tăng" if self.difference > 0 else "giảm"
        return f"{direction} {difference_text(self.difference, self.unit)}"


def movement(figure: Figure, last: Figure | None) -> Movement | None:
    """From the last period's figure to this one; None where either has no value."""
    if last is None or figure.value is None or last.value is None:
        return None
    return Movement(figure.value - last.value, figure.unit or last.unit)


class Alarm(StrEnum):
    """What looks wrong about a figure."""

    OVER_HUNDRED = "over_hundred"
    SHARP_FALL = "sharp_fall"
    SHARP_RISE = "sharp_rise"
    DENOMINATOR = "denominator"
    STEP_BACK = "step_back"


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at: ``short`` for the reviewer's list ("giảm 32,2 điểm"), ``sentence`` for the reporter."""

    alarm: Alarm
    short: str
    sentence: str


def cautions(figure: Figure, last: Figure | None, target: Target | None = None) -> tuple[Caution, ...]:
    """Everything about a figure that a second look is worth, the gravest first; empty for an ordinary one."""
    found = (_over_hundred(figure, target), _sharp(figure, last), _denominator(figure, last), _step_back(figure, last))
    return tuple(caution for caution in found if caution is not None)


def _over_hundred(figure: Figure, target: Target | None) -> Caution | None:
    is_rate = figure.unit is not None and kind_of_unit(figure.unit) is Kind.PERCENT
    if figure.value is None or not is_rate or figure.value <= _HUNDRED or _above_hundred(target):
        return None
    return Caution(Alarm.OVER_HUNDRED, "lớn hơn 100 %", f"Tỷ lệ {figure_text(figure)} lớn hơn 100 %.")


def _above_hundred(target: Target | None) -> bool:
    """True where the plan itself counts beyond 100 % ("trên 100 %" of subscriptions per 100 people)."""
    if target is None or target.value is None:
        return False
    return target.value > _HUNDRED or (target.value == _HUNDRED and target.operator is Operator.MORE)


def _sharp(figure: Figure, last: Figure | None) -> Caution | None:
    moved = movement(figure, last)
    if moved is None or last is None or last.value is None or not moved.difference:
        return None
    if kind_of_unit(moved.unit) is Kind.PERCENT:
        fall, rise = _SHARP_FALL_POINTS, _SHARP_RISE_POINTS
    else:
        fall, rise = abs(last.value) * _SHARP_FALL_SHARE, abs(last.value) * _SHARP_RISE_SHARE
    if not (moved.difference <= -fall or (moved.difference >= rise and last.value)):
        return None
    alarm = Alarm.SHARP_FALL if moved.difference < 0 else Alarm.SHARP_RISE
    before, now = _without_counts(last), _without_counts(figure)
    return Caution(alarm, moved.text, f"Kỳ trước là {before}, nay {now}: {moved.text}.")


def _denominator(figure: Figure, last: Figure | None) -> Caution | None:
    if last is None or not figure.denominator or not last.denominator:
        return None
    if abs(figure.denominator - last.denominator) <= last.denominator * _DENOMINATOR_SHARE:
        return None
    before, now = number_text(last.denominator), number_text(figure.denominator)
    return Caution(Alarm.DENOMINATOR, f"tổng số {before} thành {now}", f"Tổng số kỳ trước là {before}, nay {now}.")


_ORDER: Final = (Milestone.NOT_STARTED, Milestone.UNDER_WAY, Milestone.DONE)


def _step_back(figure: Figure, last: Figure | None) -> Caution | None:
    if figure.milestone is None or last is None or last.milestone is None:
        return None
    if _ORDER.index(figure.milestone) >= _ORDER.index(last.milestone):
        return None
    before, now = figure_text(last), figure_text(figure)
    return Caution(Alarm.STEP_BACK, f"{before} thành {now}", f"Kỳ trước là {before}, nay {now}.")


def _without_counts(figure: Figure) -> str:
    """The value alone: in a sentence that compares two figures their counts are in the way."""
    shown = figure_text(figure)
    return shown.split(" (", 1)[0] if figure.denominator is not None else shown
