"""Số liệu báo cáo: one indicator's value in one period, and the states it goes through.

draft ──submit──▶ submitted ──approve──▶ approved
  ▲                   │
  └──── a new figure ─┴──return──▶ returned ──a new figure──▶ draft
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class EntryState(StrEnum):
    """nháp, đã nộp, đã duyệt, trả lại."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class Milestone(StrEnum):
    """Where a milestone indicator stands: chưa thực hiện, đang thực hiện, hoàn thành."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported value. A rate may come with the counts it was computed from; a milestone has ``milestone`` alone."""

    value: Decimal | None = None
    unit: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    milestone: Milestone | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one unit says of one indicator in one period. ``note`` is the reporter's, ``reason`` the reviewer's."""

    figure: Figure
    state: EntryState
    note: str | None = None
    reason: str | None = None
    at: datetime | None = None
    id: int | None = None

    @property
    def counts(self) -> bool:
        """True once the figure stands: nobody outside the unit sees a draft, no group sees what is not approved."""
        return self.state is EntryState.APPROVED
