"""Where a conversation stands: data, not objects in memory, so that it survives a restart and a change of phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.message import Choice

# Raised when the meaning of a stored step changes; an older state then starts afresh instead of misreading an answer.
STATE_VERSION = 2


@dataclass(frozen=True, slots=True)
class Menu:
    """The choices that were last shown in a chat, and when: what a typed "2" or "tiếp tục" means."""

    choices: tuple[Choice, ...]
    shown_at: datetime
    awaits_figure: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The state of one person in one chat. ``flow`` and ``step`` name what the bot waits for; ``slots`` is plain
    JSON."""

    flow: str | None = None
    step: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)

    def at(self, flow: str | None, step: str | None = None, **slots: Any) -> State:
        """A state elsewhere, with fresh slots."""
        return State(flow, step, slots)

    def with_slots(self, **slots: Any) -> State:
        """The same place, some slots changed."""
        return State(self.flow, self.step, {**self.slots, **slots})


IDLE = State()
