"""Progress: for those who oversee, the whole authority; for a unit, its own."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.desk import filled, in_state, units_with_items
from handlers.message import Choice, Document, Outgoing
from handlers.step import Step
from handlers.texts import overview as texts
from handlers.texts import reporting as report_texts
from handlers.turn import OnChoice, Turn
from handlers.view import Desk, Item, Role, Standing
from handlers.wording import day, entry_text, short_day, short_name, target_text
from reporting.chart import picture, unit_bars
from reporting.entry import EntryState
from reporting.progress import Gap, Line, progress

# A leader reads the few that matter; the rest is one tap away.
LARGEST_GAPS = 3


def show(turn: Turn) -> Step:
    """How the open period stands, as far as the person may see it."""
    standing = turn.view.standing
    if standing is not None and (turn.person.has(Role.COORDINATOR) or turn.person.has(Role.LEADER)):
        taps = (Choice(texts.BY_UNIT, "progressby:unit"), Choice(texts.BY_GROUP, "progressby:group"))
        return Step(turn.state, (Outgoing(_whole(standing), taps, document=_picture(standing)),))
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
    period = standing.period
    whole = progress(one_each(desks), period.due)
    units = progress(_lines(desks), period.due)
    lines = [
        texts.HEAD.format(
            period=period.label,
            due=short_day(period.due),
            filled=whole.tally.with_figure,
            total=whole.tally.total,
            approved=whole.tally.approved,
        )
    ]
    if whole.tally.approved:
        unsure = texts.REACHED_UNSURE.format(count=whole.tally.unsure) if whole.tally.unsure else ""
        lines.append(texts.REACHED.format(reached=whole.tally.met, missed=whole.tally.not_met) + unsure)
    if whole.gaps:
        lines.append(texts.GAPS.format(gaps="; ".join(_gap(gap) for gap in whole.gaps[:LARGEST_GAPS])))
    handed_in = texts.SUBMITTED_UNITS.format(done=len(units.complete_units), total=len(units.units))
    if units.late_units:
        handed_in += " " + texts.MISSING_UNITS.format(units=", ".join(units.late_units))
    return "\n".join([*lines, handed_in])


def _picture(standing: Standing) -> Document | None:
    """Bars by unit; None where this machine cannot draw Vietnamese letters: the words say the same."""
    counted = progress(_lines(units_with_items(standing)), standing.period.due)
    content = picture(texts.PICTURE.format(period=standing.period.label), unit_bars(counted))
    return Document("tien-do.png", "image/png", content) if content is not None else None


def _gap(gap: Gap) -> str:
    line = gap.line
    return (texts.GAP_UNSURE if line.doubtful else texts.GAP).format(
        name=short_name(line.name), figure=entry_text(line.entry, ""), target=target_text(line.target)
    )


def _lines(desks: Iterable[Desk]) -> list[Line]:
    return [_line(desk, item) for desk in desks for item in desk.items]


def _line(desk: Desk, item: Item) -> Line:
    group = item.group or texts.NO_GROUP
    doubtful = bool(item.doubts)
    return Line(item.indicator, item.name, item.target, desk.unit.name, item.entry, group, doubtful=doubtful)


def one_each(desks: Iterable[Desk]) -> list[Line]:
    """Every indicator once, even where two units lead it; the one that is further along counts."""
    best: dict[int, Line] = {}
    for line in _lines(desks):
        known = best.get(line.indicator)
        if known is None or _stage(line) > _stage(known):
            best[line.indicator] = line
    return list(best.values())


_STAGES = (None, EntryState.RETURNED, EntryState.DRAFT, EntryState.SUBMITTED, EntryState.APPROVED)


def _stage(line: Line) -> int:
    return _STAGES.index(line.entry.state if line.entry else None)


def by(turn: Turn, what: str) -> Step:
    """The same figures unit by unit, or group by group."""
    standing = turn.view.standing
    if standing is None:
        return show(turn)
    desks = units_with_items(standing)
    if what == "unit":
        counted = progress(_lines(desks), standing.period.due).units
        lines = [
            texts.BY_UNIT_LINE.format(
                unit=unit.unit,
                submitted=unit.tally.with_figure,
                total=unit.tally.total,
                approved=unit.tally.approved,
            )
            for unit in counted
        ]
    else:
        lines = [
            texts.BY_GROUP_LINE.format(group=group, filled=tally.with_figure, total=tally.total, reached=tally.met)
            + (texts.BY_GROUP_UNSURE.format(count=tally.unsure) if tally.unsure else "")
            for group, tally in progress(one_each(desks), standing.period.due).groups
        ]
    return turn.stay("\n".join(lines) or texts.NO_PERIOD)


CHOICES: dict[str, OnChoice] = {"progress": show, "progressby": by}
