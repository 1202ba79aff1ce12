"""What "nào" and "gì" ask of a passage: a list where several things are asked for, a firm, a place, a name.

A passage that speaks of the very thing and does not name it is no evidence: "phần mềm diệt virus có bản quyền" does not
say of which firm.
"""

from __future__ import annotations

import re
from typing import Final

from retrieval.candidates import PRODUCT
from retrieval.terms import syllables
from retrieval.values import plain

# "những biện pháp kỹ thuật nào", "mấy nhóm đối tượng nào": several things are asked for, named ``head``.
_SEVERAL: Final = re.compile(
    r"\b(?:nhung|cac|bao nhieu|gom)(?: nhung| cac)? (?P<head>(?!gi\b|nao\b|nguon\b)\w+(?: \w+){0,4}?) (?:nao|gi)\b"
)
_HOW_MANY: Final = re.compile(r"(?i)\bmấy\b")
# What opens a list, and the list itself: at least two things.
_LIST: Final = re.compile(r"(?::|\b(?:bao )?gom\b:?|\bnhu\b:?|\(|\bla\b:?)\s*[^.;:()]{2,}?(?:[,;]|\bva\b)\s*\w")
_POINTS: Final = re.compile(r"\(\d\)|(?:^|\s)[a-dđ]\)\s|\n\s*[-+•]")
_FIRM: Final = re.compile(r"\b(?:hang|cong ty|nha cung cap|tap doan|nha mang) nao\b")
_FIRMS: Final = re.compile(r"\b(?:[Cc]ông ty|[Tt]ập đoàn|[Hh]ãng)\s+[A-ZĐ]|\b(?:VNPT|Viettel|FPT|CMC|MISA|BKAV)\b")
_NAMED_PLACE: Final = re.compile(
    r"\b(bo|thon|ap|xom|buon|xa|phuong|tinh|huyen|thanh pho|khu cong nghiep|to dan pho) nao\b"
)
# What stands before the name of a place of each level.
_LEVELS: Final = {
    "bo": "Bộ", "thon": "[Tt]hôn", "ap": "[Ấấ]p", "xom": "[Xx]óm", "buon": "[Bb]uôn", "xa": "[Xx]ã",
    "phuong": "[Pp]hường",
    "tinh": "[Tt]ỉnh", "huyen": "[Hh]uyện", "thanh pho": "[Tt]hành phố", "to dan pho": "[Tt]ổ dân phố",
    "khu cong nghiep": "(?:KCN|[Kk]hu công nghiệp)",
}  # fmt: skip
_WHERE: Final = re.compile(r"\b(?:o dau|cho nao|noi nao|dia diem nao|dia ban nao|vi tri nao)\b")
_SOMEWHERE: Final = re.compile(r"(?<!\w)(?:tại|ở|trên địa bàn|trong khuôn viên)\s+\w")
_ITS_NAME: Final = re.compile(r"\bten (?:la )?gi\b|\bgoi la gi\b")
# In quotation marks, or said to be one.
_NAME: Final = re.compile(r"[“\"][^”\"]{2,60}[”\"]|\b(?:tên|gọi là|gọi tắt là|viết tắt là)\s*:?\s*\w+")


def names_it(question: str, text: str, sentence: str) -> bool:
    """Whether ``sentence`` of ``text`` names what ``question`` asks for; True where it asks for none of these kinds."""
    asked = " ".join(syllables(_HOW_MANY.sub("bao nhiêu", question), question=True))
    several = _SEVERAL.search(asked)
    if several and not _lists(several["head"], text):
        return False
    if _FIRM.search(asked) and not (_FIRMS.search(sentence) or PRODUCT.search(sentence)):
        return False
    place = _NAMED_PLACE.search(asked)
    if place and not _new_place(place[1], question, sentence):
        return False
    if _WHERE.search(asked) and not _SOMEWHERE.search(sentence):
        return False
    return not _ITS_NAME.search(asked) or _new_name(question, sentence)


def _lists(head: str, text: str) -> bool:
    """Whether a list stands in ``text``, behind the things asked for where the text names them."""
    bare = " ".join(plain(text).split())
    begins = re.search(rf"\b{re.escape(' '.join(head.split()[:2]))}\b", bare)
    return bool(_LIST.search(bare, begins.start() if begins else 0) or _POINTS.search(text))


def _new_place(level: str, question: str, text: str) -> bool:
    """Whether ``text`` names a place of ``level`` that the question does not."""
    known = set(syllables(question, question=True))
    found = re.finditer(rf"(?<!\w){_LEVELS[level]}\s+((?:[A-ZĐ]\w*\s?)+|\d+)", text)
    return any(not set(syllables(match[1])) <= known for match in found)


def _new_name(question: str, text: str) -> bool:
    """Whether ``text`` holds a name that the question does not."""
    known = set(syllables(question, question=True))
    return any(not set(syllables(match.group())) <= known for match in _NAME.finditer(text))
