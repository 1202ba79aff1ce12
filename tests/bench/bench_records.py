"""What the records cost: ``python -m tests.bench.bench_records [URL]`` (an own SQLite file by default).

One commune, 60 indicators of 8 units, a year and a half of monthly and quarterly reports behind it. Prints one JSON
object of milliseconds, medians and 95th percentiles of 60 runs, wall clock and processor time:

view of a reporter, of a coordinator    everything a handler may look at for one message
message                                 one transaction: update, figure, conversation, reply, to the disk
shelf                                   the snapshot that questions are answered from, one run
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

from handlers.changes import SaveDraft
from handlers.message import Outgoing
from handlers.state import IDLE
from handlers.view import Role
from reporting.entry import EntryState, Figure
from reporting.period import Period
from storage.models import EntryRow
from storage.store import Store
from tests.storage.commune import (
    CLOCK,
    CULTURE,
    LAST,
    NOW,
    QUARTER,
    Commune,
    actor,
    indicator,
    percent,
    plan,
    private,
    save,
)

RUNS = 60
UNITS = (*(f"Đơn vị số {number}" for number in range(1, 8)), CULTURE)


async def fill(store: Store) -> Commune:
    """The commune with its past."""
    rows = tuple(
        indicator(str(n + 1), f"Tỷ lệ hộ gia đình trên địa bàn đạt chỉ tiêu số {n + 1}", percent("80"), UNITS[n % 8])
        for n in range(60)
    )
    saved = await save(store, replace(plan(), indicators=rows), b"bench")
    past = [
        Period(f"2025-{m:02}", f"Tháng {m}/2025", date(2025, m, 1), date(2025, m, 12), date(2025, m, 28))
        for m in range(1, 13)
    ]
    async with store.unit() as unit:
        periods = await unit.periods.save(saved.id, [*past, LAST, QUARTER])
        units = {name: number for number, name in await unit.authorities.units(saved.authority)}
        lines = await unit.plans.indicator_rows(saved.id)
        unit.session.add_all(
            EntryRow(
                indicator_id=line.id,
                unit_id=units[UNITS[n % 8]],
                period_id=period.id,
                value=Decimal(50),
                measure="%",
                state=EntryState.SUBMITTED if period.key == QUARTER.key else EntryState.APPROVED,
                at=NOW,
            )
            for period in periods
            for n, line in enumerate(lines)
        )
    now = next(period.id for period in periods if period.key == QUARTER.key)
    assert now is not None
    commune = Commune(store, saved.id, saved.authority, units, now)
    await commune.join("mai", CULTURE, Role.COORDINATOR)
    await commune.join("hoa", UNITS[0], Role.REPORTER)
    return commune


async def message(commune: Commune, number: int, indicator_id: int) -> None:
    """What one typed figure writes."""
    change = SaveDraft(indicator_id, commune.units[UNITS[0]], commune.period, Figure(Decimal(number), "%"))
    async with commune.store.unit() as unit:
        await unit.inbox.add("console", f"u{number}", {"text": str(number)})
        await unit.apply(change, actor("hoa"), NOW)
        await unit.conversations.save(private("hoa"), "hoa", IDLE.at("report", "figure"), None)
        await unit.outbox.add(private("hoa"), Outgoing("Đã hiểu"))
        await unit.inbox.done("console", f"u{number}")


async def timed(run: Callable[[int], Awaitable[object]], runs: int = RUNS) -> dict[str, float]:
    """Milliseconds of ``runs`` runs."""
    wall, processor = [], []
    for number in range(runs):
        started, busy = time.perf_counter(), time.process_time()
        await run(number)
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    late = max(0, round(runs * 0.95) - 1)
    return {
        "p50": round(median(wall), 1),
        "p95": round(sorted(wall)[late], 1),
        "cpu_p50": round(median(processor), 1),
    }


async def measure(url: str) -> dict[str, dict[str, float]]:
    """All figures."""
    store = Store(url, CLOCK)
    await store.migrate()
    commune = await fill(store)
    first = await commune.indicator("1")

    async def shelf(_: int) -> None:
        async with store.reading() as unit:
            await unit.plans.shelf()

    figures = {
        "view_reporter": await timed(lambda _: commune.view("hoa")),
        "view_coordinator": await timed(lambda _: commune.view("mai")),
        "message": await timed(lambda number: message(commune, number, first)),
        "shelf": await timed(shelf, 1),
    }
    await store.close()
    return figures


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        sys.stdout.write(json.dumps(asyncio.run(measure(address)), indent=1) + "\n")
