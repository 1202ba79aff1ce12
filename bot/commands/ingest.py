"""``dondoc ingest FILE...``: read plans, keep them, put them in force and into the index; safe to repeat."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.archive import Archive, open_archive
from bot.calendar_keeping import keep_calendar
from bot.commands.plan import read_file
from bot.settings import Settings
from knowledge.errors import Refused
from knowledge.plan import Plan
from knowledge.reading import read_plan
from scheduler.clock import Clock


async def ingest_files(
    settings: Settings, clock: Clock, files: Sequence[Path], *, vectors: bool, as_json: bool
) -> None:
    """Keep each file; a file that is refused is named and does not stop the others, but the exit code is 1."""
    refused = 0
    async with open_archive(settings, clock) as archive:
        read: list[Plan] = []
        for file in files:
            try:
                read.append(await ingest_file(archive, file, read, as_json=as_json))
            except Refused as refusal:
                refused += 1
                click.echo(f"{file.name}: {refusal.sentence}", err=True)
        if vectors and read:
            made = await archive.library.embed(_progress if sys.stderr.isatty() else None)
            if made:
                click.echo(f"Đã tính véc-tơ cho {made} đoạn.", err=True)
    if refused:
        raise Refused(f"{refused} tệp chưa nạp được.")


async def ingest_file(
    archive: Archive, file: Path, siblings: Sequence[Plan], *, as_json: bool = False, quiet: bool = False
) -> Plan:
    """Read and keep one file; say what was kept. ``siblings`` are evidence for doubtful figures."""
    content = read_file(file)
    plan = await asyncio.to_thread(read_plan, content, file.name, siblings=tuple(siblings))
    async with archive.store.unit() as unit:
        saved = await unit.plans.save(
            plan, file_name=file.name, content_hash=hashlib.sha256(content).hexdigest(), content=content, adopt=True
        )
        await keep_calendar(unit, archive.calendar, archive.clock.now())
        authority = await unit.authorities.name(saved.authority)
    await archive.library.put(saved.key, plan, file_name=file.name, authority=authority)
    doubtful = sum(1 for row in plan.indicators if row.needs_check)
    if quiet:
        return plan
    if as_json:
        line = {
            "file": file.name,
            "document": plan.document.number,
            "authority": authority,
            "indicators": len(plan.indicators),
            "needs_check": doubtful,
            "reporting": len(plan.reporting),
            "new": saved.fresh,
        }
        click.echo(json.dumps(line, ensure_ascii=False))
    else:
        state = "đã nạp" if saved.fresh else "đã có từ trước"
        click.echo(
            f"{file.name}: {state}, Kế hoạch {plan.document.number or '(chưa rõ số)'} của {authority}, "
            f"{len(plan.indicators)} chỉ tiêu, {doubtful} chỗ cần kiểm tra.",
            err=True,
        )
    return plan


def _progress(done: int, of: int) -> None:
    click.echo(f"\rTính véc-tơ {done}/{of}", err=True, nl=done == of)
