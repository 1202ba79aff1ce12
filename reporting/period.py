"""Kỳ báo cáo: one occurrence of a reporting rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """One period of one plan.

    ``due`` is the last day on which a report is in time ("trước ngày 13" is the 12th); ``opens`` the first day on which
    reports are taken; ``closes`` the last. ``label`` is how people call it ("Quý II/2026"). ``key`` is unique per
    plan and stays the same however often the calendar is computed ("2026-Q2").
    """

    key: str
    label: str
    opens: date
    due: date
    closes: date
    id: int | None = None
