"""What a file said, without the characters that no database takes."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")

# Half of a pair, left over where a text was cut, cannot be written as UTF-8; PostgreSQL keeps no NUL.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def storable(value: T) -> T:
    """``value``, text or values made of text, without unpaired surrogates and NULs; itself where it has none."""
    found: Any = value
    match found:
        case Enum():
            return value
        case str():
            found = _UNSTORABLE.sub("", found) if _UNSTORABLE.search(found) else found
        case tuple():
            parts = tuple(storable(part) for part in found)
            found = parts if any(new is not old for new, old in zip(parts, found, strict=True)) else found
        case _ if is_dataclass(found) and not isinstance(found, type):
            held = {field.name: getattr(found, field.name) for field in fields(found)}
            mended = {name: new for name, old in held.items() if (new := storable(old)) is not old}
            found = replace(found, **mended) if mended else found
    return cast(T, found)
