"""Names of people in damaged text: spelled by how common names are, and always said to be repaired."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from knowledge.catalogue import entries
from knowledge.mending import mend
from knowledge.plain import plain
from knowledge.repair.confusion import confusions
from knowledge.repair.fold import strip_marks

_NAME = re.compile(r"^[\W_]*((?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){2,5})[\W_]*$")
_NOT_NAMES = re.compile(
    r"uy ban|chu tich|nhan dan|noi nh|thu tuong|giam doc|phu luc|ke hoach|ubnd|^\W*(?:van )?phong\b"
)
# Without its diacritics "văn thư" is a part of many names ("Văn Thụ", "Văn Thuận").
_REGISTRY = re.compile(r"văn thư\b", re.IGNORECASE)
_BARE_REGISTRY = re.compile(r"\bvan thu\W*$")
# How like a listed name a word must be that the table of misreadings knows nothing of (rapidfuzz ratio).
_LIKE = 74
_ROUND = str.maketrans("cew", "oou")
# How like its shape must be to a listed name's, and how much more than to that of a name of another shape.
_SHAPED, _APART = 88, 6


@cache
def _weights(part: str) -> dict[str, float]:
    """The names of a part of a name ("family", "middle", "given") with how common each is."""
    rows = (row for row in entries("person_names.tsv") if row[0] == part)
    return {name.strip(): float(weight) for _, weight, names in rows for name in names.split(";")}


def _listed(word: str, part: str) -> str | None:
    """The listed name that ``word`` most probably was; None where none is near."""
    weights = _weights(part)
    shouted = word.isupper()
    seen = confusions().readings(word.lower() if shouted else word, capital=not shouted)
    best = max(weights, key=lambda name: weights[name] * seen.get(name.lower(), 0.0))
    if seen.get(best.lower(), 0.0):
        return best
    names = list(weights)
    choice = process.extractOne(plain(word), [plain(name) for name in names], scorer=fuzz.ratio, score_cutoff=_LIKE)
    return names[choice[2]] if choice else _of_like_shape(word, names)


def _of_like_shape(word: str, names: list[str]) -> str | None:
    """The one name that ``word`` has the shape of, letters that a scan takes for each other counted as the same."""
    shapes = [_shape(name) for name in names]
    found = process.extract(_shape(word), shapes, scorer=fuzz.ratio, score_cutoff=_SHAPED - _APART, limit=len(names))
    if not found or found[0][1] < _SHAPED or any(shape != found[0][0] for shape, _, _ in found):
        return None
    return names[found[0][2]]


def _shape(name: str) -> str:
    """ "Phuwée" and "Phước" as "phuuoo" and "phuoo": c, e and o are one round letter, w is the u with a horn."""
    return strip_marks(name.lower()).translate(_ROUND)


def person_name(line: str, *, damaged: bool, typed: bool = False) -> tuple[str | None, bool]:
    """The person named by ``line`` alone, and whether the spelling is certain; (None, True) where it names nobody.

    In an undamaged text a name stands as it is, unless its first word is no family name but one tone away from one
    ("Định Văn Sơn"): that is what a scan makes of "Đinh", so the family name is given and called uncertain. What is
    ``typed`` no scan has touched.
    """
    match = _NAME.match(line.strip())
    office = _BARE_REGISTRY.search(plain(line)) if damaged else _REGISTRY.search(line)
    if not match or office or _NOT_NAMES.search(plain(line)):
        return None, True
    words = match.group(1).split()
    if not 2 <= len(words) <= 5 or (line.isupper() and len(words) > 4):
        return None, True
    if damaged:
        return _restored(words) if all(len(word) > 1 for word in words) else None, False
    if line.strip().startswith(("-", "+")) or line.strip().endswith((";", ".")):
        return None, True
    family = None if typed else _misprinted_family(words[0])
    return " ".join([family or words[0], *words[1:]]), family is None


def is_family_name(word: str) -> bool:
    """Whether ``word``, as a scan may print it, is a family name but for its marks."""
    return plain(word) in {plain(name) for name in _weights("family")}


def _restored(words: list[str]) -> str | None:
    family = _listed(words[0], "family")
    if family is None:
        return None
    middle = [_listed(word, "middle") or _mended(word) for word in words[1:-1]]
    return " ".join([family, *middle, _listed(words[-1], "given") or _mended(words[-1])])


def _mended(word: str) -> str:
    mended = mend(word, damaged=True)
    return mended[:1].upper() + mended[1:]


def _misprinted_family(word: str) -> str | None:
    """The one family name that differs from ``word``, which is none, by its tone alone."""
    families = _weights("family")
    if word.title() in families:
        return None
    near = [name for name in families if plain(name) == plain(word)]
    return near[0] if len(near) == 1 else None
