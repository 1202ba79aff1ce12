"""The name under a signature on a scanned page, read several times.

OCR likes words better than names: "Đinh" comes out as "Định", in clean print and at every size, and nothing in the
text then tells. So a name that Tesseract was not sure of, or that has a word nobody is called by, is read again in
other ways, and what they do not settle is said to be doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from PIL import Image, ImageFilter

from knowledge.catalogue import entries
from knowledge.readers import ocr
from knowledge.readers.columns import Word, WordLine

SURE = 90.0  # of 100; misread names had 50 to 86 for the wrong word, well read ones 93 and more
LOOK_BACK = 6  # lines from a name up to the role: the seal and the pen leave crumbs between them
AIR = 18  # points round the line: marks above capitals lie outside Tesseract's box
MARGIN = 30  # of white beyond; Tesseract misses letters that touch the edge
# Enlarged by, smoothed by (points), page mode. One line; one line without the program's own cutting of words, which
# reads names that no dictionary holds best.
LOOKS = ((2.0, 2.0, ocr.LINE), (3.0, 3.0, ocr.LINE), (2.0, 1.0, ocr.RAW_LINE))

_ROLE = re.compile(
    r"^\W*(?:TM|KT|TL|TUQ|Q)\s?\.|CH[ỦU] T[ỊI]CH|GI[ÁA]M Đ[ỐO]C|TR[ƯU][ỞO]NG|TH[ỦU] T[ƯU][ỚO]NG|B[ÍI] TH[ƯU]|CH[ÁA]NH"
)
_NAME_WORD = re.compile(r"^[A-ZÀ-ỸĐ][^\W\d_]*$")


@cache
def _listed(family: bool) -> frozenset[str]:
    """Family names, or the words that stand behind them."""
    rows = (names for part, _, names in entries("person_names.tsv") if (part == "family") == family)
    return frozenset(name.strip() for names in rows for name in names.split(";"))


def check_signers(lines: Sequence[WordLine], page: Image.Image) -> tuple[list[WordLine], dict[int, str]]:
    """Lines with the names under signatures read again where need be, and by line the reason to doubt a name.

    ``page`` is the picture that the words' places refer to. A name that people have goes before one that they have not
    where a look had it; none is made up here, the understanding knows what a name may have been.
    """
    checked, doubts = list(lines), dict[int, str]()
    for index, line in enumerate(lines):
        if _is_name(line) and _is_unsure(line) and any(map(_is_role, lines[max(0, index - LOOK_BACK) : index])):
            checked[index], doubt = _read_again(line, page)
            if doubt is not None:
                doubts[index] = doubt
    return checked, doubts


def _is_name(line: WordLine) -> bool:
    return 2 <= len(line) <= 5 and all(_NAME_WORD.match(word.text) for word in line) and not _text(line).isupper()


def _is_unsure(line: WordLine) -> bool:
    return any(word.sure < SURE or word.text not in _listed(place == 0) for place, word in enumerate(line))


def _is_role(line: WordLine) -> bool:
    text = _text(line)
    return _ROLE.search(text) is not None and text.upper() == text


def _read_again(line: WordLine, page: Image.Image) -> tuple[WordLine, str | None]:
    """The name as most looks have it, and the reason to doubt it, if any."""
    readings = [line, *(look for scale, blur, mode in LOOKS if (look := _look(line, page, scale, blur, mode)))]
    readings = [reading for reading in readings if len(reading) == len(line)]
    votes = [[reading[place] for reading in readings] for place in range(len(line))]
    known = [[word for word in words if word.text in _listed(place == 0)] for place, words in enumerate(votes)]
    texts = [_most(real or words) for real, words in zip(known, votes, strict=True)]
    sure = all(map(_agreed, texts, known))
    name = [replace(word, text=text) for word, text in zip(line, texts, strict=True)]
    if sure:
        return name, None
    shown = ", ".join(dict.fromkeys(_text(reading) for reading in readings))
    return name, f"các lần đọc ảnh chưa cho một tên chắc chắn: {shown}"


def _look(line: WordLine, page: Image.Image, scale: float, blur: float, mode: int) -> WordLine:
    """The words of the line's print, drawn and read in one of the other ways; specks left out."""
    left, top, right, bottom = (
        min(word.left for word in line) - AIR, min(word.top for word in line) - AIR,
        max(word.right for word in line) + AIR, max(word.bottom for word in line) + AIR,
    )  # fmt: skip
    printed = page.crop((round(left), round(top), round(right), round(bottom)))
    printed = printed.resize((round(printed.width * scale), round(printed.height * scale)), Image.Resampling.BICUBIC)
    printed = printed.filter(ImageFilter.GaussianBlur(blur))
    framed = Image.new("L", (printed.width + 2 * MARGIN, printed.height + 2 * MARGIN), 255)
    framed.paste(printed, (MARGIN, MARGIN))
    return [
        Word(word.text, word.left, word.top, word.right, word.bottom, word.sure)
        for word in ocr.read_pictures([framed], mode)
        if _NAME_WORD.match(word.text)
    ]


def _most(words: Sequence[Word]) -> str:
    """The spelling that the looks were surest of, all together."""
    return max((word.text for word in words), key=lambda text: sum(word.sure for word in words if word.text == text))


def _agreed(text: str, words: Sequence[Word]) -> bool:
    """Whether all looks but one have ``text``, and one of them surely."""
    same = [word.sure for word in words if word.text == text]
    return len(same) >= len(LOOKS) and max(same) >= SURE


def _text(line: WordLine) -> str:
    return " ".join(word.text for word in line)
