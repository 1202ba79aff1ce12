"""Words of a page in a font from before Unicode amid others that are Unicode: pasted rows, a letterhead kept for years.

A page that is all in one such encoding is converted as a whole (``pdf.convert``); here every word is asked for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from knowledge.readers import legacy

MIN_WORDS = 3  # of a page that only the conversion makes syllables: a foreign name or two are none


def as_unicode(lines: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """By line and place in it, the words of ``lines`` to be replaced, and by what."""
    words = [word for word in chain.from_iterable(lines) if _may_be_old(word)]
    tables = (legacy.from_tcvn3, legacy.from_vni)
    gains = [sum(_gain(word, table(word)) > 0 for word in words) for table in tables]
    if max(gains) < MIN_WORDS:
        return {}
    table = tables[gains.index(max(gains))]
    found: dict[tuple[int, int], str] = {}
    for number, line in enumerate(lines):
        gain = {at: _gain(word, table(word)) for at, word in enumerate(line) if _may_be_old(word)}
        told = {at: one > 0 for at, one in gain.items() if one} | {
            at: False for at, word in enumerate(line) if any(letter > "\u00ff" for letter in word)
        }
        for at in gain:
            nearest = min(told, key=lambda other: (abs(other - at), other), default=None)
            if nearest is not None and told[nearest]:
                found[number, at] = table(line[at])
    return found


def _may_be_old(word: str) -> bool:
    return not word.isascii() and all(letter <= "\u00ff" for letter in word)


def _gain(word: str, converted: str) -> int:
    """1 where only the conversion makes syllables of a word, -1 where it spoils them, 0 where it tells nothing."""
    return legacy.syllables(converted) - legacy.syllables(word)
