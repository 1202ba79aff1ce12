"""Readings of a printed value that damage makes doubtful: a percent sign or a "≥" printed as figures.

Each is the likeliest reading with its repair, and always to be confirmed by a person.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.plan import Kind, Operator, Repair, Target
from knowledge.targets import decimal, percent_target, written
from knowledge.value_cells import ValueCell, candidates


def lost_at_least(value: ValueCell) -> Decimal | None:
    """The figure behind a "≥" that may have been printed as a 2 ("25" is "≥ 5", "280%" is "≥ 80%"), or None."""
    digits = re.sub(r"\D*$", "", value.printed.replace("%", "").split()[0]) if value.printed else ""
    rest = digits[1:]
    if value.operator is not Operator.EQUAL or not digits.startswith("2") or not re.fullmatch(r"[1-9]\d*", rest):
        return None
    return Decimal(rest)


def above_hundred(value: ValueCell, repairs: list[Repair], checks: list[str]) -> Target:
    """A rate above 100: the "≥" printed as a 2 where that explains it, else as printed; always to be confirmed."""
    assert value.operator is not None  # asked before
    assert value.value is not None
    lost = lost_at_least(value)
    if lost is not None and lost <= 100:
        target = percent_target(Operator.AT_LEAST, lost)
        reason = "một tỷ lệ không thể vượt 100 %; chữ số 2 ở đầu là dấu ≥"
        checks.append(f"Bản quét in “{value.printed}”; {reason}; hiểu là {target.text.replace('%', ' %')}.")
        repairs.append(Repair("target", value.printed, target.text, f"Dấu ≥ bị quét thành chữ số; {reason}.", 0.8))
        return target
    doubled = _sign_doubled(value)
    if doubled is not None:
        target = percent_target(value.operator, doubled)
        reason = "một tỷ lệ không thể vượt 100 %"
        checks.append(f"Bản quét in “{value.printed}”; {reason}; hiểu là {target.text.replace('%', ' %')}.")
        repairs.append(Repair("target", value.printed, target.text, f"Dấu % bị quét thành chữ số; {reason}.", 0.8))
        return target
    checks.append(f"Bản quét in “{value.printed}”; một tỷ lệ không thể vượt 100 %; đề nghị kiểm tra.")
    return percent_target(value.operator, value.value)


def _sign_doubled(value: ValueCell) -> Decimal | None:
    """The rate of a figure whose percent sign was printed as a figure and a sign ("909%" is 90 %), or None."""
    match = re.search(r"(?<!\d)(1?\d{2}(?:[.,]\d)?)[0-9o°]\s?%$", value.printed.strip())
    if match is None:
        return None
    rate = decimal(match.group(1))
    return rate if 0 < rate <= 100 else None


def lost_sign(value: ValueCell, repairs: list[Repair], checks: list[str]) -> Target:
    """A rate whose percent sign the scan printed as figures; the likeliest reading, always to be confirmed."""
    assert value.operator is not None  # asked before
    assert value.value is not None
    read = candidates(value.printed)
    if not read:
        checks.append(f"Bản quét in “{value.printed}”, không đọc được thành một tỷ lệ; đề nghị nhập lại chỉ tiêu.")
        return Target(value.operator, value.value, None, Kind.NUMBER, value.printed)
    chosen = read[0]
    percent = percent_target(value.operator, chosen)
    over = "một tỷ lệ không thể vượt 100 %" if value.value > 100 else "thiếu dấu %"
    reason = f"Bản quét in “{value.printed}”; {over}; hiểu là {percent.text.replace('%', ' %')}."
    if len(read) > 1:
        others = ", ".join(f"{written(Operator.EQUAL, other, None)} %" for other in read[1:])
        reason = f"{reason[:-1]} (cũng có thể là {others})."
    checks.append(reason)
    confidence = 0.9 if len(read) == 1 or value.value > Decimal(1000) else 0.7
    repairs.append(Repair("target", value.printed, percent.text, f"Dấu % bị quét thành chữ số; {over}.", confidence))
    return percent
