"""One turn of a conversation as a handler sees it: where it stands, what was said, what may be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.changes import Change
from handlers.message import Choice, Incoming, Outgoing
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.view import PersonView, View
from knowledge.errors import DondocError


@dataclass(frozen=True, slots=True)
class Turn:
    """The input of a handler, and short ways to write its output."""

    state: State
    message: Incoming
    view: View

    @property
    def person(self) -> PersonView:
        """Who speaks; handlers behind the door of ``handlers.conversation`` always have somebody."""
        if self.view.person is None:
            raise LookupError("no person in this turn")
        return self.view.person

    def say(self, text: str, *choices: Choice, state: State = IDLE, changes: tuple[Change, ...] = ()) -> Step:
        """One reply, and by default nothing pending."""
        return Step(state, (Outgoing(text, choices),), changes)

    def stay(self, text: str, *choices: Choice, changes: tuple[Change, ...] = ()) -> Step:
        """One reply; the conversation stays where it is."""
        return Step(self.state, (Outgoing(text, choices),), changes)

    def about(self, message: Incoming) -> Turn:
        """The same turn with other words."""
        return Turn(self.state, message, self.view)

    def at(self, state: State) -> Turn:
        """The same turn elsewhere in the conversation."""
        return Turn(state, self.message, self.view)


class ForeignChoice(DondocError):
    """The value of a pressed choice is none that this version of the program writes."""


def id_of(argument: str) -> int:
    """An id out of a choice's value; raises ``ForeignChoice`` for anything else."""
    if not argument.isdecimal():
        raise ForeignChoice(argument)
    return int(argument)


# A handler of a pressed choice gets the arguments behind its verb ("approve:17" calls it with "17").
OnChoice = Callable[..., Step]
# A handler of words typed while a flow waits for them.
OnMessage = Callable[[Turn], Step]
