"""Units ("cơ quan chủ trì", "cơ quan phối hợp"): one name per unit, whatever the abbreviation or the damage.

The lexicon is the catalogue and the headings of the plan's own "Tổ chức thực hiện". A unit that is in neither keeps its
printed name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.catalogue import entries
from knowledge.plain import plain, plain_words

NEAR = 86.0  # of 100: how alike a printed unit must be to a known one to take its name
LEVELS = ("xa", "phuong", "tinh", "thanh pho", "dac khu", "huyen")
_LEVEL_NAMES = {
    "xa": "xã",
    "phuong": "phường",
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "dac khu": "đặc khu",
    "huyen": "huyện",
}
UNIT_START = re.compile(
    r"^(?:cac |lien |doi |to |trung tam|phong|van phong|vp |so |bo |ban |cong an|tram y te|ubnd|uy "
    r"ban|hdnd|truong|ngan hang|"
    r"doanh nghiep|hoi |doan |thue |kho bac|bao |dai |mat tran|mttq|ubmttq|buu dien|bhxh|thanh tra|"
    r"vien |cuc |chi cuc|htx|"
    r"ho |bi thu|thong tan xa|hiep hoi|cong thong tin|"
    r"truong |(?:khom|ap|xom|thon|ban|to|khoi) truong|thu truong |chu tich |thuong truc |don vi|co quan|co so"
    r"|nha |quan |xi nghiep|cong ty|thong ke|tap doan|ttpvhcc|tt )"
)

_BULLET = re.compile(r"^[-+•*–]\s*")
# The head of a unit's name, of which the next line says whose it is ("Ban Chấp hành / Đoàn xã").
_HEAD = re.compile(
    r"^(?:ban (?:chap hanh|thuong vu|thuong truc|quan ly|giam hieu|giam doc|lanh dao|chi huy|chi dao)|van phong"
    r"|trung tam|bo phan|cac|doi|to|phong|truong)$"
)
_GOES_ON = re.compile(r"(?:[,&–-]|\b(?:và|của|các|cùng))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit's one name, and one of the wordings it is known by."""

    name: str
    words: tuple[str, ...]


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """How alike two plain words are, 0 to 1; below 0.6 counts as not at all."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) <= 2:  # "va" for "van", but never "ca" for "cua"
        return 0.7 if abs(len(one) - len(other)) == 1 and one[:2] == other[:2] and len(one) + len(other) > 4 else 0.0
    score = fuzz.ratio(one, other) / 100
    return score if score > 0.62 else 0.0


class UnitLexicon:
    """The known units; ``name`` normalises one wording, ``split`` a cell that may hold several."""

    def __init__(self, further: tuple[str, ...] = ()) -> None:
        self.own = further  # the units that the plan itself names
        self.known: list[KnownUnit] = []
        self._exact: dict[str, str] = {}
        for row in entries("units.tsv"):
            aliases = [alias.strip() for alias in row[1].split(";")] if len(row) > 1 else []
            for wording in (row[0], *aliases):
                self._add(row[0], wording)
        for name in further:
            self._add(name, name)
        self.by_first: dict[str, list[KnownUnit]] = defaultdict(list)
        self._glued_words: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self.known:
            self.by_first[unit.words[0]].append(unit)
            if 1 < len(unit.words) < 5:
                self._glued_words["".join(unit.words)].append(unit)

    def _add(self, name: str, wording: str) -> None:
        words = tuple(plain_words(wording))
        key = " ".join(words)
        if words and key not in self._exact:
            self._exact[key] = name
            self.known.append(KnownUnit(name, words))

    def starting_like(self, word: str) -> list[KnownUnit]:
        """The known units whose first word is like ``word``; of two letters ("Sở" as "s&") the first must be the
        same."""
        found: list[KnownUnit] = []
        for first, units in self.by_first.items():
            short = len(first) == 2 and len(word) == 2 and first[0] == word[0]
            if alike(first, word) >= 0.66 or short:
                found.extend(units)
        return found

    def glued(self, word: str) -> list[KnownUnit]:
        """The known units whose words all stand together in ``word`` ("SoYte")."""
        return self._glued_words.get(word, [])

    def name(self, wording: str) -> str:
        """The one name of the unit printed as ``wording``; the wording itself, tidied, where none is near."""
        words = self._written_out(plain_words(wording))
        if not words:
            return ""
        key = " ".join(words)
        if key in self._exact:
            return self._exact[key]
        level = next((level for level in LEVELS if key.endswith(" " + level)), None)
        if level:
            short = key[: -len(level) - 1]
            if short in self._exact:
                return f"{self._exact[short]} {_LEVEL_NAMES[level]}"
        best, score = None, 0.0
        for known, name in self._exact.items():
            if abs(len(known) - len(key)) > 6 or _differ_in_kind(known, key):
                continue
            near = fuzz.ratio(known, key)
            if near > score:
                best, score = name, near
        if best is not None and score >= _near(key):
            return best
        return tidy_unit(wording)

    def _written_out(self, words: list[str]) -> list[str]:
        """``words`` with an abbreviated kind of office written out ("P. Kinh tế"), where that makes a known unit."""
        if not words or words[0] not in _ABBREVIATED or " ".join(words) in self._exact:
            return words
        whole = [*_ABBREVIATED[words[0]], *words[1:]]
        return whole if " ".join(whole) in self._exact else words

    def in_full(self, name: str) -> str:
        """``name`` with the level that the plan's own heading gives it ("Văn phòng HĐND và UBND xã"), where only one
        does."""
        full = [own for own in self.own if own.startswith(f"{name} ") and plain(own[len(name) + 1 :]) in LEVELS]
        return full[0] if len(full) == 1 else name

    def knows(self, wording: str) -> bool:
        """Whether ``wording`` is, or is near, a known unit."""
        key = " ".join(self._written_out(plain_words(wording)))
        return key in self._exact or any(
            abs(len(known) - len(key)) <= 6 and not _differ_in_kind(known, key) and fuzz.ratio(known, key) >= _near(key)
            for known in self._exact
        )

    def split(self, cell: str) -> tuple[str, ...]:
        """The units of a cell, each by its one name, in order and once."""
        found: list[str] = []
        for line in self._lines(cell):
            for part in re.split(r"\s*;\s*", re.sub(r"\s+", " ", line).strip(" .;,-+")):
                found.extend(self._parts(part.strip(" .,-+")))
        return tuple(dict.fromkeys(name for name in found if name))

    def _lines(self, cell: str) -> list[str]:
        """The lines of a cell, those joined that one unit's name runs over: "Phòng Văn hóa / - Xã hội"."""
        found: list[str] = []
        listed = _BULLET.match(cell.strip()) is not None
        for line in cell.split("\n"):
            bullet, text = _BULLET.match(line.strip()), _BULLET.sub("", line.strip())
            if not text:
                continue
            joint = " - " if bullet else " "
            if found and not self._begins(found[-1], joint, text, listed=listed):
                found[-1] += joint + text
            else:
                found.append(text)
        return found

    def _begins(self, before: str, joint: str, text: str, *, listed: bool) -> bool:
        """Whether another unit begins with the line ``text``, below ``before``; ``listed`` says that the cell begins
        with a bullet."""
        last = re.split(r"[;,]\s*", before)[-1]
        if self.knows(last + joint + text) or _GOES_ON.search(before):
            return False
        opens = text[:1].isupper() and UNIT_START.match(plain(text) + " ") is not None
        if joint == " - ":
            return listed or opens
        whole = UNIT_START.match(plain(last) + " ") is not None and not _HEAD.match(plain(last))
        return opens and (self.knows(last) or (whole and self.knows(text)))

    def _parts(self, part: str) -> list[str]:
        if not part:
            return []
        if self.knows(part):
            return [self.name(part)]
        both = re.split(
            r",?\s+và\s+(?=các\s+(?:bộ|sở|ngành|đơn vị|cơ quan|địa phương|phòng|doanh nghiệp|tổ chức)|"
            r"(?:Sở|Phòng|Trung tâm|Công an|UBND|Ủy ban nhân dân|Các|Văn phòng|Bộ|Trạm|Ban)\s)",
            part,
        )
        if len(both) > 1:
            return [name for piece in both for name in self._parts(piece)]
        pieces = [piece.strip() for piece in re.split(r",\s*", part)]
        if len(pieces) > 1:
            joined: list[str] = []
            for piece in pieces:
                many = piece.startswith("các ") and bool(joined) and not plain(joined[0]).startswith("cac ")
                opens = (piece[:1].isupper() or many) and UNIT_START.match(plain(piece) + " ")
                if joined and not opens:
                    joined[-1] += ", " + piece
                else:
                    joined.append(piece)
            if len(joined) > 1:
                return [self.name(piece) for piece in joined]
        return [self.name(part)]


_ABBREVIATED = {
    "p": ("phong",),
    "vp": ("van", "phong"),
    "tt": ("trung", "tam"),
    "ca": ("cong", "an"),
    "tyt": ("tram", "y", "te"),
    "bch": ("ban", "chi", "huy"),
}
# What a unit is, by its first word: a ministry's name is a department's but for this one word.
_KINDS = frozenset(
    {"bo", "so", "phong", "ban", "cuc", "chi", "vien", "truong", "ubnd", "hdnd", "van", "tram", "to", "hoi"}
)


def _differ_in_kind(one: str, other: str) -> bool:
    """Whether two units are of different kinds for certain ("Bộ Văn hóa ...", "Sở Văn hóa ...")."""
    first, second = one.split(" ", 1)[0], other.split(" ", 1)[0]
    return first != second and first in _KINDS and second in _KINDS


def _near(key: str) -> float:
    """How alike a wording must be: in a short one ("Các bộ, ngành", "Các sở, ngành") one letter makes another unit."""
    return NEAR if len(key) >= 18 else 93.0


def tidy_unit(wording: str) -> str:
    """A unit's printed name with tidy spacing ("Phòng Văn hóa- Xã hội" gets its spaces), first letter upper case."""
    wording = re.sub(r"\s*-\s+|\s+-\s*", " - ", wording)
    wording = re.sub(r"\s+", " ", wording).strip(" .,;:-")
    return wording[:1].upper() + wording[1:]
