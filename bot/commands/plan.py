"""``dondoc plan FILE``: read one document and print what was understood, storing nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from bot.settings import Settings
from knowledge import plan_json
from knowledge.errors import NotADocument
from knowledge.readers.limits import check_file_size
from knowledge.reading import read_plan


def read_file(path: Path) -> bytes:
    """The bytes of a file, refused by size before they are read."""
    if not path.is_file():
        raise NotADocument(f"Không thấy tệp {path.name}.")
    check_file_size(path.stat().st_size)
    return path.read_bytes()


async def show_plan(settings: Settings, path: Path, as_json: bool) -> None:
    """Print the plan as JSON, or as a table for a person beside what the records hold."""
    read = await asyncio.to_thread(read_plan, read_file(path), path.name, progress=_progress)
    if as_json:
        json.dump(plan_json.plan(read), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    # The table and the records take half a second to load, and a machine that asks for JSON does without them.
    from bot.commands.plan_sheet import print_sheet

    await print_sheet(settings, read)


def _progress(page: int, pages: int) -> None:
    if pages > 1 and sys.stderr.isatty():
        click.echo(f"\rĐang đọc trang {page}/{pages}", err=True, nl=page == pages)
