"""The lead unit of an indicator: which units are likely where it is doubted, and a unit as a coordinator types it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handlers.view import Doubt
from knowledge.plain import plain, plain_words
from knowledge.repair.diacritics import restore_diacritics
from knowledge.units import LEVELS, UNIT_START, UnitLexicon

# Two taps for two readings; a third unit is typed.
_MOST_OFFERED = 2
# A unit's name is no sentence.
_LONGEST = 120


def offered(doubt: Doubt) -> tuple[tuple[str, ...], ...]:
    """The units that may be meant, the likeliest first: as understood, as repaired, as another place names them."""
    repaired = [(repair.understood,) for repair in doubt.repairs if repair.field == "lead"]
    likely = dict.fromkeys(units for units in (doubt.lead, *repaired, *doubt.leads_elsewhere) if units)
    return tuple(likely)[:_MOST_OFFERED]


def printed(doubt: Doubt) -> str | None:
    """What the scan has where the lead stands; None where the words could not be told from the rest of the row."""
    return next((repair.original for repair in doubt.repairs if repair.field == "lead"), None)


def read_lead(text: str, units: Sequence[str]) -> tuple[str, ...] | None:
    """The units that ``text`` names, each by the name that the plan has for it ("tram y te" is "Trạm Y tế xã").

    Abbreviations and words without diacritics are understood. A unit that nobody knows keeps its typed name, and only
    where it begins as units do; None for words that name none.
    """
    text = " ".join(text.split()).strip(" .;")
    if not text or len(text) > _LONGEST:
        return None
    lexicon = _lexicon(tuple(units))
    found = []
    for name in lexicon.split(text):
        own = _own(name, units) or _own(name.removeprefix("UBND "), units)
        if own is None and not lexicon.knows(name):
            if UNIT_START.match(plain(name) + " ") is None or len(plain_words(name)) < 2:
                return None
            restored = restore_diacritics(name)
            name = restored[:1].upper() + restored[1:]
        found.append(own or name)
    return tuple(dict.fromkeys(found)) or None


def _own(name: str, units: Sequence[str]) -> str | None:
    """The plan's own unit of this name, with or without its level ("Công an" is the commune's)."""
    bare = _without_level(name)
    same = [unit for unit in units if plain_words(unit) == plain_words(name)]
    near = [unit for unit in units if _without_level(unit) == bare]
    return next(iter((*same, *near)), None)


def _without_level(name: str) -> str:
    key = " ".join(plain_words(name))
    level = next((level for level in LEVELS if key.endswith(f" {level}")), None)
    # "UBND xã" is another unit than "UBND tỉnh"; what a commune's plan calls "Công an" is the commune's own.
    return key if level is None or key == f"ubnd {level}" or level == "tinh" else key.removesuffix(f" {level}")


@lru_cache(maxsize=8)
def _lexicon(units: tuple[str, ...]) -> UnitLexicon:
    return UnitLexicon(units)
