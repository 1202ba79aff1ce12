"""Who is responsible for what a passage says: the unit it names as leading, or the heading it stands under."""

from __future__ import annotations

import re
from typing import Final

from retrieval.places import Place
from retrieval.values import Span, plain
from retrieval.wording import heading

# A unit's name at the beginning of a heading or beside "chủ trì".
_UNIT: Final = re.compile(
    r"\b(?:phong(?! hop| chong| ngua)|van phong|trung tam|cong an|tram y te|so(?= [a-z])(?! (?:lieu|hoa|luong|\d))"
    r"|se(?= (?:tu phap|y te|khoa|tai|noi|ngoai|cong|van|giao|nong|xay))|ban chi dao|ban|uy ban|to cong nghe|cac to"
    r"|cac truong|truong|hoi|lien hiep|bao|doan|doanh nghiep|cac doanh nghiep|ngan hang|ubmttq|ubnd|cac so|don vi"
    r"|cac don vi|cac co quan|mat tran|de nghi"
    r"|bo(?= (?:cong an|cong thuong|tai|tu phap|noi vu|y te|khoa|giao|van|nong|xay|quoc phong|ngoai giao|thong tin"
    r"|dan toc)))\b"
)
_ANY_OF: Final = re.compile(r"cac |doanh nghiep|don vi|ngan hang|truong hoc|to cong nghe")
_VERB: Final = re.compile(
    r"\s+(?:tham muu|theo doi|to chuc (?!chinh|dang|hanh)|chu tri|phoi hop|can cu|xay dung|tiep tuc|day manh|thuc hien"
    r"|chiu trach nhiem|dinh ky)\b|[:;]"
)
_LEADS: Final = re.compile(r"(?P<unit>[^.;|:\n]{4,80}?)\s+(?:chu tri|la dau moi|chiu trach nhiem|la co quan)\b")
_RUN_BY: Final = re.compile(
    r"\bdo\s+(?P<unit>[^.,;|:\n(]{4,120}?)(?:\s*\([^)]{0,160}\))?\s+(?:truc tiep\s+)?"
    r"(?:quan ly|van hanh|chu tri|phu trach|dam nhiem|thuc hien)\b"
)
_HANDED: Final = re.compile(
    r"\bgiao\s+(?:cho\s+)?(?P<unit>(?:phong|so|van phong|trung tam|cong an|ban|tram)[^.,;|:\n]{3,60}?)"
    r"\s+(?:chu tri|tham muu|thuc hien|phoi hop|:)"
)


_TOGETHER: Final = re.compile(
    r"\bphoi hop\s+(?:chat che\s+)?(?:v\w{1,2}\s+|cung\s+)?(?P<unit>[^.;:|\n]{4,100}?)"
    r"(?=\s+(?:trong|de|duy tri|to chuc|thuc hien|trien khai|xay dung|nang cao|huong dan|tham muu|ho tro|day manh"
    r"|cung cap|hoan thanh|theo doi|tiep tuc|ra soat|tuyen truyen|phat trien)\b|[,.;:]|$)"
)


def together(place: Place, span: Span) -> str | None:
    """Whom the sentence ``span`` of a passage tells to work with ("phối hợp với các doanh nghiệp viễn thông")."""
    text = place.text[slice(*span)]
    match = _TOGETHER.search(plain(text))
    unit = text[match.start("unit") : match.end("unit")].strip() if match else ""
    return unit if _UNIT.match(plain(unit)) else None


def responsible(place: Place, span: Span) -> str | None:
    """The unit that the sentence ``span`` of a passage makes responsible, or the passage, else its heading."""
    for text in (place.text[slice(*span)], place.text):
        bare = plain(text)
        for pattern in (_LEADS, _HANDED, _RUN_BY):
            match = pattern.search(bare)
            unit = _unit(text[match.start("unit") : match.end("unit")]) if match else None
            if unit:
                return unit
    own = heading(place.text)
    if _UNIT.match(plain(own)):
        return _unit(own[:100])
    for part in reversed(place.chunk.path):
        unit = _unit(heading(part))
        if unit and _UNIT.match(plain(heading(part))):
            return unit
    row = "|" in place.text or any("phu luc" in plain(part) for part in place.chunk.path)
    return _unit(place.text) if row else None


def _unit(text: str) -> str | None:
    """The unit's name within ``text``: from its first word to the first verb."""
    bare = plain(text)
    start = _UNIT.search(bare)
    if start is None:
        return None
    stop = _VERB.search(bare, start.end())
    name = text[start.start() : stop.start() if stop else len(text)].strip(" .,:;-–")
    if plain(name).startswith("de nghi "):
        name = name[8:].strip()
    # A scan's "S&" and "Se" before a department's name can only be "Sở".
    name = re.sub(r"^(?:Sẽ|Se|S&)\s+(?=[A-ZĐ])", "Sở ", name)
    # "số và kỹ năng" begins like a department and is none: a unit's name has a capital, or is one of all of a kind.
    named = any(word[:1].isupper() for word in name.split()[:3]) or _ANY_OF.match(plain(name))
    return name if named and 4 <= len(name) <= 120 else None
