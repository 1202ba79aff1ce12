"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Numeric, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from scheduler.clock import HANOI

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Plain JSON; None is SQL's NULL."""


class Moment(TypeDecorator[datetime]):
    """A moment: stored as UTC, given back aware in Asia/Ho_Chi_Minh.

    A naive datetime is refused, since nobody can say which moment it is.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value.isoformat()}")
        at = value.astimezone(UTC)
        # SQLite keeps the text without its offset; comparing texts is then comparing moments.
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(HANOI)


class Exact(TypeDecorator[Decimal]):
    """A decimal as it was typed, digit for digit. SQLite knows binary fractions only, so there it is kept as text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(60) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)
