"""Whom a figure is about: people, enterprises, officials, schools. A share of the one says nothing of the other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Names of one kind of bearer, in the search form. "dân" of "ủy ban nhân dân" names an office, not people.
_KINDS: Final = {
    kind: re.compile(rf"\b(?:{names})\b")
    for kind, names in {
        "people": r"nguoi dan|(?<!uy ban )(?<!hoi dong )nhan dan|dan so|cong dan|dan cu|nguoi truong thanh"
        r"|(?<!nhan )(?<!binh )(?<!nguoi )(?<!cong )dan(?! toc| pho| cu| so| quan| su)",
        "enterprises": r"doanh nghiep|cong ty",
        "traders": r"ho kinh doanh|ho san xuat|tieu thuong|co so (?:kinh doanh|buon ban|san xuat)|ca nhan kinh doanh",
        "officials": r"can bo|cong chuc|vien chuc",
        "pupils": r"hoc sinh|nguoi hoc|sinh vien|hoc vien",
        "teachers": r"giao vien|nha giao",
        "schools": r"truong(?: hoc| tieu hoc| mam non| trung hoc)|nha truong|co so giao duc",
        "workers": r"nguoi lao dong|cong nhan",
        "households": r"ho (?:gia dinh|dan|ngheo|can ngheo)",
        "clinics": r"benh vien|co so (?:y te|kham)|tram y te",
        "devices": r"may tinh|may tram",
    }.items()
}


@lru_cache(maxsize=1 << 12)
def bearers(text: str) -> frozenset[str]:
    """The kinds of bearers that ``text``, in the search form, names."""
    return frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(text))


def strangers(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a text speaks of bearers, and only of others than those asked about."""
    return bool(asked and said) and not asked & said
