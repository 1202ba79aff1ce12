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
        index = archive.library.index
        async with archive.store.reading() as unit:
            kept = {entry.key: entry for entry in await unit.plans.for_index()}
        known = index.entries()
        for key in known.keys() - kept.keys():
            await asyncio.to_thread(index.remove, key)
        for key, entry in kept.items():
            if rebuild or key not in known:
                await archive.library.put(key, entry.plan, file_name=entry.file_name, authority=entry.authority)
        if rebuild:
            await asyncio.to_thread(index.rebuild, _progress if sys.stderr.isatty() else None)
        else:
            await archive.library.embed(_progress if sys.stderr.isatty() else None)
        click.echo(f"Chỉ mục có {len(kept)} kế hoạch.", err=True)
        if index.dense_trouble:
            click.echo(f"Chưa tìm được theo nghĩa: {index.dense_trouble}", err=True)


def _progress(done: int, of: int) -> None:
    click.echo(f"\rTính véc-tơ {done}/{of}", err=True, nl=done == of)
