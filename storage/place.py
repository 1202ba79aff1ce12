"""How a place in a plan is said to a person."""

from __future__ import annotations

import re

from storage.models import IndicatorRow

_ROMAN = re.compile(r"[IVXLC]+", re.IGNORECASE)
_SECTION = re.compile(r"(?:[IVXLC]+|\d+)(?:[.\-][0-9A-Za-z]+)*\.?", re.IGNORECASE)


def place_of(row: IndicatorRow) -> str:
    """ "Phụ lục, dòng 12" for a row of a table, "mục II.2.1" for a place in the text."""
    where = row.place.strip()
    if row.source.get("origin"):
        return where  # the row's number is the plan's, the place is in the amending document
    if row.no is None:
        return f"mục {where}" if _SECTION.fullmatch(where) else where
    row_name = f"mục {row.no}" if _ROMAN.fullmatch(row.no) else f"dòng {row.no}"
    if row_name in where:
        return where
    return f"{where}, {row_name}" if where else row_name


def place_under_plan(row: IndicatorRow) -> str:
    """The same behind the plan's own name: a place in an amending document says so."""
    origin = row.source.get("origin")
    if not origin:
        return place_of(row)
    return f"{place_of(row)} của văn bản sửa đổi {origin[0] or ''}".rstrip()
