"""A plan read in a process of its own, which ends with whoever waits for it; see ``knowledge.reading_process``."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

import knowledge
from knowledge.errors import UnreadableFile
from knowledge.plan import Plan
from knowledge.reading_process import LENGTH

Progress = Callable[[int, int], Awaitable[None]]

# What a plan is made of. A hostile file that took the process over could else send a pickle that runs code here.
_PARTS: Final = frozenset({"knowledge.plan", "datetime", "decimal"})


class ReadingBroke(Exception):
    """The process died, or met a bug; the message says which, with the traceback."""


async def read_apart(content: bytes, name: str, *, progress: Progress, siblings: Sequence[Plan] = ()) -> Plan:
    """``knowledge.reading.read_plan`` in another process; stops when it is cancelled, and leaves no file behind.

    Raises UnreadableFile with the sentence for the sender, and ReadingBroke.
    """
    home = str(Path(knowledge.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory(prefix="dondoc-reading-", ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "knowledge.reading_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": folder},
            # Ctrl-C is for the program, which then ends this process itself.
            start_new_session=True,
        )
        try:
            return await _asked(process, pickle.dumps((content, name, tuple(siblings))), progress)
        finally:
            # It holds nothing that must be put in order, so it is not asked; the workers of its pages end with it.
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _asked(process: asyncio.subprocess.Process, order: bytes, progress: Progress) -> Plan:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(order)
        await process.stdin.drain()
        process.stdin.close()
        while True:
            match await _frame(process.stdout):
                case "page", page, of:
                    await progress(page, of)
                case "plan", Plan() as plan:
                    return plan
                case "refused", sentence:
                    raise UnreadableFile(sentence)
                case _, trace:
                    raise ReadingBroke(trace)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise ReadingBroke(f"the process ended without a word, exit code {await process.wait()}") from None


async def _frame(stream: asyncio.StreamReader) -> Any:
    length = int.from_bytes(await stream.readexactly(LENGTH), "big")
    return _Parts(io.BytesIO(await stream.readexactly(length))).load()


class _Parts(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _PARTS and "." not in name:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"a plan has no {module}.{name}")
