"""``dondoc plan FILE``: read one document and print what was understood, storing nothing."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from pathlib import Path

import click

from bot.commands.plan_table import table
from bot.settings import Settings
from handlers.revision import head_of, lines_of
from knowledge import plan_json
from knowledge.amended import revise
from knowledge.errors import NotADocument
from knowledge.plan import Plan
from knowledge.plan_diff import PlanDiff
from knowledge.readers.limits import check_file_size
from knowledge.reading import read_plan
from reporting.levels import Above

# Where the output goes into a file: as wide as a page of a letter.
_NOT_A_TERMINAL = (100, 24)
_NO_RECORDS = "Chưa so được với bản đang dùng: không mở được dữ liệu (xem: dondoc doctor)."


def read_file(path: Path) -> bytes:
    """The bytes of a file, refused by size before they are read."""
    if not path.is_file():
        raise NotADocument(f"Không thấy tệp {path.name}.")
    check_file_size(path.stat().st_size)
    return path.read_bytes()


async def show_plan(settings: Settings, path: Path, as_json: bool) -> None:
    """Print the plan as JSON, or as a table for a person with the doubtful cells marked; and, where a version of it is
    in force, what it changes."""
    read = await asyncio.to_thread(read_plan, read_file(path), path.name, progress=_progress)
    if as_json:
        json.dump(plan_json.plan(read), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    width = shutil.get_terminal_size(_NOT_A_TERMINAL).columns
    revision, above = await _beside_records(settings, read)
    click.echo("\n".join(table(read, width, above)))
    if revision is not None:
        click.echo("\n" + changes(revision))


def changes(revision: PlanDiff) -> str:
    """What a new version changes, a line each."""
    return "\n".join((head_of(revision), *(f"- {line}" for line in lines_of(revision))))


async def _beside_records(settings: Settings, read: Plan) -> tuple[PlanDiff | None, dict[int, Above]]:
    """What the plan changes in the version in force, and what the level above sets, by the index of the indicator;
    None and nothing without records. They are only looked at, never made."""
    # The records take half a second to load, and a machine that asks for JSON does without them.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from storage.links import Links
    from storage.store import Store
    from storage.versions import version_in_force

    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        return None, {}
    store = Store(settings.database)
    try:
        async with store.reading() as unit:
            before = await version_in_force(unit.session, read)
            above = await Links(unit.session).beside(read)
    except (SQLAlchemyError, OSError):
        click.echo(_NO_RECORDS, err=True)
        return None, {}
    finally:
        await store.close()
    return None if before is None else revise(before, read), above


def _progress(page: int, pages: int) -> None:
    if pages > 1 and sys.stderr.isatty():
        click.echo(f"\rĐang đọc trang {page}/{pages}", err=True, nl=page == pages)
