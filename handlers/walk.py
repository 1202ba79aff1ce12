"""Where a person is on the way through the doubtful places of a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.plans import FLOW
from handlers.state import IDLE, State
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Walk:
    """At which of how many, and which were left open on the way (``Doubt.key``)."""

    at: int
    total: int
    skipped: tuple[str, ...] = ()

    def on(self, skipping: str | None = None) -> Walk:
        """One further; ``skipping`` leaves this one open."""
        return replace(self, at=self.at + 1, skipped=self.skipped if skipping is None else (*self.skipped, skipping))

    def state(self, step: str, key: str) -> State:
        """Standing at the doubt ``key``, waiting for what ``step`` waits for."""
        slots = {"doubt": key, "at": self.at, "total": self.total, "skipped": list(self.skipped)}
        return IDLE.at(FLOW, step, **slots)


def beginning(turn: Turn) -> Walk:
    """At the first of all."""
    return Walk(1, len(turn.view.doubts))


def walk_at(turn: Turn, key: str) -> Walk:
    """The walk that stands at this doubt; an old button of another one begins anew."""
    slots = turn.state.slots
    if turn.state.flow == FLOW and slots.get("doubt") == key and "total" in slots:
        return Walk(slots["at"], slots["total"], tuple(slots["skipped"]))
    return beginning(turn)
