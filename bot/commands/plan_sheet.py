"""A plan that was read, as a person looks at it: the table, and what it changes in the version in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.plan_table import table
from bot.settings import Settings
from handlers.revision import head_of, lines_of
from knowledge.amended import revise
from knowledge.plan import Plan
from knowledge.plan_diff import PlanDiff
from reporting.levels import Above
from storage.links import Links
from storage.store import Store
from storage.versions import version_in_force

# Where the output goes into a file: as wide as a page of a letter.
_NOT_A_TERMINAL = (100, 24)
_NO_RECORDS = "Chưa so được với bản đang dùng: không mở được dữ liệu (xem: dondoc doctor)."


async def print_sheet(settings: Settings, read: Plan) -> None:
    """Print the table with the doubtful cells marked, and, where a version of the plan is in force, what changes."""
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
