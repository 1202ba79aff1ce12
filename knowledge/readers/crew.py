"""Worker processes that read the pages of one file side by side; see ``page_worker`` for what they do and
why.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import knowledge
from knowledge import errors
from knowledge.errors import NotADocument, UnreadableFile

SECONDS_A_REQUEST = 300  # for a page; the slowest real page takes fifteen seconds on an idle machine
MAX_WORKERS = 8  # each holds some 150 MB; a server with more cores has other work to do


def cores() -> int:
    """How many processes this one may use at once."""
    try:
        available = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        available = os.cpu_count() or 1
    return min(MAX_WORKERS, available)


class Worker:
    """One process. Not for several threads at once."""

    def __init__(self, file: IO[bytes]) -> None:
        home = str(Path(knowledge.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        single = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, the file is handed over open
            [sys.executable, "-m", "knowledge.readers.page_worker", f"/dev/fd/{file.fileno()}"],
            pass_fds=(file.fileno(),),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, **single, "PYTHONPATH": path}, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    def ask(self, request: dict[str, Any], seconds: float = SECONDS_A_REQUEST) -> Any:
        """The worker's answer. Raises UnreadableFile as the worker did, or when it failed, died or took too
        long.
        """
        timer = threading.Timer(seconds, self.stop)
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            reply = json.loads(self._process.stdout.readline() or "{}")
        except (OSError, ValueError):
            reply = {}
        finally:
            timer.cancel()
        if "done" in reply:
            return reply["done"]
        if "refused" in reply:
            raise getattr(errors, reply["refused"])(reply["sentence"])
        raise NotADocument(_unreadable(request.get("page")))

    def stop(self) -> None:
        """End the process and what it started."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def close(self) -> None:
        """End the process and free what it held."""
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()


class Crew:
    """As many workers as there are cores and pages, all on one open file, which needs no name; use as a context."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all = [Worker(file)]
        self._idle.put(self._all[0])

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._all:
            worker.close()

    def survey(self) -> Any:
        """What the file offers, page by page."""
        return self._ask({"do": "survey"})

    def read(self, requests: Sequence[dict[str, Any]]) -> Iterator[tuple[int, Any]]:
        """The answers with the index of their request, in the order in which they are done; a few are under
        way at once.

        Raises the first UnreadableFile that a page meets; the others are then given up.
        """
        while len(self._all) < min(cores(), len(requests)):
            self._all.append(Worker(self._file))
            self._idle.put(self._all[-1])
        with ThreadPoolExecutor(len(self._all)) as pool:
            under_way: dict[Future[Any], int] = {}
            waiting = iter(enumerate(requests))
            try:
                while True:
                    for index, request in waiting:
                        under_way[pool.submit(self._ask, request)] = index
                        if len(under_way) > len(self._all):
                            break
                    if not under_way:
                        return
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield under_way.pop(future), future.result()
            except UnreadableFile:
                for worker in self._all:
                    worker.stop()
                raise

    def _ask(self, request: dict[str, Any]) -> Any:
        worker = self._idle.get()
        try:
            return worker.ask(request)
        finally:
            self._idle.put(worker)


def _unreadable(page: int | None) -> str:
    where = "Tệp" if page is None else f"Trang {page} của tài liệu"
    return f"{where} bị hỏng hoặc quá nặng, không đọc được; anh/chị xuất hoặc quét lại rồi gửi lại giúp."
