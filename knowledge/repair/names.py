"""Names and initials: how they are written, and what a scan makes of them.

Initials ("HĐND", "BCĐ") have no vowels to go by, but few letters are confused in them. Names that are not Vietnamese
words have a spelling of their own, capitals included ("VNeID", "MobiFone").
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Final

from knowledge.repair.path import Candidate
from knowledge.repair.syllables import Language

_SPELLED: Final = """
    AI IoT IPv4 IPv6 VNeID VNPT Viettel MobiFone VinaPhone LAN WAN WiFi Wifi Internet OCOP GRDP GDP KPI LGSP NDXP
    Zalo Facebook Fanpage Web Website Email SMS USB PC Camera QR OTP API App CPU TTg Data Big Cloud Blockchain
    Logistics Online Smartphone Gbps Mbps Mbit Gb Mb vnEdu SMAS Teams Google Microsoft Windows Office Excel Word
"""

# Letters that scans confuse in initials: no English model knows Đ, and a bold one looks like P, B or O.
_INITIALS: Final = {"D": "Đ", "P": "Đ", "B": "Đ", "O": "Đ", "G": "C", "0": "O", "1": "I", "l": "I"}
_CONFUSED: Final = {("D", "Đ"): 0.9, ("P", "Đ"): 0.14, ("B", "Đ"): 0.03}
_CONFUSED_OTHERWISE: Final = 0.02
_LONGEST: Final = 10  # initials, "BKHCNMT" and the like; longer runs of capitals are no initials


def _shape(word: str) -> str:
    """One form for what looks alike: l, I, i and 1; O, o and 0."""
    return word.lower().replace("i", "l").replace("1", "l").replace("|", "l").replace("0", "o")


_BY_SHAPE: Final = {_shape(name): name for name in _SPELLED.split()}


def spelled_name(printed: str) -> str | None:
    """The name that ``printed`` is, in its own spelling: "VNelD" is "VNeID", "Al" is "AI"; None for other words.

    A word in small letters is no such name ("ai" is a Vietnamese word), nor is "Lan", a person, the network LAN.
    """
    name = None if printed.islower() else _BY_SHAPE.get(_shape(printed))
    if name is None or (name.isupper() and printed[1:].islower() and printed != "Al"):
        return None
    return name


def initials(printed: str, known: Language) -> list[Candidate]:
    """What initials ``printed`` (capitals) may be among those that the counts know, the likeliest first.

    With P(printed | initials). A printed D is a Đ or a D about as often, so that the counts decide.
    """
    if not 2 <= len(printed) <= _LONGEST:
        return []
    found = []
    for letters in product(*(c + _INITIALS.get(c, "") for c in printed)):
        number = known.number.get("".join(letters).lower())
        if number is not None:
            changes = ((p, t) for p, t in zip(printed, letters, strict=True) if p != t)
            found.append((number, prod(_CONFUSED.get(change, _CONFUSED_OTHERWISE) for change in changes)))
    found.sort(key=lambda candidate: -candidate[1] * known.counts[candidate[0]])
    return found


def repaired_initials(printed: str, known: Language) -> str:
    """ "HDND" as "HĐND", "QB" as "QĐ"; ``printed`` itself where the counts know nothing near."""
    found = initials(printed, known)
    return known.spelled[found[0][0]].upper() if found else printed
