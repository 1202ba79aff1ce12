"""A stage for conversations: an invented commune on the real SQLite, the real dispatch, outbox and ledger; only the
messenger is a script. Time is set by hand; nothing sleeps.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from bot.archive import open_archive
from bot.calendar_keeping import keep_calendar
from bot.channels.channel import Channel, RawUpdate
from bot.channels.console import ConsoleChannel, Player
from bot.receiving import Receiving
from bot.serving import run_until
from bot.settings import EmbeddingChoice, Settings
from bot.wiring import Program, program_of
from handlers.changes import AcceptInvite
from handlers.message import ChatRef, MessageKind
from handlers.texts.joining import CONSENT_VERSION
from handlers.view import Role
from knowledge.plan import Chunk, Document, Indicator, Kind, Operator, Plan, Repair, Target
from knowledge.reporting_rule import Frequency, QuarterWeekDue, ReportingRule
from knowledge.source import Source
from scheduler.clock import HANOI, SetClock
from storage.actor import Actor
from storage.models import OutboxState
from storage.work import UnitOfWork

# How long a condition is waited for; far more than a loaded machine needs.
PATIENCE_SECONDS = 60.0
COMMUNE = "UBND xã Hòa Mẫu"
CULTURE = "Phòng Văn hóa - Xã hội"
CLINIC = "Trạm Y tế xã"
POLICE = "Công an xã"

# Everybody of the transcripts, by the name that stands before their lines.
CAST = {
    "Đầu mối": Player("dau-moi", "Nguyễn Thị Đầu Mối"),
    "Trạm": Player("tram", "Lê Văn Trạm"),
    "Công an": Player("cong-an", "Trần Văn An"),
    "Lãnh đạo": Player("lanh-dao", "Phạm Thị Lãnh Đạo"),
    "Khách": Player("khach", "Khách"),
}
ROLES = {
    "Đầu mối": (CULTURE, Role.COORDINATOR),
    "Trạm": (CLINIC, Role.REPORTER),
    "Công an": (POLICE, Role.REPORTER),
    "Lãnh đạo": (CULTURE, Role.LEADER),
}


def percent(value: str, text: str | None = None) -> Target:
    """A target in per cent."""
    return Target(Operator.EQUAL, Decimal(value), "%", Kind.PERCENT, text or f"{value}%")


def row(no: int, name: str, target: Target, lead: str, printed: str | None = None, **more: object) -> Indicator:
    """A row of the appendix; ``printed`` is the target as the scan has it."""
    source = Source(100 + no, 100 + no, f"{no} {name} {printed or target.text} {lead}")
    return Indicator(name, target, "Phụ lục", source, str(no), "Xã hội số", (lead,), **more)  # type: ignore[arg-type]


def sample_plan() -> Plan:
    """An invented plan with a doubtful target, a milestone and three units."""
    done = Target(None, None, None, Kind.MILESTONE, "Hoàn thành")
    doubt = 'Bản quét in "6006"; một tỷ lệ không thể vượt 100 %.'
    repair = Repair("target", "6006", "60 %", doubt, 0.8)
    indicators = (
        row(1, "Tỷ lệ người dân có Sổ sức khỏe điện tử", percent("80"), CLINIC),
        row(2, "Hồ sơ bệnh án điện tử tại trạm", done, CLINIC),
        row(3, "Tỷ lệ người dân có tài khoản VNeID mức 2", percent("95"), POLICE),
        row(4, "Tỷ lệ phủ sóng 5G (dân số)", percent("60"), CULTURE, "6006", checks=(doubt,), repairs=(repair,)),
    )
    rule = ReportingRule(
        "Báo cáo hằng quý, tuần cuối của tháng cuối quý",
        Frequency.QUARTERLY,
        Source(60, 60, "Báo cáo hằng quý, tuần cuối của tháng cuối quý"),
        QuarterWeekDue("last"),
    )
    chunks = tuple(Chunk(("Phụ lục",), i.source.quote, i.source.quote, i.source) for i in indicators)
    document = Document("20/KH-UBND", date(2026, 2, 3), COMMUNE, "Sông Mây", "Kế hoạch mẫu", year=2026)
    return Plan(document, indicators, reporting=(rule,), units=(CLINIC, POLICE, CULTURE), chunks=chunks)


class Stage:
    """Plays one transcript: ``says`` as a person, ``heard`` what the bot printed since."""

    def __init__(self, program: Program, channel: ConsoleChannel, clock: SetClock, printed: list[str]) -> None:
        self.program = program
        self.clock = clock
        self.channel = channel
        self._printed = printed
        archive = program.archive
        self._receiving = Receiving(channel, archive.store, clock, program.dispatch, program.delivery)

    async def says(self, who: str, text: str, kind: MessageKind = MessageKind.TEXT) -> list[str]:
        """One message of one person, handled to the end; what the bot sent because of it."""
        self.channel.switch(CAST[who].account)
        body = {"account": CAST[who].account, "text": text, "kind": kind.value}
        await self.takes(RawUpdate(self.channel.next_identity(), body))
        return self.heard()

    async def takes(self, update: RawUpdate) -> None:
        """One update, handled to the end."""
        await self._receiving.take(update)
        await self._receiving.drain()
        await self.program.reading.read_waiting()
        await self.delivers()

    async def invite(self, unit_name: str, role: Role = Role.REPORTER) -> str:
        """The code of a fresh invite."""
        now = self.clock.now()
        async with self.program.archive.store.unit() as unit:
            authority = await unit.authorities.find(COMMUNE)
            assert authority is not None
            unit_id = await unit.authorities.ensure_unit(authority.id, unit_name)
            return await unit.people.invite(unit_id, role, now=now, expires=now + timedelta(days=1))

    @asynccontextmanager
    async def running(self, channel: Channel) -> AsyncIterator[Program]:
        """The whole program, receiving and sending by itself over another channel."""
        program = program_of(self.program.archive, [channel])
        stop = asyncio.Event()
        running = asyncio.create_task(run_until(program, stop))
        try:
            yield program
        finally:
            stop.set()
            await running

    async def delivers(self) -> None:
        """Send everything that is due."""
        while await self.program.delivery.send_due():
            pass

    async def ticks(self, moment: str) -> list[str]:
        """Turn the clock to a moment and let the program look at it; what the bot sent because of it."""
        self.clock.set(datetime.fromisoformat(moment))
        await self.program.timekeeping.tick()
        await self.delivers()
        return self.heard()

    async def hears(self, words: str) -> str:
        """Wait until something with these words was printed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := next((text for text in self._printed if words in text), None)):
                await asyncio.sleep(0.02)
        return found

    async def settles(self) -> None:
        """Wait until every stored message was handled and every answer sent."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._open():
                await asyncio.sleep(0.05)

    async def _open(self) -> int:
        async with self.program.archive.store.reading() as unit:
            waiting = len(await unit.inbox.waiting(self.channel.name, limit=None))
            return waiting + await unit.outbox.count(OutboxState.WAITING) + await unit.outbox.count(OutboxState.SENDING)

    def heard(self) -> list[str]:
        """Everything printed since the last call, one entry a message."""
        said = [text.strip() for text in self._printed]
        self._printed.clear()
        return said


@asynccontextmanager
async def stage(folder: Path, now: str = "2026-06-23T07:30", plan: Plan | None = None) -> AsyncIterator[Stage]:
    """The invented commune with its people and plan, at a moment."""
    clock = SetClock(datetime.fromisoformat(now).replace(tzinfo=HANOI))
    settings = Settings(data=folder, embedding=EmbeddingChoice.NONE, _env_file=None)  # type: ignore[call-arg]
    async with open_archive(settings, clock) as archive:
        printed: list[str] = []
        channel = ConsoleChannel(tuple(CAST.values()), printed.append)
        program = program_of(archive, [channel])
        read = plan or sample_plan()
        async with archive.store.unit() as unit:
            content = repr(read).encode()
            saved = await unit.plans.save(
                read, file_name="ke-hoach.txt", content_hash=sha256(content).hexdigest(), content=content, adopt=True
            )
            for who, (unit_name, role) in ROLES.items():
                await enrol(unit, saved.authority, who, unit_name, role, clock.now() - timedelta(days=40))
            await keep_calendar(unit, archive.calendar, clock.now())
        await archive.library.put(saved.key, read, file_name="ke-hoach.txt", authority=COMMUNE)
        yield Stage(program, channel, clock, printed)


async def enrol(unit: UnitOfWork, authority: int, who: str, unit_name: str, role: Role, now: datetime) -> None:
    """Let somebody join by invite, as they would."""
    unit_id = await unit.authorities.ensure_unit(authority, unit_name)
    code = await unit.people.invite(unit_id, role, now=now, expires=now + timedelta(days=1))
    player = CAST[who]
    chat = ChatRef(ConsoleChannel.name, player.account)
    actor = Actor(ConsoleChannel.name, player.account, chat, player.name)
    await unit.apply(AcceptInvite(code, player.name, CONSENT_VERSION), actor, now)
