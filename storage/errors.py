"""Refusals of the records, and the one error that is a bug; the tree's root is in ``knowledge.errors``."""

from __future__ import annotations

from knowledge.errors import DondocError, Refused


class BadInvite(Refused):
    """The invite is unknown, expired or used up."""


class NotRegistered(Refused):
    """Somebody who is not registered wants something changed."""


class Outdated(Refused):
    """The button was overtaken: what it speaks of is gone or stands differently now."""


class AppendOnly(DondocError):
    """Something tried to change or delete a row of the audit trail; a bug, or worse."""
