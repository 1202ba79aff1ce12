"""``dondoc index``: complete the index, or make it anew from the records."""

from __future__ import annotations

import asyncio
import sys

import click

from bot.archive import open_archive
from bot.settings import Settings


async def refresh_index(settings: Settings, *, rebuild: bool) -> None:
    """Bring in plans that the index lacks, drop what the records no longer have, and compute missing vectors."""
    async with open_archive(settings) as archive:
        index, library = archive.library.index, archive.library
        await library.catch_up(archive.store)
        if rebuild:
            async with archive.store.reading() as unit:
                every = await unit.plans.for_index()
            for entry in every:
                await library.put(entry.key, entry.plan, file_name=entry.file_name, authority=entry.authority)
            await asyncio.to_thread(index.rebuild, _progress if sys.stderr.isatty() else None)
        else:
            await library.embed(_progress if sys.stderr.isatty() else None)
        click.echo(f"Chỉ mục có {len(index.entries())} kế hoạch.", err=True)
        if index.dense_trouble:
            click.echo(f"Chưa tìm được theo nghĩa: {index.dense_trouble}", err=True)


def _progress(done: int, of: int) -> None:
    click.echo(f"\rTính véc-tơ {done}/{of}", err=True, nl=done == of)
