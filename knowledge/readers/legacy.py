"""Vietnamese encodings from before Unicode: TCVN3 (ABC fonts, north), VNI (south), Windows-1258.

Both font encodings are byte tables laid over Western letters: TCVN3 gives every Vietnamese letter one byte,
VNI writes the mark as a second letter after the vowel. Files in them are valid Western text, so they are
told apart by what they spell: the conversion under which nearly every word with a mark is a possible
Vietnamese syllable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_TCVN3_LETTERS = """
    à=b5 ả=b6 ã=b7 á=b8 ạ=b9 ă=a8 ằ=bb ẳ=bc ẵ=bd ắ=be ặ=c6 â=a9 ầ=c7 ẩ=c8 ẫ=c9 ấ=ca ậ=cb
    đ=ae è=cc ẻ=ce ẽ=cf é=d0 ẹ=d1 ê=aa ề=d2 ể=d3 ễ=d4 ế=d5 ệ=d6 ì=d7 ỉ=d8 ĩ=dc í=dd ị=de
    ò=df ỏ=e1 õ=e2 ó=e3 ọ=e4 ô=ab ồ=e5 ổ=e6 ỗ=e7 ố=e8 ộ=e9 ơ=ac ờ=ea ở=eb ỡ=ec ớ=ed ợ=ee
    ù=ef ủ=f1 ũ=f2 ú=f3 ụ=f4 ư=ad ừ=f5 ử=f6 ữ=f7 ứ=f8 ự=f9 ỳ=fa ỷ=fb ỹ=fc ý=fd ỵ=fe Ă=a1
    Â=a2 Ê=a3 Ô=a4 Ơ=a5 Ư=a6 Đ=a7
"""
_TCVN3 = {int(code, 16): letter for letter, code in (pair.split("=") for pair in _TCVN3_LETTERS.split())}

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _ROUND, _BREVE = (
    "\u0301",
    "\u0300",
    "\u0309",
    "\u0303",
    "\u0323",
    "\u0302",
    "\u0306",
)
# The letter written after the vowel, and the marks that it stands for.
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROUND, "á": _ROUND + _ACUTE, "à": _ROUND + _GRAVE,
    "å": _ROUND + _HOOK, "ã": _ROUND + _TILDE, "ä": _ROUND + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_UNIT = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])|([ôöñæóòî])", re.IGNORECASE)

_ONSET = "b|ch?|d|đ|gh?|gi|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|t[hr]?|v|x|h"
_RIME = (
    "a(?:[cimnoptuy]|ch|n[gh])?|ă(?:[cmnpt]|ng)|â(?:[cmnptuy]|ng)|e(?:[cmnopt]|ng)?|ê(?:[mnptu]|ch|nh)?|"
    "i(?:[amnptu]|ch|nh|ê(?:[cmnptu]|ng))?|o(?:[aceimnpt]|ng|o(?:c|ng)|a(?:[cimnopty]|ch|n[gh])|ă(?:[cmnt]|ng)|e[mnot])?|"
    "ô(?:[cimnpt]|ng)?|ơ(?:[imnpt])?|u(?:[acêimnoptơy]|ng|â(?:[nty]|ng)|ê(?:ch|nh)|ô(?:[cimnt]|ng)|"
    "y(?:[anptu]|ch|nh|ê[nt]))?|ư(?:[acimntu]|ng|ơ(?:[cimnptu]|ng))?|y(?:ê(?:[mntu]|ng))?"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RIME})")
_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

SAMPLE_CHARACTERS = 20_000  # some 4,000 words tell; the rest of a long file says nothing new
MIN_MARKED_WORDS = 8
MAX_UNICODE = 0.1  # of the words with a mark: text of two encodings is converted word by word or not at all
MIN_SPELT = 0.85  # clean Vietnamese has names and abbreviations; a wrong table spells less than half


def from_tcvn3(text: str) -> str:
    """Text whose letters are TCVN3 bytes shown as Western letters, as Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Text whose letters are VNI bytes shown as Western letters, as Unicode."""
    return unicodedata.normalize("NFC", _VNI_UNIT.sub(_vni_letter, text))


def conversion(text: str) -> Callable[[str], str] | None:
    """The function that makes Unicode of ``text``, or None where it is spelt in neither of the font
    encodings.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if text.isascii() or _spelt(sample) >= MIN_SPELT or _holds_unicode(sample):
        return None
    conversions: tuple[Callable[[str], str], ...] = (from_tcvn3, from_vni)
    best = max(conversions, key=lambda convert: _spelt(convert(sample)))
    return best if _spelt(best(sample)) >= MIN_SPELT else None


def to_unicode(text: str) -> str:
    """``text`` converted where it is spelt in one of the font encodings; any other text comes back unchanged."""
    convert = conversion(text)
    return text if convert is None else convert(text)


def from_bytes(content: bytes) -> str | None:
    """The text of bytes in TCVN3, VNI or Windows-1258, or None when none of them spells Vietnamese."""
    candidates = (
        content.decode("cp1258", errors="replace"),
        from_tcvn3(content.decode("cp1252", errors="replace")),
        from_vni(content.decode("cp1252", errors="replace")),
    )
    best = max(candidates, key=lambda text: _spelt(text[:SAMPLE_CHARACTERS]))
    return best if _spelt(best[:SAMPLE_CHARACTERS]) >= MIN_SPELT else None


def from_font(font: str | None, text: str) -> str:
    """``text`` set in ``font``: .Vn... fonts show TCVN3 (those ending in H in capitals), VNI-... fonts show
    VNI.
    """
    name = (font or "").casefold()
    if name.startswith(".vn"):
        converted = from_tcvn3(text)
        return converted.upper() if name.endswith("h") else converted
    return from_vni(text) if name.startswith("vni-") else text


def is_old(font: str | None) -> bool:
    """Whether ``font`` is one that lays Vietnamese letters over Western ones."""
    return (font or "").casefold().startswith((".vn", "vni-"))


def syllables(text: str) -> int:
    """How many words with a mark are possible Vietnamese syllables."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return sum(1 for word in words if not word.isascii() and _is_cased(word) and _SYLLABLE.fullmatch(_toneless(word)))


def _is_cased(word: str) -> bool:
    """Whether capitals stand where words have them: "tÕ" is no syllable."""
    return word.isupper() or word[1:].islower() or len(word) == 1


def _holds_unicode(text: str) -> bool:
    """Whether words hold letters that no font encoding has, more than a sign or a foreign name or two."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(any(letter > "\u00ff" for letter in word) for word in words) > MAX_UNICODE * len(words)


def _vni_letter(unit: re.Match[str]) -> str:
    vowel, mark, single = unit.groups()
    if single:
        letter = _VNI_SINGLE[single.lower()]
        return letter.upper() if single.isupper() else letter
    base = _VNI_SINGLE.get(vowel.lower(), vowel.lower())
    letter = unicodedata.normalize("NFC", base + _VNI_MARKS[mark.lower()])
    return letter.upper() if vowel.isupper() else letter


def _spelt(text: str) -> float:
    """Share of the words with a mark that could be Vietnamese syllables; 0 where too few words have one."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    if len(words) < MIN_MARKED_WORDS:
        return 0.0
    return sum(1 for word in words if _SYLLABLE.fullmatch(_toneless(word))) / len(words)


def _toneless(word: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
