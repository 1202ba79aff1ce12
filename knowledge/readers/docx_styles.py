"""What a Word paragraph inherits: the font that says how its letters are encoded, and its automatic number.

Numbers of headings, bullets and the first column of tables are often automatic: they stand in no text, only
in ``numbering.xml``. Reference: ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_BASES = 20  # styles rest on each other a few deep; a file can make them rest in a ring
MAX_COUNT = 100_000  # no list is longer; a file can start one at 2^31
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers look, and the text round them ("%1.%2.")."""

    form: str
    text: str
    start: int
    style: str | None = None  # of the paragraphs that take this level without naming it
    legal: bool = False  # the numbers of outer levels are shown as figures, whatever their own form


@dataclass(slots=True)
class Styles:
    """Fonts and lists by style; built once for a file."""

    elements: dict[str, Element] = field(default_factory=dict)
    default_font: str | None = None

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """From the root of ``styles.xml``; a file may have none."""
        if root is None:
            return cls()
        elements = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        return cls(elements, _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))

    def font(self, run: Element | None, style: str | None) -> str | None:
        """The font of a run with properties ``run`` in a paragraph of ``style``."""
        own = _font(run)
        if own is not None:
            return own
        character = _value(run, "rStyle")
        for name in (character, style):
            for element in self._bases(name):
                inherited = _font(element.find(f"{W}rPr"))
                if inherited is not None:
                    return inherited
        return self.default_font

    def numbering(self, style: str | None) -> Element | None:
        """The list that a paragraph of ``style`` belongs to."""
        for element in self._bases(style):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None

    def _bases(self, name: str | None) -> list[Element]:
        chain: list[Element] = []
        while name in self.elements and len(chain) < MAX_BASES:
            chain.append(self.elements[name])
            name = _value(chain[-1], "basedOn")
        return chain


@dataclass(slots=True)
class Lists:
    """The lists of a file, each counting on as its paragraphs come by.

    Lists made from one draft count on together, unless one of them says that it starts anew.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    anew: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, root: Element | None) -> Lists:
        """From the root of ``numbering.xml``; a file may have none."""
        lists = cls()
        if root is None:
            return lists
        found = {draft.get(f"{W}abstractNumId", ""): draft for draft in root.iter(f"{W}abstractNum")}
        drafts = {name: _levels(draft) for name, draft in found.items()}
        styled = {link: name for name, draft in found.items() if (link := _value(draft, "styleLink"))}
        for number in root.iter(f"{W}num"):
            name = _value(number, "abstractNumId") or ""
            link = _value(found.get(name), "numStyleLink")
            name = styled.get(link or "", name)
            levels, own = dict(drafts.get(name, {})), number.get(f"{W}numId", "")
            for override in number.iter(f"{W}lvlOverride"):
                levels |= _levels(override)
                start = _value(override, "startOverride")
                if start is not None:
                    lists.anew.setdefault(own, {})[_count(override.get(f"{W}ilvl"))] = _count(start)
            lists.levels[own], lists.drafts[own] = levels, name
        return lists

    def label(self, properties: Element | None, style: str | None = None) -> str:
        """The next number of the list that ``properties`` (a numPr element) names, in a paragraph of ``style``; "" for
        no list."""
        number, depth = _value(properties, "numId"), _count(_value(properties, "ilvl"))
        levels = self.levels.get(number or "", {})
        if _value(properties, "ilvl") is None:
            depth = next((at for at, level in levels.items() if style is not None and level.style == style), depth)
        level = levels.get(depth)
        if number is None or level is None:
            return ""
        if level.form == "bullet":
            return "-"
        counts = self.counts[self.drafts.get(number, number)]
        for at, start in self.anew.pop(number, {}).items():
            counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        label = level.text
        for place, each in levels.items():
            form = "decimal" if level.legal and place < depth else each.form
            label = label.replace(f"%{place + 1}", _figure(counts.get(place, each.start), form))
        return label.strip()


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for element in parent.iter(f"{W}lvl"):
        depth = _count(element.get(f"{W}ilvl"))
        form, text = _value(element, "numFmt") or "decimal", _value(element, "lvlText") or ""
        start = _value(element, "start")
        legal = is_on(element.find(f"{W}isLgl"))
        found[depth] = Level(form, text, 1 if start is None else _count(start), _value(element, "pStyle"), legal)
    return found


def _figure(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * min(4, 1 + (count - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    out = ""
    for worth, letters in (*_ROMAN, *_ROMAN_SMALL):
        while count >= worth and len(out) < 20:
            out, count = out + letters, count - worth
    return out


def _font(properties: Element | None) -> str | None:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")


def is_on(switch: Element | None) -> bool:
    """Whether a property that is on by standing there is not switched off."""
    return switch is not None and switch.get(f"{W}val", "true") not in ("0", "false", "off")


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(f"{W}{name}") if parent is not None else None
    return None if child is None else child.get(f"{W}val")


def _count(text: str | None) -> int:
    return min(int(text), MAX_COUNT) if text is not None and text.isascii() and text.isdigit() else 0
