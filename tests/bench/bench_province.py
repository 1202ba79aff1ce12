"""Answers over a province: ``python -m tests.bench.bench_province``.

A province and 96 communes, a thousand passages each: the client's five plans in turn, under other names and numbers,
made as long by passages of all of them. Officials of communes drawn by chance ask the gold questions, in one process
and with words alone: first while the plans are being prepared, then when most are. Building the index takes a minute.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from knowledge.plan import Plan
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf, ShelvedPlan
from tests.bench.five_plans import absent, gold, read_plans, say, table

PROVINCE: Final = "UBND tỉnh Quảng Ngãi"
PLANS: Final = 97
PASSAGES: Final = 1_030  # of a plan: 100,000 in all
ASKED: Final = 300
TODAY: Final = date(2026, 11, 22)


def province(draw: random.Random) -> Iterator[ShelvedPlan]:
    """The plans, the province's own first."""
    real = [plan for _, plan in read_plans().values()]
    every = [chunk for plan in real for chunk in plan.chunks]
    for number in range(PLANS):
        plan = real[number % len(real)]
        more = draw.choices(every, k=PASSAGES - len(plan.chunks))
        after = plan.chunks[-1].source.last + 1
        moved = (replace(c, source=replace(c.source, first=after + n, last=after + n)) for n, c in enumerate(more))
        name = f"UBND xã Đồng Mới {number}" if number else PROVINCE
        head = replace(plan.document, number=f"{number + 1}/KH-UBND", issuer=name)
        longer: Plan = replace(plan, document=head, chunks=(*plan.chunks, *moved))
        yield ShelvedPlan(f"p{number}", name, "ke-hoach.txt", longer, PROVINCE if number else None)


def resident() -> float:
    """Megabytes that the process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 2**20


def ask(answerer: Answerer, shelf: Shelf, draw: random.Random) -> list[float]:
    """Milliseconds of each of ``ASKED`` questions, ascending."""
    questions = [row["question"] for row in gold("000") + gold("004")]
    times = []
    for _ in range(ASKED):
        asker, question = draw.choice(shelf.plans).authority, draw.choice(questions)
        start = time.perf_counter()
        answerer.answer(question, shelf, asker=asker, today=TODAY)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def main() -> int:
    """Run the bench; 0 also where the plans are absent, which is said."""
    if reason := absent():
        say(reason)
        return 0
    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        index = PlanIndex(Path(folder))
        shelf = Shelf(tuple(province(draw)))
        for plan in shelf.plans:
            index.replace(plan.key, plan.plan, file_name=plan.file_name, authority=plan.authority, vectors=False)
        answerer, before = Answerer(index), resident()
        rows = []
        for name in ("first 300 questions", "next 300", "next 300"):
            times = ask(answerer, shelf, draw)
            middle, late = times[ASKED // 2], times[int(ASKED * 0.95)]
            rows.append([name, f"{middle:.0f} ms", f"{late:.0f} ms", f"{resident() - before:.0f} MB"])
        say(f"{sum(len(p.plan.chunks) for p in shelf.plans):,} passages of {PLANS} plans")
        table(["asked", "p50", "p95", "memory above the start"], rows)
        index.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
