"""A plan read in a process of its own; see ``knowledge.reading_process``."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence

from bot.apart import apart, frame, order
from knowledge.errors import UnreadableFile
from knowledge.plan import Plan

Progress = Callable[[int, int], Awaitable[None]]


class ReadingBroke(Exception):
    """The process met a bug; the message is its traceback."""


class ReadingDied(ReadingBroke):
    """The process died without a word: out of memory, or a library that fell over the file."""


async def read_apart(content: bytes, name: str, *, progress: Progress, siblings: Sequence[Plan] = ()) -> Plan:
    """``knowledge.reading.read_plan`` in another process; stops when it is cancelled, and leaves no file behind.

    Raises UnreadableFile with the sentence for the sender, ReadingBroke and ReadingDied.
    """
    async with apart("knowledge.reading_process") as process:
        try:
            await order(process, content, name, tuple(siblings))
            return await _read(process, progress)
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await process.wait()
            raise ReadingDied(f"the process ended without a word, exit code {code}") from None


async def _read(process: Process, progress: Progress) -> Plan:
    while True:
        match await frame(process):
            case "page", page, of:
                await progress(page, of)
            case "plan", Plan() as plan:
                return plan
            case "refused", sentence:
                raise UnreadableFile(sentence)
            case _, trace:
                raise ReadingBroke(trace)
