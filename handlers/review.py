"""The coordinator's review: approve what is clean at one tap, look at the rest, return one indicator with a reason."""

from __future__ import annotations

from handlers.changes import ApproveEntries, ReturnEntry, ShowEvidence
from handlers.desk import in_state
from handlers.message import Choice, MessageKind, Outgoing
from handlers.state import IDLE
from handlers.step import Step
from handlers.texts import common
from handlers.texts import reviewing as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk, Item, Role
from handlers.warning import warning_of
from handlers.wording import entry_text, short_name
from reporting.entry import EntryState

FLOW = "review"
# The words of a button; Telegram shows about this many before it cuts.
_BUTTON_NAME = 36


def waiting_reports(turn: Turn) -> tuple[Desk, ...]:
    """Desks with something submitted, also of periods that have closed; the oldest first."""
    return turn.view.waiting if turn.person.has(Role.COORDINATOR) else ()


def submitted(desk: Desk) -> tuple[Item, ...]:
    """Items that wait for the reviewer."""
    return in_state(desk, EntryState.SUBMITTED)


def is_clean(desk: Desk) -> bool:
    """True when no submitted figure of the desk has a warning."""
    return not any(warning_of(item) for item in submitted(desk))


def start(turn: Turn) -> Step:
    """How many reports wait, and how many of them are clean."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    reports = waiting_reports(turn)
    if not reports:
        return turn.say(texts.NOTHING_WAITING, Choice(common.MENU_PROGRESS, "progress"))
    clean = sum(1 for desk in reports if is_clean(desk))
    taps = []
    if clean:
        taps.append(Choice(texts.APPROVE_CLEAN.format(clean=clean), f"approveclean:{clean}"))
    taps.append(Choice(texts.SEE_EACH, "see"))
    return turn.say(texts.WAITING.format(reports=len(reports), clean=clean), *taps)


def see(turn: Turn, unit: str | None = None, before: str = "", without: frozenset[int] = frozenset()) -> Step:
    """One report that waits: the unit's, or the first. ``without`` are units that were dealt with in this turn."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    reports = tuple(desk for desk in waiting_reports(turn) if desk.unit.id not in without)
    if not reports:
        return turn.say("\n".join(filter(None, (before, texts.ALL_REVIEWED))), Choice(common.MENU_PROGRESS, "progress"))
    at = next((n for n, d in enumerate(reports) if unit is not None and d.unit.id == id_of(unit)), 0)
    desk = reports[at]
    lines = [before] if before else []
    lines.append(
        texts.REPORT_HEAD.format(
            position=at + 1,
            total=len(reports),
            unit=desk.unit.name,
            period=desk.period.label,
            evidence=texts.LINE_EVIDENCE if desk.evidence else "",
        )
    )
    lines += [_line(item) for item in submitted(desk)]
    taps = [
        Choice(texts.APPROVE_REPORT, f"approve:{desk.unit.id}:{desk.period.id}"),
        Choice(texts.RETURN_ONE, f"returnone:{desk.unit.id}"),
    ]
    if desk.evidence or any(item.evidence for item in desk.items):
        taps.append(Choice(texts.SEE_EVIDENCE, f"photos:{desk.unit.id}"))
    if len(reports) > 1:
        following = reports[(at + 1) % len(reports)]
        taps.append(Choice(texts.LATER, f"see:{following.unit.id}"))
    return turn.say("\n".join(lines), *taps)


def show_evidence(turn: Turn, unit: str) -> Step:
    """The photos and files behind one report."""
    desk = _report(turn, id_of(unit))
    if desk is None or desk.period.id is None:
        return start(turn)
    said = texts.EVIDENCE_COMES.format(unit=desk.unit.name)
    return turn.say(
        said, Choice(texts.SEE_REPORT, f"see:{desk.unit.id}"), changes=(ShowEvidence(desk.unit.id, desk.period.id),)
    )


def _line(item: Item) -> str:
    assert item.entry is not None, "a submitted item has an entry"
    warning = warning_of(item)
    return texts.REPORT_LINE.format(
        number=item.number,
        name=short_name(item.name),
        figure=entry_text(item.entry, ""),
        last=texts.LINE_LAST.format(figure=entry_text(item.last, "")) if item.last else "",
        warning=texts.LINE_WARNING.format(warning=warning.rstrip(".")) if warning else "",
        note=texts.LINE_NOTE.format(note=item.entry.note.rstrip(".")) if item.entry.note else "",
        evidence=texts.LINE_EVIDENCE if item.evidence else "",
    )


def approve(turn: Turn, unit: str, period: str) -> Step:
    """The unit's submitted figures stand; the next report follows."""
    desk = _report(turn, id_of(unit))
    if desk is None or str(desk.period.id) != period:
        return start(turn)
    entries = _entries(desk)
    said = texts.APPROVED_REPORT.format(count=len(entries), unit=desk.unit.name)
    following = see(turn, None, said, frozenset({desk.unit.id}))
    return Step(following.state, (*following.replies, *_told_approved(turn, desk)), (ApproveEntries(entries),))


def approve_clean(turn: Turn, shown: str) -> Step:
    """All reports without a warning stand, if they are as many as the button said."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    clean = [desk for desk in waiting_reports(turn) if is_clean(desk)]
    if not clean or len(clean) != id_of(shown):
        return start(turn)
    entries = tuple(entry for desk in clean for entry in _entries(desk))
    said = texts.APPROVED_CLEAN.format(reports=len(clean), count=len(entries))
    following = see(turn, None, said, frozenset(desk.unit.id for desk in clean))
    told = tuple(message for desk in clean for message in _told_approved(turn, desk))
    return Step(following.state, (*following.replies, *told), (ApproveEntries(entries),))


def _entries(desk: Desk) -> tuple[int, ...]:
    return tuple(i.entry.id for i in submitted(desk) if i.entry is not None and i.entry.id is not None)


def _told_approved(turn: Turn, desk: Desk) -> tuple[Outgoing, ...]:
    text = texts.TOLD_APPROVED.format(period=desk.period.label, unit=desk.unit.name, count=len(submitted(desk)))
    chats = (turn.view.reporters or {}).get(desk.unit.id, ())
    return tuple(Outgoing(text, to=chat) for chat in chats if chat != turn.message.chat)


def _report(turn: Turn, unit: int) -> Desk | None:
    return next((desk for desk in waiting_reports(turn) if desk.unit.id == unit), None)


def ask_which(turn: Turn, unit: str) -> Step:
    """Which indicator goes back."""
    desk = _report(turn, id_of(unit))
    if desk is None:
        return start(turn)
    items = submitted(desk)
    if len(items) == 1:
        return ask_why(turn, str(desk.unit.id), str(items[0].indicator))
    taps = [
        Choice(
            texts.RETURN_LABEL.format(number=item.number, name=short_name(item.name, _BUTTON_NAME)),
            f"return:{desk.unit.id}:{item.indicator}",
        )
        for item in items
    ]
    state = IDLE.at(FLOW, "which", unit=desk.unit.id)
    return turn.say(texts.RETURN_WHICH.format(unit=desk.unit.name), *taps, state=state)


def on_which(turn: Turn) -> Step | None:
    """The line number, typed."""
    desk = _report(turn, turn.state.slots["unit"])
    typed = turn.message.text.strip()
    if desk is None or not typed.isdecimal():
        return None
    item = next((i for i in submitted(desk) if i.number == int(typed)), None)
    if item is None:
        return ask_which(turn, str(desk.unit.id))
    return ask_why(turn, str(desk.unit.id), str(item.indicator))


def ask_why(turn: Turn, unit: str, indicator: str) -> Step:
    """Why it goes back."""
    desk = _report(turn, id_of(unit))
    item = _submitted_item(desk, id_of(indicator))
    if desk is None or item is None:
        return turn.say(texts.GONE)
    taps = [Choice(reason, f"why:{unit}:{indicator}:{n}") for n, reason in enumerate(texts.REASONS)]
    taps.append(Choice(texts.REASON_OTHER, f"why:{unit}:{indicator}:other"))
    return turn.say(texts.RETURN_WHY, *taps, state=IDLE.at(FLOW, "why", unit=id_of(unit), indicator=id_of(indicator)))


def _submitted_item(desk: Desk | None, indicator: int) -> Item | None:
    return next((i for i in submitted(desk) if i.indicator == indicator), None) if desk else None


def why(turn: Turn, unit: str, indicator: str, reason: str) -> Step:
    """One of the usual reasons, or words of one's own."""
    if reason == "other":
        state = IDLE.at(FLOW, "why", unit=id_of(unit), indicator=id_of(indicator))
        return turn.say(texts.REASON_TYPE, state=state)
    if id_of(reason) >= len(texts.REASONS):
        return turn.stay(common.STALE_CHOICE)
    return send_back(turn, id_of(unit), id_of(indicator), texts.REASONS[id_of(reason)])


def on_why(turn: Turn) -> Step | None:
    """The reason, typed."""
    text = turn.message.text.strip()
    if turn.message.kind is not MessageKind.TEXT or not any(c.isalpha() for c in text):
        return turn.stay(texts.REASON_TYPE)
    return send_back(turn, turn.state.slots["unit"], turn.state.slots["indicator"], text)


def send_back(turn: Turn, unit: int, indicator: int, reason: str) -> Step:
    """Return one indicator; its unit hears why, and may mend it or explain."""
    desk = _report(turn, unit)
    item = _submitted_item(desk, indicator)
    if desk is None or item is None or item.entry is None or item.entry.id is None:
        return turn.say(texts.GONE)
    here = f"{item.indicator}:{desk.unit.id}:{desk.period.id}"
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


CHOICES: dict[str, OnChoice] = {
    "review": start,
    "see": see,
    "photos": show_evidence,
    "approve": approve,
    "approveclean": approve_clean,
    "returnone": ask_which,
    "return": ask_why,
    "why": why,
}
