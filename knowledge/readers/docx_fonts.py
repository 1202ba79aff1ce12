"""Which words of a Word file are set in the fonts from before Unicode, and which only carry such a font's name.

Old templates keep a .VnTime style under text that is typed in Unicode, and text pasted from an old plan stands in TCVN3
amid a new one. So each paragraph is asked for itself what its letters spell.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from knowledge.readers import legacy
from knowledge.readers.docx_styles import W


def text_of(element: Element) -> str:
    """All words below ``element``, run after run."""
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@dataclass(slots=True)
class OldFonts:
    """Whether letters in an old font are old ones; ``latest`` is what the last words said that could tell."""

    latest: bool

    @classmethod
    def of(cls, text: str) -> OldFonts:
        """From the whole text of a file: old letters, unless some are Unicode's."""
        return cls(not _is_unicode(text))

    def begin(self, paragraph: str) -> None:
        """Go on to a paragraph: its words together tell more than the few of a run."""
        if not paragraph.isascii() and not _is_unicode(paragraph):
            kept = legacy.syllables(paragraph)
            converted = max(legacy.syllables(convert(paragraph)) for convert in (legacy.from_tcvn3, legacy.from_vni))
            self.latest = converted > kept if converted != kept else self.latest

    def hold_old(self, font: str | None, words: str) -> bool:
        """Whether ``words`` in ``font`` are to be converted."""
        if not legacy.is_old(font) or _is_unicode(words):
            return False
        kept, converted = legacy.syllables(words), legacy.syllables(legacy.from_font(font, words))
        return converted > kept if converted != kept else self.latest


def _is_unicode(text: str) -> bool:
    """Whether ``text`` holds Vietnamese letters that no old font has."""
    return any("\u1ea0" <= letter <= "\u1ef9" or letter in "đĐơƠưƯăĂ" for letter in text)
