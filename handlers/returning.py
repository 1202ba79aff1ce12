"""Sending one indicator of a report back to its unit, with a reason: tapped, or in the coordinator's own words.

Every step carries the fingerprint of the figure as it was shown; a figure that changed meanwhile is shown again instead
of being returned.
"""

from __future__ import annotations

from handlers.ask import asks
from handlers.changes import ReturnEntry
from handlers.fingerprint import of_figures
from handlers.message import Choice, MessageKind, Outgoing
from handlers.review import here_of, report_of, see_again, start, submitted
from handlers.state import IDLE, State
from handlers.step import Step
from handlers.texts import common
from handlers.texts import reviewing as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk, Item
from handlers.wording import entry_text, short_name

FLOW = "review"
# The words of a button; Telegram shows about this many before it cuts.
_BUTTON_NAME = 36
# A reason typed where buttons were offered is a sentence; a single word is rather a slip or an unknown command.
_REASON_WORDS = 2


def ask_which(turn: Turn, unit: str, period: str) -> Step:
    """Which indicator goes back."""
    desk = report_of(turn, unit, period)
    if desk is None:
        return start(turn)
    items = submitted(desk)
    if len(items) == 1:
        return _ask_why(turn, desk, items[0])
    taps = [
        Choice(
            texts.RETURN_LABEL.format(number=item.number, name=short_name(item.name, _BUTTON_NAME)),
            f"return:{here_of(desk)}:{item.indicator}:{of_figures((item,))}",
        )
        for item in items
    ]
    state = IDLE.at(FLOW, "which", unit=desk.unit.id, period=desk.period.id, seen=of_figures(items))
    return turn.say(texts.RETURN_WHICH.format(unit=desk.unit.name), *taps, state=state)


def on_which(turn: Turn) -> Step | None:
    """The line number, typed."""
    slots = turn.state.slots
    typed = turn.message.text.strip()
    if not typed.isdecimal():
        return None
    desk = report_of(turn, str(slots["unit"]), str(slots["period"]))
    if desk is None:
        return start(turn)
    if of_figures(submitted(desk)) != slots["seen"]:
        return see_again(turn, desk)
    item = next((i for i in submitted(desk) if i.number == int(typed)), None)
    return ask_which(turn, str(desk.unit.id), str(desk.period.id)) if item is None else _ask_why(turn, desk, item)


def _shown(turn: Turn, unit: str, period: str, indicator: str, seen: str) -> tuple[Desk, Item] | Step:
    """The figure that was shown, or what is said when it is no longer the same or no longer waits."""
    desk = report_of(turn, unit, period)
    wanted = id_of(indicator)
    item = next((i for i in submitted(desk) if i.indicator == wanted), None) if desk else None
    if desk is None or item is None:
        return turn.say(texts.GONE)
    return (desk, item) if of_figures((item,)) == seen else see_again(turn, desk)


def ask_why(turn: Turn, unit: str, period: str, indicator: str, seen: str) -> Step:
    """Why it goes back."""
    shown = _shown(turn, unit, period, indicator, seen)
    return shown if isinstance(shown, Step) else _ask_why(turn, *shown)


def _ask_why(turn: Turn, desk: Desk, item: Item) -> Step:
    here, seen = f"{here_of(desk)}:{item.indicator}", of_figures((item,))
    taps = [Choice(reason, f"why:{here}:{n}:{seen}") for n, reason in enumerate(texts.REASONS)]
    taps.append(Choice(texts.REASON_OTHER, f"why:{here}:other:{seen}"))
    return turn.say(texts.RETURN_WHY, *taps, state=_state("why", desk, item))


def _state(step: str, desk: Desk, item: Item) -> State:
    return IDLE.at(
        FLOW,
        step,
        unit=desk.unit.id,
        period=desk.period.id,
        indicator=item.indicator,
        seen=of_figures((item,)),
    )


def why(turn: Turn, unit: str, period: str, indicator: str, reason: str, seen: str) -> Step:
    """One of the usual reasons, or words of one's own."""
    shown = _shown(turn, unit, period, indicator, seen)
    if isinstance(shown, Step):
        return shown
    if reason == "other":
        return turn.say(texts.REASON_TYPE, state=_state("words", *shown))
    if id_of(reason) >= len(texts.REASONS):
        return turn.stay(common.STALE_CHOICE)
    return _send_back(turn, *shown, texts.REASONS[id_of(reason)])


def on_why(turn: Turn) -> Step | None:
    """Words typed while the usual reasons are offered: a sentence that asks nothing is a reason, a question is not."""
    text = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or asks(text):
        return None
    letters = any(c.isalpha() for c in text)
    if letters and any(c.isdigit() for c in text):
        return None
    shown = _standing(turn)
    if isinstance(shown, Step):
        return shown
    if not letters or len(text.split()) < _REASON_WORDS:
        return _ask_why(turn, *shown)
    return _send_back(turn, *shown, text)


def on_words(turn: Turn) -> Step:
    """The reason in the coordinator's own words, asked for."""
    text = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or not any(c.isalpha() for c in text):
        return turn.stay(texts.REASON_TYPE)
    shown = _standing(turn)
    return shown if isinstance(shown, Step) else _send_back(turn, *shown, text)


def _standing(turn: Turn) -> tuple[Desk, Item] | Step:
    slots = turn.state.slots
    return _shown(turn, str(slots["unit"]), str(slots["period"]), str(slots["indicator"]), slots["seen"])


def _send_back(turn: Turn, desk: Desk, item: Item, reason: str) -> Step:
    """Return one indicator; its unit hears why, and may mend it or explain."""
    if item.entry is None or item.entry.id is None:
        return turn.say(texts.GONE)
    here = f"{item.indicator}:{here_of(desk)}"
    told = texts.TOLD_RETURNED.format(name=item.name, figure=entry_text(item.entry, ""), reason=_as_clause(reason))
    taps = (Choice(texts.MEND, f"mend:{here}"), Choice(texts.EXPLAIN, f"explain:{here}"))
    chats = (turn.view.reporters or {}).get(desk.unit.id, ())
    said = texts.RETURNED.format(name=short_name(item.name), unit=desk.unit.name)
    return Step(
        IDLE,
        (
            Outgoing(said, (Choice(common.MENU_REVIEW, "review"),)),
            *(Outgoing(told, taps, to=chat) for chat in chats),
        ),
        (ReturnEntry(item.entry.id, reason),),
    )


def _as_clause(reason: str) -> str:
    reason = reason.rstrip(". ")
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason


CHOICES: dict[str, OnChoice] = {"returnone": ask_which, "return": ask_why, "why": why}
