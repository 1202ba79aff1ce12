"""The coordinator's review: approve what is clean at one tap, look at the rest; ``handlers.returning`` sends one back.

A report is one unit's in one period: two periods of a unit may wait at once. A button that approves carries the
fingerprint of the figures that were shown with it, and approves no others.
"""

from __future__ import annotations

from handlers.changes import ApproveEntries, ShowEvidence
from handlers.desk import in_state
from handlers.fingerprint import of_figures
from handlers.message import Choice, Outgoing
from handlers.step import Step
from handlers.texts import common
from handlers.texts import reviewing as texts
from handlers.turn import OnChoice, Turn, id_of
from handlers.view import Desk, Item, Role
from handlers.warning import warning_of
from handlers.wording import entry_text, short_name
from reporting.entry import EntryState


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
    return _counted(turn)


def _counted(turn: Turn, before: str = "") -> Step:
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    reports = waiting_reports(turn)
    if not reports:
        return turn.say(texts.NOTHING_WAITING, Choice(common.MENU_PROGRESS, "progress"))
    clean = _clean(turn)
    taps = []
    if clean:
        taps.append(Choice(texts.APPROVE_CLEAN.format(clean=len(clean)), f"approveclean:{_seen(*clean)}"))
    taps.append(Choice(texts.SEE_EACH, "see"))
    said = texts.WAITING.format(reports=len(reports), clean=len(clean))
    return turn.say("\n".join(filter(None, (before, said))), *taps)


def _clean(turn: Turn) -> list[Desk]:
    return [desk for desk in waiting_reports(turn) if is_clean(desk)]


def _seen(*desks: Desk) -> str:
    return of_figures(item for desk in desks for item in submitted(desk))


def here_of(desk: Desk) -> str:
    """How a choice names a report: its unit and its period."""
    return f"{desk.unit.id}:{desk.period.id}"


def report_of(turn: Turn, unit: str, period: str) -> Desk | None:
    """The report of this unit and period, if it still waits."""
    wanted = (id_of(unit), id_of(period))
    return next((desk for desk in waiting_reports(turn) if _key(desk) == wanted), None)


def _key(desk: Desk) -> tuple[int, int]:
    assert desk.period.id is not None, "a period with figures is a stored one"
    return desk.unit.id, desk.period.id


def see(turn: Turn, unit: str | None = None, period: str | None = None) -> Step:
    """One report that waits: the unit's in the period, or the first."""
    wanted = None if unit is None or period is None else (id_of(unit), id_of(period))
    return _show(turn, wanted)


def see_again(turn: Turn, desk: Desk) -> Step:
    """The report whose figures are no longer those that the button stood under."""
    return _show(turn, _key(desk), texts.CHANGED)


def _show(
    turn: Turn,
    wanted: tuple[int, int] | None = None,
    before: str = "",
    without: frozenset[tuple[int, int]] = frozenset(),
) -> Step:
    """``without`` are the reports, by unit and period, that were dealt with in this turn."""
    if not turn.person.has(Role.COORDINATOR):
        return turn.stay(common.NOT_ALLOWED)
    reports = tuple(desk for desk in waiting_reports(turn) if _key(desk) not in without)
    if not reports:
        return turn.say("\n".join(filter(None, (before, texts.ALL_REVIEWED))), Choice(common.MENU_PROGRESS, "progress"))
    at = next((n for n, desk in enumerate(reports) if _key(desk) == wanted), 0)
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
        Choice(texts.APPROVE_REPORT, f"approve:{here_of(desk)}:{_seen(desk)}"),
        Choice(texts.RETURN_ONE, f"returnone:{here_of(desk)}"),
    ]
    if desk.evidence or any(item.evidence for item in desk.items):
        taps.append(Choice(texts.SEE_EVIDENCE, f"photos:{here_of(desk)}"))
    if len(reports) > 1:
        taps.append(Choice(texts.LATER, f"see:{here_of(reports[(at + 1) % len(reports)])}"))
    return turn.say("\n".join(lines), *taps)


def show_evidence(turn: Turn, unit: str, period: str) -> Step:
    """The photos and files behind one report."""
    desk = report_of(turn, unit, period)
    if desk is None:
        return start(turn)
    said = texts.EVIDENCE_COMES.format(unit=desk.unit.name)
    return turn.say(
        said, Choice(texts.SEE_REPORT, f"see:{here_of(desk)}"), changes=(ShowEvidence(desk.unit.id, id_of(period)),)
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


def approve(turn: Turn, unit: str, period: str, seen: str) -> Step:
    """The report's submitted figures stand, if they are those that were shown; the next report follows."""
    desk = report_of(turn, unit, period)
    if desk is None:
        return start(turn)
    if _seen(desk) != seen:
        return see_again(turn, desk)
    entries = _entries(desk)
    said = texts.APPROVED_REPORT.format(count=len(entries), unit=desk.unit.name)
    following = _show(turn, None, said, frozenset({_key(desk)}))
    return Step(following.state, (*following.replies, *_told_approved(turn, desk)), (ApproveEntries(entries),))


def approve_clean(turn: Turn, seen: str) -> Step:
    """All reports without a warning stand, if they are those that the button counted."""
    clean = _clean(turn)
    if not clean:
        return start(turn)
    if _seen(*clean) != seen:
        return _counted(turn, texts.CHANGED)
    entries = tuple(entry for desk in clean for entry in _entries(desk))
    said = texts.APPROVED_CLEAN.format(reports=len(clean), count=len(entries))
    following = _show(turn, None, said, frozenset(_key(desk) for desk in clean))
    told = tuple(message for desk in clean for message in _told_approved(turn, desk))
    return Step(following.state, (*following.replies, *told), (ApproveEntries(entries),))


def _entries(desk: Desk) -> tuple[int, ...]:
    return tuple(i.entry.id for i in submitted(desk) if i.entry is not None and i.entry.id is not None)


def _told_approved(turn: Turn, desk: Desk) -> tuple[Outgoing, ...]:
    text = texts.TOLD_APPROVED.format(period=desk.period.label, unit=desk.unit.name, count=len(submitted(desk)))
    chats = (turn.view.reporters or {}).get(desk.unit.id, ())
    return tuple(Outgoing(text, to=chat) for chat in chats if chat != turn.message.chat)


CHOICES: dict[str, OnChoice] = {
    "review": start,
    "see": see,
    "photos": show_evidence,
    "approve": approve,
    "approveclean": approve_clean,
}
