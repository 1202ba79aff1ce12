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
    r"\b(?:nhung|cac|bao nhieu|gom|may)(?: nhung| cac)? (?P<head>(?!gi\b|nao\b)\w+(?: \w+){0,4}?) (?:nao|gi)\b"
)
# What opens a list, and the list itself: at least two things.
_LIST: Final = re.compile(r"(?::|\b(?:bao )?gom\b:?|\bnhu\b:?|\(|\bla\b:?|\blà\b)\s*[^.;:()]{2,}?(?:[,;]|\bva\b)\s*\w")
_POINTS: Final = re.compile(r"\(\d\)|(?:^|\s)[a-dđ]\)\s|\n\s*[-+•]")
_FIRM: Final = re.compile(r"\b(?:cua |do )?(?:hang|cong ty|nha cung cap|tap doan|nha mang) nao\b")
_FIRMS: Final = re.compile(
    r"\b(?:công ty|tập đoàn|hãng|tổng công ty)\s+[A-ZĐ]|\b(?:VNPT|Viettel|FPT|CMC|MISA|BKAV|Mobi[Ff]one)\b"
)
_NAMED_PLACE: Final = re.compile(
    r"\b(?:thon|ap|xom|buon|xa|phuong|tinh|huyen|thanh pho|kcn|khu cong nghiep|to dan pho) nao\b"
)
_PLACES: Final = re.compile(
    r"\b(?:[Tt]hôn|[Ấấ]p|[Xx]óm|[Bb]uôn|[Xx]ã|[Pp]hường|[Tt]ỉnh|[Hh]uyện|[Tt]hành phố|KCN|[Kk]hu công nghiệp)"
    r"\s+[A-ZĐ0-9]"
)
_WHERE: Final = re.compile(r"\b(?:o dau|cho nao|noi nao|dia diem nao|dia ban nao|vi tri nao)\b")
_SOMEWHERE: Final = re.compile(r"(?<!\w)(?:tại|ở|trên địa bàn|trong khuôn viên)\s+\w")
_ITS_NAME: Final = re.compile(r"\bten (?:la )?gi\b|\bgoi la gi\b")
# Capitals within a sentence, or quotation marks.
_NAME: Final = re.compile(r"[“\"][^”\"]{2,60}[”\"]|(?<=[a-zà-ỹ,] )[A-ZĐ][\w]*(?:\s+[A-ZĐ]\w*)*")


def names_it(question: str, text: str) -> bool:
    """Whether ``text`` names what ``question`` asks for; True where it asks for nothing of these kinds."""
    asked = " ".join(syllables(question, question=True))
    several = _SEVERAL.search(asked)
    if several and not _lists(several["head"], text):
        return False
    if _FIRM.search(asked) and not (_FIRMS.search(text) or PRODUCT.search(text)):
        return False
    if _NAMED_PLACE.search(asked) and not _PLACES.search(text):
        return False
    if _WHERE.search(asked) and not _SOMEWHERE.search(text):
        return False
    return not _ITS_NAME.search(asked) or _new_name(question, text)


def _lists(head: str, text: str) -> bool:
    """Whether a list stands in ``text``, behind the thing asked for where the text names it."""
    bare = " ".join(plain(text).split())
    at = max((bare.find(word) for word in head.split()[-2:] if word in bare), default=-1)
    behind = bare[max(0, at) :]
    return bool(_LIST.search(behind) or _POINTS.search(text))


def _new_name(question: str, text: str) -> bool:
    """Whether ``text`` holds a name that the question does not."""
    known = set(syllables(question, question=True))
    return any(not set(syllables(match.group())) <= known for match in _NAME.finditer(text))
