"""A place in a document as JSON, and back again."""

from __future__ import annotations

from typing import Any

from knowledge import plan_json
from knowledge.plan import Box, Source


def source_json(source: Source) -> dict[str, Any]:
    """The place with all it holds, its box as [left, top, right, bottom]."""
    return {
        "first": source.first,
        "last": source.last,
        "quote": source.quote,
        "page": source.page,
        "box": plan_json.box(source.box),
    }


def source_of(shape: dict[str, Any]) -> Source:
    """The place of ``source_json``."""
    box = Box(*shape["box"]) if shape["box"] else None
    return Source(shape["first"], shape["last"], shape["quote"], shape["page"], box)
