"""Progress: for those who oversee, the whole authority; for a unit, its own."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reporting.comparison import gap, reaches

from handlers.desk import filled, handed_in, in_state, units_with_items
from handlers.message import Choice, Outgoing
from handlers.step import Step
from handlers.texts import overview as texts
from handlers.texts import reporting as report_texts
from handlers.turn import OnChoice, Turn
from handlers.view import Desk, Item, Role, Standing
from handlers.wording import day, entry_text, short_day, short_name, target_text
from reporting.entry import EntryState

# A leader reads the few that matter; the rest is one tap away.
LARGEST_GAPS = 3


def show(turn: Turn) -> Step:
    """How the open period stands, as far as the person may see it."""
    standing = turn.view.standing
    if standing is not None and (turn.person.has(Role.COORDINATOR) or turn.person.has(Role.LEADER)):
        taps = (Choice(texts.BY_UNIT, "progressby:unit"), Choice(texts.BY_GROUP, "progressby:group"))
        return Step(turn.state, (Outgoing(_whole(standing), taps),))
    desks = [desk for desk in turn.view.desks if desk.items]
    if not desks:
        upcoming = turn.view.next_period
        said = texts.NO_PERIOD
        if upcoming is not None:
            said += report_texts.NEXT_OPENS.format(
                label=upcoming.label, opens=day(upcoming.opens), due=day(upcoming.due)
            )
        return turn.stay(said)
    return turn.stay("\n".join(_own(desk) for desk in desks))


def _own(desk: Desk) -> str:
    return texts.OWN.format(
        unit=desk.unit.name,
        period=desk.period.label,
        due=short_day(desk.period.due),
        filled=len(filled(desk)),
        total=len(desk.items),
        submitted=len(in_state(desk, EntryState.SUBMITTED, EntryState.APPROVED)),
        approved=len(in_state(desk, EntryState.APPROVED)),
    )


def _whole(standing: Standing) -> str:
    desks = units_with_items(standing)
    items = one_each(desks)
    approved = [item for item in items if item.entry is not None and item.entry.counts]
    reached = [item for item in approved if _reached(item)]
    lines = [
        texts.HEAD.format(
            period=standing.period.label,
            due=short_day(standing.period.due),
            filled=sum(1 for item in items if _seen(item)),
            total=len(items),
            approved=len(approved),
        )
    ]
    if approved:
        lines.append(texts.REACHED.format(reached=len(reached), missed=len(approved) - len(reached)))
        gaps = _largest_gaps(approved)
        if gaps:
            lines.append(texts.GAPS.format(gaps="; ".join(gaps)))
    missing = [desk.unit.name for desk in desks if not handed_in(desk)]
    lines.append(texts.SUBMITTED_UNITS.format(done=len(desks) - len(missing), total=len(desks)))
    if missing:
        lines[-1] += " " + texts.MISSING_UNITS.format(units=", ".join(missing))
    return "\n".join(lines)


def one_each(desks: Iterable[Desk]) -> list[Item]:
    """Every indicator once, even where two units lead it; the one that is further along counts."""
    best: dict[int, Item] = {}
    for desk in desks:
        for item in desk.items:
            known = best.get(item.indicator)
            if known is None or _progress(item) > _progress(known):
                best[item.indicator] = item
    return list(best.values())


_ORDER = (None, EntryState.RETURNED, EntryState.DRAFT, EntryState.SUBMITTED, EntryState.APPROVED)


def _progress(item: Item) -> int:
    return _ORDER.index(item.entry.state if item.entry else None)


def _seen(item: Item) -> bool:
    """A draft is the unit's own business; a figure counts once it was submitted."""
    return item.entry is not None and item.entry.state in (EntryState.SUBMITTED, EntryState.APPROVED)


def _reached(item: Item) -> bool:
    return item.entry is not None and reaches(item.entry.figure, item.target) is True


def _largest_gaps(items: Iterable[Item]) -> list[str]:
    behind: list[tuple[Decimal, Item]] = []
    for item in items:
        distance = gap(item.entry.figure, item.target) if item.entry else None
        if distance is not None and distance > 0:
            behind.append((distance, item))
    behind.sort(key=lambda pair: -pair[0])
    return [
        texts.GAP.format(name=short_name(item.name), figure=entry_text(item.entry, ""), target=target_text(item.target))
        for _, item in behind[:LARGEST_GAPS]
    ]


def by(turn: Turn, what: str) -> Step:
    """The same figures unit by unit, or group by group."""
    standing = turn.view.standing
    if standing is None:
        return show(turn)
    desks = units_with_items(standing)
    lines = _by_unit(desks) if what == "unit" else _by_group(one_each(desks))
    return turn.stay("\n".join(lines))


def _by_unit(desks: Iterable[Desk]) -> list[str]:
    return [
        texts.BY_UNIT_LINE.format(
            unit=desk.unit.name,
            submitted=len(in_state(desk, EntryState.SUBMITTED, EntryState.APPROVED)),
            total=len(desk.items),
            approved=len(in_state(desk, EntryState.APPROVED)),
        )
        for desk in desks
    ]


def _by_group(items: list[Item]) -> list[str]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group or texts.NO_GROUP, []).append(item)
    return [
        texts.BY_GROUP_LINE.format(
            group=group,
            filled=sum(1 for item in rows if _seen(item)),
            total=len(rows),
            reached=sum(1 for item in rows if item.entry is not None and item.entry.counts and _reached(item)),
        )
        for group, rows in groups.items()
    ]


CHOICES: dict[str, OnChoice] = {"progress": show, "progressby": by}
