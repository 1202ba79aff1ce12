"""The bot in one process: every channel, the sender, the plan reader and the time, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.channels.channel import DeliveryFailed
from bot.receiving import Receiving
from bot.wiring import Program
from knowledge.errors import Misconfigured

log = structlog.get_logger()

# Time for messages in hand to be finished after a stop was asked for; Docker kills after ten seconds.
_FINISH_WITHIN = 8.0


async def serve(program: Program) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand. Raises ``Misconfigured`` on a token that is refused."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    for channel in program.channels.values():
        try:
            who = await channel.check()
        except DeliveryFailed as failure:
            # A router that is still down at boot must not stop the bot: the channel introduces itself later.
            log.warning("channel_unreachable", channel=channel.name, reason=failure.reason)
            continue
        log.info("channel_ready", channel=channel.name, account=who)
        if who.startswith("@"):
            program.dispatch.links[channel.name] = (channel.invite_link("") or who).partition("?")[0]
    await run_until(program, stop)


async def run_until(program: Program, stop: asyncio.Event) -> None:
    """Run every part until ``stop``; a part that breaks for good stops the program, so that it is started again."""
    store, dispatch, delivery = program.archive.store, program.dispatch, program.delivery
    clock = program.archive.clock
    receivings = [Receiving(channel, store, clock, dispatch, delivery) for channel in program.channels.values()]
    parts: list[Coroutine[Any, Any, None]] = [
        *(receiving.run() for receiving in receivings),
        delivery.run(),
        program.reading.run(),
        program.timekeeping.run(),
        program.evidence.run(),
        _embed(program),
    ]
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(part) for part in parts]
    stopping: asyncio.Task[Any] = asyncio.create_task(stop.wait())
    log.info("ready", channels=sorted(program.channels))
    try:
        done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
        broken = [task for task in done if task is not stopping and task.exception() is not None]
        if broken:
            raise broken[0].exception() or Misconfigured("Một phần của chương trình đã dừng; xem nhật ký rồi chạy lại")
    finally:
        log.info("stopping")
        for task in tasks[: len(receivings)]:
            task.cancel()
        await _finish(receivings, program)
        for task in (stopping, *tasks):
            task.cancel()
        await asyncio.gather(stopping, *tasks, return_exceptions=True)
        for channel in program.channels.values():
            await channel.close()
        log.info("stopped")


async def _finish(receivings: list[Receiving], program: Program) -> None:
    """Handle what was taken in, and send the replies; what does not fit into the time stays for the next start."""
    try:
        async with asyncio.timeout(_FINISH_WITHIN):
            await asyncio.gather(*(receiving.drain() for receiving in receivings))
            await program.delivery.finish()
    except TimeoutError:
        log.warning("stopped_before_all_was_sent")


async def _embed(program: Program) -> None:
    """Let the index follow the records, prepare them for the first question, and compute missing vectors."""
    warm = False
    while True:
        try:
            await program.archive.library.catch_up(program.archive.store)
            if not warm:
                await program.archive.library.warm(program.archive.store, program.archive.clock.now().date())
                warm = True
            made = await program.archive.library.embed()
            if made:
                log.info("vectors_made", count=made)
        except Exception:
            log.exception("vectors_failed")
        await asyncio.sleep(_EMBED_EVERY)


# New plans come a few times a year; a minute after they were read their vectors are made.
_EMBED_EVERY = 60.0
