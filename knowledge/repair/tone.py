"""Where the tone mark stands: hoà or hòa, uý or úy.

Both spellings are in daily use, sometimes in one document. The counts and the texts that people read here use the older
placement, the one of official letterheads: "Văn hóa", "Ủy ban", "thủy sản".
"""

from __future__ import annotations

import re
from typing import Final

_OLD_BY_NEW: Final = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
}

# Only an open syllable moves its mark ("hoà", not "hoàn"), and after q the u belongs to the consonant ("quý" stays).
_NEW: Final = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\w)")


def _move(match: re.Match[str]) -> str:
    pair = match.group()
    moved = _OLD_BY_NEW[pair.lower()]
    return "".join(m.upper() if p.isupper() else m for p, m in zip(pair, moved, strict=True))


def old_tone(text: str) -> str:
    """``text`` (NFC) with tone marks of open oa, oe, uy on the first vowel: "hoá" becomes "hóa", "quý" stays."""
    return _NEW.sub(_move, text)
