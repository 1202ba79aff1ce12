"""``dondoc ingest FILE...``: read plans, keep them, put them in force and into the index; safe to repeat."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click

from bot.archive import Archive, open_archive
from bot.calendar_keeping import keep_calendar
from bot.commands.plan import read_file
from bot.commands.plan_sheet import changes
from bot.reader_version import reader_version
from bot.settings import Settings
from knowledge.amended import revise
from knowledge.errors import NotAPlan, Refused
from knowledge.plan import Plan
from knowledge.reading import read_plan
from scheduler.clock import Clock
from storage.models import IN_USE
from storage.plans import SavedPlan
from storage.rereading import KeptFile, kept_file, replace_reading, stamp
from storage.versions import version_in_force

_PREPARING = (
    "Đã có thể hỏi đáp ngay. Đang chuẩn bị thêm phần tìm theo nghĩa, mất vài phút; "
    "dừng lúc nào cũng được (Ctrl+C), dondoc run sẽ làm nốt."
)
_PREPARED = "Đã chuẩn bị xong phần tìm theo nghĩa."
_NOT_PREPARED = "Chưa tìm được theo nghĩa, các câu hỏi được trả lời theo từ: {trouble}"
_PREPARED_LATER = "\nĐã dừng. Kế hoạch đã được lưu và hỏi được; dondoc run sẽ chuẩn bị nốt phần tìm theo nghĩa."
_STATES = {"new": "đã nạp", "again": "đã đọc lại", "kept": "đã có từ trước"}


async def ingest_files(
    settings: Settings, clock: Clock, files: Sequence[Path], *, vectors: bool, as_json: bool, again: bool = False
) -> None:
    """Keep each file; a file that is refused is named and does not stop the others, but the exit code is 1."""
    refused = 0
    async with open_archive(settings, clock) as archive:
        read: list[Plan] = []
        for file in files:
            try:
                read.append(await ingest_file(archive, file, read, as_json=as_json, again=again))
            except Refused as refusal:
                refused += 1
                click.echo(f"{file.name}: {refusal.sentence}", err=True)
        # The index may have been lost while the records, which say that a file is kept, were not.
        await archive.library.catch_up(archive.store)
        if vectors and read:
            await prepare_meaning(archive)
    if refused:
        raise Refused(f"{refused} tệp chưa nạp được.")


async def prepare_meaning(archive: Archive) -> None:
    """Make the vectors that are missing; a person who does not want to wait stops it, and loses nothing."""
    if not archive.library.index.lacks_vectors():
        return
    click.echo(_PREPARING, err=True)
    stop = threading.Event()

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rĐang chuẩn bị tìm theo nghĩa: {done}/{of} đoạn", err=True, nl=done == of)
        if stop.is_set():
            raise _Stopped

    making = asyncio.ensure_future(archive.library.embed(progress))
    try:
        await asyncio.shield(making)
    except asyncio.CancelledError:
        # The batch in hand is finished: a thread cannot be left behind with the index open.
        stop.set()
        await asyncio.gather(making, return_exceptions=True)
        click.echo(_PREPARED_LATER, err=True)
        return
    trouble = archive.library.index.dense_trouble
    click.echo(_NOT_PREPARED.format(trouble=trouble) if trouble else _PREPARED, err=True)


class _Stopped(Exception):
    """The person stopped the making of vectors."""


async def ingest_file(
    archive: Archive,
    file: Path,
    siblings: Sequence[Plan],
    *,
    as_json: bool = False,
    quiet: bool = False,
    again: bool = False,
) -> Plan:
    """Read and keep one file; say what was kept, and what a new version changes.

    ``siblings`` are evidence for doubtful figures. A file that is kept in force and was read by this very reader is not
    read again, unless ``again`` asks for it.
    """
    content = read_file(file)
    content_hash = hashlib.sha256(content).hexdigest()
    async with archive.store.reading() as unit:
        kept = await kept_file(unit.session, content_hash)
        if kept is not None and kept.state in IN_USE and kept.reader == reader_version() and not again:
            plan = await unit.plans.load(kept.id)
            if not quiet:
                _say(file, plan, await unit.authorities.name(kept.authority), "kept", as_json)
            return plan
    plan = await asyncio.to_thread(read_plan, content, file.name, siblings=tuple(siblings))
    if plan.is_blank:
        raise NotAPlan
    async with archive.store.unit() as unit:
        before = await version_in_force(unit.session, plan)
    revision = await asyncio.to_thread(revise, before, plan) if before is not None else None
    saved, authority = await _save(archive, plan, file, content, content_hash, kept)
    await archive.library.put(saved.key, plan, file_name=file.name, authority=authority)
    if not quiet:
        _say(file, plan, authority, "again" if kept else "new", as_json)
        if revision is not None and not (kept and revision.nothing):
            click.echo(changes(revision), err=True)
    return plan


async def _save(
    archive: Archive, plan: Plan, file: Path, content: bytes, content_hash: str, kept: KeptFile | None
) -> tuple[SavedPlan, str]:
    async with archive.store.unit() as unit:
        if kept is not None:
            saved = await replace_reading(
                unit.session, unit.plans, kept.id, plan, file_name=file.name, content=content, adopt=True
            )
        else:
            saved = await unit.plans.save(
                plan, file_name=file.name, content_hash=content_hash, content=content, adopt=True
            )
        await stamp(unit.session, saved.id, reader_version())
        await keep_calendar(unit, archive.calendar, archive.clock.now())
        return saved, await unit.authorities.name(saved.authority)


def _say(file: Path, plan: Plan, authority: str, state: str, as_json: bool) -> None:
    doubtful = sum(1 for row in plan.indicators if row.needs_check)
    if as_json:
        line = {
            "file": file.name,
            "document": plan.document.number,
            "authority": authority,
            "indicators": len(plan.indicators),
            "needs_check": doubtful,
            "reporting": len(plan.reporting),
            "new": state == "new",
        }
        click.echo(json.dumps(line, ensure_ascii=False))
        return
    click.echo(
        f"{file.name}: {_STATES[state]}, Kế hoạch {plan.document.number or '(chưa rõ số)'} của {authority}, "
        f"{len(plan.indicators)} chỉ tiêu, {doubtful} chỗ cần kiểm tra.",
        err=True,
    )
