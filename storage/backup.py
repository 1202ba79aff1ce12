"""A consistent copy of the records while the bot runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from knowledge.errors import Misconfigured, Refused
from storage.store import Store


async def backup(store: Store, target: Path) -> None:
    """Write all records as one SQLite file to ``target``, which must not exist yet; whole or not at all.

    SQLite only: PostgreSQL has ``pg_dump``. Messages go on being handled meanwhile.
    """
    if store.engine.dialect.name != "sqlite":
        raise Misconfigured("Lệnh này chỉ sao lưu được SQLite; với PostgreSQL, anh/chị dùng pg_dump.")
    if await asyncio.to_thread(target.exists):
        raise Refused(f"Đã có tệp {target.name}. Chọn tên khác để không ghi đè bản sao lưu cũ.")
    partial = target.with_name(f"{target.name}.part")
    await asyncio.to_thread(partial.unlink, missing_ok=True)
    # A connection of its own: VACUUM runs in no transaction, and the store's connections always begin one.
    engine = create_async_engine(store.engine.url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text("VACUUM INTO :target"), {"target": str(partial)})
    finally:
        await engine.dispose()
    await asyncio.to_thread(partial.rename, target)
