"""What plans of this kind usually hold, as data files: provinces, units with their aliases, standard indicators.

The files help to spell, to name and to doubt; what stands in none of them is read from a plan all the same.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the file ``name``: tab-separated fields, blank lines and lines that begin with # left out."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(part.strip() for part in line.split("\t")) for line in lines)
