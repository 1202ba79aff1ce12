"""Numbers as people in Vietnam type them, and the readings that one typing allows.

The written rule is 1.234,5: a dot between thousands, a comma before decimals. Phone keyboards and English spreadsheets
break it both ways, so a numeral has *readings*, the usual one first; whoever asks decides which of them is possible.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

# No plan counts beyond a million billion; a longer row of digits is an account or a slip.
MAX_DIGITS: Final = 15

# The whole shape of a numeral inside a text: digits with inner separators, or groups of three behind spaces.
NUMERAL: Final = r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d.,]*\d)|\d+(?:[.,]\d+)*"

_GROUPED_BY_DOT: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMA: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_BY_SPACE: Final = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_DECIMAL: Final = re.compile(r"\d+[.,]\d+")
_WHOLE: Final = re.compile(r"\d+")

_SPACES: Final = re.compile(r"\s+")
_SLASHES: Final = str.maketrans("⁄∕÷\\", "////")
_DASHES: Final = str.maketrans("−–—‐‑‒﹣", "-------")
_PERCENTS: Final = str.maketrans("٪﹪", "%%")
_FULL_WIDTH: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def tidy(text: str) -> str:
    """``text`` as a person meant it, free of how a keyboard sent it.

    NFC; full-width and other scripts' digits as ASCII; every space plain and single; pictures (emoji), joiners and
    other invisible characters gone. Fractions and superscripts ("½", "5²") stay as they are: they are no digits.
    """
    plain = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    plain = plain.translate(_SLASHES).translate(_DASHES).translate(_PERCENTS)
    kept = []
    for character in plain:
        category = unicodedata.category(character)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(character)))
        elif category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
            kept.append(" ")
        elif category not in ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"):
            kept.append(character)
    return _SPACES.sub(" ", "".join(kept)).strip()


def readings(numeral: str) -> tuple[Decimal, ...]:
    """What a numeral can mean, the usual meaning in Vietnam first; empty for a malformed one.

    "1.234" is 1234, or 1.234 typed on an English keyboard; "1,234" is 1.234, or 1234 from an English spreadsheet;
    "60.5", "0.125" and "1.234,5" have one reading each; "12.34.56" has none.
    """
    if sum(c.isdigit() for c in numeral) > MAX_DIGITS:
        return ()
    if _WHOLE.fullmatch(numeral):
        return (Decimal(numeral),)
    if _GROUPED_BY_SPACE.fullmatch(numeral):
        return (Decimal(numeral.replace(" ", "").replace(",", ".")),)
    decimal = Decimal(numeral.replace(",", ".")) if _DECIMAL.fullmatch(numeral) else None
    if _GROUPED_BY_DOT.fullmatch(numeral):
        grouped = Decimal(numeral.replace(".", "").replace(",", "."))
        return (grouped,) if decimal is None else (grouped, decimal)
    if _GROUPED_BY_COMMA.fullmatch(numeral):
        grouped = Decimal(numeral.replace(",", ""))
        return (grouped,) if decimal is None else (decimal, grouped)
    return () if decimal is None else (decimal,)
