"""What stands in a typed text: amounts, pairs of counts, and the words around them; no meaning yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from knowledge.repair.fold import strip_marks
from reporting.number_words import read_words
from reporting.numeral import NUMERAL, readings
from reporting.unit_of_measure import COUNTED_WORDS, MAGNITUDES


@dataclass(frozen=True, slots=True)
class Amount:
    """One number as typed, with the values that it may stand for, the usual one first, its magnitude applied.

    ``scaled`` says that a magnitude was typed ("1,2 triệu"); ``percent`` that a percent sign or its words follow.
    """

    text: str
    values: tuple[Decimal, ...]
    scaled: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """A part and its whole: "4390/5753", "4.390 trên 5.753"."""

    part: Amount
    whole: Amount


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed text taken apart.

    ``rough`` ("khoảng", "hơn", ">"), ``change`` ("tăng", "giảm"), ``negative``; ``things``, a noun such as "người" that
    is not in the unit; ``spelled``, one word without diacritics that may be another word than a number; ``strange``,
    something that nobody here understands; ``glued``, digits grown together with letters or slashes ("6o", "1/2/3"),
    and codes.
    """

    items: tuple[Amount | Counts, ...]
    rough: bool = False
    change: bool = False
    negative: bool = False
    things: bool = False
    spelled: bool = False
    strange: bool = False
    glued: bool = False

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The single numbers, without those of a pair."""
        return tuple(item for item in self.items if isinstance(item, Amount))

    @property
    def pairs(self) -> tuple[Counts, ...]:
        """The pairs of counts."""
        return tuple(item for item in self.items if isinstance(item, Counts))


_PERCENT_WORDS: Final = re.compile(r"\b(?:phan|fan) ?(?:tram|%)|\bpt\b")
_GLUED_MILLIONS: Final = re.compile(r"(\d)\s?(tr|trieu|ty|ti)(\d{1,2})\b")
_SPOKEN_POINT: Final = re.compile(r"(?<=\d) (?:phay|cham) (?=\d)")
# Politeness and the words people wrap around a figure. They change nothing; "tỷ lệ" must go before "tỷ" is a magnitude.
_FILLER: Final = re.compile(
    r"\b(?:(?:tang|nang|giam)(?: xuong)? (?:len|con)(?: den)?"
    r"|ty le|ti le|so lieu|ket qua|bao cao|chi tieu|hien tai|hien nay|den nay|tong cong|ky nay|thang nay|quy nay"
    r"|nam nay|xa minh|xa em|chung em|don vi em|da|vang|thua|dat|duoc|dc|la|co|con so|so|ghi|nhap|gui|sua|hien|tong"
    r"|thi|nhe|nha|toi|em|anh|chi|oi|a|ah|roi|thoi|moi)\b"
)
_ROUGH_PHRASES: Final = re.compile(r"\b(?:toi thieu|toi da|it nhat|nhieu nhat|xap xi|co le|tren duoi|uoc dat)\b")
_ROUGH_WORDS: Final = frozenset({"khoang", "tam", "chung", "gan", "hon", "duoi", "tren", "uoc", "chac"})
_ROUGH_SIGNS: Final = frozenset("~≈<>≤≥±")
_CHANGE_WORDS: Final = frozenset({"tang", "giam", "them", "bot"})
# A minus that follows no number: "-5", "dạ -5", and not the range "60-65".
_NEGATIVE: Final = re.compile(r"(?:^|[^\d%\s])\s*-\s*\d|\bam \d")
_TOKEN: Final = re.compile(
    rf"(?P<number>{NUMERAL})(?:(?P<near>k|tr)\b|\s?(?P<scale>nghin|ngan|trieu|tr|ty|ti)\b)?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s]|_)"
)
# ".5" and "1..2" have lost something.
_POINTS: Final = (".", ",")
# Signs that carry nothing around one figure.
_SILENT: Final = frozenset(".,;:!()[]\"'=*“”‘’…")


def take_apart(text: str, unit: str | None) -> Typed:
    """Take a tidy text (``reporting.numeral.tidy``) apart. Words of ``unit`` itself are expected beside the number."""
    folded = strip_marks(text)
    measure = strip_marks(unit or "").strip()
    if any(c.isalpha() for c in measure):  # "40 Mbit/s": the unit's own slash is no fraction
        folded = re.sub(rf"(?<![^\W\d_]){re.escape(measure)}(?![^\W\d_])", " % " if "%" in measure else " ", folded)
    negative = bool(_NEGATIVE.search(folded))
    folded = _PERCENT_WORDS.sub("%", folded)
    folded = _GLUED_MILLIONS.sub(r"\1,\3 \2", folded)
    folded = _SPOKEN_POINT.sub(",", folded)
    spelled = _read_spelled(folded)
    if spelled is not None:
        amount, one_word = spelled
        # One word among others, or without its marks, or "không" (which is also "no"), may be no number at all.
        sure = not text.isascii() and amount.values[0] != 0 and " " not in text.strip()
        return Typed((amount,), spelled=one_word and not sure)
    return _Scan(folded, frozenset(re.findall(r"[^\W\d_]+", measure))).result(negative)


def _read_spelled(folded: str) -> tuple[Amount, bool] | None:
    percent = folded.rstrip().endswith("%")
    words = folded.strip(" .!?%")
    bare = " ".join(_FILLER.sub(" ", words).split())
    for candidate in dict.fromkeys((words, bare)):
        value = read_words(candidate)
        if value is not None:
            return Amount(candidate, (value,), percent=percent), " " not in candidate
    return None


class _Scan:
    """One pass over the tokens; ``_link`` remembers what stood between the last amount and the next."""

    def __init__(self, folded: str, unit_words: frozenset[str]) -> None:
        self._items: list[Amount | Counts] = []
        self._unit_words = unit_words
        self._link = ""
        self._rough = self._change = self._things = self._strange = self._glued = False
        self._alone = len(folded.split()) == 1
        self._strange_end = -1  # where the last word ends that nobody here understands
        self._text = _FILLER.sub(" ", _ROUGH_PHRASES.sub(" ~ ", folded))

    def result(self, negative: bool) -> Typed:
        end = -1
        for token in _TOKEN.finditer(self._text):
            number, word, sign = token["number"], token["word"], token["sign"]
            if number:
                scale = token["near"] or token["scale"]
                self._number(number, scale, start=token.start(), touching=token.start() == end)
                end = token.end()
            elif word:
                self._word(word, glued=token.start() == end, end=token.end())
            else:
                self._sign(sign)
        if self._link in ("/", "tren", "trong"):
            self._strange = self._strange or self._link == "/"
            self._rough = self._rough or self._link != "/"
        return Typed(
            tuple(self._items),
            rough=self._rough,
            change=self._change,
            negative=negative,
            things=self._things,
            strange=self._strange,
            glued=self._glued,
        )

    def _number(self, number: str, scale: str | None, *, start: int, touching: bool) -> None:
        factor = MAGNITUDES[scale] if scale else Decimal(1)
        amount = Amount(number, tuple(value * factor for value in readings(number)), scaled=bool(scale))
        last = self._items[-1] if self._items else None
        if self._link in ("/", "tren", "trong"):
            if isinstance(last, Amount):
                self._items[-1] = Counts(last, amount)
            else:  # "30/6/2026", or "trên 90": no whole without a part
                self._strange = self._strange or self._link == "/"
                self._rough = self._rough or self._link != "/"
                self._items.append(amount)
        elif isinstance(last, Amount) and self._continues(last, amount) and not self._link:
            total = last.values[0] + amount.values[0]
            self._items[-1] = Amount(f"{last.text} {number}", (total,), scaled=True)
        else:
            self._items.append(amount)
        self._link = ""
        # "ABCD6" alone is a code, such as an invite; in "T5: 60%" it is a word beside the figure.
        touching = touching or (self._alone and start == self._strange_end)
        self._glued = self._glued or touching or self._text[start - 1 : start] in _POINTS

    @staticmethod
    def _continues(last: Amount, amount: Amount) -> bool:
        """ "1 triệu 200 nghìn": a smaller magnitude behind a larger one, each with one value."""
        if not (last.scaled and amount.scaled and len(last.values) == len(amount.values) == 1):
            return False
        return last.values[0] > amount.values[0]

    def _word(self, word: str, *, glued: bool, end: int) -> None:
        after_amount = bool(self._items) and isinstance(self._items[-1], Amount)
        if word in ("tren", "trong") and after_amount and not self._link:
            self._link = word
        elif word in self._unit_words:
            return
        elif word in COUNTED_WORDS:
            self._things = True
        elif word in _ROUGH_WORDS:
            self._rough = True
        elif word in _CHANGE_WORDS:
            self._change = True
        else:
            self._strange = True
            self._glued = self._glued or glued
            self._strange_end = end

    def _sign(self, sign: str) -> None:
        last = self._items[-1] if self._items else None
        if sign == "%":
            if isinstance(last, Amount):
                self._items[-1] = Amount(last.text, last.values, last.scaled, percent=True)
            elif not isinstance(last, Counts):
                self._strange = True
        elif sign == "/":
            self._strange = self._strange or not isinstance(last, Amount)
            self._glued = self._glued or bool(self._link) or isinstance(last, Counts)
            self._link = "/"
        elif sign in _ROUGH_SIGNS:
            self._rough = True
        elif sign not in _SILENT:
            self._strange = True
            self._link = sign
        else:
            self._link = self._link or sign if sign in ",;" else self._link
