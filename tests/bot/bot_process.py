"""``dondoc`` as a user runs it: a process of its own, over a data folder, that can be killed and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


class BotProcess:
    """The program against a messenger's server on this machine."""

    def __init__(self, data: Path, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
        self._environment = {
            **kept,
            "DONDOC_DATA": str(data),
            "DONDOC_EMBEDDING": "none",
            "DONDOC_POLL_SECONDS": "2",
            "PYTHONPATH": str(REPOSITORY),
            **settings,
        }
        self._data = data
        self._log = data.parent / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process is not None
        return self._process.pid

    async def command(self, *arguments: str, parse: bool = True) -> Any:
        """Run one command to its end; its standard output, read as JSON where it is JSON and ``parse`` says so."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli",
            *arguments,
            cwd=self._data.parent,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        text = out.decode()
        return json.loads(text) if parse and text.startswith(("{", "[")) else text

    async def start(self, now: str) -> None:
        """Start ``dondoc run`` with its clock at ``now``; returns once it receives."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.cli",
                "run",
                "--now",
                now,
                cwd=self._data.parent,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """SIGKILL: no farewell, nothing flushed."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        self._process = None

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(self._process.wait(), 20)
        self._process = None
        return code

    async def end(self) -> None:
        """Leave no process behind, whatever happened."""
        if self._process is not None:
            await self.kill()

    def log(self) -> str:
        """Everything that was logged."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""
