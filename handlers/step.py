"""What a handler returns: where the conversation stands now, what is said, what is changed."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.changes import Change
from handlers.message import Outgoing
from handlers.state import State


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a conversation; committed as one transaction, sent after the commit."""

    state: State
    replies: tuple[Outgoing, ...] = ()
    changes: tuple[Change, ...] = ()

    def and_then(self, *replies: Outgoing) -> Step:
        """The same step with more replies at the end."""
        return Step(self.state, self.replies + replies, self.changes)
