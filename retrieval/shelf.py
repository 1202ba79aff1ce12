"""What the answers are computed from: a read-only snapshot of the confirmed records, made by ``storage``.

A snapshot is small (a province of 96 communes has some 6,000 indicators); passages are not in it, they live in the
index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.plan import Plan


@dataclass(frozen=True, slots=True)
class Reported:
    """The latest approved figure of one indicator. ``text`` is the value as shown ("48 %", "hoàn thành")."""

    value: Decimal | None
    text: str
    period: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ShelvedPlan:
    """One stored plan, its targets as confirmed.

    ``key`` names the plan in the index; ``authority`` is the issuer ("UBND xã Bình Chương") and ``parent`` its
    province's authority. ``confirmed`` (targets) and ``reported`` speak of rows by their index in ``plan.indicators``.
    ``withdrawn`` are lines of the document, first and last, that an amendment took out of force.
    ``superseded`` plans are kept for questions about the past, and answer nothing else.
    """

    key: str
    authority: str
    file_name: str
    plan: Plan
    parent: str | None = None
    confirmed: frozenset[int] = frozenset()
    reported: Mapping[int, Reported] = field(default_factory=dict)
    superseded: bool = False
    withdrawn: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Shelf:
    """All plans that the asker may see."""

    plans: tuple[ShelvedPlan, ...]
