"""The sample commune in the records: plans, people, and the figures of the quarter before."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.archive import Archive
from bot.channels.console import ConsoleChannel
from bot.commands.ingest import ingest_file
from handlers.changes import AcceptInvite, ApproveEntries, SaveDraft, SubmitReport
from handlers.message import ChatRef, Incoming, MessageKind
from handlers.texts.joining import CONSENT_VERSION
from handlers.view import Desk, Role
from reporting.entry import EntryState, Figure, Milestone
from scheduler.clock import HANOI
from storage.actor import Actor
from storage.work import UnitOfWork


async def seed(archive: Archive, sample: dict[str, Any], folder: Path, joined: datetime) -> None:
    """Load the sample into empty records. People marked ``joins_later`` are left out: the tour invites them."""
    authority = sample["authority"]
    async with archive.store.unit() as unit:
        # Said here and not read: the letterhead does not name the province, and a scan spoils the commune's own name.
        province = await unit.authorities.ensure(authority["parent"])
        owner = await unit.authorities.ensure(authority["name"], province.id)
    above = await ingest_file(archive, folder / authority["parent_plan"], (), quiet=True)
    await ingest_file(archive, folder / authority["scan"], (above,), quiet=True)
    async with archive.store.unit() as unit:
        for person in _present(sample):
            await _enrol(unit, owner.id, person, joined)
    history = tomllib.loads((folder / "history.toml").read_text(encoding="utf-8"))
    await _report_before(archive, sample, history)


def _present(sample: dict[str, Any]) -> list[dict[str, Any]]:
    return [person for person in sample["people"] if not person.get("joins_later")]


def _actor(person: dict[str, Any]) -> Actor:
    chat = ChatRef(ConsoleChannel.name, person["key"])
    return Actor(ConsoleChannel.name, person["key"], chat, person["name"])


async def _enrol(unit: UnitOfWork, authority: int, person: dict[str, Any], joined: datetime) -> None:
    of = await unit.authorities.ensure_unit(authority, person["unit"])
    code = await unit.people.invite(of, Role(person["role"]), now=joined, expires=joined + timedelta(days=14))
    await unit.apply(AcceptInvite(code, person["name"], CONSENT_VERSION), _actor(person), joined)


async def _report_before(archive: Archive, sample: dict[str, Any], history: dict[str, Any]) -> None:
    """Let every unit's person report the quarter before, and the coordinator approve it, as they would have."""
    figures = {entry["no"]: entry for entry in history["entries"]}
    for person in _present(sample):
        if person["role"] == Role.LEADER:
            continue
        actor = _actor(person)
        incoming = Incoming(actor.chat, "seed", actor.account, MessageKind.TEXT)
        async with archive.store.unit() as unit:
            day = await _due_day(unit, sample, history)
            for desk in (await unit.views.load(incoming, day)).desks:
                await _report(unit, desk, figures, actor, day)
    await _approve(archive, sample, history)


async def _report(
    unit: UnitOfWork, desk: Desk, figures: dict[str, dict[str, Any]], actor: Actor, day: datetime
) -> None:
    assert desk.period.id is not None, "an open period is a stored one"
    # The rows of the history are named by their number in the appendix ("Phụ lục, dòng 12").
    reported = [(item, figures.get(item.place.rpartition(" ")[2])) for item in desk.items]
    for item, entry in reported:
        if entry is not None:
            figure = _figure(entry, item.target.unit)
            draft = SaveDraft(item.indicator, desk.unit.id, desk.period.id, figure, entry.get("note"))
            await unit.apply(draft, actor, day)
    if any(entry is not None for _, entry in reported):
        await unit.apply(SubmitReport(desk.unit.id, desk.period.id), actor, day)


async def _due_day(unit: UnitOfWork, sample: dict[str, Any], history: dict[str, Any]) -> datetime:
    """The morning on which the quarter before was due."""
    owner = await unit.authorities.find(sample["authority"]["name"])
    plan = next(plan for plan in await unit.plans.in_force() if owner is not None and plan.authority == owner.id)
    period = next(p for p in await unit.periods.of(plan.id) if p.key == history["period"]["key"])
    return datetime.combine(period.due, time(9), HANOI)


async def _approve(archive: Archive, sample: dict[str, Any], history: dict[str, Any]) -> None:
    coordinator = next(person for person in sample["people"] if person["role"] == Role.COORDINATOR)
    actor = _actor(coordinator)
    incoming = Incoming(actor.chat, "seed", actor.account, MessageKind.TEXT)
    async with archive.store.unit() as unit:
        day = await _due_day(unit, sample, history)
        standing = (await unit.views.load(incoming, day)).standing
        assert standing is not None, "a coordinator sees the whole authority"
        entries = [item.entry for desk in standing.desks for item in desk.items if item.entry is not None]
        waiting = tuple(e.id for e in entries if e.state is EntryState.SUBMITTED and e.id is not None)
        await unit.apply(ApproveEntries(waiting), actor, day)


def _figure(entry: dict[str, Any], unit: str | None) -> Figure:
    if "milestone" in entry:
        return Figure(milestone=Milestone(entry["milestone"]))
    if "numerator" in entry:
        numerator, denominator = Decimal(entry["numerator"]), Decimal(entry["denominator"])
        rate = (numerator * 100 / denominator).quantize(Decimal("0.0001"))
        return Figure(rate, unit, numerator, denominator)
    return Figure(Decimal(str(entry["value"])), unit)
