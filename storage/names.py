"""When two written names mean the same: folded keys by which units, authorities and indicators are found again."""

from __future__ import annotations

import re

from knowledge.repair.fold import strip_marks

_GAPS = re.compile(r"[^0-9a-z%]+")
# Everybody writes the short form sometimes; "HĐND&UBND" and "HĐND và UBND" are one office.
_SHORT = (("&", " va "), ("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"))
_PLACE = re.compile(r"\b(?:xa|phuong|dac khu|tinh|thanh pho)\b.*$")

# Whose plans hold for every province.
_NATIONAL = frozenset({"chinh phu", "thu tuong chinh phu"})

# Cities that stand directly under the centre: their People's Committees are "UBND thành phố ...", not "UBND tỉnh ...".
_CITIES = frozenset({"ha noi", "hai phong", "hue", "da nang", "can tho", "ho chi minh"})


def key_of(name: str) -> str:
    """``name`` without case, marks, punctuation and long forms: "Phòng Văn hoá- Xã hội" and "phong van hoa - xa hoi"
    are one."""
    plain = strip_marks(name)
    for long, short in _SHORT:
        plain = plain.replace(long, short)
    return _GAPS.sub(" ", plain).strip()


def unit_key(name: str, authority_key: str) -> str:
    """The key of a unit within its authority: for xã Hòa Mẫu "Công an", "Công an xã" and "Công an xã Hòa Mẫu" are
    one; "Công an tỉnh" is another."""
    key = key_of(name)
    place = _PLACE.search(authority_key)
    if place is None:
        return key
    whole = place.group()
    level = next(word for word in ("dac khu", "thanh pho", "xa", "phuong", "tinh") if whole.startswith(word))
    for ending in (whole, level):
        if key.endswith(f" {ending}"):
            return key.removesuffix(ending).strip()
    return key


def is_province(name: str) -> bool:
    """True for an authority that has no parent of its own here ("UBND tỉnh ...", a city under the centre)."""
    key = key_of(name)
    return key.startswith("ubnd tinh ") or any(key == f"ubnd thanh pho {city}" for city in _CITIES)


def is_national(name: str) -> bool:
    """True for the authorities whose plans hold for every province."""
    return key_of(name) in _NATIONAL


def province_authority(province: str) -> str:
    """The People's Committee of a province by the province's name, with or without its title."""
    if key_of(province).startswith(("ubnd ", "tinh ", "thanh pho ")):
        return province if key_of(province).startswith("ubnd ") else f"UBND {province}"
    return f"UBND {'thành phố' if key_of(province) in _CITIES else 'tỉnh'} {province}"
