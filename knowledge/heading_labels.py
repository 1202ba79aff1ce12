"""How headings, items, bullets and the parts of a document are labelled in print, misreadings of a scan included."""

from __future__ import annotations

import re

PART_LABEL = re.compile(r"^ph[ae]n (?:thu )?([ivxl1]+|nhat|hai|ba)\b[.:]?\s*(.*)$")
# "B. TỔ CHỨC THỰC HIỆN": the part of a plan that letters its parts; the title is in capitals.
PART_LETTER = re.compile(r"^([A-E])\s?\.\s+([^\W\d].*)$")
ROMAN_LABEL = re.compile(r"^([IVXlL1|][IVXlL1|vx]{0,4})\s?[.\-:]\s*(\D.*)$")
NUMBER_LABEL = re.compile(r"^(\d{1,2}(?:\s?\.\s?\d{1,2}){0,3})\s?[.)]?\s*([^\W\d].*)$")
LETTER_LABEL = re.compile(r"^([a-zđ¢C])\)\s*(\S.*)$")
BULLET = re.compile(r"^[-–—+•*·]\s*(?=\S)")
# "1. 80% người dân ...", "(2) Tỷ lệ ...": an item whose first word is a figure, or whose number stands in brackets.
ITEM = re.compile(r"^(?:\(\d{1,2}\)\s|\d{1,2}(?:\.\d{1,2})*[.)]\s+(?:[<>≥≤]=?\s*)?\d)")
APPENDIX_LABEL = re.compile(r"^ph[uy] ?l[uy]c\s*(?:so )?([ivx]+|[\dl]{1,2})?\s*[.:]?$")
ATTACHED = re.compile(
    r"^\(?\W{0,2}(?:ban hanh )?k[eé]?m theo\b.*\b(?:ke hoach|nghi quyet|quyet dinh|chuong trinh|ke hogch)"
)
RECIPIENTS = re.compile(r"^no[il1]\s*n?h[aegn]+n\b|^noi\s?nh\S{1,3}:")
BASIS = re.compile(r"^(?:can c[ui]\S{0,2}|thuc hien|xet de nghi|theo de nghi)\b")
# "2. Ít nhất ...": an item that may also be a heading.
_NUMBERED = re.compile(r"^\(?(\d{1,2})[.)]\s+\S")


def item_number(line: str, last: int) -> int | None:
    """The number of the item that ``line`` begins, told by its figure or by following the ``last`` one; None where it
    begins none (0 where the number is one of several parts)."""
    numbered = _NUMBERED.match(line)
    number = int(numbered.group(1)) if numbered else 0
    return number if ITEM.match(line) or (last and number == last + 1) else None


def uppercase_share(text: str) -> float:
    """The share of capitals among the letters of ``text``, 0 to 1."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / len(letters) if letters else 0.0
