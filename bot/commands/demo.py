"""``dondoc demo``: the whole job once, on this screen, with an invented commune.

A tour of short scenes: each says who acts and proposes what to type; Enter plays the proposal, anything else is sent
instead. The commune, its people and the quarter before come from ``examples/``. The tour keeps its records in a folder
of its own and removes it at the end; the real records are never opened.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tomllib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.archive import open_archive
from bot.channels.channel import RawUpdate
from bot.channels.console import ConsoleChannel, Player
from bot.commands.chat import LEAVE, command_of
from bot.commands.demo_seed import seed
from bot.receiving import Receiving
from bot.settings import EmbeddingChoice, Settings
from bot.wiring import Program, program_of
from handlers.join import looks_like_code
from handlers.message import MessageKind
from knowledge.errors import Misconfigured
from knowledge.repair import strip_marks
from scheduler.clock import HANOI, SetClock

EXAMPLES = Path(__file__).parents[2] / "examples"
# Three working days before the quarter's deadline, just before the morning's reminders.
STARTS = datetime(2026, 6, 23, 7, 50, tzinfo=HANOI)
# Stands in a proposal for the invite code that the bot showed last.
CODE = "{mã}"


@dataclass(frozen=True, slots=True)
class Line:
    """One proposed message: who types what.

    ``about`` is said before it; ``at`` turns the clock first, and what the bot then sends by itself is shown as ``who``
    sees it. A line without ``text`` only looks. ``when``: the line is left out unless the bot's last messages hold
    these words, so that the tour never proposes what is not being asked for.
    """

    who: str
    text: str | None
    about: str | None = None
    at: datetime | None = None
    when: str = ""


def _day(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=HANOI)


TOUR = (
    Line("lan", "kế hoạch", "1/7. Kế hoạch của xã đã được đọc từ bản quét. Chị Lan, đầu mối của xã, xem lại."),
    Line("lan", "kiểm tra", "Chỗ nào bản quét in sai thì trợ lý hỏi, không tự đoán.", when="cần anh/chị kiểm tra"),
    Line("lan", "đúng", when="Đúng, "),
    Line("lan", "đúng", when="Đúng, "),
    Line("lan", "mời", "2/7. Chị Lan mời chị Sen, người mới của tổ công nghệ số cộng đồng."),
    Line("lan", "Tổ công nghệ số cộng đồng"),
    Line("lan", "Báo cáo số liệu"),
    Line("sen", CODE, "Chị Sen nhận mã mời, gõ lại cho trợ lý."),
    Line("sen", "đồng ý"),
    Line("hoa", None, "3/7. 8 giờ sáng 23/6, còn 3 ngày làm việc: trợ lý tự nhắc.", _day(23, 8)),
    Line("hoa", "báo cáo", "4/7. Chị Hoa báo cáo cho Trạm Y tế xã, từng chỉ tiêu một.", _day(23, 9, 15)),
    Line("hoa", "7,63", "Gõ nhầm: số giảm mạnh so với kỳ trước thì trợ lý hỏi lại."),
    Line("hoa", "76,3"),
    Line(
        "hoa", "ai chu tri ho so benh an dien tu?", "Hỏi ngang, gõ không dấu: trợ lý trả lời rồi quay lại câu đang dở."
    ),
    Line("hoa", "hoàn thành"),
    Line("hoa", "92"),
    Line("hoa", "nộp"),
    Line("lan", "duyệt", "5/7. Chị Lan duyệt: trả lại một chỉ tiêu kèm lý do, chị Hoa sửa, rồi duyệt.", _day(23, 10)),
    Line("lan", "xem từng báo cáo"),
    Line("lan", "trả lại"),
    Line("lan", "1"),
    Line("lan", "thiếu số đạt"),
    Line("hoa", "sửa chỉ tiêu này"),
    Line("hoa", "4390/5753"),
    Line("hoa", "nộp"),
    Line("lan", "duyệt", at=_day(23, 10, 20)),
    Line("lan", "duyệt 1 báo cáo"),
    Line("maianh", "tiến độ", "6/7. Chủ tịch xem tiến độ của cả xã.", _day(23, 11)),
    Line("maianh", "theo đơn vị"),
    Line(
        "maianh", "chi tieu chu ky so cua xa minh la bao nhieu", "7/7. Hỏi về kế hoạch, có dấu hay không dấu cũng được."
    ),
    Line("maianh", "tài khoản VNeID mức 2 của xã so với tỉnh thế nào"),
    Line("maianh", "nam 2030 phu song 5g bao nhieu", "Kế hoạch không nêu thì trợ lý nói là không nêu."),
)

INTRO = (
    "Đôn Đốc: dạo một vòng cả công việc ở xã Hòa Mẫu. Xã, người và số liệu đều là tưởng tượng.\n"
    "Mỗi bước có sẵn một tin gợi ý: bấm Enter để gửi, hoặc gõ tin khác.\n"
    '"/ai" xem có những ai, "/là TÊN" để đổi người, "/hết" để thoát.\n'
)
OUTRO = (
    "\nĐã dạo hết một vòng. Anh/chị cứ gõ tiếp, trong vai ai cũng được:\n"
    '"/ai" xem có những ai, "/là TÊN" để đổi người, "/hết" để thoát.\n'
)
OTHERS = "  (cùng lúc, {count} người khác cũng được nhắc phần việc của mình)"


async def run_demo(settings: Settings, script: Path | None) -> None:
    """Seed a fresh sample and play the tour; without a keyboard it plays itself to the end.

    Raises ``Misconfigured`` where the sample is missing (an installation without the source tree).
    """
    if not EXAMPLES.is_dir():
        raise Misconfigured("Bản thử cần thư mục examples của mã nguồn; hãy chạy make demo trong thư mục đó.")
    lines: Iterable[Line] = TOUR if script is None else _scripted(script)
    keyboard = sys.stdin.isatty() and script is None
    click.echo(INTRO)
    settings.data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="demo-", dir=settings.data, ignore_cleanup_errors=True) as folder:
        async with open_stage(_own_world(settings, Path(folder))) as stage:
            for line in lines:
                if not await stage.play(line, keyboard):
                    return
            if keyboard:
                click.echo(OUTRO)
                while await stage.free():
                    pass


def _own_world(settings: Settings, folder: Path) -> Settings:
    """Settings under which nothing real is read or written, and no foreign service asked.

    Without vectors: the words alone are enough for two plans, and the tour starts at once.
    """
    own = {"data": folder, "database_url": None, "embedding": EmbeddingChoice.NONE, "llm": "none"}
    return settings.model_copy(update=own)


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
        heard: list[str] = []
        channel = ConsoleChannel(players, heard.append)
        await seed(archive, people, EXAMPLES, STARTS - timedelta(days=60))
        yield DemoStage(program_of(archive, [channel]), channel, clock, heard)


class DemoStage:
    """The program and the people, moved by hand: a message is handled to its end before the next is typed.

    ``heard`` is where the channel leaves what the bot said.
    """

    def __init__(self, program: Program, channel: ConsoleChannel, clock: SetClock, heard: list[str]) -> None:
        self._program = program
        self._channel = channel
        self._clock = clock
        self._heard = heard
        self._last = ""
        self._code: str | None = None
        self._receiving = Receiving(channel, program.archive.store, clock, program.dispatch, program.delivery)

    async def play(self, line: Line, keyboard: bool) -> bool:
        """Propose one line and send it, or what was typed instead; False when the person leaves."""
        if line.when not in self._last:
            return True
        text = line.text
        if text == CODE:
            if self._code is None:
                return True
            text = self._code
        if line.about:
            click.secho(f"\n{line.about}", bold=True)
        self._channel.switch(line.who)
        if line.at is not None:
            await self._wake(line.at)
        if text is None:
            return True
        click.secho(f"{self._channel.player.name}> {text}", fg="cyan", nl=not keyboard)
        if keyboard:
            click.echo("  [Enter] ", nl=False)
            typed = await _typed_line()
            if not typed:
                return False
            if typed.strip():
                return await self._typed(typed.strip())
        await self._send(text)
        return True

    async def free(self) -> bool:
        """One line of whoever is at the keyboard; False when they leave."""
        click.secho(f"{self._channel.player.name}> ", fg="cyan", nl=False)
        typed = await _typed_line()
        return bool(typed) and (not typed.strip() or await self._typed(typed.strip()))

    async def _typed(self, text: str) -> bool:
        if strip_marks(text) in LEAVE:
            return False
        if not command_of(self._channel, text):
            await self._send(text)
        return True

    async def _wake(self, at: datetime) -> None:
        """Let the clock strike; show what the present person hears, and only count what others hear."""
        self._clock.set(at)
        await self._program.timekeeping.tick()
        await self._deliver()
        theirs = [message for message in self._heard if message.startswith("< [tới ")]
        self._heard[:] = [message for message in self._heard if message not in theirs]
        self._show()
        if theirs:
            click.echo(OTHERS.format(count=len(theirs)))

    async def _send(self, text: str) -> None:
        body = {"account": self._channel.player.account, "text": text, "kind": MessageKind.TEXT.value}
        await self._receiving.take(RawUpdate(self._channel.next_identity(), body))
        await self._receiving.drain()
        await self._program.reading.read_waiting()
        await self._deliver()
        self._show()

    async def _deliver(self) -> None:
        while await self._program.delivery.send_due():
            pass

    def _show(self) -> None:
        for message in self._heard:
            click.echo("\n".join(line.rstrip() for line in message.split("\n")), nl=False)
        self._last = "".join(self._heard)
        self._heard.clear()
        codes = [word for word in re.findall(r"\b[A-Z0-9]{8,}\b", self._last) if looks_like_code(word)]
        self._code = codes[-1] if codes else self._code


async def _typed_line() -> str:
    """One line of the terminal, waited for in the loop, so that Ctrl-C ends the tour at once; "" at its end."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(sys.stdin, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sys.stdin)
    return sys.stdin.readline()
