"""A module of ours run in a process of its own, which ends with whoever waits for it; it speaks in frames."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pickle
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import knowledge
from knowledge.reading_process import LENGTH

# What a plan is made of. A hostile file that took the process over could else send a pickle that runs code here.
_PARTS: Final = frozenset({"knowledge.plan", "knowledge.source", "knowledge.reporting_rule", "datetime", "decimal"})
# Bytes of one frame; the largest plan that a file can hold packs into a tenth of it.
_LARGEST_FRAME: Final = 256_000_000


@contextlib.asynccontextmanager
async def apart(module: str) -> AsyncIterator[Process]:
    """``python -m module``, killed with all that it started at the end of the block; it leaves no file behind."""
    home = str(Path(knowledge.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory(prefix="dondoc-reading-", ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": folder},
            # Ctrl-C is for the program, which then ends this process itself.
            start_new_session=True,
        )
        try:
            yield process
        finally:
            # It holds nothing that must be put in order, so it is not asked; what it started ends with it.
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def order(process: Process, *what: Any) -> None:
    """Tell the process what to do; it is told once. Raises ConnectionError when it is gone."""
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(what))
    await process.stdin.drain()
    process.stdin.close()


async def frame(process: Process) -> Any:
    """The next frame. Raises asyncio.IncompleteReadError when the process is gone, UnpicklingError for a frame that no
    process of ours writes."""
    assert process.stdout is not None
    length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
    if length > _LARGEST_FRAME:
        raise pickle.UnpicklingError(f"a frame of {length} bytes")
    return _Parts(io.BytesIO(await process.stdout.readexactly(length))).load()


class _Parts(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _PARTS and "." not in name:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"a plan has no {module}.{name}")
