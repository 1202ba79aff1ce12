"""The one place where the dialects differ: inserting what may be there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base


def _insert(session: AsyncSession, row: type[Base]) -> Any:
    dialects = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return dialects[session.get_bind().dialect.name](row)


async def insert_if_new(
    session: AsyncSession, row: type[Base], values: dict[str, Any], unique: Sequence[str]
) -> int | None:
    """Insert unless a row with the same ``unique`` columns is there; its id, or None when nothing was inserted."""
    statement = _insert(session, row).values(**values).on_conflict_do_nothing(index_elements=list(unique))
    return (await session.execute(statement.returning(row.__table__.c.id))).scalar_one_or_none()


async def insert_all_new(
    session: AsyncSession, row: type[Base], rows: Sequence[dict[str, Any]], unique: Sequence[str]
) -> None:
    """Insert many rows in one go, leaving out those whose ``unique`` columns are there already."""
    if not rows:
        return
    await session.execute(_insert(session, row).on_conflict_do_nothing(index_elements=list(unique)), list(rows))


async def insert_or_update(
    session: AsyncSession, row: type[Base], values: dict[str, Any], unique: Sequence[str]
) -> None:
    """Insert, or overwrite the row that has the same ``unique`` columns with the other values."""
    changed = {name: value for name, value in values.items() if name not in unique}
    await session.execute(
        _insert(session, row).values(**values).on_conflict_do_update(index_elements=list(unique), set_=changed)
    )
