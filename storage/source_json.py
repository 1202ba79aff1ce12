"""A place in a document as JSON of a row, and back again; with the amending document where the place is in one."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge import plan_json
from knowledge.source import Box, Origin, Source
from storage.models import IndicatorRow


def source_json(source: Source) -> dict[str, Any]:
    """A place as it is kept."""
    shape = {
        "first": source.first,
        "last": source.last,
        "quote": source.quote,
        "page": source.page,
        "box": plan_json.box(source.box),
    }
    if source.origin is not None:
        shape["origin"] = origin_json(source.origin)
    return shape


def origin_json(origin: Origin) -> list[str | None]:
    """The amending document of a row's ``source``."""
    return [origin.number, origin.date.isoformat() if origin.date else None, origin.file_name]


def origin_number(row: IndicatorRow) -> str | None:
    """The number of the amending document that a row comes from; None for the plan's own."""
    origin = row.source.get("origin")
    return origin[0] if origin else None


def source_of(shape: dict[str, Any]) -> Source:
    """The place of ``source_json``."""
    box = Box(*shape["box"]) if shape["box"] else None
    origin = None
    if shape.get("origin"):
        number, day, file_name = shape["origin"]
        origin = Origin(number, date.fromisoformat(day) if day else None, file_name)
    return Source(shape["first"], shape["last"], shape["quote"], shape["page"], box, origin)
