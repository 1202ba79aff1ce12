"""Names of people and places in damaged text: spelled where the evidence is strong, and always said to be repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from knowledge.catalogue import entries
from knowledge.manuscript import Manuscript
from knowledge.mending import mend
from knowledge.plain import plain

# The family names of nine Vietnamese in ten and the commonest middle names; given names are too many for a list.
_FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Trương",
    "Đinh",
    "Trịnh",
    "Đoàn",
    "Lương",
    "Mai",
    "Tô",
    "Đào",
    "Lâm",
    "Hà",
    "Cao",
    "Tạ",
    "Châu",
    "Thái",
    "Quách",
    "Phùng",
    "La",
    "Tống",
    "Vương",
    "Triệu",
    "Kiều",
    "Nông",
    "Lò",
    "Lường",
    "Hứa",
    "Rơ",
    "Y",
    "A",
    "Siu",
    "Ksor",
    "Hoàng",
    "Tôn",
    "Văn",
    "Chu",
    "Đàm",
    "Vi",
]
_MIDDLE = [
    "Văn",
    "Thị",
    "Đình",
    "Hữu",
    "Đức",
    "Thanh",
    "Minh",
    "Quang",
    "Ngọc",
    "Xuân",
    "Công",
    "Thành",
    "Việt",
    "Phú",
    "Quốc",
    "Anh",
    "Hồng",
    "Duy",
    "Trọng",
    "Như",
    "Thùy",
    "Phước",
    "Tấn",
]
_NAME = re.compile(r"^[\W_]*((?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){2,5})[\W_]*$")
_NOT_NAMES = re.compile(r"(?:uy ban|chu tich|nhan dan|noi nh|thu tuong|giam doc|phu luc|ke hoach|phong|ubnd|van thu)")


def _best(word: str, names: list[str]) -> str | None:
    """The name nearest to ``word`` in plain form; None where no name is near."""
    choice = process.extractOne(plain(word), [plain(name) for name in names], scorer=fuzz.ratio, score_cutoff=74)
    return names[choice[2]] if choice else None


def person_name(line: str, *, damaged: bool) -> tuple[str | None, bool]:
    """The person named by ``line`` alone, and whether the spelling is certain; (None, True) where it names nobody."""
    match = _NAME.match(line.strip())
    if not match or _NOT_NAMES.search(plain(line)):
        return None, True
    words = match.group(1).split()
    if not 2 <= len(words) <= 5 or (line.isupper() and len(words) > 4):
        return None, True
    if damaged and any(len(word) < 2 for word in words):
        return None, True
    if not damaged:
        listed = line.strip().startswith(("-", "+")) or line.strip().endswith((";", "."))
        return (None if listed else " ".join(words)), True
    family = _best(words[0], _FAMILY)
    if family is None:
        return None, True
    middle = [_best(word, _MIDDLE) or mend(word, damaged=True) for word in words[1:-1]]
    whole = mend(" ".join([family, *middle, words[-1]]), damaged=True).split()
    given = whole[-1] if len(whole) == len(words) else mend(words[-1], damaged=True)
    return " ".join([family, *middle, given[:1].upper() + given[1:]]), False


def province_name(printed: str) -> str | None:
    """The province that ``printed`` begins with, spelled officially; None where it is none."""
    names = [row[0] for row in entries("provinces.txt")]
    wanted = plain(printed)
    best: tuple[float, str] | None = None
    for name in names:
        bare = plain(name)
        score = fuzz.ratio(bare, wanted[: len(bare)])
        if score >= 80 and (best is None or score > best[0]):
            best = (score, name)
    return best[1] if best else None


def place_name(printed: str, manuscript: Manuscript, elsewhere: Sequence[str] = ()) -> tuple[str, bool]:
    """A commune's name, and whether the spelling is certain.

    In damaged text a place spelled so in undamaged plans (``elsewhere``) goes before the document's own mentions, which
    vote; neither makes it certain.
    """
    if not manuscript.damaged:
        return printed, True
    wanted = plain(printed)
    known = next((name for name in elsewhere if plain(name) == wanted), None)
    if known is not None:
        return known, False
    size = len(printed.split())
    votes: Counter[str] = Counter()
    for line in manuscript.lines:
        words = line.text.split()
        plains = line.plain.split()
        if len(words) != len(plains):
            continue
        for at in range(len(words) - size + 1):
            if fuzz.ratio(" ".join(plains[at : at + size]).strip(" .,;:"), wanted) >= 88:
                spelled = " ".join(words[at : at + size]).strip(' .,;:“”"()')
                if all(word[:1].isupper() for word in spelled.split()):
                    votes[spelled] += 1
    restored = mend(printed, damaged=True)
    votes[restored] += 1
    best = max(votes, key=lambda name: (sum(ord(letter) > 127 for letter in name) > 0, votes[name]))
    return best.title(), False
