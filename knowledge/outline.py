"""The outline of a plan: headings, paragraphs, bullets and appendices, in reading order.

Vietnamese administrative documents number their headings in a fixed way: "Phần I", "I.", "1.", "1.1.", "a)". A scan
prints these badly ("II1.", "I11.", "Il."), so a number is read in the light of the one before it.
"""

from __future__ import annotations

import re

from knowledge import heading_labels as labels
from knowledge.headings import heading_text
from knowledge.manuscript import Manuscript, TextLine
from knowledge.roman_numerals import NUMERALS, numeral, roman
from knowledge.sections import APPENDIX, LETTER, NUMBER, PART, ROMAN, Block, BlockKind, Heading, Outline

LONGEST_HEADING = 240  # letters; a longer numbered item is a paragraph that happens to be numbered

SHORT = 0.7  # of a full line: what ends before was ended, not wrapped (letters are of unequal width)


class _Builder:
    def __init__(self, manuscript: Manuscript, table_lines: frozenset[int]) -> None:
        self.manuscript = manuscript
        self.table_lines = table_lines
        self.outline = Outline()
        self.width = self._text_width()
        self.path: list[Heading] = []
        self.run: list[TextLine] = []
        self.kind = BlockKind.PARAGRAPH
        self.blank = True
        self.item = 0  # the number of the item that the text stands in, below the last heading

    def _text_width(self) -> int:
        """How many letters a full line holds: one line in ten is longer."""
        lengths = sorted(len(line.raw) for line in self.manuscript.lines if line.raw)
        return lengths[len(lengths) * 9 // 10] if lengths else 0

    def build(self) -> Outline:
        lines = self.manuscript.lines
        index = 0
        while index < len(lines):
            line = lines[index]
            if not line.raw:
                self.blank = True
                index += 1
                continue
            if line.number in self.table_lines:
                if self.kind is not BlockKind.TABLE:
                    self._flush()
                    self.kind = BlockKind.TABLE
                self.run.append(line)
                index += 1
                continue
            if self.kind is BlockKind.TABLE:
                self._flush()
            if self.outline.recipients is None and labels.RECIPIENTS.match(line.plain):
                self._flush()
                self.outline.recipients = line.number
            taken = self._appendix(index) or self._heading(index)
            if not taken:
                self._text(line, index)
                taken = 1
            self.blank = False
            index += taken
        self._flush()
        return self.outline

    def _flush(self) -> None:
        if self.run:
            self.outline.blocks.append(Block(self.kind, tuple(self.run), tuple(self.path)))
        self.run = []
        self.kind = BlockKind.PARAGRAPH

    def _text(self, line: TextLine, index: int) -> None:
        bullet = bool(labels.BULLET.match(line.raw)) and not self._dash_inside(index)
        if not bullet and labels.BULLET.match(line.raw):
            self.run.append(line)
            return
        item = labels.item_number(line.raw, self.item)
        starts = line.raw[0].isupper() or line.raw[0].isdigit()
        ended = bool(self.run) and self.run[-1].raw.endswith((".", ";", ":", "./", "!"))
        if bullet or (self.blank and (ended or starts or not self.run)) or (ended and labels.BASIS.match(line.plain)):
            broken = self.run and not ended and not bullet and self.kind is BlockKind.BULLET and not starts
            if not broken:
                self._flush()
        elif item is not None and (ended or self.item):
            self._flush()
        self.item = self.item if item is None else item
        if bullet:
            self.kind = BlockKind.BULLET
        self.run.append(line)

    def _dash_inside(self, index: int) -> bool:
        """Whether the dash at the head of line ``index`` stands inside a sentence that a converter broke there: the
        paragraph above has no stop, and no list follows. A scan loses its stops too often to tell."""
        if self.manuscript.damaged or not self.run or self.kind is not BlockKind.PARAGRAPH:
            return False
        if len(self.run) < 2 or self.run[-1].raw.rstrip().endswith((".", ";", ":", ",", "!", "?", "/", ")")):
            return False
        after = [line for line in self.manuscript.lines[index + 1 : index + 12] if line.raw]
        following = next((line for line in after if self._opens(line)), None)
        return following is None or not labels.BULLET.match(following.raw)

    def _push(self, level: int, label: str, lines: tuple[TextLine, ...], title: str) -> None:
        self._flush()
        while self.path and self.path[-1].level >= level:
            self.path.pop()
        self.item = 0
        title = heading_text(title.strip(" .:-"), damaged=self.manuscript.damaged)
        heading = Heading(level, label, title, lines[0].number, lines[-1].number)
        self.path.append(heading)
        self.outline.blocks.append(Block(BlockKind.HEADING, lines, tuple(self.path)))

    def _appendix(self, index: int) -> int:
        """Lines taken by an appendix title at ``index``: "Phụ lục 1" with the lines below it, or a title "(Kèm theo
        ...)"."""
        lines = self.manuscript.lines
        line = lines[index]
        found = labels.APPENDIX_LABEL.match(line.plain)
        if not found and not (self.outline.recipients and self._titles_attachment(index)):
            return 0
        label = "Phụ lục"
        if found and found.group(1):
            token = found.group(1)
            number = token.upper() if not token.isdigit() and roman(token) else token.replace("l", "1")
            label = f"Phụ lục {number}"
        end = index + 1
        while end < len(lines) and end < index + 12:
            if lines[end].number in self.table_lines:
                break
            if labels.ATTACHED.match(lines[end].plain):
                end += 1
                while end < len(lines) and lines[end].raw and not lines[end - 1].raw.rstrip().endswith(")"):
                    end += 1
                break
            if lines[end].raw and (not labels.uppercase_share(lines[end].text) > 0.6 or "|" in lines[end].raw[:4]):
                break
            end += 1
        else:
            end = index + 1
        if not found and end == index + 1 and not labels.ATTACHED.match(line.plain):
            return 0
        taken = tuple(line for line in lines[index:end] if line.raw)
        title = " ".join(
            line.text
            for line in taken[1 if found else 0 :]
            if not labels.ATTACHED.match(line.plain) and "(" not in line.raw[:2]
        )
        self._push(APPENDIX, label, taken, title)
        return end - index

    def _titles_attachment(self, index: int) -> bool:
        lines = self.manuscript.lines
        if labels.ATTACHED.match(lines[index].plain):
            return True
        if labels.uppercase_share(lines[index].text) < 0.8 or len(lines[index].raw) < 12:
            return False
        following = [line for line in lines[index + 1 : index + 8] if line.raw][:3]
        attached = [position for position, line in enumerate(following) if labels.ATTACHED.match(line.plain)]
        return bool(attached) and not any(labels.APPENDIX_LABEL.match(line.plain) for line in following[: attached[0]])

    def _heading(self, index: int) -> int:
        line = self.manuscript.lines[index]
        for reader in (self._part, self._roman, self._number, self._letter):
            read = reader(line)
            if read:
                break
        else:
            return 0
        level, label, title = read
        taken = [line]
        lines = self.manuscript.lines
        end = index + 1
        while (
            end < len(lines)
            and lines[end].raw
            and not self._opens(lines[end])
            and lines[end].number not in self.table_lines
        ):
            taken.append(lines[end])
            title += " " + lines[end].text
            end += 1
        if len(taken) > 1 and title.rstrip().endswith(".") and self._ends_short(taken[0], taken[1]):
            taken, title, end = [line], read[2], index + 1  # a sentence stands right below the heading
        if len(title) > LONGEST_HEADING or (len(taken) > 1 and title.rstrip().endswith((";", "./."))):
            if level >= NUMBER:
                return self._numbered_paragraph(level, label, line)
            taken, title, end = [line], read[2], index + 1
        self._push(level, label, tuple(taken), title)
        return end - index

    def _numbered_paragraph(self, level: int, label: str, line: TextLine) -> int:
        """A long numbered item: a heading in the path (cut short), its words a paragraph of their own."""
        self._flush()
        self.item = 0
        while self.path and self.path[-1].level >= level:
            self.path.pop()
        title = re.sub(r"^[\d.a-zđ)]+\s*", "", line.text)
        self.path.append(Heading(level, label, title.strip(" .:-"), line.number, line.number))
        self.run.append(line)
        return 1

    def _ends_short(self, line: TextLine, below: TextLine) -> bool:
        """Whether a heading ends with ``line``: the first word below, a capital, had room on it and was not put
        there."""
        if not below.raw[:1].isupper() or (
            labels.uppercase_share(below.text) > 0.6 and labels.uppercase_share(line.text) > 0.6
        ):
            return False
        return len(line.raw) + 1 + len(below.raw.split()[0]) < SHORT * self.width

    def _opens(self, line: TextLine) -> bool:
        """Whether ``line`` begins something new right below a heading."""
        return bool(
            labels.BULLET.match(line.raw)
            or labels.ITEM.match(line.raw)
            or self._part(line)
            or self._roman(line)
            or self._labelled(line)
            or labels.LETTER_LABEL.match(line.raw)
            or labels.APPENDIX_LABEL.match(line.plain)
            or labels.RECIPIENTS.match(line.plain)
        )

    def _labelled(self, line: TextLine) -> bool:
        """Whether ``line`` begins with a heading's number; "05 ngày sau ..." goes on with the sentence above."""
        found = labels.NUMBER_LABEL.match(line.raw)
        return found is not None and ("." in found.group(1) or line.raw[found.end(1) :].lstrip().startswith((".", ")")))

    def _part(self, line: TextLine) -> tuple[int, str, str] | None:
        lettered = labels.PART_LETTER.match(line.raw)
        if lettered and len(line.raw.split()) > 2 and labels.uppercase_share(line.raw) > 0.9:
            return PART, lettered.group(1), line.text.split(".", 1)[-1].strip()
        found = labels.PART_LABEL.match(line.plain)
        if not found or len(line.raw) > 60:
            return None
        words = {"nhat": 1, "hai": 2, "ba": 3}
        value = words.get(found.group(1)) or roman(found.group(1))
        return (PART, f"Phần {numeral(value)}", found.group(2)) if value else None

    def _before(self, level: int) -> Heading | None:
        return next((heading for heading in self.path if heading.level == level), None)

    def _roman(self, line: TextLine) -> tuple[int, str, str] | None:
        found = labels.ROMAN_LABEL.match(line.text) or labels.ROMAN_LABEL.match(line.raw)
        if not found or not set(found.group(1)) & set("IVXl|L") or "|" in line.raw[2:6]:
            return None
        before = self._before(ROMAN)
        expected = NUMERALS.index(before.label) + 2 if before else 1
        value = roman(found.group(1), expected)
        if value is None or (value != expected and value != 1 and labels.uppercase_share(found.group(2)) < 0.6):
            return None
        if found.group(1) in ("1", "l") and value != expected:
            return None
        return ROMAN, numeral(value), found.group(2)

    def _number(self, line: TextLine) -> tuple[int, str, str] | None:
        found = labels.NUMBER_LABEL.match(line.raw)
        if not found:
            return None
        label = found.group(1).replace(" ", "")
        parts = [int(part) for part in label.split(".")]
        level = NUMBER + len(parts) - 1
        dotted = line.raw[found.end(1) :].lstrip().startswith((".", ")"))
        if len(parts) == 1 and not dotted:
            return None
        if len(parts) == 1 and parts[0] == self.item + 1 > 1:
            return None
        before = self._before(level)
        last = int(before.label.split(".")[-1]) if before else 0
        if not (parts[-1] == 1 or 0 < parts[-1] - last <= 2):
            return None
        if len(parts) > 1:
            parent = self._before(level - 1)
            if parent and parent.label != ".".join(str(part) for part in parts[:-1]):
                return None
        elif not self.blank and not line.raw[found.start(2)].isupper():
            return None
        title = re.sub(r"^[\d.\s)]+", "", line.text) or found.group(2)
        return level, ".".join(str(part) for part in parts), title

    def _letter(self, line: TextLine) -> tuple[int, str, str] | None:
        found = labels.LETTER_LABEL.match(line.raw)
        if not found:
            return None
        title = line.text.split(")", 1)[1].strip() if ")" in line.text else found.group(2)
        return LETTER + 1, found.group(1).replace("¢", "c").lower(), title


def read_outline(manuscript: Manuscript, table_lines: frozenset[int] = frozenset()) -> Outline:
    """The outline of ``manuscript``. Every line with words stands in exactly one block.

    ``table_lines`` are the lines of tables with known columns: they become table blocks, whatever they look like.
    """
    return _Builder(manuscript, table_lines).build()
