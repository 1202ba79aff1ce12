"""``dondoc chat``: the whole bot on this screen; one person at the keyboard may be any of the registered people."""

from __future__ import annotations

import asyncio
import sys

import click

from bot.archive import Archive, open_archive
from bot.channels.console import ConsoleChannel, Player
from bot.serving import run_until
from bot.settings import Settings
from bot.wiring import program_of
from knowledge.repair import strip_marks
from scheduler.clock import Clock

# What ends the conversation, folded.
LEAVE = ("/het", "/thoat", "/quit")
INTRO = 'Gõ tin nhắn rồi Enter. "/là TÊN" để đổi người, "/ai" để xem danh sách, "/gửi TỆP" để gửi tệp, "/hết" để thoát.'
# The folder, within the data folder, for files and pictures that the bot sends to this screen.
RECEIVED = "da-nhan"
# Somebody who was not invited yet can always be played: with the invite code they become a person.
STRANGER = Player("khach", "Khách")


async def chat_here(settings: Settings, clock: Clock) -> None:
    """Talk with the bot on a terminal until "/hết" or the end of input."""
    async with open_archive(settings, clock) as archive:
        channel = ConsoleChannel((*await players_of(archive), STRANGER), files=settings.data / RECEIVED)
        stop = asyncio.Event()
        click.echo(INTRO, err=True)
        _who(channel)
        async with asyncio.TaskGroup() as group:
            group.create_task(run_until(program_of(archive, [channel]), stop))
            group.create_task(_type(channel, stop))


async def players_of(archive: Archive) -> tuple[Player, ...]:
    """Everybody who is registered on the console."""
    players = {}
    async with archive.store.reading() as unit:
        for authority in await unit.authorities.list():
            for member in await unit.people.members(authority.id):
                for chat in member.chats:
                    if chat.channel == ConsoleChannel.name:
                        players[chat.address] = Player(chat.address, member.name or chat.address)
    return tuple(players.values())


async def _type(channel: ConsoleChannel, stop: asyncio.Event) -> None:
    while True:
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line or strip_marks(line).strip() in LEAVE:
            stop.set()
            return
        if line.strip() and not command_of(channel, line.strip()):
            channel.type(line.strip())


def command_of(channel: ConsoleChannel, line: str) -> bool:
    """Carry out a word to the terminal ("/ai", "/là TÊN"); False for a message to the bot."""
    folded = strip_marks(line)
    if folded == "/ai":
        for player in channel.players.values():
            click.echo(f"  {player.name}", err=True)
    elif folded.startswith("/la "):
        wanted = folded.removeprefix("/la ").strip()
        found = [p for p in channel.players.values() if wanted in (p.account, strip_marks(p.name))]
        found = found or [p for p in channel.players.values() if wanted in strip_marks(p.name)]
        if len(found) == 1:
            channel.switch(found[0].account)
            _who(channel)
        else:
            click.echo('Không rõ là ai. Gõ "/ai" để xem danh sách.', err=True)
    else:
        return False
    return True


def _who(channel: ConsoleChannel) -> None:
    click.echo(f"(bây giờ là: {channel.player.name})", err=True)
