"""The console channel: one terminal, several people; the demo's stage and ``dondoc chat``."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
import unicodedata
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.channels.channel import Abilities, Delivered, Moved, RawUpdate
from bot.channels.menu import render
from handlers.message import Attachment, ChatRef, Document, Incoming, MessageKind, Outgoing
from knowledge.errors import FileTooLarge, NotADocument

NAME = "console"
# "/gửi đường-dẫn" hands the bot a file; "/là tên" switches the person; both with or without marks.
_SEND = ("/gửi ", "/gui ")
_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True)
class Player:
    """One of the people at the terminal."""

    account: str
    name: str


class ConsoleChannel:
    """Reads lines from a terminal on behalf of ``player``; prints what the bot sends to anybody, with the name.

    Files and pictures are written into ``files`` and named; without such a folder they are only named.
    """

    name = NAME
    abilities = Abilities(buttons=False, text_limit=100_000, sends_files=True, per_chat_seconds=0.0, per_second=1_000.0)

    def __init__(
        self,
        players: tuple[Player, ...],
        write: Callable[[str], None] | None = None,
        files: Path | None = None,
    ) -> None:
        self.players = {player.account: player for player in players}
        self.player = players[0]
        self._write = write or _print
        self._files = files
        self._lines: asyncio.Queue[RawUpdate] = asyncio.Queue()
        # Unique over restarts: the database remembers every update it has seen.
        self._count = itertools.count(time.time_ns())

    async def check(self) -> str:
        """Who plays."""
        return ", ".join(player.name for player in self.players.values())

    def type(self, line: str, kind: MessageKind = MessageKind.TEXT) -> None:
        """Queue one line of the present player."""
        body = {"account": self.player.account, "text": line, "kind": kind.value}
        self._lines.put_nowait(RawUpdate(self.next_identity(), body))

    def next_identity(self) -> str:
        """An identity that no line had before."""
        return str(next(self._count))

    def switch(self, account: str) -> None:
        """From now on somebody else types."""
        self.player = self.players[account]

    async def updates(self, after: str | None) -> AsyncIterator[RawUpdate]:
        """Lines as they are typed."""
        while True:
            yield await self._lines.get()

    def parse(self, update: RawUpdate) -> Incoming | None:
        """A line as a message; a line "/gửi FILE" is a file."""
        body = update.body
        account, text = body["account"], unicodedata.normalize("NFC", body["text"]).strip()
        kind = MessageKind(body["kind"])
        attachment = None
        for command in _SEND:
            if text.startswith(command):
                path = Path(text.removeprefix(command).strip())
                kind = MessageKind.PHOTO if path.suffix.lower() in _PICTURES else MessageKind.FILE
                attachment, text = Attachment(str(path), path.name), ""
        player = self.players.get(account)
        return Incoming(
            chat=ChatRef(self.name, account),
            update=update.identity,
            account=account,
            account_name=player.name if player else None,
            kind=kind,
            text=text,
            attachment=attachment,
        )

    def moved(self, update: RawUpdate) -> Moved | None:
        """Chats keep their addresses here."""
        return None

    async def send(self, to: ChatRef, message: Outgoing) -> Delivered:
        """Print the message; what is for somebody else says for whom."""
        player = self.players.get(to.address)
        head = "" if to.address == self.player.account or player is None else f"[tới {player.name}]\n"
        lines = (head + render(message, buttons=False)).split("\n")
        if message.document is not None:
            lines.append(f"(tệp: {await asyncio.to_thread(self._kept, message.document)})")
        self._write("\n".join(f"< {line}" if n == 0 else f"  {line}" for n, line in enumerate(lines)) + "\n")
        return Delivered(str(time.time_ns()))

    def _kept(self, document: Document) -> str:
        """What the file is called on this machine: its path where there is a folder for it; a later one of the same
        name takes its place."""
        if self._files is None:
            return document.name
        self._files.mkdir(parents=True, exist_ok=True)
        path = self._files / Path(document.name).name
        path.write_bytes(document.content)
        return str(path)

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """Read the file from this machine."""
        path = Path(attachment.ref).expanduser()
        if not path.is_file():
            raise NotADocument(f"Tôi không thấy tệp {path.name}. Anh/chị kiểm tra lại đường dẫn giúp.")
        if path.stat().st_size > limit:
            raise FileTooLarge(f"Tệp lớn hơn {limit // 1024 // 1024} MB. Anh/chị gửi bản nhỏ hơn giúp.")
        return await asyncio.to_thread(path.read_bytes)

    async def acknowledge(self, update: RawUpdate) -> None:
        """Nothing spins on a terminal."""

    def is_group(self, chat: ChatRef) -> bool:
        """A terminal has no groups."""
        return False

    def invite_link(self, code: str) -> str | None:
        """A terminal has no links; the code is typed."""
        return None

    async def close(self) -> None:
        """Nothing to close."""


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
