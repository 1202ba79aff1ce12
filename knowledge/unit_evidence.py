"""How far the printed words of a cell bear out a unit that was read from them.

A garbled cell always has some nearest unit; a unit that the print does not bear out would send reminders to strangers,
so it is left out and a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from knowledge.manuscript import Word
from knowledge.plain import plain, plain_words
from knowledge.roman_numerals import roman
from knowledge.unit_cells import UnitCell, UnitCellReader, readings_of
from knowledge.units import UNIT_START, KnownUnit, UnitLexicon, alike

# Shares of a name's letters that must be found in the cell, in order. Measured on the client's five texts: units read
# rightly reach 0.62 and more, wrong ones mostly stay below 0.55. A short name that the plan uses nowhere else must be
# clearer: words of two cells make one up easily ("hành chính công" and "Phòng" made "Công an phường", 0.79).
ENOUGH_KNOWN = 0.6
ENOUGH_STRANGE = 0.85
SHORT = 5  # words: six right words in a row are no accident
ENOUGH_LIKELY = 0.45  # share found times share explained
ENOUGH_GUESSED = 0.3  # of a unit that is only proposed, with a question to the coordinator


_NUMBERED = re.compile(r"\b(?:khu vuc|co so)$")
_WORD = re.compile(r"[-–,]|\(?[^\W\d_]{2,7}[),;]*|[A-ZĐ]{2,}[,;]*|y")


def borne_out(name: str, words: Sequence[Word], lexicon: UnitLexicon, seen: Collection[str] = ()) -> bool:
    """Whether ``words``, the cell as printed, bear out the unit ``name``; ``seen`` are units that its table repeats."""
    familiar = name in seen or name in lexicon.own or len(plain_words(name)) > SHORT
    return share(name, words, lexicon) >= (ENOUGH_KNOWN if familiar else ENOUGH_STRANGE)


def share(name: str, words: Sequence[Word], lexicon: UnitLexicon) -> float:
    """The share, 0 to 1, of the letters of ``name`` (by its best wording) that ``words`` hold in the same order."""
    tokens = [reading for word in words for reading in readings_of([word])]
    glued = "".join(word for word, _ in tokens)
    wordings = [unit.words for unit in lexicon.known if unit.name == name]
    wordings = wordings or _with_level(name, lexicon.known) or [tuple(plain_words(name))]
    return max((max(_ordered(known, tokens), float("".join(known) in glued)) for known in wordings), default=0.0)


def stands_alone(name: str, words: Sequence[Word], reader: UnitCellReader, sure: Collection[str]) -> bool:
    """Whether ``name`` is a unit of this plan or table that the cell holds enough of to be proposed, and more of than
    of any other that is not ``sure`` to stand in it."""
    units = {*reader.lexicon.own, *reader.seen}
    held = share(name, words, reader.lexicon)
    if name not in units or held < ENOUGH_GUESSED:
        return False
    return all(share(other, words, reader.lexicon) < held for other in units - {name, *sure})


def with_number(name: str, words: Sequence[Word]) -> str:
    """``name`` with the number behind it in the cell, where it is a unit of which there are several ("Khu vực 9")."""
    if not _NUMBERED.search(plain(name)):
        return name
    last = plain_words(name)[-2:]
    for at in range(2, len(words)):
        before = [word.plain.strip(".,;") for word in words[at - 2 : at]]
        number = words[at].raw.strip(".,;")
        if before == last and (number.isdigit() or roman(number, 0) is not None):
            return f"{name} {number}"
    return name


def likeliest(words: Sequence[Word], reader: UnitCellReader) -> UnitCell | None:
    """The plan's unit that a garbled cell holds most of and that leaves least of it over: a guess to be confirmed."""
    printed = [word for word in words if len(word.plain.strip(".,;:|")) > 1]
    scored = sorted(
        (
            share(name, words, reader.lexicon) * (1 - len(unexplained([name], printed, reader.lexicon)) / len(printed)),
            name,
        )
        for name in {*reader.lexicon.own, *reader.seen}
        if printed
    )
    return UnitCell((scored[-1][1],), (), 0.0) if scored and scored[-1][0] >= ENOUGH_LIKELY else None


def unexplained(names: Sequence[str], words: Sequence[Word], lexicon: UnitLexicon) -> list[str]:
    """The printed ``words`` of a cell that belong to none of the units ``names``: the rest of one that was not read."""
    known = {part for name in names for part in plain_words(name)}
    known |= {part for unit in lexicon.known if unit.name in names for part in unit.words}
    return [
        word.raw
        for word in words
        if not any(
            any(alike(part, reading) or reading in part for part in known)
            for readings in readings_of([word])
            for reading in readings
        )
        and len(word.raw.strip(".,;:|")) > 2
    ]


def reads_as_unit(name: str) -> bool:
    """Whether ``name``, which no list knows, may be a unit's name: it begins as one, and every word is a word."""
    words = name.replace("&", " ").split()
    return UNIT_START.match(plain(name) + " ") is not None and all(_WORD.fullmatch(word) for word in words)


def _with_level(name: str, known: Sequence[KnownUnit]) -> list[tuple[str, ...]]:
    """The wordings of a unit whose name ends with its level ("Trung tâm Phục vụ hành chính công tỉnh")."""
    return [(*unit.words, *plain_words(name[len(unit.name) :])) for unit in known if name.startswith(unit.name + " ")]


def _ordered(wording: tuple[str, ...], tokens: Sequence[tuple[str, str]]) -> float:
    best = [0.0] * (len(tokens) + 1)
    for word in wording:
        row = [0.0]
        for at, readings in enumerate(tokens):
            found = best[at] + max(alike(word, reading) for reading in readings) * len(word)
            row.append(max(found, best[at + 1], row[at]))
        best = row
    return best[-1] / max(1, sum(len(word) for word in wording))
