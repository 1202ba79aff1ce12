"""A view for handlers, made by hand: a clinic with three indicators in an open period, and its coordinator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from handlers.message import ChatRef, Incoming, MessageKind
from handlers.view import Desk, Item, Membership, PersonView, Role, Standing, UnitRef, View
from knowledge.plan import Kind, Operator, Target
from reporting.entry import Entry, EntryState, Figure
from reporting.period import Period
from scheduler.clock import HANOI

NOW = datetime(2026, 6, 23, 14, 32, tzinfo=HANOI)
PERIOD = Period("2026-Q2", "Quý II/2026", date(2026, 6, 1), date(2026, 6, 26), date(2026, 7, 17), id=7)
CLINIC = UnitRef(3, "Trạm Y tế xã", 3)
CHAT = ChatRef("test", "binh")
COORDINATOR_CHAT = ChatRef("test", "hoa")

PERCENT = Target(Operator.EQUAL, Decimal(80), "%", Kind.PERCENT, "80%")
MILESTONE = Target(None, None, None, Kind.MILESTONE, "Hoàn thành")
LAST = Entry(Figure(Decimal("71.3"), "%", Decimal(4102), Decimal(5753)), EntryState.APPROVED)


def items() -> tuple[Item, ...]:
    """The clinic's indicators: a rate with a last figure, a milestone, a rate without one."""
    return (
        Item(11, 1, "Tỷ lệ người dân có Sổ sức khỏe điện tử", PERCENT, "Phụ lục, dòng 1", "in", last=LAST),
        Item(12, 2, "Hồ sơ bệnh án điện tử tại trạm", MILESTONE, "Phụ lục, dòng 2", "in"),
        Item(13, 3, "Tỷ lệ lượt khám dùng căn cước", replace(PERCENT, value=Decimal(90)), "Phụ lục, dòng 3", "in"),
    )


def view(*shown: Item, role: Role = Role.REPORTER, now: datetime = NOW) -> View:
    """What a member of the clinic (or, by ``role``, somebody who oversees) may look at."""
    desk = Desk(CLINIC, PERIOD, shown or items())
    person = PersonView(1, "Bình", (Membership(CLINIC, role),), NOW)
    return View(
        now,
        authority="UBND xã Hòa Mẫu",
        person=person,
        desks=(desk,),
        standing=None if role is Role.REPORTER else Standing(PERIOD, (desk,)),
        waiting=(desk,) if role is Role.COORDINATOR else (),
        units=(CLINIC,),
        coordinators=(COORDINATOR_CHAT,),
        reporters={CLINIC.id: (CHAT,)},
        fresh_code="K7M4D2Q9",
        next_working_morning=NOW.replace(day=24, hour=8, minute=0),
    )


def typed(text: str, kind: MessageKind = MessageKind.TEXT) -> Incoming:
    """A message of the clinic's member."""
    return Incoming(CHAT, "1", "binh", kind, text)


def pressed(value: str) -> Incoming:
    """A button pressed."""
    return Incoming(CHAT, "1", "binh", MessageKind.CHOICE, choice=value)
