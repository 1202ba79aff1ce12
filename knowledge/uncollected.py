"""A stretch of work without the collector of cyclic garbage.

Understanding builds a hundred thousand small values that all live until its end, in no cycles; looking through them
for garbage again and again costs an eighth of its time and finds none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector back for the body or the decorated function; nested uses are one."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
