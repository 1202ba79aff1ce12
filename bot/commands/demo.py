"""``dondoc demo``: the whole job once, on this screen, with an invented commune.

A tour of short scenes: each says who acts and proposes what to type; Enter plays the proposal, anything else is sent
instead. The commune, its people and the quarter before come from ``examples/``; the data folder is the demo's own.
"""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from bot.archive import open_archive
from bot.channels.channel import RawUpdate
from bot.channels.console import ConsoleChannel, Player
from bot.commands.chat import LEAVE, command_of
from bot.commands.demo_seed import seed
from bot.receiving import Receiving
from bot.settings import EmbeddingChoice, Settings
from bot.wiring import Program, program_of
from handlers.message import MessageKind
from knowledge.errors import Misconfigured
from knowledge.repair import strip_marks
from scheduler.clock import HANOI, SetClock

EXAMPLES = Path(__file__).parents[2] / "examples"
# Three working days before the quarter's deadline, just before the morning's reminders.
STARTS = datetime(2026, 6, 23, 7, 58, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Line:
    """One proposed message: who types what. ``about`` is said before it; ``at`` turns the clock first."""

    who: str
    text: str
    about: str | None = None
    at: datetime | None = None


def _day(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=HANOI)


TOUR = (
    Line("lan", "kế hoạch", "1/7. Kế hoạch đã được đọc từ bản quét. Chị Lan, đầu mối của xã, xem chỗ chưa rõ."),
    Line("lan", "kiểm tra"),
    Line("lan", "đúng"),
    Line("lan", "mời", "2/7. Chị Lan mời thêm một người báo cáo."),
    Line("lan", "Trạm Y tế xã"),
    Line("lan", "Báo cáo số liệu"),
    Line("hoa", "báo cáo", "3/7. Sáng 23/6, còn 3 ngày làm việc: trợ lý tự nhắc. Chị Hoa báo cáo.", _day(23, 8)),
    Line("hoa", "4390/5753"),
    Line("hoa", "chi tieu nay tinh the nao"),
    Line("hoa", "hoàn thành"),
    Line("hoa", "9,2", "4/7. Gõ nhầm: số giảm mạnh so với kỳ trước thì trợ lý hỏi lại."),
    Line("hoa", "92"),
    Line("hoa", "nộp"),
    Line("lan", "duyệt", "5/7. Chị Lan duyệt."),
    Line("lan", "1"),
    Line("maianh", "tiến độ", "6/7. Chủ tịch xem tiến độ."),
    Line("maianh", "chi tieu 5g cua xa minh la bao nhieu", "7/7. Hỏi đáp, gõ không dấu cũng được."),
    Line("maianh", "xã so với tỉnh thì chỉ tiêu VNeID thế nào"),
    Line("maianh", "nam 2030 phu song 5g bao nhieu"),
)

INTRO = (
    "Đôn Đốc - bản thử với xã Hòa Mẫu (xã, người và số liệu đều tưởng tượng).\n"
    'Mỗi bước: Enter để gửi tin gợi ý, hoặc gõ tin khác. "/là TÊN" đổi người, "/hết" để thoát.\n'
)
OUTRO = (
    'Hết phần dạo. Anh/chị cứ gõ tiếp, dưới vai ai cũng được ("/ai" xem danh sách, "/là TÊN" để đổi, "/hết" để thoát).'
)


async def run_demo(settings: Settings, script: Path | None) -> None:
    """Seed the demo's data folder and play the tour; without a keyboard it plays itself to the end."""
    if not EXAMPLES.is_dir():
        raise Misconfigured("Bản thử cần thư mục examples của mã nguồn; hãy chạy make demo trong thư mục đó.")
    # The words alone are enough for one plan, and the tour starts without computing vectors.
    settings = settings.model_copy(update={"embedding": EmbeddingChoice.NONE, "log_level": "WARNING"})
    async with open_stage(settings) as stage:
        click.echo(INTRO)
        lines: Iterable[Line] = TOUR if script is None else _scripted(script)
        keyboard = sys.stdin.isatty() and script is None
        for line in lines:
            if not await stage.play(line, keyboard):
                return
        if keyboard:
            click.echo(OUTRO)
            while await stage.free():
                pass


def _scripted(script: Path) -> list[Line]:
    """A file of lines "who: text"."""
    lines = []
    for line in script.read_text(encoding="utf-8").splitlines():
        who, _, text = line.partition(":")
        if text.strip():
            lines.append(Line(who.strip(), text.strip()))
    return lines


@asynccontextmanager
async def open_stage(settings: Settings) -> AsyncIterator[DemoStage]:
    """The sample commune, loaded and ready."""
    people = tomllib.loads((EXAMPLES / "people.toml").read_text(encoding="utf-8"))
    clock = SetClock(STARTS)
    async with open_archive(settings, clock) as archive:
        players = tuple(Player(person["key"], person["name"]) for person in people["people"])
        channel = ConsoleChannel(players)
        await seed(archive, people, EXAMPLES, STARTS - timedelta(days=60))
        yield DemoStage(program_of(archive, [channel]), channel, clock, people["people"])


class DemoStage:
    """The program and the people, moved by hand: a message is handled to its end before the next is typed."""

    def __init__(
        self, program: Program, channel: ConsoleChannel, clock: SetClock, people: list[dict[str, Any]]
    ) -> None:
        self._program = program
        self._channel = channel
        self._clock = clock
        self._people = {person["key"]: person for person in people}
        self._receiving = Receiving(channel, program.archive.store, clock, program.dispatch, program.delivery)

    async def play(self, line: Line, keyboard: bool) -> bool:
        """Propose one line and send it, or what was typed instead; False when the person leaves."""
        if line.about:
            click.secho(f"\n{line.about}", bold=True)
        if line.at is not None:
            self._clock.set(line.at)
            await self._program.timekeeping.tick()
            await self._deliver()
        self._channel.switch(line.who)
        click.secho(f"{self._people[line.who]['name']}> {line.text}", fg="cyan")
        if keyboard:
            typed = await asyncio.to_thread(sys.stdin.readline)
            if not typed:
                return False
            if typed.strip():
                return await self._typed(typed.strip())
        await self._send(line.text)
        return True

    async def free(self) -> bool:
        """One line of whoever is at the keyboard; False when they leave."""
        click.secho(f"{self._channel.player.name}> ", fg="cyan", nl=False)
        typed = await asyncio.to_thread(sys.stdin.readline)
        return bool(typed) and (not typed.strip() or await self._typed(typed.strip()))

    async def _typed(self, text: str) -> bool:
        if strip_marks(text) in LEAVE:
            return False
        if not command_of(self._channel, text):
            await self._send(text)
        return True

    async def _send(self, text: str) -> None:
        body = {"account": self._channel.player.account, "text": text, "kind": MessageKind.TEXT.value}
        await self._receiving.take(RawUpdate(self._channel.next_identity(), body))
        await self._receiving.drain()
        await self._program.reading.read_waiting()
        await self._deliver()

    async def _deliver(self) -> None:
        while await self._program.delivery.send_due():
            pass
