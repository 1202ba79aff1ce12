"""Signs of the Symbol and Wingdings fonts: Word keeps them as numbers of a shape, mostly at U+F000 and above.

"Insert symbol" is how many offices write ≥ and ≤: dropping the sign turns "at least 85 %" into "85 %".
"""

from __future__ import annotations

import re

_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB8: "÷", 0xBB: "≈", 0xA5: "∞", 0xB7: "•",
    0xAE: "→", 0xDE: "⇒", 0x2D: "-", 0xBE: "-",
}  # fmt: skip
_WINGDINGS = {0xFC: "x", 0xFE: "x", 0x78: "x", 0xFB: "x", 0xFD: "x", 0x9F: "•", 0x6C: "•", 0xA7: "•", 0xD8: "•"}
_SIGN_OF_FIGURE = re.compile("[\uf0a3\uf0b3\uf03c\uf03e](?=\\s*\\d|$)")


def sign(font: str, code: str) -> str:
    """The sign of a ``w:sym`` element: ``code`` is the hexadecimal number of the shape; "" for mere ornaments."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return in_font(font, chr(number if number < 0xF000 else 0xF000 + number % 0x100))


def in_font(font: str | None, text: str) -> str:
    """``text`` set in ``font``, the signs of symbol fonts as Unicode; text of other fonts as it is."""
    name = (font or "").casefold()
    if name.startswith("symbol"):
        return "".join(map(_symbol, text))
    if name.startswith("wingdings"):
        return "".join(_WINGDINGS.get(ord(letter) % 0x100, "") if letter != " " else " " for letter in text)
    return text


def before_figures(text: str) -> str:
    """``text`` of unknown fonts with the private signs replaced that stand before a figure,
    or at a line's end, where they compare."""
    return _SIGN_OF_FIGURE.sub(lambda found: _symbol(found.group()), text)


def _symbol(letter: str) -> str:
    code = ord(letter)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    elif code > 0xFF:
        return letter
    if code in _SYMBOL:
        return _SYMBOL[code]
    return chr(code) if 0x20 <= code <= 0x40 or chr(code) in "[]{}|" else letter
