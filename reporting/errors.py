"""Refusals of the report; the tree's root is in ``knowledge.errors``."""

from __future__ import annotations

from knowledge.errors import Refused


class NotAllowed(Refused):
    """The person has no right to do this."""


class PeriodClosed(Refused):
    """The reporting period takes no more figures."""


class NothingToSubmit(Refused):
    """No indicator has a figure yet."""
